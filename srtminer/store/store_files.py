"""Which reviews the bytes of a file gave: the same bytes read otherwise replace what they gave before.

Each function runs inside the transaction of the store's method that calls it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from srtminer.corrections import SIMILAR, similarity
from srtminer.model import Analysis, IngestState
from srtminer.store.database import Database
from srtminer.store.review_rows import carry, cover_corrections, delete, write
from srtminer.store.row_mapping import FACT, path_text

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
    name, old = _name(database, old_id), _text(database, old_id)
    namesakes = [heir for heir, other in names.items() if other == name and name]
    if len(namesakes) == 1:
        return namesakes[0], True
    shares = {heir: similarity(old, _text(database, heir)) for heir in namesakes or names}
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


def _text(database: Database, review_id: str) -> str:
    text: str = database.value("SELECT text FROM reviews WHERE id = ?", (review_id,))
    return text
