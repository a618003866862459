"""Runs of text with PDFium; the only module that names pypdfium2.

PDFium gives a page's text in lines. Asking it for the box of every glyph from Python costs four
times the reading; the boxes of a line's ends, and of the words around a likely gap, nearly nothing.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from srtminer.read.pdf.geometry import (
    DAMAGED,
    PROTECTED,
    WIDE_GAP,
    Page,
    Rule,
    Run,
    Unreadable,
    is_bold,
    is_dingbat,
    is_italic,
    is_note_mark,
    is_upright,
    rules_between,
)
from srtminer.read.pdf.heads import looks_tabular, may_hold_table

BREAK = re.compile("\r\n|\n|\r|\ufffe|\x02")
"""PDFium ends a line with CR LF, and with U+FFFE or U+0002 where a hyphen ended it."""

NOTE_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:!?)’”\"'\]])\d{1,3}(?:[,–]\d{1,3}){0,9}(?=[\s.,;:)]|$)")
"""Digits glued to a word or a stop: a footnote mark if they are raised or small."""

SPREAD = 1.08
"""A line this much wider than its font's characters usually are is searched for a gap."""
FEW = 40
"""Shorter lines vary too much in width for that; they are always searched."""

_NAME_BYTES = 128
_FORCE_BOLD, _ITALIC, _BOLD_WEIGHT = 1 << 18, 1 << 6, 600
_SPACE = re.compile(r"\s+(?=\S)")


def read_pages(path: Path) -> Iterator[Page]:
    """Yield the pages of a PDF, one at a time; raises `Unreadable`."""
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError, ValueError) as error:
        raise _unreadable(error) from error
    fonts = _Fonts()
    closely = False
    try:
        for index in range(len(document)):
            page = _read_page(document, index, fonts, closely)
            closely = looks_tabular(page)
            yield page
    finally:
        document.close()


def _unreadable(error: Exception) -> Unreadable:
    if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return Unreadable(PROTECTED, final=True)
    return Unreadable(DAMAGED)


def _read_page(document: pdfium.PdfDocument, index: int, fonts: "_Fonts", closely: bool) -> Page:
    """Read a page; `closely` if a table may go on from the page before."""
    label = document.get_page_label(index) or ""
    try:
        page = document[index]
    except pdfium.PdfiumError:  # one broken page costs that page; it shows up as a page without text
        return Page(index + 1, label, 0.0, 0.0, ())
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        reader = _PageReader(textpage, page, fonts)
        runs = tuple(reader.runs())
        turned = reader.turned
        if not closely and not may_hold_table(reader.text):
            return Page(index + 1, label, width, height, runs, turned)
        rules = tuple(reader.rules())
        words = tuple(reader.runs(at_spaces=True))
        return Page(index + 1, label, width, height, runs, turned, words, rules)
    finally:
        textpage.close()
        page.close()


class _Fonts:
    """What is known of a document's fonts: their look, and how wide their characters run."""

    def __init__(self) -> None:
        self.looks: dict[tuple[bytes, int, int], tuple[bool, bool]] = {}
        self.widths: dict[tuple[bytes, float], tuple[float, int]] = {}

    def look(self, key: tuple[bytes, int, int]) -> tuple[bool, bool]:
        if key not in self.looks:
            name, flags, weight = key[0].decode("utf-8", "replace"), key[1], key[2]
            bold = is_bold(name) or bool(flags & _FORCE_BOLD) or weight >= _BOLD_WEIGHT
            self.looks[key] = (bold, is_italic(name) or bool(flags & _ITALIC))
        return self.looks[key]

    def is_spread(self, font: tuple[bytes, float], characters: int, width: float) -> bool:
        """Tell whether a line is wider than its font lets expect; an unknown font is."""
        total, count = self.widths.get(font, (0.0, 0))
        return characters < FEW or not count or width * count > SPREAD * total * characters

    def learn(self, font: tuple[bytes, float], characters: int, width: float) -> None:
        total, count = self.widths.get(font, (0.0, 0))
        self.widths[font] = (total + width, count + characters)


