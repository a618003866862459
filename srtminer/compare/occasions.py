"""Which review came before which, which are about one case, and whose they are."""

import re
from collections.abc import Iterable, Sequence

from srtminer.model import Recommendation, ReviewRecord

QUOTING = ("response", "statement")
"""Kinds of document that repeat what a review recommends without making it again."""
SAME_CASE_YEARS = 3
"""Years between a summary and the full report about one case, at most.

Why a limit: boards begin again with "Child A"."""

_WORD = re.compile(r"[^\W_]+")
_BODY = frozenset(
    (
        *(
            "local",
            "safeguarding",
            "children",
            "childrens",
            "child",
            "adult",
            "adults",
            "s",
            "board",
            "boards",
        ),
        *("partnership", "partnerships", "lscb", "scb", "lscp", "scp", "sab", "acpc", "area", "protection"),
        *("committee", "council", "county", "and", "the", "of", "for"),
    )
)
"""Words for a kind of board. Why: the board of Wexmoor became the partnership of Wexmoor."""


def makes_its_own(record: ReviewRecord) -> bool:
    """Tell whether what a document recommends is its own."""
    return record.value("kind") not in QUOTING


def is_earlier(one: ReviewRecord, other: ReviewRecord) -> bool:
    """Tell whether a review is known to be earlier than another: by year, else by the day of publication."""
    if one.year is None or other.year is None:
        return False
    days = one.value("published"), other.value("published")
    return one.year < other.year or (one.year == other.year and all(days) and days[0] < days[1])


def board_key(record: ReviewRecord) -> str:
    """Give the place that a board is of, by which its names over the years compare; empty if not known."""
    words = _WORD.findall(record.value("board").casefold())
    place = [word for word in words if word not in _BODY]
    return " ".join(place or words)


def cases(records: Iterable[ReviewRecord]) -> dict[str, str]:
    """Give the case of each review id: documents of one board about one subject at one time are one case."""
    groups: dict[tuple[str, str], list[ReviewRecord]] = {}
    for record in records:
        subject = " ".join(record.value("subject").casefold().split())
        key = (board_key(record), subject)
        groups.setdefault(key if all(key) else ("", record.id), []).append(record)
    return {record.id: name for group in groups.values() for name, record in _by_time(group)}


def _by_time(group: Sequence[ReviewRecord]) -> Iterable[tuple[str, ReviewRecord]]:
    """Cut where years lie apart; what is undated goes with the first."""
    ordered = sorted(group, key=lambda record: (record.year or 0, record.id))
    name, last = ordered[0].id, None
    for record in ordered:
        if last is not None and record.year is not None and record.year - last > SAME_CASE_YEARS:
            name = record.id
        last = record.year if record.year is not None else last
        yield name, record


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


def names_in(records: Iterable[ReviewRecord], recommendations: Iterable[Recommendation]) -> frozenset[str]:
    """Give the places of the boards and the abbreviations of agencies, in lower case.

    Why: "Wexmoor" or "WSCB" tells the recommendations of a board from those of another and says nothing.
    """
    places = {word for record in records for word in board_key(record).split()}
    names = {agency.name for one in recommendations for agency in one.agencies}
    short = {
        word.lower() for name in names for word in _WORD.findall(name) if len(word) > 1 and word.isupper()
    }
    return frozenset(places | short)
