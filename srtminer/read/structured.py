"""Elements of documents that name their headings and lists (Markdown, HTML, DOCX) become blocks.

Printed numbers that stand in the text itself are recognised as in plain text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from srtminer.model import Omission, Role
from srtminer.read.characters import clean
from srtminer.read.compose import Block
from srtminer.read.headings import is_known, is_title, level_of
from srtminer.read.marks import Mark, is_date, split_mark
from srtminer.read.pieces import follows

_ASKING = re.compile(r"\b(?:recommendation|action)s?\b", re.IGNORECASE)
_NUMBER_HEADER = re.compile(
    r"(?:(?:rec\w*|action|item)\.? )?(?:no\.?|nr\.?|number|ref\w*\.?|#|id)|", re.IGNORECASE
)
LONGEST_HEADER = 60
"""Characters of the name of a column; more is a sentence."""
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Element:
    """A paragraph, heading or list item as its file describes it."""

    text: str
    role: Role = "text"
    level: int = 0
    """Of a heading: 1 is the highest. Of an item: its depth, from 0."""
    number: str = ""
    """What the file itself counts ("3" of an ordered list), without closing mark."""
    page: int = 1
    bold: bool = False
    """Whether all of it is bold."""
    cells: tuple[tuple[str, str], ...] = ()


def to_blocks(elements: Iterable[Element]) -> tuple[Block, ...]:
    """Give the blocks of a document, printed numbers split off and joined to the text they belong to."""
    return tuple(_Builder(elements).blocks())


class _Builder:
    def __init__(self, elements: Iterable[Element]) -> None:
        self.elements = [element for element in elements if element.text or element.cells]
        self.waiting: Element | None = None
        self.last_count = ""
        self.opened_by_number = False
        """Whether the last paragraph has a number and ends in ":"."""
        self.out: list[Block] = []

    def blocks(self) -> list[Block]:
        for element in self.elements:
            if element.role == "row":
                self._give_up()
                self._emit(element, "row", element.number, element.text)
            elif element.role == "heading" or _is_bold_heading(element):
                self._heading(element)
            elif element.role == "item":
                self._item(element)
            else:
                self._text(element)
        self._give_up()
        return self.out

    def _emit(self, element: Element, role: Role, number: str, text: str, level: int | None = None) -> None:
        level = element.level if level is None else level
        block = Block(text, element.page, role, number, level, bold=element.bold, cells=element.cells)
        self.out.append(block)

    def _give_up(self) -> None:
        """A number that found no text is kept as what it was."""
        if self.waiting:
            self._emit(self.waiting, self.waiting.role, "", self.waiting.text)
            self.waiting = None

    def _heading(self, element: Element) -> None:
        mark = Mark("", element.number, element.text) if element.number else split_mark(element.text)
        if mark.kind and not mark.rest:
            self._give_up()
            self.waiting = element
            return
        if mark.kind in ("bullet", "letter", "roman"):
            mark = Mark("", "", element.text)
        level = element.level or level_of(mark.rest, mark.number)
        self._emit(element, "heading", mark.number, mark.rest, level)
        self.opened_by_number = False

    def _item(self, element: Element) -> None:
        """The counted items of a list that no numbered paragraph opens are the points themselves."""
        self._give_up()
        mark = split_mark(element.text)
        if mark.rest and mark.kind in ("number", "label"):
            self._paragraph(element, mark.number, mark.rest)
        elif element.number[:1].isdigit() and not element.level and not self.opened_by_number:
            self._emit(element, "text", element.number, element.text, 0)
        else:
            self._emit(element, "item", element.number, element.text)

    def _text(self, element: Element) -> None:
        mark = Mark("", element.number, element.text) if element.number else self._own_mark(element.text)
        if mark.kind and not mark.rest:
            self._give_up()
            self.waiting = element
        elif mark.kind in ("bullet", "letter", "roman"):
            self._give_up()
            self._emit(element, "item", mark.number, mark.rest)
        elif mark.kind == "count" and self.opened_by_number:
            self._emit(element, "item", mark.number, mark.rest)
        else:
            self._paragraph(element, mark.number, mark.rest)

    def _paragraph(self, element: Element, number: str, text: str) -> None:
        if number:
            self._give_up()
        elif self.waiting:
            number = split_mark(self.waiting.text).number
            self.waiting = None
        self.opened_by_number = bool(number) and text.endswith(":")
        self._emit(element, "text", number, text, 0)

    def _own_mark(self, text: str) -> Mark:
        mark = split_mark(text)
        is_sequel = mark.kind != "bare" or (follows(mark.number, self.last_count) and not is_date(mark))
        if not is_sequel or (mark.kind == "bullet" and not mark.rest):
            return Mark("", "", text)
        if mark.kind in ("count", "bare"):
            self.last_count = mark.number
        return mark


def split_breaks(text: str) -> tuple[str, ...]:
    """Split a paragraph at its forced line breaks, unless a sentence goes on in small letters.

    Why: title pages, addresses and typed lists ("• one<br>• two") are lines, not a paragraph.
    """
    parts: list[str] = []
    for line in filter(None, map(clean, text.split("\n"))):
        if parts and line[0].islower() and not split_mark(line).kind:
            parts[-1] = f"{parts[-1]} {line}"
        else:
            parts.append(line)
    return tuple(parts)


def drop_contents(elements: Sequence[Element]) -> tuple[tuple[Element, ...], tuple[Omission, ...]]:
    """Drop a list of contents: below a heading of that name, what is a list item or names a later heading."""
    titles = {_title(element.text) for element in elements if element.role == "heading"}
    kept: list[Element] = []
    dropped = 0
    is_inside = False
    for element in elements:
        is_start = element.role != "item" and bool(_CONTENTS.fullmatch(element.text))
        names_heading = element.role != "heading" and _title(element.text) in titles
        is_inside = is_start or (is_inside and (element.role == "item" or names_heading))
        dropped += is_inside
        kept.extend(() if is_inside else (element,))
    return tuple(kept), (Omission("contents page", 1, dropped),) if dropped else ()


def _title(text: str) -> str:
    """What a heading and its line in the contents share: no number, no page."""
    return split_mark(text).rest.rstrip("0123456789. …").lower()


def _is_bold_heading(element: Element) -> bool:
    """Why: many authors set a heading in bold instead of calling it one."""
    if element.role != "text" or not is_title(split_mark(element.text).rest):
        return False
    return element.bold or (is_known(element.text) and element.text.isupper())


def table_elements(rows: Sequence[Sequence[str]], page: int = 1) -> tuple[Element, ...]:
    """Turn a table's rows, the header first, into elements.

    Below a header that names recommendations or actions each row keeps its cells; a column of numbers
    becomes the rows' printed number. Any other table gives one paragraph a row.
    """
    cleaned = [[clean(cell) for cell in row] for row in rows]
    if cleaned and asks_for(cleaned[0]):
        return tuple(row_element(cleaned[0], row, page) for row in cleaned[1:] if any(row))
    texts = (" | ".join(filter(None, row)) for row in cleaned)
    return tuple(Element(text, page=page) for text in texts if text)


def asks_for(header: Iterable[str]) -> bool:
    """Tell whether the header of a table names recommendations or actions."""
    return any(_ASKING.search(cell) and len(cell) < LONGEST_HEADER for cell in header)


def row_element(headers: Sequence[str], row: Sequence[str], page: int = 1) -> Element:
    """Give a row with its filled cells; a number in the first one, below "No." or "Ref", is the row's own."""
    pairs = [(headers[i] if i < len(headers) else "", cell) for i, cell in enumerate(row) if cell]
    number = ""
    if len(pairs) > 1 and _NUMBER_HEADER.fullmatch(pairs[0][0]):
        mark = split_mark(pairs[0][1])
        if mark.kind and not mark.rest:
            number = mark.number
            pairs = pairs[1:]
    return Element("", "row", number=number, page=page, cells=tuple(pairs))
