"""Rows of action plans: the cell below "Recommendation", with lead, date and number beside it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
