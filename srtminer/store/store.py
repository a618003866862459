"""The store: what was read and found, written review by review."""

import hashlib
from collections.abc import Sequence

from srtminer.corrections import differences
from srtminer.errors import StoreError
from srtminer.model import Analysis, Fact, IngestState, Recommendation, Skipped
from srtminer.store.review_rows import (
    corrections_of,
    delete,
    found_in,
    purge,
    shown,
    write,
    write_corrections,
)
from srtminer.store.row_mapping import FACT, path_column
from srtminer.store.store_files import Added, Content, add_file, given_by, leave
from srtminer.store.store_reader import StoreReader

_PAIR = "first_review = ? AND first_text = ? AND second_review = ? AND second_text = ?"


class Store(StoreReader):
    """One SQLite file of reviews and what was found in them. A context manager.

    Each writing method is one transaction: after a kill or a full disk it is done whole or not at all.
    Any method raises `StoreError` where the file is damaged, locked, read-only or the disk is full.
    """

    def add(self, analysis: Analysis) -> IngestState:
        """Store a review whole, in place of an older analysis of the same text.

        The path does not count as a difference: a text that is known under one name keeps that name.
        Facts that `set_facts` gave stay.
        """
        with self._database.writing() as database:
            return write(database, analysis)

    def add_file(
        self, content: Content, analyses: Sequence[Analysis], *, whole: bool = True
    ) -> tuple[Added, ...]:
        """Store what a file gave, in place of other reviews that the same bytes gave before.

        What was given and corrected of those goes over to the reviews in their place. One that the bytes of
        another file gave too stays, and none is replaced unless the file was read `whole`. A review that
        another file gave under the same reading is left as it is.
        """
        with self._database.writing() as database:
            return add_file(database, content, analyses, whole=whole)

    def set_facts(self, review_id: str, facts: Sequence[Fact]) -> bool:
        """Let facts override those of the same field; True if any changed. KeyError for no such review."""
        with self._database.writing() as database:
            key = self._key(review_id)
            before = {row[0]: row for row in self._given_facts(key)}
            after = before | {fact.field: FACT.row(fact) for fact in facts}
            if after == before:
                return False
            database.write_many(
                f"INSERT OR REPLACE INTO given_facts (review, {FACT.columns}) VALUES (?, ?, ?, ?, ?)",
                ((key, *row) for row in after.values()),
            )
            database.write("DELETE FROM cache")
        return True

    def unset_facts(self, review_id: str, fields: Sequence[str]) -> None:
        """Take back what `set_facts` said of these fields. KeyError for no such review."""
        if not fields:
            return  # results that are kept need not be found again
        with self._changing() as database:
            key = self._key(review_id)
            for field in fields:
                database.write("DELETE FROM given_facts WHERE review = ? AND field = ?", (key, field))

    def correct(
        self, review_id: str, wanted: Sequence[Recommendation], seen: Sequence[Recommendation]
    ) -> None:
        """Correct the recommendations of a review to those that are wanted; later analyses keep to that.

        `seen` is what the wish is based on. Raises `StoreError`, and changes nothing, if the store has
        something else by now; KeyError for no such review.
        """
        with self._changing() as database:
            key = self._key(review_id)
            if shown(database, key, review_id) != tuple(seen):
                raise StoreError(f"review {review_id} was changed in the meantime: export it and try again")
            kept = corrections_of(database, review_id)
            # What was corrected and is not found at present may be found again: those corrections still hold.
            lost = [one.before for one in kept if one.before and not one.fits]
            found = found_in(database, key, review_id)
            write_corrections(database, key, review_id, found, differences((*found, *lost), wanted))

    def undo_corrections(self, review_id: str) -> None:
        """Show what was found again. KeyError for no such review."""
        with self._changing() as database:
            key = self._key(review_id)
            write_corrections(database, key, review_id, found_in(database, key, review_id), ())

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
        self.sweep()

    def move(self, review_id: str, source: str) -> None:
        """Name the file of a review otherwise, which stands elsewhere now. KeyError for no such review."""
        with self._changing() as database:
            row = (path_column(source), self._key(review_id))
            database.write("UPDATE reviews SET source = ? WHERE key = ?", row)

    def remember_skipped(self, skipped: Skipped) -> None:
        """Keep that a file could not be read, and why."""
        with self._database.writing() as database:
            row = (path_column(skipped.source), skipped.reason)
            database.write("INSERT OR REPLACE INTO skipped VALUES (?, ?)", row)

    def forget_skipped(self, source: str) -> None:
        """Forget that a file could not be read: it can now, or it is gone."""
        with self._database.writing() as database:
            database.write("DELETE FROM skipped WHERE source = ?", (path_column(source),))

    def drop_hidden(self, content: Content) -> None:
        """Delete what a file gave of which nothing is shown, as an older program did not ask."""
        with self._database.writing() as database:
            for review_id in leave(database, content, given_by(database, content)):
                delete(database, review_id)

    def sweep(self) -> None:
        """Purge words of deleted reviews from index, free pages and -wal file, if there are such."""
        purge(self._database)

    def link(self, one: Recommendation, other: Recommendation, *, same: bool) -> None:
        """Keep that two recommendations ask for the same, or do not, in place of an earlier judgement."""
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)", (*_pair(one, other), same))

    def unlink(self, one: Recommendation, other: Recommendation) -> bool:
        """Take back what `link` kept of two recommendations; False if there is nothing."""
        with self._database.writing() as database:
            return database.write(f"DELETE FROM links WHERE {_PAIR}", _pair(one, other)) > 0

    def links(self) -> dict[tuple[str, str], bool]:
        """Give what `link` kept, by the ids of two recommendations in order; without those of lost texts."""
        rows = self._database.rows("SELECT * FROM links")
        id_of = {_text_key(one): one.id for one in self.recommendations()} if rows else {}
        found = {}
        for *pair, same in rows:
            ids = [id_of.get((review, text)) for review, text in (pair[:2], pair[2:])]
            if ids[0] and ids[1]:
                first, second = sorted((ids[0], ids[1]))
                found[first, second] = bool(same)
        return found

    def tell_case(self, one: str, other: str, *, same: bool | None) -> bool:
        """Keep whether two documents are of one case, as the analyst says; None takes that back.

        False if there is nothing to take back.
        """
        pair = sorted((one, other))
        with self._changing() as database:
            if same is None:
                return (
                    database.write("DELETE FROM cases WHERE first_review = ? AND second_review = ?", pair) > 0
                )
            database.write("INSERT OR REPLACE INTO cases VALUES (?, ?, ?)", (*pair, same))
        return True


def _pair(one: Recommendation, other: Recommendation) -> Sequence[str]:
    first, second = sorted((_text_key(one), _text_key(other)))
    return (*first, *second)


def _text_key(one: Recommendation) -> tuple[str, str]:
    return one.review_id, hashlib.sha256(one.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
