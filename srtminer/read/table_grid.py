"""Tables of documents that name their rows and cells (Markdown, HTML, DOCX): each row as its reader takes it.

A table lays out a page, or plans actions below a header that says so, or is any other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from srtminer.read.compose_review import Block
from srtminer.read.line_marks import Mark, split_mark
from srtminer.read.structured import to_blocks

ASKING = re.compile(r"\b(?:recommend(?:ation|ed)|action)s?\b", re.IGNORECASE)
NUMBER_HEADER = re.compile(
    r"(?:(?:rec\w*|action|item)\.? ?)?(?:nos?\.?|nr\.?|number|ref\w*\.?|#|id)|item|rec\.?|", re.IGNORECASE
)
NO_MARK = Mark("", "", "")
LONGEST_HEADER = 60
"""Characters of the name of a column; more is a sentence."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """What stands in one place of a table's grid."""

    blocks: tuple[Block, ...] = ()
    goes_on: Literal["", "left", "above"] = ""
    """Whether the place is taken by the cell to the left (then it is empty) or above (then it repeats it)."""

    @property
    def text(self) -> str:
        """All of it in one line, with the numbers that the file counts."""
        return " ".join(map(_printed, self.blocks))


Row = Sequence[GridCell]


def table_blocks(rows: Sequence[Row]) -> tuple[Block, ...]:
    """Turn a table's rows into paragraphs and rows.

    Below a header that names recommendations or actions each row keeps its cells; a column of numbers
    becomes the rows' printed number. Of a table that lays out a page come the paragraphs of its cells. Any
    other table gives one paragraph a row.
    """
    rows = [row for row in rows if any(cell.text for cell in row)]
    head = next((i for i, row in enumerate(rows) if not _is_label(row)), len(rows))
    header = [cell.text for cell in rows[head]] if head < len(rows) else []
    if head + 1 < len(rows) and asks_for(header):
        below = (block for row in rows[head + 1 :] for block in _planned(header, row))
        return (*_in_order(rows[:head]), *below)
    if _lays_out(rows):
        return tuple(_in_order(rows))
    numbered = _has_number_column(rows)
    return tuple(block for row in rows for block in _plain(row, numbered))


def asks_for(header: Iterable[str]) -> bool:
    """Tell whether the header of a table names recommendations or actions; "Recommendation 1" is no name."""
    return any(_names(cell) for cell in header)


def row_block(headers: Sequence[str], row: Sequence[str], page: int = 1) -> Block:
    """Give a row with its filled cells; a number in the first one, below "No." or "Ref", is the row's own."""
    pairs = [(headers[i] if i < len(headers) else "", cell) for i, cell in enumerate(row) if cell]
    number = ""
    if len(pairs) > 1 and NUMBER_HEADER.fullmatch(pairs[0][0]):
        number = _column_mark(pairs[0][1]).number
        pairs = pairs[1:] if number else pairs
    return Block("", page, "row", number, cells=tuple(pairs))


def _names(cell: str) -> bool:
    return bool(ASKING.search(cell)) and len(cell) < LONGEST_HEADER and split_mark(cell).kind != "label"


def _printed(block: Block) -> str:
    if block.cells:
        return " ".join(text for _, text in block.cells)
    number = f"({block.number})" if block.role == "item" and block.number else block.number
    return f"{number} {block.text}".strip()


def _is_label(row: Row) -> bool:
    """Tell a title across the whole table, "Action plan" or "Health", from a row with one filled cell."""
    return len(row) > 1 and all(cell.goes_on == "left" for cell in row[1:])


def _planned(header: Sequence[str], row: Row) -> Iterator[Block]:
    """Give a row, or one for each numbered recommendation in its cell, with the row's other cells."""
    if _is_label(row):
        yield from row[0].blocks
        return
    main = _main_column(header)
    texts = [
        cell.text if not cell.goes_on or _inherits(header, i, main) else "" for i, cell in enumerate(row)
    ]
    if texts == list(header):  # a header that is repeated on the next page
        return
    whole = row_block(header, texts, _page(row))
    parts = _parts(row[main].blocks, bool(whole.number)) if main < len(row) and texts[main] else ()
    if not parts or (len(parts) == 1 and whole.number):
        yield whole
        return
    for number, text in parts:
        texts[main] = text
        part = row_block(header, texts, _page(row))
        yield replace(part, number=_below(whole.number, number))


