"""Runs of text with PDFium.

PDFium gives a page's text in lines. Asking it for the box of every glyph from Python costs four
times the reading; the boxes of a line's ends, and of the words around a likely gap, nearly nothing.
"""

import ctypes
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, pairwise
from math import atan2, pi

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
    is_note_mark,
    is_upright,
)
from srtminer.read.pdf.lookout import Lookout
from srtminer.read.pdf.reading_order import COLUMN, column_edges
from srtminer.read.pdf.unseen import BLOCK, Sight, said
from srtminer.read.text_cleaning import is_letter_spaced

LINE = re.compile(r"[^\s\x02\ufffe](?:[^\r\n\x02\ufffe]*[^\s\x02\ufffe])?(?=[^\S\r\n]*([\x02\ufffe])?)")
"""PDFium ends a line with CR LF, and with U+FFFE or U+0002 where a hyphen ended it."""

# it begins with the digit, so that looking for it runs over the rest of a page at full speed
NOTE_MARK = re.compile(
    r"\d(?:(?<=[^\W\d_]\d)|(?<=[.,;:!?)’”\"'\]]\d)|(?<=\b\d{5}))\d{0,2}(?:[,–]\d{1,3}){0,9}(?=[\s.,;:)]|$)"
)
"""Digits glued to a word, a stop, a year or a time: a footnote mark if they are raised or small."""

DRAWN_BACK = re.compile(r" (?<=\b[A-Z] )(?=[A-Za-z])")  # it begins with the space, for the same reason
"""What may be a space only in the file: "W e", a first letter set by itself, the rest moved close to it."""

CLOSE_GAP = 0.7
"""A gap of so many font sizes divides runs where others begin at the same edge."""
WORD_GAP = 1.5
"""Words of a letter-spaced heading stand this much further apart than its letters."""
MARK = 3
"""A longer part of a line has a look of its own."""

MAX_BROKEN = 100
"""Pages in a row that are not there; a damaged file may claim to have millions."""
_Look = tuple[bool, bool, int]
"""Bold, italic, colour."""
_Face = tuple[bytes, bool, bool]
"""Name of a font, bold, italic."""
SPREAD = 1.08
"""A line this much wider than its font's characters usually are is searched for a gap."""
FEW, VERY_FEW = 40, 16
"""Shorter lines vary more in width: below `FEW` they are searched sooner, very short ones all."""
_FORCE_BOLD, _ITALIC, _BOLD_WEIGHT = 1 << 18, 1 << 6, 600
_NAME_BYTES = 128
_SPACE, _WORD = re.compile(r"\s+"), re.compile(r"\S+")
_Cut = Callable[[int, int, bytes, float, float], list[tuple[int, int]]]
"""Cuts the characters from the first to the last, of some font, size and width, into parts like them."""


class _Typefaces:
    """How wide the characters of a document's fonts run."""

    def __init__(self) -> None:
        self.widths: dict[tuple[bytes, float], tuple[float, int]] = {}

    def is_spread(self, font: tuple[bytes, float], characters: int, width: float) -> bool:
        """Tell whether a line is wider than its font lets expect; an unknown font is."""
        total, count = self.widths.get(font, (0.0, 0))
        spread = SPREAD if characters >= FEW else 1.0
        return characters < VERY_FEW or not count or width * count > spread * total * characters

    def learn(self, font: tuple[bytes, float], characters: int, width: float) -> None:
        """Enter the width of a line without a gap."""
        total, count = self.widths.get(font, (0.0, 0))
        self.widths[font] = (total + width, count + characters)


def read_pages(lookout: Lookout) -> Iterator[Page]:
    """Yield the pages of a PDF, one at a time; raises `Unreadable`."""
    fonts = _Typefaces()
    before: Page | None = None
    broken, count = 0, len(lookout.document)
    for index, sight in enumerate(lookout.sights()):
        label = lookout.document.get_page_label(index) or ""
        # a broken page shows up as a page without text
        page = _read_page(lookout, sight, label, fonts, before) if sight else Page(index + 1, label, 0, 0, ())
        broken = 0 if page.width else broken + 1
        if broken > MAX_BROKEN or broken == count:
            raise Unreadable(DAMAGED)
        before = page
        yield page


def _read_page(
    lookout: Lookout,
    sight: Sight,
    label: str,
    fonts: _Typefaces,
    before: Page | None,
    *,
    turned: bool = False,
) -> Page:
    """Read a page, closely if it may hold a table or go on with one of the page before.

    Where most of its text lies on its side or upside down, the page is `turned` first.
    """
    textpage = sight.page.get_textpage()
    try:
        text, hidden = lookout.text(textpage, sight)
        reader = _PageReader(textpage, sight.frame, fonts, text)
        runs = tuple(reader.runs())
        (most, _), *_ = reader.directions.most_common(1) or [(sight.frame.rotation, 0)]
        if most != sight.frame.rotation and not turned:
            sight.page.set_rotation(most)
            again = next(lookout.look({sight.number - 1: sight.page}))
            return _read_page(lookout, again, label, fonts, before, turned=True)
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
            lambda: (*reader.words(), *typed),
        )
    finally:
        textpage.close()


