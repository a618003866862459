"""How things are said in words: figures, citations, why something was found, what is not in a text."""

import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from math import ceil
from operator import attrgetter
from pathlib import PurePath
from typing import NamedTuple

from srtminer.model import Explanation, Omission, Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.text.names import counted


def percent(share: float) -> str:
    """Give a share as a whole percentage; what is not nothing never shows as "0%"."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def year_span(years: Sequence[tuple[int, int]]) -> str:
    """Give the first and last year of (year, number) pairs: "2008–2014"; empty if there are none."""
    found = [year for year, _ in years]
    return _span(str(min(found)), str(max(found))) if found else ""


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}" if first and last else ""


def undated(theme: Theme) -> int:
    """Count the reviews of a theme whose year is not known."""
    return theme.reviews - sum(number for _, number in theme.years)


def years_of(theme: Theme) -> str:
    """Give the span of a theme's years, and how many reviews are outside it: "2014, 1 undated"."""
    without = undated(theme)
    return ", ".join(filter(None, (year_span(theme.years), f"{without:,} undated" if without else "")))


def bars(values: Sequence[float]) -> str:
    """Draw values as bars of eight heights, the largest full, a space where there is nothing: "▂ ▄█"."""
    most = max(values, default=0)
    return "".join("▁▂▃▄▅▆▇█"[ceil(8 * value / most) - 1] if value else " " for value in values).rstrip()


MOST_BARS = 16
"""Bars of a sparkline; a longer span of years is drawn several years a bar."""


