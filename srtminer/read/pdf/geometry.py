"""Positioned text on a page, the same whichever library read it.

Lengths are PDF points; x grows to the right, y grows downwards from the page's top edge.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from srtminer.model import Omission

WIDE_GAP = 1.4
"""A gap of more than this many font sizes divides runs (a cell, a column, a margin number)."""

TILT = 0.2
"""Across by along of a baseline; beyond it is a watermark or a side note."""

GARBLED = 0.05
"""A page with a larger share of characters that cannot be decoded is no text; a few are bullets."""

PROTECTED = "it is protected by a password; save a copy without one"
UNDECODABLE = "its fonts do not say which characters they show; run text recognition (OCR) on it first"
DAMAGED = "it is damaged or not a PDF"

_UNDECODED = re.compile(r"\(cid:\d{1,5}\)|[\x00-\x08\x0e-\x1f\x7f\ufffd\ue000-\uefff]")
BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
DINGBATS = re.compile(r"dingbat|wingding|webding", re.IGNORECASE)
ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)


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
    bad = len(_UNDECODED.findall(text))
    return bad > GARBLED * len(_UNDECODED.sub(" ", text)) if bad else False


def is_upright(along: float, across: float) -> bool:
    """Tell from the direction of its baseline whether text stands upright, give or take eleven degrees."""
    return abs(across) < TILT * abs(along)


def is_note_mark(size: float, y: float, line_size: float, line_y: float) -> bool:
    """Tell digits that are raised, or small and not lowered, from digits of the line and of "CO₂"."""
    raised = line_y - y
    return raised > 0.15 * line_size or (size < 0.85 * line_size and raised > -0.05 * line_size)


BUCKET = 4.0
"""Left edges within this many points are taken for the same."""
SIZE_STEP = 0.7
"""Font sizes that differ by less are taken for the same (rounding, scaled pages)."""
DEFAULT_PITCH = 1.2
"""Distance of baselines in font sizes where a document has too few lines to tell."""
COMMON = 0.25
"""A step is common if it occurs this often beside the most frequent one."""
MIN_GROUP = 3
"""With fewer lines at a left edge, the right edge is that of the page."""

BlockKey = tuple[int, int, int, int, float]
"""(page, band, column, bucket of x0, size)."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Usual measures of a document, in points."""

    body_size: float
    pitches: dict[float, float]
    right: float
    rights: dict[BlockKey, float]
    """Right edge of a page's lines of the same block, left edge and size."""
    body_look: tuple[bool, bool, int]
    """Bold, italic and colour of most of the text: they mark no heading."""

    def pitch(self, size: float) -> float:
        """Distance of baselines that is usual for a font size."""
        return self.pitches.get(_round(size), DEFAULT_PITCH * size)

    def right_of(self, line: Line) -> float:
        """Right edge of the column or block that a line stands in."""
        return self.rights.get(_block_key(line), self.right)


def measure(pages: Sequence[Sequence[Line]]) -> Metrics:
    """Measure the lines of a document."""
    looks: Counter[tuple[bool, bool, int]] = Counter()
    for page in pages:
        for line in page:
            looks[line.bold, line.italic, line.color] += line.length
    body = body_size(pages)
    lines = [line for page in pages for line in page if abs(line.size - body) < SIZE_STEP]
    return Metrics(
        body_size=body,
        pitches=_pitches(pages),
        right=sorted(line.x1 for line in lines)[int(0.97 * (len(lines) - 1))] if lines else 0.0,
        rights=_rights(line for page in pages for line in page),
        body_look=max(looks, key=lambda look: (looks[look], look), default=(False, False, 0)),
    )


def body_size(pages: Iterable[Sequence[Line]]) -> float:
    """Give the font size, in points, that most characters are set in; 0 without text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += line.length
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def same_size(a: float, b: float) -> bool:
    """Tell whether two font sizes are the same to the eye."""
    return abs(a - b) < SIZE_STEP


@lru_cache(maxsize=1024)
def _round(size: float) -> float:
    return round(size * 2) / 2


def _pitches(pages: Iterable[Sequence[Line]]) -> dict[float, float]:
    counts: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for page in pages:
        for above, below in pairwise(page):
            step, size = below.y - above.y, below.size
            if 0.9 * size < step < 2.2 * size and same_size(above.size, size):
                counts[_round(size)][round(step * 2) / 2] += 1
    known = {size: steps for size, steps in counts.items() if sum(steps.values()) >= MIN_GROUP}
    # the smallest step that is common: larger ones are gaps between paragraphs
    return {
        size: min(step for step, count in steps.items() if count >= COMMON * max(steps.values()))
        for size, steps in known.items()
    }


def _block_key(line: Line) -> BlockKey:
    return (line.page, line.band, line.column, round(line.x0 / BUCKET), _round(line.size))


def _rights(lines: Iterable[Line]) -> dict[BlockKey, float]:
    groups: defaultdict[BlockKey, list[float]] = defaultdict(list)
    for line in lines:
        groups[_block_key(line)].append(line.x1)
    return {key: max(edges) for key, edges in groups.items() if len(edges) >= MIN_GROUP}
