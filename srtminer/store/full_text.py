"""Full-text search: rank and limit on the indexes first, then look at the texts of what is left.

Terms are marked by a small index in memory that holds one text at a time: what is marked is what FTS5
matches, at a cost that does not depend on the size of the store.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from srtminer.model import Recommendation, Section
from srtminer.search_hits import Found, Hit, HitKind, Span, window
from srtminer.store.database import CORRECTED, SECTION, Database, Row, told
from srtminer.store.query import forms, to_fts5

PASSAGE = 400
"""Characters of a section that are shown around the words found."""

HEADING_WEIGHT = 3.0
"""Why: a section called "Routine enquiry" is about it, one with the words among a thousand may not be."""

AT_FIRST = 1000
"""Rows that are ranked before it is known how many are needed: SQLite sorts few of many faster than all."""

_OPEN, _CLOSE = "\x01", "\x02"
"""Readers take control characters out of every text."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is searched; None: everything."""

    reviews: frozenset[str] | None = None
    """Ids of reviews."""
    recommendations: frozenset[str] | None = None
    """Ids of recommendations."""


EVERYTHING = Scope()


def search(database: Database, query: str, kinds: Sequence[HitKind], limit: int, scope: Scope) -> Found:
    """Find recommendations and sections by words; raises `UsageError` for a malformed query.

    Where both kinds are searched, a place in a section that stands in a matching recommendation is not shown
    again as a hit of the section. Recommendations come first; the scores of both kinds do not compare.
    """
    expression = to_fts5(query, partial(forms, database))
    found: list[Hit] = []
    totals: dict[HitKind, int] = {"recommendation": 0, "section": 0}
    repeated = 0
    with closing(_Marker(expression)) as marker, database.reading():
        for kind in kinds:
            totals[kind] = _total(database, kind, expression, scope)
            ranked = _ranked(database, kind, expression, scope)
            if kind == "recommendation":
                found += (_recommendation(database, marker, row) for row in islice(ranked, limit))
            else:
                apart = "recommendation" in kinds
                hits, repeated = _sections(database, marker, ranked, limit, apart=apart)
                found += hits
    return Found(query, "words", tuple(found[:limit]), totals["recommendation"], totals["section"], repeated)


class _Marker:
    """Marks what an expression matches in a text."""

    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        with told(Path(":memory:")):
            self._connection.execute("CREATE VIRTUAL TABLE texts USING fts5(heading, text)")

    def close(self) -> None:
        self._connection.close()

    def marks(self, text: str, heading: str = "") -> tuple[Span, ...] | None:
        """Give the places in the text, in order, or None if heading and text together do not match."""
        with told(Path(":memory:")):
            self._connection.execute("DELETE FROM texts")
            self._connection.execute("INSERT INTO texts VALUES (?, ?)", (heading, text))
            marked = self._connection.execute(
                "SELECT highlight(texts, 1, ?, ?) FROM texts WHERE texts MATCH ?",
                (_OPEN, _CLOSE, self._expression),
            ).fetchone()
        return None if marked is None else _spans(marked[0])


def _spans(marked: str) -> tuple[Span, ...]:
    spans, position = [], 0
    before, *rest = marked.split(_OPEN)
    position = len(before)
    for part in rest:
        inside, _, after = part.partition(_CLOSE)
        spans.append((position, position + len(inside)))
        position += len(inside) + len(after)
    return tuple(spans)


def _total(database: Database, kind: HitKind, expression: str, scope: Scope) -> int:
    condition, values = _condition(kind, scope)
    if not condition:
        sql = f"SELECT count(*) FROM {kind}_words WHERE {kind}_words MATCH ?"
        return int(database.value(sql, (expression,)))
    return int(database.value(f"SELECT count(*) {_matches(kind)} {condition}", (expression, *values)))


def _ranked(database: Database, kind: HitKind, expression: str, scope: Scope) -> Iterator[Row]:
    """Give (key, score) of what matches, best first, whatever the order in which reviews were ingested."""
    condition, values = _condition(kind, scope)
    weights = f", {HEADING_WEIGHT}, 1.0" if kind == "section" else ""
    sql = (
        f"SELECT {kind}s.key, -bm25({kind}_words{weights}) AS score {_matches(kind)} {condition} "
        f"ORDER BY score DESC, reviews.id, {kind}s.start, {kind}s.position LIMIT ? OFFSET ?"
    )
    first = database.rows(sql, (expression, *values, AT_FIRST, 0))
    yield from first
    if len(first) == AT_FIRST:
        yield from database.rows(sql, (expression, *values, -1, AT_FIRST))


