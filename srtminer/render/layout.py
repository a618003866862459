"""Results for the terminal: lines of text, and ledgers of short cells with text over the whole width below.

Why not one rich table: an excerpt in a column of 30 characters is ten lines tall and nobody reads it.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from srtminer.render.result import Block, Entry, Head, Ledger, Result, Screen, Text
from srtminer.render.safe_text import one_line, visible

GAP = 2
"""Spaces between two columns."""
CUT = "…"
NARROWEST = 20
"""Characters that the flexible column keeps, whatever the others need."""
HEAD_LINES = (1, 3, 9)
"""Of a head, tried one after the other."""
MARK = "«", "»"
"""Around what was looked for, since bold is not seen everywhere. Why not brackets: reviews put in those what
they have taken out, "[Child A]"."""
_HEIGHT = 25
"""Nothing depends on it; without it rich asks the terminal for it at every line."""


def write(result: Result, screen: Screen) -> str:
    """Write what people see of a result on a screen."""
    return to_text(result.shown(screen), screen)


def to_text(blocks: Iterable[Block], screen: Screen) -> str:
    """Render to a string that depends on nothing but the arguments; no line and no text ends in blanks."""
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
    console.print(Group(*(line for block in blocks for line in _lines(block, screen))))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().rstrip("\n").splitlines())


def wrapped(text: str, width: int) -> list[str]:
    """Break a text as it would be broken in lines of a width."""
    return [line.plain.rstrip() for line in _plain(text).wrap(Console(width=width, _environ={}), width)]


def words_of(terms: Sequence[str]) -> re.Pattern[str]:
    """Give a pattern of terms as whole words, with or without an s at the end, in any case."""
    stems = (re.escape(visible(term).removesuffix("s")) for term in terms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})s?(?!\w)", re.IGNORECASE)


def _lines(block: Block, screen: Screen) -> Iterator[RenderableType]:
    if isinstance(block, Text):
        yield _text(block)
    elif isinstance(block, Ledger):
        yield from _ledger(block, screen)
    else:
        for number, record in enumerate(block.rows, 1):
            yield from (_text(text) for text in record if text.text)
            if block.apart or number == len(block.rows):
                yield RichText()


def _text(one: Text) -> RenderableType:
    """Lay out a paragraph, wrapped with its indent."""
    if isinstance(one.text, str):
        text = _plain(f"{one.before}{one.text}", one.style)
    else:
        text = RichText(overflow="fold")
        for part, is_mark in one.text:
            text.append_text(_plain(part.join(MARK), "bold") if is_mark else _plain(part))
    if one.terms:
        text.highlight_regex(words_of(one.terms), "bold")
    if not one.hanging:
        return Padding(text, (0, 0, 0, one.indent)) if one.indent else text
    grid = Table.grid(pad_edge=False)
    grid.add_column(width=one.indent)
    grid.add_column(overflow="fold")
    grid.add_row(_plain(one.hanging, one.style), text)
    return grid


def _plain(text: str, style: str = "") -> RichText:
    """Make text of a review a rich text that is shown as it is: no markup, no control characters."""
    return RichText(visible(text), style=style, overflow="fold")


def _ledger(ledger: Ledger, screen: Screen) -> Iterator[RenderableType]:
    """Lay out a header, a rule, and every entry; those with text under them stand apart.

    On a screen that is too narrow for the columns each entry names its figures, so that none is broken.
    """
    heads, entries = ledger.heads, ledger.entries
    widths = _widths(heads, entries, screen)
    if _total(widths) > screen.width:
        if ledger.spread:
            yield from _side_by_side(ledger, screen)
        else:
            yield from (line for entry in entries for line in _stacked(heads, entry, screen))
        return
    yield _row(heads, widths, Entry(tuple(head.name for head in heads), style="bold"))
    yield RichText("─" * min(screen.width, _total(widths)))
    for position, entry in enumerate(entries):
        if position and (entry.below or entries[position - 1].below):
            yield RichText()
        yield _row(heads, widths, entry)
        yield from map(_text, entry.below)


def _side_by_side(ledger: Ledger, screen: Screen) -> Iterator[RenderableType]:
    """Lay out a ledger in blocks of as many columns as fit, at least one."""
    fixed = 1 + next(n for n, head in enumerate(ledger.heads) if head.flexible)
    start, end = fixed, fixed + 1
    while start < len(ledger.heads):
        block = _part(ledger, fixed, slice(start, end))
        wider = _part(ledger, fixed, slice(start, end + 1))
        if end < len(ledger.heads) and _total(_widths(wider.heads, wider.entries, screen)) <= screen.width:
            end += 1
            continue
        yield from _ledger(block, screen)
        if end < len(ledger.heads):
            yield RichText()
        start, end = end, end + 1


def _part(ledger: Ledger, fixed: int, part: slice) -> Ledger:
    entries = (replace(entry, cells=(*entry.cells[:fixed], *entry.cells[part])) for entry in ledger.entries)
    return Ledger((*ledger.heads[:fixed], *ledger.heads[part]), tuple(entries))


def _stacked(heads: Sequence[Head], entry: Entry, screen: Screen) -> Iterator[RenderableType]:
    """Give the flexible cell, below it every other one after its header, and the text under the row."""
    pairs = tuple(zip(heads, entry.cells, strict=True))
    yield from (_plain(cell, entry.style or "bold") for head, cell in pairs if head.flexible)
    line = ""
    for head, cell in pairs:
        if head.flexible or not cell.strip():
            continue
        named = " ".join(f"{head.name}: {cell}".split())
        if line and cell_len(f"  {line} · {named}") > screen.width:
            yield _text(Text(line, 2))
            line = ""
        line = f"{line} · {named}" if line else named
    yield _text(Text(line, 2))
    yield from map(_text, entry.below)
    yield RichText()


def _widths(heads: Sequence[Head], entries: Sequence[Entry], screen: Screen) -> list[int]:
    """Give the widths of columns; heads take one line, or three, or more, before a word of them is broken."""
    cells = [max((_widest(entry.cells[n]) for entry in entries), default=0) for n in range(len(heads))]
    flexible = [n for n, head in enumerate(heads) if head.flexible]
    for lines in HEAD_LINES:
        widths = [
            head.width or max(cell, _head_width(head.name, lines))
            for head, cell in zip(heads, cells, strict=True)
        ]
        for n in flexible:
            rest = screen.width - _total([*widths[:n], *widths[n + 1 :], 0])
            widths[n] = min(widths[n], max(NARROWEST, rest))
        if _total(widths) <= screen.width and all(widths[n] >= min(cells[n], NARROWEST) for n in flexible):
            break
    return widths


def _head_width(name: str, lines: int) -> int:
    """Give the least width in which a name takes no more than some lines, and no word of it is broken."""
    least = max(map(cell_len, visible(name).split()), default=0)
    widths = range(least, cell_len(name) + 1)
    return next((width for width in widths if len(wrapped(name, width)) <= lines), least)


def _widest(cell: str) -> int:
    return max(map(cell_len, visible(cell).split("\n")))


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _row(heads: Sequence[Head], widths: Sequence[int], entry: Entry) -> RenderableType:
    grid = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    cells = []
    for head, width, cell in zip(heads, widths, entry.cells, strict=True):
        grid.add_column(justify=head.justify, width=width, overflow="fold")
        cells.append(_plain(_cut(cell, width, head.cut) if head.cut else cell, entry.style))
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
