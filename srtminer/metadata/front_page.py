"""What stands on a document's first and last pages, line by line, and what kind of document it makes it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any

from srtminer.model import Kind, Paragraph, Review

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
    title_page = takewhile(lambda line: not _begins_body(line), opening[:TITLE_LINES])
    return Front(tuple(title_page), opening, ending)


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


def _begins_body(line: Line) -> bool:
    """Tell whether the title page ends before a line."""
    text = line.text.lstrip("0123456789. ")
    chapter = line.heading and line.numbered
    return chapter or len(line.text) > LONG * (1 + line.bold) or bool(_BODY.fullmatch(text))


_KINDS = rules()["kinds"]
_SAYS: tuple[tuple[int, Kind, re.Pattern[str]], ...] = tuple(
    (entry["tier"], entry["kind"], any_of(entry["says"])) for entry in _KINDS.values()
)
_ACCIDENT = any_of(_KINDS["accident"]["says"])
_ARTICLES = rules()["articles"]
_BYLINE, _AROUND = any_of([_ARTICLES["byline"]]), any_of([_ARTICLES["around"]])
_ARTICLE_SIGNS = tuple(any_of([sign]) for sign in _ARTICLES["signs"])
_REVIEW = re.compile(r"\breview\b", re.IGNORECASE)
_ADULTS_BOARD = re.compile(r"\bsafeguarding adults? board\b", re.IGNORECASE)
ENOUGH_SIGNS = 3
"""Signs of a news report that make one; quotations and "yesterday" stand in many reviews."""


def find_kind(review: Review, front: Front) -> tuple[Kind, int] | None:
    """Give the kind of a document and the page that says so, or None."""
    # Who reports it comes before the review that is reported, which can be taken for its own kind.
    byline = next((line for line in front.title_page if _BYLINE.match(line.text)), None)
    if byline is not None:
        return "article", byline.page
    return _by_title(front) or _by_board(front) or _by_style(review, front)


def is_accident(front: Front) -> bool:
    """Tell whether the title page is that of an accident investigation."""
    return any(_ACCIDENT.search(line.text) for line in front.title_page)


def _by_title(front: Front) -> tuple[Kind, int] | None:
    """Take the plainest words of the title page, of those what is printed first.

    Why in the order of the page: "Chapter 20: The failure of inspection" stands below "The Harle Inquiry",
    and "Terms of reference" below the title.
    """
    said = [
        (tier, place, kind, line.page)
        for place, line in enumerate(front.title_page)
        for tier, kind, says in _SAYS
        if says.search(line.text)
    ]
    _, _, kind, page = min(said, key=lambda one: one[:2], default=(0, 0, None, 0))
    return (kind, page) if kind else None


def _by_board(front: Front) -> tuple[Kind, int] | None:
    """Take a review that an adults board prints its name on for a SAR, whatever it is called.

    Why: "Dunmoor Safeguarding Adults Board", below it "Out in the cold: a thematic review of seven deaths".
    """
    review = next((line for line in front.title_page if _REVIEW.search(line.text)), None)
    adults = any(_ADULTS_BOARD.search(line.text) for line in front.title_page)
    return ("SAR", review.page) if review is not None and adults else None


def _by_style(review: Review, front: Front) -> tuple[Kind, int] | None:
    """Recognise an article: it says that it was posted or who reports, or is written like news."""
    plain = next((line for line in (*front.opening, *front.ending) if _AROUND.match(line.text)), None)
    if plain is not None:
        return "article", plain.page
    if any(paragraph.number for paragraph in review.paragraphs):
        return None
    signs = sum(any(sign.search(line.text) for line in front.opening) for sign in _ARTICLE_SIGNS)
    return ("article", 1) if signs >= ENOUGH_SIGNS else None
