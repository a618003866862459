"""The store: what was read and found, written review by review; which reviews the bytes of a file gave."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from srtminer.corrections import SIMILAR, differences, similarity
from srtminer.errors import StoreError
from srtminer.model import Analysis, Fact, IngestState, Recommendation, Skipped
from srtminer.store.database import FACT, Database, path_column, path_text
from srtminer.store.review_rows import (
    carry,
    corrections_of,
    cover_corrections,
    delete,
    found_in,
    purge,
    shown,
    write,
    write_corrections,
)
from srtminer.store.store_reader import StoreReader

NAME = "subject"
"""Field of what a review is called in a table."""


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file and how they were read."""

    digest: str
    """Of the bytes and what kind of file they are in."""
    reading: str
    """The program and its options, then what else it was told, line by line."""

    @property
    def key(self) -> str:
        """A digest of both."""
        return hashlib.sha256(f"{self.digest}\n{self.reading}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Added:
    """What a review that a file gave did to the store."""

    review_id: str
    state: IngestState
    same_as: str = ""
    """The file with the same text whose reading the store keeps, if it is not this one's."""
    replaced: tuple[str, ...] = ()
    """Ids of reviews that the same bytes gave before and that are gone."""
    lost_facts: int = 0
    """Number of facts given of those that were not taken over, for they are of nothing like this review."""
    carried: int = 0
    """Number of corrections of those that fit what is found now; the store carries over the others too."""
    conflicts: int = 0
    """Number of corrections not carried over: the review has its own of the same recommendation."""


def add_file(
    database: Database, content: Content, analyses: Sequence[Analysis], *, whole: bool
) -> tuple[Added, ...]:
    """Write the reviews of a file; where it was read `whole`, they replace what its bytes gave before."""
    by_id: dict[str, Analysis] = {}
    for analysis in analyses:
        by_id.setdefault(analysis.review.id, analysis)
    before = given_by(database, content)
    reading = content.reading if whole else ""  # what was not read whole is read again
    added = {review_id: _add(database, content, reading, one) for review_id, one in by_id.items()}
    gone = [one for one in before if one not in by_id] if whole and by_id else []
    heirs = [one for one in by_id if one not in before] or list(by_id)
    _hand_over(database, leave(database, content, gone), heirs, added)
    return tuple(added.values())


def given_by(database: Database, content: Content) -> list[str]:
    """List the reviews that bytes gave when they were read last."""
    rows = database.rows("SELECT review_id FROM contents WHERE content = ? ORDER BY 1", (content.digest,))
    return [row[0] for row in rows]


def _add(database: Database, content: Content, reading: str, analysis: Analysis) -> Added:
    """Write one review, unless the store has it as another file gave it under the same reading."""
    review_id = analysis.review.id
    other = database.value(
        "SELECT source FROM contents JOIN reviews ON id = review_id "
        "WHERE review_id = ? AND content <> ? AND reading = ?",
        (review_id, content.digest, content.reading),
    )
    row = (content.digest, review_id, reading)
    if other is None:
        added = Added(review_id, write(database, analysis))
    else:
        added = Added(review_id, "unchanged", same_as=path_text(other))
    database.write("INSERT OR REPLACE INTO contents VALUES (?, ?, ?)", row)
    return added


def leave(database: Database, content: Content, review_ids: Sequence[str]) -> list[str]:
    """Part bytes from reviews that they give no more; list those that no other bytes gave."""
    database.write_many(
        "DELETE FROM contents WHERE content = ? AND review_id = ?",
        ((content.digest, review_id) for review_id in review_ids),
    )
    return [
        review_id
        for review_id in review_ids
        if not database.value("SELECT 1 FROM contents WHERE review_id = ?", (review_id,))
        and database.value("SELECT 1 FROM reviews WHERE id = ?", (review_id,))
    ]


def _hand_over(
    database: Database, leaving: Sequence[str], heirs: Sequence[str], added: dict[str, Added]
) -> None:
    """Delete reviews after each has given what the user said of it to the heir that is most like it."""
    names = {heir: _name(database, heir) for heir in heirs} if leaving else {}
    for old_id in leaving:
        alone = len(leaving) == len(heirs) == 1
        heir, alike = (heirs[0], True) if alone else _likest(database, old_id, names)
        lost = _give_facts(database, old_id, heir, alike=alike)
        carried, conflicts = carry(database, old_id, heir)
        cover_corrections(database, old_id, heir)
        delete(database, old_id)
        before = added[heir]
        added[heir] = replace(
            before,
            state="updated",
            replaced=(*before.replaced, old_id),
            lost_facts=before.lost_facts + lost,
            carried=before.carried + carried,
            conflicts=before.conflicts + conflicts,
        )


def _likest(database: Database, old_id: str, names: Mapping[str, str]) -> tuple[str, bool]:
    """Choose among the reviews of a table the one of the same name, else the one with most words in common.

    Tells too whether they are alike at all. Why: two reviews of a table may have the same texts, and are then
    told apart by their names only.
    """
    name, old = _name(database, old_id), _text_of(database, old_id)
    namesakes = [heir for heir, other in names.items() if other == name and name]
    if len(namesakes) == 1:
        return namesakes[0], True
    shares = {heir: similarity(old, _text_of(database, heir)) for heir in namesakes or names}
    heir = max(shares, key=lambda one: shares[one])
    return heir, shares[heir] >= SIMILAR


def _name(database: Database, review_id: str) -> str:
    name: str | None = database.value(
        "SELECT facts.value FROM facts JOIN reviews ON review = key WHERE id = ? AND field = ?",
        (review_id, NAME),
    )
    return name or ""


def _give_facts(database: Database, old_id: str, new_id: str, *, alike: bool) -> int:
    """Move given facts, but for fields that were given of the new review itself; count those not moved.

    Where the two are not alike none is moved: the year of one review says nothing of another.
    """
    if alike:
        database.write(
            f"INSERT OR IGNORE INTO given_facts (review, {FACT.columns}) "
            f"SELECT (SELECT key FROM reviews WHERE id = ?), {FACT.columns} FROM given_facts "
            f"WHERE review = (SELECT key FROM reviews WHERE id = ?)",
            (new_id, old_id),
        )
        return 0
    sql = "SELECT count(*) FROM given_facts JOIN reviews ON review = key WHERE id = ?"
    return int(database.value(sql, (old_id,)))


def _text_of(database: Database, review_id: str) -> str:
    text: str = database.value("SELECT text FROM reviews WHERE id = ?", (review_id,))
    return text


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
        linked = {review for one, _, other, *_ in rows for review in (one, other)}
        known = (one for one in sorted(linked) for one in self.recommendations_of(one))
        id_of = {_text_key(one): one.id for one in known}
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
