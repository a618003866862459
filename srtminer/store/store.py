"""The store: what was read and found, results and vectors, and what the analyst said, in one SQLite file."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from srtminer.cases import case_ids, groups_of
from srtminer.corrections import differences
from srtminer.errors import StoreError
from srtminer.excerpts import Found, HitKind
from srtminer.model import (
    Analysis,
    Correction,
    Explanation,
    Fact,
    IngestState,
    Recommendation,
    Review,
    ReviewRecord,
    Section,
    Skipped,
)
from srtminer.store import review_rows
from srtminer.store.database import (
    EXPLANATION,
    FACTS,
    GIVEN_FACTS,
    PARAGRAPHS,
    RECOMMENDATIONS,
    REVIEW,
    SECTIONS,
    Database,
)
from srtminer.store.full_text import EVERYTHING, Scope, nearest, search
from srtminer.store.kept_results import KeptResults, text_digest
from srtminer.store.replaced_reviews import Added, Content, add_file, given_by, leave

_FORGET_LABELS = "DELETE FROM meta WHERE key LIKE 'themes run%'"
"""What the last run called its themes are words of the reviews, perhaps of the one that goes."""


class Store(KeptResults):
    """One SQLite file of reviews and what was found in them. A context manager.

    Each reading method tells of one moment, in a fixed order. Each writing method is one transaction: after a
    kill or a full disk it is done whole or not at all. Any method raises `StoreError` where the file is
    damaged, locked, read-only or the disk is full.
    """

    def records(self) -> tuple[ReviewRecord, ...]:
        """List the reviews by year (none last), board, subject, source and id."""
        with self._database.reading() as database:
            return review_rows.read_records(database)

    def recommendations(self) -> tuple[Recommendation, ...]:
        """List the recommendations by review, in the order of `records`, then by place in the text."""
        return self.reviews_and_recommendations()[1]

    def recommendations_of(self, review_id: str) -> tuple[Recommendation, ...]:
        """List those of a review by place in the text. KeyError for no such review."""
        with self._database.reading() as database:
            return RECOMMENDATIONS.of(database, review_id)

    def reviews_and_recommendations(self) -> tuple[tuple[ReviewRecord, ...], tuple[Recommendation, ...]]:
        """List both as they stand at one moment, each with the case that it is of."""
        with self._database.reading() as database:
            records = review_rows.read_records(database)
            found_in = RECOMMENDATIONS.of_all(database)
            told = self.told_cases()
        found = [one for record in records for one in found_in.get(record.id, ())]
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

    def sections(self) -> tuple[tuple[str, Section, str], ...]:
        """List (review id, section, its text) by review, in the order of `records`, then by place."""
        found = []
        with self._database.reading() as database:
            sections = SECTIONS.of_all(database)
            ids = [record.id for record in review_rows.read_records(database)]
            for review_id in filter(sections.__contains__, ids):
                text = database.value("SELECT text FROM reviews WHERE id = ?", (review_id,))
                for section in sections[review_id]:
                    found.append((review_id, section, text[section.start : section.end]))
        return tuple(found)

    def review(self, review_id: str) -> Review:
        """Give a whole review, its facts overridden by those given. KeyError if absent."""
        with self._database.reading() as database:
            paragraphs = PARAGRAPHS.of(database, review_id)
            given = GIVEN_FACTS.of(database, review_id)
            facts = review_rows.overridden(FACTS.of(database, review_id), given)
            row = database.rows(f"SELECT {REVIEW.columns} FROM reviews WHERE id = ?", (review_id,))[0]
        return REVIEW.made(row, paragraphs=paragraphs, facts=facts)

    def search(self, query: str, kinds: Sequence[HitKind], limit: int, scope: Scope = EVERYTHING) -> Found:
        """Find recommendations and sections by words, phrases, AND, OR, NOT and word* beginnings.

        A word stands for its inflections too, unless it is in quotation marks. Recommendations come first.
        At most `limit` hits, best first. Raises `UsageError` that says what is wrong with a malformed query.
        """
        return search(self._database, query, kinds, limit, scope)

    def nearest_word(self, word: str) -> str:
        """Give the word in the store that is most like this one; empty if this one is there, or none is."""
        return nearest(self._database, word)

    def corpus_digest(self) -> str:
        """Hash all reviews, what was found and corrected in them and the facts given, in a fixed order."""
        sql = f"SELECT id, {FACTS.columns} FROM given_facts JOIN reviews ON review = key ORDER BY id, field"
        with self._database.reading() as database:
            reviews = database.rows("SELECT id, digest FROM reviews ORDER BY id")
            given = database.rows(sql)
            corrected = database.rows("SELECT * FROM corrections ORDER BY review_id, position")
            said = database.rows("SELECT * FROM cases ORDER BY 1, 2")
        return hashlib.sha256(json.dumps([reviews, given, corrected, said]).encode()).hexdigest()

    def add(self, analysis: Analysis) -> IngestState:
        """Store a review whole, in place of an older analysis of the same text.

        The path does not count as a difference: a text that is known under one name keeps that name.
        Facts that `set_facts` gave stay.
        """
        with self._database.writing() as database:
            return review_rows.write(database, analysis)

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

    def known_file(self, content: str, reading: str) -> tuple[str, ...] | None:
        """Give the ids of the reviews of a file, or None if its bytes were not read so, or one is gone."""
        sql = "SELECT review_id, reading, id FROM contents LEFT JOIN reviews ON id = review_id"
        rows = self._database.rows(f"{sql} WHERE content = ? ORDER BY 1", (content,))
        known = rows and all(read == reading and there for _, read, there in rows)
        return tuple(row[0] for row in rows) if known else None

    def made_by(self) -> dict[str, int]:
        """Count the reviews by the first line of `Content.reading`; "" for those of which it is not known."""
        line = "substr(reading, 1, instr(reading || char(10), char(10)) - 1)"
        made = f"SELECT max({line}) FROM contents WHERE review_id = reviews.id"
        rows = self._database.rows(
            f"SELECT coalesce(({made}), ''), count(*) FROM reviews GROUP BY 1 ORDER BY 1"
        )
        return dict(rows)

    def move(self, review_id: str, source: str) -> None:
        """Name the file of a review otherwise, which stands elsewhere now. KeyError for no such review."""
        with self._changing() as database:
            row = (source, database.key_of(review_id))
            database.write("UPDATE reviews SET source = ? WHERE key = ?", row)

    def remove(self, review_ids: Sequence[str]) -> None:
        """Delete reviews with everything found in them, given for them or corrected; all of them or none.

        A file that gave one of them is not known any more and is read again. KeyError for no such review.
        """
        with self._database.writing() as database:
            for review_id in review_ids:
                review_rows.delete(database, review_id)
                database.write("DELETE FROM contents WHERE review_id = ?", (review_id,))
            database.write(_FORGET_LABELS)
        self.sweep()

    def drop_hidden(self, content: Content) -> None:
        """Delete what a file gave of which nothing is shown, as an older program did not ask."""
        with self._database.writing() as database:
            for review_id in leave(database, content, given_by(database, content)):
                review_rows.delete(database, review_id)
                database.write(_FORGET_LABELS)

    def sweep(self) -> None:
        """Purge words of deleted reviews from index, free pages and -wal file, if there are such."""
        review_rows.purge(self._database)

    def skipped(self) -> tuple[Skipped, ...]:
        """List the files that could not be read, by their names."""
        rows = self._database.rows("SELECT source, reason FROM skipped")
        return tuple(Skipped(*row) for row in sorted(rows))

    def remember_skipped(self, skipped: Skipped) -> None:
        """Keep that a file could not be read, and why; without a reason forget it."""
        with self._database.writing() as database:
            database.write("DELETE FROM skipped WHERE source = ?", (skipped.source,))
            if skipped.reason:
                database.write("INSERT INTO skipped VALUES (?, ?)", (skipped.source, skipped.reason))

    def set_facts(self, review_id: str, facts: Sequence[Fact]) -> bool:
        """Let facts override those of the same field, until one without a value takes that back.

        True if any changed. KeyError for no such review.
        """
        with self._database.writing() as database:
            key = database.key_of(review_id)
            before = GIVEN_FACTS.of(database, review_id)
            facts_by_field = {fact.field: fact for fact in (*before, *facts)}
            after = [fact for _, fact in sorted(facts_by_field.items()) if fact.value]
            if after == [*before]:
                return False
            database.write("DELETE FROM given_facts WHERE review = ?", (key,))
            database.write_many(
                f"INSERT INTO given_facts (review, {GIVEN_FACTS.columns}) VALUES (?, ?, ?, ?, ?)",
                ((key, *GIVEN_FACTS.row(fact)) for fact in after),
            )
            database.write("DELETE FROM cache")
        return True

    def corrections(self) -> tuple[tuple[str, tuple[Correction, ...]], ...]:
        """List (review id, its corrections) of the reviews that have some, in the order of `records`."""
        with self._database.reading() as database:
            ids = [record.id for record in review_rows.read_records(database) if record.corrections]
            return tuple((review_id, review_rows.corrections_of(database, review_id)) for review_id in ids)

    def correct(
        self, review_id: str, wanted: Sequence[Recommendation], seen: Sequence[Recommendation]
    ) -> None:
        """Correct the recommendations of a review to those that are wanted; later analyses keep to that.

        `seen` is what the wish is based on. Raises `StoreError`, and changes nothing, if the store has
        something else by now; KeyError for no such review.
        """
        with self._changing() as database:
            if RECOMMENDATIONS.of(database, review_id) != tuple(seen):
                raise StoreError(f"review {review_id} was changed in the meantime: export it and try again")
            # What was corrected and is not found at present may be found again: those corrections still hold.
            kept = review_rows.corrections_of(database, review_id)
            lost = [one.before for one in kept if one.before and not one.fits]
            found = review_rows.found_in(database, review_id)
            review_rows.write_corrections(database, review_id, found, differences((*found, *lost), wanted))

    def undo_corrections(self, review_id: str) -> None:
        """Show what was found again. KeyError for no such review."""
        with self._changing() as database:
            review_rows.write_corrections(database, review_id, review_rows.found_in(database, review_id), ())

    def link(self, one: Recommendation, other: Recommendation, *, same: bool | None) -> bool:
        """Keep that two recommendations ask for the same, or do not; None takes that back.

        False if there is nothing to take back.
        """
        first, second = sorted((_text_key(one), _text_key(other)))
        columns = "first_review, first_text, second_review, second_text"
        with self._database.writing() as database:
            return _judge(database, "links", columns, (*first, *second), same)

    def links(self) -> dict[tuple[str, str], bool]:
        """Give what `link` kept, by the ids of two recommendations in order; without those of lost texts."""
        rows = self._database.rows("SELECT * FROM links")
        linked = {review for one, _, other, *_ in rows for review in (one, other)}
        known = (one for one in sorted(linked) for one in self.recommendations_of(one))
        id_of = {_text_key(one): one.id for one in known}
        found = {}
        for *pair, same in rows:
            ids = [id_of[key] for key in (tuple(pair[:2]), tuple(pair[2:])) if key in id_of]
            if len(ids) == 2:
                found[min(ids), max(ids)] = bool(same)
        return found

    def tell_case(self, one: str, other: str, *, same: bool | None) -> bool:
        """Keep whether two documents are of one case; None takes that back.

        False if there is nothing to take back.
        """
        with self._changing() as database:
            return _judge(database, "cases", "first_review, second_review", sorted((one, other)), same)

    def told_cases(self) -> dict[tuple[str, str], bool]:
        """Give what `tell_case` kept, by the ids of two documents in order."""
        rows = self._database.rows("SELECT * FROM cases ORDER BY 1, 2")
        return {(first, second): bool(same) for first, second, same in rows}


def _judge(database: Database, table: str, columns: str, pair: Sequence[str], same: bool | None) -> bool:
    """Keep what is said of two, or None: nothing; False if nothing was said and nothing is."""
    marks = ", ".join("?" * len(pair))
    known = database.write(f"DELETE FROM {table} WHERE ({columns}) = ({marks})", pair)
    if same is not None:
        database.write(f"INSERT INTO {table} VALUES ({marks}, ?)", (*pair, same))
    return bool(known) or same is not None


def _text_key(one: Recommendation) -> tuple[str, str]:
    return one.review_id, text_digest(one.text).hex()