class _PageReader:
    """Asks one text page; the buffers that PDFium fills are made once."""

    def __init__(self, textpage: pdfium.PdfTextPage, page: pdfium.PdfPage, fonts: _Fonts) -> None:
        self.page = textpage.raw
        self._paths = page
        self._at_spaces = False
        self.text = _text(textpage)
        self.fonts = fonts
        self.turned = 0
        self.rotation = page.get_rotation()
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self._box = [ctypes.c_double() for _ in range(4)]
        self._rgba = [ctypes.c_uint() for _ in range(4)]
        self._matrix = raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()

    def runs(self, *, at_spaces: bool = False) -> Iterator[Run]:
        """Give the page's runs, cut at wide gaps or at every space."""
        self._at_spaces = at_spaces
        start = 0
        for match in BREAK.finditer(self.text):
            yield from self._line(start, match.start(), "-" if match.group() in "\ufffe\x02" else "")
            start = match.end()
        yield from self._line(start, len(self.text), "")

    def _line(self, start: int, end: int, tail: str) -> Iterator[Run]:
        line = self.text[start:end]
        first = start + len(line) - len(line.lstrip())
        last = start + len(line.rstrip()) - 1
        if last < first:
            return
        middle = first + (last - first) // 2
        while self.text[middle].isspace():
            middle += 1
        size, upright = self._size(middle)
        if not upright:
            self.turned += 1
            return
        y = self._baseline(middle)
        bold, italic = self._look(middle)
        color = self._color(middle)
        if first == last or self.text[first + 1].isspace():
            self._mark_dingbat(first)
        for a, b in self._parts(first, last, size):
            text = self._without_note_marks(a, b, size, y) + (tail if b == last else "")
            yield Run(text, self._edges(a)[0], self._edges(b)[1], y, size, bold, italic, color)

    def _mark_dingbat(self, index: int) -> None:
        """Make a bullet of a lone character that only a font of signs makes one.

        Why: without a Unicode map the square of ZapfDingbats comes out as "n".
        """
        raw.FPDFText_GetFontInfo(self.page, index, self._name, _NAME_BYTES, self._flags)
        if is_dingbat(self._name.value.decode("utf-8", "replace")):
            self.text = f"{self.text[:index]}•{self.text[index + 1 :]}"

    def _parts(self, first: int, last: int, size: float) -> list[tuple[int, int]]:
        """Split a line at wide gaps. Looking at every gap is slow, so only where one is likely."""
        text = self.text[first : last + 1]
        gaps = [(match.start(), match.end()) for match in _SPACE.finditer(text)]
        if self._at_spaces:
            starts = [first, *(first + after for _, after in gaps)]
            return list(zip(starts, [*(first + before - 1 for before, _ in gaps), last], strict=True))
        font = (self._name.value, size)
        width = self._edges(last)[1] - self._edges(first)[0]
        if not self.fonts.is_spread(font, len(text), width):
            gaps = gaps[:1]
        parts, start = [], first
        for before, after in gaps:
            if self._edges(first + after)[0] - self._edges(first + before - 1)[1] > WIDE_GAP * size:
                parts.append((start, first + before - 1))
                start = first + after
        if not parts:
            self.fonts.learn(font, len(text), width)
        return [*parts, (start, last)]

    def _without_note_marks(self, first: int, last: int, size: float, y: float) -> str:
        text = self.text[first : last + 1]
        for match in reversed(list(NOTE_MARK.finditer(text))):
            index = first + match.start()
            if is_note_mark(self._size(index)[0], self._baseline(index), size, y):
                text = text[: match.start()] + text[match.end() :]
        return text

    def _size(self, index: int) -> tuple[float, bool]:
        """Font size in points as shown, and whether the character stands upright."""
        raw.FPDFText_GetMatrix(self.page, index, self._matrix)
        a, b, c, d = self._matrix.a, self._matrix.b, self._matrix.c, self._matrix.d
        size = float(raw.FPDFText_GetFontSize(self.page, index)) * (c * c + d * d) ** 0.5
        if self.rotation in (90, 270):
            a, b = b, a
        return round(size, 1), is_upright(a, b)

    def _baseline(self, index: int) -> float:
        x, y, *_ = self._box
        raw.FPDFText_GetCharOrigin(self.page, index, x, y)
        down = {0: self.top - y.value, 90: x.value - self.left, 180: y.value - self.bottom}
        return round(float(down.get(self.rotation, self.right - x.value)), 1)

    def rules(self) -> Iterator[Rule]:
        """Give the straight lines that are drawn on the page."""
        for item in self._paths.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            matrix = item.get_matrix()
            yield from rules_between(self._shown(*matrix.on_point(x, y)) for x, y in _points(item.raw))

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the page's own space into one of the page as shown."""
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def _edges(self, index: int) -> tuple[float, float]:
        """Left and right edge of a character as shown."""
        raw.FPDFText_GetCharBox(self.page, index, *self._box)
        left, right, bottom, top = (value.value for value in self._box)
        if self.rotation == 0:
            return round(left - self.left, 1), round(right - self.left, 1)
        if self.rotation == 90:
            return round(bottom - self.bottom, 1), round(top - self.bottom, 1)
        if self.rotation == 180:
            return round(self.right - right, 1), round(self.right - left, 1)
        return round(self.top - top, 1), round(self.top - bottom, 1)

    def _color(self, index: int) -> int:
        raw.FPDFText_GetFillColor(self.page, index, *self._rgba)
        red, green, blue, _ = (channel.value for channel in self._rgba)
        return int(red << 16 | green << 8 | blue)

    def _look(self, index: int) -> tuple[bool, bool]:
        raw.FPDFText_GetFontInfo(self.page, index, self._name, _NAME_BYTES, self._flags)
        weight = raw.FPDFText_GetFontWeight(self.page, index)
        return self.fonts.look((self._name.value, self._flags.value, weight))


def _points(path: object) -> Iterator[tuple[float, float]]:
    """Give the corners of a path, the first one again where it is closed; NaN parts its strokes."""
    x, y, start = ctypes.c_float(), ctypes.c_float(), (math.nan, math.nan)
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield (math.nan, math.nan)
            start = (x.value, y.value)
        yield (x.value, y.value)
        if raw.FPDFPathSegment_GetClose(segment):
            yield start


def _text(textpage: pdfium.PdfTextPage) -> str:
    """Give the page's text, one character for every index of PDFium's."""
    text: str = textpage.get_text_range()
    count = textpage.count_chars()
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)
