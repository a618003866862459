"""What is read from the store, in a fixed order, each method as it stands at one moment."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from srtminer.cases import case_ids, groups_of
from srtminer.model import (
    AFTER_ALL_YEARS,
    GIVEN,
    Correction,
    Explanation,
    Fact,
    Recommendation,
    Review,
    ReviewRecord,
    Section,
    Skipped,
)
from srtminer.search_hits import Found, HitKind
from srtminer.store.database import (
    CORRECTED,
    EXPLANATION,
    FACT,
    PARAGRAPH,
    RECORD,
    REVIEW,
    SECTION,
    Database,
    Mapping,
    Row,
    path_text,
)
from srtminer.store.full_text import EVERYTHING, Scope, nearest, search
from srtminer.store.review_rows import corrections_of, shown
from srtminer.store.store_file import StoredVectors

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
    written = {_board_key(fact.value): fact for fact in boards}
    other = {value: one.value for value in times if (one := written[_board_key(value)]).value != value}
    for record in records:
        facts = tuple(
            replace(fact, value=other[fact.value]) if fact.field == BOARD and fact.value in other else fact
            for fact in record.facts
        )
        yield record if facts == record.facts else replace(record, facts=facts)


def _board_key(board: str) -> str:
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


class StoreReader(StoredVectors):
    """Reviews and what was found in them."""

    def known_file(self, content: str, reading: str) -> tuple[str, ...] | None:
        """Give the ids of the reviews of a file, or None if its bytes were not read so, or one is gone."""
        sql = "SELECT review_id, reading, id FROM contents LEFT JOIN reviews ON id = review_id"
        rows = self._database.rows(f"{sql} WHERE content = ? ORDER BY 1", (content,))
        known = rows and all(read == reading and there for _, read, there in rows)
        return tuple(row[0] for row in rows) if known else None

    def corpus_digest(self) -> str:
        """Hash all reviews, what was found and corrected in them and the facts given, in a fixed order."""
        sql = f"SELECT id, {FACT.columns} FROM given_facts JOIN reviews ON review = key ORDER BY id, field"
        with self._database.reading() as database:
            reviews = database.rows("SELECT id, digest FROM reviews ORDER BY id")
            given = database.rows(sql)
            corrected = database.rows("SELECT * FROM corrections ORDER BY review_id, position")
            said = database.rows("SELECT * FROM cases ORDER BY 1, 2")
        return hashlib.sha256(json.dumps([reviews, given, corrected, said]).encode()).hexdigest()

    def records(self) -> tuple[ReviewRecord, ...]:
        """List the reviews by year (none last), board, subject, source and id."""
        with self._database.reading() as database:
            return read_records(database)

    def recommendations(self) -> tuple[Recommendation, ...]:
        """List the recommendations by review, in the order of `records`, then by place in the text."""
        return self.reviews_and_recommendations()[1]

    def recommendations_of(self, review_id: str) -> tuple[Recommendation, ...]:
        """List those of a review by place in the text. KeyError for no such review."""
        with self._database.reading() as database:
            return shown(database, self._key(review_id), review_id)

    def reviews_and_recommendations(self) -> tuple[tuple[ReviewRecord, ...], tuple[Recommendation, ...]]:
        """List both as they stand at one moment, each with the case that it is of."""
        with self._database.reading() as database:
            records = read_records(database)
            rows = self._of_reviews("recommendations", CORRECTED)
            told = self.told_cases()
        found = [CORRECTED.made(row, review_id=one.id) for one in records for row in rows.get(one.id, ())]
        case_of = case_ids(records, found, told)
        several = {review_id for group in groups_of(case_of) for review_id in group}
        return (
            tuple(replace(record, case=case_of[record.id]) for record in records),
            tuple(
                replace(one, case=case_of[one.review_id]) if one.review_id in several else one
                for one in found
            ),
        )

    def explanations(self) -> dict[str, Explanation]:
        """Give why recommendations were found, by their ids; what an older program found has no entry."""
        rows = self._database.rows(f"SELECT id, {EXPLANATION.columns} FROM explanations")
        return {own_id: EXPLANATION.made(row) for own_id, *row in rows}

    def told_cases(self) -> dict[tuple[str, str], bool]:
        """Give what `tell_case` kept, by the ids of two documents in order."""
        rows = self._database.rows("SELECT * FROM cases ORDER BY 1, 2")
        return {(first, second): bool(same) for first, second, same in rows}

    def corrections(self) -> tuple[tuple[str, tuple[Correction, ...]], ...]:
        """List (review id, its corrections) of the reviews that have some, in the order of `records`."""
        with self._database.reading() as database:
            ids = [record.id for record in read_records(database) if record.corrections]
            return tuple((review_id, corrections_of(database, review_id)) for review_id in ids)

    def skipped(self) -> tuple[Skipped, ...]:
        """List the files that could not be read, by their names."""
        rows = self._database.rows("SELECT source, reason FROM skipped")
        named = sorted((path_text(source), reason) for source, reason in rows)
        return tuple(Skipped(source, reason) for source, reason in named)

    def sections(self) -> tuple[tuple[str, Section, str], ...]:
        """List (review id, section, its text) by review, in the order of `records`, then by place."""
        found = []
        with self._database.reading() as database:
            rows = self._of_reviews("sections", SECTION)
            for review_id in (record.id for record in read_records(database) if record.id in rows):
                text = database.value("SELECT text FROM reviews WHERE id = ?", (review_id,))
                for section in map(SECTION.made, rows[review_id]):
                    found.append((review_id, section, text[section.start : section.end]))
        return tuple(found)

    def review(self, review_id: str) -> Review:
        """Give a whole review, its facts overridden by those given. KeyError if absent."""
        with self._database.reading() as database:
            key = self._key(review_id)
            row = database.rows(f"SELECT {REVIEW.columns} FROM reviews WHERE key = ?", (key,))[0]
            found = self._children("paragraphs", PARAGRAPH, key)
            facts = overridden(self._children("facts", FACT, key), self._given_facts(key))
        return REVIEW.made(row, paragraphs=tuple(map(PARAGRAPH.made, found)), facts=facts)

    def search(self, query: str, kinds: Sequence[HitKind], limit: int, scope: Scope = EVERYTHING) -> Found:
        """Find recommendations and sections by words, phrases, AND, OR, NOT and word* beginnings.

        A word stands for its inflections too, unless it is in quotation marks. Recommendations come first.
        At most `limit` hits, best first. Raises `UsageError` that says what is wrong with a malformed query.
        """
        return search(self._database, query, kinds, limit, scope)

    def nearest_word(self, word: str) -> str:
        """Give the word in the store that is most like this one; empty if this one is there, or none is."""
        return nearest(self._database, word)

    def made_by(self) -> dict[str, int]:
        """Count the reviews by the first line of `Content.reading`; "" for those of which it is not known."""
        line = "substr(reading, 1, instr(reading || char(10), char(10)) - 1)"
        made = f"SELECT max({line}) FROM contents WHERE review_id = reviews.id"
        rows = self._database.rows(
            f"SELECT coalesce(({made}), ''), count(*) FROM reviews GROUP BY 1 ORDER BY 1"
        )
        return dict(rows)

    def _key(self, review_id: str) -> int:
        key: int | None = self._database.value("SELECT key FROM reviews WHERE id = ?", (review_id,))
        if key is None:
            raise KeyError(review_id)
        return key

    def _children(self, table: str, mapping: Mapping[Any], key: int) -> list[Row]:
        sql = f"SELECT {mapping.columns} FROM {table} WHERE review = ? ORDER BY position"
        return self._database.rows(sql, (key,))

    def _given_facts(self, key: int) -> list[Row]:
        sql = f"SELECT {FACT.columns} FROM given_facts WHERE review = ? ORDER BY field"
        return self._database.rows(sql, (key,))

    def _of_reviews(self, table: str, mapping: Mapping[Any]) -> dict[Any, list[Row]]:
        """Read the rows of all reviews in the order of their texts, by the reviews' ids."""
        names = ", ".join(f"{table}.{column}" for column in mapping.columns.split(", "))
        sql = f"SELECT reviews.id, {names} FROM {table} JOIN reviews ON reviews.key = review"
        return grouped(self._database.rows(f"{sql} ORDER BY review, start, position"))
