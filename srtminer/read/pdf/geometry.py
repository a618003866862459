"""Positioned text on a page, the same whichever library read it, and the order in which a person reads it.

Lengths are PDF points; x grows to the right, y grows downwards from the page's top edge. Bands are read from
top to bottom, columns in a band from the left: a recursive XY-cut (Nagy and Seth 1984) of rows of runs, whose
gutter is an edge that no run crosses over a stretch of rows, so that a line across the page ends a band of
columns and none of it need be measured.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from srtminer.model import Omission
from srtminer.read.text_cleaning import clean

WIDE_GAP = 1.4
"""A gap of more than this many font sizes divides runs (a cell, a column, a margin number)."""

TILT = 0.2
"""Across by along of a baseline; beyond it is a watermark or a side note."""

GARBLED = 0.05
"""A page with a larger share of characters that cannot be decoded is no text; a few are bullets."""

PROTECTED = "it is protected by a password; save a copy without one"
UNDECODABLE = "its fonts do not say which characters they show; run text recognition (OCR) on it first"
DAMAGED = "it is damaged or not a PDF"

_UNDECODED = frozenset(map(chr, (*range(9), *range(14, 32), 127, 0xFFFD, *range(0xE000, 0xF000))))
BOLD = ("bold", "black", "heavy", "demi")
DINGBATS = ("dingbat", "wingding", "webding")
ITALIC = ("italic", "oblique")
"""Names of fonts say so."""


class Unreadable(Exception):
    """A library cannot open the file; the message is for the user."""


class Run(NamedTuple):  # of thousands; a frozen dataclass is made four times as slowly
    """Consecutive characters on one baseline, without a wide gap inside."""

    text: str
    x0: float
    x1: float
    y: float
    """The baseline."""
    size: float
    bold: bool = False
    italic: bool = False
    color: int = 0
    """Fill colour as 0xRRGGBB."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page's upright runs, in the order of the file."""

    number: int
    """1-based."""
    label: str
    """The printed page label, or empty where the file has none."""
    width: float
    height: float
    runs: tuple[Run, ...]
    turned: int = 0
    """Number of runs that do not stand upright (watermarks, side notes); `runs` is without them."""
    words: tuple[Run, ...] = ()
    """The runs cut at every space; only on pages that may hold a table of recommendations."""
    rules: tuple[tuple[float, float, float, float], ...] = ()
    """Boxes (left, top, right, bottom) around what is drawn; only on the same pages."""
    hidden: tuple[Omission, ...] = ()
    """What the page has as text and does not show, or shows struck out; it is in no run."""
    draws: bool = True
    """Whether it draws text, readable or not, or could not be opened."""


class Line(NamedTuple):
    """Runs that a person reads as one line; a table's row counts as one."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    color: int
    page: int
    runs: tuple[Run, ...] = ()
    cells: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Of a table's row: (header, lines) of each cell."""
    column: int = 0
    """0 runs over the full width of the page; columns count from 1 on the left."""
    band: int = 0
    """Number of its band of columns on the page, from the top."""

    @property
    def look(self) -> tuple[bool, bool, int]:
        """Bold, italic, colour; lines that differ in it are no one paragraph."""
        return self.bold, self.italic, self.color

    @property
    def length(self) -> int:
        """Number of characters."""
        if not self.cells:
            return len(self.text)
        return sum(len(text) for _, texts in self.cells for text in texts)


def is_garbled(page: Page) -> bool:
    """Tell text that is codes of glyphs, because the font does not say which characters they are."""
    text = "".join([run.text for run in page.runs])
    if text.isprintable() and "(cid:" not in text and "\ufffd" not in text:  # most pages, and quickly told
        return False
    codes = text.count("(cid:")
    bad = codes + sum(map(_UNDECODED.__contains__, text))
    return bad > GARBLED * (len(text) - len("cid:12)") * codes)


def is_named(font: str, names: Iterable[str]) -> bool:
    """Tell whether the name of a font holds one of some names."""
    font = font.lower()
    return any(name in font for name in names)


def is_upright(along: float, across: float) -> bool:
    """Tell from the direction of its baseline whether text stands upright, give or take eleven degrees."""
    return abs(across) < TILT * abs(along)


def is_note_mark(size: float, y: float, line_size: float, line_y: float) -> bool:
    """Tell digits that are raised, or small and not lowered, from digits of the line and of "CO₂"."""
    raised = line_y - y
    return raised > 0.15 * line_size or (size < 0.85 * line_size and raised > -0.05 * line_size)


Row = list[Run]
Columns = list[list[Row]]
"""A band: one column runs over its full width."""

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


class _Stretch(NamedTuple):
    """Consecutive rows that nothing crosses at a gutter; worth as much as its shorter side has lines."""

    start: int
    end: int
    worth: int


