"""Paragraphs of documents that name their headings and lists (Markdown, HTML, DOCX) become blocks.

Printed numbers that stand in the text itself are recognised as in plain text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from srtminer.model import AS_COVERED, COVERED, UNSEEN, Omission, Role
from srtminer.read.compose_review import Block
from srtminer.read.line_marks import (
    Mark,
    is_date,
    is_title,
    level_of,
    marks_of,
    split_mark,
)
from srtminer.read.page_furniture import is_contents_title
from srtminer.read.text_cleaning import Line, clean
from srtminer.read.text_pieces import text_blocks
from srtminer.text.names import goes_on

_COVERED = re.compile(rf"{re.escape(AS_COVERED)}(?:\s*{re.escape(AS_COVERED)})+")
"""Words that are covered run by run."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text that is set alike; "\\n" is a forced line break."""

    text: str
    bold: bool = False
    italic: bool = False
    size: float = 0.0
    """In points, 0 where the file does not say."""


UNKNOWN = -2
"""A colour that the file names in a way that is not followed."""
WHITE, FAINT = 0xFFFFFF, 30
"""Colours that differ by less than `FAINT` of 255 in each of red, green and blue look the same."""
PALE = 225
"""Of 255, in each: letters that look like what lies behind them are hidden if it is pale, else covered."""
SMALLEST = 3.0
"""Points; smaller letters are not read by anybody."""


def why_unseen(color: int, behind: int | None, size: float) -> str:
    """Tell why letters are not seen: too small, or hardly set off (colours below 0 are not known)."""
    if 0 < size < SMALLEST:
        return UNSEEN
    if behind is None or min(color, behind) < 0:
        return ""
    ink, paper = color.to_bytes(3), behind.to_bytes(3)
    if any(abs(one - other) >= FAINT for one, other in zip(ink, paper, strict=True)):
        return ""
    return UNSEEN if min(paper) >= PALE else COVERED


class Unseen:
    """Counts the words that are left out, by kind and page."""

    def __init__(self) -> None:
        self.words: Counter[tuple[str, int]] = Counter()

    def add(self, what: str, page: int, text: str) -> None:
        """Count the words of a text; none is nothing."""
        if words := len(text.split()):
            self.words[what, page] += words

    def without(self, why: str, page: int, text: str) -> str:
        """Count the words of a text if there is a reason why they are not seen, and give what is seen of it.

        Of what is covered a sign stays in the place, and the spaces around it.
        """
        if not why:
            return text
        self.add(why, page, text)
        if why != COVERED:
            return ""
        return text.replace(text.strip(), AS_COVERED) if text.strip() else text

    def omissions(self) -> tuple[Omission, ...]:
        """Tell them in the order of their pages."""
        found = sorted(self.words.items(), key=lambda entry: (entry[0][1], entry[0][0]))
        return tuple(Omission(what, page, 0, words) for (what, page), words in found)


def paragraphs(runs: Iterable[Run], like: Block) -> tuple[Block, ...]:
    """Make paragraphs of runs, with the role, page and level of `like`; only the first keeps its number.

    A heading is one paragraph. Any other is split at its forced line breaks, unless a sentence goes on in
    small letters. Why: title pages, addresses and typed lists ("• one<br>• two") are lines, no paragraph.
    """
    lines: list[list[Run]] = []
    for line in _lines(runs):
        text = clean("".join(run.text for run in line))
        goes_on = like.role == "heading" or (text[:1].islower() and not split_mark(text).kind)
        if text and lines and goes_on:
            lines[-1].extend((replace(lines[-1][-1], text=" "), *line))
        elif text:
            lines.append(line)
    return tuple(
        _paragraph(line, replace(like, number="") if index else like) for index, line in enumerate(lines)
    )


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in more)
    return lines


def _paragraph(line: Sequence[Run], like: Block) -> Block:
    """A paragraph is bold or italic if all of it is; its size is that of most letters."""
    inked = [run for run in line if run.text.strip()]
    sizes: Counter[float] = Counter()
    for run in inked:
        sizes[run.size] += len(run.text)
    return replace(
        like,
        text=_COVERED.sub(AS_COVERED, clean("".join(run.text for run in line))),
        bold=all(run.bold for run in inked),
        italic=all(run.italic for run in inked),
        size=sizes.most_common(1)[0][0],
    )


FEWEST_TYPED = 10
"""Paragraphs without any style from which on a document counts as typed; a shorter one is a note."""


def document_blocks(paragraphs: Sequence[Block]) -> tuple[Block, ...]:
    """Give the blocks of a whole document; empty paragraphs are the blank lines of one that is typed.

    Why: a text that was opened in a word processor and saved has neither headings nor lists, only lines.
    """
    filled = [block for block in paragraphs if block.text or block.cells]
    styled = sum(block.role != "text" for block in filled) > 1  # a title alone styles nothing
    set_apart = (block.number or block.bold or block.italic or block.boxed for block in filled)
    if len(filled) < FEWEST_TYPED or styled or any(set_apart):
        return to_blocks(filled)
    lines: list[Line] = []
    gap = 0
    for block in paragraphs:
        if block.text:
            lines.append(Line(block.text, block.page, gap if lines else 0))
        gap = 0 if block.text else gap + 1
    return text_blocks(lines)


