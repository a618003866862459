"""Tables whose head names recommendations or actions become one line a row, cells and all.

Other tables stay lines that run across the page.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, takewhile

from srtminer.read.line_marks import split_mark
from srtminer.read.pdf.geometry import Line, Page, Run, line_of, read_order, rows_of
from srtminer.read.table_grid import ASKING, LONGEST_HEADER, NUMBER_HEADER, asks_for

SAME_EDGE = 3.0
"""Rules within this many points are one (double strokes, the edges of a thin box)."""
LEAST = 8.0
"""Points; shorter edges of what is drawn are the ends of thin boxes."""
FEWEST_BORDERS = 3
"""A ruled table has at least two columns."""
RUNS_ALONG = 2 / 3
"""A border is at least this share as long as the three longest; boxes around words and to tick are not."""
COVERS = 0.8
"""A level rule parts the rows of a column if it runs over this share of it; underlined words do not."""
BLOCK_STEP = 1.6
"""Lines of one cell are at most this many font sizes apart."""

Box = tuple[float, float, float, float]
Span = tuple[float, float]

# it begins with a letter, so that looking for it runs over a page at full speed
_NAMED = re.compile(r"[RA](?:ecommend(?:ation|ed)|ECOMMEND(?:ATION|ED)|ction|CTION)(?i:s?)\b")


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page, in points of the page."""

    borders: tuple[float, ...]
    """The x of its upright rules."""
    cuts: tuple[tuple[float, ...], ...]
    """Of each column, the y of the level rules that part it, its top and its bottom among them."""
    heads: tuple[str, ...] = ()
    top: float = 0.0
    """Where its head begins."""
    start: float = 0.0
    """Where its first row begins."""

    @property
    def wanted(self) -> int:
        """The column of the recommendations."""
        return next(place for place, head in enumerate(self.heads) if is_wanted(head))

    @property
    def rows(self) -> Iterator[Span]:
        """Top and bottom of each row below the head."""
        cuts = self.cuts[self.wanted]
        return pairwise([self.start, *(y for y in cuts if y > self.start + SAME_EDGE)])


def is_wanted(head: str) -> bool:
    """Tell the head of a column of recommendations or actions."""
    return bool(ASKING.search(head)) and not NUMBER_HEADER.fullmatch(head)


def read_closely(
    page: Page,
    text: str,
    before: Page | None,
    boxes: Callable[[], Iterable[Box]],
    words: Callable[[], Iterable[Run]],
) -> Page:
    """Add the boxes of what is drawn, and the words, to a page that may hold a table or go on with one."""
    if not _NAMED.search(text) and not (before and before.words):
        return page
    whole = page.width * page.height / 2  # a frame around the page
    rules = tuple(box for box in boxes() if (box[2] - box[0]) * (box[3] - box[1]) < whole)
    page = replace(page, rules=rules)
    if not _grids(page):
        imagined = tuple(_imagined(page))
        page = replace(page, rules=(*rules, *imagined))
        if not imagined or not _grids(page):
            return page
    return replace(page, words=tuple(words()))


def _imagined(page: Page) -> Iterator[Box]:
    """Give the rules that a table lacks whose columns begin below their heads and whose rows have numbers."""
    rows = rows_of(page.runs)
    for place, (head, first) in enumerate(pairwise(rows), start=1):
        names = [run.text for run in head]
        is_head = len(head) >= FEWEST_BORDERS and NUMBER_HEADER.fullmatch(names[0]) and _is_head(names)
        if not is_head or not _is_numbered(first[0]):
            continue
        edges = [*(run.x0 - SAME_EDGE for run in head), page.width]
        inside = list(takewhile(partial(_fits, edges), rows[place:]))
        starts = [row[0].y - row[0].size for row in inside if row[0].x0 < edges[1] and _is_numbered(row[0])]
        if len(starts) > 1:
            heights = [head[0].y - head[0].size, *starts, inside[-1][0].y + SAME_EDGE]
            yield from ((x, heights[0], x, heights[-1]) for x in edges)
            yield from ((edges[0], y, edges[-1], y) for y in heights)
            return


def _fits(edges: Sequence[float], row: Iterable[Run]) -> bool:
    return all(run.x0 >= edges[0] and not any(run.x0 < x < run.x1 for x in edges) for run in row)


