"""The file of a store: opened, closed, and what it keeps besides reviews: settings and results."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from srtminer.store.database import Database, require_file
from srtminer.store.schema import prepare, version


class StoreFile:
    """One SQLite file. A context manager.

    Any method raises `StoreError` where the file is damaged, locked or unreadable.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open a store, brought up to this program's schema; make an empty one if there is none and `create`.

        Raises `StoreError` if there is none, or the file is no store, damaged, locked, or newer.
        """
        require_file(path, create=create)
        database = Database(path)
        try:
            prepare(database, create=create)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def meta(self, key: str) -> str | None:
        """Give a setting of the store, or None."""
        value: str | None = self._database.value("SELECT value FROM meta WHERE key = ?", (key,))
        return value

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting of the store."""
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def cached(self, key: str) -> str | None:
        """Give a result kept by `cache`, or None."""
        value: str | None = self._database.value("SELECT value FROM cache WHERE key = ?", (key,))
        return value

    def cache(self, key: str, value: str) -> None:
        """Keep a result until the corpus changes.

        Let the key hold the `corpus_digest()` read before the work began: another process may have changed
        the corpus in the meantime. Where nothing can be written, nothing is kept.
        """
        if self._database.read_only:
            return
        with self._database.writing() as database:
            database.write("INSERT OR REPLACE INTO cache VALUES (?, ?)", (key, value))

    def schema(self) -> int:
        """Give the version of the store."""
        return version(self._database)

    def integrity(self) -> str:
        """Give what SQLite says of the file's inner order: "ok", or what is wrong, on one line.

        Where the damage is such that SQLite cannot even look, it is a `StoreError` as everywhere.
        """
        return "; ".join(" ".join(row[0].split()) for row in self._database.rows("PRAGMA integrity_check"))

    @contextmanager
    def _changing(self) -> Iterator[Database]:
        """Change the corpus in one transaction, after which results that were kept are of another one."""
        with self._database.writing() as database:
            yield database
            database.write("DELETE FROM cache")
