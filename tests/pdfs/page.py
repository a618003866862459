"""Pages: frames, running headers and footers, and what is drawn when the text of a page is done."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from tests.pdfs.content import Content
from tests.pdfs.flow import markup

WIDTH, HEIGHT = A4
MARGIN = 72.0
_GREY = HexColor(0x555555)

Story = Callable[[], Sequence[Flowable]]
Box = tuple[float, float, float, float]
"""left, bottom, width, height"""

TEXT_BOX: Box = (MARGIN, MARGIN + 6, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN - 12)


def render(
    story: Story,
    content: Content,
    *,
    templates: Sequence[Sequence[Box]] = ((TEXT_BOX,),),
    bare_first_page: bool = False,
) -> bytes:
    """Set the story twice, the second time knowing the number of pages.

    `templates` are the frames of the first page, and of the pages after it if they differ.
    """
    pages = _build(story(), content, templates, bare_first_page, 0)[1]
    return _build(story(), content, templates, bare_first_page, pages)[0]


def _build(
    story: Sequence[Flowable],
    content: Content,
    templates: Sequence[Sequence[Box]],
    bare_first_page: bool,
    pages: int,
) -> tuple[bytes, int]:
    def on_page_end(canvas: Any, document: Any) -> None:
        _draw_margin_numbers(canvas)
        _draw_footnotes(canvas)
        if not (bare_first_page and document.page == 1):
            _draw_running_lines(canvas, content, document.page, pages)

    target = io.BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        title=content.info or content.title,
        subject="Invented example",
        invariant=1,  # no clock, no random id: the same bytes each time
        pageCompression=0,  # the bytes must not depend on the version of zlib
        pageTemplates=[
            PageTemplate(f"page {number}", _frames(boxes), onPageEnd=on_page_end)
            for number, boxes in enumerate(templates, 1)
        ],
    )
    document.afterFlowable = lambda flowable: _enter_in_contents(document, flowable)
    document.multiBuild(list(story))
    return target.getvalue(), document.page


def _frames(boxes: Sequence[Box]) -> list[Frame]:
    return [Frame(*box, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0) for box in boxes]


def _enter_in_contents(document: Any, flowable: Flowable) -> None:
    entry = getattr(flowable, "contents_entry", "")
    if entry:
        document.notify("TOCEntry", (0, entry, document.page))


def _draw_running_lines(canvas: Any, content: Content, page: int, pages: int) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica", 8.5)
    canvas.setFillColor(_GREY)
    canvas.setStrokeColor(_GREY)
    for line, y, rule in ((content.header, HEIGHT - 48, HEIGHT - 54), (content.footer, 36, 48)):
        if line:
            _draw_line(canvas, line.format(page=page, pages=pages), y)
            canvas.line(MARGIN, rule, WIDTH - MARGIN, rule)
    canvas.restoreState()


def _draw_line(canvas: Any, line: str, y: float) -> None:
    left, bar, right = line.partition(" | ")
    if bar:
        canvas.drawString(MARGIN, y, left)
        canvas.drawRightString(WIDTH - MARGIN, y, right)
    else:
        canvas.drawCentredString(WIDTH / 2, y, left)


def _draw_margin_numbers(canvas: Any) -> None:
    for x, y, number, font, size in canvas.__dict__.pop("margin_numbers", []):
        canvas.setFont(font, size)
        canvas.drawString(x, y, number)


def _draw_footnotes(canvas: Any) -> None:
    notes = canvas.__dict__.pop("footnotes", [])
    style = ParagraphStyle("note", fontName="Helvetica", fontSize=7.5, leading=9.5)
    y = MARGIN - 8.0
    for note in reversed(notes):
        paragraph = Paragraph(f"<super>{note.number}</super> {markup(note.text)}", style)
        _, height = paragraph.wrap(WIDTH - 2 * MARGIN, HEIGHT)
        paragraph.drawOn(canvas, MARGIN, y)
        y += height + 2
    if notes:
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, y + 2, MARGIN + 140, y + 2)
