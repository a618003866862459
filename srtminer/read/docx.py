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
from srtminer.read.word_styles import AUTOMATIC, Lists, Look, Style, Styles, fill, is_on

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHOICES = f"{_COMPATIBLE}AlternateContent"
_FALLBACK = f"{_COMPATIBLE}Fallback"
"""The same drawing once more, for older programs."""
TEXT_BOX = qn("w:txbxContent")
EMBEDDED, ENTITY = "embedded file", "text that is held elsewhere (an XML entity)"
_TOLD = {
    qn("c:chart"): "chart",
    qn("dgm:relIds"): "diagram",
    qn("w:object"): EMBEDDED,
    qn("w:altChunk"): EMBEDDED,
}
"""What is told, and not read."""
_TEXTS = (qn("w:t"), qn("m:t"))
_TAB, _HYPHEN, _SYMBOL = qn("w:tab"), qn("w:noBreakHyphen"), qn("w:sym")
_FIELD = qn("w:fldChar")
_RUNS = (qn("w:r"), qn("m:r"))
_BREAKS = (qn("w:br"), qn("w:cr"))
_RENDERED_BREAK = qn("w:lastRenderedPageBreak")
_MOVED = (qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:instrText"), _FALLBACK)
"""What is no text, or stands elsewhere too."""
_MARK_GONE = [f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(name)}" for name in ("w:del", "w:moveFrom")]
_NOTES = (qn("w:footnoteReference"), qn("w:endnoteReference"))


def words_in(node: Any) -> str:
    """Give what stands in a part that is left out; python-docx makes `itertext` repeat it."""
    return " ".join(text.text or "" for text in node.iter(*_TEXTS, qn("w:delText")))


def mark_is_gone(paragraph: Any) -> bool:
    """Tell whether a paragraph runs on into the next one: its mark was deleted, moved away or hidden."""
    hidden = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:vanish')}")
    return is_on(hidden) or any(paragraph.find(path) is not None for path in _MARK_GONE)


class Inside:
    """Reads paragraphs one by one; what is not text of the paragraph itself is kept beside it."""

    def __init__(self, styles: Styles, *, rendered: bool) -> None:
        self.styles = styles
        self.rendered = rendered
        """Whether Word noted where its pages broke."""
        self.page = 1
        self.notes = 0
        self.unseen = Unseen()
        self.boxes: list[Any] = []
        """Text boxes of the paragraph that was read last."""
        self.codes: list[bool] = []
        """Of each open field, the outermost first, whether its code stands here, or what it gives."""
        self.others: list[tuple[str, int]] = []
        """Charts, diagrams and embedded files with their pages."""

    def runs(self, node: Any, style: Style, *, ground: int) -> Iterator[tuple[Run, int]]:
        """Give the runs that are seen, each with its page; `ground`: the colour of the page, cell or box."""
        for child in node.iterchildren():
            if child.tag in _RUNS:
                look = self.styles.look(child, style)
                why = _why_left_out(look, ground)
                for text in self._texts(child):
                    if seen := self.unseen.without(UNSEEN if any(self.codes) else why, self.page, text):
                        yield Run(seen, look.b, look.i, look.size), self.page
            elif child.tag == qn("w:del"):
                self.unseen.add(STRUCK, self.page, words_in(child))
            elif child.tag not in _MOVED:
                yield from self.runs(child, style, ground=ground)

    def _texts(self, run: Any) -> Iterator[str]:
        walk = etree.iterwalk(run, events=("start",))
        for _, node in walk:
            if node.tag in _MOVED or self._is_beside(node):
                walk.skip_subtree()
            else:
                yield self._character(node)

    def _is_beside(self, node: Any) -> bool:
        """Keep what stands in a box of its own apart from the paragraph's text."""
        if node.tag == TEXT_BOX:
            self.boxes.append(node)
        elif node.tag in _TOLD:
            self.others.append((_TOLD[node.tag], self.page))
        elif (shape := _hidden_shape(node)) is not None:
            self.unseen.add(UNSEEN, self.page, words_in(shape))
        else:
            return False
        return True

    def _character(self, node: Any) -> str:
        if node.tag in _TEXTS:
            self.others.extend((ENTITY, self.page) for _ in node.iterchildren(etree.Entity))
            return (node.text or "") + "".join(child.tail or "" for child in node)
        if node.tag == _FIELD:
            self._enter(node.get(qn("w:fldCharType")))
            return ""
        if node.tag == _SYMBOL:
            code = node.get(qn("w:char"), "")
            return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else " "
        if node.tag == _HYPHEN:
            return "-"
        if node.tag == _RENDERED_BREAK or (node.get(qn("w:type")) == "page" and node.tag in _BREAKS):
            self.page += node.tag == _RENDERED_BREAK or not self.rendered
            return ""
        self.notes += node.tag in _NOTES
        return "\n" if node.tag in _BREAKS else " " if node.tag == _TAB else ""

    def _enter(self, part: str | None) -> None:
        """Go on to the code of a field, to what it gives, or out of it."""
        if part == "begin":
            self.codes.append(True)
        elif self.codes:
            del self.codes[-1]
            self.codes.extend([False] if part == "separate" else [])


def _hidden_shape(node: Any) -> Any | None:
    """Give a drawing that is set not to be shown."""
    if node.tag != qn("w:drawing"):
        return None
    shape = next(node.iter(qn("wp:docPr")), None)
    return node if shape is not None and shape.get("hidden") in ("1", "true") else None


def _why_left_out(look: Look, ground: int) -> str:
    ink = max(look.color, 0) if look.highlighted else look.color
    unseen = why_unseen(ink, ground if look.behind is None else look.behind, look.size)
    return UNSEEN if look.vanish else unseen or (STRUCK if look.strike else "")


DAMAGED = "it is damaged or not a Word file"
LARGEST = 200_000_000
"""Bytes of a file's parts when unpacked; a larger file is taken for a decompression bomb."""
MOST_PARTS = 10_000
_BROKEN = (
    *(OpcError, KeyError, ValueError, AttributeError, AssertionError, NotImplementedError, OSError, EOFError),
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError),
)
"""What python-docx and zipfile raise on damaged files: missing parts, bad XML, bad compression."""
_WRAPPERS = tuple(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))


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
    blocks, contents = drop_contents(tuple(walker.blocks()))
    review = compose(
        document_blocks(blocks),
        source=str(path),
        format="docx",
        page_count=walker.inside.page,
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
    except zipfile.BadZipFile as error:
        raise NotWord(DAMAGED) from error
    if any(part.flag_bits & 1 for part in parts):
        raise NotWord("it is protected by a password; save a copy without one")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise NotWord(f"it would unpack to more than {LARGEST // 1_000_000} MB or {MOST_PARTS} parts")
    try:
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
        rendered = next(self.body.iter(qn("w:lastRenderedPageBreak")), None) is not None
        self.inside = Inside(self.styles, rendered=rendered)
        self.ground = UNKNOWN if document.element.find(qn("w:background")) is not None else WHITE
        """The colour behind the text: of the page, or of a cell, as far as it is known."""
        self.boxed = False
        self.contents = 0
        self.open: tuple[Style, list[tuple[Run, int]]] | None = None
        """A paragraph that runs on into the next one."""

    def omissions(self) -> tuple[Omission, ...]:
        """What was left out: a contents list, notes (whose marks are counted), words that are not seen."""
        found = (("contents page", self.contents), ("footnote", self.inside.notes))
        counted = (Omission(what, 1, lines) for what, lines in found if lines)
        others = (Omission(what, page, 1) for what, page in self.inside.others)
        return (*counted, *self.inside.unseen.omissions(), *others)

    def blocks(self) -> Iterator[Block]:
        """Give the headings, paragraphs, list items and table rows in the order of the pages."""
        yield from self._all(self.body)

    def _all(self, parent: Any) -> Iterator[Block]:
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
                self.inside.others.append((_TOLD[node.tag], self.inside.page))
            elif node.tag in _WRAPPERS:
                yield from self._blocks(node)
            elif node.tag == CHOICES and len(node):
                yield from self._blocks(node[0])

    def _paragraph(self, node: Any) -> Iterator[Block]:
        style = self.styles.of(node)
        runs = list(self.inside.runs(node, style, ground=self.ground))
        self.inside.codes = [code for code in self.inside.codes if not code]  # a code ends with its paragraph
        if self.open is not None:
            above, before = self.open
            style, runs = above if before else style, [*before, *runs]
        self.open = style, runs
        if not mark_is_gone(node):
            yield from self._close()

    def _close(self) -> Iterator[Block]:
        """End the open paragraph; what stands in boxes of its own follows it."""
        if self.open is None:
            return
        (style, runs), self.open = self.open, None
        like = self._like(style, next((page for run, page in runs if run.text.strip()), self.inside.page))
        found = paragraphs((run for run, _ in runs), like)
        if style.is_contents:
            self.contents += len(found)
        else:
            yield from found or (replace(like, number=""),)
        yield from self._beside()

    def _like(self, style: Style, page: int) -> Block:
        """Count a paragraph and say what it is: a dotted number ("4.12") makes no item."""
        counted = self.lists.next(style.list_id, style.depth) if style.list_id else None
        block = Block("", page, number=counted or "", boxed=self.boxed or style.boxed)
        if style.heading:
            return replace(block, role="heading", level=style.heading)
        if counted is None or "." in counted:
            return block
        return replace(block, role="item", level=style.depth)

    def _beside(self) -> Iterator[Block]:
        boxes, self.inside.boxes = self.inside.boxes, []
        around = self.boxed, self.ground
        self.boxed, self.ground = True, UNKNOWN
        for box in boxes:
            yield from self._all(box)
        self.boxed, self.ground = around

    def _table(self, node: Any) -> Iterator[Block]:
        around = self.ground
        if self.styles.shades(node):
            self.ground = UNKNOWN
        above: dict[int, GridCell] = {}
        rows = [self._row(row, above) for row in _within(node, qn("w:tr")) if self._is_there(row)]
        self.ground = around
        one_cell = len(rows) == 1 and len(rows[0]) == 1
        yield from (replace(block, boxed=block.boxed or one_cell) for block in table_blocks(rows))

    def _is_there(self, row: Any) -> bool:
        """Tell a row from one that was deleted or hidden."""
        deleted = row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
        if deleted or is_on(row.find(f"{qn('w:trPr')}/{qn('w:hidden')}")):
            self._leave_out(row, STRUCK if deleted else UNSEEN)
            return False
        return True

    def _leave_out(self, node: Any, why: str) -> None:
        self.inside.unseen.add(why, self.inside.page, words_in(node))

    def _row(self, row: Any, above: dict[int, GridCell]) -> list[GridCell]:
        """Lay one row out; `above` has what stood last in each column."""
        around = self.ground
        cells: list[GridCell] = []
        for node in _within(row, qn("w:tc")):
            merged, span = (node.find(f"{qn('w:tcPr')}/{qn(name)}") for name in ("w:vMerge", "w:gridSpan"))
            if merged is not None and merged.get(qn("w:val")) != "restart":
                cell = replace(above.get(len(cells), GridCell()), goes_on="above")
            elif node.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
                self._leave_out(node, STRUCK)
                cell = GridCell()
            else:
                shade = fill(node.find(qn("w:tcPr")))
                self.ground = around if shade == AUTOMATIC else shade
                cell = GridCell(tuple(block for block in self._all(node) if block.text or block.cells))
            above[len(cells)] = cell
            width = span.get(qn("w:val"), "1") if span is not None else "1"
            more = min(int(width), 100) - 1 if width.isascii() and width.isdecimal() else 0
            cells.extend([cell, *[GridCell(goes_on="left")] * more])
        self.ground = around
        return cells


def _within(node: Any, tag: str) -> Iterator[Any]:
    """Give the rows of a table or the cells of a row, also those in content controls and insertions."""
    for child in node.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def _root(part: Callable[[], Any]) -> Any | None:
    """Give the root of a part that a file may lack, or have damaged."""
    try:
        return part().element
    except _BROKEN:
        return None
