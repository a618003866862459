"""The order in which a person reads a page: bands from top to bottom, columns in a band from the left.

A recursive XY-cut (Nagy and Seth 1984) of rows of runs: a gutter is an edge that no run crosses over a
stretch of rows, so that a line across the page ends a band of columns and none of it need be measured.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from srtminer.read.pdf.geometry import Line, Page, Run
from srtminer.read.text_cleaning import clean

Row = list[Run]
Columns = list[list[Row]]
"""A band: one column runs over its full width."""

COLUMN = 80.0
"""Points; columns of text are wider."""
NARROWEST = 0.16
"""A line of running text in a column is at least this share of the page's width; a margin number is not."""
FEWEST = 3
"""Fewer wide lines on a side are a heading with a label, or a signature beside a date."""
FILLED = 0.7
"""Share of its column that a line of running text fills, but for the last ones of paragraphs."""
MARK = 3.0
"""A run of fewer font sizes may be a printed mark before a text."""
TORN = 0.25
"""In a column of running text, at most this share of the lines falls apart into several runs."""
MIN_ROWS, ROW_SHARE, ROW_STEP = 3, 0.6, 1.3
"""Wide columns are a table if so many rows, and this share of all, begin on both sides at once."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive rows that nothing crosses at a gutter."""

    start: int
    end: int
    """Exclusive."""
    worth: int
    """Number of lines of the shorter side."""


def bands_of(rows: Sequence[Row], width: float) -> list[Columns]:
    """Cut the rows of a page, or of a column, of a page of this width."""
    gutter, stretches = _best_gutter(rows, NARROWEST * width)
    bands: list[Columns] = []
    place = 0
    for stretch in stretches:
        bands += bands_of(rows[place : stretch.start], width)
        for part in _parted(rows[stretch.start : stretch.end], gutter):
            sides = [_side(part, gutter, after) for after in (False, True)]
            bands.append([column for side in sides for band in bands_of(side, width) for column in band])
        place = stretch.end
    rest = list(rows[place:])
    if not stretches:
        return [[rest]] if rest else []
    return bands + bands_of(rest, width)


def column_edges(lines: Sequence[Sequence[Run]]) -> tuple[int, ...]:
    """Give the left edges at which several lines go on after a wide gap."""
    counts = Counter(round(run.x0) for line in lines for run in line[1:] if run.x0 - line[0].x0 > COLUMN)
    return tuple(edge for edge, count in sorted(counts.items()) if count > 1)


def _best_gutter(rows: Sequence[Row], least: float) -> tuple[float, list[_Stretch]]:
    """Find the edge that parts most lines into two columns, and the stretches that it parts."""
    found = ((edge, list(_stretches(rows, edge, least))) for edge in _edges(rows, least))
    return max(found, key=lambda cut: (sum(stretch.worth for stretch in cut[1]), -cut[0]), default=(0.0, []))


def _edges(rows: Sequence[Row], least: float) -> list[float]:
    """Give the left edges at which several wide lines begin, far enough from the left for a column."""
    wide = [run.x0 for row in rows for run in row if run.x1 - run.x0 >= least]
    left = min(wide, default=0.0)
    counts = Counter(round(x) for x in wide if x > left + least)
    return sorted(x - 2.0 for x in counts if sum(counts[near] for near in (x - 1, x, x + 1)) >= FEWEST)


def _stretches(rows: Sequence[Row], edge: float, least: float) -> Iterator[_Stretch]:
    start = 0
    for end in range(len(rows) + 1):
        if end < len(rows) and not any(run.x0 < edge < run.x1 for run in rows[end]):
            continue
        if end - start >= FEWEST and (stretch := _trimmed(rows, start, end, edge, least)):
            yield stretch
        start = end + 1


def _trimmed(rows: Sequence[Row], start: int, end: int, edge: float, least: float) -> _Stretch | None:
    """Keep the rows of a stretch that are columns: full-width lines may be short as well."""
    part = rows[start:end]
    left = [any(run.x0 < edge for run in row) for row in part]
    right = [any(run.x0 >= edge for run in row) for row in part]
    if not any(left) or not any(right):
        return None
    first = max(left.index(True), right.index(True))
    last = len(part) - max(left[::-1].index(True), right[::-1].index(True))
    whole = _extended(part, first, last, edge)
    for span in ((first, last), whole):
        sides = [_side(part[slice(*span)], edge, after) for after in (False, True)]
        if all(_is_text(side, least) for side in sides):
            return _Stretch(start + whole[0], start + whole[1], min(map(len, sides)))
    return None


