"""Full-text search: what a user searches for as an expression of FTS5, and what is found by it.

Why not FTS5's own language: there "multi-agency", "child's" and "4.12" are errors that speak of columns and
syntax. Here every word goes to FTS5 in quotes, so that nothing in it can have a meaning, and where FTS5 does
not understand a query, how to write one is said in the user's terms. NOT binds closest, then AND, then OR.

Forms of one word have one stem. Why not an index of stems: a word in quotation marks is searched in its own
form only, and a second index would be as large as the first.

What matches is ranked on the indexes; then the texts of the best are looked at. Terms are marked by a small
index in memory that holds one text at a time: what is marked is what FTS5 matches, at a cost that does not
depend on the size of the store.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from srtminer.errors import UsageError
from srtminer.excerpts import Found, Hit, HitKind, Span, window
from srtminer.model import Recommendation
from srtminer.store.database import RECOMMENDATIONS, SECTIONS, Database, Row
from srtminer.text.names import nearest as like
from srtminer.text.words import stem

_OPERATORS = ("AND", "OR", "NOT")
_NOT_UNDERSTOOD = (
    """the query cannot be understood: write it like '(school OR nursery) NOT "routine enquiry" neglect*', """
    "with AND, OR or NOT between words, brackets and quotation marks in pairs, and a * only at a word's end"
)

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
"""Why: a query pasted from a letter has typographic quotation marks."""
_TOKEN = re.compile(r'[()]|-?"[^"]*"?\**|[^\s()"]+')

Forms = Callable[[str], Sequence[str]]
"""Gives the forms of a word, itself first."""


def to_fts5(query: str, forms: Forms = lambda word: (word,)) -> str:
    """Give a query as FTS5 has it, with each AND that is left out; what is amiss otherwise, FTS5 tells.

    `forms` gives the words that count as one another's: discharge, discharged, discharging. A word in
    quotation marks has its own form only. Raises `UsageError` for a word that FTS5 would misunderstand.
    """
    tokens: list[str] = []
    for piece in _TOKEN.findall(query.encode(errors="replace").decode().translate(_QUOTES)):
        new = [piece]
        if piece not in (*_OPERATORS, "(", ")"):
            if not any(character.isalnum() or character in '"*' for character in piece):
                continue  # a dash or an ampersand alone is no word: "health & safety" is "health safety"
            # "-school" is what people write for NOT school.
            new = ["NOT"] * piece.startswith("-") + [_word(piece.removeprefix("-"), forms)]
        if new[0] == "NOT" and tokens[-1:] == ["AND"]:
            tokens.pop()  # "nurse AND NOT school" is what people write; to FTS5 it is "nurse NOT school"
        elif new[0] not in (*_OPERATORS, ")") and tokens and tokens[-1] not in (*_OPERATORS, "("):
            tokens.append("AND")
        tokens += new
    if not tokens:
        raise UsageError(_NOT_UNDERSTOOD)
    return " ".join(tokens)


def _word(text: str, forms: Forms) -> str:
    """Give a word or phrase as FTS5 has it, in quotes, with its forms."""
    body = text.rstrip("*")
    word = body.strip('"')
    if body.count('"') == 1 or "*" in word or not any(map(str.isalnum, word)):
        raise UsageError(_NOT_UNDERSTOOD)
    if text.endswith("*"):
        return f'"{word}" *'
    words = " OR ".join(f'"{form}"' for form in ((word,) if body.startswith('"') else forms(word)))
    return f"({words})" if " OR " in words else words


_SAME_BEGINNING = 3
"""Letters that the forms of a word have in common; a shorter word has no forms."""
_LAST = "\U0010ffff"
_INDEXES = ("recommendation_words", "section_words")


def forms(database: Database, word: str) -> tuple[str, ...]:
    """Give a word and then its other forms in the store, in alphabetical order: discharged, discharging."""
    if not word.isascii() or not word.isalpha() or len(word) < _SAME_BEGINNING:
        return (word,)
    own = word.lower()
    beginning = own[:_SAME_BEGINNING]
    others = sorted({found for found in _words(database, beginning, beginning + _LAST) if found != own})
    return (word, *(other for other in others if stem(other) == stem(own)))


def nearest(database: Database, word: str) -> str:
    """Give the word of the store that is most like this one; empty if this one is there, or none is."""
    own = word.casefold()
    words = {found for found in _words(database, "", _LAST) if not found.isdigit()}
    return "" if own in words else "".join(like(own, words, 1))


def _words(database: Database, first: str, last: str) -> Iterator[str]:
    for index in _INDEXES:
        table = f"temp.{index}_vocabulary"
        database.write(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5vocab('main', '{index}', 'row')"
        )
        rows = database.rows(f"SELECT term FROM {table} WHERE term >= ? AND term < ?", (first, last))
        yield from (row[0] for row in rows)


PASSAGE = 400
"""Characters of a section that are shown around the words found."""

HEADING_WEIGHT = 3.0
"""Why: a section called "Routine enquiry" is about it, one with the words among a thousand may not be."""

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
    with closing(Marker(expression)) as marker, database.reading():
        for kind in kinds:
            ranked = _ranked(database, kind, expression, scope)
            totals[kind] = len(ranked)
            if kind == "recommendation":
                found += (_recommendation(database, marker, key, score) for key, score in ranked[:limit])
                continue
            sql = "SELECT rowid FROM recommendation_words WHERE recommendation_words MATCH ?"
            both = "recommendation" in kinds
            apart = {key for (key,) in database.rows(sql, (expression,))} if both else set[int]()
            sections = 0
            for key, score in ranked:
                if sections == limit:
                    break
                hit = _section(database, marker, key, score, apart)
                found += [hit] if hit else []
                sections, repeated = sections + bool(hit), repeated + (not hit)
    return Found(query, "words", tuple(found[:limit]), totals["recommendation"], totals["section"], repeated)


class Marker:
    """Marks what an expression matches in a text; raises `UsageError` where FTS5 does not understand it."""

    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.execute("CREATE VIRTUAL TABLE texts USING fts5(heading, text)")
        try:
            self.marks("")
        except sqlite3.OperationalError as error:
            self.close()
            raise UsageError(_NOT_UNDERSTOOD) from error

    def close(self) -> None:
        """Let the index in memory go."""
        self._connection.close()

    def marks(self, text: str, heading: str = "") -> tuple[Span, ...]:
        """Give the places in the text, in order; none where heading and text together do not match."""
        self._connection.execute("DELETE FROM texts")
        self._connection.execute("INSERT INTO texts VALUES (?, ?)", (heading, text))
        marked = self._connection.execute(
            "SELECT highlight(texts, 1, ?, ?) FROM texts WHERE texts MATCH ?",
            (_OPEN, _CLOSE, self._expression),
        ).fetchone()
        spans, position = [], 0
        for part in re.split(f"([{_OPEN}{_CLOSE}])", marked[0] if marked else ""):
            if part == _OPEN:
                spans.append((position, position))
            elif part == _CLOSE:
                spans[-1] = (spans[-1][0], position)
            else:
                position += len(part)
        return tuple(spans)


def _ranked(database: Database, kind: HitKind, expression: str, scope: Scope) -> list[Row]:
    """Give (key, score) of what matches, best first, whatever the order in which reviews were ingested."""
    ids = {"reviews.id": scope.reviews}
    if kind == "recommendation":
        ids["recommendations.id"] = scope.recommendations
    wanted = {column: json.dumps(sorted(chosen)) for column, chosen in ids.items() if chosen is not None}
    weights = f", {HEADING_WEIGHT}, 1.0" if kind == "section" else ""
    # CROSS JOIN keeps the index in front: SQLite would rather walk through all reviews.
    return database.rows(
        f"SELECT {kind}s.key, -bm25({kind}_words{weights}) AS score "
        f"FROM {kind}_words CROSS JOIN {kind}s ON {kind}s.key = {kind}_words.rowid "
        f"CROSS JOIN reviews ON reviews.key = {kind}s.review WHERE {kind}_words MATCH ?"
        + "".join(f" AND {column} IN (SELECT value FROM json_each(?))" for column in wanted)
        + f" ORDER BY score DESC, reviews.id, {kind}s.start, {kind}s.position",
        (expression, *wanted.values()),
    )


def _recommendation(database: Database, marker: Marker, key: int, score: float) -> Hit:
    (found,) = RECOMMENDATIONS.where(database, "recommendations.key = ?", key)
    return Hit(found, marker.marks(found.text), score)


def _section(database: Database, marker: Marker, key: int, score: float, apart: Set[int]) -> Hit | None:
    """Give the part of a section with most of its own marks, or None if it has marks but none of its own.

    `apart` are the keys of recommendations: what stands in one of them is not the section's own.
    """
    (section,) = SECTIONS.where(database, "sections.key = ?", key)
    ((review, review_id, text),) = database.rows(
        "SELECT reviews.key, id, substr(text, start + 1, stop - start) "
        "FROM sections JOIN reviews ON reviews.key = review WHERE sections.key = ?",
        (key,),
    )
    marks = own = marker.marks(text, section.heading)
    if apart and marks:
        inside = database.rows(
            "SELECT start - ?, stop - ?, key FROM recommendations "
            "WHERE review = ? AND start >= ? AND stop <= ?",
            (section.start, section.start, review, section.start, section.end),
        )
        taken = [(start, end) for start, end, key in inside if key in apart]
        own = tuple((a, b) for a, b in marks if not any(start <= a and b <= end for start, end in taken))
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


def _place(database: Database, review: int, position: int) -> tuple[int, str]:
    """Give the page and printed number of the paragraph at a position; (0, "") before the first."""
    rows = database.rows(
        "SELECT page, number FROM paragraphs WHERE review = ? AND start <= ? ORDER BY position DESC LIMIT 1",
        (review, position),
    )
    return rows[0] if rows else (0, "")
