"""Tables in plain text: fields divided by tabs, below a line that names recommendations or actions."""

from collections.abc import Sequence
from dataclasses import replace

from srtminer.read.grid import LONGEST_HEADER, asks_for, row_block
from srtminer.read.lines import Line
from srtminer.read.marks import split_mark

FEWEST = 2
"""Fields of a header that say something; one alone heads no table."""
MOST_LINES = 40
"""Lines that one row may take where its cells have line ends of their own."""


def tabbed_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Give the lines with each row of a table as one line with cells; a header is given as its rows' headers.

    Why: action plans are pasted from a word processor or a spreadsheet, which puts tabs between the cells.
    """
    if not any(line.fields for line in lines):
        return tuple(lines)
    rows: list[Line] = []
    header: tuple[str, ...] = ()
    index = 0
    while index < len(lines):
        line = lines[index]
        end = index + 1
        if _is_header(lines, index):
            header = line.fields
        elif header and (end := _row_end(lines, index, len(header))) > index:
            rows.append(_row(header, lines[index:end]))
        else:
            header, end = (), index + 1
            rows.append(line)
        index = end
    return tuple(rows)


def _is_header(lines: Sequence[Line], index: int) -> bool:
    """Tell a header by what it names, and by the table below it.

    Why names only: "Recommendations", tab, "12" stands in a list of contents, and "(a)", tab, "Take action."
    in a list.
    """
    fields = list(filter(None, lines[index].fields))
    below = lines[index + 1].fields if index + 1 < len(lines) else ()
    return len(fields) >= FEWEST and bool(below) and asks_for(fields) and all(map(_may_be_name, fields))


def _may_be_name(field: str) -> bool:
    mark = split_mark(field)
    is_mark = bool(mark.kind) and not mark.rest
    is_sentence = len(field) > LONGEST_HEADER or (field.endswith(".") and " " in field)
    return any(map(str.isalpha, field)) and not is_mark and not is_sentence


def _row_end(lines: Sequence[Line], start: int, width: int) -> int:
    """Find where the row that begins at `start` ends; `start` itself if there is none.

    Why more than one line: a cell that is pasted with its line ends breaks the row. Its lines are one row as
    long as together they have no more fields than the header.
    """
    count = len(lines[start].fields)
    if not count:
        return start
    end = start + 1
    while end < min(len(lines), start + MOST_LINES) and lines[end].gap == 0:
        count += max(len(lines[end].fields) - 1, 0)
        if count > width or not _leads_to_row(lines, end):
            break
        end += 1
    return end


def _leads_to_row(lines: Sequence[Line], index: int) -> bool:
    """Tell a further line of a cell, behind which the table goes on, from what stands below the table."""
    for place in range(index, min(len(lines), index + MOST_LINES)):
        if lines[place].fields or (place > index and lines[place].gap):
            return bool(lines[place].fields) and not _is_header(lines, place)
    return False


def _row(header: Sequence[str], lines: Sequence[Line]) -> Line:
    """Join the lines of a row: what follows a line end still belongs to the cell in front of it."""
    fields: list[str] = []
    for line in lines:
        parts = line.fields or (line.text,)
        if fields:
            fields[-1] = f"{fields[-1]} {parts[0]}".strip()
        fields.extend(parts[1:] if fields else parts)
    block = row_block(header, fields)
    text = " ".join(line.text for line in lines)
    return replace(lines[0], text=text, number=block.number, cells=block.cells)
