"""One SQLite file: opened privately, written in transactions, its errors told in plain words.

Nothing else in the package meets a `sqlite3.Error`: every statement goes through `Database`. Beside it the
frozen types as rows of the tables, and back: a column for each field, tuples as JSON."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, Self, TypeVar, get_args, get_origin

from srtminer.errors import StoreError
from srtminer.model import Explanation, Fact, Paragraph, Recommendation, Review, ReviewRecord, Section
from srtminer.text.names import printable

Row = tuple[Any, ...]

BUSY_SECONDS = 30.0
"""How long a writer waits for another one; a review takes far less than a second to write."""

PRIVATE = 0o600
"""Read and written by its owner only; SQLite gives its -wal and -shm files the mode of the store."""

_LOCKED = "another program is writing to it: wait until that has ended, then try again"
NO_PERMISSION = "it or its folder cannot be opened for writing: change that, or name another with --store"
_ADVICE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: NO_PERMISSION,
    sqlite3.SQLITE_CANTOPEN: NO_PERMISSION,
    sqlite3.SQLITE_PERM: NO_PERMISSION,
    sqlite3.SQLITE_FULL: "the disk is full: free some space and try again (what was stored before is kept)",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write it: check the disk and its space, then try again",
    sqlite3.SQLITE_NOTADB: "it is not a store of srtminer; name another with --store",
    sqlite3.SQLITE_CORRUPT: "it is damaged; restore a copy, or move it away and `srtminer ingest` again",
}
_PRIMARY_CODE = 0xFF  # the bits above tell details that make no difference to what the user can do


class Database:
    """A connection that raises `StoreError` only."""

    def __init__(self, path: Path) -> None:
        """Open an existing file for reading and, where that may be, writing; nothing is changed in it."""
        self.path = path
        self.read_only = _is_read_only(path)
        """Whether it or its folder cannot be written to; then nobody changes it while it is read."""
        with told(path):
            # mode=rw: a file that has gone in the meantime is not made anew, with a mode for everybody.
            # immutable: SQLite makes no -wal and -shm files, for which there is no place.
            uri = f"{path.absolute().as_uri()}?mode={'ro&immutable=1' if self.read_only else 'rw'}"
            self._connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)

    def close(self) -> None:
        """Let the file go; the last to do so folds the -wal file into it."""
        with told(self.path):
            self._connection.close()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Give all rows of a query."""
        with told(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """Give the first column of the first row, or None if there is no row."""
        rows = self.rows(sql, parameters)
        return rows[0][0] if rows else None

    def write(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement; gives the number of rows that it inserted, changed or deleted."""
        with told(self.path):
            return self._connection.execute(sql, parameters).rowcount

    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""
        with told(self.path):
            self._connection.executemany(sql, rows)

    def write_children(self, table: str, columns: str, key: int, rows: Iterable[Row]) -> None:
        """Insert the rows of a review, whose key is given, in their order."""
        marks = ", ".join("?" * (columns.count(",") + 1))
        self.write_many(
            f"INSERT INTO {table} (review, position, {columns}) VALUES (?, ?, {marks})",
            ((key, position, *row) for position, row in enumerate(rows)),
        )

    def key_of(self, review_id: str) -> int:
        """Give the key of a review's rows; KeyError for no such review."""
        key: int | None = self.value("SELECT key FROM reviews WHERE id = ?", (review_id,))
        if key is None:
            raise KeyError(review_id)
        return key

    @contextmanager
    def writing(self) -> Iterator[Self]:
        """All of the block is written, or nothing; waits for another writer at the start, not half-way."""
        return self._transaction("BEGIN IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[Self]:
        """All of the block's queries see the store as it is at the first of them."""
        return self._transaction("BEGIN")

    def _transaction(self, begin: str) -> Iterator[Self]:
        self.write(begin)
        try:
            yield self
            self.write("COMMIT")
        except BaseException:  # Ctrl-C too must not leave a transaction open
            with told(self.path):
                self._connection.rollback()
            raise


def _is_read_only(path: Path) -> bool:
    """Tell whether a store can only be read; raises `StoreError` if its last words are not in it yet."""
    effective = os.access in os.supports_effective_ids
    if all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent)):
        return False
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and wal.stat().st_size:
        raise StoreError(
            f"store {printable(path)}: another program is writing to it or was killed, and its folder "
            "cannot be written to: copy the store and the files beside it to a folder of your own"
        )
    return True


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an error of SQLite's into a `StoreError` of one line that says what to do next."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
        advice = _ADVICE.get(code, f"{printable(error)}: try again, or name another with --store")
        raise StoreError(f"store {printable(path)}: {advice}") from error


def require_file(path: Path, *, create: bool) -> None:
    """Make sure that there is a file, made if need be with a mode for its owner only.

    Raises `StoreError` where there is none (and not `create`), or something else than a file.
    """
    name = printable(path)
    try:
        if create and not path.exists():
            # The mode is given to the call that makes the file: at no moment can others open it.
            with suppress(FileExistsError):  # by another process, just now
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE))
        elif create and path.is_file() and not path.stat().st_size:
            path.chmod(PRIVATE)  # made by `touch`, with a mode for everybody, and about to be filled
        elif not path.exists():
            raise missing(path)
        if not path.is_file():
            raise StoreError(f"store {name} is not a file: name one with --store")
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise StoreError(
            f"no store can be kept at {name} ({why}): name another with --store, where you may write"
        ) from error


