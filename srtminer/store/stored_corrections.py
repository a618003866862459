"""The analyst's corrections of a review: kept apart from what was found, applied whenever it is found anew.

The table `recommendations` always holds what is shown and searched. Of a review with corrections, what was
found stands in `found_recommendations`, so that every correction can be taken back. Each function runs inside
the transaction of the store's method that calls it.
"""

from collections.abc import Sequence

from srtminer.corrections import Reading, carried, corrected
from srtminer.model import Correction, Recommendation
from srtminer.store.database import Database
from srtminer.store.row_mapping import CORRECTED, RECOMMENDATION, Mapping, pack, unpack


def current(database: Database, key: int, review_id: str) -> tuple[Recommendation, ...]:
    """Give what is shown of a review: found and corrected."""
    return _read(database, "recommendations", CORRECTED, key, review_id)


def found(database: Database, key: int, review_id: str) -> tuple[Recommendation, ...]:
    """Give what was found in a review, before any correction."""
    if corrections(database, review_id):
        return _read(database, "found_recommendations", RECOMMENDATION, key, review_id)
    return current(database, key, review_id)


def corrections(database: Database, review_id: str) -> tuple[Correction, ...]:
    """Give the corrections of a review, in the order of their places."""
    rows = database.rows(
        "SELECT before, after, fits FROM corrections WHERE review_id = ? ORDER BY position", (review_id,)
    )
    return tuple(
        Correction(_unpacked(review_id, before), _unpacked(review_id, after), bool(fits))
        for before, after, fits in rows
    )


def correct_again(database: Database, key: int, review_id: str) -> None:
    """Apply the corrections of a review to what has just been found in it."""
    if kept := corrections(database, review_id):
        correct(database, key, review_id, current(database, key, review_id), kept)


def carry(database: Database, old_id: str, new_id: str) -> tuple[int, int]:
    """Let a review have the corrections of another reading of its file as well.

    Gives how many of them fit what is found there, and how many were not carried over because the
    review has corrections of its own of the same recommendations, or has their additions.
    """
    old = corrections(database, old_id)
    if not old:
        return (0, 0)
    key = database.value("SELECT key FROM reviews WHERE id = ?", (new_id,))
    text = database.value("SELECT text FROM reviews WHERE key = ?", (key,))
    length = database.value("SELECT length(text) FROM reviews WHERE id = ?", (old_id,))
    as_found, own = found(database, key, new_id), corrections(database, new_id)
    taken = {_about(one) for one in own}
    moved = carried(old, length, Reading(new_id, text, as_found))
    free = [one for one in moved if _about(one) not in taken]
    correct(database, key, new_id, as_found, (*own, *free))
    fitting = sum(one.fits for one in corrections(database, new_id)[len(own) :])
    return (fitting, len(moved) - len(free))


def _about(correction: Correction) -> str:
    one = correction.before or correction.after
    return one.id if one else ""


def correct(
    database: Database,
    key: int,
    review_id: str,
    as_found: Sequence[Recommendation],
    wanted: Sequence[Correction],
) -> None:
    """Let a review have these corrections and no others."""
    shown, kept = corrected(as_found, wanted)
    for table in ("found_recommendations", "recommendations"):
        database.write(f"DELETE FROM {table} WHERE review = ?", (key,))
    if kept:
        before = map(RECOMMENDATION.row, as_found)
        database.write_children("found_recommendations", RECOMMENDATION.columns, key, before)
    database.write_children("recommendations", CORRECTED.columns, key, map(CORRECTED.row, shown))
    database.write("UPDATE reviews SET recommendations = ? WHERE key = ?", (len(shown), key))
    database.write("DELETE FROM corrections WHERE review_id = ?", (review_id,))
    database.write_many(
        "INSERT INTO corrections (review_id, position, before, after, fits) VALUES (?, ?, ?, ?, ?)",
        (
            (review_id, position, _packed(one.before), _packed(one.after), one.fits)
            for position, one in enumerate(kept)
        ),
    )


def _read(
    database: Database, table: str, mapping: Mapping[Recommendation], key: int, review_id: str
) -> tuple[Recommendation, ...]:
    sql = f"SELECT {mapping.columns} FROM {table} WHERE review = ? ORDER BY start, position"
    return tuple(mapping.made(row, review_id=review_id) for row in database.rows(sql, (key,)))


def _packed(one: Recommendation | None) -> str:
    return pack(RECOMMENDATION.row(one)) if one else ""


def _unpacked(review_id: str, column: str) -> Recommendation | None:
    return RECOMMENDATION.made(unpack(column), review_id=review_id) if column else None
