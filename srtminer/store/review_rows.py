"""One review's rows and words, and the analyst's corrections of it: read, written, applied anew, and purged.

The table `recommendations` always holds what is shown and searched. Of a review with corrections, what was
found stands in `found_recommendations`, so that every correction can be taken back. Each function but `purge`
runs inside the transaction of its caller.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
    EXPLANATION,
    FACTS,
    FOUND,
    GIVEN_FACTS,
    PARAGRAPHS,
    RECOMMENDATIONS,
    RECORD,
    REVIEW,
    SECTIONS,
    Database,
    pack,
)
from srtminer.store.schema import rebuild_words

BOARD = "board"
ALL_TAKEN_OUT = "corrections deleted all that were found"
"""Why a review has no recommendations whose rules found some."""


def read_records(database: Database) -> tuple[ReviewRecord, ...]:
    """Read the reviews by year (none last), board, subject, source and id."""
    found, given = FACTS.of_all(database), GIVEN_FACTS.of_all(database)
    sql = "SELECT review_id, count(*), count(*) - sum(fits) FROM corrections GROUP BY review_id"
    corrected = {review_id: counts for review_id, *counts in database.rows(sql)}
    records = []
    for row in database.rows(f"SELECT {RECORD.columns} FROM reviews"):
        record = RECORD.made(row, facts=overridden(found.get(row[0], ()), given.get(row[0], ())))
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


def overridden(found: Sequence[Fact], given: Sequence[Fact]) -> tuple[Fact, ...]:
    """Put given facts in the place of found ones of the same field, new fields after them."""
    by_field = {fact.field: fact for fact in given}
    facts = (*(by_field.get(fact.field, fact) for fact in found), *given)
    return tuple(dict.fromkeys(facts)) if given else facts


def found_in(database: Database, review_id: str) -> tuple[Recommendation, ...]:
    """Give what was found in a review, before any correction. KeyError for no such review."""
    table = FOUND if corrections_of(database, review_id) else RECOMMENDATIONS
    return table.of(database, review_id)


def corrections_of(database: Database, review_id: str) -> tuple[Correction, ...]:
    """Give the corrections of a review, in the order of their places."""

    def one(column: str) -> Recommendation | None:
        return FOUND.made(json.loads(column), review_id=review_id) if column else None

    sql = "SELECT before, after, fits FROM corrections WHERE review_id = ? ORDER BY position"
    rows = database.rows(sql, (review_id,))
    return tuple(Correction(one(before), one(after), bool(fits)) for before, after, fits in rows)


def write_corrections(
    database: Database, review_id: str, as_found: Sequence[Recommendation], wanted: Sequence[Correction]
) -> None:
    """Let a review have these corrections and no others."""
    key = database.key_of(review_id)
    shown, kept = corrected(as_found, wanted)
    for table in ("found_recommendations", "recommendations"):
        database.write(f"DELETE FROM {table} WHERE review = ?", (key,))
    if kept:
        FOUND.write(database, key, as_found)
    RECOMMENDATIONS.write(database, key, shown)
    database.write("UPDATE reviews SET recommendations = ? WHERE key = ?", (len(shown), key))
    database.write("DELETE FROM corrections WHERE review_id = ?", (review_id,))
    packed = (
        (*(pack(FOUND.row(side)) if side else "" for side in (one.before, one.after)), one.fits)
        for one in kept
    )
    rows = ((review_id, position, *row) for position, row in enumerate(packed))
    database.write_many(
        "INSERT INTO corrections (review_id, position, before, after, fits) VALUES (?, ?, ?, ?, ?)", rows
    )


CHILDREN = {table.name: table.columns for table in (PARAGRAPHS, FACTS, SECTIONS)} | {
    "recommendations": FOUND.columns,
    "explanations": f"id, {EXPLANATION.columns}",
}
"""The tables of what an analysis of a review found, and their columns; a new analysis replaces their rows."""

DUE = "words to be purged"
"""Setting of a store of which something was deleted, and whose indexes and free pages may still hold it."""


def write(database: Database, analysis: Analysis) -> IngestState:
    """Write a review whole, in place of an older analysis of the same text; its corrections are applied."""
    review = analysis.review
    whys = ((one.id, one.explanation) for one in analysis.recommendations)
    rows = {
        "paragraphs": [*map(PARAGRAPHS.row, review.paragraphs)],
        "facts": [*map(FACTS.row, review.facts)],
        "sections": [*map(SECTIONS.row, analysis.sections)],
        "recommendations": [*map(FOUND.row, analysis.recommendations)],
        "explanations": [(own_id, *EXPLANATION.row(why)) for own_id, why in whys if why],
    }
    review_id, source, *rest = REVIEW.row(review)
    # Without the path: the same text under another name is the same review.
    digest = hashlib.sha256(json.dumps([review_id, rest, analysis.why_none, rows]).encode()).hexdigest()
    known = database.rows("SELECT key, digest FROM reviews WHERE id = ?", (review_id,))
    if known and known[0][1] == digest:
        return "unchanged"
    database.write("DELETE FROM cache")
    if known:
        _empty(database, known[0][0])
    names = f"{REVIEW.columns}, digest, why_none, paragraphs, sections, recommendations"
    counts = map(len, (review.paragraphs, analysis.sections, analysis.recommendations))
    columns = (review_id, source, *rest, digest, analysis.why_none, *counts)
    database.write(
        f"INSERT INTO reviews ({names}) VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (id) "
        f"DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names.split(', '))}",
        columns,
    )
    key = database.key_of(review_id)
    for table, names in CHILDREN.items():
        database.write_children(table, names, key, rows[table])
    _index_sections(database, key, "INSERT INTO section_words (rowid, heading, text) VALUES (?, ?, ?)")
    if kept := corrections_of(database, review_id):
        write_corrections(database, review_id, analysis.recommendations, kept)
    return "updated" if known else "added"


def delete(database: Database, review_id: str) -> None:
    """Delete a review with all that was found, given, corrected and linked of it. KeyError for none such."""
    key = database.key_of(review_id)
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
