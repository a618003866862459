"""Reviews as the store tells of them, in their fixed order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from srtminer.model import GIVEN, Fact, ReviewRecord
from srtminer.store.database import Database, Row
from srtminer.store.row_mapping import FACT, RECORD

BOARD = "board"
AFTER_ALL_YEARS = 9999
"""Reviews without a year come last."""

ALL_TAKEN_OUT = "corrections deleted all that were found"
"""Why a review has no recommendations whose rules found some."""


def read_records(database: Database) -> tuple[ReviewRecord, ...]:
    """Read the reviews by year (none last), board, subject, source and id."""
    found, given = (
        grouped(database.rows(f"SELECT review, {FACT.columns} FROM {table} ORDER BY review, {order}"))
        for table, order in (("facts", "position"), ("given_facts", "field"))
    )
    sql = "SELECT review_id, count(*), count(*) - sum(fits) FROM corrections GROUP BY review_id"
    corrected = {review_id: counts for review_id, *counts in database.rows(sql)}
    records = [
        _record(
            RECORD.made(row, facts=overridden(found.get(key, ()), given.get(key, ()))),
            *corrected.get(row[0], (0, 0)),
        )
        for key, *row in database.rows(f"SELECT key, {RECORD.columns} FROM reviews")
    ]
    return tuple(sorted(_in_one_spelling(records), key=_place))


def _record(record: ReviewRecord, corrections: int, lost: int) -> ReviewRecord:
    if not corrections:
        return record
    why_none = "" if record.recommendations else record.why_none or ALL_TAKEN_OUT
    return replace(record, why_none=why_none, corrections=corrections, lost_corrections=lost)


def _in_one_spelling(records: Sequence[ReviewRecord]) -> Iterator[ReviewRecord]:
    """Write each board in one way: as the user gave it, else as most documents do, else not in capitals.

    Why: one cover page says "NORWICK SAFEGUARDING CHILDREN BOARD", another the same in small letters.
    """
    boards = [fact for record in records for fact in record.facts if fact.field == BOARD]
    times = Counter(fact.value for fact in boards)
    boards.sort(key=lambda one: (one.origin == GIVEN, times[one.value], not one.value.isupper(), one.value))
    written = {_key(fact.value): fact.value for fact in boards}
    for record in records:
        facts = tuple(
            replace(fact, value=written[_key(fact.value)]) if fact.field == BOARD else fact
            for fact in record.facts
        )
        yield replace(record, facts=facts)


def _key(board: str) -> str:
    return " ".join(board.casefold().split())


def _place(record: ReviewRecord) -> tuple[int, str, str, str, str]:
    year = record.year if record.year is not None else AFTER_ALL_YEARS
    return (year, record.value("board"), record.value("subject"), record.source, record.id)


def overridden(found: Sequence[Row], given: Sequence[Row]) -> tuple[Fact, ...]:
    """Put given facts in the place of found ones of the same field, new fields after them."""
    waiting = {row[0]: row for row in given}
    overriding = set(waiting)
    kept = (waiting.pop(row[0], None) if row[0] in overriding else row for row in found)
    return tuple(map(FACT.made, [*filter(None, kept), *waiting.values()]))


def grouped(rows: Iterable[Row]) -> dict[Any, list[Row]]:
    """Group rows by their first column, which is taken off."""
    groups: dict[Any, list[Row]] = {}
    for first, *rest in rows:
        groups.setdefault(first, []).append(tuple(rest))
    return groups
