"""What of a review's recommendations was recommended before, by whom, and how often."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from srtminer.compare.occasions import board_key, cases, is_earlier, makes_its_own, same_agency
from srtminer.compare.similarity import pairs_alike, requests_among
from srtminer.compare.wording import common_words
from srtminer.comparisons import Asked, Match, ReviewComparison
from srtminer.model import Recommendation, ReviewRecord


def find_earlier(
    record: ReviewRecord,
    asked: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    threshold: float,
    hits: int,
    everything: Sequence[Recommendation] = (),
) -> ReviewComparison:
    """Find for each recommendation of a review the earlier ones that ask for the same, nearest first.

    Responses and statements only quote, and other documents about the same case are no earlier case; both
    are left out. A review without a year is compared with all others. At most `hits` are given for each.
    How common a word is is told by `everything` in the store, and by the recommendations themselves.
    """
    others, undated = _others(record, records)
    candidates = [one for one in recommendations if one.review_id in others]
    rows = requests_among((*asked, *candidates), (*everything, *recommendations))
    own = slice(0, len(asked))
    alike = pairs_alike(rows[own], rows[slice(len(asked), None)], threshold)
    matches: list[list[Match]] = [[] for _ in asked]
    for first, second, similarity in zip(
        alike.first.tolist(), alike.second.tolist(), alike.similarity.tolist(), strict=True
    ):
        other = candidates[second]
        matches[first].append(_match(record, asked[first], others[other.review_id], other, similarity))
    found = [_asked(one, same, hits) for one, same in zip(asked, matches, strict=True)]
    return ReviewComparison(record, tuple(_marked(found)), threshold, len(others), undated)


def _others(
    record: ReviewRecord, records: Sequence[ReviewRecord]
) -> tuple[Mapping[str, ReviewRecord], tuple[ReviewRecord, ...]]:
    """Give the reviews to compare with, by id, and those whose date is not known."""
    case_of = cases([record, *(other for other in records if other.id != record.id)])
    own = [other for other in records if makes_its_own(other) and case_of[other.id] != case_of[record.id]]
    if record.year is None:
        return {other.id: other for other in own}, ()
    undated = tuple(other for other in own if other.year is None and other.recommendations)
    return {other.id: other for other in own if is_earlier(other, record)}, undated


def _match(
    record: ReviewRecord,
    asked: Recommendation,
    other_record: ReviewRecord,
    other: Recommendation,
    similarity: float,
) -> Match:
    same_board = board_key(record) == board_key(other_record) != ""
    known = record.year is not None and other_record.year is not None
    return Match(
        recommendation=other,
        record=other_record,
        similarity=similarity,
        same_board=same_board,
        same_agency=same_agency(asked, other, same_board),
        years_earlier=(record.year or 0) - (other_record.year or 0) if known else None,
    )


def _asked(one: Recommendation, matches: list[Match], hits: int) -> Asked:
    nearest = sorted(
        matches, key=lambda match: (-match.similarity, -(match.record.year or 0), match.recommendation.id)
    )
    years = {match.record.year for match in matches if match.same_board and match.record.year is not None}
    return Asked(
        recommendation=one,
        earlier=tuple(nearest[:hits]),
        found=len(matches),
        board_years=tuple(sorted(years)),
        same_agency=any(match.same_agency for match in matches),
    )


def _marked(found: Sequence[Asked]) -> list[Asked]:
    """Fill in where the words stand that an earlier recommendation has in common with the one in question."""
    pairs = [(one.recommendation.text, match.recommendation.text) for one in found for match in one.earlier]
    places = iter(common_words(pairs))
    return [
        replace(one, earlier=tuple(replace(match, shared=next(places)) for match in one.earlier))
        for one in found
    ]
