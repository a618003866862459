"""Text becomes lines that know their page and the blank lines above them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from srtminer.read.line_marks import (
    DASHES,
    Mark,
    MarkKind,
    is_date,
    is_known,
    is_title,
    split_codes,
    split_mark,
)
from srtminer.read.text_cleaning import broken_words, clean, join_lines
from srtminer.text.numerals import goes_on


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    text: str
    page: int
    """1-based."""
    gap: int = 0
    """Number of blank lines above it."""
    fields: tuple[str, ...] = ()
    """What tabs divide, empty fields too; empty if there is no tab between words."""
    number: str = ""
    """The printed number of a row of a table."""
    cells: tuple[tuple[str, str], ...] = ()
    """(header, text) of each cell, if the line is a row of a table."""


def split_lines(text: str) -> tuple[tuple[Line, ...], int]:
    """Split decoded text into lines; the second value is the number of pages."""
    pages = text.rstrip("\f\n ").split("\f")
    lines: list[Line] = []
    gap = 0
    for number, page in enumerate(pages, start=1):
        for raw in page.removesuffix("\n").split("\n"):
            if cleaned := clean(raw):
                fields = tuple(map(clean, raw.split("\t"))) if "\t" in raw.strip() else ()
                lines.append(Line(cleaned, number, gap if lines else 0, fields))
            gap = 0 if cleaned else gap + 1
    return tuple(lines), max(len(pages), 1)


WRAPPED_SHARE = 0.2
"""Of the long lines, how many must go on in small letters in the next before the text counts as wrapped."""
FULL = 0.92
"""A line that with the next word takes this share of the usual width was wrapped, a shorter one ended there.
Not 1: letters differ in width, so the full lines of a paragraph differ by some hundredths in characters."""
SHORT = 0.7
"""A heading that is not known by its words is at most this share of the full line above it."""

TERMINALS = ".!?:;"
# Why: bullets that were lost leave "… by name;" and "… instead of three children; and" at the items' ends.
_ITEM_ENDS = re.compile(r";(?: (?:and|or))?$")
_RUN_IN = re.compile(
    r"(?:recommendation|learning point|lesson)(?: (?:for|to) [\w’' -]{2,60})?: ?(?=[A-Z“‘])", re.IGNORECASE
)
_CLOSING = "\"'”’)]"


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together; without text it is a mark alone on its line."""

    text: str
    page: int
    gap: int = 0
    """Blank lines above it."""
    kind: MarkKind = ""
    number: str = ""
    sign: str = ""
    """The first printed character, which tells bullets apart."""
    lines: int = 1
    cells: tuple[tuple[str, str], ...] = ()
    """Of a row of a table: (header, text) of each cell."""

    @property
    def is_lone(self) -> bool:
        """Whether it is a number or bullet without text."""
        return bool(self.kind) and not self.text

    @property
    def is_numbered(self) -> bool:
        """Whether it carries the printed number of a paragraph, with its text or alone."""
        is_bare = self.kind == "letter" and self.sign.isalpha()  # "A. Findings", and not "(A)"
        return (self.number.isupper() and (is_bare or self.kind == "roman")) or self.kind in (
            "number",
            "count",
            "bare",
            "label",
        )


