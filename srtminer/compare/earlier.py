"""What of a review's recommendations was recommended before, by whom, and how often."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from srtminer.compare.occasions import board_key, cases, is_earlier, makes_its_own, same_agency
from srtminer.compare.similarity import pairs_alike, requests_among
from srtminer.compare.wording import common_words
from srtminer.comparisons import Asked, Match, ReviewComparison
from srtminer.model import Recommendation, ReviewRecord

CLOSE = 0.1
"""How far below the threshold the nearest earlier recommendation is still told. Grows: less is flatly new."""


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
    are left out. A review without a year is compared with all others; what undated reviews ask for stands
    apart. At most `hits` of each sort are given for each.
    How common a word is is told by `everything` in the store, and by the recommendations themselves.
    """
    others, undated = _others(record, records)
    possible = dict(others) | {other.id: other for other in undated}
    candidates = [one for one in recommendations if one.review_id in possible]
    rows = requests_among((*asked, *candidates), (*everything, *recommendations))
    own = slice(0, len(asked))
    alike = pairs_alike(rows[own], rows[slice(len(asked), None)], _lowest(threshold))
    matches: list[list[Match]] = [[] for _ in asked]
    for first, second, similarity in zip(
        alike.first.tolist(), alike.second.tolist(), alike.similarity.tolist(), strict=True
    ):
        other = candidates[second]
        matches[first].append(_match(record, asked[first], possible[other.review_id], other, similarity))
    unknown = {other.id for other in undated}
    found = [_asked(one, same, unknown, threshold, hits) for one, same in zip(asked, matches, strict=True)]
    return ReviewComparison(record, tuple(_marked(found)), threshold, len(others), undated)


def _lowest(threshold: float) -> float:
    """Give the similarity from which a match is worth telling; never 0, which all different matters have."""
    return max(threshold - CLOSE, threshold / 2)


def _others(
    record: ReviewRecord, records: Sequence[ReviewRecord]
) -> tuple[Mapping[str, ReviewRecord], tuple[ReviewRecord, ...]]:
    """Give the earlier reviews, or all to an undated one, by id, and those that may be earlier or later."""
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


def _asked(
    one: Recommendation, matches: Sequence[Match], unknown: Set[str], threshold: float, hits: int
) -> Asked:
    """Tell what was asked before; `unknown` are the ids of reviews that may be earlier or later."""
    ordered = sorted(
        matches, key=lambda match: (-match.similarity, -(match.record.year or 0), match.recommendation.id)
    )
    nearest = [match for match in ordered if match.record.id not in unknown]
    same = [match for match in nearest if match.similarity >= threshold]
    undated = [match for match in ordered if match.record.id in unknown and match.similarity >= threshold]
    years = {match.record.year for match in same if match.same_board and match.record.year is not None}
    return Asked(
        recommendation=one,
        earlier=tuple(same[:hits]),
        found=len(same),
        board_years=tuple(sorted(years)),
        same_agency=any(match.same_agency for match in same),
        undated=tuple(undated[:hits]),
        found_undated=len(undated),
        nearest=nearest[0] if nearest and not same else None,
    )


def _marked(found: Sequence[Asked]) -> list[Asked]:
    """Fill in where the words stand that each match has in common with the recommendation in question."""
    pairs = [(one.recommendation.text, match.recommendation.text) for one in found for match in _shown(one)]
    places = iter(common_words(pairs))
    return [_with_places(one, places) for one in found]


def _shown(one: Asked) -> tuple[Match, ...]:
    return (*one.earlier, *one.undated, *((one.nearest,) if one.nearest else ()))


def _with_places(one: Asked, places: Iterator[tuple[tuple[int, int], ...]]) -> Asked:
    """Take a place from the iterator for each match, in the order of `_shown`."""
    return replace(
        one,
        earlier=tuple(replace(match, shared=next(places)) for match in one.earlier),
        undated=tuple(replace(match, shared=next(places)) for match in one.undated),
        nearest=replace(one.nearest, shared=next(places)) if one.nearest else None,
    )
