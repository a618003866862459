"""Themes over years and by kind of agency, as panels and as grids of figures, in the order of what is shown.

Why that order: a row between a 3 and a 1 holds a 1, 2 or 3, whether its figure is withheld or not; so does a
rank.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from srtminer.comparisons import NOT_KNOWN
from srtminer.model import Theme
from srtminer.render.figures import kind_name
from srtminer.report.report_data import Content
from srtminer.report.small_counts import (
    ANSWERED,
    NO_THEME,
    RECOMMENDATIONS,
    UNTHEMED,
    VERDICTS,
    WITH,
    Counts,
    Key,
    answered_reviews,
)

PANELS = 12
"""Themes that get a panel; the table of figures below holds all."""
SHADES = 5
"""Steps of the heat map."""


class Placed(NamedTuple):
    """A theme and its rank among those that have one."""

    theme: Theme
    rank: int | None
    """From 1; None where the number of its reviews is withheld."""


class Row(NamedTuple):
    """A row of a grid; None where a figure is withheld."""

    name: str
    rank: int | None
    total: int | None
    cells: tuple[int | None, ...]


class Grid(NamedTuple):
    """A table of figures with names for its columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sizes: Row

    @property
    def largest(self) -> int:
        """The largest figure that is shown."""
        return max((value or 0 for row in self.rows for value in row.cells), default=0)


class Panel(NamedTuple):
    """One theme over the years; of each year what part of its reviews has the theme."""

    rank: int | None
    label: str
    years: tuple[tuple[int, int | None, int | None], ...]
    """Year, part and whole; None where a count is withheld."""

    @property
    def told(self) -> str:
        """What is drawn, in words."""
        words = [
            f"{year}: {' of '.join('withheld' if n is None else str(n) for n in (part, whole))}"
            for year, part, whole in self.years
            if part != 0
        ]
        return "; ".join(words) or "no dated review"


def placed(themes: Sequence[Theme], known: Counts) -> tuple[Placed, ...]:
    """Rank the themes whose reviews are shown; the others follow by name."""
    shown = [theme for theme in themes if known.shown("theme", theme.id, "reviews") is not None]
    others = [theme for theme in themes if known.shown("theme", theme.id, "reviews") is None]
    shown.sort(key=lambda theme: (-theme.reviews, *_size(theme, known)))
    others.sort(key=_name)
    ranked = (Placed(theme, rank) for rank, theme in enumerate(shown, 1))
    return (*ranked, *(Placed(theme, None) for theme in others))


def ordered_kinds(names: tuple[str, ...], known: Counts) -> tuple[str, ...]:
    """Order kinds of agency: as compared or, where counts are withheld, by the recommendations shown.

    Those withheld follow by name; what is not known comes last.
    """
    if not known.hidden:
        return names

    def place(name: str) -> tuple[bool, bool, int, str]:
        size = known.shown("agency", name)
        return name == NOT_KNOWN, size is None, -(size or 0), name

    return tuple(sorted(names, key=place))


def _size(theme: Theme, known: Counts) -> tuple[bool, int, int, str, str]:
    """Order by recommendations, then as the table has it; a number that is withheld comes last, by name."""
    size = known.shown("theme", theme.id, "size")
    return (True, 0, 0, *_name(theme)) if size is None else (False, -size, theme.rank, *_name(theme))


def _name(theme: Theme) -> tuple[str, str]:
    return theme.label.casefold(), theme.id


def year_panels(content: Content, known: Counts) -> tuple[Panel, ...]:
    """Draw the widest spread themes; none where there are not two years to compare, or all are withheld."""
    sizes = {
        int(group.name): known.shown("year", group.name)
        for group in content.by_year.groups
        if group.name.isdecimal()
    }
    if len(sizes) < 2 or not any(sizes.values()):
        return ()

    def point(year: int, theme: Theme) -> tuple[int, int | None, int | None]:
        there = year in sizes
        return year, known.shown("year", str(year), theme.id) if there else 0, sizes.get(year, 0)

    axis = range(min(sizes), max(sizes) + 1)
    return tuple(
        Panel(rank, theme.label, tuple(point(year, theme) for year in axis))
        for theme, rank in placed(content.table.themes, known)[:PANELS]
        if rank is not None
    )


def year_grid(content: Content, known: Counts) -> Grid:
    """Give the number of reviews a theme and year."""
    names = tuple(group.name for group in content.by_year.groups)

    def cells(*theme: str) -> tuple[int | None, ...]:
        return tuple(known.shown("year", name, *theme) for name in names)

    total = Row("All reviews with recommendations", None, known.shown(*WITH), cells())
    return Grid(names, _theme_rows(content, known, "reviews", cells), total)


def agency_grid(content: Content, known: Counts) -> Grid:
    """Give the number of recommendations a theme and kind of agency."""
    kinds = ordered_kinds(tuple(group.name for group in content.by_agency.groups), known)

    def cells(*theme: str) -> tuple[int | None, ...]:
        return tuple(known.shown("agency", kind, *theme) for kind in kinds)

    rows = _theme_rows(content, known, "size", cells)
    if content.table.unthemed:
        rows = (*rows, Row("In no theme", None, known.shown(*UNTHEMED), cells(NO_THEME)))
    total = Row("All recommendations", None, known.shown(*RECOMMENDATIONS), cells())
    return Grid(tuple(map(kind_name, kinds)), rows, total)


def _theme_rows(
    content: Content, known: Counts, what: str, cells: Callable[..., tuple[int | None, ...]]
) -> tuple[Row, ...]:
    return tuple(
        Row(theme.label, rank, known.shown("theme", theme.id, what), cells(theme.id))
        for theme, rank in placed(content.table.themes, known)
    )


def answer_grid(content: Content, known: Counts) -> Grid:
    """Give the number of recommendations a review that a response answers, and what it says."""
    names = content.catalogue.names
    asked = {one.id: one.review_id for one in content.recommendations}
    responses: defaultdict[str, set[str]] = defaultdict(set)
    for one, answer in content.answers.items():
        responses[asked[one]].add(names[answer.review_id])

    def row(name: str, total: Key, review: str = "") -> Row:
        cells = tuple(known.shown("answers", verdict, review) for verdict in VERDICTS)
        return Row(name, None, known.shown(*total), cells)

    rows = tuple(
        row(f"{names[one]}, answered by {'; '.join(sorted(responses[one]))}", ("review", one), one)
        for one in answered_reviews(content)
    )
    heads = tuple(verdict.capitalize() for verdict in VERDICTS)
    return Grid(heads, rows, row("All that responses answer", ANSWERED))


def shade(value: int | None, largest: int) -> int:
    """Give the step of a value from 1 to `SHADES`; 0 for nothing."""
    return -(-value * SHADES // largest) if value and largest else 0
