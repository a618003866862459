"""What is read from the store, in a fixed order, each method as it stands at one moment."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from srtminer.model import (
    Correction,
    Explanation,
    Recommendation,
    Review,
    ReviewRecord,
    Section,
    Skipped,
)
from srtminer.search_hits import Found, HitKind
from srtminer.store import kept_vectors, linking, purging, stored_cases
from srtminer.store import stored_corrections as correcting
from srtminer.store.database import Database, Row, require_file
from srtminer.store.full_text import EVERYTHING, Scope, search
from srtminer.store.review_records import grouped, overridden, read_records
from srtminer.store.review_rows import MADE_BY
from srtminer.store.row_mapping import (
    FACT,
    PARAGRAPH,
    RECOMMENDATION,
    REVIEW,
    SECTION,
    listed,
    path_text,
    to_explanation,
    to_recommendation,
    to_review,
    to_section,
    unpack,
)
from srtminer.store.schema import prepare
from srtminer.store.store_files import given_by
from srtminer.store.stored_words import nearest

Item = TypeVar("Item")


class StoreReader:
    """One SQLite file of reviews and what was found in them. A context manager.

    Any method raises `StoreError` where the file is damaged, locked or unreadable.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open a store, brought up to this program's schema; make an empty one if there is none and `create`.

        Raises `StoreError` if there is none, or the file is no store, damaged, locked, or newer.
        """
        require_file(path, create=create)
        database = Database(path)
        try:
            prepare(database, create=create)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def known_file(self, digest: str, content: str = "") -> tuple[str, ...] | None:
        """Give the ids of a file's reviews, or None if it was never seen or one is gone or to be read again.

        None as well if the bytes, whose digest is `content`, gave other reviews when they were read last.
        """
        with self._database.reading() as database:
            column = database.value("SELECT review_ids FROM files WHERE digest = ?", (digest,))
            if column is None:
                return None
            ids = tuple(unpack(column))
            sql = "SELECT 1 FROM reviews WHERE id = ? AND key NOT IN (SELECT review FROM rechecks)"
            there = [database.value(sql, (review_id,)) for review_id in ids]
            last = given_by(database, content)
        return ids if all(there) and (not last or set(last) == set(ids)) else None

    def marked(self) -> tuple[str, ...]:
        """List the PDFs that an older program read, and that may hold words that their pages hide."""
        return purging.marked(self._database)

    def meta(self, key: str) -> str | None:
        """Give a setting of the store, or None."""
        value: str | None = self._database.value("SELECT value FROM meta WHERE key = ?", (key,))
        return value

    def cached(self, key: str) -> str | None:
        """Give a result kept by `cache`, or None."""
        value: str | None = self._database.value("SELECT value FROM cache WHERE key = ?", (key,))
        return value

    def recall_vectors(
        self, encoder: str, rows: Sequence[Recommendation], part: slice
    ) -> tuple[bytearray, list[str]]:
        """Give a part of the bytes of the kept vector of each distinct text, and the texts without one."""
        with self._database.reading() as database:
            return kept_vectors.recall(database, encoder, rows, part)

    def recall_phrases(
        self, encoder: str, phrases: Sequence[str], part: slice
    ) -> tuple[bytearray, list[str]]:
        """Give the same of distinct phrases that stand in some review or other."""
        with self._database.reading() as database:
            return kept_vectors.recall_phrases(database, encoder, phrases, part)

    def links(self) -> dict[tuple[str, str], bool]:
        """Give what `link` kept, by the ids of two recommendations in order."""
        recommendations = self.recommendations()
        with self._database.reading() as database:
            return linking.links(database, recommendations)

    def corpus_digest(self) -> str:
        """Hash all reviews, what was found and corrected in them and the facts given, in a fixed order."""
        with self._database.reading() as database:
            reviews = sorted(database.rows("SELECT id, digest FROM reviews"))
            given = database.rows(
                f"SELECT id, {listed(FACT)} FROM given_facts JOIN reviews ON review = key ORDER BY id, field"
            )
            corrected = database.rows(
                "SELECT review_id, before, after, fits FROM corrections ORDER BY review_id, position"
            )
            said = sorted(stored_cases.told(database).items())
        return hashlib.sha256(json.dumps([reviews, given, corrected, said]).encode()).hexdigest()

    def records(self) -> tuple[ReviewRecord, ...]:
        """List the reviews by year (none last), board, subject, source and id."""
        with self._database.reading():
            return self._records()

    def recommendations(self) -> tuple[Recommendation, ...]:
        """List the recommendations by review, in the order of `records`, then by place in the text."""
        return self.reviews_and_recommendations()[1]

    def reviews_and_recommendations(self) -> tuple[tuple[ReviewRecord, ...], tuple[Recommendation, ...]]:
        """List both as they stand at one moment."""
        with self._database.reading() as database:
            records = self._records()
            rows = database.rows(_of_reviews("recommendations", correcting.SHOWN))
            found = _by_review([record.id for record in records], rows, to_recommendation)
            return stored_cases.with_cases(database, records, found)

    def explanations(self) -> dict[str, Explanation]:
        """Give why recommendations were found, by their ids; what an older program found has no entry."""
        rows = self._database.rows("SELECT id, shares, left_out FROM explanations")
        return {own_id: to_explanation(shares, left_out) for own_id, shares, left_out in rows}

    def told_cases(self) -> dict[tuple[str, str], bool]:
        """Give what `tell_case` kept, by the ids of two documents in order."""
        with self._database.reading() as database:
            return stored_cases.told(database)

    def found(self, review_id: str) -> tuple[Recommendation, ...]:
        """List what was found in a review, before any correction. KeyError for no such review."""
        with self._database.reading() as database:
            return correcting.found(database, self._key(review_id), review_id)

    def corrections(self) -> tuple[tuple[str, tuple[Correction, ...]], ...]:
        """List (review id, its corrections) of the reviews that have some, in the order of `records`."""
        with self._database.reading() as database:
            ids = [record.id for record in self._records() if record.corrections]
            return tuple((review_id, correcting.corrections(database, review_id)) for review_id in ids)

    def skipped(self) -> tuple[Skipped, ...]:
        """List the files that could not be read, by their names."""
        rows = self._database.rows("SELECT source, reason FROM skipped")
        return tuple(sorted((Skipped(path_text(source), reason) for source, reason in rows), key=_source))

    def sections(self) -> tuple[tuple[str, Section, str], ...]:
        """List (review id, section, its text) by review, in the order of `records`, then by place."""
        with self._database.reading() as database:
            order = [record.id for record in self._records()]
            rows = database.rows(_of_reviews("sections", SECTION))
            found = _by_review(order, rows, lambda review_id, row: (review_id, to_section(row)))
            return tuple(self._with_text(found))

    def review(self, review_id: str) -> Review:
        """Give a whole review, its facts overridden by those given. KeyError if absent."""
        with self._database.reading() as database:
            key = self._key(review_id)
            row = database.rows(f"SELECT {listed(REVIEW)} FROM reviews WHERE key = ?", (key,))[0]
            paragraphs = self._children("paragraphs", PARAGRAPH, key)
            facts = overridden(self._children("facts", FACT, key), self._given_facts(key))
            ready = self._children("ready_recommendations", RECOMMENDATION, key)
        return to_review(row, paragraphs, facts, ready)

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
        """Count the reviews by what `set_made_by` said of them; "" for those of which it said nothing."""
        rows = self._database.rows(
            "SELECT coalesce(value, ''), count(*) FROM reviews LEFT JOIN meta ON meta.key = ? || id "
            "GROUP BY 1 ORDER BY 1",
            (MADE_BY,),
        )
        return dict(rows)

    def schema(self) -> int:
        """Give the number of the newest migration that was applied."""
        return int(self._database.value("SELECT max(number) FROM migrations"))

    def integrity(self) -> str:
        """Give what SQLite says of the file's inner order: "ok", or what is wrong, on one line.

        Where the damage is such that SQLite cannot even look, it is a `StoreError` as everywhere.
        """
        return "; ".join(" ".join(row[0].split()) for row in self._database.rows("PRAGMA integrity_check"))

    def _key(self, review_id: str) -> int:
        key: int | None = self._database.value("SELECT key FROM reviews WHERE id = ?", (review_id,))
        if key is None:
            raise KeyError(review_id)
        return key

    def _children(self, table: str, columns: Sequence[str], key: int) -> list[Row]:
        sql = f"SELECT {listed(columns)} FROM {table} WHERE review = ? ORDER BY position"
        return self._database.rows(sql, (key,))

    def _given_facts(self, key: int) -> list[Row]:
        return self._database.rows(
            f"SELECT {listed(FACT)} FROM given_facts WHERE review = ? ORDER BY field", (key,)
        )

    def _records(self) -> tuple[ReviewRecord, ...]:
        return read_records(self._database)

    def _with_text(self, found: Iterable[tuple[str, Section]]) -> Iterable[tuple[str, Section, str]]:
        last_id, text = "", ""
        for review_id, section in found:
            if review_id != last_id:
                last_id = review_id
                text = self._database.value("SELECT text FROM reviews WHERE id = ?", (review_id,))
            yield review_id, section, text[section.start : section.end]


def _source(skipped: Skipped) -> str:
    return skipped.source


def _by_review(order: Sequence[str], rows: Sequence[Row], make: Callable[[str, Row], Item]) -> list[Item]:
    by_review = grouped(rows)
    return [make(review_id, row) for review_id in order for row in by_review[review_id]]


def _of_reviews(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f"{table}.{column}" for column in columns)
    return (
        f"SELECT reviews.id, {names} FROM {table} JOIN reviews ON reviews.key = review "
        f"ORDER BY review, start, position"
    )
