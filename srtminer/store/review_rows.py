"""One review's rows, written and deleted; each function runs inside the transaction of its caller."""

from collections.abc import Iterable, Sequence
from typing import Literal

from srtminer.store import stored_corrections as correcting
from srtminer.store import word_index
from srtminer.store.database import Database, Row
from srtminer.store.row_mapping import (
    EXPLANATION,
    FACT,
    PARAGRAPH,
    RECOMMENDATION,
    REVIEW,
    SECTION,
    AnalysisRows,
)

CHILDREN = ("paragraphs", "facts", "sections", "recommendations", "ready_recommendations", "explanations")
"""The tables of what one analysis of a review found; a new analysis replaces their rows."""

MADE_BY = "made by "
"""Beginning of the keys in `meta` under which stands what a review was analysed with."""

State = Literal["added", "updated", "unchanged"]


def write(database: Database, rows: AnalysisRows) -> State:
    """Write a review whole, in place of an older analysis of the same text; its corrections are applied."""
    review_id = rows.review[0]
    known = database.rows("SELECT key, digest FROM reviews WHERE id = ?", (review_id,))
    if known and known[0][1] == rows.digest:
        return "unchanged"
    if known:
        _empty(database, known[0][0])
    key = _insert(database, rows)
    correcting.correct_again(database, key, review_id)
    return "updated" if known else "added"


def delete(database: Database, review_id: str) -> None:
    """Delete a review with all that was found, given, corrected and linked of it."""
    key = database.value("SELECT key FROM reviews WHERE id = ?", (review_id,))
    _empty(database, key)
    database.write("DELETE FROM corrections WHERE review_id = ?", (review_id,))
    database.write("DELETE FROM links WHERE first_review = ? OR second_review = ?", (review_id, review_id))
    database.write("DELETE FROM cases WHERE first_review = ? OR second_review = ?", (review_id, review_id))
    database.write("DELETE FROM meta WHERE key = ?", (MADE_BY + review_id,))
    database.write("DELETE FROM phrase_vectors")  # nobody knows in which reviews a phrase stands
    # The other tables follow by their foreign keys.
    database.write("DELETE FROM reviews WHERE key = ?", (key,))


def _empty(database: Database, key: int) -> None:
    """Take out what an older analysis found, and its words."""
    word_index.remove(database, key)
    for table in CHILDREN:
        database.write(f"DELETE FROM {table} WHERE review = ?", (key,))


def _insert(database: Database, rows: AnalysisRows) -> int:
    replaced = ", ".join(f"{column} = excluded.{column}" for column in REVIEW)
    database.write(
        f"INSERT INTO reviews ({', '.join(REVIEW)}) VALUES ({_marks(REVIEW)}) "
        f"ON CONFLICT (id) DO UPDATE SET {replaced}",
        rows.review,
    )
    key: int = database.value("SELECT key FROM reviews WHERE id = ?", (rows.review[0],))
    _insert_children(database, "paragraphs", PARAGRAPH, key, rows.paragraphs)
    _insert_children(database, "facts", FACT, key, rows.facts)
    _insert_children(database, "sections", SECTION, key, rows.sections)
    _insert_children(database, "recommendations", RECOMMENDATION, key, rows.recommendations)
    _insert_children(database, "ready_recommendations", RECOMMENDATION, key, rows.ready)
    _insert_children(database, "explanations", EXPLANATION, key, rows.explanations)
    word_index.add(database, key)
    return key


def _insert_children(
    database: Database, table: str, columns: Sequence[str], key: int, rows: Iterable[Row]
) -> None:
    database.write_many(
        f"INSERT INTO {table} (review, position, {', '.join(columns)}) VALUES (?, ?, {_marks(columns)})",
        ((key, position, *row) for position, row in enumerate(rows)),
    )


def _marks(columns: Sequence[str]) -> str:
    return ", ".join("?" * len(columns))
