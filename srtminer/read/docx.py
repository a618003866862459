"""Word files (.docx), opened by python-docx; external parts are never followed."""

import io
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
from srtminer.read.html import html_blocks
from srtminer.read.structured import UNKNOWN, WHITE, Run, document_blocks, drop_contents, paragraphs
from srtminer.read.table_grid import GridCell, table_blocks
from srtminer.read.text_cleaning import NotText, decode
from srtminer.read.word_runs import CHOICES, EMBEDDED, Inside, mark_is_gone, words_in
from srtminer.read.word_styles import Lists, Style, Styles, fill, is_on

DAMAGED = "it is damaged or not a Word file"
LARGEST = 200_000_000
"""Bytes of a file's parts when unpacked; a larger file is taken for a decompression bomb."""
MOST_PARTS = 10_000
DEEPEST_CHUNK = 3
"""Word files in each other; those below are told, not read."""

_BROKEN = (
    *(OpcError, KeyError, ValueError, AttributeError, AssertionError, NotImplementedError, OSError, EOFError),
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError),
)
"""What python-docx and zipfile raise on damaged files: missing parts, bad XML, bad compression."""
_WRAPPERS = tuple(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_NO_TEXT = frozenset(["pres", "parTrans", "sibTrans"])
"""Points of a diagram that only place others."""


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

    def __init__(self, document: Document, depth: int = 0) -> None:
        self.document, self.depth = document, depth
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
        self.told: list[Omission] = []
        """What embedded parts left out, or which could not be read."""

    def omissions(self) -> tuple[Omission, ...]:
        """What was left out: a contents list, notes (whose marks are counted), words that are not seen."""
        found = (("contents page", self.contents), ("footnote", self.inside.notes))
        counted = (Omission(what, 1, lines) for what, lines in found if lines)
        others = (Omission(what, page, 1) for what, page in self.inside.others)
        return (*counted, *self.inside.unseen.omissions(), *others, *self.told)

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
            elif node.tag == qn("w:altChunk"):
                yield from self._close()
                yield from self._chunk(node.get(qn("r:id"), ""))
            elif node.tag in _WRAPPERS:
                yield from self._blocks(node)
            elif node.tag == CHOICES and len(node):
                yield from self._blocks(node[0])

    def _paragraph(self, node: Any) -> Iterator[Block]:
        style = self.styles.of(node)
        runs = list(self.inside.runs(node, style, ground=self.ground))
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
        number, mark = (counted.number, counted.mark) if counted else ("", "")
        listed = counted.indent if counted else 0.0
        indent = listed if style.indent is None else style.indent
        block = Block("", page, "text", number, 0, indent=indent, boxed=self.boxed or style.boxed, mark=mark)
        if style.heading:
            return replace(block, role="heading", level=style.heading)
        if counted is None or "." in number:
            return block
        return replace(block, role="item", level=style.depth)

    def _beside(self) -> Iterator[Block]:
        boxes, self.inside.boxes = self.inside.boxes, []
        diagrams, self.inside.diagrams = self.inside.diagrams, []
        around = self.boxed, self.ground
        self.boxed, self.ground = True, UNKNOWN
        for box in boxes:
            yield from self._all(box)
        for name in diagrams:
            yield from (Block(text, self.inside.page, boxed=True) for text in self._diagram(name))
        self.boxed, self.ground = around

    def _table(self, node: Any) -> Iterator[Block]:
        around = self.ground
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
        cells: list[GridCell] = []
        for node in _within(row, qn("w:tc")):
            merged, span = (node.find(f"{qn('w:tcPr')}/{qn(name)}") for name in ("w:vMerge", "w:gridSpan"))
            if merged is not None and merged.get(qn("w:val")) != "restart":
                cell = replace(above.get(len(cells), GridCell()), goes_on="above")
            elif node.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
                self._leave_out(node, STRUCK)
                cell = GridCell()
            else:
                self.ground = fill(node.find(qn("w:tcPr")))
                cell = GridCell(tuple(block for block in self._all(node) if block.text or block.cells))
            above[len(cells)] = cell
            width = span.get(qn("w:val"), "1") if span is not None else "1"
            more = min(int(width), 100) - 1 if width.isascii() and width.isdecimal() else 0
            cells.extend([cell, *[GridCell(goes_on="left")] * more])
        return cells

    def _diagram(self, name: str) -> Iterator[str]:
        """Give the texts of a diagram (SmartArt) in the order of its data."""
        part = self._part(name)
        try:
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False)) if part else None
        except etree.XMLSyntaxError:
            root = None
        if root is None:
            self.told.append(Omission(EMBEDDED, self.inside.page, 1))
            return
        for point in root.iter(qn("dgm:pt")):
            if point.get("type") not in _NO_TEXT:
                lines = ("".join(line.itertext()) for line in point.iter(qn("a:p")))
                yield " ".join(" ".join(lines).split())

    def _chunk(self, name: str) -> Iterator[Block]:
        """Read an embedded part (altChunk): a web page, a text or a Word file; any other is told."""
        part = self._part(name)
        kind = part.content_type if part else ""
        left_out: tuple[Omission, ...] = ()
        blocks: tuple[Block, ...] = ()
        try:
            if part and "html" in kind:
                blocks, left_out = html_blocks(decode(part.blob))
            elif part and kind.startswith("text/plain"):
                blocks = tuple(map(Block, decode(part.blob).split("\n")))
            elif part and "wordprocessingml" in kind and self.depth < DEEPEST_CHUNK:
                walker = _Walker(_open(part.blob), self.depth + 1)
                blocks, left_out = tuple(walker.blocks()), walker.omissions()
        except (NotText, NotWord):
            blocks = ()
        if not blocks:
            left_out = (*left_out, Omission(EMBEDDED, self.inside.page, 1))
        self.told.extend(replace(omission, page=self.inside.page) for omission in left_out)
        yield from (replace(block, page=self.inside.page) for block in blocks)

    def _part(self, name: str) -> Part | None:
        """Give a part of the file; one that lies elsewhere is never fetched."""
        relation = self.document.part.rels.get(name)
        return None if relation is None or relation.is_external else relation.target_part


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