def bands_of(rows: Sequence[Row], width: float) -> list[Columns]:
    """Cut the rows of a page, or of a column, of a page of this width."""
    gutter, stretches = _best_gutter(rows, NARROWEST * width)
    bands: list[Columns] = []
    place = 0
    for stretch in stretches:
        bands += bands_of(rows[place : stretch.start], width)
        for part in _parted(rows[stretch.start : stretch.end], gutter):
            columns = (bands_of(side, width) for side in _sides(part, gutter))
            bands.append([column for bands_of_side in columns for band in bands_of_side for column in band])
        place = stretch.end
    rest = list(rows[place:])
    if not stretches:
        return [[rest]] if rest else []
    return bands + bands_of(rest, width)


def _best_gutter(rows: Sequence[Row], least: float) -> tuple[float, list[_Stretch]]:
    """Find the edge that parts most lines into two columns, and the stretches that it parts."""
    found = ((edge, list(_stretches(rows, edge, least))) for edge in _edges(rows, least))
    return max(found, key=lambda cut: (sum(stretch.worth for stretch in cut[1]), -cut[0]), default=(0.0, []))


def _edges(rows: Sequence[Row], least: float) -> list[float]:
    """Give the left edges at which several wide lines begin, far enough from the left for a column."""
    wide = [run.x0 for row in rows for run in row if run.x1 - run.x0 >= least]
    left = min(wide, default=0.0)
    counts = Counter(round(x) for x in wide if x > left + least)
    return sorted(x - 2.0 for x, count in counts.items() if count >= FEWEST)


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
    halves = _halves(part, edge)
    filled = [[place for place, row in enumerate(half) if row] for half in halves]
    if not all(filled):
        return None
    first, last = max(places[0] for places in filled), min(places[-1] for places in filled) + 1
    # rows above and below that have one side only belong to it as long as they look like the columns
    looks = {_look(row) for half in halves for row in half[first:last] if row}
    above, below = first, last
    while 0 < above < last and _look(part[above - 1]) in looks:
        above -= 1
    while first < below < len(part) and _look(part[below]) in looks:
        below += 1
    sides = _sides(part[above:below], edge)
    if all(_is_text(side, least) for side in sides):
        return _Stretch(start + above, start + below, min(map(len, sides)))
    return None


def _is_text(side: Sequence[Row], least: float) -> bool:
    """Tell running text, which fills its column or columns, from cells of a table."""
    widths = sorted(row[-1].x1 - row[0].x0 for row in side)
    full = sum(width >= max(least, FILLED * widths[-1]) for width in widths)
    torn = sum(sum(run.x1 - run.x0 > MARK * run.size for run in row) > 1 for row in side)
    is_torn = torn > TORN * len(side) and not _best_gutter(side, least)[1]
    return full >= FEWEST and 2 * full >= len(widths) and not is_torn


def _look(row: Row) -> tuple[float, bool]:
    main = max(row, key=lambda run: run.x1 - run.x0)
    return round(main.size), main.bold


def _halves(rows: Iterable[Row], edge: float) -> list[list[Row]]:
    """Give what stands before an edge and behind it, of each row."""
    return [[[run for run in row if (run.x0 >= edge) == after] for row in rows] for after in (False, True)]


def _sides(rows: Iterable[Row], edge: float) -> list[list[Row]]:
    return [list(filter(None, half)) for half in _halves(rows, edge)]


def _parted(rows: Sequence[Row], edge: float) -> Iterator[Sequence[Row]]:
    """Part a band where the page goes back to the left: at the rows of a table.

    Both sides of a table with two wide columns begin anew at the same heights.
    """
    left, right = map(_starts, _halves(rows, edge))
    common = left & right
    if len(common) < MIN_ROWS or len(common) < ROW_SHARE * max(len(left), len(right)):
        common = set()
    yield from (rows[start:end] for start, end in pairwise(sorted({0, *common, len(rows)})))


def _starts(side: Sequence[Row]) -> set[int]:
    """Give the places of the rows that stand further below the one above than lines usually do."""
    lines = [(place, row[0].y) for place, row in enumerate(side) if row]
    steps = [below - above for (_, above), (_, below) in pairwise(lines)]
    usual = min(steps, default=0.0)
    wide = (place for (place, _), step in zip(lines[1:], steps, strict=True) if step > ROW_STEP * usual)
    return {*(place for place, _ in lines[:1]), *wide}


_left, _place = attrgetter("x0"), attrgetter("y", "x0")
SAME_LINE = 0.5
"""Runs whose baselines differ by less than this share of the larger font size stand on one line."""


def read_order(page: Page, runs: Iterable[Run]) -> tuple[Line, ...]:
    """Order runs of a page: bands from top to bottom, the columns of a band from the left."""
    bands = bands_of(rows_of(runs), page.width)
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
