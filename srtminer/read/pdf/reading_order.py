"""A page's runs, put into lines in the order in which a person reads them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from srtminer.read.pdf.bands import bands_of
from srtminer.read.pdf.geometry import Line, Page, Run, is_note_mark
from srtminer.read.text_cleaning import clean

DROP = 1.8
"""A drop capital is larger than the lines beside it by this."""
SAME_LINE = 0.5
"""Runs whose baselines differ by less than this share of the larger font size stand on one line."""


def read_order(page: Page) -> tuple[Line, ...]:
    """Order a page: bands from top to bottom, the columns of a band from the left."""
    bands = bands_of(rows_of(_with_drop_capitals(page.runs)), page.width)
    lines = tuple(
        line_of(row, page.number, column if len(band) > 1 else 0, number)
        for number, band in enumerate(bands)
        for column, rows in enumerate(band, start=1)
        for row in rows
    )
    if not page.panels:
        return lines
    return tuple(line._replace(boxed=True) if _is_boxed(line, page) else line for line in lines)


def _is_boxed(line: Line, page: Page) -> bool:
    """Tell a line inside a drawn box or filled panel, give or take the width of a stroke."""
    middle = line.y - 0.3 * line.size
    return any(
        left - 2 <= line.x0 and line.x1 <= right + 2 and top < middle < bottom
        for left, top, right, bottom in page.panels
    )


def _with_drop_capitals(runs: Sequence[Run]) -> Sequence[Run]:
    """Put a large first letter back before its word; the lines beside it begin where it does."""
    for cap in [run for run in runs if len(run.text) == 1 and run.text.isupper()]:
        beside = [run for run in runs if _stands_beside(run, cap)]
        if len(beside) > 1:
            first = min(beside, key=lambda run: run.y)
            gap = " " if cap.text in "AI" and first.x0 - cap.x1 > 0.25 * first.size else ""
            moved = {id(run): run._replace(x0=cap.x0) for run in beside}
            moved[id(first)] = first._replace(x0=cap.x0, text=f"{cap.text}{gap}{first.text}")
            runs = [moved.get(id(run), run) for run in runs if run is not cap]
    return runs


def _stands_beside(run: Run, cap: Run) -> bool:
    """Tell the lines beside a drop capital, which is at least two of them high."""
    is_beside = 0 <= run.x0 - cap.x1 < run.size and cap.y - cap.size < run.y <= cap.y + 0.2 * run.size
    return is_beside and cap.size > DROP * run.size


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
    if len(row) == 1:
        return row
    main = max(row, key=lambda run: len(run.text))
    return [
        run
        for run, before in zip(row, [None, *row], strict=False)
        if before is None
        or not run.text.strip(" ,").isdigit()
        or run.x0 - before.x1 > 0.5 * main.size
        or not is_note_mark(run.size, run.y, main.size, main.y)
    ]


def line_of(row: Sequence[Run], number: int, column: int = 0, band: int = 0) -> Line:
    """Make a line of a row; it looks like its longest run."""
    main = row[0] if len(row) == 1 else max(row, key=lambda run: len(run.text))
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
        band=band,
    )


def _text(row: Sequence[Run]) -> str:
    """Join a row's runs; runs that touch belong to one word (a footnote mark stood between them)."""
    parts = [row[0].text]
    for before, after in pairwise(row):
        touching = after.x0 - before.x1 < 0.1 * after.size
        parts.append(after.text if touching else f" {after.text}")
    return clean("".join(parts))
