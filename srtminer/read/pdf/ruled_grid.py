"""Where the columns and rows of a table run: from what is drawn, else from the free space between words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from srtminer.read.pdf.geometry import Rule, Run

SAME_EDGE = 3.0
"""Rules within this many points are one (double strokes, the edges of a thin box)."""
COVERS = 0.8
"""A level rule parts rows if it runs over this share of the column of recommendations.

Why: underlined words are drawn as level rules too.
"""
CELL_GAP = 0.7
"""Words of a head further apart than this many font sizes stand in different cells."""
ROW_STEP = 1.4
"""Without rules, a step of more than this many usual steps begins a row."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rules:
    """The level and the upright rules of a page."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]


def sort_rules(rules: Iterable[Rule]) -> Rules:
    """Part level from upright rules, each kind from top to bottom."""
    ordered = sorted(rules, key=lambda rule: (rule.y0, rule.x0, rule.y1, rule.x1))
    level = tuple(rule for rule in ordered if rule.x1 - rule.x0 > rule.y1 - rule.y0)
    upright = tuple(rule for rule in ordered if rule.x1 - rule.x0 <= rule.y1 - rule.y0)
    return Rules(level, upright)


def merged(values: Iterable[float]) -> list[float]:
    """Sort values and keep the first of those that are the same edge."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SAME_EDGE:
            kept.append(value)
    return kept


def borders_at(rules: Rules, y: float) -> list[float]:
    """Give the x of the upright rules that cross a height."""
    return merged(rule.x0 for rule in rules.upright if rule.y0 - SAME_EDGE <= y <= rule.y1 + SAME_EDGE)


def bottom_of(rules: Rules, borders: Sequence[float], top: float) -> float:
    """Follow the upright rules of a table down to where they end; joined cells interrupt some of them."""
    bottom = top
    for rule in rules.upright:
        if rule.y0 <= bottom + SAME_EDGE and any(abs(rule.x0 - x) <= SAME_EDGE for x in borders):
            bottom = max(bottom, rule.y1)
    return bottom


def cuts(rules: Rules, column: Span, top: float, bottom: float) -> list[float]:
    """Give the heights at which level rules cross a column, between `top` and `bottom`."""
    pieces: dict[float, float] = {}
    for rule in rules.level:
        if top - SAME_EDGE <= rule.y0 <= bottom + SAME_EDGE:
            key = next((y for y in pieces if abs(y - rule.y0) <= SAME_EDGE), rule.y0)
            covered = min(rule.x1, column[1]) - max(rule.x0, column[0])
            pieces[key] = pieces.get(key, 0.0) + max(0.0, covered)
    return sorted(y for y, covered in pieces.items() if covered >= COVERS * (column[1] - column[0]))


def clusters(words: Iterable[Run], gap: float) -> list[Span]:
    """Join the words of a head, whatever their line, to the spans of its cells."""
    spans: list[Span] = []
    for word in sorted(words, key=lambda word: word.x0):
        if spans and word.x0 - spans[-1][1] <= gap:
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.x1))
        else:
            spans.append((word.x0, word.x1))
    return spans


def free_borders(heads: Sequence[Span], words: Sequence[Run]) -> list[float]:
    """Find a border between each two cells of a head: the widest gap that no word below reaches into."""
    covered = clusters(words, 0.5)
    inner = [_widest_gap(left, right, covered) for left, right in pairwise(heads)]
    return [min(heads[0][0], *(span[0] for span in covered)) - 1, *inner, covered[-1][1] + 1]


def _widest_gap(left: Span, right: Span, covered: Sequence[Span]) -> float:
    low, high = sum(left) / 2, sum(right) / 2
    gaps = [
        (min(after[0], high) - max(before[1], low), after[0])
        for before, after in pairwise(covered)
        if before[1] < high and after[0] > low
    ]
    width, start = max(gaps, default=(0.0, right[0]))
    return (start if width > 1 else right[0]) - 1


def steps(heights: Sequence[float]) -> list[float]:
    """Without rules, rows begin where the step from the line above is wider than usual."""
    distances = [below - above for above, below in pairwise(heights)]
    usual = min((step for step in distances if step > 1), default=0.0)
    return [below for below, step in zip(heights[1:], distances, strict=True) if step > ROW_STEP * usual]