def _extended(rows: Sequence[Row], first: int, last: int, edge: float) -> tuple[int, int]:
    """Take in the rows above and below that have one side only, as long as they look like the columns."""
    sides = (_side(rows[first:last], edge, after) for after in (False, True))
    looks = {_looks(row) for side in sides for row in side}
    while 0 < first < last and _looks(rows[first - 1]) in looks:
        first -= 1
    while first < last < len(rows) and _looks(rows[last]) in looks:
        last += 1
    return first, last


def _is_text(side: Sequence[Row], least: float) -> bool:
    """Tell running text, which fills its column or columns, from cells of a table."""
    widths = sorted(row[-1].x1 - row[0].x0 for row in side)
    full = sum(width >= max(least, FILLED * widths[-1]) for width in widths)
    torn = sum(sum(run.x1 - run.x0 > MARK * run.size for run in row) > 1 for row in side)
    is_torn = torn > TORN * len(side) and not _best_gutter(side, least)[1]
    return full >= FEWEST and 2 * full >= len(widths) and not is_torn


def _looks(row: Row) -> tuple[float, bool]:
    main = max(row, key=lambda run: run.x1 - run.x0)
    return round(main.size), main.bold


def _side(rows: Iterable[Row], edge: float, after: bool) -> list[Row]:
    sides = ([run for run in row if (run.x0 >= edge) == after] for row in rows)
    return [side for side in sides if side]


def _parted(rows: Sequence[Row], edge: float) -> Iterator[Sequence[Row]]:
    """Part a band where the page goes back to the left: at the rows of a table."""
    start = 0
    for place in sorted(_row_starts(rows, edge)):
        if place > start:
            yield rows[start:place]
            start = place
    yield rows[start:]


def _row_starts(rows: Sequence[Row], edge: float) -> frozenset[int]:
    """Find the rows of a table with two wide columns: both sides begin anew at the same heights."""
    sides = ([[run for run in row if (run.x0 >= edge) == after] for row in rows] for after in (False, True))
    left, right = map(_starts, sides)
    common = left & right
    is_table = len(common) >= MIN_ROWS and len(common) >= ROW_SHARE * max(len(left), len(right))
    return common if is_table else frozenset()


def _starts(side: Sequence[Row]) -> frozenset[int]:
    """Give the places of the rows that stand further below the one above than lines usually do."""
    lines = [(place, row[0].y) for place, row in enumerate(side) if row]
    steps = [below - above for (_, above), (_, below) in pairwise(lines)]
    usual = min(steps, default=0.0)
    wide = (place for (place, _), step in zip(lines[1:], steps, strict=True) if step > ROW_STEP * usual)
    return frozenset([*(place for place, _ in lines[:1]), *wide])


_left, _place = attrgetter("x0"), attrgetter("y", "x0")
SAME_LINE = 0.5
"""Runs whose baselines differ by less than this share of the larger font size stand on one line."""


def read_order(page: Page) -> tuple[Line, ...]:
    """Order a page: bands from top to bottom, the columns of a band from the left."""
    bands = bands_of(rows_of(page.runs), page.width)
    return tuple(
        line_of(row, page.number, column if len(band) > 1 else 0, number)
        for number, band in enumerate(bands)
        for column, rows in enumerate(band, start=1)
        for row in rows
    )


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Put runs of one baseline together, rows from top to bottom, runs from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=_place):
        if rows and run.y - rows[-1][0].y < SAME_LINE * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=_left) if len(row) > 1 else row for row in rows]


def line_of(row: Sequence[Run], number: int, column: int = 0, band: int = 0) -> Line:
    """Make a line of a row; it looks like its longest run."""
    main = first = row[0]
    text, right = first.text, first.x1
    if len(row) > 1:
        main = max(row, key=lambda run: len(run.text))
        text, right = _joined(row), max(run.x1 for run in row)
    _, _, _, y, size, bold, italic, color = main
    return Line(
        clean(text), first.x0, right, y, size, bold, italic, color, number, tuple(row), (), column, band
    )


def _joined(row: Sequence[Run]) -> str:
    """Join a row's runs; runs that touch belong to one word (a footnote mark stood between them)."""
    parts = [row[0].text]
    for before, after in pairwise(row):
        touching = after.x0 - before.x1 < 0.1 * after.size
        parts.append(after.text if touching else f" {after.text}")
    return "".join(parts)
