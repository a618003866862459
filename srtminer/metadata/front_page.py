"""What stands on the first and last pages of a document, and what kind of document it is, and of when."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any

from srtminer.model import Kind, Paragraph, Review
from srtminer.text.words import MONTHS, NUMBER_OF

LONG = 200
"""Characters; a longer paragraph is running text and ends the title page, one in bold from twice that."""
CUT = 2_000
"""Characters of a paragraph that are looked at, which bounds the work on any input."""
TITLE_LINES = 25
FRONT_PARAGRAPHS = 80
FRONT_PAGES = 5
END_PARAGRAPHS = 60

_PARTS = {
    "MONTH": rf"(?P<month>{'|'.join(f'{name}|{name[:3]}' for name in MONTHS)}|sept)\b\.?",
    "YEAR": r"(?P<year>(?:19|20)\d\d)",
    "WORD": r"(?-i:[A-Z])[\w'’.&-]{0,30}",
    "NAME": r"(?-i:[A-Z])[\w'’-]{1,20}",
}
"""What words in capitals mean in the regular expressions of the data file."""


@cache
def rules() -> Mapping[str, Any]:
    """Read data/front_pages.toml, which says what its entries are for."""
    return tomllib.loads((files("srtminer") / "data" / "front_pages.toml").read_text(encoding="utf-8"))


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """Compile alternatives of the data file, in which capitals do not matter."""
    whole = re.sub("|".join(_PARTS), lambda part: _PARTS[part.group()], "|".join(patterns))
    return re.compile(whole, re.IGNORECASE)


def each_of(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """Compile entries of the data file that go one before the other."""
    return tuple(any_of([one]) for one in patterns)


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


_BODY = any_of(rules()["titles"]["body"])
_KINDS = rules()["kinds"]
_SAYS: tuple[tuple[int, Kind, re.Pattern[str]], ...] = tuple(
    (entry["tier"], entry["kind"], any_of(entry["says"])) for entry in _KINDS.values()
)
_ACCIDENT = any_of(_KINDS["accident"]["says"])
_AROUND = any_of(rules()["articles"]["around"])
_ARTICLE_SIGNS = each_of(rules()["articles"]["signs"])


def _begins_body(line: Line) -> bool:
    """Tell whether the title page ends before a line."""
    text = line.text.lstrip("0123456789. ")
    chapter = line.heading and line.numbered
    return chapter or len(line.text) > LONG * (1 + line.bold) or bool(_BODY.fullmatch(text))


def find_kind(front: Front) -> tuple[Kind, int] | None:
    """Give the kind of a document and the page that says so, or None.

    The plainest words of the title page count, of those what is printed first; else it is an article if it
    says that it was posted, or is written like news.
    Why in the order of the page: "Chapter 20: The failure of inspection" stands below "The Harle Inquiry",
    and "Terms of reference" below the title.
    """
    said = [
        (tier, place, kind, line.page)
        for place, line in enumerate(front.title_page)
        for tier, kind, says in _SAYS
        if says.search(line.text)
    ]
    if said:
        _, _, kind, page = min(said, key=lambda one: one[:2])
        return kind, page
    around = next((line for line in (*front.opening, *front.ending) if _AROUND.match(line.text)), None)
    if around is not None:
        return "article", around.page
    news = all(any(sign.search(line.text) for line in front.opening) for sign in _ARTICLE_SIGNS)
    return ("article", 1) if news else None


def is_accident(front: Front) -> bool:
    """Tell whether the title page is that of an accident investigation."""
    return any(_ACCIDENT.search(line.text) for line in front.title_page)


# The date ----------------------------------------------------------------------------------------------


FIRST_YEAR = 1945
_RULES = rules()["dates"]
_DATES, _PUBLISHED, _SIGNED, _COPYRIGHT = (
    each_of(_RULES[name]) for name in ("forms", "published", "signed", "copyright")
)
_FINAL, _EVENT, _SIGNATURE = (any_of(_RULES[name]) for name in ("final", "event", "signature"))
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)]) ?(?:[.|] (?=[A-Z])|; )")
FAR = 2_000
"""Characters of a line that are looked at."""
SHORT = 30
"""Characters in front of a month that make a title: "Review: the children of Hill Street, May 2021"."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found; `published` is the ISO date if the full date of publication is given, or empty."""

    year: int
    published: str
    page: int


