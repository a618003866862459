"""What the head of a table of recommendations says; both libraries ask it which pages to look at closely."""

import re
from collections.abc import Sequence

from srtminer.read.pdf.geometry import Page
from srtminer.read.table_grid import ASKING, NUMBER_HEADER

MAX_HEAD_WORDS = 9
"""A cell of a head is short; a longer one is text."""
HEAD_LINE = 80
"""Characters; a longer line is no head."""
MIN_HEIGHT = 8.0
"""Shorter upright rules, in points, are ends of thin boxes."""
MIN_UPRIGHT = 3
"""A ruled table has at least two columns."""
BESIDE = 0.25
"""In a table without rules, at least this share of the runs stands beside another."""

# Why: "Recommendation 3" is a heading.
_CAPITAL = re.compile(r"\b(?:R(?:ecommend|ECOMMEND)|A(?:ction|CTION))[A-Za-z]*(?! ?\d)\b")
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
    return any(
        len(line) <= HEAD_LINE
        and _CAPITAL.search(line)
        and _other_column(" ".join(lines[max(0, i - 3) : i + 7]))
        for i, line in enumerate(lines)
    )


def may_go_on(page: Page | None) -> bool:
    """Tell whether a table of a page may go on on the next; only of pages that were read closely."""
    return (
        page is not None and bool(page.words) and (len(_borders(page)) >= MIN_UPRIGHT or _is_columned(page))
    )


def goes_on(page: Page, before: Page | None) -> bool:
    """Tell whether a page without a head of its own goes on with a table: the same borders, or columns."""
    if before is None:
        return False
    shared = _borders(page) & _borders(before)
    return len(shared) >= MIN_UPRIGHT or (not _borders(page) and _is_columned(page))


def _is_columned(page: Page) -> bool:
    return len(page.runs) - len({run.y for run in page.runs}) > BESIDE * len(page.runs)


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
