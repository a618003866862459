"""The reviews that a file gave: kept by its bytes, and replaced when these are read otherwise.

What the user said of a review that goes is handed over to the one in its place. Each function runs inside the
transaction of its caller.
"""

import hashlib
import json
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from srtminer.corrections import SIMILAR, Reading, carried, similarity
from srtminer.model import AS_COVERED, Analysis, Correction, IngestState, Recommendation
from srtminer.store.database import FACTS, FOUND, Database
from srtminer.store.review_rows import corrections_of, delete, found_in, write, write_corrections
from srtminer.text.words import RUN


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
    replaced: tuple[str, ...] = ()
    """Ids of reviews that the same bytes gave before and that are gone."""
    carried: int = 0
    """Number of corrections of those that fit what is found now; the store carries over the others too."""
    lost: int = 0
    """Number of facts given and corrections of those that are not carried over: they are of nothing like this
    review, or it has its own corrections of the same recommendations."""


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
    if whole and by_id:
        gone = leave(database, content, [one for one in before if one not in by_id])
        heirs = [one for one in by_id if one not in before] or list(by_id)
        for old_id in gone:
            heir, alike = _heir(database, old_id, heirs)
            alike = alike or len(gone) == len(heirs) == 1
            added[heir] = _hand_over(database, old_id, added[heir], alike=alike)
    return tuple(added.values())


def given_by(database: Database, content: Content) -> list[str]:
    """List the reviews that bytes gave when they were read last."""
    rows = database.rows("SELECT review_id FROM contents WHERE content = ? ORDER BY 1", (content.digest,))
    return [row[0] for row in rows]


def _add(database: Database, content: Content, reading: str, analysis: Analysis) -> Added:
    """Write one review, unless the store has it as another file gave it under the same reading."""
    review_id = analysis.review.id
    kept = database.value(
        "SELECT 1 FROM contents JOIN reviews ON id = review_id "
        "WHERE review_id = ? AND content <> ? AND reading = ?",
        (review_id, content.digest, content.reading),
    )
    added = Added(review_id, "unchanged" if kept else write(database, analysis))
    row = (content.digest, review_id, reading)
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


def _hand_over(database: Database, old_id: str, heir: Added, *, alike: bool) -> Added:
    """Delete a review after it has given what the user said of it to its heir."""
    lost = 0
    if alike:  # but for fields that were given of the heir itself
        database.write(
            f"INSERT OR IGNORE INTO given_facts (review, {FACTS.columns}) "
            f"SELECT ?, {FACTS.columns} FROM given_facts WHERE review = ?",
            (database.key_of(heir.review_id), database.key_of(old_id)),
        )
    else:  # the year of one review says nothing of another
        sql = "SELECT count(*) FROM given_facts WHERE review = ?"
        lost = database.value(sql, (database.key_of(old_id),))
    fitting, conflicts = _carry(database, old_id, heir.review_id)
    delete(database, old_id)
    return replace(
        heir,
        state="updated",
        replaced=(*heir.replaced, old_id),
        carried=heir.carried + fitting,
        lost=heir.lost + lost + conflicts,
    )


def _heir(database: Database, old_id: str, heirs: Sequence[str]) -> tuple[str, bool]:
    """Choose the review of the same name, else the one with most words in common; tell if they are alike.

    Why: two reviews of a table may have the same texts, and are then told apart by their names only.
    """
    name, text = _of(database, _NAME, old_id), _of(database, "text", old_id)
    likeness = {
        heir: (_of(database, _NAME, heir) == name != "", similarity(text, _of(database, "text", heir)))
        for heir in heirs
    }
    heir = max(heirs, key=lambda one: likeness[one])
    return heir, likeness[heir] >= (False, SIMILAR)


_NAME = "(SELECT value FROM facts WHERE review = key AND field = 'subject' ORDER BY position)"
"""What a review is called in a table."""


def _of(database: Database, what: str, review_id: str) -> str:
    return database.value(f"SELECT {what} FROM reviews WHERE id = ?", (review_id,)) or ""


def _carry(database: Database, old_id: str, new_id: str) -> tuple[int, int]:
    """Let a review have the corrections of another reading of its file as well.

    Gives how many of them fit what is found there, and how many were not carried over because the
    review has corrections of its own of the same recommendations, or has their additions.
    """
    old = _covered(database, old_id, new_id)
    if not old:
        return (0, 0)
    as_found, own = found_in(database, new_id), corrections_of(database, new_id)
    taken = {one.id for correction in own if (one := correction.before or correction.after)}
    moved = carried(old, Reading(new_id, _of(database, "text", new_id), as_found))
    free = [each for each in moved if (one := each.before or each.after) and one.id not in taken]
    write_corrections(database, new_id, as_found, (*own, *free))
    fitting = sum(one.fits for one in corrections_of(database, new_id)[len(own) :])
    return (fitting, len(moved) - len(free))


_COVERED = re.compile(rf"{re.escape(AS_COVERED)}(?:\W*{re.escape(AS_COVERED)})+")


def _covered(database: Database, old_id: str, new_id: str) -> tuple[Correction, ...]:
    """Give the corrections of a reading; without words that the new one hides, if only that hides any."""
    sql = "SELECT id, text, omissions FROM reviews WHERE id IN (?, ?)"
    words, hides = {}, {}
    for review_id, text, omissions in database.rows(sql, (old_id, new_id)):
        words[review_id] = {word.casefold() for word in RUN.findall(text)}
        hides[review_id] = any(one[3] for one in json.loads(omissions) if len(one) > 3)
    corrections = corrections_of(database, old_id)
    if hides[old_id] or not hides[new_id]:
        return corrections
    gone = words[old_id] - words[new_id]

    def covered(one: Recommendation | None) -> Recommendation | None:
        cells = FOUND.row(one) if one else ()
        texts = [_without(cell, gone) if isinstance(cell, str) else cell for cell in cells]
        return FOUND.made(texts, review_id=old_id) if one else None

    return tuple(replace(one, before=covered(one.before), after=covered(one.after)) for one in corrections)


def _without(text: str, gone: Set[str]) -> str:
    text = RUN.sub(lambda word: AS_COVERED if word.group().casefold() in gone else word.group(), text)
    return _COVERED.sub(AS_COVERED, text)
