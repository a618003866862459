"""Runs of text with PDFium.

PDFium gives a page's text in lines. Asking it for the box of every glyph costs a third of the
time of reading; the boxes of a line's ends, and of the letters on both sides of each space,
a tenth.
"""

import ctypes
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from math import atan2, inf, pi

import numpy as np
import pypdfium2 as pdfium

from srtminer.read.pdf import pdfium_calls as ask
from srtminer.read.pdf.asking_tables import read_closely
from srtminer.read.pdf.drawn import PATH, Frame
from srtminer.read.pdf.geometry import (
    BOLD,
    DAMAGED,
    ITALIC,
    WIDE_GAP,
    Page,
    Run,
    Unreadable,
    is_named,
    is_note_mark,
    is_upright,
)
from srtminer.read.pdf.lookout import Lookout
from srtminer.read.pdf.unseen import BLOCK, Sight, said

LINE = re.compile(r"[^\s\x02\ufffe](?:[^\r\n\x02\ufffe]*[^\s\x02\ufffe])?(?=[^\S\r\n]*([\x02\ufffe])?)")
"""PDFium ends a line with CR LF, and with U+FFFE or U+0002 where a hyphen ended it."""

# it begins with the digit, so that looking for it runs over the rest of a page at full speed
NOTE_MARK = re.compile(
    r"\d(?:(?<=[^\W\d_]\d)|(?<=[.,;:!?)’”\"'\]]\d)|(?<=\b\d{5}))\d{0,2}(?:[,–]\d{1,3}){0,9}(?=[\s.,;:)]|$)"
)
"""Digits glued to a word, a stop, a year or a time: a footnote mark if they are raised or small."""

DRAWN_BACK = re.compile(r" (?<=\b[A-Z] )(?=[A-Za-z])")  # it begins with the space, for the same reason
"""What may be a space only in the file: "W e", a first letter set by itself, the rest moved close to it."""

MARK = 3
"""A longer part of a line has a look of its own."""

MAX_BROKEN = 100
"""Pages in a row that are not there; a damaged file may claim to have millions."""
_FORCE_BOLD, _ITALIC, _BOLD_WEIGHT = 1 << 18, 1 << 6, 600
_NAME_BYTES = 128
_SPACE = re.compile(r"(?<=\S)\s+(?=\S)")


def read_pages(lookout: Lookout) -> Iterator[Page]:
    """Yield the pages of a PDF, one at a time; raises `Unreadable`."""
    before: Page | None = None
    broken, count = 0, len(lookout.document)
    for index, sight in enumerate(lookout.sights()):
        label = lookout.document.get_page_label(index) or ""
        # a broken page shows up as a page without text
        page = Page(index + 1, label, 0, 0, ())
        if sight:
            page = _read_page(lookout, sight, label, before)
        broken = 0 if page.width else broken + 1
        if broken > MAX_BROKEN or broken == count:
            raise Unreadable(DAMAGED)
        before = page
        yield page


def _read_page(
    lookout: Lookout, sight: Sight, label: str, before: Page | None, *, turned: bool = False
) -> Page:
    """Read a page, closely if it may hold a table or go on with one of the page before.

    Where most of its text lies on its side or upside down, the page is `turned` first.
    """
    textpage = sight.page.get_textpage()
    try:
        text, hidden = lookout.text(textpage, sight)
        reader = _PageReader(textpage, sight.frame, text)
        runs = tuple(reader.runs())
        (most, _), *_ = reader.directions.most_common(1) or [(sight.frame.rotation, 0)]
        if most != sight.frame.rotation and not turned:
            sight.page.set_rotation(most)
            again = next(lookout.look({sight.number - 1: sight.page}))
            return _read_page(lookout, again, label, before, turned=True)
        typed, covered = lookout.typed(sight, runs)
        plain = Page(
            sight.number,
            label,
            *sight.frame.size,
            (*runs, *typed),
            reader.turned,
            hidden=hidden + covered,
            draws=sight.has_text,
        )
        return read_closely(
            plain,
            reader.text,
            before,
            lambda: map(tuple, sight.drawn.boxes[sight.drawn.places(PATH)].tolist()),
            lambda: (*reader.runs(-inf), *typed),
        )
    finally:
        textpage.close()


