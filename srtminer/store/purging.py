"""PDFs that were read without asking what their pages show: read again, and their hidden words purged.

Until then their reviews are marked. Each function but `sweep` runs inside the transaction of its caller.
"""

import re
from typing import Any

from srtminer.store import stored_corrections as correcting
from srtminer.store.database import Database
from srtminer.store.row_mapping import pack, path_text, to_omissions, unpack
from srtminer.text.words import RUN

DUE = "words to be purged"
"""Setting of a store in which a marked review was replaced, and whose free pages may still hold it."""
_COVERED = re.compile(r"\[covered\](?:\W*\[covered\])+")


def is_marked(database: Database, review_id: str) -> bool:
    """Tell whether a review is still as the older program read it."""
    sql = "SELECT 1 FROM rechecks JOIN reviews ON key = review WHERE id = ?"
    return database.value(sql, (review_id,)) is not None


def marked(database: Database) -> tuple[str, ...]:
    """List the files of the marked reviews."""
    rows = database.rows("SELECT source FROM rechecks JOIN reviews ON key = review")
    return tuple(sorted(path_text(row[0]) for row in rows))


def known_before(database: Database, key: str) -> tuple[str, ...]:
    """List the marked reviews of a file that was read as the key says."""
    column = database.value("SELECT review_ids FROM files WHERE digest = ?", (key,))
    ids = unpack(column) if column else ()
    return tuple(review_id for review_id in ids if is_marked(database, review_id))


def unmark(database: Database, review_id: str) -> None:
    """Note that a review has been read again."""
    database.write("DELETE FROM rechecks WHERE review = (SELECT key FROM reviews WHERE id = ?)", (review_id,))


def replace(database: Database, old_id: str, new_id: str) -> None:
    """Take words that only the old reading has out of the corrections that were carried over."""
    database.write("INSERT OR REPLACE INTO meta VALUES (?, '1')", (DUE,))
    sql = "SELECT id, text FROM reviews WHERE id IN (?, ?)"
    texts: dict[str, str] = dict(database.rows(sql, (old_id, new_id)))
    key, omissions = database.rows("SELECT key, omissions FROM reviews WHERE id = ?", (new_id,))[0]
    if not any(one.words for one in to_omissions(omissions)):
        return
    gone = _words(texts[old_id]) - _words(texts[new_id])
    sql = "SELECT before, after, review_id, position FROM corrections WHERE review_id = ?"
    database.write_many(
        "UPDATE corrections SET before = ?, after = ? WHERE review_id = ? AND position = ?",
        (
            (_without(before, gone), _without(after, gone), *place)
            for before, after, *place in database.rows(sql, (new_id,))
        ),
    )
    correcting.correct(database, key, new_id, correcting.corrections(database, new_id))


def sweep(database: Database) -> bool:
    """Write the store anew without what was replaced, if that is due: index, free pages and -wal file.

    Tells whether it was.
    """
    if not database.value("SELECT 1 FROM meta WHERE key = ?", (DUE,)):
        return False
    with database.writing():
        for index in ("section_words", "recommendation_words"):
            database.write(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        database.write("DELETE FROM cache")
    database.write("VACUUM")
    database.write("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.writing():
        database.write("DELETE FROM meta WHERE key = ?", (DUE,))
    return True


def _words(text: str) -> set[str]:
    return {word.casefold() for word in RUN.findall(text)}


def _without(column: str, gone: set[str]) -> str:
    return pack(_redacted(unpack(column), gone)) if column else column


def _redacted(value: Any, gone: set[str]) -> Any:
    if isinstance(value, list):
        return [_redacted(one, gone) for one in value]
    if not isinstance(value, str):
        return value
    text = RUN.sub(lambda word: "[covered]" if word.group().casefold() in gone else word.group(), value)
    return _COVERED.sub("[covered]", text)
