"""Results for the terminal: lines of text, and ledgers of short cells with text over the whole width below.

Why not one rich table: an excerpt in a column of 30 characters is ten lines tall and nobody reads it; and
why nothing of rich but the widths of characters: it takes as long to load as half of this package.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from srtminer.render.result import Block, Head, Ledger, LedgerRow, Result, Screen, Text
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
CODES = {"bold": "1", "dim": "2"}
_WORD = re.compile(r"\S+\s*|\s+")


def write(result: Result, screen: Screen) -> str:
    """Write what people see of a result on a screen."""
    return to_text(result.shown(screen), screen)


def to_text(blocks: Iterable[Block], screen: Screen) -> str:
    """Render to a string that depends on nothing but the arguments; no line and no text ends in blanks."""
    lines = [line for block in blocks for line in _lines(block, screen)]
    text = "\n".join(line.rstrip() for line in lines).rstrip("\n")
    return f"{text}\n" if text else ""


def wrapped(text: str, width: int) -> list[str]:
    """Break a text as it would be broken in lines of a width."""
    text = _plain(text)
    return [text[start:end] for start, end in _breaks(text, width)]


def words_of(terms: Sequence[str]) -> re.Pattern[str]:
    """Give a pattern of terms as whole words, with or without an s at the end, in any case."""
    stems = (re.escape(visible(term).removesuffix("s")) for term in terms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})s?(?!\w)", re.IGNORECASE)


def _lines(block: Block, screen: Screen) -> Iterator[str]:
    if isinstance(block, Text):
        yield from _text(block, screen)
    elif isinstance(block, Ledger):
        yield from _ledger(block, screen)
    else:
        for number, record in enumerate(block.rows, 1):
            yield from (line for text in record if text.text for line in _text(text, screen))
            if block.apart or number == len(block.rows):
                yield ""


class _Styled(NamedTuple):
    """Text that is shown as it is, and the places (start, end) in it that have a style of their own."""

    text: str
    style: str = ""
    bold: tuple[tuple[int, int], ...] = ()


def _text(one: Text, screen: Screen) -> Iterator[str]:
    """Lay out a paragraph, wrapped with its indent."""
    parts = [(f"{one.before}{one.text}", False)] if isinstance(one.text, str) else one.text
    text, bold = "", []
    for part, is_mark in parts:
        shown = _plain(part.join(MARK) if is_mark else part)
        bold += [(len(text), len(text) + len(shown))] if is_mark else []
        text += shown
    if one.terms:
        bold += [found.span() for found in words_of(one.terms).finditer(text)]
    styled = _Styled(text, one.style if isinstance(one.text, str) else "", tuple(bold))
    before = _Styled(_plain(one.hanging), one.style)
    cells = ((one.indent, "left", before), (screen.width - one.indent, "left", styled))
    yield from _columns(cells if one.indent else cells[1:], 0, screen)


def _columns(cells: Iterable[tuple[int, str, _Styled]], gap: int, screen: Screen) -> Iterator[str]:
    """Lay out cells side by side: (width, left or right, text); `gap` blanks follow each."""
    columns = [[_cell(*cell, part, screen) for part in _breaks(cell[2].text, cell[0])] for cell in cells]
    blanks = [" " * width for width, _, _ in cells]
    for row in zip_longest(*columns):
        shown = (blank if part is None else part for part, blank in zip(row, blanks, strict=True))
        yield (" " * gap).join(shown)


def _cell(width: int, justify: str, cell: _Styled, part: tuple[int, int], screen: Screen) -> str:
    """Give a line of a cell as wide as its column, with the codes that make a terminal show it bold."""
    start, end = part
    blanks = " " * (width - cell_len(cell.text[start:end]))
    shown = cell.text[start:end]
    if screen.color:
        shown, place = "", start
        for first, last in (*((max(a, start), min(b, end)) for a, b in cell.bold), (end, end)):
            if last >= first >= place:
                shown += _coded(cell.text[place:first], cell.style) + _coded(cell.text[first:last], "bold")
                place = last
    return f"{blanks}{shown}" if justify == "right" else f"{shown}{blanks}"


def _coded(text: str, style: str) -> str:
    return f"\x1b[{CODES[style]}m{text}\x1b[0m" if style and text else text


def _breaks(text: str, width: int) -> list[tuple[int, int]]:
    """Give the places of the lines of a text: broken between words, and in a word that fits no line."""
    lines, line = list[tuple[int, int]](), 0
    for paragraph in text.split("\n"):
        start, room = line, width
        for word in _WORD.finditer(paragraph):
            place, size = line + word.start(), cell_len(word.group().rstrip())
            if size > width:
                for piece in chop_cells(word.group().rstrip(), max(width, 1)):
                    if place > start:
                        lines.append((start, place))
                    start, room = place, width - cell_len(piece)
                    place += len(piece)
                room -= len(word.group()) - len(word.group().rstrip())
                continue
            if size > room and place > start:
                lines.append((start, place))
                start, room = place, width
            room -= cell_len(word.group())
        line += len(paragraph) + 1
        lines.append((start, line - 1))
    return [(start, start + len(text[start:end].rstrip())) for start, end in lines]


def _plain(text: str) -> str:
    """Make text of a review text that is shown as it is: no control characters."""
    return visible(text).expandtabs(8)


def _ledger(ledger: Ledger, screen: Screen) -> Iterator[str]:
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
    yield from _row(heads, widths, LedgerRow(tuple(head.name for head in heads), style="bold"), screen)
    yield "─" * min(screen.width, _total(widths))
    for position, entry in enumerate(entries):
        if position and (entry.below or entries[position - 1].below):
            yield ""
        yield from _row(heads, widths, entry, screen)
        yield from (line for text in entry.below for line in _text(text, screen))


def _side_by_side(ledger: Ledger, screen: Screen) -> Iterator[str]:
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
            yield ""
        start, end = end, end + 1


def _part(ledger: Ledger, fixed: int, part: slice) -> Ledger:
    entries = (replace(entry, cells=(*entry.cells[:fixed], *entry.cells[part])) for entry in ledger.entries)
    return Ledger((*ledger.heads[:fixed], *ledger.heads[part]), tuple(entries))


def _stacked(heads: Sequence[Head], entry: LedgerRow, screen: Screen) -> Iterator[str]:
    """Give the flexible cell, below it every other one after its header, and the text under the row."""
    pairs = tuple(zip(heads, entry.cells, strict=True))
    for head, cell in pairs:
        if head.flexible:
            yield from _text(Text(cell, style=entry.style or "bold"), screen)
    line = ""
    for head, cell in pairs:
        if head.flexible or not cell.strip():
            continue
        named = " ".join(f"{head.name}: {cell}".split())
        if line and cell_len(f"  {line} · {named}") > screen.width:
            yield from _text(Text(line, 2), screen)
            line = ""
        line = f"{line} · {named}" if line else named
    yield from _text(Text(line, 2), screen)
    yield from (line for text in entry.below for line in _text(text, screen))
    yield ""


def _widths(heads: Sequence[Head], entries: Sequence[LedgerRow], screen: Screen) -> list[int]:
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


def _row(heads: Sequence[Head], widths: Sequence[int], entry: LedgerRow, screen: Screen) -> Iterator[str]:
    cells = [
        (width, head.justify, _Styled(_plain(_cut(cell, width, head.cut) if head.cut else cell), entry.style))
        for head, width, cell in zip(heads, widths, entry.cells, strict=True)
    ]
    return _columns(cells, GAP, screen)


def _cut(cell: str, width: int, where: str) -> str:
    """Cut a cell to one line of a width. Why in the middle: what tells two names apart is often their end."""
    text = one_line(cell)
    if cell_len(text) <= width:
        return text
    room = width - len(CUT)
    end = text[len(text) - room // 3 :] if where == "middle" else ""
    return f"{set_cell_size(text, room - cell_len(end)).rstrip()}{CUT}{end}"
