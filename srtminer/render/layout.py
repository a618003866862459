"""Ledgers for the terminal: rows of short cells in columns, and under each row text over the whole width.

Why not one rich table: an excerpt in a column of 30 characters is ten lines tall and nobody reads it.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from srtminer.render.result import Result, Screen
from srtminer.render.safe_text import one_line, visible

GAP = 2
"""Spaces between two columns."""
CUT = "…"
NARROWEST = 20
"""Characters that the flexible column keeps, whatever the others need."""
_HEIGHT = 25
"""Nothing depends on it; without it rich asks the terminal for it at every line."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger."""

    header: str
    justify: Literal["left", "right"] = "left"
    width: int | None = None
    """In characters; by default as wide as its widest cell."""
    flexible: bool = False
    """Takes no more than the others leave. One column of a ledger is flexible."""
    cut: Literal["", "end", "middle"] = ""
    """Where a cell that is longer than the column is cut with "…", so that the row is one line."""


@dataclass(frozen=True, slots=True)
class Below:
    """Text under a row."""

    text: str
    indent: int = 4
    style: str = ""
    terms: tuple[str, ...] = ()
    """Words that are shown bold where they stand, in the plural or not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a ledger and the text under it."""

    cells: tuple[str, ...]
    below: tuple[Below, ...] = ()
    style: str = ""


def plain(text: str, style: str = "") -> Text:
    """Make text of a review a rich text that is shown as it is: no markup, no control characters."""
    return Text(visible(text), style=style, overflow="fold")


def ledger(columns: Sequence[Column], entries: Sequence[Entry], screen: Screen) -> list[RenderableType]:
    """Lay out a header, a rule, and every entry; those with text under them stand apart.

    On a screen that is too narrow for the columns each entry names its figures, so that none is broken.
    """
    widths = _widths(columns, entries, screen)
    if _total(widths) > screen.width:
        return [line for entry in entries for line in _stacked(columns, entry, screen)]
    header = _row(columns, widths, Entry(tuple(column.header for column in columns), style="bold"))
    lines: list[RenderableType] = [header, Text("─" * min(screen.width, _total(widths)))]
    for position, entry in enumerate(entries):
        if position and (entry.below or entries[position - 1].below):
            lines.append(Text())
        lines.append(_row(columns, widths, entry))
        lines.extend(below(part) for part in entry.below)
    return lines


def _stacked(columns: Sequence[Column], entry: Entry, screen: Screen) -> Iterator[RenderableType]:
    """Give the flexible cell, below it every other one after its header, and the text under the row."""
    pairs = tuple(zip(columns, entry.cells, strict=True))
    yield from (plain(cell, entry.style or "bold") for column, cell in pairs if column.flexible)
    line = ""
    for column, cell in pairs:
        if column.flexible or not cell.strip():
            continue
        named = " ".join(f"{column.header}: {cell}".split())
        if line and cell_len(f"  {line} · {named}") > screen.width:
            yield below(Below(line, 2))
            line = ""
        line = f"{line} · {named}" if line else named
    yield below(Below(line, 2))
    yield from map(below, entry.below)
    yield Text()


def below(part: Below) -> RenderableType:
    """Lay out text under a row, wrapped with its indent."""
    text = plain(part.text, part.style)
    if part.terms:
        text.highlight_regex(words_of(part.terms), "bold")
    return Padding(text, (0, 0, 0, part.indent))


def words_of(terms: Sequence[str]) -> re.Pattern[str]:
    """Give a pattern of terms as whole words, with or without an s at the end, in any case."""
    stems = (re.escape(visible(term).removesuffix("s")) for term in terms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})s?(?!\w)", re.IGNORECASE)


def write(result: Result, screen: Screen) -> str:
    """Write what people see of a result on a screen."""
    return to_text(result.shown(screen), screen)


def to_text(lines: Iterable[RenderableType], screen: Screen) -> str:
    """Render to a string that depends on nothing but the arguments; no line ends in spaces."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=screen.width,
        height=_HEIGHT,
        force_terminal=screen.color,
        color_system="standard" if screen.color else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    console.print(Group(*lines))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().split("\n")[:-1])


def _widths(columns: Sequence[Column], entries: Sequence[Entry], screen: Screen) -> list[int]:
    cells = [max((_widest(entry.cells[n]) for entry in entries), default=0) for n in range(len(columns))]
    widths = [
        column.width or max(_widest(column.header), cell) for column, cell in zip(columns, cells, strict=True)
    ]
    if _total(widths) > screen.width:  # a header takes several lines before a word of another is broken
        widths = [
            column.width or max(*map(_widest, column.header.split(" ")), cell, 0)
            for column, cell in zip(columns, cells, strict=True)
        ]
    others = sum(width for width, column in zip(widths, columns, strict=True) if not column.flexible)
    rest = max(NARROWEST, screen.width - others - GAP * (len(columns) - 1))
    return [
        min(width, rest) if column.flexible else width for width, column in zip(widths, columns, strict=True)
    ]


def _widest(cell: str) -> int:
    return max(map(cell_len, visible(cell).split("\n")))


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _row(columns: Sequence[Column], widths: Sequence[int], entry: Entry) -> RenderableType:
    grid = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    cells = []
    for column, width, cell in zip(columns, widths, entry.cells, strict=True):
        grid.add_column(justify=column.justify, width=width, overflow="fold")
        cells.append(plain(_cut(cell, width, column.cut) if column.cut else cell, entry.style))
    grid.add_row(*cells)
    return grid


def _cut(cell: str, width: int, where: str) -> str:
    """Cut a cell to one line of a width. Why in the middle: what tells two names apart is often their end."""
    text = one_line(cell)
    if cell_len(text) <= width:
        return text
    room = width - len(CUT)
    end = text[len(text) - room // 3 :] if where == "middle" else ""
    return f"{set_cell_size(text, room - cell_len(end)).rstrip()}{CUT}{end}"