def _is_numbered(run: Run) -> bool:
    return split_mark(run.text).kind not in ("", "bullet")


def lines_of(pages: Iterable[Page]) -> list[tuple[Line, ...]]:
    """Give each page's lines in reading order, a row of a table as one line."""
    read: list[list[Line]] = []
    before: Table | None = None
    for page in pages:
        tables = _tables(page, before) if page.words else []
        lines = list(_lines(page, tables))
        rows = [place for place, line in enumerate(read[-1]) if line.cells] if before else []
        if rows and lines and lines[0].cells and _goes_on(last := read[-1][rows[-1]], lines[0]):
            pairs = zip(last.cells, lines.pop(0).cells, strict=True)
            cells = tuple((head, old + new) for (head, old), (_, new) in pairs)
            read[-1][rows[-1]] = last._replace(cells=cells)
        read.append(lines)
        before = tables[-1] if tables else None
    return list(map(tuple, read))


def _lines(page: Page, tables: Sequence[Table]) -> Iterator[Line]:
    top = -math.inf  # text may lie beyond the edges
    for table in tables:
        yield from _between(page, top, table.top)
        top = max(cuts[-1] for cuts in table.cuts)
        rows = tuple(_rows(page, table))
        yield from rows if any(row.cells for row in rows) else _between(page, table.top, top)
    yield from _between(page, top, math.inf)


def _between(page: Page, top: float, bottom: float) -> tuple[Line, ...]:
    return read_order(page, (run for run in page.runs if top < run.y <= bottom))


def _grids(page: Page) -> list[Table]:
    """Give the ruled tables of a page, whatever they say."""
    edges = sorted((y0, y1, x) for x0, y0, x1, y1 in page.rules if y1 - y0 >= LEAST for x in (x0, x1))
    groups: list[list[tuple[float, float, float]]] = []
    end = -math.inf
    for edge in edges:
        if edge[0] > end + SAME_EDGE:
            groups.append([])
        groups[-1].append(edge)
        end = max(end, edge[1])
    grids = ((_borders(group), (group[0][0], max(y1 for _, y1, _ in group))) for group in groups)
    return [
        Table(tuple(borders), tuple(_cuts(page, column, ends) for column in pairwise(borders)))
        for borders, ends in grids
        if len(borders) >= FEWEST_BORDERS
    ]


def _borders(edges: Iterable[tuple[float, float, float]]) -> list[float]:
    """Give the x of those upright edges (top, bottom, x) that run along the others."""
    spans: dict[float, list[Span]] = {}
    near = -math.inf
    for x, top, bottom in sorted((x, top, bottom) for top, bottom, x in edges):
        near = near if x - near <= SAME_EDGE else x
        spans.setdefault(near, []).append((top, bottom))
    lengths = {x: _length(at) for x, at in spans.items()}
    least = RUNS_ALONG * min(sorted(lengths.values())[-FEWEST_BORDERS:])
    return [x for x, length in lengths.items() if length >= least]


def _length(spans: Iterable[Span]) -> float:
    """Measure what spans cover together."""
    length, end = 0.0, -math.inf
    for low, high in sorted(spans):
        length += max(0.0, high - max(low, end))
        end = max(end, high)
    return length


