"""The layouts, each named after what it shows."""

from collections.abc import Callable, Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    Flowable,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as PlainTable
from reportlab.platypus.tableofcontents import TableOfContents

from tests.pdfs.content import Content, Part
from tests.pdfs.flow import Look, Numbers, flowables
from tests.pdfs.page import MARGIN, TEXT_BOX, WIDTH, Box, render

_NAVY, _TEAL, _PLUM, _SLATE = (HexColor(code) for code in (0x1F3A5F, 0x17594A, 0x5B2A5E, 0x37474F))


def margin_numbers(content: Content, numbers: Numbers = "margin") -> bytes:
    """Show printed paragraph numbers (4.1, 4.2 …) in a column of their own, left of the text.

    With `numbers="margin"` they are drawn after the page's text, so that a reader who follows the order in
    the file meets them last; with "hanging" each is drawn with its paragraph.
    """
    look = Look(font="Times-Roman", size=11.5, numbers=numbers, gutter=42, bullet=content.bullet)
    left, bottom, width, height = TEXT_BOX
    frame = (left + 42, bottom, width - 42, height) if numbers == "margin" else TEXT_BOX
    return render(lambda: flowables(content.parts, look), content, templates=((frame,),))


def two_columns(content: Content) -> bytes:
    """Show a title across the page and the text in two columns, justified."""
    look = Look(size=9.6, colour=_TEAL, gutter=22, bullet=content.bullet, justify=True)
    gap, head = 22.0, 112.0
    column = (WIDTH - 2 * MARGIN - gap) / 2
    bottom, height = TEXT_BOX[1], TEXT_BOX[3]

    def columns(height: float) -> tuple[Box, ...]:
        return tuple((left, bottom, column, height) for left in (MARGIN, MARGIN + column + gap))

    def story() -> list[Flowable]:
        cover, body = _cover_and_body(content)
        return [NextPageTemplate("page 2"), *flowables(cover, look), FrameBreak(), *flowables(body, look)]

    title: Box = (MARGIN, bottom + height - head, WIDTH - 2 * MARGIN, head)
    return render(story, content, templates=((title, *columns(height - head)), columns(height)))


def action_plan(content: Content) -> bytes:
    """Show recommendations as rows of a ruled table whose cells wrap; its head is repeated on each page."""
    return _plain(content, Look(size=10.5, colour=_SLATE, bullet=content.bullet))


def running_headers(content: Content) -> bytes:
    """Show a cover, a contents page with dot leaders, and a running header and footer on the pages after it.

    The contents page stands in the place of the first page break.
    """
    look = Look(font="Times-Roman", size=11.5, colour=_NAVY, gutter=40, bullet=content.bullet)

    def story() -> list[Flowable]:
        at = next((place for place, part in enumerate(content.parts) if part.kind == "page"), 0)
        cover, body = content.parts[:at], content.parts[at:]
        return [Spacer(0, 150), *flowables(cover, look), *_contents_page(look), *flowables(body, look)]

    return render(story, content, bare_first_page=True)


def boxed_recommendations(content: Content) -> bytes:
    """Show each "Recommendation N" heading and what stands below it in a box of its own."""
    look = Look(size=10.5, colour=_PLUM, gutter=4, bullet=content.bullet)
    return render(
        lambda: [flowable for run in _runs(content.parts) for flowable in _boxed(run, look)], content
    )


def agency_headings(content: Content) -> bytes:
    """Show the agencies as bold headings above numbered recommendations."""
    return _plain(content, Look(size=10.5, gutter=24, bullet=content.bullet))


def footnotes(content: Content) -> bytes:
    """Show footnotes at the foot of the page that their marks stand on."""
    look = Look(font="Times-Roman", size=11.5, gutter=36, bullet=content.bullet, justify=True)
    left, bottom, width, height = TEXT_BOX
    room_for_notes = 34
    frame = (left, bottom + room_for_notes, width, height - room_for_notes)
    return render(lambda: flowables(content.parts, look), content, templates=((frame,),))


LAYOUTS: dict[str, Callable[[Content], bytes]] = {
    "margin_numbers": margin_numbers,
    "two_columns": two_columns,
    "action_plan": action_plan,
    "running_headers": running_headers,
    "boxed_recommendations": boxed_recommendations,
    "agency_headings": agency_headings,
    "footnotes": footnotes,
}


def _plain(content: Content, look: Look) -> bytes:
    return render(lambda: flowables(content.parts, look), content)


def _cover_and_body(content: Content) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    cover = tuple(part for part in content.parts if part.kind in ("title", "cover", "small"))
    return cover, tuple(part for part in content.parts if part not in cover)


def _contents_page(look: Look) -> list[Flowable]:
    head = ParagraphStyle("contents", fontName=look.bold, fontSize=15, textColor=look.colour, spaceAfter=16)
    entry = ParagraphStyle("entry", fontName=look.font, fontSize=look.size, leading=20)
    return [PageBreak(), Paragraph("Contents", head), TableOfContents(dotsMinLevel=0, levelStyles=[entry])]


def _runs(parts: Sequence[Part]) -> list[list[Part]]:
    """Cut the parts before each heading."""
    runs: list[list[Part]] = [[]]
    for part in parts:
        if part.kind in ("section", "heading"):
            runs.append([])
        runs[-1].append(part)
    return runs


def _boxed(run: Sequence[Part], look: Look) -> list[Flowable]:
    inside = flowables(run, look)
    if not run or not run[0].text.startswith("Recommendation "):
        return inside
    for flowable in inside:
        flowable.spaceBefore = 0  # in a cell the spaces of neighbours add up
    rules = [
        ("BOX", (0, 0), (-1, -1), 1, look.colour),
        ("BACKGROUND", (0, 0), (-1, -1), HexColor(0xF7F1F8)),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
    ]
    return [KeepTogether([PlainTable([[inside]], colWidths=[TEXT_BOX[2]], style=rules)]), Spacer(0, 10)]
