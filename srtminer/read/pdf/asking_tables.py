"""Tables whose head names recommendations or actions become one line a row, cells and all.

Other tables stay lines that run across the page.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from srtminer.read.list_marks import split_mark
from srtminer.read.pdf import ruled_grid
from srtminer.read.pdf.geometry import Line, Page, Run
from srtminer.read.pdf.reading_order import line_of, read_order, rows_of
from srtminer.read.pdf.ruled_grid import is_number, starts_head, wanted_column

HEAD_HEIGHT = 9.0
"""A head is at most this many font sizes high."""
HEAD_STEP = 1.6
"""Without rules, the lines of a head are at most this many font sizes apart."""
END_STEP = 3.0
"""Without rules, a table ends at a step of more than this many font sizes."""
PAGE_TOP = 0.4
"""A table goes on from the page before within this share of a page's height."""

Cells = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page: its columns and the heights that part its rows."""

    heads: tuple[str, ...]
    borders: tuple[float, ...]
    """One more than heads."""
    wanted: int
    top: float
    cuts: tuple[float, ...]
    """From the end of the head to the end of the table."""
    goes_on: bool = False
    """Without a head of its own; it continues the table of the page before."""
    ruled: bool = True

    @property
    def column(self) -> ruled_grid.Span:
        """The span of the column of recommendations."""
        return self.borders[self.wanted], self.borders[self.wanted + 1]


def lines_of(pages: Iterable[Page]) -> list[tuple[Line, ...]]:
    """Give each page's lines in reading order, a row of a table as one line."""
    read: list[tuple[Line, ...]] = []
    before: Table | None = None
    for page in pages:
        tables = _tables(page, before) if page.words else []
        lines = list(_lines(page, tables))
        if before and tables and lines and lines[0].cells and _continues(read, lines[0], tables[0]):
            _append(read, lines.pop(0))
        read.append(tuple(lines))
        before = tables[-1] if tables else None
    return read


def _lines(page: Page, tables: Sequence[Table]) -> Iterator[Line]:
    if not tables:
        yield from read_order(page)
        return
    top = -math.inf  # text may lie beyond the edges
    for table in tables:
        yield from _between(page, top, table.top)
        yield from _rows(page, table)
        top = table.cuts[-1]
    yield from _between(page, top, math.inf)


def _between(page: Page, top: float, bottom: float) -> tuple[Line, ...]:
    runs = tuple(run for run in page.runs if top <= run.y < bottom)
    return read_order(replace(page, runs=runs)) if runs else ()


def _tables(page: Page, before: Table | None) -> list[Table]:
    rules = ruled_grid.sort_rules(page.rules)
    found: list[Table] = []
    end = 0.0
    for word in sorted(page.words, key=lambda word: (word.y, word.x0)):
        if word.y <= end or not starts_head(word.text):
            continue
        table = _ruled(page, rules, word) or _free(page, word, before)
        if table:
            found.append(table)
            end = table.cuts[-1]
    carried = before and _carried(page, rules, before)
    if carried and (not found or carried.cuts[-1] <= found[0].top + ruled_grid.SAME_EDGE):
        found.insert(0, carried)
    return found


def _carried(page: Page, rules: ruled_grid.Rules, before: Table) -> Table | None:
    """Find the rest of a ruled table without a head, by its borders."""
    inner = before.borders[1:-1]
    tops = [
        min((r.y0 for r in rules.upright if abs(r.x0 - x) <= ruled_grid.SAME_EDGE), default=page.height)
        for x in inner
    ]
    top = max(tops, default=page.height)
    if top > PAGE_TOP * page.height:
        return None
    bottom = ruled_grid.bottom_of(rules, before.borders, top)
    return replace(before, top=top, cuts=_cuts(rules, before.column, top, bottom), goes_on=True)


def _cuts(rules: ruled_grid.Rules, column: ruled_grid.Span, top: float, bottom: float) -> tuple[float, ...]:
    inner = [y for y in ruled_grid.cuts(rules, column, top, bottom) if top + 2 < y < bottom - 2]
    return (top, *inner, bottom)