class _PageReader:
    """Asks one text page; the buffers that PDFium fills are made once."""

    def __init__(self, textpage: pdfium.PdfTextPage, frame: Frame, text: str) -> None:
        self.text, self._is_masked = text, BLOCK in text
        self.turned = 0
        self.directions = Counter[int]()
        """How many characters run in each, in degrees against the clock on the page before it is turned."""
        self._start, top, self._end, _ = frame.edges
        self._axis, (self._across, self._down) = top % 2, frame.signs
        self._left, self._top = frame.box[self._start], frame.box[top]
        self._at = ask.address(textpage.raw)
        self._box, (a, b, c, d) = ask.numbers("d", 4)
        self._origin, self._corners = (a, b), (a, c, b, d)  # PDFium gives left, right, bottom, top
        self._rgba, self._channels = ask.numbers("I", 4)
        self._matrix, (self._place, *_) = ask.numbers("f", 6)
        self._faces: dict[int | None, tuple[bool, bool]] = {}
        self._gaps = self._gaps_of([match.span() for match in _SPACE.finditer(text)])
        spaces = (match.span() for match in DRAWN_BACK.finditer(text) if self._is_closed(match.start()))
        self._unsaid = sorted([*(match.span() for match in NOTE_MARK.finditer(text)), *spaces])

    def runs(self, gap: float = WIDE_GAP) -> Iterator[Run]:
        """Give the page's runs, cut at gaps of more than so many font sizes."""
        for match in LINE.finditer(self.text):
            yield from self._line(*match.span(), "-" if match[1] else "", gap)

    def _gaps_of(self, spaces: Sequence[tuple[int, int]]) -> list[tuple[int, int, float]]:
        """Give of each space the place before it and behind it, and how wide it is, in points."""
        places = np.array(spaces, np.int64).reshape(-1, 2) - (1, 0)
        boxes = np.zeros((places.size, 4))
        # PDFium gives left, right, bottom, top
        ask.fill(boxes, ask.char_box, repeat(self._at), places.ravel().tolist(), at=(0, 2, 1, 3))
        before, after = boxes[::2, self._end], boxes[1::2, self._start]
        return list(zip(*places.T.tolist(), (self._across * (after - before)).tolist(), strict=True))

    def _line(self, start: int, end: int, tail: str, gap: float) -> list[Run]:
        last = end - 1
        middle = self._middle(start, last)
        size, y, direction, upright = self._stand(middle)
        self.directions[direction] += end - start
        if not upright:
            self.turned += 1
            return []
        look = self._look(middle)
        parts = self._parts(start, last, gap * size)
        runs = []
        for a, b in parts:
            if len(parts) > 1 and b - a > MARK and not a <= middle <= b:  # a line of another column
                middle = self._middle(a, b)
                (size, y, *_), look = self._stand(middle), self._look(middle)
            text = self._without_unsaid(a, b, size, y) if self._unsaid else self.text[a : b + 1]
            if self._is_masked:
                text = said(text)
            if b == last:
                text += tail
            x0, x1 = self._x(a, self._start), self._x(b, self._end)
            runs.append(Run(text, round(x0 * 10) / 10, round(x1 * 10) / 10, y, size, *look))
        return runs

    def _middle(self, first: int, last: int) -> int:
        middle = (first + last) // 2
        while self.text[middle].isspace():
            middle += 1
        return middle

    def _parts(self, first: int, last: int, widest: float) -> list[tuple[int, int]]:
        """Split a line at wider gaps."""
        start, end = (bisect_left(self._gaps, (place, 0)) for place in (first, last))
        cuts = [(before, after) for before, after, gap in self._gaps[start:end] if gap > widest]
        starts, ends = [first, *(after for _, after in cuts)], [*(before for before, _ in cuts), last]
        return list(zip(starts, ends, strict=True))

    def _is_closed(self, space: int) -> bool:
        """Tell a space whose neighbours stand closer together than half of it is wide."""
        gap = self._x(space + 1, self._start) - self._x(space - 1, self._end)
        return 2 * gap < self._x(space, self._end) - self._x(space, self._start)

    def _without_unsaid(self, first: int, last: int, size: float, y: float) -> str:
        place = bisect_left(self._unsaid, (first, 0))
        kept, start = "", first
        for begin, end in islice(self._unsaid, place, None):
            if end > last + 1:
                break
            if self.text[begin] == " " or is_note_mark(*self._stand(begin)[:2], size, y):
                kept, start = kept + self.text[start:begin], end
        return kept + self.text[start : last + 1]

    def _stand(self, index: int) -> tuple[float, float, int, bool]:
        """Give a character's font size, baseline and direction in degrees, and whether it stands upright.

        Points as shown, in tenths: so `round` takes a third of the time that it takes with a second number.
        """
        ask.char_matrix(self._at, index, self._place)
        a, b, c, d, _, _ = self._matrix
        size = ask.char_size(self._at, index) * (c * c + d * d) ** 0.5
        ask.char_origin(self._at, index, *self._origin)
        y = self._down * (self._box[self._axis] - self._top)
        direction = 0 if b == 0 < a else round(atan2(b, a) / (pi / 2)) % 4 * 90
        upright = is_upright(a, b) if self._axis else is_upright(b, a)
        return round(size * 10) / 10, round(y * 10) / 10, direction, upright

    def _x(self, index: int, edge: int) -> float:
        """Give the left or the right edge of a character as shown."""
        ask.char_box(self._at, index, *self._corners)
        x: float = self._across * (self._box[edge] - self._left)
        return x

    def _look(self, index: int) -> tuple[bool, bool, int]:
        """Give whether a character is bold and italic, and its colour."""
        font = ask.font(ask.char_drawing(self._at, index))
        bold, italic = self._faces.get(font) or self._faces.setdefault(font, self._face(index))
        ask.char_color(self._at, index, *self._channels)
        red, green, blue, _ = self._rgba
        return bold, italic, red << 16 | green << 8 | blue

    def _face(self, index: int) -> tuple[bool, bool]:
        buffer, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
        ask.char_font(self._at, index, ctypes.addressof(buffer), _NAME_BYTES, ctypes.addressof(flags))
        name = buffer.value.decode("utf-8", "replace")
        heavy = flags.value & _FORCE_BOLD or ask.char_weight(self._at, index) >= _BOLD_WEIGHT
        return bool(heavy) or is_named(name, BOLD), bool(flags.value & _ITALIC) or is_named(name, ITALIC)
