"""Rows of action plans: the cell below "Recommendation", with lead, date and number beside it."""

import re
from dataclasses import dataclass

from srtminer.model import Cell, Paragraph, Review

_WANTED = re.compile(r"\brecommendations?\b", re.IGNORECASE)
_SECOND_CHOICE = re.compile(r"\bactions?\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:no\.?|nos\.?|ref\.?|reference|number|#|item|rec\.? ?(?:no\.?)?|recommendation (?:no\.?|number))$",
    re.I,
)
_LEAD = re.compile(
    r"\b(?:lead|owner|responsib\w*|by whom|who|agency|organisation|addressee|addressed to|to whom|for whom)\b"
    r"|^(?:for|to|for action by|action by)$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:timescales?|time ?frame|by when|when|target|date|deadline|completion)\b", re.IGNORECASE
)
_EMPTY = {"", "-", "–", "n/a"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an action plan that holds a recommendation."""

    cell: Cell
    page: int
    path: tuple[str, ...]
    number: str
    lead: str
    date: str


def rows_of(review: Review, path_at: dict[int, tuple[str, ...]]) -> list[Row]:
    """Find the recommendations in the tables of a review; `path_at` gives the headings above an offset."""
    found = []
    names_them = False
    for paragraph in review.paragraphs:
        names_them = bool(paragraph.cells) and (names_them or _names_them(paragraph))
        wanted = _wanted(paragraph.cells, names_them) if paragraph.start in path_at else None
        if wanted is None or review.text[wanted.start : wanted.end].strip().lower() in _EMPTY:
            continue
        value = {name: _value(review, paragraph.cells, pattern, wanted) for name, pattern in _FIELDS.items()}
        number = value["number"] or paragraph.number
        found.append(
            Row(wanted, paragraph.page, path_at[paragraph.start], number, value["lead"], value["date"])
        )
    return found


_FIELDS = {"number": _NUMBER, "lead": _LEAD, "date": _DATE}


def _names_them(row: Paragraph) -> bool:
    return any(_is_of(_WANTED, cell) for cell in row.cells)


def _is_of(pattern: re.Pattern[str], cell: Cell) -> bool:
    return bool(pattern.search(cell.header)) and not _NUMBER.match(cell.header)


def _wanted(cells: tuple[Cell, ...], names_them: bool) -> Cell | None:
    """Give the cell below "Recommendation", or below "Action" in a table that has no such column.

    Why: where a recommendation has three actions, the rows of the second and third leave its cell empty.
    """
    for pattern in (_WANTED,) if names_them else (_SECOND_CHOICE,):
        matching = [cell for cell in cells if _is_of(pattern, cell)]
        if matching:
            return max(matching, key=lambda cell: (cell.end - cell.start, -cell.start))
    return None


def _value(review: Review, cells: tuple[Cell, ...], pattern: re.Pattern[str], wanted: Cell) -> str:
    for cell in cells:
        if cell is not wanted and pattern.search(cell.header.strip()):
            return review.text[cell.start : cell.end].strip()
    return ""