def _ruled(page: Page, rules: ruled_grid.Rules, word: Run) -> Table | None:
    """Find the table that is drawn around a word of its head."""
    levels = [rule.y0 for rule in rules.level if rule.x0 <= (word.x0 + word.x1) / 2 <= rule.x1]
    top = max((y for y in levels if y <= word.y - 0.5 * word.size), default=None)
    end = min((y for y in levels if y >= word.y), default=None)
    if top is None or end is None or end - top > HEAD_HEIGHT * word.size:
        return None
    borders = ruled_grid.borders_at(rules, (top + end) / 2)
    if len(borders) < 3:
        return None
    heads = _heads([run for run in page.words if top < run.y <= end], borders)
    if wanted_column(heads) is None:  # no rule between the head and the first row
        rows = rows_of(run for run in page.words if top < run.y <= end)
        head = rows[_row_with(rows, word)]
        heads, end = _heads(head, borders), head[0].y + 2
    wanted = wanted_column(heads)
    if wanted is None:
        return None
    bottom = ruled_grid.bottom_of(rules, borders, end)
    column = (borders[wanted], borders[wanted + 1])
    return Table(heads, tuple(borders), wanted, top, _cuts(rules, column, end, bottom))


def _row_with(rows: Sequence[Sequence[Run]], word: Run) -> int:
    return next((index for index, row in enumerate(rows) if word in row), 0)


def _heads(words: Sequence[Run], borders: Sequence[float]) -> tuple[str, ...]:
    return tuple(" ".join(lines) for lines in _cells(words, borders, 0))


def _free(page: Page, word: Run, before: Table | None) -> Table | None:
    """Find a table without rules below a head that holds a word."""
    rows = rows_of(page.words)
    place = _row_with(rows, word)
    head = rows[place]
    spans = ruled_grid.clusters(head, ruled_grid.CELL_GAP * word.size)
    if len(spans) < 3:
        return None
    below = _until_across(_until_wide_step(rows[place + 1 :], head[0].y), spans)
    if not below:
        return None
    borders = ruled_grid.free_borders(spans, [*head, *(run for row in below for run in row)])
    heads = _heads(head, borders)
    wanted = wanted_column(heads)
    repeated = before is not None and before.heads == heads
    if wanted is None or not (repeated or len(below) > 1):
        return None
    top, end, bottom = head[0].y - word.size, head[0].y + 1, below[-1][0].y + 1
    cuts = (end, *_free_cuts(below, borders), bottom)
    return Table(heads, tuple(borders), wanted, top, cuts, ruled=False)


def _until_across(rows: Sequence[list[Run]], heads: Sequence[ruled_grid.Span]) -> list[list[Run]]:
    """Take the rows above the first one that runs across the page; there, text follows the table."""
    kept: list[list[Run]] = []
    for row in rows:
        spans = ruled_grid.clusters(row, ruled_grid.CELL_GAP * row[0].size)
        if any(sum(start < right and end > left for left, right in heads) > 1 for start, end in spans):
            break
        kept.append(row)
    return kept


def _until_wide_step(rows: Sequence[list[Run]], y: float) -> list[list[Run]]:
    kept: list[list[Run]] = []
    for row in rows:
        if row[0].y - y > END_STEP * row[0].size:
            break
        kept.append(row)
        y = row[0].y
    return kept


def _crosses(run: Run, borders: Sequence[float]) -> bool:
    return any(run.x0 + 1 < x < run.x1 - 1 for x in borders)


def _free_cuts(rows: Sequence[Sequence[Run]], borders: Sequence[float]) -> list[float]:
    """Rows begin at a number in the first column, else at a wide step."""
    numbered = [
        row[0].y - row[0].size
        for row in rows[1:]
        if row[0].x0 < borders[1] and split_mark(row[0].text).kind not in ("", "bullet")
    ]
    heights = [row[0].y for row in rows]
    return numbered or [y - rows[0][0].size for y in ruled_grid.steps(heights)]


def _rows(page: Page, table: Table) -> Iterator[Line]:
    joined = _joined_cells(page, table) if table.ruled else ()
    for top, bottom in pairwise(table.cuts):
        words = [run for run in page.words if top < run.y <= bottom]
        if not words:
            continue
        if _is_band(page, table, top, bottom):
            yield from _between(page, top, bottom)
            continue
        if _heads(words, table.borders) != table.heads:
            yield _row(page.number, table, _with_joined(words, joined, top, bottom))


