"""Themes over years and by kind of agency, as panels and as grids of figures."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import kind_name
from srtminer.report import charts, theme_order
from srtminer.report import shown_counts as counts
from srtminer.report.count_lines import Key
from srtminer.report.report_data import Content
from srtminer.report.shown_counts import NO_THEME, VERDICTS, Counts
from srtminer.report.theme_order import Placed, placed

PANELS = 12
"""Themes that get a panel; the table of figures below holds all."""
KINDS = 16
"""Kinds of agency that get a column, those with the most recommendations first, and the last one."""
SHADES = 5
"""Steps of the heat map."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a grid; None where it is withheld. `shade` is 0 for none, up to `SHADES`."""

    value: int | None
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid."""

    name: str
    rank: int | None
    total: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of figures with names for its columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sizes: Row
    left_out: tuple[str, ...] = ()
    """Columns for which there is no room."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One theme over the years, drawn and told."""

    rank: int | None
    label: str
    first: int
    last: int
    """Years at the ends of the axis."""
    drawing: Markup
    told: str
    dated: bool
    """Whether the year of any of its reviews is known."""


def year_panels(content: Content, known: Counts) -> tuple[Panel, ...]:
    """Draw the widest spread themes; none where there are not two years to compare, or all are withheld."""
    years = _known_years(content)
    sizes = [known.shown(*counts.year_size(str(year))) or 0 for year in years]
    if len(years) < 2 or not any(sizes):
        return ()
    axis = range(years[0], years[-1] + 1)
    ranked = [one for one in placed(content.table.themes, known) if one.rank is not None]
    return tuple(_panel(one, axis, years, max(sizes), known) for one in ranked[:PANELS])


def year_grid(content: Content, known: Counts) -> Grid:
    """Give the number of reviews a theme and year."""
    names = tuple(group.name for group in content.by_year.groups)
    rows = tuple(
        Row(
            one.theme.label,
            one.rank,
            known.shown(*counts.theme_reviews(one.theme)),
            tuple(Cell(known.shown(*counts.in_year(one.theme.id, name))) for name in names),
        )
        for one in placed(content.table.themes, known)
    )
    sizes = tuple(Cell(known.shown(*counts.year_size(name))) for name in names)
    return Grid(names, rows, Row("All reviews with recommendations", None, known.shown(*counts.WITH), sizes))


def agency_grid(content: Content, known: Counts) -> Grid:
    """Give the number of recommendations a theme and kind of agency, shaded."""
    kinds, left_out = _columns(
        list(theme_order.kinds([group.name for group in content.by_agency.groups], known))
    )
    ids = [theme.id for theme in content.table.themes]
    largest = max((known.shown(*counts.to_agency(i, kind)) or 0 for i in ids for kind in kinds), default=0)

    def cells(theme_id: str) -> tuple[Cell, ...]:
        values = [known.shown(*counts.to_agency(theme_id, kind)) for kind in kinds]
        return tuple(Cell(value, shade(value, largest)) for value in values)

    rows = [
        Row(one.theme.label, one.rank, known.shown(*counts.theme_size(one.theme)), cells(one.theme.id))
        for one in placed(content.table.themes, known)
    ]
    if content.table.unthemed:
        rows.append(Row("In no theme", None, known.shown(*counts.UNTHEMED), cells(NO_THEME)))
    sizes = tuple(Cell(known.shown(*counts.agency_size(kind))) for kind in kinds)
    total = Row("All recommendations", None, known.shown(*counts.RECOMMENDATIONS), sizes)
    return Grid(tuple(map(kind_name, kinds)), tuple(rows), total, tuple(map(kind_name, left_out)))


def answer_grid(content: Content, known: Counts) -> Grid:
    """Give the number of recommendations a review that a response answers, and what it says."""
    names = Catalogue.of(content.everything).names
    asked = {one.id: one.review_id for one in content.recommendations}
    responses: defaultdict[str, set[str]] = defaultdict(set)
    for one, answer in content.answers.items():
        responses[asked[one]].add(names[answer.review_id])

    def row(name: str, total: Key, review: str = "") -> Row:
        cells = tuple(Cell(known.shown(*counts.answered(verdict, review))) for verdict in VERDICTS)
        return Row(name, None, known.shown(*total), cells)

    rows = tuple(
        row(f"{names[one]}, answered by {'; '.join(sorted(responses[one]))}", counts.of_review(one), one)
        for one in counts.answered_reviews(content)
    )
    heads = tuple(verdict.capitalize() for verdict in VERDICTS)
    return Grid(heads, rows, row("All that responses answer", counts.ANSWERED))


def _columns(kinds: list[str]) -> tuple[list[str], list[str]]:
    """Part the kinds that get a column from the rest. The last one, what is not known, always gets one."""
    cut = len(kinds) if len(kinds) <= KINDS else KINDS - 1
    return [*kinds[:cut], *kinds[cut:][-1:]], kinds[cut:-1]


def shade(value: int | None, largest: int) -> int:
    """Give the step of a value from 1 to `SHADES`; 0 for nothing."""
    return -(-value * SHADES // largest) if value and largest else 0


def _known_years(content: Content) -> list[int]:
    return [int(group.name) for group in content.by_year.groups if group.name.isdecimal()]


def _panel(one: Placed, axis: range, years: list[int], largest: int, known: Counts) -> Panel:
    there, theme = set(years), one.theme
    points = [
        charts.Year(
            year,
            known.shown(*counts.in_year(theme.id, str(year))) if year in there else 0,
            known.shown(*counts.year_size(str(year))) if year in there else 0,
        )
        for year in axis
    ]
    return Panel(
        rank=one.rank,
        label=theme.label,
        first=axis[0],
        last=axis[-1],
        drawing=charts.panel(points, largest),
        told="; ".join(_told(points)) or "no dated review",
        dated=any(point.part != 0 for point in points),
    )


def _told(points: list[charts.Year]) -> Iterator[str]:
    for point in points:
        if point.part != 0:
            part, whole = ("withheld" if n is None else str(n) for n in (point.part, point.whole))
            yield f"{point.year}: {part} of {whole}"
