"""What was recommended before: by a review's forerunners, in chains across all reviews, by a board itself."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import scipy.sparse as sp
from threadpoolctl import threadpool_limits

from srtminer.cases import board_key, board_names, case_ids
from srtminer.compare.nearest_pairs import pairs_within
from srtminer.compare.similarity import (
    Links,
    Numbers,
    Pairs,
    RequestIndex,
    Values,
    all_pairs,
    calibration,
    judged,
    link_of,
    requests_of,
)
from srtminer.comparisons import (
    Asked,
    BoardYear,
    Chain,
    CompareOptions,
    Grade,
    Match,
    Repeats,
    ReviewComparison,
)
from srtminer.model import AFTER_ALL_YEARS, Recommendation, ReviewRecord
from srtminer.text.thesaurus import shared_words

QUOTING = ("response", "statement")
"""Kinds of document that repeat what a review recommends without making it again."""

TO_JUDGE = 3
"""Earlier recommendations that may be the same, at most. Grows: more to read for one that is."""


def makes_its_own(record: ReviewRecord) -> bool:
    """Tell whether what a document recommends is its own."""
    return record.value("kind") not in QUOTING


def is_earlier(one: ReviewRecord, other: ReviewRecord) -> bool:
    """Tell whether a review is known to be earlier than another: by year, else by the day of publication."""
    first, second = one.year, other.year
    if first is None or second is None or first > second:
        return False
    days = one.value("published"), other.value("published")
    return first < second or (all(days) and days[0] < days[1])


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


@dataclass(frozen=True, slots=True)
class Candidates:
    """Recommendations to compare others with, each read when it is wanted."""

    index: RequestIndex
    """Of all there are."""
    read: Callable[[int], Recommendation]
    """Gives one by its number in the index."""
    chosen: Set[str] | None = None
    """Ids of those that count; None for all."""


def find_earlier(
    record: ReviewRecord,
    asked: Sequence[Recommendation],
    own: RequestIndex,
    records: Sequence[ReviewRecord],
    candidates: Candidates,
    options: CompareOptions,
    links: Links = MappingProxyType({}),
) -> ReviewComparison:
    """Find for each recommendation of a review the earlier ones that ask for the same, or may do so.

    Responses and statements only quote, and other documents about the same case are no earlier case; both
    are left out. A review without a year is compared with all others; whether an undated one was earlier is
    for a person to judge. `own` is the index of what is `asked`; `links` are the analyst's own judgements.
    """
    others, undated = _others(record, records)
    possible = {other.id: other for other in (*others, *undated)}
    least = calibration().same if options.threshold is None else options.threshold
    index = candidates.index
    among = [index] if any(one == record.id for one, *_ in index.reviews) else [index, own]
    with threadpool_limits(1):  # the threads of small products wait for one another longer than they take
        both = requests_of(own, among), requests_of(index, among)
        pairs = judged(all_pairs(*both, min(least, calibration().may_be)), own.ids, index.ids, links)
    matches: list[dict[Grade, list[Match]]] = [{"same": [], "may be": []} for _ in asked]
    for row, number, likely, other in _nearest(pairs, candidates, possible):
        grade: Grade = "same" if likely >= least and other not in undated else "may be"
        if grade == "same" or len(matches[row][grade]) < TO_JUDGE:
            match = _match(record, asked[row], other, candidates.read(number), likely, grade, links)
            matches[row][grade].append(match)
    found = tuple(
        _asked(one, some["same"], some["may be"], options.hits)
        for one, some in zip(asked, matches, strict=True)
    )
    precision = calibration().precision if least == calibration().same else None
    return ReviewComparison(record, found, least, len(others), undated, precision)


def _nearest(
    pairs: Pairs, candidates: Candidates, possible: Mapping[str, ReviewRecord]
) -> list[tuple[int, int, float, ReviewRecord]]:
    """Give the pairs that count, each with the possible review that its second is of; likeliest first."""
    index, chosen = candidates.index, candidates.chosen
    review_of = [one for one, _, number in index.reviews for _ in range(number)]
    found = [
        (row, number, likely, possible[review_of[number]])
        for row, number, likely in pairs.tolist()
        if review_of[number] in possible and (chosen is None or index.ids[number] in chosen)
    ]
    return sorted(found, key=lambda one: (-one[2], -(one[3].year or 0), index.ids[one[1]]))


def _others(
    record: ReviewRecord, records: Sequence[ReviewRecord]
) -> tuple[Sequence[ReviewRecord], tuple[ReviewRecord, ...]]:
    """Give the earlier reviews, or all to an undated one, and those that may be earlier or later."""
    case_of = case_ids([record, *(other for other in records if other.id != record.id)])
    own = [other for other in records if makes_its_own(other) and case_of[other.id] != case_of[record.id]]
    if record.year is None:
        return own, ()
    undated = tuple(other for other in own if other.year is None and other.recommendations)
    return [other for other in own if is_earlier(other, record)], undated


def _match(
    record: ReviewRecord,
    asked: Recommendation,
    other_record: ReviewRecord,
    other: Recommendation,
    likely: float,
    grade: Grade,
    links: Links,
) -> Match:
    same_board = board_key(record) == board_key(other_record) != ""
    known = record.year is not None and other_record.year is not None
    return Match(
        recommendation=other,
        record=other_record,
        similarity=likely,
        grade=grade,
        linked=link_of(asked, other) in links,
        same_board=same_board,
        same_agency=same_agency(asked, other, same_board),
        years_earlier=(record.year or 0) - (other_record.year or 0) if known else None,
        shared=shared_words(asked.text, other.text),
    )


def _asked(one: Recommendation, same: Sequence[Match], may_be: Sequence[Match], hits: int) -> Asked:
    """Tell what was asked before, nearest first."""
    years = {match.record.year for match in same if match.same_board and match.record.year is not None}
    return Asked(
        recommendation=one,
        earlier=tuple(same[:hits]),
        found=len(same),
        board_years=tuple(sorted(years)),
        same_agency=any(match.same_agency for match in same),
        may_be=tuple(may_be),
    )


Star = tuple[int, Numbers, Values]
"""A centre, its neighbours, and how likely each asks for the same as the centre."""


def find_repeats(
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    index: RequestIndex,
    options: CompareOptions,
    links: Links = MappingProxyType({}),
) -> Repeats:
    """Find what is recommended again and again, in chains, and by boards.

    `index` is of all there is, chosen or not; `links` are the analyst's own judgements.
    """
    by_id = {record.id: record for record in records}
    own = (one for one in recommendations if makes_its_own(by_id[one.review_id]))
    members = sorted(own, key=lambda one: one.id)
    same, least = calibration().same, calibration().chains
    if options.threshold is not None:
        same = least = options.threshold
    place, ids = {one: number for number, one in enumerate(index.ids)}, [one.id for one in members]
    of, names = [by_id[one.review_id] for one in members], board_names(records)
    cases, case = np.unique([record.case_id for record in of], return_inverse=True)
    asked = requests_of(index).chosen(np.array([place[one] for one in ids], dtype=np.int64))
    pairs = judged(pairs_within(asked, same), ids, ids, links)
    pairs = pairs[(pairs["first"] < pairs["second"]) & (case[pairs["first"]] != case[pairs["second"]])]
    both = (order for one, other, _ in pairs.tolist() for order in ((one, other), (other, one)))
    again = [(one, other) for one, other in both if is_earlier(of[one], of[other])]
    return Repeats(
        chains=tuple(_chains(members, of, pairs[pairs["likelihood"] >= least], case, names)),
        boards=tuple(_boards(of, again, names)),
        made_before=frozenset(members[later].id for _, later in again),
        threshold=least,
        reviews=len(cases),
        recommendations=len(members),
        left_out=tuple(record for record in records if not makes_its_own(record)),
    )


def find_stars(alike: Pairs, cases: Numbers) -> Iterator[Star]:
    """Take again and again the row with the most cases among its neighbours, together with these.

    `cases` has the case of each row. Star clustering after Aslam, Pelekhov and Rus (2004), "The star
    clustering algorithm for static and dynamic information organization". Why stars: joined pair by pair, the
    tenth member of a chain asks for something else than the first; here each is like the centre.
    """
    pairs, shape = (alike["likelihood"], (alike["first"], alike["second"])), (len(cases), len(cases))
    upper = sp.coo_array(pairs, shape=shape).tocsr()
    neighbours = (upper + upper.T).tocsr()
    neighbours.sort_indices()
    free = np.ones(len(cases), dtype=bool)

    def star(row: int) -> Star:
        part = slice(neighbours.indptr[row], neighbours.indptr[row + 1])
        there = free[neighbours.indices[part]]
        return row, neighbours.indices[part][there].astype(np.int64), neighbours.data[part][there]

    def weight(row: int) -> tuple[int, float]:
        _, rows, likely = star(row)
        return -len(np.unique(cases[rows])), -round(float(likely.sum()), 4)

    queue = [(*weight(row), row) for row in np.flatnonzero(np.diff(neighbours.indptr)).tolist()]
    heapq.heapify(queue)
    while queue:
        *before, row = heapq.heappop(queue)
        now = weight(row)
        if not free[row] or not now[0]:
            continue
        if now != tuple(before):  # some of its neighbours are in a star by now
            heapq.heappush(queue, (*now, row))
            continue
        centre, rows, likely = star(row)
        free[[centre, *rows]] = False
        yield centre, rows, likely


def _chains(
    members: Sequence[Recommendation],
    of: Sequence[ReviewRecord],
    alike: Pairs,
    case: Numbers,
    names: Mapping[str, str],
) -> list[Chain]:
    """Give the chains, those of most reviews first; `of` has the review of each member."""

    def when(row: int) -> tuple[int, str, str, int]:
        return of[row].year or AFTER_ALL_YEARS, of[row].value("published"), of[row].id, members[row].start

    found = []
    for centre, rows, likely in find_stars(alike, case):
        near = dict(zip(rows.tolist(), likely.tolist(), strict=True)) | {centre: 1.0}
        order = sorted(near, key=when)
        boards = dict.fromkeys(board_key(of[row]) for row in order)
        chain = Chain(
            centre=members[centre],
            members=tuple(members[row] for row in order),
            similarities=tuple(near[row] for row in order),
            reviews=len(np.unique(case[order])),
            years=tuple(sorted({year for row in order if (year := of[row].year) is not None})),
            boards=tuple(dict.fromkeys(names[key] for key in boards if key)),
        )
        found.append(chain)
    return sorted(found, key=lambda chain: (-chain.reviews, -len(chain.members), chain.centre.id))


def _boards(
    of: Sequence[ReviewRecord], again: Sequence[tuple[int, int]], names: Mapping[str, str]
) -> list[tuple[BoardYear, ...]]:
    """Count by boards, and for each year, what an earlier review of the same board asked for."""
    keys = [board_key(record) for record in of]
    repeated = {later for earlier, later in again if keys[earlier] == keys[later]}
    groups: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, record in enumerate(of):
        if keys[row] and record.year is not None:
            groups[keys[row]][record.year].append(row)

    def counted(key: str, year: int, rows: Sequence[int]) -> BoardYear:
        reviews = len({of[row].id for row in rows})
        return BoardYear(names[key], year, reviews, len(rows), sum(row in repeated for row in rows))

    return [
        tuple(counted(key, year, rows) for year, rows in sorted(years.items()))
        for key, years in sorted(groups.items())
    ]
