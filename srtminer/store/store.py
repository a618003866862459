"""The store: what was read and found, written review by review and read in a fixed order."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from srtminer.corrections import differences
from srtminer.errors import StoreError
from srtminer.model import (
    Analysis,
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
from srtminer.store import kept_vectors, linking, purging, stored_cases
from srtminer.store import stored_corrections as correcting
from srtminer.store.database import Database, Row, require_file
from srtminer.store.full_text import EVERYTHING, Scope, search
from srtminer.store.review_records import grouped, overridden, read_records
from srtminer.store.review_rows import MADE_BY, State, delete, write
from srtminer.store.row_mapping import (
    FACT,
    PARAGRAPH,
    RECOMMENDATION,
    REVIEW,
    SECTION,
    fact_row,
    pack,
    path_column,
    path_text,
    to_explanation,
    to_recommendation,
    to_review,
    to_rows,
    to_section,
    unpack,
)
from srtminer.store.schema import prepare
from srtminer.store.store_files import Added, Content, add_file, drop_marked, given_by, recall_file
from srtminer.store.stored_words import nearest

Item = TypeVar("Item")


class Store:
    """One SQLite file of reviews and what was found in them. A context manager.

    Each writing method is one transaction: after a kill or a full disk it is done whole or not at all.
    Any method raises `StoreError` where the file is damaged, locked, read-only or the disk is full.
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

    def add(self, analysis: Analysis) -> State:
        """Store a review whole, in place of an older analysis of the same text.

        The path does not count as a difference: a text that is known under one name keeps that name.
        Facts that `set_facts` gave stay.
        """
        rows = to_rows(analysis)
        with self._database.writing():
            state = write(self._database, rows)
            if state != "unchanged":
                self._forget_results()
        return state

    def add_file(
        self, content: Content, analyses: Sequence[Analysis], *, whole: bool = True
    ) -> tuple[Added, ...]:
        """Store what a file gave, in place of other reviews that the same bytes gave before.

        What was given and corrected of those goes over to the reviews in their place. One that the bytes of
        another file gave too stays, and none is replaced unless the file was read `whole`. A review that
        another file gave under the same reading is left as it is.
        """
        rows = [to_rows(analysis) for analysis in analyses]
        with self._database.writing():
            added = add_file(self._database, content, rows, whole=whole)
            if any(one.state != "unchanged" for one in added):
                self._forget_results()
        return added

    def set_facts(self, review_id: str, facts: Sequence[Fact]) -> bool:
        """Let facts override those of the same field; True if any changed. KeyError for no such review."""
        with self._database.writing() as database:
            key = self._key(review_id)
            before = {row[0]: row for row in self._given_facts(key)}
            after = before | {fact.field: fact_row(fact) for fact in facts}
            if after == before:
                return False
            database.write_many(
                f"INSERT OR REPLACE INTO given_facts (review, {_list(FACT)}) VALUES (?, ?, ?, ?, ?)",
                ((key, *row) for row in after.values()),
            )
            self._forget_results()
        return True

    def unset_facts(self, review_id: str, fields: Sequence[str]) -> None:
        """Take back what `set_facts` said of these fields. KeyError for no such review."""
        if not fields:
            return  # results that are kept need not be found again
        with self._database.writing() as database:
            key = self._key(review_id)
            for field in fields:
                database.write("DELETE FROM given_facts WHERE review = ? AND field = ?", (key, field))
            self._forget_results()

    def correct(
        self, review_id: str, wanted: Sequence[Recommendation], seen: Sequence[Recommendation]
    ) -> None:
        """Correct the recommendations of a review to those that are wanted; later analyses keep to that.

        `seen` is what the wish is based on. Raises `StoreError`, and changes nothing, if the store has
        something else by now; KeyError for no such review.
        """
        with self._database.writing() as database:
            key = self._key(review_id)
            if correcting.current(database, key, review_id) != tuple(seen):
                raise StoreError(f"review {review_id} was changed in the meantime: export it and try again")
            kept = correcting.corrections(database, review_id)
            # What was corrected and is not found at present may be found again: those corrections still hold.
            lost = [one.before for one in kept if one.before and not one.fits]
            found = correcting.found(database, key, review_id)
            correcting.correct(database, key, review_id, differences((*found, *lost), wanted))
            self._forget_results()

    def undo_corrections(self, review_id: str) -> None:
        """Show what was found again. KeyError for no such review."""
        with self._database.writing() as database:
            correcting.correct(database, self._key(review_id), review_id, ())
            self._forget_results()

    def remove(self, review_ids: Sequence[str]) -> None:
        """Delete reviews with everything found in them, given for them or corrected; all of them or none.

        Raises `KeyError` for an id that is not in the store.

        A file that gave one of them is not known any more and is read again.
        """
        with self._database.writing() as database:
            for review_id in review_ids:
                self._key(review_id)
                database.write("DELETE FROM contents WHERE review_id = ?", (review_id,))
                delete(database, review_id)
            self._forget_results()

    def remember_skipped(self, skipped: Skipped) -> None:
        """Keep that a file could not be read, and why."""
        with self._database.writing() as database:
            row = (path_column(skipped.source), skipped.reason)
            database.write("INSERT OR REPLACE INTO skipped VALUES (?, ?)", row)

    def forget_skipped(self, source: str) -> None:
        """Forget that a file could not be read: it can now, or it is gone."""
        with self._database.writing() as database:
            database.write("DELETE FROM skipped WHERE source = ?", (path_column(source),))

    def remember_file(self, digest: str, review_ids: Sequence[str]) -> None:
        """Keep which reviews a file gave; the digest is of its bytes, the options and the program."""
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO files VALUES (?, ?)", (digest, pack(review_ids)))

    def recall_file(self, content: Content, review_ids: Sequence[str]) -> None:
        """Keep which reviews the bytes of a known file gave, where the store does not know that yet."""
        if set(given_by(self._database, content.digest)) != set(review_ids):
            with self._database.writing() as database:
                recall_file(database, content, review_ids)

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

    def drop_marked(self, content: Content) -> None:
        """Delete what an older program read of a file of which nothing is shown."""
        with self._database.writing() as database:
            drop_marked(database, content)

    def marked(self) -> tuple[str, ...]:
        """List the PDFs that an older program read, and that may hold words that their pages hide."""
        return purging.marked(self._database)

    def sweep(self) -> bool:
        """Purge words of replaced reviews from index, free pages and -wal file, if due; tells if it was."""
        return purging.sweep(self._database)

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting of the store."""
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def meta(self, key: str) -> str | None:
        """Give a setting of the store, or None."""
        value: str | None = self._database.value("SELECT value FROM meta WHERE key = ?", (key,))
        return value

    def cache(self, key: str, value: str) -> None:
        """Keep a result until the corpus changes.

        Let the key hold the `corpus_digest()` read before the work began: another process may have changed
        the corpus in the meantime. Where nothing can be written, nothing is kept.
        """
        if self._database.read_only:
            return
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO cache VALUES (?, ?)", (key, value))

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

    def keep_vectors(
        self, encoder: str, rows: Sequence[Recommendation], vectors: Mapping[str, bytes]
    ) -> None:
        """Keep the vectors of rows, by their texts, until their review is removed; other encoders' go.

        Where nothing can be written, nothing is kept.
        """
        if self._database.read_only:
            return
        with self._database.writing() as database:
            kept_vectors.keep(database, encoder, rows, vectors)

    def recall_phrases(
        self, encoder: str, phrases: Sequence[str], part: slice
    ) -> tuple[bytearray, list[str]]:
        """Give the same of distinct phrases that stand in some review or other."""
        with self._database.reading() as database:
            return kept_vectors.recall_phrases(database, encoder, phrases, part)

    def keep_phrases(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Keep the vectors of phrases until any review is removed; where it can be written."""
        if self._database.read_only:
            return
        with self._database.writing() as database:
            kept_vectors.keep_phrases(database, encoder, vectors)

    def link(self, one: Recommendation, other: Recommendation, *, same: bool) -> None:
        """Keep that two recommendations ask for the same, or do not, as the analyst says."""
        with self._database.writing() as database:
            linking.link(database, one, other, same=same)

    def unlink(self, one: Recommendation, other: Recommendation) -> bool:
        """Take back what `link` kept of two recommendations; False if there is nothing."""
        with self._database.writing() as database:
            return linking.unlink(database, one, other)

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
                f"SELECT id, {_list(FACT)} FROM given_facts JOIN reviews ON review = key ORDER BY id, field"
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

    def tell_case(self, one: str, other: str, *, same: bool | None) -> bool:
        """Keep whether two documents are of one case, as the analyst says; None takes that back.

        False if there is nothing to take back.
        """
        with self._database.writing() as database:
            return stored_cases.tell(database, one, other, same=same)

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
            row = database.rows(f"SELECT {_list(REVIEW)} FROM reviews WHERE key = ?", (key,))[0]
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

    def set_made_by(self, review_ids: Iterable[str], made_by: str) -> None:
        """Keep with what the reviews were analysed: version and options of the program."""
        with self._database.writing() as database:
            database.write_many(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)",
                ((MADE_BY + review_id, made_by) for review_id in review_ids),
            )

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
        sql = f"SELECT {_list(columns)} FROM {table} WHERE review = ? ORDER BY position"
        return self._database.rows(sql, (key,))

    def _given_facts(self, key: int) -> list[Row]:
        return self._database.rows(
            f"SELECT {_list(FACT)} FROM given_facts WHERE review = ? ORDER BY field", (key,)
        )

    def _forget_results(self) -> None:
        self._database.write("DELETE FROM cache")

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


def _list(columns: Sequence[str]) -> str:
    return ", ".join(columns)
