"""What a PDF says, apart from how it looks, and the small text format it is written in.

A source starts with `%` comments and `key: value` lines (`layout`, `header`, `footer`, `bullet`, `info`), up
to the first blank line. In `header` and `footer`, ` | ` parts left from right; `{page}` and `{pages}` are
filled in. `info` is the title in the PDF's own metadata; without it, the title is. Then come blocks, with a
blank line between them:

    # Title               = line under the title           ~ small print
    ## 1. Section         ### Heading within it            --- (a new page)
    4.1 A numbered paragraph; "1." numbers one too         > a quotation
    - a bullet, one a line                                 (a) a lettered item
    | a table row | its cells |    (the first row is the head of the table)
    ^1 a footnote to the paragraph above

Within a block, `**bold**` is bold and `^1^` a footnote mark. Everything else is a paragraph.
"""

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import Literal

PartKind = Literal[
    "title", "cover", "small", "section", "heading", "text", "quote", "bullet", "row", "footnote", "page"
]

_MARKS: tuple[tuple[str, PartKind], ...] = (
    ("# ", "title"),
    ("= ", "cover"),
    ("~ ", "small"),
    ("## ", "section"),
    ("### ", "heading"),
    ("> ", "quote"),
    ("- ", "bullet"),
    ("| ", "row"),
    ("---", "page"),
)
_SETTING = re.compile(r"^(layout|header|footer|bullet|info): (.*)$", re.MULTILINE)
_NUMBER = re.compile(r"(\d+(?:\.\d+)+|\d+\.) ")
_LETTER = re.compile(r"(\([a-z]+\)) ")
_FOOTNOTE = re.compile(r"\^(\d+) ")
_INLINE_MARKS = re.compile(r"\*\*|\^\d+\^")


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a document."""

    kind: PartKind
    text: str = ""
    number: str = ""
    """As printed: "4.1", "1.", "(a)"; of a footnote its mark."""
    cells: tuple[str, ...] = ()
    """Of a table row."""

    @property
    def plain(self) -> str:
        """The text (of a row: its cells) as a reader sees it, without inline marks."""
        return _INLINE_MARKS.sub("", " ".join(self.cells) or self.text)


@dataclass(frozen=True, slots=True)
class Content:
    """A document: its parts in reading order, and what stands around them on each page."""

    parts: tuple[Part, ...]
    layout: str = "margin_numbers"
    header: str = ""
    footer: str = ""
    bullet: str = "•"
    info: str = ""

    @property
    def title(self) -> str:
        """The first title, or an empty string."""
        return next((part.plain for part in self.parts if part.kind == "title"), "")


def parse(source: str) -> Content:
    """Read the format described at the top of this module."""
    lines = dropwhile(lambda line: line.startswith("%"), source.strip().split("\n"))
    head, _, body = "\n".join(lines).partition("\n\n")
    settings = dict(_SETTING.findall(head))
    if not settings:
        body = f"{head}\n\n{body}"
    blocks = [block.strip() for block in body.split("\n\n")]
    return Content(parts=tuple(part for block in blocks if block for part in _parts(block)), **settings)


def _parts(block: str) -> tuple[Part, ...]:
    if block.startswith("- "):
        return tuple(Part("bullet", line.removeprefix("- ")) for line in block.split("\n"))
    return (_part(" ".join(block.split("\n"))),)


def _part(block: str) -> Part:
    if note := _FOOTNOTE.match(block):
        return Part("footnote", block[note.end() :], note[1])
    if letter := _LETTER.match(block):
        return Part("bullet", block[letter.end() :], letter[1])
    kind, text = next(
        ((kind, block.removeprefix(mark)) for mark, kind in _MARKS if block.startswith(mark)), ("text", block)
    )
    if kind == "row":
        return Part("row", cells=tuple(cell.strip() for cell in text.strip(" |").split(" | ")))
    number = _NUMBER.match(text) if kind in ("text", "section") else None
    return Part(kind, text[number.end() :], number[1]) if number else Part(kind, text)
