"""Long invented documents as PDFs: running heads, page numbers, footnotes, boxes, tables, columns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

LEFT, WIDTH, BOTTOM, HEIGHT = 25 * mm, 160 * mm, 32 * mm, 225 * mm
TINT, PANEL = colors.HexColor("#1d3557"), colors.HexColor("#e8eef5")
NOTES = ("Evidence of 14 May, page 32, line 7.", "See the bundle at 1142.", "Letter kept by the family.")


@dataclass
class Book:
    """Collects what is printed, and prints it."""

    title: str
    size: float = 10.5
    font: str = "Helvetica"
    flow: list[Any] = field(default_factory=list)

    def style(self, **changes: Any) -> ParagraphStyle:
        """Give the style of running text, changed as asked."""
        values: dict[str, Any] = {"fontName": self.font, "fontSize": self.size, "leading": self.size * 1.35}
        return ParagraphStyle("text", **(values | {"spaceAfter": self.size * 0.7} | changes))

    def text(
        self, words: str, number: str = "", bold: bool = False, italic: bool = False, **more: Any
    ) -> None:
        """Print a paragraph; its number stands in the margin before it."""
        marked = escape(words)
        marked = f"<b>{marked}</b>" if bold else marked
        marked = f"<i>{marked}</i>" if italic else marked
        indent = 12 * mm if number else 0
        style = self.style(**({"leftIndent": indent} | more))
        self.flow.append(Paragraph(marked, style, bulletText=number or None))

    def heading(self, words: str, level: int = 1) -> None:
        """Print a heading."""
        size = {1: 18.0, 2: 14.0, 3: 11.5}[level]
        style = self.style(fontName=f"{self.bold}", fontSize=size, leading=size * 1.25, textColor=TINT)
        style.spaceBefore, style.keepWithNext = size * 0.8, 1
        self.flow.append(Paragraph(escape(words), style))

    @property
    def bold(self) -> str:
        """Give the bold font of the family."""
        return {"Times-Roman": "Times-Bold"}.get(self.font, f"{self.font}-Bold")

    def box(self, *words: str) -> None:
        """Print paragraphs in a filled box."""
        cell = [Paragraph(escape(text), self.style()) for text in words]
        table = Table([[cell]], colWidths=[WIDTH - 6], style=[("BACKGROUND", (0, 0), (-1, -1), PANEL)])
        self.flow += [table, Spacer(1, self.size)]

    def table(self, rows: list[list[str]], widths: list[float]) -> None:
        """Print a ruled table; the first row is its head, repeated on each page."""
        small = self.style(fontSize=9, leading=11, spaceAfter=0)
        cells = [[Paragraph(escape(cell), small) for cell in row] for row in rows]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        sizes = [width * WIDTH for width in widths]
        self.flow += [Table(cells, colWidths=sizes, repeatRows=1, style=grid), Spacer(1, self.size)]

    def new_page(self, template: str = "one") -> None:
        """Begin a page of one column, or of two."""
        self.flow += [NextPageTemplate(template), PageBreak()]

    def save(self, path: Path) -> Path:
        """Write the PDF; the same book gives the same bytes."""
        document = BaseDocTemplate(str(path), pagesize=A4, title=self.title, invariant=1)
        one = Frame(LEFT, BOTTOM, WIDTH, HEIGHT, 0, 0, 0, 0)
        half = WIDTH / 2 - 4 * mm
        two = [Frame(x, BOTTOM, half, HEIGHT, 0, 0, 0, 0) for x in (LEFT, LEFT + WIDTH - half)]
        plain = PageTemplate("cover", [one])
        furniture = _furniture(self.title)
        document.addPageTemplates(
            [plain, PageTemplate("one", [one], furniture), PageTemplate("two", two, furniture)]
        )
        document.build(self.flow)
        return path


def _furniture(title: str) -> Callable[[Any, Any], None]:
    """Draw the running head, the page's number and, on two pages of three, a footnote."""

    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(LEFT, 280 * mm, title)
        canvas.drawRightString(LEFT + WIDTH, 12 * mm, str(document.page))
        if document.page % 3:
            canvas.line(LEFT, 27 * mm, LEFT + 40 * mm, 27 * mm)
            note = NOTES[document.page % len(NOTES)]
            canvas.drawString(LEFT, 22 * mm, f"{document.page} {note}")

    return draw
