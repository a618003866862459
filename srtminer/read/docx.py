"""Word files (.docx), opened by python-docx; external parts are never followed."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.opc.part import Part, PartFactory
from docx.oxml.ns import qn
from lxml import etree

from srtminer.model import STRUCK, UNSEEN, Omission, Review, Skipped
from srtminer.read.compose_review import Block, compose
from srtminer.read.structured import (
    UNKNOWN,
    WHITE,
    Run,
    Unseen,
    document_blocks,
    drop_contents,
    paragraphs,
    why_unseen,
)
from srtminer.read.table_grid import GridCell, table_blocks
from srtminer.read.word_styles import AUTOMATIC, Lists, Style, Styles, fill, is_on

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICES = f"{_COMPATIBLE}AlternateContent"
EMBEDDED, ENTITY = "embedded file", "text that is held elsewhere (an XML entity)"
_TOLD = {qn("c:chart"): "chart", qn("dgm:relIds"): "diagram"}
_TOLD |= dict.fromkeys((qn("w:object"), qn("w:altChunk")), EMBEDDED)
"""What is told, and not read."""
_TEXTS = (qn("w:t"), qn("m:t"))
_BREAKS = (qn("w:br"), qn("w:cr"))
_PAGE_SHOWN = qn("w:lastRenderedPageBreak")
_WRAPPERS = tuple(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_NO_TEXT = (
    *map(qn, ("w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:instrText")),
    f"{_COMPATIBLE}Fallback",
)
"""What is no text, or stands elsewhere too: a fallback is the same drawing once more, for older programs."""

_NOT_SHOWN = re.compile(r"visibility\s{0,9}:\s{0,9}hidden|display\s{0,9}:\s{0,9}none")
USUAL = 10.0
"""Font size in points where nobody says (ECMA-376, 17.3.2.38)."""

DAMAGED = "it is damaged or not a Word file"
LARGEST = 200_000_000
"""Bytes of a file's parts when unpacked; a larger file is taken for a decompression bomb."""
MOST_PARTS = 10_000
_BROKEN = (
    *(OpcError, KeyError, ValueError, AttributeError, AssertionError, NotImplementedError, OSError, EOFError),
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError),
)
"""What python-docx and zipfile raise on damaged files: missing parts, bad XML, bad compression."""


_pictures = PartFactory.part_class_selector


def _part_class(content_type: str, relation: str) -> type[Part] | None:
    """Why: python-docx takes an embedded Word file for the document itself, and fails."""
    return Part if relation.endswith("/aFChunk") else _pictures(content_type, relation) if _pictures else None


PartFactory.part_class_selector = _part_class  # the hook that python-docx gives for this


class NotWord(Exception):
    """The file cannot be read as a Word file; the message says why, for the user."""


def read_docx(path: Path) -> Review | Skipped:
    """Read a Word file; one that is broken, protected or too large is skipped with its reason."""
    try:
        walker = _Walker(_open(path.read_bytes()))
    except OSError as error:
        return Skipped(str(path), f"cannot be read: {error.strerror}")
    except NotWord as error:
        return Skipped(str(path), str(error))
    blocks, contents = drop_contents(tuple(walker.within(walker.body)))
    review = compose(
        document_blocks(blocks),
        source=str(path),
        format="docx",
        page_count=walker.page,
        omissions=(*walker.omissions(), *contents),
    )
    return review if review.text else Skipped(str(path), "it holds no text (only pictures, or nothing)")


