"""Parts become platypus flowables; a `Look` says how they are dressed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, LongTable, PageBreak, Paragraph, Spacer

from tests.pdfs.content import Part

Numbers = Literal["hanging", "margin"]

_BOLD = re.compile(r"\*\*([^*]*)\*\*")
_MARK = re.compile(r"\^(\d+)\^")
_BOLD_FONT = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold"}
_ITALIC_FONT = {"Helvetica": "Helvetica-Oblique", "Times-Roman": "Times-Italic"}
_DINGBATS = "■❖➢"
"""Bullets that the text fonts do not have, and ZapfDingbats has."""


@dataclass(frozen=True, slots=True)
class Look:
    """The typography of a layout; lengths are points."""

    font: str = "Helvetica"
    size: float = 10.5
    colour: Color = black
    """Of titles, headings and rules."""
    numbers: Numbers = "hanging"
    """`hanging`: drawn with their paragraph; `margin`: drawn after the page's text, as a margin frame is."""
    gutter: float = 36
    """Width that printed numbers hang in."""
    bullet: str = "•"
    justify: bool = False

    @property
    def bold(self) -> str:
        """The bold face of the font."""
        return _BOLD_FONT[self.font]

    @property
    def italic(self) -> str:
        """The italic face of the font."""
        return _ITALIC_FONT[self.font]


class Block(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph that leaves its margin number and footnotes to be drawn when the page is full."""

    margin_number = ""
    gutter = 0.0
    notes: tuple[Part, ...] = ()
    contents_entry = ""

    def split(self, width: float, height: float) -> list[Paragraph]:
        """Stay whole above footnotes, which belong on the page of their marks; else number the first half."""
        if self.notes:
            return []
        halves: list[Paragraph] = super().split(width, height)
        for half in halves[:1]:
            half.margin_number, half.gutter = self.margin_number, self.gutter
        return halves

    def draw(self) -> None:
        """Draw the text; note where the number belongs, and the footnotes."""
        super().draw()
        style = self.style
        x, y = self.canv.absolutePosition(-self.gutter, self.height - style.fontSize)
        held = self.canv.__dict__
        if self.margin_number:
            held.setdefault("margin_numbers", []).append(
                (x, y, self.margin_number, style.fontName, style.fontSize)
            )
        held.setdefault("footnotes", []).extend(self.notes)


def markup(text: str) -> str:
    """Turn the inline marks of a part into reportlab's."""
    return _MARK.sub(r"<super size='7'>\1</super>", _BOLD.sub(r"<b>\1</b>", escape(text)))


def flowables(parts: Sequence[Part], look: Look) -> list[Flowable]:
    """Turn parts into flowables, tables whole."""
    story: list[Flowable] = []
    for is_row, run in groupby(_with_footnotes(parts), key=lambda pair: pair[0].kind == "row"):
        if is_row:
            story += [table([part.cells for part, _ in run], look), Spacer(0, 10)]
        else:
            story += [_flowable(part, notes, look) for part, notes in run]
    return story


def table(rows: Sequence[Sequence[str]], look: Look) -> Flowable:
    """Set a ruled table with a head that is repeated on each page; cells wrap."""
    head = ParagraphStyle("head", fontName=look.bold, fontSize=9.5, leading=12, textColor=white)
    body = ParagraphStyle("cell", fontName=look.font, fontSize=9.5, leading=12)
    cells = [
        [Paragraph(markup(cell), body if row else head) for cell in line] for row, line in enumerate(rows)
    ]
    rules = [
        ("GRID", (0, 0), (-1, -1), 0.6, HexColor(0x8A94A0)),
        ("BACKGROUND", (0, 0), (-1, 0), look.colour),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, HexColor(0xF4F6F8)]),
    ]
    return LongTable(cells, colWidths=_column_widths(rows), repeatRows=1, style=rules)


def _column_widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Share 451 points, the text width of an A4 page, by the square root of each column's longest cell."""
    lengths = [max(map(len, column)) ** 0.5 + 2 for column in zip(*rows, strict=True)]
    return [451 * length / sum(lengths) for length in lengths]


def _with_footnotes(parts: Iterable[Part]) -> list[tuple[Part, tuple[Part, ...]]]:
    pairs: list[tuple[Part, tuple[Part, ...]]] = []
    for part in parts:
        if part.kind == "footnote":
            owner, notes = pairs.pop()
            pairs.append((owner, (*notes, part)))
        else:
            pairs.append((part, ()))
    return pairs


def _flowable(part: Part, notes: tuple[Part, ...], look: Look) -> Flowable:
    if part.kind == "page":
        return PageBreak()
    label = look.bullet if part.kind == "bullet" and not part.number else part.number
    in_margin = look.numbers == "margin" and part.kind in ("text", "section")
    block = Block(markup(part.text), _style(part, look), bulletText=None if in_margin else label or None)
    block.notes, block.gutter = notes, look.gutter
    block.margin_number = label if in_margin else ""
    block.contents_entry = f"{part.number} {part.plain}".strip() if part.kind == "section" else ""
    return block


def _style(part: Part, look: Look) -> ParagraphStyle:
    size, own = look.size, _own_style(part, look)
    plain: dict[str, Any] = {
        "fontName": look.font,
        "fontSize": size,
        "leading": own.get("fontSize", size) * 1.32,
        "spaceBefore": size * 0.7,
        "spaceAfter": size * 0.7,
        "leftIndent": look.gutter if look.numbers == "hanging" and part.number else 0,
        "embeddedHyphenation": 1,  # break after the hyphen of "multi-agency", as word processors do
        "bulletFontName": own.get("fontName", look.font),
        "bulletFontSize": own.get("fontSize", size),
        "alignment": TA_JUSTIFY if look.justify and part.kind in ("text", "bullet") else TA_LEFT,
    }
    return ParagraphStyle(part.kind, **(plain | own))


def _own_style(part: Part, look: Look) -> dict[str, Any]:
    size = look.size
    headline = {"fontName": look.bold, "textColor": look.colour, "keepWithNext": 1}
    match part.kind:
        case "title":
            return headline | {"fontSize": size * 1.9, "spaceBefore": 0, "spaceAfter": size * 1.2}
        case "cover":
            return {
                "fontName": look.bold,
                "fontSize": size * 1.25,
                "spaceBefore": 0,
                "spaceAfter": size * 0.4,
            }
        case "small":
            return {
                "fontName": look.italic,
                "fontSize": size * 0.8,
                "spaceBefore": 4,
                "spaceAfter": size * 1.5,
            }
        case "section":
            return headline | {"fontSize": size * 1.3, "spaceBefore": size}
        case "heading":
            return headline | {"fontSize": size * 1.05, "spaceBefore": size}
        case "quote":
            return {"fontName": look.italic, "leftIndent": look.gutter + 18, "rightIndent": 24}
        case "bullet":
            indent = look.gutter if look.numbers == "hanging" else 0
            bullet_font = {"bulletFontName": "ZapfDingbats"} if look.bullet in _DINGBATS else {}
            return {
                "bulletIndent": indent,
                "leftIndent": indent + 18,
                "spaceBefore": 0,
                "spaceAfter": size * 0.3,
            } | bullet_font
        case _:
            return {}
