"""What is recommended again and again across all reviews."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.occasions import board_key, cases, is_earlier, makes_its_own
from srtminer.compare.similarity import Pairs, Requests, pairs_within, requests_among
from srtminer.compare.stars import find_stars
from srtminer.comparisons import BoardYear, Chain, Repeats
from srtminer.model import Recommendation, ReviewRecord

AFTER_ALL_YEARS = 9999


def find_repeats(
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    threshold: float,
    everything: Sequence[Recommendation] = (),
) -> Repeats:
    """Find the chains of recommendations that ask for the same, and how much each board repeats itself.

    Documents that quote are left out; several documents about one case count as one review. How common a
    word is is told by `everything` in the store, and by the recommendations themselves.
    """
    by_id = {record.id: record for record in records}
    members = [one for one in recommendations if makes_its_own(by_id[one.review_id])]
    case_of = cases(records)
    asked = requests_among(members, (*everything, *recommendations))
    alike = _across_cases(asked, members, case_of, threshold)
    return Repeats(
        chains=tuple(_chains(asked, members, alike, by_id, case_of)),
        boards=tuple(_boards(members, alike, by_id)),
        threshold=threshold,
        reviews=len({one.review_id for one in members}),
        recommendations=len(members),
        left_out=tuple(record for record in records if not makes_its_own(record)),
    )


def _across_cases(
    asked: Requests, members: Sequence[Recommendation], case_of: Mapping[str, str], threshold: float
) -> Pairs:
    """Give the pairs that ask for the same and are of two cases, the first with the lower number."""
    alike = pairs_within(asked, threshold)
    case = _codes([case_of[one.review_id] for one in members])
    kept = case[alike.first] != case[alike.second]
    return Pairs(alike.first[kept], alike.second[kept], alike.similarity[kept])


def _chains(
    asked: Requests,
    members: Sequence[Recommendation],
    alike: Pairs,
    records: Mapping[str, ReviewRecord],
    case_of: Mapping[str, str],
) -> list[Chain]:
    boards = _board_names(records.values())
    case = _codes([case_of[one.review_id] for one in members])
    found = [
        _chain(members, centre, rows, similarities, records, case_of, boards)
        for centre, rows, similarities in find_stars(asked, alike, case)
    ]
    return sorted(found, key=lambda chain: (-chain.reviews, -len(chain.members), chain.centre.id))


def _codes(names: Sequence[str]) -> NDArray[np.int64]:
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _chain(
    members: Sequence[Recommendation],
    centre: int,
    rows: NDArray[np.int64],
    similarities: NDArray[np.float64],
    records: Mapping[str, ReviewRecord],
    case_of: Mapping[str, str],
    boards: Mapping[str, str],
) -> Chain:
    near = dict(zip(rows.tolist(), similarities.tolist(), strict=True)) | {centre: 1.0}
    order = sorted(near, key=lambda row: _when(members[row], records))
    chosen = [members[row] for row in order]
    of = [records[one.review_id] for one in chosen]
    return Chain(
        centre=members[centre],
        members=tuple(chosen),
        similarities=tuple(near[row] for row in order),
        reviews=len({case_of[record.id] for record in of}),
        years=tuple(sorted({record.year for record in of if record.year is not None})),
        boards=tuple(dict.fromkeys(boards[board_key(record)] for record in of if board_key(record))),
    )


def _when(one: Recommendation, records: Mapping[str, ReviewRecord]) -> tuple[int, str, str, int]:
    record = records[one.review_id]
    return (record.year or AFTER_ALL_YEARS, record.value("published"), record.id, one.start)


def _boards(
    members: Sequence[Recommendation], alike: Pairs, records: Mapping[str, ReviewRecord]
) -> list[BoardYear]:
    """Count for each board and year what an earlier review of the same board asked for."""
    repeated = _repeated(members, alike, records)
    groups: dict[tuple[str, int], list[int]] = {}
    names = _board_names(records.values())
    for row, one in enumerate(members):
        record = records[one.review_id]
        key = board_key(record)
        if key and record.year is not None:
            groups.setdefault((key, record.year), []).append(row)
    return [
        BoardYear(
            board=names[key],
            year=year,
            review_ids=tuple(dict.fromkeys(members[row].review_id for row in rows)),
            recommendations=len(rows),
            repeated=sum(1 for row in rows if row in repeated),
        )
        for (key, year), rows in sorted(groups.items())
    ]


def _board_names(records: Iterable[ReviewRecord]) -> dict[str, str]:
    """Give each board, by its key, the name that its latest review prints; in capitals only if all do.

    Why: the title page of one review shouts, and a board would be two in a table.
    """
    last = sorted(records, key=lambda one: (not one.value("board").isupper(), one.year or 0, one.id))
    return {board_key(record): record.value("board") for record in last if board_key(record)}


def _repeated(
    members: Sequence[Recommendation], alike: Pairs, records: Mapping[str, ReviewRecord]
) -> set[int]:
    """Give the rows that an earlier review of the same board asked for."""
    boards = _codes([board_key(records[one.review_id]) or one.review_id for one in members])
    own = boards[alike.first] == boards[alike.second]
    found: set[int] = set()
    for one, other in zip(alike.first[own].tolist(), alike.second[own].tolist(), strict=True):
        first, second = records[members[one].review_id], records[members[other].review_id]
        if is_earlier(first, second):
            found.add(other)
        elif is_earlier(second, first):
            found.add(one)
    return found
