"""What is usual in a document: font size, line pitch, margins. Everything else is judged against it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from srtminer.read.pdf.geometry import Line

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
    left: float
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
            looks[line.look] += line.length
    body = body_size(pages)
    lines = [line for page in pages for line in page if abs(line.size - body) < SIZE_STEP]
    return Metrics(
        body_size=body,
        pitches=_pitches(pages),
        left=_left(lines),
        right=_quantile([line.x1 for line in lines], 0.97),
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


def bucket(x: float) -> int:
    """Number of the bucket that a left edge falls in."""
    return round(x / BUCKET)


def same_size(a: float, b: float) -> bool:
    """Tell whether two font sizes are the same to the eye."""
    return abs(a - b) < SIZE_STEP


def _round(size: float) -> float:
    return round(size * 2) / 2


def _pitches(pages: Iterable[Sequence[Line]]) -> dict[float, float]:
    counts: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for page in pages:
        for above, below in pairwise(page):
            step = below.y - above.y
            if same_size(above.size, below.size) and 0.9 * below.size < step < 2.2 * below.size:
                counts[_round(below.size)][round(step * 2) / 2] += 1
    return {size: _typical(steps, size) for size, steps in counts.items() if sum(steps.values()) >= MIN_GROUP}


def _typical(steps: Counter[float], size: float) -> float:
    """Give the smallest step that is common: larger ones are gaps between paragraphs."""
    common = max(steps.values())
    return min(step for step, count in steps.items() if count >= COMMON * common) or DEFAULT_PITCH * size


def _left(lines: Sequence[Line]) -> float:
    """Give the leftmost edge at which at least a twentieth of the lines begin."""
    edges = Counter(bucket(line.x0) for line in lines)
    common = [edge for edge, count in edges.items() if count >= 0.05 * len(lines)]
    return min(common, default=0) * BUCKET


def _block_key(line: Line) -> BlockKey:
    return (line.page, line.band, line.column, bucket(line.x0), _round(line.size))


def _rights(lines: Iterable[Line]) -> dict[BlockKey, float]:
    groups: defaultdict[BlockKey, list[float]] = defaultdict(list)
    for line in lines:
        groups[_block_key(line)].append(line.x1)
    return {key: max(edges) for key, edges in groups.items() if len(edges) >= MIN_GROUP}


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0
