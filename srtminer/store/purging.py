"""Words that were read and are not shown any more leave the store: corrections, indexes and free pages."""

import re
from typing import Any

from srtminer.model import AS_COVERED
from srtminer.store import stored_corrections as correcting
from srtminer.store.database import Database
from srtminer.store.review_rows import DUE
from srtminer.store.row_mapping import pack, unpack
from srtminer.store.schema import rebuild_words
from srtminer.text.words import RUN

_COVERED = re.compile(rf"{re.escape(AS_COVERED)}(?:\W*{re.escape(AS_COVERED)})+")


def cover_corrections(database: Database, old_id: str, new_id: str) -> None:
    """Take words that only the old reading has out of the corrections, where only the new one hides some.

    Runs inside the transaction of its caller.
    """
    sql = "SELECT id, key, text, omissions FROM reviews WHERE id IN (?, ?)"
    rows = {review_id: row for review_id, *row in database.rows(sql, (old_id, new_id))}
    if _hides(rows[old_id][2]) or not _hides(rows[new_id][2]):
        return
    gone = _words(rows[old_id][1]) - _words(rows[new_id][1])
    sql = "SELECT before, after, review_id, position FROM corrections WHERE review_id = ?"
    database.write_many(
        "UPDATE corrections SET before = ?, after = ? WHERE review_id = ? AND position = ?",
        (
            (_without(before, gone), _without(after, gone), *place)
            for before, after, *place in database.rows(sql, (new_id,))
        ),
    )
    key, kept = rows[new_id][0], correcting.corrections(database, new_id)
    correcting.correct(database, key, new_id, correcting.found(database, key, new_id), kept)


def sweep(database: Database) -> None:
    """Write the store anew without what was deleted, if that is due: index, free pages and -wal file."""
    if not database.value("SELECT 1 FROM meta WHERE key = ?", (DUE,)):
        return
    with database.writing():
        rebuild_words(database)
    database.write("VACUUM")
    database.write("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.writing():
        database.write("DELETE FROM meta WHERE key = ?", (DUE,))


def _hides(omissions: str) -> bool:
    return any(one[3] for one in unpack(omissions) if len(one) > 3)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in RUN.findall(text)}


def _without(column: str, gone: set[str]) -> str:
    return pack(_redacted(unpack(column), gone)) if column else column


def _redacted(value: Any, gone: set[str]) -> Any:
    if isinstance(value, list):
        return [_redacted(one, gone) for one in value]
    if not isinstance(value, str):
        return value
    text = RUN.sub(lambda word: AS_COVERED if word.group().casefold() in gone else word.group(), value)
    return _COVERED.sub(AS_COVERED, text)