def _matches(kind: HitKind) -> str:
    # CROSS JOIN keeps the index in front: SQLite would rather walk through all reviews.
    return (
        f"FROM {kind}_words CROSS JOIN {kind}s ON {kind}s.key = {kind}_words.rowid "
        f"CROSS JOIN reviews ON reviews.key = {kind}s.review WHERE {kind}_words MATCH ?"
    )


def _condition(kind: HitKind, scope: Scope) -> tuple[str, tuple[str, ...]]:
    """Give SQL that keeps to the scope, and the values of its marks."""
    ids = {"reviews.id": scope.reviews}
    if kind == "recommendation":
        ids["recommendations.id"] = scope.recommendations
    wanted = {column: chosen for column, chosen in ids.items() if chosen is not None}
    condition = "".join(f" AND {column} IN (SELECT value FROM json_each(?))" for column in wanted)
    return condition, tuple(json.dumps(sorted(chosen)) for chosen in wanted.values())


def _recommendation(database: Database, marker: _Marker, ranked: Row) -> Hit:
    key, score = ranked
    sql = f"SELECT (SELECT id FROM reviews WHERE key = review), {CORRECTED.columns} FROM recommendations"
    review_id, *row = database.rows(f"{sql} WHERE key = ?", (key,))[0]
    found = CORRECTED.made(row, review_id=review_id)
    return Hit(found, marker.marks(found.text) or (), score)


def _sections(
    database: Database, marker: _Marker, ranked: Iterable[Row], limit: int, *, apart: bool
) -> tuple[list[Hit], int]:
    """Give up to `limit` hits, and how many sections before the last of them had nothing of their own.

    `apart`: what stands in a recommendation that matches for itself is not the section's own.
    """
    hits: list[Hit] = []
    repeated = 0
    for key, score in ranked:
        hit = _section(database, marker, key, score, apart=apart)
        if hit is None:
            repeated += 1
        else:
            hits.append(hit)
        if len(hits) == limit:
            break
    return hits, repeated


def _section(database: Database, marker: _Marker, key: int, score: float, *, apart: bool) -> Hit | None:
    """Give the part of a section with most of its own marks, or None if it has marks but none of its own."""
    columns = ", ".join(f"sections.{column}" for column in SECTION.columns.split(", "))
    ((review, review_id, text, *row),) = database.rows(
        f"SELECT reviews.key, reviews.id, substr(reviews.text, start + 1, stop - start), {columns} "
        "FROM sections JOIN reviews ON reviews.key = review WHERE sections.key = ?",
        (key,),
    )
    section = SECTION.made(row)
    marks = marker.marks(text, section.heading) or ()
    own = _own(database, marker, review, section, marks) if apart and marks else marks
    if marks and not own:
        return None
    start, end = window(text, own, PASSAGE)
    shown = tuple((a - start, b - start) for a, b in own if start <= a and b <= end)
    first, last = (shown[0][0], shown[-1][1]) if shown else (0, 1)
    page, number = _place(database, review, section.start + start + first)
    last_page, _ = _place(database, review, section.start + start + last - 1)
    passage = Recommendation(
        id="",
        review_id=review_id,
        references=tuple(part for part in (number or section.number,) if part),
        start=section.start + start,
        end=section.start + end,
        text=text[start:end],
        page=page or section.page,
        last_page=last_page or section.page,
        heading=section.path,
    )
    return Hit(passage, shown, score, (section.start, section.end))


def _own(
    database: Database, marker: _Marker, review: int, section: Section, marks: Sequence[Span]
) -> tuple[Span, ...]:
    """Keep the marks of a section that stand in no recommendation that matches for itself."""
    rows = database.rows(
        "SELECT start - ?, stop - ?, text FROM recommendations WHERE review = ? AND start >= ? AND stop <= ?",
        (section.start, section.start, review, section.start, section.end),
    )
    taken = [(start, end) for start, end, text in rows if marker.marks(text) is not None]
    return tuple(
        (first, last)
        for first, last in marks
        if not any(start <= first and last <= end for start, end in taken)
    )


def _place(database: Database, review: int, position: int) -> tuple[int, str]:
    """Give the page and printed number of the paragraph at a position; (0, "") before the first."""
    rows = database.rows(
        "SELECT page, number FROM paragraphs WHERE review = ? AND start <= ? ORDER BY position DESC LIMIT 1",
        (review, position),
    )
    return rows[0] if rows else (0, "")