def _merged(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SAME_EDGE:
            kept.append(value)
    return kept


def _cuts(page: Page, column: Span, ends: Span) -> tuple[float, ...]:
    """Give the heights at which level rules cross a column, and its ends."""
    covered: dict[int, tuple[float, list[Span]]] = {}
    for x0, y0, x1, y1 in page.rules:
        if x1 - x0 >= LEAST:
            for y in {y0, y1}:
                place = round(y / SAME_EDGE)
                near = next((one for one in (place, place - 1, place + 1) if one in covered), place)
                covered.setdefault(near, (y, []))[1].append((max(x0, column[0]), min(x1, column[1])))
    least = COVERS * (column[1] - column[0])
    inner = (y for y, spans in covered.values() if _length(spans) >= least)
    return tuple(_merged((*ends, *(y for y in inner if ends[0] < y < ends[1]))))


def _tables(page: Page, before: Table | None) -> list[Table]:
    found = []
    for grid in _grids(page):
        heights = _merged(y for cuts in grid.cuts for y in cuts)
        columns = _columns(page, grid)
        tops = pairwise(heights)
        heads = ((tuple(_text(one, a, b, page.number) for one in columns), a, b) for a, b in tops)
        if head := next((one for one in heads if _is_head(one[0])), None):
            found.append(replace(grid, heads=head[0], top=head[1], start=head[2]))
        elif before and not found and _merged((*grid.borders, *before.borders)) == list(grid.borders):
            found.append(replace(grid, heads=before.heads, top=heights[0], start=heights[0]))
    return found


def _text(column: Sequence[Run], top: float, bottom: float, number: int) -> str:
    return " ".join(_cell([run for run in column if top < run.y <= bottom], number))


def _is_head(cells: Sequence[str]) -> bool:
    """Tell the names of columns from a form's fields, "Action number: 12", and from sentences."""
    names = list(filter(None, cells))
    plain = all(len(name) < LONGEST_HEADER and name[-1] not in ":;," for name in names)
    return len(names) > 1 and plain and asks_for(names) and any(map(is_wanted, names))


def _columns(page: Page, grid: Table) -> list[list[Run]]:
    """Put the words of a page into the columns of a table, by their middles."""
    middles = [(run, (run.x0 + run.x1) / 2) for run in page.words]
    return [[run for run, x in middles if left <= x < right] for left, right in pairwise(grid.borders)]


def _rows(page: Page, table: Table) -> Iterator[Line]:
    columns = _columns(page, table)
    yield from _beside(page, table, table.top, table.start)
    for top, bottom in table.rows:
        if _is_band(page, table, (top + bottom) / 2):
            yield from _between(page, top, bottom)
            continue
        words = [_words(*column, (top, bottom)) for column in zip(columns, table.cuts, strict=True)]
        cells = tuple(_cell(inside, page.number) for inside in words)
        if any(words) and tuple(map(" ".join, cells)) != table.heads:
            first = min((run for inside in words for run in inside), key=lambda run: (run.y, run.x0))
            line = line_of([first], page.number)
            yield line._replace(text="", cells=tuple(zip(table.heads, cells, strict=True)))
        yield from _beside(page, table, top, bottom)


def _beside(page: Page, table: Table, top: float, bottom: float) -> tuple[Line, ...]:
    """Give what stands beside a row, in no cell."""
    left, right = table.borders[0], table.borders[-1]
    beside = (run for run in page.words if not left <= (run.x0 + run.x1) / 2 < right)
    return read_order(page, (run for run in beside if top < run.y <= bottom))


def _is_band(page: Page, table: Table, y: float) -> bool:
    """Tell a row whose cells are joined: the name of an agency over the rows that concern it."""
    here = [x for x0, y0, x1, y1 in page.rules if y0 < y < y1 and y1 - y0 >= LEAST for x in (x0, x1)]
    inner = sum(any(abs(x - border) <= SAME_EDGE for x in here) for border in table.borders[1:-1])
    return inner < 1


def _words(column: Sequence[Run], cuts: Sequence[float], row: Span) -> list[Run]:
    """Give the words of a cell; one that stands beside several rows belongs to each of them.

    Only where it is one block: in some tables, rules part the rows of one column only.
    """
    top, bottom = row
    spans = [span for span in pairwise(cuts) if span[0] < bottom - 1 and span[1] > top + 1]
    whole = [run for run in column if spans and spans[0][0] < run.y <= spans[-1][1]]
    heights = sorted(run.y for run in whole)
    is_block = all(below - above < BLOCK_STEP * whole[0].size for above, below in pairwise(heights))
    return whole if is_block else [run for run in column if top < run.y <= bottom]


def _cell(words: Iterable[Run], number: int) -> tuple[str, ...]:
    """Give the lines of a cell."""
    return tuple(line_of(row, number).text for row in rows_of(words))


def _goes_on(last: Line, row: Line) -> bool:
    """Tell whether the first row of a page is the rest of the last row of the page before."""
    if [head for head, _ in last.cells] != [head for head, _ in row.cells]:
        return False
    filled = [lines for _, lines in row.cells if lines]
    return len(filled) == 1 < len(row.cells) or filled[0][0][:1].islower()
