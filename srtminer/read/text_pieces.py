"""Lines of plain text become blocks; numbers that were torn from their paragraphs find them again.

A converter that reads a page's margin apart from its text puts a paragraph's number before, or long
before, the paragraph: in front of its heading, before the rest of the list above, two numbers in a row.
A waiting number goes to the next piece that can begin a paragraph, which an item of an open list cannot.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from srtminer.read.compose_review import Block
from srtminer.read.line_marks import (
    CHAPTER,
    DASHES,
    GROUP,
    TOPIC,
    Mark,
    MarkKind,
    is_date,
    is_known,
    is_title,
    level_of,
    marks_of,
    parts_of,
)
from srtminer.read.text_cleaning import Line, broken_words, join_lines
from srtminer.text.names import goes_on


def text_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Give the blocks of a text in reading order, each number with its paragraph.

    A text with one line a paragraph keeps its lines.
    """
    width = _wrap_width([line for line in lines if not line.cells])
    return tuple(_Placer(tuple(_Grouper(lines, width).pieces())).blocks())


WRAPPED_SHARE = 0.2
"""Of the long lines, how many must go on in small letters in the next before the text counts as wrapped."""
FULL = 0.92
"""A line that with the next word takes this share of the usual width was wrapped, a shorter one ended there.
Not 1: letters differ in width, so the full lines of a paragraph differ by some hundredths in characters."""
SHORT = 0.7
"""A heading that is not known by its words is at most this share of the full line above it."""
TITLE = 150
"""Characters of the first line of a text, which is its title even if it has a verb."""
LOOK_AHEAD = 60
"""Pieces; how far to look for the paragraph of a heading or of a waiting number."""

TERMINALS = ".!?:;"
_CLOSING = "\"'”’)]"
# Why: bullets that were lost leave "… by name;" and "… instead of three children; and" at the items' ends.
_ITEM_ENDS = (";", "; and", "; or")
_RUN_IN = re.compile(
    r"(?:recommendation|learning point|lesson)(?: (?:for|to) [\w’' -]{2,60})?: ?(?=[A-Z“‘])", re.IGNORECASE
)
_NEXT_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?][”’\"')]? [A-Z“‘]")


@dataclass(frozen=True, slots=True)
class _Piece:
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
    def is_numbered(self) -> bool:
        """Whether it carries the printed number of a paragraph, with its text or alone."""
        is_bare = self.kind == "letter" and self.sign.isalpha()  # "A. Findings", and not "(A)"
        is_capital = self.number.isupper() and (is_bare or self.kind == "roman")
        return is_capital or self.kind in ("number", "count", "bare", "label")


