"""The store: what was read and found, written review by review."""

from collections.abc import Iterable, Mapping, Sequence

from srtminer.corrections import differences
from srtminer.errors import StoreError
from srtminer.model import Analysis, Fact, Recommendation, Skipped
from srtminer.store import kept_vectors, linking, purging, stored_cases
from srtminer.store import stored_corrections as correcting
from srtminer.store.review_rows import MADE_BY, State, delete, write
from srtminer.store.row_mapping import FACT, fact_row, listed, pack, path_column, to_rows
from srtminer.store.store_files import Added, Content, add_file, drop_marked, given_by, recall_file
from srtminer.store.store_reader import StoreReader


class Store(StoreReader):
    """One SQLite file of reviews and what was found in them. A context manager.

    Each writing method is one transaction: after a kill or a full disk it is done whole or not at all.
    Any method raises `StoreError` where the file is damaged, locked, read-only or the disk is full.
    """

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
                f"INSERT OR REPLACE INTO given_facts (review, {listed(FACT)}) VALUES (?, ?, ?, ?, ?)",
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

    def drop_marked(self, content: Content) -> None:
        """Delete what an older program read of a file of which nothing is shown."""
        with self._database.writing() as database:
            drop_marked(database, content)

    def sweep(self) -> bool:
        """Purge words of replaced reviews from index, free pages and -wal file, if due; tells if it was."""
        return purging.sweep(self._database)

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting of the store."""
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def cache(self, key: str, value: str) -> None:
        """Keep a result until the corpus changes.

        Let the key hold the `corpus_digest()` read before the work began: another process may have changed
        the corpus in the meantime. Where nothing can be written, nothing is kept.
        """
        if self._database.read_only:
            return
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO cache VALUES (?, ?)", (key, value))

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

    def tell_case(self, one: str, other: str, *, same: bool | None) -> bool:
        """Keep whether two documents are of one case, as the analyst says; None takes that back.

        False if there is nothing to take back.
        """
        with self._database.writing() as database:
            return stored_cases.tell(database, one, other, same=same)

    def set_made_by(self, review_ids: Iterable[str], made_by: str) -> None:
        """Keep with what the reviews were analysed: version and options of the program."""
        with self._database.writing() as database:
            database.write_many(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)",
                ((MADE_BY + review_id, made_by) for review_id in review_ids),
            )

    def _forget_results(self) -> None:
        self._database.write("DELETE FROM cache")
