"""A page's runs, put into lines in the order in which a person reads them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from srtminer.read.characters import clean
from srtminer.read.pdf.geometry import Line, Page, Run, is_note_mark

SAME_LINE = 0.5
"""Runs whose baselines differ by less than this share of the larger font size stand on one line."""

MIN_COLUMN_LINES = 6
"""Fewer lines beside each other are a heading with a label, not two columns."""
MIN_COLUMN_WIDTH = 0.25
"""A column of text is at least this share of the page's width; a margin number is not."""
MIN_ROWS, ROW_SHARE, ROW_STEP = 3, 0.6, 1.3
"""Two wide columns are a table if so many rows, and this share of all, begin on both sides at once."""
MIN_BOX_WIDTH, MIN_BOX_LINES = 0.18, 4
"""A text box beside the text may be narrower and shorter."""


def read_order(page: Page) -> tuple[Line, ...]:
    """Order a page: full-width lines from top to bottom, columns between them left before right."""
    rows = rows_of(page.runs)
    gutter = _gutter(rows, page.width)
    if gutter is None:
        return tuple(line_of(row, page.number) for row in rows)
    ordered: list[Line] = []
    left: list[list[Run]] = []
    right: list[list[Run]] = []
    starts = _row_starts(rows, gutter)
    for place, row in enumerate(rows):
        if place in starts:
            ordered += _columns(left, right, page.number)
            left, right = [], []
        if any(run.x0 < gutter < run.x1 for run in row):
            ordered += [*_columns(left, right, page.number), line_of(row, page.number)]
            left, right = [], []
            continue
        left.append([run for run in row if run.x1 <= gutter])
        right.append([run for run in row if run.x0 >= gutter])
    return (*ordered, *_columns(left, right, page.number))


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Put runs of one baseline together, rows from top to bottom, runs from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x0)):
        if rows and run.y - rows[-1][0].y < SAME_LINE * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_without_note_marks(sorted(row, key=lambda run: run.x0)) for row in rows]


def _without_note_marks(row: list[Run]) -> list[Run]:
    """Take out raised numbers that the library gave as runs of their own."""
    main = max(row, key=lambda run: len(run.text))
    return [
        run
        for run, before in zip(row, [None, *row], strict=False)
        if before is None
        or not run.text.strip(" ,").isdigit()
        or run.x0 - before.x1 > 0.5 * main.size
        or not is_note_mark(run.size, run.y, main.size, main.y)
    ]


def _gutter(rows: Sequence[Sequence[Run]], width: float) -> float | None:
    """Find the x that parts two columns of running text, if there is one."""
    wide = [run for row in rows for run in row if run.x1 - run.x0 >= MIN_BOX_WIDTH * width]
    starts = sorted({round(run.x0) for run in wide if run.x0 > 0.4 * width})
    for start in starts:
        edge = start - 2.0
        beside = [run for run in wide if run.x1 <= edge]
        after = [run for run in wide if run.x0 >= edge]
        is_box = _flow_apart(beside, after)
        least, count = (MIN_BOX_WIDTH, MIN_BOX_LINES) if is_box else (MIN_COLUMN_WIDTH, MIN_COLUMN_LINES)
        fewest = min(sum(run.x1 - run.x0 >= least * width for run in side) for side in (beside, after))
        across = sum(any(run.x0 < edge < run.x1 for run in row) for row in rows)
        if fewest >= count and across < 0.5 * fewest:
            return edge
    return None


def _row_starts(rows: Sequence[Sequence[Run]], gutter: float) -> frozenset[int]:
    """Find the rows of a table with two wide columns: both sides begin anew at the same heights.

    A table is read row by row, columns of text one after the other.
    """
    left = _starts([run for run in row if run.x1 <= gutter] for row in rows)
    right = _starts([run for run in row if run.x0 >= gutter] for row in rows)
    common = left & right
    is_table = len(common) >= MIN_ROWS and len(common) >= ROW_SHARE * max(len(left), len(right))
    return common if is_table else frozenset()


def _starts(sides: Iterable[Sequence[Run]]) -> frozenset[int]:
    """Give the places of the rows that stand further below the one above than lines usually do."""
    lines = [(place, side[0].y) for place, side in enumerate(sides) if side]
    steps = [below - above for (_, above), (_, below) in pairwise(lines)]
    usual = min(steps, default=0.0)
    wide = (place for (place, _), step in zip(lines[1:], steps, strict=True) if step > ROW_STEP * usual)
    return frozenset([*(place for place, _ in lines[:1]), *wide])


def _flow_apart(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Tell a text box from cells of a table: its lines keep to heights of their own."""
    heights = {run.y for run in left}
    return sum(run.y in heights for run in right) < 0.3 * len(right)


def _columns(left: Iterable[Sequence[Run]], right: Iterable[Sequence[Run]], number: int) -> list[Line]:
    return [line_of(row, number, place) for place, rows in ((1, left), (2, right)) for row in rows if row]


def line_of(row: Sequence[Run], number: int, column: int = 0) -> Line:
    """Make a line of a row; it looks like its longest run."""
    main = max(row, key=lambda run: len(run.text))
    return Line(
        text=_text(row),
        x0=row[0].x0,
        x1=max(run.x1 for run in row),
        y=main.y,
        size=main.size,
        bold=main.bold,
        italic=main.italic,
        color=main.color,
        page=number,
        runs=tuple(row),
        column=column,
    )


def _text(row: Sequence[Run]) -> str:
    """Join a row's runs; runs that touch belong to one word (a footnote mark stood between them)."""
    parts = [row[0].text]
    for before, after in pairwise(row):
        touching = after.x0 - before.x1 < 0.1 * after.size
        parts.append(after.text if touching else f" {after.text}")
    return clean("".join(parts))
