"""Results for the terminal: lines of text, and ledgers of short cells with text over the whole width below.

Why not one rich table: an excerpt in a column of 30 characters is ten lines tall and nobody reads it; and
why nothing of rich but the widths of characters: it takes as long to load as half of this package.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from rich.cells import cell_len, chop_cells, set_cell_size

from srtminer.render.result import Block, Head, Ledger, LedgerRow, Result, Screen, Style, Text
from srtminer.render.safe_text import one_line, visible

GAP = 2
"""Spaces between two columns."""
CUT = "…"
NARROWEST = 20
"""Characters that the flexible column keeps; `LEAST` where one more column would not fit else, and `ROOMY`
before there is room for what may be left out."""
LEAST, ROOMY = 12, 30
SHORTEST = 22
"""Characters that a column keeps whose cells may be cut."""
MARK = "«", "»"
"""Around what was looked for, since bold is not seen everywhere. Why not brackets: reviews put in those what
they have taken out, "[Child A]"."""
CODES = {"bold": "1", "dim": "2"}
_WORD = re.compile(r"\S+\s*|\s+")


def write(result: Result, screen: Screen) -> str:
    """Write what people see of a result; it depends on nothing else, and no line ends in blanks."""
    lines = [line for block in result.blocks for line in _lines(block, screen)]
    text = "\n".join(line.rstrip() for line in lines).rstrip("\n")
    return f"{text}\n" if text else ""


def wrapped(text: str, width: int) -> list[str]:
    """Give the lines of a text shown as it is: broken between words, and in a word that fits no line."""
    lines = []
    for paragraph in visible(text).expandtabs(8).split("\n"):
        line, room = "", width
        for word in _WORD.findall(paragraph):
            bare = word.rstrip()
            pieces = chop_cells(bare, max(width, 1)) if cell_len(bare) > width else [bare]
            for piece in pieces:
                if line and (len(pieces) > 1 or cell_len(piece) > room):
                    lines.append(line)
                    line, room = "", width
                line, room = f"{line}{piece}", room - cell_len(piece)
            blanks = word[len(bare) :]
            line, room = f"{line}{blanks}", room - cell_len(blanks)
        lines.append(line)
    return [line.rstrip() for line in lines]


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


def _text(one: Text, screen: Screen) -> Iterator[str]:
    parts = ((one.text, False),) if isinstance(one.text, str) else one.text
    text = one.before + "".join(part.join(MARK) if is_mark else part for part, is_mark in parts)
    cells = ((one.indent, "left", one.hanging), (screen.width - one.indent, "left", text))
    yield from _columns(cells if one.indent else cells[1:], 0, one.style, screen)


def _columns(cells: Sequence[tuple[int, str, str]], gap: int, style: Style, screen: Screen) -> Iterator[str]:
    """Lay out cells side by side: (width, left or right, text); `gap` blanks follow each."""
    for row in zip_longest(*(wrapped(text, width) for width, _, text in cells), fillvalue=""):
        shown = []
        for line, (width, justify, _) in zip(row, cells, strict=True):
            blanks = " " * (width - cell_len(line))
            styled = f"\x1b[{CODES[style]}m{line}\x1b[0m" if screen.color and style and line else line
            shown.append(f"{blanks}{styled}" if justify == "right" else f"{styled}{blanks}")
        yield (" " * gap).join(shown)


def _ledger(ledger: Ledger, screen: Screen) -> Iterator[str]:
    """Lay out a header, a rule, and every entry; those with text under them stand apart.

    Where the columns do not fit side by side they go on in a further block; those up to the flexible one
    stand in each, and the text under the entries in the last.
    """
    if _total(_widths(ledger, screen, ROOMY)) > screen.width:
        kept = [n for n, head in enumerate(ledger.heads) if not head.extra]
        ledger = _part(ledger, kept, last=True)
    fixed = 1 + next((n for n, head in enumerate(ledger.heads) if head.flexible), 0)
    start, number = fixed, len(ledger.heads)
    while True:
        for end in range(number, start, -1) or (number,):
            part = _part(ledger, (*range(fixed), *range(start, end)), last=end == number)
            widths = _widths(part, screen, NARROWEST if end > start + 1 else LEAST)
            if _total(widths) <= screen.width:
                break
        yield from _block(part, widths, screen)
        if end == number:
            return
        yield ""
        start = end


def _part(ledger: Ledger, columns: Iterable[int], *, last: bool) -> Ledger:
    places = tuple(columns)
    entries = (
        replace(one, cells=tuple(one.cells[n] for n in places), below=one.below if last else ())
        for one in ledger.entries
    )
    return Ledger(tuple(ledger.heads[n] for n in places), tuple(entries))


def _block(ledger: Ledger, widths: Sequence[int], screen: Screen) -> Iterator[str]:
    heads, entries = ledger.heads, ledger.entries
    yield from _row(heads, widths, LedgerRow(tuple(head.name for head in heads), style="bold"), screen)
    yield "─" * min(screen.width, _total(widths))
    for position, entry in enumerate(entries):
        if position and (entry.below or entries[position - 1].below):
            yield ""
        yield from _row(heads, widths, entry, screen)
        yield from (line for text in entry.below for line in _text(text, screen))


def _widths(ledger: Ledger, screen: Screen, least: int) -> list[int]:
    """Give the widths of columns; where heads do not fit on one line, no word of them is broken."""
    heads, entries = ledger.heads, ledger.entries
    cells = [max((_widest(entry.cells[n]) for entry in entries), default=0) for n in range(len(heads))]
    # what may be cut gives way before what may be broken
    giving = {n: SHORTEST for n, head in enumerate(heads) if head.cut}
    giving |= {n: least for n, head in enumerate(heads) if head.flexible}
    names = [visible(head.name) for head in heads]
    for parts in ([[name] for name in names], [name.split() for name in names]):
        pairs = zip(heads, cells, parts, strict=True)
        widths = [head.width or max((cell, *map(cell_len, part))) for head, cell, part in pairs]
        for n, fewest in giving.items():
            rest = screen.width - _total([*widths[:n], *widths[n + 1 :], 0])
            widths[n] = min(widths[n], max(fewest, rest))
        if _total(widths) <= screen.width and all(widths[n] >= min(cells[n], giving[n]) for n in giving):
            break
    return widths


def _widest(cell: str) -> int:
    return max(map(cell_len, visible(cell).split("\n")))


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _row(heads: Sequence[Head], widths: Sequence[int], entry: LedgerRow, screen: Screen) -> Iterator[str]:
    cells = [
        (width, head.justify, _cut(cell, width) if head.cut else cell)
        for head, width, cell in zip(heads, widths, entry.cells, strict=True)
    ]
    return _columns(cells, GAP, entry.style, screen)


def _cut(cell: str, width: int) -> str:
    text = one_line(cell)
    return text if cell_len(text) <= width else f"{set_cell_size(text, width - len(CUT)).rstrip()}{CUT}"
