"""One review's rows and words, and the analyst's corrections of it: read, written, applied anew, and purged.

The table `recommendations` always holds what is shown and searched. Of a review with corrections, what was
found stands in `found_recommendations`, so that every correction can be taken back. Each function but `purge`
runs inside the transaction of its caller.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from srtminer.corrections import corrected
from srtminer.model import (
    AFTER_ALL_YEARS,
    GIVEN,
    Analysis,
    Correction,
    Fact,
    IngestState,
    Recommendation,
    ReviewRecord,
)
from srtminer.store.database import (
    CORRECTED,
    EXPLANATION,
    FACT,
    PARAGRAPH,
    RECOMMENDATION,
    RECORD,
    REVIEW,
    SECTION,
    Database,
    Row,
    RowFormat,
    pack,
)
from srtminer.store.schema import rebuild_words

BOARD = "board"
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
    records = []
    for key, *row in database.rows(f"SELECT key, {RECORD.columns} FROM reviews"):
        record = RECORD.made(row, facts=overridden(found.get(key, ()), given.get(key, ())))
        if record.id in corrected:
            why, (number, lost) = record.why_none or ALL_TAKEN_OUT, corrected[record.id]
            why_none = "" if record.recommendations else why
            record = replace(record, why_none=why_none, corrections=number, lost_corrections=lost)
        records.append(record)
    return tuple(sorted(_in_one_spelling(records), key=_place))


def _in_one_spelling(records: Sequence[ReviewRecord]) -> Iterator[ReviewRecord]:
    """Write each board in one way: as the user gave it, else as most documents do, else not in capitals.

    Why: one cover page says "NORWICK SAFEGUARDING CHILDREN BOARD", another the same in small letters.
    """
    boards = [fact for record in records for fact in record.facts if fact.field == BOARD]
    times = Counter(fact.value for fact in boards)
    boards.sort(key=lambda one: (one.origin == GIVEN, times[one.value], not one.value.isupper(), one.value))
    written = {" ".join(fact.value.casefold().split()): fact.value for fact in boards}
    one_of = {value: written[" ".join(value.casefold().split())] for value in times}
    for record in records:
        facts = tuple(
            replace(fact, value=one_of[fact.value])
            if fact.field == BOARD and one_of[fact.value] != fact.value
            else fact
            for fact in record.facts
        )
        yield record if facts == record.facts else replace(record, facts=facts)


def _place(record: ReviewRecord) -> tuple[int, str, str, str, str]:
    year = record.year if record.year is not None else AFTER_ALL_YEARS
    return (year, record.value(BOARD), record.value("subject"), record.source, record.id)


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


def of_reviews(database: Database, table: str, form: RowFormat[Any]) -> dict[Any, list[Row]]:
    """Read the rows of all reviews in the order of their texts, by the reviews' ids."""
    names = ", ".join(f"{table}.{column}" for column in form.columns.split(", "))
    sql = f"SELECT reviews.id, {names} FROM {table} JOIN reviews ON reviews.key = review"
    return grouped(database.rows(f"{sql} ORDER BY review, start, position"))


def key_of(database: Database, review_id: str) -> int:
    """Give the key of a review's rows; KeyError for no such review."""
    key: int | None = database.value("SELECT key FROM reviews WHERE id = ?", (review_id,))
    if key is None:
        raise KeyError(review_id)
    return key


def children(
    database: Database, table: str, form: RowFormat[Any], key: int, order: str = "position"
) -> list[Row]:
    """Read the rows of a table that are of a review."""
    sql = f"SELECT {form.columns} FROM {table} WHERE review = ? ORDER BY {order}"
    return database.rows(sql, (key,))


def shown(database: Database, review_id: str) -> tuple[Recommendation, ...]:
    """Give what is shown of a review: found and corrected. KeyError for no such review."""
    return _recommendations(database, "recommendations", CORRECTED, review_id)


def found_in(database: Database, review_id: str) -> tuple[Recommendation, ...]:
    """Give what was found in a review, before any correction. KeyError for no such review."""
    if corrections_of(database, review_id):
        return _recommendations(database, "found_recommendations", RECOMMENDATION, review_id)
    return shown(database, review_id)


def _recommendations(
    database: Database, table: str, form: RowFormat[Recommendation], review_id: str
) -> tuple[Recommendation, ...]:
    rows = children(database, table, form, key_of(database, review_id), "start, position")
    return tuple(form.made(row, review_id=review_id) for row in rows)


def corrections_of(database: Database, review_id: str) -> tuple[Correction, ...]:
    """Give the corrections of a review, in the order of their places."""

    def one(column: str) -> Recommendation | None:
        return RECOMMENDATION.made(json.loads(column), review_id=review_id) if column else None

    sql = "SELECT before, after, fits FROM corrections WHERE review_id = ? ORDER BY position"
    rows = database.rows(sql, (review_id,))
    return tuple(Correction(one(before), one(after), bool(fits)) for before, after, fits in rows)


