"""Which review came before which and whose they are; and what of a review was recommended before."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType

from srtminer.cases import board_key, case_ids
from srtminer.compare.similarity import (
    Links,
    Vectors,
    all_pairs,
    calibration,
    judged,
    link_of,
    rarity,
    requests_of,
)
from srtminer.comparisons import Asked, Match, ReviewComparison
from srtminer.model import Recommendation, ReviewRecord
from srtminer.options import CompareOptions
from srtminer.text.form_words import shared_words

QUOTING = ("response", "statement")
"""Kinds of document that repeat what a review recommends without making it again."""

TO_JUDGE = 3
"""Earlier recommendations that may be the same, at most. Grows: more to read for one that is."""


def makes_its_own(record: ReviewRecord) -> bool:
    """Tell whether what a document recommends is its own."""
    return record.value("kind") not in QUOTING


def is_earlier(one: ReviewRecord, other: ReviewRecord) -> bool:
    """Tell whether a review is known to be earlier than another: by year, else by the day of publication."""
    if one.year is None or other.year is None:
        return False
    days = one.value("published"), other.value("published")
    return one.year < other.year or (one.year == other.year and all(days) and days[0] < days[1])


def same_agency(one: Recommendation, other: Recommendation, same_board: bool) -> bool:
    """Tell whether one agency is asked both times.

    Why kinds only under one board: "the police" of two counties are two forces, but in one county "Police"
    and "Wexmoor Constabulary" are the same.
    """
    names = {agency.name.casefold() for agency in one.agencies}
    kinds = {agency.kind for agency in one.agencies if agency.kind}
    return any(
        agency.name.casefold() in names or (same_board and agency.kind in kinds) for agency in other.agencies
    )


def find_earlier(
    record: ReviewRecord,
    asked: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    vectors: Vectors,
    options: CompareOptions,
    everything: Sequence[Recommendation] = (),
    links: Links = MappingProxyType({}),
) -> ReviewComparison:
    """Find for each recommendation of a review the earlier ones that ask for the same, or may do so.

    Responses and statements only quote, and other documents about the same case are no earlier case; both
    are left out. A review without a year is compared with all others; what undated reviews ask for stands
    apart. `vectors` has all of `parts_of` what is compared; `links` are the analyst's own judgements.
    How common a word is is told by `everything` in the store, and by the recommendations themselves.
    """
    others, undated = _others(record, records)
    possible = dict(others) | {other.id: other for other in undated}
    candidates = [one for one in recommendations if one.review_id in possible]
    least = calibration().same if options.threshold is None else options.threshold
    rare = rarity((*everything, *recommendations, *asked))
    rows = requests_of(asked, rare, vectors), requests_of(candidates, rare, vectors)
    alike = judged(all_pairs(*rows, min(least, calibration().may_be)), asked, candidates, links)
    matches: list[list[Match]] = [[] for _ in asked]
    for row, place, likely in alike.rows():
        other = candidates[place]
        of = possible[other.review_id]
        matches[row].append(_match(record, asked[row], of, other, likely, least, links))
    unknown = {other.id for other in undated}
    found = [_asked(one, same, unknown, options.hits) for one, same in zip(asked, matches, strict=True)]
    precision = calibration().precision if least == calibration().same else None
    return ReviewComparison(record, tuple(found), least, len(others), undated, precision)


def _others(
    record: ReviewRecord, records: Sequence[ReviewRecord]
) -> tuple[Mapping[str, ReviewRecord], tuple[ReviewRecord, ...]]:
    """Give the earlier reviews, or all to an undated one, by id, and those that may be earlier or later."""
    case_of = case_ids([record, *(other for other in records if other.id != record.id)])
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
    likely: float,
    threshold: float,
    links: Links,
) -> Match:
    same_board = board_key(record) == board_key(other_record) != ""
    known = record.year is not None and other_record.year is not None
    return Match(
        recommendation=other,
        record=other_record,
        similarity=likely,
        grade="same" if likely >= threshold else "may be",
        linked=link_of(asked, other) in links,
        same_board=same_board,
        same_agency=same_agency(asked, other, same_board),
        years_earlier=(record.year or 0) - (other_record.year or 0) if known else None,
    )


def _asked(one: Recommendation, matches: Sequence[Match], unknown: Set[str], hits: int) -> Asked:
    """Tell what was asked before; `unknown` are the ids of reviews that may be earlier or later."""
    ordered = sorted(
        matches, key=lambda match: (-match.similarity, -(match.record.year or 0), match.recommendation.id)
    )
    same = [match for match in ordered if match.grade == "same" and match.record.id not in unknown]
    undated = [match for match in ordered if match.grade == "same" and match.record.id in unknown]
    years = {match.record.year for match in same if match.same_board and match.record.year is not None}
    return Asked(
        recommendation=one,
        earlier=_marked(one, same[:hits]),
        found=len(same),
        board_years=tuple(sorted(years)),
        same_agency=any(match.same_agency for match in same),
        undated=_marked(one, undated[:hits]),
        found_undated=len(undated),
        may_be=_marked(one, [match for match in ordered if match.grade == "may be"][:TO_JUDGE]),
    )


def _marked(one: Recommendation, matches: Sequence[Match]) -> tuple[Match, ...]:
    """Fill in where the words stand that each match has in common with the recommendation in question."""
    return tuple(
        replace(match, shared=shared_words(one.text, match.recommendation.text)) for match in matches
    )