def find_date(front: Front, *, kind: str, accident: bool) -> Dated | None:
    """Find when a document was published, or None.

    First a date that the first pages say is its own, in a coroner's report that at its foot, then one that
    dates the title page, then one said on the last pages, then the year of copyright.
    Why not the latest year that the text mentions: it was that of publication in 14 of 22 reports; seven
    name a later year (deadlines, the date of printing), and one appeared a year after all it tells.
    Why `accident`: the title page of such a report bears the day of the accident ("25 July 2007"); a month
    alone ("November 2022") is that of the report.
    """
    return (
        _said(_PUBLISHED, front.opening, published=True)
        or (_signature(front.ending) if kind == "PFD" else None)
        or _said(_SIGNED, front.opening, published=False)
        or next(_on_title_page(front.title_page, accident), None)
        or _said(_PUBLISHED, front.ending, published=True)
        or _said((*_SIGNED, *_COPYRIGHT), (*front.opening, *front.ending), published=False)
    )


def _said(patterns: Iterable[re.Pattern[str]], lines: tuple[Line, ...], *, published: bool) -> Dated | None:
    """Read the date that follows the plainest words, at the start of a line or of a sentence in it."""
    parts = [(part, line.page) for line in lines for part in _SENTENCE_END.split(line.text[:FAR])]
    dates = (
        _date_at(part[found.end() :], page, published=published)
        for pattern in patterns
        for part, page in parts
        for found in pattern.finditer(part)
    )
    return next((dated for dated in dates if dated is not None), None)


def _on_title_page(lines: Iterable[Line], accident: bool) -> Iterator[Dated]:
    """Yield dates of title-page lines that end in one: "Final, May 2022", "Review: Child K (2010)"."""
    for line in lines:
        found = _last_date(line.text)
        if found is None:
            continue
        before, groups = line.text[: found.start()], found.groupdict()
        says_final = bool(_FINAL.fullmatch(before))
        alone = not before and groups.get("month") and not _day(groups)
        if (
            (says_final or alone)
            if accident
            else _dates_the_document(before, has_month=bool(groups.get("month")))
        ):
            dated = _dated(found, line.page, published=says_final or not before or before.endswith(", "))
            if dated:
                yield dated


def _last_date(text: str) -> re.Match[str] | None:
    """Find the date that a line ends in."""
    dates = (found for form in _DATES for found in form.finditer(text))
    return next((found for found in dates if not text[found.end() :].strip(" .)")), None)


def _dates_the_document(before: str, *, has_month: bool) -> bool:
    """Tell "Final, ", "…: Child K (" and "The Clarion, " from "killed in " and "the Act "."""
    if _EVENT.search(before):
        return False
    marked = before.rstrip().endswith(("(", ",", ".", ":", "–", "-"))
    return not before or bool(_FINAL.fullmatch(before)) or marked or (has_month and len(before) > SHORT)


def _signature(lines: tuple[Line, ...]) -> Dated | None:
    """Read the last line that is nothing but a date: coroners sign so ("9 24 January 2020")."""
    for line in reversed(lines):
        if _SIGNATURE.fullmatch(line.text) and (found := _last_date(line.text)):
            return _dated(found, line.page, published=True)
    return None


def _date_at(text: str, page: int, *, published: bool) -> Dated | None:
    """Read the date that begins within the first few words."""
    matches = [found for form in _DATES if (found := form.search(text[:40]))]
    first = min(matches, key=lambda found: (found.start(), -len(found.group())), default=None)
    return _dated(first, page, published=published) if first else None


def _dated(found: re.Match[str], page: int, *, published: bool) -> Dated | None:
    year = int(found["year"])
    return Dated(year, _iso(found) if published else "", page) if year >= FIRST_YEAR else None


def _iso(found: re.Match[str]) -> str:
    """Write a full date as YYYY-MM-DD; empty without a day or where there is no such day."""
    groups = found.groupdict()
    day, month = int(_day(groups) or 0), groups.get("month")
    if "/" in found.group() and day <= len(MONTHS):
        return ""  # 05/06 is May or June
    try:
        number = NUMBER_OF[month[:3].lower()] if month else int(groups.get("number") or 0)
        return date(int(found["year"]), number, day).isoformat()
    except ValueError:
        return ""


def _day(groups: dict[str, str | None]) -> str | None:
    return groups.get("day") or groups.get("day_after")
