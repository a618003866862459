"""Word files (.docx), opened by python-docx; external parts are never followed."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from srtminer.model import Omission, Review, Skipped
from srtminer.read.compose import compose
from srtminer.read.structured import Element, drop_contents, split_breaks, table_elements, to_blocks
from srtminer.read.word_lists import Lists
from srtminer.read.word_styles import Style, Styles

DAMAGED = "it is damaged or not a Word file"

LARGEST = 200_000_000
"""Bytes of a file's parts when unpacked; a larger file is taken for a decompression bomb."""
MOST_PARTS = 10_000

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (
    *(OpcError, KeyError, ValueError, AttributeError, AssertionError, NotImplementedError, OSError, EOFError),
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError),
)
"""What python-docx and zipfile raise on damaged files: missing parts, bad XML, bad compression."""
_TEXT, _TAB, _HYPHEN = qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen")
_BREAKS = (qn("w:br"), qn("w:cr"))
_RENDERED_BREAK = qn("w:lastRenderedPageBreak")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same drawing once more, for older programs."""
_NOT_SHOWN = frozenset([*map(qn, ("w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:instrText")), _FALLBACK])
_TEXT_BOX = qn("w:txbxContent")
_NOTES = (qn("w:footnoteReference"), qn("w:endnoteReference"))


class NotWord(Exception):
    """The file cannot be read as a Word file; the message says why, for the user."""


def read_docx(path: Path) -> Review | Skipped:
    """Read a Word file; one that is broken, protected or too large is skipped with its reason."""
    try:
        _check(path)
        walker = _Walker(_open(path))
    except NotWord as error:
        return Skipped(str(path), str(error))
    elements, contents = drop_contents(tuple(walker.elements()))
    review = compose(
        to_blocks(elements),
        source=str(path),
        format="docx",
        page_count=walker.page,
        omissions=(*walker.omissions(), *contents),
    )
    return review if review.text else Skipped(str(path), "it holds no text (only pictures, or nothing)")


def _open(path: Path) -> Document:
    try:
        document = docx.Document(str(path))
        has_body = document.element.body is not None
    except _BROKEN as error:
        raise NotWord(DAMAGED) from error
    if not has_body:
        raise NotWord(DAMAGED)
    return document


def _check(path: Path) -> None:
    """Refuse what must not be unpacked; raises `NotWord`.

    The sizes are those that the archive declares, and zipfile reads no part beyond its declared size.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_OLE))
            if head == _OLE:
                raise NotWord(_ole_reason(head + file.read()))
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise NotWord(DAMAGED) from error
    except OSError as error:
        raise NotWord(f"cannot be read: {error.strerror}") from error
    if any(part.flag_bits & 1 for part in parts):
        raise NotWord("it is protected by a password; save a copy without one")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise NotWord(f"it would unpack to more than {LARGEST // 1_000_000} MB or {MOST_PARTS} parts")


def _ole_reason(data: bytes) -> str:
    if _ENCRYPTED in data:
        return "it is protected by a password; save a copy without one"
    return "it is in Word's old format; save it as .docx"


