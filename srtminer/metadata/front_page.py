"""The first lines of a document: its title page, and the pages of print that follow it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any

from srtminer.model import Paragraph, Review

LONG = 200
"""Characters; a longer paragraph is running text and ends the title page, one in bold from twice that."""
CUT = 2_000
"""Characters of a paragraph that are looked at, which bounds the work on any input."""
TITLE_LINES = 25
FRONT_PARAGRAPHS = 80
FRONT_PAGES = 5
END_PARAGRAPHS = 60

_BODY = re.compile(
    r"(?:(?:table of )?contents|introduction|foreword|preface|background|glossary"
    r"|acknowledge?ments|chapter (?:1|one)\b.*|chapter (?:1|one)|about (?:the|this) .*|terms of use"
    r"|publishing information|current membership|ministerial foreword"
    r"|(?:this |the )?report is (?:being )?sent to\b.*)[.:]?",
    re.IGNORECASE,
)


@cache
def rules() -> Mapping[str, Any]:
    """Read data/front_pages.toml, which says what its entries are for."""
    return tomllib.loads((files("srtminer") / "data" / "front_pages.toml").read_text(encoding="utf-8"))


def any_of(patterns: list[str]) -> re.Pattern[str]:
    """Compile alternatives of the data file, in which capitals do not matter."""
    return re.compile("|".join(patterns), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the front, as printed: with its number, which may be the day of a date."""

    text: str
    page: int
    size: float
    heading: bool
    numbered: bool
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Front:
    """What the metadata are read from."""

    title_page: tuple[Line, ...]
    """Short lines up to the first running text, contents page or chapter."""
    opening: tuple[Line, ...]
    """The first pages, the title page among them."""
    ending: tuple[Line, ...]
    """The last paragraphs, where reports are dated and signed and web pages say when they were posted."""


def front(review: Review) -> Front:
    """Read the front of a review."""
    opening = tuple(
        _line(review, paragraph)
        for paragraph in review.paragraphs[:FRONT_PARAGRAPHS]
        if paragraph.page <= FRONT_PAGES
    )
    ending = tuple(_line(review, paragraph) for paragraph in review.paragraphs[-END_PARAGRAPHS:])
    return Front(_title_page(opening), opening, ending)


def _line(review: Review, paragraph: Paragraph) -> Line:
    text = review.text[paragraph.start : min(paragraph.end, paragraph.start + CUT)]
    return Line(
        text=" ".join(f"{paragraph.number} {text}".split()),
        page=paragraph.page,
        size=paragraph.size,
        heading=paragraph.role == "heading",
        numbered=bool(paragraph.number),
        bold=paragraph.bold,
    )


def _title_page(opening: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(takewhile(lambda line: not _begins_body(line), opening[:TITLE_LINES]))


def _begins_body(line: Line) -> bool:
    """Tell whether the title page ends before a line."""
    text = line.text.lstrip("0123456789. ")
    chapter = line.heading and line.numbered
    return chapter or len(line.text) > LONG * (1 + line.bold) or bool(_BODY.fullmatch(text))
