"""The report as a Word document, in Word's own styles, so that it can be edited.

It is the page, walked from top to bottom: what the page says stands in its templates alone.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import html

from srtminer.material import Material, Privacy
from srtminer.model import GENERATOR
from srtminer.report.page import render_report

TABLE = "Light Grid Accent 1"
WIDTH, TURNED = 15.2, 21.5
"""Of the text on a page and on one that is turned, in centimetres."""
CELL_SIZE = 8.5
"""Of the letters in tables, in points."""
LETTER, SMALL, PADDING = 0.21, 0.16, 0.45
"""Of a letter of a head, of one below it, and of a cell around its text, in centimetres."""
LONGEST = 11
"""Characters of a word that is not broken, if it is no head."""
MANY = 8
"""A table of more columns stands on a turned page, its heads on end."""
NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The first day that an archive can name. Why not today: the same reviews give the same file."""
LEFT_OUT = (
    "//nav|//form|//script|//style|//svg|//*[@class='skip' or @class='short' or @class='unseen']"
    "|//*[@class='narrow' or @id='status' or @role='img' or contains(@class, 'key')]/parent::p"
    "|//*[@class='narrow' or @id='status' or @role='img']"
)
"""What serves a screen alone."""


def render_word(content: Material, privacy: Privacy | None = None, picture: bytes | None = None) -> bytes:
    """Render a report as a .docx; `picture` is a PNG of the themes that stands below their table."""
    page = html.fromstring(render_report(content, privacy))
    for element in page.xpath(LEFT_OUT):
        element.drop_tree()
    document = Document()
    document.core_properties.comments = f"generator: {GENERATOR}"
    _Writer(document, picture).walk(page.find("body"))
    return _packed(document)


class _Writer:
    def __init__(self, document: Any, picture: bytes | None) -> None:
        self._document = document
        self._picture = picture
        heading, add = document.add_heading, self._add
        self._by_tag: dict[str, Callable[[Any], object]] = {
            **{f"h{level}": lambda one: heading(_said(one), int(one.tag[1]) - 1) for level in (1, 2, 3)},
            "summary": lambda one: one.getparent().get("class") == "around" or heading(_said(one), 2),
            "ul": lambda one: [add(_said(item), "List Bullet") for item in one],
            "p": self._paragraph,
            "dl": self._facts,
            "figure": self._quote,
            "table": self._table,
            "section": self._section,
        }

    def walk(self, parent: Any) -> None:
        """Write what is in an element."""
        for element in parent:
            self._by_tag.get(element.tag, self.walk)(element)

    def _section(self, element: Any) -> None:
        """Begin a page that lies on its side for a wide table, or one that stands after it."""
        heads = element.xpath(".//thead/tr/th")
        before = self._document.sections[-1]
        if (len(heads) > MANY) != (before.orientation == WD_ORIENT.LANDSCAPE):
            section = self._document.add_section(WD_SECTION.NEW_PAGE)
            section.orientation = WD_ORIENT.LANDSCAPE if len(heads) > MANY else WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = before.page_height, before.page_width
        self.walk(element)

    def _add(self, text: str, style: str | None = None) -> Any:
        return self._document.add_paragraph(text, style) if text else None

    def _paragraph(self, element: Any) -> None:
        around = element.getparent().get("class") == "around"
        if added := self._add(_said(element, lines=around), "List Continue" if around else None):
            added.runs[0].bold = element.get("class") in ("heading", "when")
            added.paragraph_format.keep_with_next = element.get("class") == "when"
            added.runs[0].italic = element.get("class") == "own"

    def _facts(self, element: Any) -> None:
        pairs = [(_said(pair.find("dt")), _said(pair.find("dd"))) for pair in element]
        if element.getparent().tag == "td":
            for name, value in pairs:
                self._add(f"{name}: {value}")
        else:
            self._rows(pairs, (0.3, 0.7), WIDTH)

    def _quote(self, element: Any) -> None:
        self._add(_said(element.find("blockquote"), lines=True), "Quote")
        caption = element.find("figcaption")
        answers = caption.xpath("span")
        for answer in answers:
            answer.drop_tree()
        for one in (caption, *answers):
            self._add(_said(one), "Caption")
        for details in element.iterfind("details"):
            self.walk(details)

    def _table(self, table: Any) -> None:
        """Write the rows; what unfolds below a row comes after the table, under the name of the row."""
        rows: list[list[str]] = []
        below = []
        for row in table.iter("tr"):
            if row.get("class") == "more":
                below.append((rows[-1][1], row[0]))
            else:
                rows.append([_said(cell) for cell in row])
        turned = len(rows[0]) > MANY
        self._add(_said(table.find("caption")), "Caption").paragraph_format.keep_with_next = True
        across = TURNED if turned else WIDTH
        self._rows(rows, _shares(rows, turned, across), across, head=True, upright=turned)
        if below and self._picture:
            self._document.add_picture(io.BytesIO(self._picture), width=Cm(16))
        for name, more in below:
            self._document.add_heading(name, 2)
            self.walk(more)

    def _rows(
        self,
        rows: Iterable[Sequence[str]],
        shares: Sequence[float],
        across: float,
        *,
        head: bool = False,
        upright: bool = False,
    ) -> None:
        """Add a table; a head is repeated on each page. Upright ones stand on end, all but the first."""
        table = self._document.add_table(rows=0, cols=len(shares), style=TABLE)
        table.autofit = False
        for row in rows:
            for cell, text, share in zip(table.add_row().cells, row, shares, strict=True):
                cell.width = Cm(across * share)
                cell.text = text
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(CELL_SIZE)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Cm(across * share)
        first = table.rows[0]
        if head:
            first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        else:
            table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:firstRow"), "0")
            table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:val"), "0480")
        if upright:
            first.height = Cm((max(len(cell.text) for cell in first.cells[1:]) + 3) * LETTER)
            for cell in first.cells[1:]:
                turn = OxmlElement("w:textDirection")
                turn.set(qn("w:val"), "btLr")
                cell._tc.get_or_add_tcPr().append(turn)
        self._add(" ")


def _said(element: Any, *, lines: bool = False) -> str:
    """Give the text of an element; its own `lines` stay, and the file of a review begins one."""
    for source in element.iterfind(".//span[@class='source']"):
        source.text = f"\u2028{source.text}"
    parts = element.text_content().split("\n" if lines else "\u2028")
    return "\n".join(" ".join(part.split()) for part in parts if part.strip())


def _shares(rows: Sequence[Sequence[str]], upright: bool, across: float) -> list[float]:
    """Give each column room for its longest word, and share out the rest by what stands in the columns."""
    least, wanted = [], []
    for column, (head, *cells) in enumerate(zip(*rows, strict=True)):
        heads = [len(word) * LETTER for word in head.split() if not (upright and column)]
        words = [min(LONGEST, len(word)) * SMALL for cell in cells for word in cell.split()]
        least.append(max((*heads, *words), default=0) + PADDING)
        wanted.append(min(200, max(map(len, cells), default=1)))
    rest = max(0.0, across - sum(least))
    widths = [one + rest * want / max(1, sum(wanted)) for one, want in zip(least, wanted, strict=True)]
    return [width / sum(widths) for width in widths]


def _packed(document: Any) -> bytes:
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, NO_DATE), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