def _open(data: bytes) -> Document:
    """Unpack a file after a look at the sizes that it declares; zipfile reads no part beyond those.

    Raises `NotWord`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise NotWord("it is protected by a password; save a copy without one")
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
            raise NotWord(f"it would unpack to more than {LARGEST // 1_000_000} MB or {MOST_PARTS} parts")
        document = docx.Document(io.BytesIO(data))
        if document.element.body is not None:
            return document
    except _BROKEN as error:
        raise NotWord(DAMAGED) from error
    raise NotWord(DAMAGED)


class _Walker:
    """Goes through the body once: paragraphs, tables, content controls, text boxes, embedded parts."""

    def __init__(self, document: Document) -> None:
        self.body = document.element.body
        self.styles = Styles(_root(lambda: document.styles))
        self.lists = Lists(_root(lambda: document.part.numbering_part))
        self.rendered = next(self.body.iter(_PAGE_SHOWN), None) is not None
        """Whether Word noted where its pages broke."""
        self.page = 1
        self.ground = UNKNOWN if document.element.find(qn("w:background")) is not None else WHITE
        """The colour behind the text: of the page, or of a cell, as far as it is known."""
        self.boxed = False
        self.boxes: list[Any] = []
        """Text boxes of the paragraph that is open."""
        self.codes: list[bool] = []
        """Of each open field, the outermost first, whether its code stands here, or what it gives."""
        self.open: tuple[Style, list[tuple[Run, int]]] | None = None
        """A paragraph that runs on into the next one."""
        self.unseen = Unseen()
        self.contents = self.notes = 0
        """Lines of a contents list, and marks of notes: both are left out."""
        self.others: list[Omission] = []
        """Charts, diagrams and embedded files."""

    def omissions(self) -> tuple[Omission, ...]:
        """Tell what was left out."""
        found = (("contents page", self.contents), ("footnote", self.notes))
        counted = (Omission(what, 1, lines) for what, lines in found if lines)
        return (*counted, *self.unseen.omissions(), *self.others)

    def within(self, parent: Any) -> Iterator[Block]:
        """Give the headings, paragraphs, list items and table rows in the order of the pages."""
        yield from self._blocks(parent)
        yield from self._close()

    def _blocks(self, parent: Any) -> Iterator[Block]:
        for node in parent.iterchildren():
            if node.tag == qn("w:p"):
                yield from self._paragraph(node)
            elif node.tag == qn("w:tbl"):
                yield from self._close()
                yield from self._table(node)
            elif node.tag in _TOLD:
                self._tell(_TOLD[node.tag])
            elif node.tag in _WRAPPERS:
                yield from self._blocks(node)
            elif node.tag == _CHOICES and len(node):
                yield from self._blocks(node[0])

    def _tell(self, what: str) -> None:
        self.others.append(Omission(what, self.page, 1))

    def _paragraph(self, node: Any) -> Iterator[Block]:
        """Read a paragraph; one whose mark was deleted, moved away or hidden runs on into the next one."""
        style = self.styles.of(node)
        runs = list(self._runs(node, style))
        self.codes = [code for code in self.codes if not code]  # a code ends with its paragraph
        if self.open is not None:
            above, before = self.open
            style, runs = above if before else style, [*before, *runs]
        self.open = style, runs
        mark = node.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        gone = mark is not None and any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom"))
        if not gone and (mark is None or not is_on(mark.find(qn("w:vanish")))):
            yield from self._close()

    def _close(self) -> Iterator[Block]:
        """End the open paragraph; what stands in boxes of its own follows it."""
        if self.open is None:
            return
        (style, runs), self.open = self.open, None
        page = next((page for run, page in runs if run.text.strip()), self.page)
        like = Block("", page, boxed=self.boxed or style.boxed)
        counted = self.lists.next(style.list_id, style.depth) if style.list_id else None
        if style.heading:
            like = replace(like, role="heading", level=style.heading)
        elif counted is not None and "." not in counted:  # a dotted number ("4.12") makes no item
            like = replace(like, role="item", level=style.depth)
        like = replace(like, number=counted or "")
        found = paragraphs((run for run, _ in runs), like)
        if style.is_contents:
            self.contents += len(found)
        else:
            yield from found or (replace(like, number=""),)
        boxes, self.boxes = self.boxes, []
        around = self.boxed, self.ground
        self.boxed, self.ground = True, UNKNOWN
        for box in boxes:
            yield from self.within(box)
        self.boxed, self.ground = around

    def _runs(self, node: Any, style: Style) -> Iterator[tuple[Run, int]]:
        """Give the runs of a paragraph that are seen, each with its page."""
        for child in node.iterchildren():
            if child.tag in (qn("w:r"), qn("m:r")):
                look = self.styles.look(child, style)
                ink = max(look.color, 0) if look.highlighted else look.color
                size = look.narrow * (look.size or USUAL)
                why = why_unseen(ink, self.ground if look.behind is None else look.behind, size)
                why = UNSEEN if look.vanish else why or (STRUCK if look.strike else "")
                for text in self._texts(child, hidden=look.vanish):
                    if seen := self.unseen.without(UNSEEN if any(self.codes) else why, self.page, text):
                        yield Run(seen, look.b, look.i, look.size), self.page
            elif child.tag == qn("w:del"):
                self._leave_out(child, STRUCK)
            elif child.tag not in _NO_TEXT:
                yield from self._runs(child, style)

    def _leave_out(self, node: Any, why: str) -> None:
        """Count the words of a part that is left out; python-docx makes `itertext` repeat them."""
        words = (text.text or "" for text in node.iter(*_TEXTS, qn("w:delText")))
        self.unseen.add(why, self.page, " ".join(words))

    def _texts(self, run: Any, *, hidden: bool) -> Iterator[str]:
        walk = etree.iterwalk(run, events=("start",))
        for _, node in walk:
            if node.tag in _NO_TEXT or self._is_beside(node, hidden=hidden):
                walk.skip_subtree()
            else:
                yield self._character(node)

    def _is_beside(self, node: Any, *, hidden: bool) -> bool:
        """Keep what stands in a box of its own apart from the paragraph's text; a drawing may be hidden."""
        if node.tag == qn("w:txbxContent"):
            if hidden or any(self.codes):
                self._leave_out(node, UNSEEN)
            else:
                self.boxes.append(node)
        elif node.tag in _TOLD:
            self._tell(_TOLD[node.tag])
        else:
            if not _is_hidden(node):
                return False
            self._leave_out(node, UNSEEN)
        return True

    def _character(self, node: Any) -> str:
        if node.tag in _TEXTS:
            for _ in node.iterchildren(etree.Entity):
                self._tell(ENTITY)
            return (node.text or "") + "".join(child.tail or "" for child in node)
        if node.tag == qn("w:sym"):
            code = node.get(qn("w:char"), "")
            return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else " "
        if node.tag == qn("w:fldChar"):  # on to the code of a field, to what it gives, or out of it
            part = node.get(qn("w:fldCharType"))
            if part != "begin":
                del self.codes[-1:]
            self.codes.extend({"begin": [True], "separate": [False]}.get(part, []))
        elif node.tag == _PAGE_SHOWN or (node.get(qn("w:type")) == "page" and node.tag in _BREAKS):
            self.page += node.tag == _PAGE_SHOWN or not self.rendered
        elif node.tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            self.notes += 1
        elif node.tag in _BREAKS:
            return "\n"
        return {qn("w:noBreakHyphen"): "-", qn("w:tab"): " "}.get(node.tag, "")

    def _table(self, node: Any) -> Iterator[Block]:
        around = self.ground
        if self.styles.shades(node):
            self.ground = UNKNOWN
        above: dict[int, GridCell] = {}
        rows: list[list[GridCell]] = []
        for row in _children(node, qn("w:tr")):
            deleted = row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
            if deleted or is_on(row.find(f"{qn('w:trPr')}/{qn('w:hidden')}")):
                self._leave_out(row, STRUCK if deleted else UNSEEN)
            else:
                rows.append(self._row(row, above))
        self.ground = around
        one_cell = len(rows) == 1 and len(rows[0]) == 1
        yield from (replace(block, boxed=block.boxed or one_cell) for block in table_blocks(rows))

    def _row(self, row: Any, above: dict[int, GridCell]) -> list[GridCell]:
        """Lay one row out; `above` has what stood last in each column."""
        around = self.ground
        cells: list[GridCell] = []
        for node in _children(row, qn("w:tc")):
            merged, span, deleted = (
                node.find(f"{qn('w:tcPr')}/{qn(name)}") for name in ("w:vMerge", "w:gridSpan", "w:cellDel")
            )
            if merged is not None and merged.get(qn("w:val")) != "restart":
                cell = replace(above.get(len(cells), GridCell()), goes_on="above")
            elif deleted is not None:
                self._leave_out(node, STRUCK)
                cell = GridCell()
            else:
                shade = fill(node.find(qn("w:tcPr")))
                self.ground = around if shade == AUTOMATIC else shade
                cell = GridCell(tuple(block for block in self.within(node) if block.text or block.cells))
            above[len(cells)] = cell
            width = span.get(qn("w:val"), "1") if span is not None else "1"
            more = min(int(width), 100) - 1 if width.isascii() and width.isdecimal() else 0
            cells.extend([cell, *[GridCell(goes_on="left")] * more])
        self.ground = around
        return cells


def _is_hidden(node: Any) -> bool:
    """Tell a drawing that is not shown, in Word's own language or in the older one (VML)."""
    if node.tag == qn("w:drawing"):
        shape = next(node.iter(qn("wp:docPr")), None)
        return shape is not None and shape.get("hidden") in ("1", "true")
    return node.tag == qn("w:pict") and any(_NOT_SHOWN.search(shape.get("style", "")) for shape in node)


def _children(node: Any, tag: str) -> Iterator[Any]:
    """Give the rows of a table or the cells of a row, also those in content controls and insertions."""
    for child in node.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _root(part: Callable[[], Any]) -> Any | None:
    """Give the root of a part that a file may lack, or have damaged."""
    try:
        return part().element
    except _BROKEN:
        return None
