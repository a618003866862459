"""Years become periods that hold enough reviews to say something."""

from collections import Counter
from collections.abc import Sequence

from srtminer.comparisons import NOT_KNOWN
from srtminer.model import Group, Recommendation, ReviewRecord

ENOUGH = 4
"""Reviews that a period should hold. Grows: fewer, longer periods."""
LAST = 0.75
"""Share of an even period that must be left for a last one. Why: whole years do not split evenly."""
MOST = 8
"""Periods at most: more do not fit side by side, and a sparkline of eight shows a trend as well."""


def group_by_period(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]
) -> tuple[Group, ...]:
    """Group recommendations by periods of whole years in order, those without a year last.

    Reviews without recommendations belong to the period that they fall into, if there is one.
    """
    year_of = {record.id: record.year for record in records}
    asked = {one.review_id for one in recommendations}
    names = _names(sorted(year for review, year in year_of.items() if year is not None and review in asked))
    members: dict[str, list[Recommendation]] = {}
    for one in recommendations:
        year = year_of[one.review_id]
        members.setdefault(NOT_KNOWN if year is None else names[year], []).append(one)
    without = Counter(_period(year, names) for review, year in year_of.items() if review not in asked)
    order = [*dict.fromkeys(names.values()), NOT_KNOWN]
    return tuple(Group(name, tuple(members[name]), without[name]) for name in order if name in members)


def _period(year: int | None, names: dict[int, str]) -> str:
    """Name the period with years up to and from a year; empty where there is none."""
    if year is None:
        return NOT_KNOWN
    before = {name for known, name in names.items() if known <= year}
    after = {name for known, name in names.items() if known >= year}
    return next(iter(before & after), "")


def _names(years: Sequence[int]) -> dict[int, str]:
    """Name the period of each year; `years` has an entry for each review, ascending.

    Few reviews still make two periods, so that there is something to compare.
    """
    wanted = max(2, min(MOST, len(years) // ENOUGH))
    size = len(years) / wanted
    periods: list[list[int]] = [[]]
    held, left = 0, len(years)
    for year in sorted(set(years)):
        here = years.count(year)
        if held + here / 2 > size and left >= LAST * size:
            periods.append([])
            held = 0
        periods[-1].append(year)
        held, left = held + here, left - here
    return {year: _name(period) for period in periods for year in period}


def _name(period: Sequence[int]) -> str:
    return str(period[0]) if period[0] == period[-1] else f"{period[0]}–{period[-1]}"
