"""What a template prints with a recommendation: lead, agency and date, in a table's cells or below it."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from srtminer.model import Cell, Review
from srtminer.recommendations.candidates import Item, Series
from srtminer.structure import Node
from srtminer.structure.conventions import says

_EMPTY = {"", "-", "–", "n/a"}


def tabled(review: Review, nodes: Sequence[Node]) -> Iterator[Series]:
    """Propose the columns of each table that say that they hold recommendations, or else actions."""
    columns: dict[tuple[int, str], list[Item]] = defaultdict(list)
    names_them = False
    for node in nodes:
        cells = node.paragraph.cells
        names_them = bool(cells) and (names_them or _wanted(cells, "wanted") is not None)
        cell = _wanted(cells, "wanted" if names_them else "second")
        if cell is not None and review.text[cell.start : cell.end].strip().lower() not in _EMPTY:
            columns[node.section, cell.header].append(_item(review, node, cell))
    yield from (Series("table", tuple(items)) for items in columns.values())


def _wanted(cells: Sequence[Cell], what: str) -> Cell | None:
    """Give the longest cell whose column is called so.

    Why the longest: where one recommendation has three actions, the second and third row leave it empty.
    """
    fitting = [cell for cell in cells if says("column", what, cell.header.strip())]
    return max(fitting, key=lambda cell: (cell.end - cell.start, -cell.start), default=None)


def _item(review: Review, node: Node, cell: Cell) -> Item:
    place = replace(node.paragraph, start=cell.start, end=cell.end)
    inside = replace(node, paragraph=place, text=review.text[cell.start : cell.end])
    number, lead, date = (_beside(review, node, cell, what) for what in ("number", "lead", "date"))
    return Item((inside,), number or node.number, finish=len(inside.text), lead=lead, date=date)


def _beside(review: Review, node: Node, wanted: Cell, what: str) -> str:
    for cell in node.paragraph.cells:
        if cell is not wanted and says("column", what, cell.header.strip()):
            return review.text[cell.start : cell.end].strip()
    return ""


# Below a recommendation ----------------------------------------------------------------------------------

_KEYS = {
    "agency": re.compile(r"(?:lead |responsible )?(?:agency|agencies|organisations?)", re.IGNORECASE),
    "lead": re.compile(
        r"(?:lead(?: officer| person| professional)?|owner|by whom|who|responsib\w+(?: \w+)?)", re.IGNORECASE
    ),
    "date": re.compile(
        r"(?:by when|when|timescales?|time ?frame|target date|date|deadline|completion date)", re.IGNORECASE
    ),
    "": re.compile(
        r"(?:evidence|(?:intended |expected |anticipated )?outcomes?|status|progress|priority|scope|impact"
        r"|success (?:measures?|criteria)|monitoring|response)",
        re.IGNORECASE,
    ),
}
"""The last one: what else such a block has, and is not kept."""
_INLINE = re.compile(r"([\w ]{3,30}?)\s?[:–]\s?(\S.*)")
LONGEST = 160
"""Characters of a key with its value."""


class Details(NamedTuple):
    """Who is to act, who leads and by when, as printed; empty where nothing is printed."""

    agency: str = ""
    lead: str = ""
    date: str = ""


def details_after(review: Review, end: int) -> Details:
    """Read the keys and values that follow the place where a recommendation ends."""
    found: dict[str, str] = {}
    for field, value in _pairs(review, end):
        found.setdefault(field, value)
    return Details(found.get("agency", ""), found.get("lead", ""), found.get("date", ""))


def _pairs(review: Review, end: int) -> Iterator[tuple[str, str]]:
    """Yield (field, value) until a paragraph is neither a key nor the value of the key above it."""
    first = bisect_left(review.paragraphs, end, key=lambda paragraph: paragraph.start)
    waiting: str | None = None
    for paragraph in review.paragraphs[first:]:
        text = review.text[paragraph.start : min(paragraph.end, paragraph.start + LONGEST + 1)].strip()
        inline = _INLINE.fullmatch(text)
        field = _field(inline[1] if inline else text.rstrip(":"))
        if len(text) > LONGEST or (field is None and waiting is None):
            return
        if field is None:
            yield waiting or "", text
        elif inline:
            yield field, inline[2]
        waiting = field if not inline else None


def _field(key: str) -> str | None:
    return next((field for field, pattern in _KEYS.items() if pattern.fullmatch(key.strip())), None)
