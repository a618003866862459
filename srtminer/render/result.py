"""A result: its columns and rows, what it is as JSON, and the blocks that people read.

The writers (`layout`, `writers`, `export.workbook`) know a `Result` and no more of it: a new format is a new
writer, a new column one more `Column`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Value = str | int | float | None
Json = dict[str, Any]
Getter = str | Callable[[Any], Any]
"""What gives the value of a row: a function, or a path of attributes or keys, which ends at a None."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, what it means, and where its value comes from."""

    name: str
    """In JSON and CSV; in a workbook it is written in words."""
    meaning: str
    value: Getter = ""
    """By default the attribute of that name. Several texts are a list in JSON, and joined in a cell."""
    width: int = 12
    """In a workbook, in characters."""
    percent: bool = False
    """A share of 1, shown to people as a percentage."""
    json: Getter = ""
    """The value in JSON, where it says more or less than the cell."""
    empty: str | None = ""
    """What an empty text is in JSON."""
    digits: str = ".4f"
    """How CSV and Markdown write a float."""
    joint: str = "; "
    """Between several texts in one cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and their cells: every row is as long as the columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    @classmethod
    def of(cls, columns: Iterable[Column], rows: Iterable[Any]) -> "Table":
        """Give the cells of the rows."""
        columns = tuple(columns)
        return cls(columns, tuple(cells(columns, row) for row in rows))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The cells as CSV and Markdown write them; nothing is an empty text."""
        return tuple(tuple(map(as_text, self.columns, row)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Screen:
    """A place to show a result."""

    width: int = 100
    """In characters."""
    color: bool = False
    """Whether bold and dim may be used. They never carry a meaning of their own."""


Style = Literal["", "bold", "dim"]
Marked = tuple[tuple[str, bool], ...]
"""Parts of a text, each with whether it is what was looked for."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; one without text is an empty line."""

    text: str | Marked = ""
    indent: int = 0
    """Of all its lines. In Markdown what is indented is an item of a list, and a deeper one goes on."""
    style: Style = ""
    before: str = ""
    """On a screen it stands in front, as "to "; a table has heads to say it."""
    head: str = ""
    """Of the column of `Records` that it stands in; without one it is for screens only."""
    hanging: str = ""
    """Stands on a screen in the indent of the first line."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column of a ledger."""

    name: str
    justify: Literal["left", "right"] = "left"
    width: int | None = None
    """In characters; by default as wide as its widest cell."""
    flexible: bool = False
    """Takes no more than the others leave. One column of a ledger is flexible."""
    cut: bool = False
    """Whether a cell that is longer than the column ends in "…", so that the row is one line."""
    extra: bool = False
    """Whether the column is left out where there is no room for it."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of a ledger and the text under it."""

    cells: tuple[str, ...]
    below: tuple[Text, ...] = ()
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows of short cells, and under each row text over the whole width."""

    heads: tuple[Head, ...]
    entries: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """Texts that belong together: on a screen one under the other, in Markdown a row of a table."""

    rows: tuple[tuple[Text, ...], ...]
    apart: bool = True
    """Whether an empty line stands between them on a screen; one always follows the last."""


Block = Text | Ledger | Records


@dataclass(frozen=True, slots=True)
class Result:
    """What a command found."""

    name: str
    """Of its schema."""
    table: Table
    """For CSV and workbooks."""
    body: Json
    """As JSON, without its schema."""
    blocks: tuple[Block, ...]
    """What people read."""
    notes: tuple[str, ...] = ()
    """What the table by itself does not say; the other forms have it in their bodies."""


def ledger(
    heads: Sequence[str], rows: Iterable[Iterable[object]], *, words: int = 1, missing: str = "–"
) -> Ledger:
    """Lay out names and figures; the first of the `words` columns of text takes the room that is left."""
    styled = (
        Head(head, "left" if place < words else "right", flexible=not place)
        for place, head in enumerate(heads)
    )
    shown = (
        (missing if one is None else f"{one:,}" if isinstance(one, int) else str(one) for one in row)
        for row in rows
    )
    return Ledger(tuple(styled), tuple(LedgerRow(tuple(row)) for row in shown))


def pick(columns: Iterable[Column], names: str) -> tuple[Column, ...]:
    """Choose columns by their names, in the order of the names."""
    by_name = {column.name: column for column in columns}
    return tuple(by_name[name] for name in names.split())


def prefixed(prefix: str, columns: Iterable[Column]) -> tuple[Column, ...]:
    """Give columns whose names begin with what their rows are part of."""
    return tuple(replace(one, name=f"{prefix}{one.name}", value=one.value or one.name) for one in columns)


def cells(columns: Sequence[Column], row: Any) -> tuple[Value, ...]:
    """Give the cells of a row, which is a value, an object with the names of the columns, or nothing."""
    by_name = isinstance(row, dict)
    found = ((one, _got(row, one.name if by_name else one.value or one.name)) for one in columns)
    return tuple(
        one.joint.join(map(str, got)) if isinstance(got, tuple | list) else got for one, got in found
    )


def as_object(columns: Sequence[Column], row: Any) -> Json:
    """Give a row as a JSON object."""
    found = {}
    for one in columns:
        value = _got(row, one.json or one.value or one.name)
        found[one.name] = list(value) if isinstance(value, tuple) else one.empty if value == "" else value
    return found


def attributes(value: Any, names: str) -> Json:
    """Give attributes of a value as a JSON object, under their own names."""
    return {name: getattr(value, name) for name in names.split()}


def as_text(column: Column, value: Value) -> str:
    """Write a cell as text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:{column.digits}}"
    return "" if value is None else str(value)


def _got(row: Any, getter: Getter) -> Any:
    if not isinstance(getter, str):
        return None if row is None else getter(row)
    for name in getter.split("."):
        row = row.get(name) if isinstance(row, dict) else None if row is None else getattr(row, name)
    return row