def split_pieces(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """Join wrapped lines and split off the marks; a text with one line a paragraph keeps its lines."""
    width = wrap_width([line for line in lines if not line.cells])
    return tuple(_Grouper(lines, width).pieces())


def wrap_width(lines: Sequence[Line]) -> int:
    """Give the width at which a text's lines are wrapped, in characters; 0 if they are not."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.95)] if lengths else 0
    long = [(above, below) for above, below in pairwise(lines) if len(above.text) > max(25, 0.6 * width)]
    going_on = sum(below.text[0].islower() and not ends(above.text) for above, below in long)
    return width if going_on and going_on >= WRAPPED_SHARE * len(long) else 0


def ends(text: str) -> bool:
    """Tell whether a text ends in a mark that closes a sentence or opens a list."""
    return text.rstrip(_CLOSING)[-1:] in TERMINALS if text.rstrip(_CLOSING) else False


class _Grouper:
    """Goes through the lines once; `values` remembers the last plain number, letter by letter kind."""

    def __init__(self, lines: Sequence[Line], width: int) -> None:
        self.lines = lines
        self.width = width
        self.values: dict[MarkKind, str] = {}
        self.open = Mark("", "", "")
        """The mark of the piece that is put together; `values` has it only when the piece is complete."""
        codes = split_codes([line.text for line in lines])
        self.marks = [
            Mark("", "", line.text) if line.cells else codes.get(index) or split_mark(line.text)
            for index, line in enumerate(lines)
        ]
        self.broken = broken_words([line.text for line in lines]) if width else frozenset[str]()
        self.in_list = False
        self.items = 0

    def pieces(self) -> Iterator[Piece]:
        start = 0
        while start < len(self.lines):
            line = self.lines[start]
            if line.cells:
                yield Piece(line.text, line.page, line.gap, number=line.number, cells=line.cells)
                start += 1
                continue
            mark = self.open = self._mark(start)
            end = start + 1
            while mark.rest and end < len(self.lines) and self._joins(start, end):
                end += 1
            piece = self._piece(start, end, mark)
            self._note(piece)
            yield piece
            start = end

    def _piece(self, start: int, end: int, mark: Mark) -> Piece:
        first = self.lines[start]
        parts = [mark.rest, *(line.text for line in self.lines[start + 1 : end])]
        text = join_lines(parts, self.broken)
        return Piece(text, first.page, first.gap, mark.kind, mark.number, first.text[0], end - start)

    def _note(self, piece: Piece) -> None:
        """Remember numbers for sequences, and whether a list without bullets may be open."""
        if piece.kind:
            self.values[_series(piece.kind)] = piece.number
        if piece.text.endswith(":"):
            self.in_list, self.items = True, 0
        elif piece.is_lone:
            self.in_list = piece.kind == "bullet" or (self.in_list and not self.items)
        else:
            self.items += 1
            self.in_list = self.in_list and not piece.is_numbered

    def _joins(self, start: int, index: int) -> bool:
        """Tell whether the line at `index` belongs to the piece that begins at `start`."""
        above, below = self.lines[index - 1], self.lines[index]
        if not self.width or below.cells or self._mark(index).kind:
            return False
        goes_on, is_item = below.text[0].islower(), self.in_list and not self._mark(start).kind
        if below.gap:  # a page break, or a converter, leaves blank lines in mid-sentence
            return goes_on and not is_item and len(above.text) > 0.6 * self.width and not ends(above.text)
        is_full = self._fullness(above.text, below.text) > FULL
        if _ITEM_ENDS.search(above.text) or _is_apart_below(above, below):
            return False
        if above.text.endswith(":") or is_item:  # items that lost their bullets
            return goes_on and is_full
        return goes_on or is_full

    def _fullness(self, above: str, below: str) -> float:
        return (len(above) + 1 + len(below.split(maxsplit=1)[0])) / self.width

    def _mark(self, index: int) -> Mark:
        mark = self.marks[index]
        return mark if mark.kind and self._is_own(mark, index) else Mark("", "", self.lines[index].text)

    def _is_own(self, mark: Mark, index: int) -> bool:
        """Tell a mark from a number or dash that a sentence brought to the line's beginning."""
        series = _series(mark.kind)
        is_next = _series(self.open.kind) == series and goes_on(self.open.number, mark.number)
        in_sequence = is_next or goes_on(self.values.get(series, ""), mark.number)
        if mark.kind == "bare":
            is_chapter = is_title(mark.rest) and is_known(mark.rest)
            below, part = self.marks[index + 1 : index + 9], f"{mark.number}."
            is_due = in_sequence or is_chapter or any(one.number.startswith(part) for one in below)
            return is_due and not is_date(mark)
        if not self.width or index == 0:
            return True
        above, line = self.lines[index - 1], self.lines[index]
        if ends(above.text) or self._fullness(above.text, line.text) <= FULL:
            return True
        is_dash = mark.kind == "bullet" and line.text[0] in DASHES
        return not is_dash and (mark.kind in ("number", "label", "bullet") or in_sequence)


def _is_apart_below(above: Line, below: Line) -> bool:
    """Tell what begins below a last line that is full: known headings anywhere, any other atop a page.

    So do paragraphs with a title run in: "Recommendation for Health: The Trust should …".

    Why: a page ends in "… by September 2018." at the margin, and the next one begins "Formal minutes".
    """
    if _RUN_IN.match(below.text):
        return True
    if not (ends(above.text) or above.text.endswith(")")) or not is_title(below.text):
        return False
    return is_known(below.text) or (above.page != below.page and len(below.text) <= SHORT * len(above.text))


def _series(kind: MarkKind) -> MarkKind:
    return "count" if kind == "bare" else kind