def to_blocks(paragraphs: Iterable[Block]) -> tuple[Block, ...]:
    """Give the blocks of a document, printed numbers split off and joined to the text they belong to.

    A number that comes with a paragraph is what the file itself counts ("3" of an ordered list).
    """
    return tuple(_Builder().blocks([block for block in paragraphs if block.text or block.cells]))


class _Builder:
    def __init__(self) -> None:
        self.waiting: Block | None = None
        """A number that stood alone."""
        self.last_count = ""
        self.opened_by_number = False
        """Whether the last paragraph has a number and ends in ":"."""
        self.out: list[Block] = []

    def blocks(self, paragraphs: Sequence[Block]) -> list[Block]:
        for block, mark in zip(paragraphs, marks_of([block.text for block in paragraphs]), strict=True):
            if block.role == "row":
                self._give_up()
                self.out.append(block)
            elif block.role == "heading" or _is_bold_heading(block):
                self._heading(block)
            elif block.role == "item":
                self._item(block)
            else:
                self._text(block, mark)
        self._give_up()
        return self.out

    def _emit(self, block: Block, role: Role, mark: Mark, level: int) -> None:
        self.out.append(replace(block, text=mark.rest, role=role, number=mark.number, level=level))

    def _give_up(self, waiting: Block | None = None) -> None:
        """Keep a number that found no text as what it was; another may wait in its place."""
        if self.waiting:
            self.out.append(replace(self.waiting, number=""))
        self.waiting = waiting

    def _heading(self, block: Block) -> None:
        mark = Mark("", block.number, block.text) if block.number else split_mark(block.text)
        if mark.kind and not mark.rest:
            self._give_up(block)
            return
        if mark.kind in ("bullet", "letter", "roman"):
            mark = Mark("", "", block.text)
        self._emit(block, "heading", mark, block.level or level_of(mark.rest, mark.number))
        self.opened_by_number = False

    def _item(self, block: Block) -> None:
        """The counted items of a list that no numbered paragraph opens are the points themselves."""
        self._give_up()
        mark, counted = split_mark(block.text), Mark("", block.number, block.text)
        if mark.rest and mark.kind in ("number", "label"):
            self._paragraph(block, mark)
        elif block.number[:1].isdigit() and not block.level and not self.opened_by_number:
            self._emit(block, "text", counted, 0)
        else:
            self._emit(block, "item", counted, block.level)

    def _text(self, block: Block, mark: Mark) -> None:
        is_sequel = mark.kind != "bare" or (goes_on(self.last_count, mark.number) and not is_date(mark))
        if block.number or not is_sequel or (mark.kind == "bullet" and not mark.rest):
            mark = Mark("", block.number, block.text)
        elif mark.kind in ("count", "bare"):
            self.last_count = mark.number
        if mark.kind and not mark.rest:
            self._give_up(block)
        elif mark.kind in ("bullet", "letter", "roman"):
            self._give_up()
            self._emit(block, "item", mark, block.level)
        elif mark.kind == "count" and self.opened_by_number:
            self._emit(block, "item", mark, block.level)
        else:
            self._paragraph(block, mark)

    def _paragraph(self, block: Block, mark: Mark) -> None:
        if mark.number:
            self._give_up()
        elif self.waiting:
            mark = split_mark(self.waiting.text)._replace(rest=mark.rest)
            self.waiting = None
        self.opened_by_number = bool(mark.number) and mark.rest.endswith(":")
        self._emit(block, "text", mark, 0)


def drop_contents(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    """Drop a list of contents: below a heading of that name, what is a list item or names a later heading."""
    titles = {_title(block.text) for block in blocks if block.role == "heading"}
    kept: list[Block] = []
    dropped = 0
    is_inside = False
    for block in blocks:
        is_start = block.role != "item" and is_contents_title(block.text)
        names_heading = block.role != "heading" and _title(block.text) in titles
        is_blank = not (block.text or block.cells)
        is_inside = is_start or (is_inside and (block.role == "item" or names_heading or is_blank))
        dropped += is_inside and not is_blank
        kept.extend(() if is_inside else (block,))
    return tuple(kept), (Omission("contents page", 1, dropped),) if dropped else ()


def _title(text: str) -> str:
    """What a heading and its line in the contents share: no number, no page."""
    return split_mark(text).rest.rstrip("0123456789. …").lower()


def _is_bold_heading(block: Block) -> bool:
    """Why: many authors set a heading in bold instead of calling it one."""
    return block.bold and block.role == "text" and is_title(split_mark(block.text).rest)
