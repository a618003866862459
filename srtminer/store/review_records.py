"""Reviews as the store tells of them, in their fixed order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from srtminer.model import GIVEN, Fact, ReviewRecord
from srtminer.store.database import Database, Row
from srtminer.store.row_mapping import FACT, REVIEW, listed, path_text, to_omissions, unpack

BOARD = "board"
AFTER_ALL_YEARS = 9999
"""Reviews without a year come last."""

ALL_TAKEN_OUT = "corrections deleted all that were found"
"""Why a review has no recommendations whose rules found some."""


def read_records(database: Database) -> tuple[ReviewRecord, ...]:
    """Read the reviews by year (none last), board, subject, source and id."""
    found, given = (
        grouped(database.rows(f"SELECT review, {listed(FACT)} FROM {table} ORDER BY review, {order}"))
        for table, order in (("facts", "position"), ("given_facts", "field"))
    )
    rows = database.rows(f"SELECT key, {listed(REVIEW[:-1])} FROM reviews")
    corrected = {
        review_id: tuple(counts)
        for review_id, *counts in database.rows(
            "SELECT review_id, count(*), count(*) - sum(fits) FROM corrections GROUP BY review_id"
        )
    }
    records = (
        _record(row[1:], overridden(found[row[0]], given[row[0]]), corrected.get(row[1], (0, 0)))
        for row in rows
    )
    return tuple(sorted(_in_one_spelling(tuple(records)), key=_place))


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


def _why_none(as_found: str, recommendations: int) -> str:
    return "" if recommendations else as_found or ALL_TAKEN_OUT


def _record(row: Row, facts: tuple[Fact, ...], corrected: Row) -> ReviewRecord:
    review_id, _, source, format, pages, labels, omissions, why_none, *counts = row
    paragraphs, sections, recommendations = counts
    return ReviewRecord(
        id=review_id,
        source=path_text(source),
        format=format,
        facts=facts,
        pages=pages,
        paragraphs=paragraphs,
        sections=sections,
        recommendations=recommendations,
        why_none=_why_none(why_none, recommendations) if corrected[0] else why_none,
        omissions=to_omissions(omissions),
        corrections=corrected[0],
        lost_corrections=corrected[1],
        page_labels=tuple(unpack(labels)),
    )


def _place(record: ReviewRecord) -> tuple[int, str, str, str, str]:
    year = record.year if record.year is not None else AFTER_ALL_YEARS
    return (year, record.value("board"), record.value("subject"), record.source, record.id)


def overridden(found: Sequence[Row], given: Sequence[Row]) -> tuple[Fact, ...]:
    """Put given facts in the place of found ones of the same field, new fields after them."""
    overriding = {row[0] for row in given}
    waiting = {row[0]: row for row in given}
    rows: list[Row] = []
    for row in found:
        if row[0] not in overriding:
            rows.append(row)
        elif row[0] in waiting:
            rows.append(waiting.pop(row[0]))
    return tuple(Fact(*row) for row in [*rows, *waiting.values()])


def grouped(rows: Iterable[Row]) -> defaultdict[object, list[Row]]:
    """Group rows by their first column, which is taken off."""
    groups: defaultdict[object, list[Row]] = defaultdict(list)
    for first, *rest in rows:
        groups[first].append(tuple(rest))
    return groups