def _wrap_width(lines: Sequence[Line]) -> int:
    """Give the width at which a text's lines are wrapped, in characters; 0 if they are not."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.95)] if lengths else 0
    long = [(above, below) for above, below in pairwise(lines) if len(above.text) > max(25, 0.6 * width)]
    going_on = sum(below.text[0].islower() and not _ends(above.text) for above, below in long)
    return width if going_on and going_on >= WRAPPED_SHARE * len(long) else 0


def _ends(text: str) -> bool:
    """Tell whether a text ends in a mark that closes a sentence or opens a list."""
    return text.rstrip(_CLOSING).endswith(tuple(TERMINALS))


class _Grouper:
    """Goes through the lines once; `values` remembers the last plain number, letter by letter kind."""

    def __init__(self, lines: Sequence[Line], width: int) -> None:
        self.lines = lines
        self.width = width
        self.values: dict[MarkKind, str] = {}
        self.open = Mark("", "", "")
        """The mark of the piece that is put together; `values` has it only when the piece is complete."""
        self.marks = marks_of(["" if line.cells else line.text for line in lines])
        self.broken = broken_words([line.text for line in lines]) if width else frozenset[str]()
        self.in_list = False
        """Whether a list without bullets may be open."""
        self.items = 0

    def pieces(self) -> Iterator[_Piece]:
        start = 0
        while start < len(self.lines):
            line, end = self.lines[start], start + 1
            if line.cells:
                yield _Piece(line.text, line.page, line.gap, number=line.number, cells=line.cells)
            else:
                mark = self.open = self._mark(start)
                while mark.rest and end < len(self.lines) and self._joins(start, end):
                    end += 1
                text = join_lines(
                    [mark.rest, *(below.text for below in self.lines[start + 1 : end])], self.broken
                )
                piece = _Piece(text, line.page, line.gap, mark.kind, mark.number, line.text[0], end - start)
                self._note(piece)
                yield piece
            start = end

    def _note(self, piece: _Piece) -> None:
        if piece.kind:
            self.values[_series(piece.kind)] = piece.number
        if piece.text.endswith(":"):
            self.in_list, self.items = True, 0
        elif piece.kind and not piece.text:
            self.in_list = piece.kind == "bullet" or (self.in_list and not self.items)
        else:
            self.items += 1
            self.in_list = self.in_list and not piece.is_numbered

    def _joins(self, start: int, index: int) -> bool:
        """Tell whether the line at `index` belongs to the piece that begins at `start`."""
        above, below = self.lines[index - 1], self.lines[index]
        if not self.width or below.cells or self._mark(index).kind:
            return False
        is_small, is_item = below.text[0].islower(), self.in_list and not self._mark(start).kind
        if below.gap:  # a page break, or a converter, leaves blank lines in mid-sentence
            return is_small and not is_item and len(above.text) > 0.6 * self.width and not _ends(above.text)
        if above.text.endswith(_ITEM_ENDS) or _is_apart_below(above, below):
            return False
        is_full = self._fullness(above.text, below.text) > FULL
        if above.text.endswith(":") or is_item:  # items that lost their bullets
            return is_small and is_full
        return is_small or is_full

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
        if _ends(above.text) or self._fullness(above.text, line.text) <= FULL:
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
    if not (_ends(above.text) or above.text.endswith(")")) or not is_title(below.text):
        return False
    return is_known(below.text) or (above.page != below.page and len(below.text) <= SHORT * len(above.text))


def _series(kind: MarkKind) -> MarkKind:
    return "count" if kind == "bare" else kind


@dataclass
class _List:
    """A list after a paragraph that ends in ":", or with printed marks."""

    first: _Piece | None = None
    last: _Piece | None = None
    is_marked: bool = False
    """Whether an item has a printed mark."""
    styles: list[str] = field(default_factory=list)
    """Marks seen, outermost first: their places are the levels."""
    owed: int = 0
    """Bullets that stood alone and still lack their text."""
    gap: int = -1
    """Blank lines between the items, -1 before there are two."""

    def add(self, piece: _Piece) -> Block:
        if self.first is not None and self.first is self.last:
            self.gap = piece.gap
        self.first, self.last = self.first or piece, piece
        self.is_marked = self.is_marked or bool(piece.kind)
        self.owed = max(self.owed - (not piece.kind), 0)
        style = piece.sign if piece.kind == "bullet" else piece.kind
        if style not in self.styles:
            self.styles.append(style)
        return Block(piece.text, piece.page, "item", piece.number, self.styles.index(style))

    def goes_on(self, piece: _Piece) -> bool:
        """Tell whether a piece goes on with a list without marks: begun alike, spaced alike."""
        if self.first is None:
            return True
        spacing = self.first.gap if self.gap < 0 else self.gap
        if min(piece.gap, spacing) > 1 or piece.text[0].islower():
            return True
        return piece.gap <= spacing if self.gap < 0 else piece.gap == spacing


class _Placer:
    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self.pieces = pieces
        self.title_places = frozenset(
            i for i, p in enumerate(pieces) if not (p.kind or p.cells) and is_title(p.text)
        )
        titles = Counter(pieces[place].text for place in self.title_places)
        self.repeated = frozenset(title for title, times in titles.items() if times > 1)
        self.waiting: list[_Piece] = []
        self.list: _List | None = None
        self.out: list[Block] = []
        self.has_chapters = False

    def blocks(self) -> list[Block]:
        for index, piece in enumerate(self.pieces):
            if piece.cells:
                self._give_up()
                self.list = None
                self.out.append(Block("", piece.page, "row", piece.number, cells=piece.cells))
            elif not piece.text and piece.kind == "bullet":
                self.list = self.list or _List()
                self.list.owed += 1
            elif not piece.text and piece.kind:
                self.waiting.append(piece)
            elif piece.is_numbered:
                self._numbered(index)
            elif self.waiting and self.waiting[0].kind in ("letter", "roman"):
                self._item(replace(self.waiting.pop(0), text=piece.text, lines=piece.lines))
            elif piece.kind or self._is_item(index):
                self._item(piece)
            elif self._is_heading(index):
                # it keeps a waiting number only if a further number follows for the text below it
                after = self._after(index)
                self._heading(piece, self._next_number() if after and after.is_numbered else "")
            else:
                self._paragraph(piece, self._next_number())
        self._give_up()
        return self.out

    def _next_number(self) -> str:
        return self.waiting.pop(0).number if self.waiting else ""

    def _give_up(self) -> None:
        """Keep numbers that will find nothing any more as what they were."""
        self.out.extend(Block(piece.number, piece.page) for piece in self.waiting)
        self.waiting.clear()

    def _numbered(self, index: int) -> None:
        """Take a piece with its number in front; it closes lists.

        A chapter's heading is told from the first point below it, which has a number of the same kind.
        Why: "2. RECOMMENDATIONS" and below it "1. The Ministry shall …"; "6 ACTION SHOULD BE TAKEN".
        """
        piece, after = self.pieces[index], self._after(index)
        self._give_up()
        in_capitals = piece.text.isupper() and piece.text[-1] != ":" and after and not after.text.isupper()
        if in_capitals or (is_title(piece.text) and self._has_content(index)):
            self._heading(piece, piece.number)
        else:
            self._paragraph(piece, piece.number)

    def _after(self, index: int) -> _Piece | None:
        return self.pieces[index + 1] if index + 1 < len(self.pieces) else None

    def _item(self, piece: _Piece) -> None:
        self.list = self.list or _List()
        self.out.append(self.list.add(piece))

    def _paragraph(self, piece: _Piece, number: str) -> None:
        self.out.append(Block(piece.text, piece.page, "text", number))
        self.list = _List() if piece.text.endswith(":") else None

    def _heading(self, piece: _Piece, number: str) -> None:
        level = level_of(piece.text, number) if self.out else CHAPTER
        if level == TOPIC and piece.text.isupper():  # chapters, unless chapters have numbers
            level = GROUP if self.has_chapters else CHAPTER
        self.has_chapters |= bool(number) and level == CHAPTER
        self.out.append(Block(piece.text, piece.page, "heading", number, level))
        self.list = None

    def _has_content(self, index: int) -> bool:
        """A heading has text below it; a short numbered line before its equal is a short paragraph."""
        piece, after = self.pieces[index], self._after(index)
        if after is None or after.text[:1].islower():
            return False
        if piece.kind in ("number", "count", "bare") and after.kind in ("number", "count", "bare"):
            begins_anew = after.number == "1" and is_known(piece.text)  # "3. Recommendations" over 1, 2, …
            return begins_anew or parts_of(after.number) > parts_of(piece.number)
        return after.kind != piece.kind or not piece.kind

    def _is_heading(self, index: int) -> bool:
        if self.pieces[index].lines > 2 or not self._is_title(index) or not self._leads_to_text(index):
            return False
        return index == 0 or self.list is None or self._closes_list(index)

    def _is_title(self, index: int) -> bool:
        """Judge the words.

        Why: "Conclusion of criminal proceedings and contact with the family." ends in a full stop, but stands
        between a lone number and a paragraph that follows without a blank line.
        """
        piece, after = self.pieces[index], self._after(index)
        if index in self.title_places:
            return True
        if index == 0:
            return len(piece.text) <= TITLE and not _ends(piece.text) and piece.text[0].isupper()
        between = self.waiting and piece.lines == 1 and after and not after.kind and after.gap == 0
        return bool(between) and piece.text.endswith(".") and is_title(piece.text, period=True)

    def _leads_to_text(self, index: int) -> bool:
        """Tell a heading from an address or a list of names at the end."""
        below = self.pieces[index + 1 : index + 1 + LOOK_AHEAD]
        goes_on = below and below[0].text[:1].islower() and not below[0].kind
        if goes_on and not self.pieces[index].text.isupper():
            return False
        return any(place not in self.title_places for place in range(index + 1, index + 1 + len(below)))

    def _closes_list(self, index: int) -> bool:
        """In an open list a short line may be an item: a heading is known, repeated, or sits on its text."""
        piece, after = self.pieces[index : index + 2]
        if is_known(piece.text) or piece.text in self.repeated:
            return True
        return piece.gap > 0 and not after.kind and after.gap == 0 and _ends(after.text)

    def _is_item(self, index: int) -> bool:
        """Two sentences are more than an item, unless blank lines show that a bullet was lost above them."""
        piece = self.pieces[index]
        is_paragraph = piece.gap <= 1 and _NEXT_SENTENCE.search(piece.text)
        if self.list is None or is_paragraph or self._is_heading(index):
            return False
        if not self.list.owed and (self.list.first and (self.list.is_marked or not self.list.goes_on(piece))):
            return False
        return bool(self.list.owed) or not self.waiting or self._number_is_due_later(index)

    def _number_is_due_later(self, index: int) -> bool:
        """Look ahead to the next number: is there a paragraph for the waiting one behind the open list?

        Why: "We recommend that:" / "4.2" / text / "4.3" is no list, its numbers are the points themselves.
        """
        seen_heading = False
        for place, piece in enumerate(self.pieces[index + 1 : index + 1 + LOOK_AHEAD], start=index + 1):
            if piece.is_numbered or (seen_heading and not piece.kind):
                return not piece.is_numbered
            if not piece.kind:
                seen_heading = (
                    self._is_title(place) and self._leads_to_text(place) and self._closes_list(place)
                )
        return False