def missing(path: Path) -> StoreError:
    """Say that there is nothing yet."""
    return StoreError(
        f"no store at {printable(path)}; run `srtminer ingest FILE...` first or name one with --store"
    )


Made = TypeVar("Made")

_COLUMN_OF = {"end": "stop", "references": "refs", "pages": "page_count"}
"""Columns that are not called as their field is: `end` and `references` are words of SQL."""
REPEATED = 4_096
"""Small columns that are remembered as values. Why: tens of thousands of recommendations stand under the same
headings and go to the same agencies, and reading JSON is what loading them costs."""


class RowFormat(Generic[Made]):
    """How values of a type stand in a table: which of its fields, in the order of the columns."""

    def __init__(self, make: Callable[..., Made], names: str) -> None:
        types: dict[str, Any] = {field.name: field.type for field in fields(make)}  # type: ignore[arg-type]
        self._make, self._names = make, tuple(names.split())
        placed = [(place, types[name]) for place, name in enumerate(self._names)]
        self._lists = tuple((at, get_args(kind)[0]) for at, kind in placed if get_origin(kind) is tuple)
        self._flags = tuple(at for at, kind in placed if kind is bool)
        self.columns = ", ".join(_COLUMN_OF.get(name, name) for name in self._names)
        """As SQL names them."""

    def row(self, value: Made) -> Row:
        """Give the columns of a value."""
        cells = (getattr(value, name) for name in self._names)
        return tuple(pack(cell) if isinstance(cell, tuple) else cell for cell in cells)

    def made(self, row: Sequence[Any], **others: Any) -> Made:
        """Make a value of its columns, and of the fields that are no columns."""
        values = list(row)
        for place, item in self._lists:
            values[place] = _unpacked(values[place], item)
        for place in self._flags:
            values[place] = bool(values[place])
        return self._make(**dict(zip(self._names, values, strict=True)), **others)


class Table(RowFormat[Made]):
    """The table of what stands in reviews, or is said of them, as values of a type."""

    def __init__(
        self, name: str, make: Callable[..., Made], names: str, order: str = "start, position"
    ) -> None:
        super().__init__(make, names)
        self.name = name
        columns = ", ".join(f"{name}.{column}" for column in self.columns.split(", "))
        self._rows = f"SELECT reviews.id, {columns} FROM {name} JOIN reviews ON reviews.key = review"
        self._order = f" ORDER BY review, {order}"
        self._named = "review_id" in {field.name for field in fields(make)}  # type: ignore[arg-type]

    def write(self, database: Database, key: int, values: Iterable[Made]) -> None:
        """Insert those of the review that has the key, in their order."""
        database.write_children(self.name, self.columns, key, map(self.row, values))

    def of(self, database: Database, review_id: str) -> tuple[Made, ...]:
        """Give those of a review, in order; KeyError for no such review."""
        return self.where(database, "review = ?", database.key_of(review_id))

    def where(self, database: Database, condition: str, *parameters: object) -> tuple[Made, ...]:
        """Give those that fulfil a condition, in order."""
        rows = database.rows(f"{self._rows} WHERE {condition}{self._order}", parameters)
        return tuple(map(self._of_row, rows))

    def of_all(self, database: Database) -> dict[str, list[Made]]:
        """Give those of every review that has some, by the reviews' ids."""
        found: dict[str, list[Made]] = {}
        for row in database.rows(self._rows + self._order):
            found.setdefault(row[0], []).append(self._of_row(row))
        return found

    def _of_row(self, row: Row) -> Made:
        return self.made(row[1:], review_id=row[0]) if self._named else self.made(row[1:])


@lru_cache(REPEATED)
def _unpacked(column: str, item: Any) -> tuple[Any, ...]:
    """Read what `pack` wrote."""
    values = json.loads(column)
    if is_dataclass(item):
        return tuple(item(*one) for one in values)  # type: ignore[operator]
    return tuple(map(tuple, values)) if get_origin(item) is tuple else tuple(values)


def pack(values: Sequence[object]) -> str:
    """Write a small sequence as JSON, in ASCII so that any character of a file's name can be stored."""
    return json.dumps(values, separators=(",", ":"), default=astuple)


_FOUND = "id references start end text page last_page heading agencies lead date rule confidence"
PARAGRAPHS = Table("paragraphs", Paragraph, "start end page role number level size bold cells", "position")
FACTS = Table("facts", Fact, "field value origin page", "position")
GIVEN_FACTS = Table("given_facts", Fact, "field value origin page", "field")
SECTIONS = Table("sections", Section, "heading path number level page start end")
FOUND = Table("found_recommendations", Recommendation, _FOUND)
RECOMMENDATIONS = Table("recommendations", Recommendation, f"{_FOUND} correction")
EXPLANATION = RowFormat(Explanation, "shares left_out")
REVIEW = RowFormat(Review, "id source format page_count page_labels omissions text")
RECORD = RowFormat(
    ReviewRecord, "id source format pages page_labels omissions why_none paragraphs sections recommendations"
)