def _joined_cells(page: Page, table: Table) -> tuple[tuple[ruled_grid.Span, tuple[Run, ...]], ...]:
    """Find cells that stand beside several rows: (from, to) and words, which belong to each of the rows.

    Only where the words are one block: in some tables, rules part the rows of one column only.
    """
    rules, found = ruled_grid.sort_rules(page.rules), []
    for column in pairwise(table.borders):
        ends = (table.cuts[0], *_cuts(rules, column, table.cuts[0], table.cuts[-1])[1:-1], table.cuts[-1])
        for top, bottom in pairwise(ends):
            inside = any(top + ruled_grid.SAME_EDGE < y < bottom - ruled_grid.SAME_EDGE for y in table.cuts)
            middles = ((run, (run.x0 + run.x1) / 2) for run in page.words if top < run.y <= bottom)
            words = tuple(run for run, middle in middles if column[0] <= middle < column[1])
            heights = sorted(run.y for run in words)
            is_block = all(below - above < HEAD_STEP * words[0].size for above, below in pairwise(heights))
            if inside and words and is_block and column != table.column:
                found.append(((top, bottom), words))
    return tuple(found)


def _with_joined(
    words: Sequence[Run], joined: Iterable[tuple[ruled_grid.Span, tuple[Run, ...]]], top: float, bottom: float
) -> list[Run]:
    """Give a row the whole of each joined cell beside it."""
    beside = [run for (start, end), cell in joined if start < bottom - 1 and end > top + 1 for run in cell]
    parts = {id(run) for run in beside}
    return [*(run for run in words if id(run) not in parts), *beside]


def _row(number: int, table: Table, words: Sequence[Run]) -> Line:
    cells = _cells(words, table.borders, number)
    line = line_of(sorted(words, key=lambda word: (word.y, word.x0))[:1], number)
    return line._replace(text="", cells=tuple(zip(table.heads, cells, strict=True)))


def _is_band(page: Page, table: Table, top: float, bottom: float) -> bool:
    """Tell a row whose cells are joined: the name of an agency over the rows that concern it."""
    if not page.rules or len(table.borders) < 4:
        return False
    at = ruled_grid.borders_at(ruled_grid.sort_rules(page.rules), (top + bottom) / 2)
    inner = [x for x in table.borders[1:-1] if any(abs(x - y) <= ruled_grid.SAME_EDGE for y in at)]
    runs = [run for run in page.runs if top < run.y <= bottom]
    return len(inner) <= len(table.borders[1:-1]) // 2 and any(_crosses(run, table.borders) for run in runs)


def _cells(words: Sequence[Run], borders: Sequence[float], number: int) -> list[tuple[str, ...]]:
    """Put words into columns by their middles, and each column into lines."""
    columns: list[list[Run]] = [[] for _ in pairwise(borders)]
    for word in words:
        middle = (word.x0 + word.x1) / 2
        place = sum(middle >= x for x in borders[1:-1])
        columns[place].append(word)
    return [tuple(_bulleted(line_of(row, number).text) for row in rows_of(column)) for column in columns]


def _bulleted(text: str) -> str:
    mark = split_mark(text)
    return f"• {mark.rest}" if mark.kind == "bullet" and mark.rest else text


def _continues(read: Sequence[tuple[Line, ...]], row: Line, table: Table) -> bool:
    """Tell whether the first row of a page is the rest of the last row of the page before."""
    last = next((line for line in reversed(read[-1]) if line.cells), None) if read else None
    if last is None or len(last.cells) != len(row.cells):
        return False
    above, here = last.cells[table.wanted][1], row.cells[table.wanted][1]
    numbers = [place for place, (head, _) in enumerate(row.cells) if is_number(head)]
    if any(last.cells[place][1] for place in numbers):
        return not any(row.cells[place][1] for place in numbers)
    if not above or not here:
        return not here
    return here[0][:1].islower() or _filled(row) == 1 < _filled(last)


def _filled(row: Line) -> int:
    return sum(bool(lines) for _, lines in row.cells)


def _append(read: list[tuple[Line, ...]], rest: Line) -> None:
    lines = list(read[-1])
    place = max(index for index, line in enumerate(lines) if line.cells)
    cells = tuple(
        (head, old + new) for (head, old), (_, new) in zip(lines[place].cells, rest.cells, strict=True)
    )
    lines[place] = lines[place]._replace(cells=cells)
    read[-1] = tuple(lines)
