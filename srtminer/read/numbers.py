"""Pieces become blocks; numbers that were torn from their paragraphs find them again.

A converter that reads a page's margin apart from its text puts a paragraph's number before, or long
before, the paragraph: in front of its heading, before the rest of the list above, two numbers in a row.
A waiting number goes to the next piece that can begin a paragraph, which an item of an open list cannot.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from srtminer.read.compose_review import Block
from srtminer.read.line_marks import CHAPTER, GROUP, TOPIC, is_known, is_title, level_of, parts_of
from srtminer.read.text_pieces import Piece, ends

LOOK_AHEAD = 60
"""Pieces; how far to look for the paragraph of a heading or of a waiting number."""

_NEXT_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?][”’\"')]? [A-Z“‘]")


@dataclass
class _List:
    """A list after a paragraph that ends in ":", or with printed marks."""

    first: Piece | None = None
    last: Piece | None = None
    is_marked: bool = False
    """Whether an item has a printed mark."""
    styles: list[str] = field(default_factory=list)
    """Marks seen, outermost first: their places are the levels."""
    owed: int = 0
    """Bullets that stood alone and still lack their text."""
    gap: int = -1
    """Blank lines between the items, -1 before there are two."""


def place_numbers(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """Give the blocks of a text in reading order, each number with its paragraph."""
    return tuple(_Placer(pieces).blocks())


class _Placer:
    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.title_places = frozenset(
            i for i, p in enumerate(pieces) if not (p.kind or p.cells) and is_title(p.text)
        )
        titles = Counter(pieces[place].text for place in self.title_places)
        self.repeated = frozenset(title for title, times in titles.items() if times > 1)
        self.waiting: list[Piece] = []
        self.list: _List | None = None
        self.out: list[Block] = []
        self.has_chapters = False

    def blocks(self) -> list[Block]:
        for index, piece in enumerate(self.pieces):
            if piece.cells:
                self._row(piece)
            elif piece.is_lone:
                self._wait(piece)
            elif piece.is_numbered:
                self._numbered(index)
            elif self.waiting and self.waiting[0].kind in ("letter", "roman"):
                self._item(replace(self.waiting.pop(0), text=piece.text, lines=piece.lines))
            elif piece.kind or self._is_item(index):
                self._item(piece)
            elif self._is_heading(index):
                self._heading(index)
            else:
                self._paragraph(piece, self.waiting.pop(0) if self.waiting else None)
        self._give_up()
        return self.out

    def _row(self, piece: Piece) -> None:
        self._give_up()
        self.list = None
        self.out.append(Block("", piece.page, "row", piece.number, cells=piece.cells))

    def _wait(self, piece: Piece) -> None:
        if piece.kind == "bullet":
            self.list = self.list or _List()
            self.list.owed += 1
        else:
            self.waiting.append(piece)

    def _numbered(self, index: int) -> None:
        """A piece with its number in front closes lists; numbers still waiting will find nothing any more."""
        piece = self.pieces[index]
        self._give_up()
        if (is_title(piece.text) and self._has_content(index)) or self._is_in_capitals(index):
            self._emit_heading(piece, piece)
        else:
            self._paragraph(piece, piece)

    def _is_in_capitals(self, index: int) -> bool:
        """Tell a chapter's heading from the first point below it, which has a number of the same kind.

        Why: "2. RECOMMENDATIONS" and below it "1. The Ministry shall …"; "6 ACTION SHOULD BE TAKEN".
        """
        after = self._after(index)
        text = self.pieces[index].text
        return text.isupper() and text[-1] != ":" and after is not None and not after.text.isupper()

    def _after(self, index: int) -> Piece | None:
        return self.pieces[index + 1] if index + 1 < len(self.pieces) else None

    def _give_up(self) -> None:
        self.out.extend(Block(piece.number, piece.page) for piece in self.waiting)
        self.waiting.clear()

    def _item(self, piece: Piece) -> None:
        self.list = self.list or _List()
        open_list = self.list
        if open_list.first is not None and open_list.first is open_list.last:
            open_list.gap = piece.gap
        open_list.first, open_list.last = open_list.first or piece, piece
        open_list.is_marked = open_list.is_marked or bool(piece.kind)
        open_list.owed = max(open_list.owed - (not piece.kind), 0)
        level = _level_of_item(piece, open_list)
        self.out.append(Block(piece.text, piece.page, "item", piece.number, level))

    def _paragraph(self, piece: Piece, number: Piece | None) -> None:
        text = Block(piece.text, piece.page, "text", number.number if number else "")
        self.out.append(text)
        opens = piece.text.endswith(":")
        self.list = _List() if opens else None

    def _heading(self, index: int) -> None:
        """A heading keeps a waiting number only if a further number follows for the text below it."""
        after = self._after(index)
        owner = self.waiting.pop(0) if self.waiting and after and after.is_numbered else None
        self._emit_heading(self.pieces[index], owner)

    def _emit_heading(self, piece: Piece, owner: Piece | None) -> None:
        number = owner.number if owner else ""
        level = level_of(piece.text, number) if self.out else CHAPTER
        if level == TOPIC and piece.text.isupper():  # chapters, unless chapters have numbers
            level = GROUP if self.has_chapters else CHAPTER
        self.has_chapters |= bool(number) and level == CHAPTER
        self.out.append(Block(piece.text, piece.page, "heading", number, level))
        self.list = None

    def _has_content(self, index: int) -> bool:
        """A heading has text below it; a short numbered line before its equal is a short paragraph."""
        piece = self.pieces[index]
        after = self._after(index)
        if after is None or after.text[:1].islower():
            return False
        if piece.kind in ("number", "count", "bare") and after.kind in ("number", "count", "bare"):
            begins_anew = after.number == "1" and is_known(piece.text)  # "3. Recommendations" over 1, 2, …
            return begins_anew or parts_of(after.number) > parts_of(piece.number)
        return after.kind != piece.kind or not piece.kind

    def _is_heading(self, index: int) -> bool:
        piece = self.pieces[index]
        if piece.lines > 2 or not self._is_title(index) or not self._leads_to_text(index):
            return False
        if index == 0:
            return True
        return self.list is None or self._closes_list(index)

    def _is_title(self, index: int) -> bool:
        """Judge the words; the first line of a text is its title even if it has a verb.

        Why: "Conclusion of criminal proceedings and contact with the family." ends in a full stop, but stands
        between a lone number and a paragraph that follows without a blank line.
        """
        piece = self.pieces[index]
        if index in self.title_places:
            return True
        if index == 0:
            return len(piece.text) <= 150 and not ends(piece.text) and piece.text[0].isupper()
        after = self._after(index)
        between = self.waiting and piece.lines == 1 and after and not after.kind and after.gap == 0
        return bool(between) and piece.text.endswith(".") and is_title(piece.text, period=True)

    def _leads_to_text(self, index: int) -> bool:
        """Tell a heading from an address or a list of names at the end."""
        below = self.pieces[index + 1 : index + 1 + LOOK_AHEAD]
        if (
            below
            and below[0].text[:1].islower()
            and not below[0].kind
            and not self.pieces[index].text.isupper()
        ):
            return False
        return any(place not in self.title_places for place in range(index + 1, index + 1 + len(below)))

    def _closes_list(self, index: int) -> bool:
        """In an open list a short line may be an item: a heading is known, repeated, or sits on its text."""
        piece = self.pieces[index]
        if is_known(piece.text) or piece.text in self.repeated:
            return True
        after = self.pieces[index + 1]
        return piece.gap > 0 and not after.kind and after.gap == 0 and ends(after.text)

    def _is_item(self, index: int) -> bool:
        if self.list is None or self._is_heading(index) or _is_paragraph(self.pieces[index]):
            return False
        if self.list.owed or self.list.first is None:
            return bool(self.list.owed) or not self.waiting or self._number_is_due_later(index)
        if self.list.is_marked or not _continues(self.list, self.pieces[index]):
            return False
        return not self.waiting or self._number_is_due_later(index)

    def _number_is_due_later(self, index: int) -> bool:
        """Look ahead to the next number: is there a paragraph for the waiting one behind the open list?

        Why: "We recommend that:" / "4.2" / text / "4.3" is no list, its numbers are the points themselves.
        """
        seen_heading = False
        for place, piece in enumerate(self.pieces[index + 1 : index + 1 + LOOK_AHEAD], start=index + 1):
            if piece.is_numbered:
                return False
            if piece.kind:
                continue
            if seen_heading:
                return True
            seen_heading = self._is_title(place) and self._leads_to_text(place) and self._closes_list(place)
        return False


def _is_paragraph(piece: Piece) -> bool:
    """Two sentences are more than an item, unless blank lines show that a bullet was lost above them."""
    return piece.gap <= 1 and bool(_NEXT_SENTENCE.search(piece.text))


def _continues(open_list: _List, piece: Piece) -> bool:
    """Tell whether a piece goes on with a list without marks: begun alike, ended alike, spaced alike."""
    first, last = open_list.first, open_list.last
    if first is None or last is None:
        return True
    spacing = first.gap if open_list.gap < 0 else open_list.gap
    if min(piece.gap, spacing) > 1 or piece.text[0].islower():
        return True
    return piece.gap <= spacing if open_list.gap < 0 else piece.gap == spacing


def _level_of_item(piece: Piece, open_list: _List) -> int:
    style = piece.sign if piece.kind == "bullet" else piece.kind
    if style not in open_list.styles:
        open_list.styles.append(style)
    return open_list.styles.index(style)