def sparkline(years: Sequence[tuple[int, int]], first: int, last: int) -> str:
    """Draw (year, number) pairs from `first` to `last` as bars."""
    per_bar = (last - first) // MOST_BARS + 1
    sums = [0] * ((last - first) // per_bar + 1)
    for year, number in years:
        sums[(year - first) // per_bar] += number
    return bars(sums)


def summary(table: ThemeTable) -> str:
    """Give the totals of a theme table on one line."""
    parts = (
        counted(len(table.themes), "theme"),
        counted(table.reviews, "review"),
        counted(table.recommendations, table.unit.singular),
        f"{len(table.unthemed):,} in no theme",
    )
    return " · ".join(parts)


def with_second(table: ThemeTable, theme: Theme) -> Iterator[tuple[Recommendation, Theme | None]]:
    """Give the members of a theme, each with the second theme that it belongs to."""
    by_id = {one.id: one for one in table.themes}
    seconds = theme.also or ("",) * len(theme.members)
    for member, second in zip(theme.members, seconds, strict=True):
        yield member, by_id.get(second)


_SPECIAL_KINDS = {"gp": "GPs", "childrens-social-care": "Children’s social care"}


def kind_name(kind: str) -> str:
    """Write the key of a kind of agency as words: "hospital-trust" is Hospital trust."""
    name = kind.replace("-", " ")
    return _SPECIAL_KINDS.get(kind) or name[:1].upper() + name[1:]


TITLE_WIDTH = 60
"""Characters of a title in a citation.

Why: a title that names the guidance the review follows goes on for three lines, under every excerpt.
"""
CORRECTED = " (corrected)"
"""Follows the citation of what the analyst changed or added."""


def citation(record: ReviewRecord, cited: Recommendation, name: str | None = None) -> str:
    """Say where something is printed: "Child F (2010) 4.7, p. 6"; what is not known is left out."""
    place = " ".join(filter(None, (name or review_name(record), cited.reference)))
    pages = page_range(record, cited.page, cited.last_page)
    return f"{place}{f', {pages}' if pages else ''}{CORRECTED if cited.corrected else ''}"


def review_name(record: ReviewRecord, more: str = "") -> str:
    """Call a review by its subject, else its title, else its file; with `more`, and the year if known."""
    title = textwrap.shorten(record.value("title"), TITLE_WIDTH, placeholder=" …")
    name = record.value("subject") or title or _file_name(record)
    year = "" if record.year is None else f" ({record.year})"
    return f"{', '.join(filter(None, (name, more)))}{year}"


def _file_name(record: ReviewRecord) -> str:
    return PurePath(record.source).name or record.source or record.id


def page_range(record: ReviewRecord, first: int, last: int = 0) -> str:
    """Give "p. 6", "pp. 6–7" or "p. 212 (PDF 230)", or nothing for a document without pages.

    The printed number goes first, and the page of the file beside it where they differ.
    Why: a text file or a table of recommendations is one long page to us, and "p. 1" would mislead.
    """
    last = max(first, last)
    if record.format != "pdf" and record.pages <= 1 and last <= 1:
        return ""
    printed, file = _span(record.printed(first), record.printed(last)), _span(str(first), str(last))
    if not printed:
        return f"PDF {file}"
    pages = f"{'p.' if first == last else 'pp.'} {printed}"
    return pages if printed == file else f"{pages} (PDF {file})"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The reviews of a store by id, each under a name that no other has."""

    records: Mapping[str, ReviewRecord]
    names: Mapping[str, str]

    @classmethod
    def of(cls, records: Iterable[ReviewRecord]) -> "Catalogue":
        """Catalogue all reviews of a store, also those not shown: a name must not depend on a filter.

        Each is named as shortly as it stays distinct. Why: dozens of reviews are about a "Child A"; two of
        one year need their board to be told apart, a review and the statement about it their kind.
        """
        by_id, names = {record.id: record for record in records}, dict[str, str]()
        forms = (lambda _: "", lambda one: one.value("board"), lambda one: one.value("kind"), _file_name)
        for form in forms:
            waiting = {key: review_name(one, form(one)) for key, one in by_id.items() if key not in names}
            taken = Counter([*waiting.values(), *names.values()])
            names |= {key: name for key, name in waiting.items() if taken[name] == 1}
        return cls(by_id, {key: names.get(key) or review_name(one, one.id) for key, one in by_id.items()})

    def cite(self, cited: Recommendation) -> str:
        """The citation of a recommendation or passage under the distinct name of its review."""
        return citation(self.records[cited.review_id], cited, self.names[cited.review_id])

    def at(self, review_id: str, page: int) -> str:
        """The name of a review with a page of it, if it has pages."""
        return ", ".join(filter(None, (self.names[review_id], page_range(self.records[review_id], page))))


_WORDS = tomllib.loads((files("srtminer") / "data" / "evidence.toml").read_text(encoding="utf-8"))
REASONS: Mapping[str, str] = _WORDS["rules"]
"""Why a recommendation was taken for one, by the name of the rule that found it."""
EVIDENCE: Mapping[str, str] = _WORDS["features"]
"""What a feature of `data/series.json` says of an item."""
FEATURES = 8
"""Features that people see, the weightiest; JSON and CSV hold all."""


def why(recommendation: Recommendation) -> str:
    """Say why it was found; of a rule without an explanation, its name."""
    return REASONS.get(recommendation.rule, recommendation.rule)


def evidence(explanation: Explanation | None) -> tuple[str, ...]:
    """Say what speaks for it and against it, each with its share, the weightiest first: "a table cell +1.8".

    Features that say the same in words are told together.
    """
    said: dict[str, float] = {}
    for name, share in explanation.shares if explanation else ():
        words = EVIDENCE.get(name, name)
        said[words] = said.get(words, 0.0) + share
    weighed = sorted(said.items(), key=lambda one: -abs(round(one[1], 2)))
    return tuple(f"{words} {'+' if share > 0 else '−'}{abs(share):.1f}" for words, share in weighed)


def printings(recommendation: Recommendation, record: ReviewRecord) -> tuple[str, ...]:
    """Give the other printings that were left out: "p. 4: The Board should …"."""
    others = recommendation.explanation.left_out if recommendation.explanation else ()
    return tuple(
        f"{page_range(record, page) or 'the same page'}: {' '.join(text.split())}" for page, text in others
    )


class LeftOut(NamedTuple):
    """All omissions of one kind."""

    what: str
    on: tuple[int, ...]
    """The pages that it was on."""
    lines: int
    words: int

    @property
    def pages(self) -> int:
        """Number of pages that it was on."""
        return len(self.on)

    @property
    def amount(self) -> str:
        """Count words, else lines, else pages."""
        sizes = (("word", self.words), ("line", self.lines), ("page", self.pages))
        return next(counted(number, unit) for unit, number in sizes if number)


def left_out(omissions: Iterable[Omission]) -> tuple[LeftOut, ...]:
    """Sum omissions up by what they are, in alphabetical order."""
    what_of = attrgetter("what")
    kinds = ((what, tuple(ones)) for what, ones in groupby(sorted(omissions, key=what_of), key=what_of))
    return tuple(
        LeftOut(
            what,
            tuple(sorted({one.page for one in ones})),
            sum(one.lines for one in ones),
            sum(one.words for one in ones),
        )
        for what, ones in kinds
    )


def phrase(part: LeftOut) -> str:
    """Say it in figures: "footnote (12 lines, 3 pages)", "covered words (5 on pages 3, 8)"."""
    if part.words:
        pages = "page" if part.pages == 1 else "pages"
        return f"{part.what} ({part.words:,} on {pages} {', '.join(map(str, part.on))})"
    where = f", {counted(part.pages, 'page')}" if part.lines and part.pages > 1 else ""
    return f"{part.what} ({part.amount}{where})"


def coverage(record: ReviewRecord) -> str:
    """Say how much was read and what was left out: "80 paragraphs; left out: 12 lines of footnotes, …"."""
    parts = ", ".join(map(phrase, left_out(record.omissions)))
    return f"{counted(record.paragraphs, 'paragraph')}{f'; left out: {parts}' if parts else ''}"


def corrections(record: ReviewRecord) -> str:
    """Say how many corrections there are, or nothing."""
    parts = [f"{counted(record.corrections, 'correction')} by hand"] if record.corrections else []
    if record.lost_corrections:
        lost = f"{record.lost_corrections:,} of them to recommendations no longer found"
        parts.append(f"{lost}: see `srtminer correct`")
    return "; ".join(parts)