def _main_column(header: Sequence[str]) -> int:
    """Give the column that asks: the first that is named a recommendation or an action."""
    asks = (i for i, cell in enumerate(header) if _names(cell) and not NUMBER_HEADER.fullmatch(cell))
    return next(asks, 0)


def _inherits(header: Sequence[str], column: int, main: int) -> bool:
    """A merged agency or date holds for each of its rows, a merged request or number is one."""
    name = header[column] if column < len(header) else ""
    return column != main and not ASKING.search(name) and not NUMBER_HEADER.fullmatch(name)


def _parts(blocks: Sequence[Block], has_number: bool) -> tuple[tuple[str, str], ...]:
    """Split a cell into (number, text) of the recommendations that are listed in it, from its beginning on.

    Bullets in a row that has a number are the parts of one recommendation.
    """
    placed = to_blocks(blocks)
    lowest = min((block.level for block in blocks if block.role == "item"), default=0)
    starts = [
        place
        for place, block in enumerate(placed)
        if (block.number and block.role == "text")
        or (block.role == "item" and block.level == lowest and (block.number or not has_number))
    ]
    if not starts or starts[0]:
        return ()
    ends = [*starts[1:], len(placed)]
    return tuple((placed[a].number, _joined(placed[a:b])) for a, b in zip(starts, ends, strict=True))


def _joined(blocks: Sequence[Block]) -> str:
    return " ".join([blocks[0].text, *map(_printed, blocks[1:])])


def _below(number: str, own: str) -> str:
    """Name a part of "R1": "R1(a)"; a label or dotted number says enough."""
    if not number or not own or len(own) > 3:
        return own or number
    return f"{number}({own})"


def _page(row: Row) -> int:
    return next((block.page for cell in row for block in cell.blocks), 1)


def _in_order(rows: Sequence[Row]) -> Iterator[Block]:
    for row in rows:
        for cell in row:
            yield from () if cell.goes_on else cell.blocks


def _lays_out(rows: Sequence[Row]) -> bool:
    """Tell a table that only places parts of a page: one column or row of texts, or headings with text."""
    if max(map(len, rows), default=0) < 2:
        return True
    several = [block for row in rows for cell in row if len(cell.blocks) > 1 for block in cell.blocks]
    return any(block.role == "heading" for block in several) or (len(rows) == 1 and bool(several))


def _has_number_column(rows: Sequence[Row]) -> bool:
    """Tell whether the first column, its header aside, holds a printed number in each row."""
    marks = [_column_mark(row[0].text).number for row in rows]
    return bool(marks[-1]) and all(marks[1:])


def _column_mark(text: str) -> Mark:
    """Read a number that fills its cell; "a", "iv" and "A1" need no closing mark there."""
    marks = map(split_mark, (text, f"({text})", f"{text}."))
    return next((mark for mark in marks if mark.kind and not mark.rest), NO_MARK)


def _plain(row: Row, numbered: bool) -> Iterator[Block]:
    cells = [cell for cell in row if cell.text and not cell.goes_on]
    if any(len(_parts(cell.blocks, has_number=True)) > 1 for cell in cells):
        yield from _in_order([cells])
        return
    if len(cells) == 1:
        yield from cells[0].blocks
        return
    has_words = any(character.isalpha() for cell in cells[1:] for character in cell.text)
    mark = _column_mark(cells[0].text) if numbered and has_words else NO_MARK
    texts = cells[1:] if mark.number else cells
    first = texts[0].blocks[0]
    if mark.number and len(texts) == 1 and _is_titled(texts[0]):
        yield replace(first, number=mark.number)
        yield from texts[0].blocks[1:]
        return
    text = " | ".join(cell.text for cell in texts)
    yield replace(first, text=text, role="text", number=mark.number, level=0, bold=False)


def _is_titled(cell: GridCell) -> bool:
    """Tell a cell of a form, "CORONER'S CONCERNS" and paragraphs below it, from a text in paragraphs."""
    first, *below = cell.blocks
    return bool(below) and len(first.text) < LONGEST_HEADER and first.text[-1:].isalnum()
