"""Figures as people write them, and what of a document is not in its text, summed up by kind."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from srtminer.model import Omission, Recommendation, ReviewRecord, Theme, ThemeTable


def percent(share: float) -> str:
    """Give a share as a whole percentage; what is not nothing never shows as "0%"."""
    if 0 < share < 0.005:
        return "<1%"
    return f"{share:.0%}"


def year_span(years: Sequence[tuple[int, int]]) -> str:
    """Give the first and last year of (year, number) pairs: "2008–2014"; empty if there are none."""
    found = sorted(year for year, _ in years)
    if not found:
        return ""
    return str(found[0]) if found[0] == found[-1] else f"{found[0]}–{found[-1]}"


def undated(theme: Theme) -> int:
    """Count the reviews of a theme whose year is not known."""
    return theme.reviews - sum(number for _, number in theme.years)


def years_of(theme: Theme) -> str:
    """Give the span of a theme's years, and how many reviews stand outside it: "2014, 1 undated"."""
    without = undated(theme)
    return ", ".join(
        part for part in (year_span(theme.years), f"{without:,} undated" if without else "") if part
    )


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


def counted(number: int, singular: str) -> str:
    """Give "1 review" or "12 reviews"."""
    return f"{number:,} {singular}" if number == 1 else f"{number:,} {singular}s"


def few(names: Sequence[str], most: int = 3, joint: str = ", ") -> str:
    """List the first names: "a, b, c, …"."""
    return joint.join([*names[:most], *(["…"] if len(names) > most else [])])


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
    kinds = groupby(sorted(omissions, key=what_of), key=what_of)
    parts = ((what, tuple(ones)) for what, ones in kinds)
    return tuple(
        LeftOut(
            what,
            tuple(sorted({one.page for one in ones})),
            sum(one.lines for one in ones),
            sum(one.words for one in ones),
        )
        for what, ones in parts
    )


def coverage(record: ReviewRecord) -> str:
    """Say how much was read and what was left out: "80 paragraphs; left out: 12 lines of footnotes, …"."""
    parts = ", ".join(map(phrase, left_out(record.omissions)))
    read = counted(record.paragraphs, "paragraph")
    return f"{read}; left out: {parts}" if parts else read


def corrections(record: ReviewRecord) -> str:
    """Say how many corrections there are, or nothing."""
    parts = [f"{counted(record.corrections, 'correction')} by hand"] if record.corrections else []
    if record.lost_corrections:
        lost = f"{record.lost_corrections:,} of them to recommendations no longer found"
        parts.append(f"{lost}: see `srtminer correct`")
    return "; ".join(parts)


def phrase(part: LeftOut) -> str:
    """Say it in figures: "footnote (12 lines, 3 pages)", "page without text (2 pages)"."""
    if part.words:
        return told(part)
    where = f", {counted(part.pages, 'page')}" if part.lines and part.pages > 1 else ""
    return f"{part.what} ({part.amount}{where})"


def told(part: LeftOut) -> str:
    """Say of words where they are: "covered words (5 on pages 3, 8)"."""
    pages = "page" if part.pages == 1 else "pages"
    return f"{part.what} ({part.words:,} on {pages} {', '.join(map(str, part.on))})"