class _Walker:
    """Goes through the body once: paragraphs, tables, content controls, text boxes."""

    def __init__(self, document: Document) -> None:
        self.body = document.element.body
        self.styles = Styles(document.styles.element)
        self.lists = Lists(_numbering(document))
        self.rendered = next(self.body.iter(_RENDERED_BREAK), None) is not None
        self.page = 1
        self.notes = 0
        self.contents = 0
        self.boxes: list[Any] = []
        """Text boxes of the paragraph that was read last."""
        self.first_page = 0
        """Where the text of that paragraph begins, 0 if it has none."""

    def omissions(self) -> tuple[Omission, ...]:
        """What was left out: a contents list, and the notes, whose marks are counted."""
        found = (("contents page", self.contents), ("footnote", self.notes))
        return tuple(Omission(what, 1, lines) for what, lines in found if lines)

    def elements(self) -> Iterator[Element]:
        yield from self._blocks(self.body)

    def _blocks(self, parent: Any) -> Iterator[Element]:
        for node in parent.iterchildren():
            if node.tag == qn("w:p"):
                yield from self._paragraph(node)
            elif node.tag == qn("w:tbl"):
                yield from self._table(node)
            elif node.tag in (qn("w:sdt"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")):
                content = node.find(qn("w:sdtContent"))
                yield from self._blocks(node if content is None else content)

    def _paragraph(self, node: Any) -> Iterator[Element]:
        style = self.styles.of(node)
        parts = split_breaks(self._text(node))
        number = self.lists.next(style.list_id, style.depth) if parts and style.list_id else None
        boxes, self.boxes = self.boxes, []
        first_page, bold = self.first_page, _is_bold(node)
        if style.is_contents:
            self.contents += len(parts)
            parts = ()
        for part in parts:
            yield _element(part, style, number, first_page, bold)
            number = None
        for box in boxes:
            yield from self._blocks(box)

    def _text(self, node: Any) -> str:
        """The visible text of a paragraph: insertions but no deletions; counts the pages that begin in it."""
        parts: list[str] = []
        self.first_page = 0
        walk = etree.iterwalk(node, events=("start",))
        for _, child in walk:
            if child.tag in _NOT_SHOWN:
                walk.skip_subtree()
            elif child.tag == _TEXT_BOX:
                self.boxes.append(child)
                walk.skip_subtree()
            else:
                parts.append(self._character(child))
            if not self.first_page and parts and parts[-1].strip():
                self.first_page = self.page
        return "".join(parts)

    def _character(self, node: Any) -> str:
        if node.tag == _TEXT:
            return node.text or ""
        if node.tag == _HYPHEN:
            return "-"
        if node.tag == _RENDERED_BREAK or (node.get(qn("w:type")) == "page" and node.tag in _BREAKS):
            self.page += node.tag == _RENDERED_BREAK or not self.rendered
            return ""
        self.notes += node.tag in _NOTES
        return "\n" if node.tag in _BREAKS else " " if node.tag == _TAB else ""

    def _table(self, node: Any) -> Iterator[Element]:
        page = self.page
        rows = [self._row(row) for row in node.iterchildren(qn("w:tr"))]
        if max(map(len, rows), default=0) > 1:
            yield from table_elements(rows, page)
            return
        for row in node.iterchildren(qn("w:tr")):
            for cell in _cells(row):
                yield from self._blocks(cell)

    def _row(self, row: Any) -> list[str]:
        cells: list[str] = []
        for cell in _cells(row):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = span.get(qn("w:val"), "1") if span is not None else "1"
            empty = min(int(width), 100) - 1 if width.isdecimal() else 0
            cells.extend(["" if goes_on else self._cell(cell), *[""] * empty])
        return cells

    def _cell(self, cell: Any) -> str:
        text = " ".join(self._text(paragraph).replace("\n", " ") for paragraph in cell.iter(qn("w:p")))
        self.boxes.clear()  # their paragraphs were among the cell's
        return text


def _element(text: str, style: Style, number: str | None, page: int, bold: bool) -> Element:
    """A dotted number ("4.12") is a paragraph's, a plain one, a letter or a bullet an item's."""
    if style.heading:
        return Element(text, "heading", style.heading, number or "", page)
    if number is None or "." in number:
        return Element(text, number=number or "", page=page, bold=bold)
    return Element(text, "item", style.depth, number, page)


def _cells(row: Any) -> Iterator[Any]:
    """A row's own cells, not those of tables inside them; a content control may hold a cell."""
    for node in row.iterchildren(qn("w:tc"), qn("w:sdt")):
        yield from (node.iter(qn("w:tc")) if node.tag == qn("w:sdt") else (node,))


def _numbering(document: Document) -> Any | None:
    try:
        return document.part.numbering_part.element
    except (NotImplementedError, KeyError):  # python-docx has no empty numbering part to give
        return None


def _is_bold(paragraph: Any) -> bool:
    """Tell whether every run with text is set in bold."""
    runs = [run for run in paragraph.iter(qn("w:r")) if "".join(run.itertext()).strip()]
    return bool(runs) and all(_is_on(run.find(f"{qn('w:rPr')}/{qn('w:b')}")) for run in runs)


def _is_on(switch: Any | None) -> bool:
    return switch is not None and switch.get(qn("w:val"), "1") not in ("0", "false", "off")
