"""One review's rows and words, and the analyst's corrections of it: written, applied anew, and purged.

The table `recommendations` always holds what is shown and searched. Of a review with corrections, what was
found stands in `found_recommendations`, so that every correction can be taken back. Each function but `purge`
runs inside the transaction of its caller.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from srtminer.corrections import Reading, carried, corrected
from srtminer.model import AS_COVERED, Analysis, Correction, IngestState, Recommendation
from srtminer.store.database import (
    CORRECTED,
    EXPLANATION,
    FACT,
    PARAGRAPH,
    RECOMMENDATION,
    REVIEW,
    SECTION,
    Database,
    Mapping,
    Row,
    pack,
    unpack,
)
from srtminer.store.schema import rebuild_words
from srtminer.text.words import RUN


def shown(database: Database, key: int, review_id: str) -> tuple[Recommendation, ...]:
    """Give what is shown of a review: found and corrected."""
    return _read(database, "recommendations", CORRECTED, key, review_id)


def found_in(database: Database, key: int, review_id: str) -> tuple[Recommendation, ...]:
    """Give what was found in a review, before any correction."""
    if corrections_of(database, review_id):
        return _read(database, "found_recommendations", RECOMMENDATION, key, review_id)
    return shown(database, key, review_id)


def corrections_of(database: Database, review_id: str) -> tuple[Correction, ...]:
    """Give the corrections of a review, in the order of their places."""
    rows = database.rows(
        "SELECT before, after, fits FROM corrections WHERE review_id = ? ORDER BY position", (review_id,)
    )
    return tuple(
        Correction(_unpacked(review_id, before), _unpacked(review_id, after), bool(fits))
        for before, after, fits in rows
    )


def correct_again(database: Database, key: int, review_id: str) -> None:
    """Apply the corrections of a review to what has just been found in it."""
    if kept := corrections_of(database, review_id):
        write_corrections(database, key, review_id, shown(database, key, review_id), kept)


def carry(database: Database, old_id: str, new_id: str) -> tuple[int, int]:
    """Let a review have the corrections of another reading of its file as well.

    Gives how many of them fit what is found there, and how many were not carried over because the
    review has corrections of its own of the same recommendations, or has their additions.
    """
    old = corrections_of(database, old_id)
    if not old:
        return (0, 0)
    key = database.value("SELECT key FROM reviews WHERE id = ?", (new_id,))
    text = database.value("SELECT text FROM reviews WHERE key = ?", (key,))
    length = database.value("SELECT length(text) FROM reviews WHERE id = ?", (old_id,))
    as_found, own = found_in(database, key, new_id), corrections_of(database, new_id)
    taken = {_about(one) for one in own}
    moved = carried(old, length, Reading(new_id, text, as_found))
    free = [one for one in moved if _about(one) not in taken]
    write_corrections(database, key, new_id, as_found, (*own, *free))
    fitting = sum(one.fits for one in corrections_of(database, new_id)[len(own) :])
    return (fitting, len(moved) - len(free))


def _about(correction: Correction) -> str:
    one = correction.before or correction.after
    return one.id if one else ""


def write_corrections(
    database: Database,
    key: int,
    review_id: str,
    as_found: Sequence[Recommendation],
    wanted: Sequence[Correction],
) -> None:
    """Let a review have these corrections and no others."""
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
            (review_id, position, _packed(one.before), _packed(one.after), one.fits)
            for position, one in enumerate(kept)
        ),
    )


def _read(
    database: Database, table: str, mapping: Mapping[Recommendation], key: int, review_id: str
) -> tuple[Recommendation, ...]:
    sql = f"SELECT {mapping.columns} FROM {table} WHERE review = ? ORDER BY start, position"
    return tuple(mapping.made(row, review_id=review_id) for row in database.rows(sql, (key,)))


def _packed(one: Recommendation | None) -> str:
    return pack(RECOMMENDATION.row(one)) if one else ""


def _unpacked(review_id: str, column: str) -> Recommendation | None:
    return RECOMMENDATION.made(unpack(column), review_id=review_id) if column else None


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
    children = {
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
    digest = hashlib.sha256(json.dumps([review_id, rest, analysis.why_none, children]).encode()).hexdigest()
    known = database.rows("SELECT key, digest FROM reviews WHERE id = ?", (review_id,))
    if known and known[0][1] == digest:
        return "unchanged"
    database.write("DELETE FROM cache")
    if known:
        _empty(database, known[0][0])
    counts = [len(children[table]) for table in ("paragraphs", "sections", "recommendations")]
    names = f"{REVIEW.columns}, digest, why_none, paragraphs, sections, recommendations"
    key = _insert(database, names, (review_id, source, *rest, digest, analysis.why_none, *counts))
    for table, rows in children.items():
        database.write_children(table, CHILDREN[table], key, rows)
    _index_sections(database, key, "INSERT INTO section_words (rowid, heading, text) VALUES (?, ?, ?)")
    correct_again(database, key, review_id)
    return "updated" if known else "added"


def delete(database: Database, review_id: str) -> None:
    """Delete a review with all that was found, given, corrected and linked of it."""
    key = database.value("SELECT key FROM reviews WHERE id = ?", (review_id,))
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


def _insert(database: Database, names: str, review: Row) -> int:
    replaced = ", ".join(f"{name} = excluded.{name}" for name in names.split(", "))
    marks = ", ".join("?" * len(review))
    database.write(
        f"INSERT INTO reviews ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {replaced}", review
    )
    return int(database.value("SELECT key FROM reviews WHERE id = ?", review[:1]))


def _index_sections(database: Database, key: int, sql: str) -> None:
    # Cut here and not by the view, which loads the review and counts its characters for every section.
    text = database.value("SELECT text FROM reviews WHERE key = ?", (key,))
    sections = database.rows("SELECT key, heading, start, stop FROM sections WHERE review = ?", (key,))
    database.write_many(
        sql, ((section, heading, text[start:stop]) for section, heading, start, stop in sections)
    )


_COVERED = re.compile(rf"{re.escape(AS_COVERED)}(?:\W*{re.escape(AS_COVERED)})+")


def cover_corrections(database: Database, old_id: str, new_id: str) -> None:
    """Take words that only the old reading has out of the corrections, where only the new one hides some.

    Runs inside the transaction of its caller.
    """
    sql = "SELECT id, key, text, omissions FROM reviews WHERE id IN (?, ?)"
    rows = {review_id: row for review_id, *row in database.rows(sql, (old_id, new_id))}
    if _hides(rows[old_id][2]) or not _hides(rows[new_id][2]):
        return
    gone = _words_of(rows[old_id][1]) - _words_of(rows[new_id][1])
    sql = "SELECT before, after, review_id, position FROM corrections WHERE review_id = ?"
    database.write_many(
        "UPDATE corrections SET before = ?, after = ? WHERE review_id = ? AND position = ?",
        (
            (_without(before, gone), _without(after, gone), *place)
            for before, after, *place in database.rows(sql, (new_id,))
        ),
    )
    key, kept = rows[new_id][0], corrections_of(database, new_id)
    write_corrections(database, key, new_id, found_in(database, key, new_id), kept)


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


def _hides(omissions: str) -> bool:
    return any(one[3] for one in unpack(omissions) if len(one) > 3)


def _words_of(text: str) -> set[str]:
    return {word.casefold() for word in RUN.findall(text)}


def _without(column: str, gone: set[str]) -> str:
    return pack(_redacted(unpack(column), gone)) if column else column


def _redacted(value: Any, gone: set[str]) -> Any:
    if isinstance(value, list):
        return [_redacted(one, gone) for one in value]
    if not isinstance(value, str):
        return value
    text = RUN.sub(lambda word: AS_COVERED if word.group().casefold() in gone else word.group(), value)
    return _COVERED.sub(AS_COVERED, text)