class _PageReader:
    """Asks one text page; the buffers that PDFium fills are made once."""

    def __init__(self, textpage: pdfium.PdfTextPage, frame: Frame, fonts: _Typefaces, text: str) -> None:
        self.text, self._is_masked = text, BLOCK in text
        self.fonts = fonts
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
        self._faces: dict[int | None, _Face] = {}
        spaces = (match.span() for match in DRAWN_BACK.finditer(text) if self._is_closed(match.start()))
        self._unsaid = sorted([*(match.span() for match in NOTE_MARK.finditer(text)), *spaces])

    def runs(self) -> Iterator[Run]:
        """Give the page's runs, cut at wide gaps."""
        spans = [(*match.span(), "-" if match[1] else "") for match in LINE.finditer(self.text)]
        lines = [self._line(*span, self._parts) for span in spans]
        edges = column_edges(lines)
        if not edges:
            return chain.from_iterable(lines)
        closely = partial(self._parts, edges=edges)
        for place, line in enumerate(lines):
            # what runs over the edge of a column may be two lines that stand close together
            if len(line) == 1 and any(line[0].x0 + COLUMN < x < line[0].x1 for x in edges):
                lines[place] = self._line(*spans[place], closely)
        return chain.from_iterable(lines)

    def words(self) -> Iterator[Run]:
        """Give the page's runs, cut at every space."""
        for match in LINE.finditer(self.text):
            yield from self._line(*match.span(), "-" if match[1] else "", self._words)

    def _line(self, start: int, end: int, tail: str, cut: _Cut) -> list[Run]:
        last = end - 1
        middle = self._middle(start, last)
        size, y, direction, upright = self._stand(middle)
        self.directions[direction] += end - start
        if not upright:
            self.turned += 1
            return []
        font, look = self._look(middle)
        left, right = self._x(start, self._start), self._x(last, self._end)
        parts = cut(start, last, font, size, right - left)
        runs = []
        for a, b in parts:
            if len(parts) > 1 and b - a > MARK and not a <= middle <= b:  # a line of another column
                middle = self._middle(a, b)
                (size, y, *_), (_, look) = self._stand(middle), self._look(middle)
            text = self._without_unsaid(a, b, size, y) if self._unsaid else self.text[a : b + 1]
            if self._is_masked:
                text = said(text)
            if b == last:
                text += tail
            if is_letter_spaced(text):
                text = self._with_word_gaps(a, b)
            x0 = left if a == start else self._x(a, self._start)
            x1 = right if b == last else self._x(b, self._end)
            runs.append(Run(text, round(x0 * 10) / 10, round(x1 * 10) / 10, y, size, *look))
        return runs

    def _with_word_gaps(self, first: int, last: int) -> str:
        """Put two spaces between the words of a heading typed with a space after each letter."""
        places = [index for index in range(first, last + 1) if not self.text[index].isspace()]
        gaps = [
            self._x(after, self._start) - self._x(before, self._end) for before, after in pairwise(places)
        ]
        wide = WORD_GAP * sorted(gaps)[len(gaps) // 2]
        spaces = ["  " if gap > wide else " " for gap in gaps]
        return "".join(self.text[index] + space for index, space in zip(places, [*spaces, ""], strict=True))

    def _middle(self, first: int, last: int) -> int:
        middle = (first + last) // 2
        while self.text[middle].isspace():
            middle += 1
        return middle

    def _words(self, first: int, last: int, *_: object) -> list[tuple[int, int]]:
        return [(match.start(), match.end() - 1) for match in _WORD.finditer(self.text, first, last + 1)]

    def _parts(
        self, first: int, last: int, name: bytes, size: float, width: float, edges: Sequence[int] = ()
    ) -> list[tuple[int, int]]:
        """Split a line at wide gaps, and at closer ones before the edge of a column.

        Looking at every gap is slow, so only where one is likely.
        """
        font, length = (name, size), last + 1 - first
        if not (edges or self.fonts.is_spread(font, length, width)):
            self.fonts.learn(font, length, width)
            return [(first, last)]
        parts, start = [], first
        for match in _SPACE.finditer(self.text, first, last + 1):
            before, after = match.span()
            x = self._x(after, self._start)
            least = CLOSE_GAP if edges and any(abs(x - edge) < 2 for edge in edges) else WIDE_GAP
            if x - self._x(before - 1, self._end) > least * size:
                parts.append((start, before - 1))
                start = after
        if not parts:
            self.fonts.learn(font, length, width)
        return [*parts, (start, last)]

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

    def _look(self, index: int) -> tuple[bytes, _Look]:
        """Give the name of a character's font, and its look."""
        font = ask.font(ask.char_drawing(self._at, index))
        name, bold, italic = self._faces.get(font) or self._faces.setdefault(font, self._face(index))
        ask.char_color(self._at, index, *self._channels)
        red, green, blue, _ = self._rgba
        return name, (bold, italic, red << 16 | green << 8 | blue)

    def _face(self, index: int) -> _Face:
        buffer, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
        ask.char_font(self._at, index, ctypes.addressof(buffer), _NAME_BYTES, ctypes.addressof(flags))
        name = buffer.value.decode("utf-8", "replace")
        heavy = flags.value & _FORCE_BOLD or ask.char_weight(self._at, index) >= _BOLD_WEIGHT
        return (
            buffer.value,
            bool(heavy or BOLD.search(name)),
            bool(flags.value & _ITALIC or ITALIC.search(name)),
        )
