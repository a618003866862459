"""A result as columns and rows, and its writers, which know no result."""

from collections.abc import Sequence
from dataclasses import dataclass

from srtminer.render import as_csv, as_markdown
from srtminer.render.as_json import document
from srtminer.render.figures import percent
from srtminer.render.layout import Column as Shown
from srtminer.render.layout import Entry, ledger, plain, to_text
from srtminer.render.rows import Figure, Rows
from srtminer.render.screen import Screen

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` in JSON and CSV, `header` for people, and what it means."""

    name: str
    header: str
    meaning: str
    is_share: bool = False
    """Whether its values are shares of 1, which people read as percentages."""
    flexible: bool = False
    """Takes no more of a terminal's width than the others leave."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command found: every row is as long as the columns."""

    name: str
    """Of the schema, and of the rows in JSON."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    about: tuple[tuple[str, Value], ...] = ()
    """Fields that stand before the rows in JSON."""
    notes: tuple[str, ...] = ()
    """What the reader should know; below the table."""


def as_table(result: Result, screen: Screen) -> str:
    """Show the rows, numbers to the right, and the notes below them."""
    columns = [
        Shown(column.header, "right" if _is_number(result, n) else "left", flexible=column.flexible)
        for n, column in enumerate(result.columns)
    ]
    entries = [Entry(_for_people(result, row)) for row in result.rows]
    notes = [plain(note, "dim") for note in result.notes]
    return to_text([*ledger(columns, entries, screen), plain(""), *notes], screen)


def as_json(result: Result) -> str:
    """Write the rows as objects under `srtminer.NAME/1`."""
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    return document(result.name, dict(result.about) | {"rows": rows, "notes": list(result.notes)})


def csv(result: Result) -> str:
    """Write a header of names and one line for each row."""
    cells = tuple(tuple(_cell(value) for value in row) for row in result.rows)
    return as_csv.from_rows(Rows(tuple(column.name for column in result.columns), cells))


def markdown(result: Result) -> str:
    """Write a table for people, and the notes below it."""
    cells = tuple(_for_people(result, row) for row in result.rows)
    table = as_markdown.from_rows(Rows(tuple(column.header for column in result.columns), cells))
    return "\n".join([table, *map(as_markdown.escape, result.notes)]).rstrip("\n") + "\n"


def _for_people(result: Result, row: Sequence[Value]) -> tuple[str, ...]:
    pairs = zip(result.columns, row, strict=True)
    return tuple(_shown(column, value) for column, value in pairs)


def _shown(column: Column, value: Value) -> str:
    if value is None:
        return "–"
    if column.is_share and isinstance(value, int | float):
        return percent(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _cell(value: Value) -> str:
    if isinstance(value, int | float):
        return Figure(f"{value:.4f}" if isinstance(value, float) else value)
    return value or ""


def _is_number(result: Result, place: int) -> bool:
    return any(isinstance(row[place], int | float) for row in result.rows)
