"""Tables of recommendations: what their heads say, and where their columns and rows run."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from srtminer.read.pdf.geometry import Page, Rule, Run
from srtminer.read.table_grid import ASKING, NUMBER_HEADER

MAX_HEAD_WORDS = 9
"""A cell of a head is short; a longer one is text."""
HEAD_LINE = 80
"""Characters; a longer line is no head."""
MIN_HEIGHT = 8.0
"""Shorter upright rules, in points, are ends of thin boxes."""
MIN_UPRIGHT = 3
"""A ruled table has at least two columns."""

# Why: "Recommendation 3" is a heading.
_CAPITAL = re.compile(r"[RA](?<!\w.)(?:ecommend|ECOMMEND|ction|CTION)[A-Za-z]*(?! ?\d)\b")
_OTHER = re.compile(
    r"\b(?i:lead|owner|responsib\w+|(?:by )?whom?|(?:by )?when|time\s?scales?"
    r"|time\s?frames?|target|deadline|dates?|outcomes?|complet\w+|progress|status|rag|evidence|milestones?|monitor\w*|success|measures?|impact|update"
    r"|responses?|agency|agencies|organisations?|comments?|scope|how|priority|accept\w*|no\.|ref\.?|number)(?!\w)"
)


def may_hold_table(text: str) -> bool:
    """Tell from a page's text whether looking for the head of a table is worth it.

    That is where a short line names recommendations, and a line near it another column.
    """
    if not _CAPITAL.search(text):
        return False
    lines = [line if len(line) <= HEAD_LINE else "" for line in text.splitlines()]
    named = (place for place, line in enumerate(lines) if _CAPITAL.search(line))
    return any(_other_column(" ".join(lines[max(0, place - 3) : place + 7])) for place in named)


def read_closely(
    page: Page,
    text: str,
    before: Page | None,
    rules: Callable[[], Iterable[Rule]],
    words: Callable[[], Iterable[Run]],
) -> Page:
    """Add rules and words to a page that may hold a table, or go on with one of the page before."""
    has_head = may_hold_table(text)
    if not has_head and not may_go_on(before):
        return page
    page = replace(page, rules=tuple(rules()))
    return replace(page, words=tuple(words())) if has_head or goes_on(page, before) else page


def may_go_on(page: Page | None) -> bool:
    """Tell whether a ruled table of a page may go on on the next; only of pages that were read closely."""
    return page is not None and bool(page.words) and len(_borders(page)) >= MIN_UPRIGHT


def goes_on(page: Page, before: Page | None) -> bool:
    """Tell whether a page without a head of its own goes on with a table: the same borders."""
    return before is not None and len(_borders(page) & _borders(before)) >= MIN_UPRIGHT


def _borders(page: Page) -> set[int]:
    return {round(rule.x0) for rule in page.rules if rule.y1 - rule.y0 > max(rule.x1 - rule.x0, MIN_HEIGHT)}


def _other_column(text: str) -> bool:
    return any(match.group()[:1].isupper() for match in _OTHER.finditer(text))


def starts_head(word: str) -> bool:
    """Tell whether a word may be the name of the column of recommendations."""
    return bool(_CAPITAL.match(word))


def wanted_column(cells: Sequence[str]) -> int | None:
    """Give the column of the recommendations, or None if these cells are no head of such a table."""
    if len([cell for cell in cells if cell]) < 2 or any(len(cell.split()) > MAX_HEAD_WORDS for cell in cells):
        return None
    named = [place for place, cell in enumerate(cells) if is_wanted(cell)]
    first = [place for place in named if "recommend" in cells[place].lower()] or named
    others = [cell for place, cell in enumerate(cells) if place not in first[:1] and _OTHER.search(cell)]
    return first[0] if first and others and all(map(_is_head_cell, cells)) else None


def _is_head_cell(cell: str) -> bool:
    """Names of columns begin with a capital and end without a stop."""
    return not cell or (not cell[:1].islower() and (is_number(cell) or not cell.endswith((".", ";", ","))))


def is_wanted(head: str) -> bool:
    """Tell the head of a column of recommendations or actions."""
    return bool(ASKING.search(head)) and not is_number(head)


def is_number(head: str) -> bool:
    """Tell the head of a column of printed numbers; such a column often has none."""
    return bool(NUMBER_HEADER.fullmatch(head))


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