def write_corrections(
    database: Database, review_id: str, as_found: Sequence[Recommendation], wanted: Sequence[Correction]
) -> None:
    """Let a review have these corrections and no others."""
    key = key_of(database, review_id)
    shown, kept = corrected(as_found, wanted)
    for table in ("found_recommendations", "recommendations"):
        database.write(f"DELETE FROM {table} WHERE review = ?", (key,))
    if kept:
        before = map(RECOMMENDATION.row, as_found)
        database.write_children("found_recommendations", RECOMMENDATION.columns, key, before)
    database.write_children("recommendations", CORRECTED.columns, key, map(CORRECTED.row, shown))
    database.write("UPDATE reviews SET recommendations = ? WHERE key = ?", (len(shown), key))
    database.write("DELETE FROM corrections WHERE review_id = ?", (review_id,))
    database.write_many(
        "INSERT INTO corrections (review_id, position, before, after, fits) VALUES (?, ?, ?, ?, ?)",
        (
            (
                review_id,
                position,
                *(pack(RECOMMENDATION.row(side)) if side else "" for side in (one.before, one.after)),
                one.fits,
            )
            for position, one in enumerate(kept)
        ),
    )


CHILDREN = {
    "paragraphs": PARAGRAPH.columns,
    "facts": FACT.columns,
    "sections": SECTION.columns,
    "recommendations": RECOMMENDATION.columns,
    "explanations": f"id, {EXPLANATION.columns}",
}
"""The tables of what an analysis of a review found, and their columns; a new analysis replaces their rows."""

DUE = "words to be purged"
"""Setting of a store of which something was deleted, and whose indexes and free pages may still hold it."""


def write(database: Database, analysis: Analysis) -> IngestState:
    """Write a review whole, in place of an older analysis of the same text; its corrections are applied."""
    rows = {
        "paragraphs": [*map(PARAGRAPH.row, analysis.review.paragraphs)],
        "facts": [*map(FACT.row, analysis.review.facts)],
        "sections": [*map(SECTION.row, analysis.sections)],
        "recommendations": [*map(RECOMMENDATION.row, analysis.recommendations)],
        "explanations": [
            (one.id, *EXPLANATION.row(one.explanation)) for one in analysis.recommendations if one.explanation
        ],
    }
    review_id, source, *rest = REVIEW.row(analysis.review)
    # Without the path: the same text under another name is the same review.
    digest = hashlib.sha256(json.dumps([review_id, rest, analysis.why_none, rows]).encode()).hexdigest()
    known = database.rows("SELECT key, digest FROM reviews WHERE id = ?", (review_id,))
    if known and known[0][1] == digest:
        return "unchanged"
    database.write("DELETE FROM cache")
    if known:
        _empty(database, known[0][0])
    names = f"{REVIEW.columns}, digest, why_none, paragraphs, sections, recommendations"
    counts = [len(rows[table]) for table in ("paragraphs", "sections", "recommendations")]
    columns = (review_id, source, *rest, digest, analysis.why_none, *counts)
    database.write(
        f"INSERT INTO reviews ({names}) VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (id) "
        f"DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names.split(', '))}",
        columns,
    )
    key = key_of(database, review_id)
    for table, names in CHILDREN.items():
        database.write_children(table, names, key, rows[table])
    _index_sections(database, key, "INSERT INTO section_words (rowid, heading, text) VALUES (?, ?, ?)")
    if kept := corrections_of(database, review_id):
        write_corrections(database, review_id, shown(database, review_id), kept)
    return "updated" if known else "added"


def delete(database: Database, review_id: str) -> None:
    """Delete a review with all that was found, given, corrected and linked of it. KeyError for none such."""
    key = key_of(database, review_id)
    _empty(database, key)
    database.write("DELETE FROM cache")
    database.write("DELETE FROM corrections WHERE review_id = ?", (review_id,))
    for table in ("links", "cases"):
        database.write(f"DELETE FROM {table} WHERE ? IN (first_review, second_review)", (review_id,))
    database.write("DELETE FROM phrase_vectors")  # nobody knows in which reviews a phrase stands
    # The other tables follow by their foreign keys.
    database.write("DELETE FROM reviews WHERE key = ?", (key,))
    database.write("INSERT OR REPLACE INTO meta VALUES (?, '1')", (DUE,))


def _empty(database: Database, key: int) -> None:
    """Take out what an older analysis found, and its words: FTS5 has to be told the old text."""
    columns = "section_words, rowid, heading, text"
    _index_sections(database, key, f"INSERT INTO section_words ({columns}) VALUES ('delete', ?, ?, ?)")
    for table in CHILDREN:
        database.write(f"DELETE FROM {table} WHERE review = ?", (key,))


def _index_sections(database: Database, key: int, sql: str) -> None:
    # Cut here and not by the view, which loads the review and counts its characters for every section.
    text = database.value("SELECT text FROM reviews WHERE key = ?", (key,))
    sections = database.rows("SELECT key, heading, start, stop FROM sections WHERE review = ?", (key,))
    database.write_many(
        sql, ((section, heading, text[start:stop]) for section, heading, start, stop in sections)
    )


def purge(database: Database) -> None:
    """Write the store anew without what was deleted, if that is due: index, free pages and -wal file."""
    if not database.value("SELECT 1 FROM meta WHERE key = ?", (DUE,)):
        return
    with database.writing():
        rebuild_words(database)
    database.write("VACUUM")
    database.write("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.writing():
        database.write("DELETE FROM meta WHERE key = ?", (DUE,))
