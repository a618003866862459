"""When a document was published: dates that are said to be that, or that date its title page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from srtminer.metadata.front_page import Front, Line, any_of, rules
from srtminer.text.words import MONTHS, NUMBER_OF

FIRST_YEAR, LAST_YEAR = 1945, 2099

MONTH = rf"(?P<month>{'|'.join(f'{name}|{name[:3]}' for name in MONTHS)}|sept)\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{MONTH},? {_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>20\d\d|19\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})[/.](?P<number>\d{{1,2}})[/.]{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{MONTH},? {_YEAR}\b", re.IGNORECASE),
    re.compile(rf"(?<![\d/–-]){_YEAR}(?![\d/–-])"),
    # Why: "02/0112013": a scan that lost a stroke still tells the year of a date that is labelled
    re.compile(rf"\b\d{{1,2}}/\d{{2,3}}{_YEAR}\b", re.IGNORECASE),
)

_PUBLISHED, _SIGNED, _COPYRIGHT = (
    tuple(any_of([words]) for words in rules()["dates"][name])
    for name in ("published", "signed", "copyright")
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)]) ?(?:[.|] (?=[A-Z])|; )")
FAR = 2_000
"""Characters of a line that are looked at."""
_FINAL = re.compile(r"(?:final(?: report)?|report|draft|version \S{1,8})[ ,:–-]*", re.IGNORECASE)
SHORT = 30
"""Characters in front of a month that make a title: "Review: the children of Hill Street, May 2021"."""
_ONLY_A_DATE = re.compile(
    r"(?:\d{1,2}\.? )?(?i:(?:date[d ]?|signed)\W+)?"
    r"\d{1,2}(?:(?:st|nd|rd|th)? [A-Z][a-z]+ |[/.]\d{1,2}[/.])(?:19|20)\d\d\.?"
)
_EVENT = re.compile(
    r"\b(?:killed|died|death|born|birth|incident|accident|occurred|fatality|collision|grounding|fire|on)\b",
    re.IGNORECASE,
)


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
        or _said(_SIGNED, front.ending, published=False)
        or _said(_COPYRIGHT, (*front.opening, *front.ending), published=False)
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
        before = line.text[: found.start()]
        says_final = bool(_FINAL.fullmatch(before))
        month_alone = not before and not found.groupdict().get("day") and bool(found.groupdict().get("month"))
        if (says_final or month_alone) if accident else _dates_the_document(before, found):
            dated = _dated(found, line.page, published=says_final or not before or before.endswith(", "))
            if dated:
                yield dated


def _last_date(text: str) -> re.Match[str] | None:
    """Find the date that a line ends in."""
    for pattern in _DATES[:-1]:
        for found in pattern.finditer(text):
            if not text[found.end() :].strip(" .)"):
                return found
    return None


def _dates_the_document(before: str, found: re.Match[str]) -> bool:
    """Tell "Final, ", "…: Child K (" and "The Clarion, " from "killed in " and "the Act "."""
    if _EVENT.search(before):
        return False
    marked = before.rstrip().endswith(("(", ",", ".", ":", "–", "-"))
    has_month = bool(found.groupdict().get("month"))
    return not before or bool(_FINAL.fullmatch(before)) or marked or (has_month and len(before) > SHORT)


def _signature(lines: tuple[Line, ...]) -> Dated | None:
    """Read the last line that is nothing but a date: coroners sign so ("9 24 January 2020")."""
    for line in reversed(lines):
        if _ONLY_A_DATE.fullmatch(line.text) and (found := _last_date(line.text)):
            return _dated(found, line.page, published=True)
    return None


def _date_at(text: str, page: int, *, published: bool) -> Dated | None:
    """Read the date that begins within the first few words."""
    matches = [found for pattern in _DATES if (found := pattern.search(text[:40]))]
    if not matches:
        return None
    first = min(matches, key=lambda found: (found.start(), -len(found.group())))
    return _dated(first, page, published=published)


def _dated(found: re.Match[str], page: int, *, published: bool) -> Dated | None:
    year = int(found["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Dated(year, _iso(found) if published else "", page)


def _iso(found: re.Match[str]) -> str:
    """Write a full date as YYYY-MM-DD; empty without a day or where there is no such day."""
    groups = found.groupdict()
    if not groups.get("day"):
        return ""
    month = groups.get("month")
    number = NUMBER_OF[month[:3].lower()] if month else int(groups["number"])
    if "/" in found.group() and int(groups["day"]) <= len(MONTHS):
        return ""  # 05/06 is May or June
    try:
        return date(int(groups["year"]), number, int(groups["day"])).isoformat()
    except ValueError:
        return ""
