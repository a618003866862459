"""One review's rows and words, written and deleted; each function runs in the transaction of its caller."""

import hashlib
import json

from srtminer.model import Analysis, IngestState
from srtminer.store import stored_corrections as correcting
from srtminer.store.database import Database, Row
from srtminer.store.row_mapping import (
    EXPLANATION,
    FACT,
    PARAGRAPH,
    RECOMMENDATION,
    REVIEW,
    SECTION,
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
    correcting.correct_again(database, key, review_id)
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
