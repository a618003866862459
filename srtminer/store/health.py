"""What the store needs of SQLite, and what state a store is in."""

import sqlite3
from contextlib import closing

from srtminer.store.schema import MIGRATIONS

NEWEST_SCHEMA = len(MIGRATIONS)
"""Number of the migration that this program's stores are at."""
SQLITE_VERSION = sqlite3.sqlite_version


def has_full_text() -> bool:
    """Tell whether this Python's SQLite was built with FTS5; a few are not."""
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
        return "ENABLE_FTS5" in options or _makes_an_index(connection)


def _makes_an_index(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    except sqlite3.OperationalError:
        return False
    return True
