"""Themes over years and by kind of agency, as panels and as grids of figures, in the order of what is shown.

Why that order: a row between a 3 and a 1 holds a 1, 2 or 3, whether its figure is withheld or not; so does a
rank. Charts are inline SVG, into which only numbers go, since svg.py writes text as it is: what a chart shows
is said in words by the template, which escapes, and colours come from the style sheet.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import svg
from markupsafe import Markup

from srtminer.comparisons import NOT_KNOWN
from srtminer.model import Theme
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import kind_name
from srtminer.report import small_counts as counts
from srtminer.report.report_data import Content
from srtminer.report.small_counts import NO_THEME, VERDICTS, Counts, Key

PANEL_HEIGHT = 56.0
STEP = 16.0
"""From one year to the next, in units of the drawing."""
BAR = 12.0
AXIS = 1.0
"""Room for the lower half of the line below a panel."""
STUB = 3.0
"""Height of the mark that stands for a withheld count."""


@dataclass(frozen=True, slots=True)
class Year:
    """One place on the axis of a panel; None where a count is withheld."""

    year: int
    part: int | None
    whole: int | None


def bar(value: int | None, largest: int) -> Markup:
    """Draw a bar of one table cell; nothing for a withheld count."""
    width = 0.0 if value is None or not largest else round(100 * value / largest, 2)
    bars: list[svg.Element] = [svg.Rect(x=0, y=0, width=width, height=8, class_=["solid"])]
    return _drawing(100, 8, bars, "bar", stretched=True)


def panel(years: Sequence[Year], largest: int) -> Markup:
    """Draw what part of each year's reviews has a theme.

    `largest` is the count that fills the height, the same for all panels.
    """
    scale = PANEL_HEIGHT / max(1, largest)
    width = STEP * max(1, len(years))
    parts: list[svg.Element] = []
    for n, year in enumerate(years):
        parts += _column(STEP * n + (STEP - BAR) / 2, year.whole, scale, "pale")
        parts += _column(STEP * n + (STEP - BAR) / 2, year.part, scale, "solid")
    parts.append(svg.Line(x1=0, x2=width, y1=PANEL_HEIGHT, y2=PANEL_HEIGHT, class_=["axis"]))
    return _drawing(width, PANEL_HEIGHT + AXIS, parts, "panel")


def _column(x: float, value: int | None, scale: float, kind: str) -> list[svg.Element]:
    if value == 0:
        return []
    height = STUB if value is None else round(value * scale, 2)
    classes = ["withheld-bar"] if value is None else [kind]
    return [svg.Rect(x=x, y=round(PANEL_HEIGHT - height, 2), width=BAR, height=height, class_=classes)]


def _drawing(
    width: float, height: float, parts: list[svg.Element], kind: str, *, stretched: bool = False
) -> Markup:
    drawing = svg.SVG(
        xmlns=None,  # HTML needs none
        viewBox=svg.ViewBoxSpec(0, 0, width, height),
        preserveAspectRatio=svg.PreserveAspectRatio("none") if stretched else None,
        class_=[kind],
        elements=parts,
        extra={"aria-hidden": "true", "focusable": "false"},
    )
    return Markup(str(drawing))  # only numbers and class names of ours are in it


@dataclass(frozen=True, slots=True)
class Placed:
    """A theme and its rank among those that have one."""

    theme: Theme
    rank: int | None
    """From 1; None where the number of its reviews is withheld."""


def placed(themes: Sequence[Theme], known: Counts) -> tuple[Placed, ...]:
    """Rank the themes whose reviews are shown; the others follow by name."""
    shown = [theme for theme in themes if known.shown(*counts.theme(theme.id, "reviews")) is not None]
    others = [theme for theme in themes if known.shown(*counts.theme(theme.id, "reviews")) is None]
    shown.sort(key=lambda theme: (-theme.reviews, *_size(theme, known)))
    others.sort(key=_name)
    ranked = (Placed(theme, rank) for rank, theme in enumerate(shown, 1))
    return (*ranked, *(Placed(theme, None) for theme in others))


def ordered_kinds(names: Sequence[str], known: Counts) -> tuple[str, ...]:
    """Order kinds of agency: as compared or, where counts are withheld, by the recommendations shown.

    Those withheld follow by name; what is not known comes last.
    """
    if not known.hidden:
        return tuple(names)

    def place(name: str) -> tuple[bool, bool, int, str]:
        size = known.shown(*counts.in_group("agency", name))
        return name == NOT_KNOWN, size is None, -(size or 0), name

    return tuple(sorted(names, key=place))


def _size(theme: Theme, known: Counts) -> tuple[bool, int, int, str, str]:
    """Order by recommendations, then as the table has it; a number that is withheld comes last, by name."""
    size = known.shown(*counts.theme(theme.id, "size"))
    return (True, 0, 0, *_name(theme)) if size is None else (False, -size, theme.rank, *_name(theme))


def _name(theme: Theme) -> tuple[str, str]:
    return theme.label.casefold(), theme.id


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
    sizes = [known.shown(*counts.in_group("year", str(year))) or 0 for year in years]
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
            known.shown(*counts.theme(one.theme.id, "reviews")),
            tuple(Cell(known.shown(*counts.in_group("year", name, one.theme.id))) for name in names),
        )
        for one in placed(content.table.themes, known)
    )
    sizes = tuple(Cell(known.shown(*counts.in_group("year", name))) for name in names)
    return Grid(names, rows, Row("All reviews with recommendations", None, known.shown(*counts.WITH), sizes))


def agency_grid(content: Content, known: Counts) -> Grid:
    """Give the number of recommendations a theme and kind of agency, shaded."""
    kinds, left_out = _columns(list(ordered_kinds([group.name for group in content.by_agency.groups], known)))
    ids = [theme.id for theme in content.table.themes]
    largest = max(
        (known.shown(*counts.in_group("agency", kind, i)) or 0 for i in ids for kind in kinds), default=0
    )

    def cells(theme_id: str) -> tuple[Cell, ...]:
        values = [known.shown(*counts.in_group("agency", kind, theme_id)) for kind in kinds]
        return tuple(Cell(value, shade(value, largest)) for value in values)

    rows = [
        Row(
            one.theme.label,
            one.rank,
            known.shown(*counts.theme(one.theme.id, "size")),
            cells(one.theme.id),
        )
        for one in placed(content.table.themes, known)
    ]
    if content.table.unthemed:
        rows.append(Row("In no theme", None, known.shown(*counts.UNTHEMED), cells(NO_THEME)))
    sizes = tuple(Cell(known.shown(*counts.in_group("agency", kind))) for kind in kinds)
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
        Year(
            year,
            known.shown(*counts.in_group("year", str(year), theme.id)) if year in there else 0,
            known.shown(*counts.in_group("year", str(year))) if year in there else 0,
        )
        for year in axis
    ]
    return Panel(
        rank=one.rank,
        label=theme.label,
        first=axis[0],
        last=axis[-1],
        drawing=panel(points, largest),
        told="; ".join(_told(points)) or "no dated review",
        dated=any(point.part != 0 for point in points),
    )


def _told(points: list[Year]) -> Iterator[str]:
    for point in points:
        if point.part != 0:
            part, whole = ("withheld" if n is None else str(n) for n in (point.part, point.whole))
            yield f"{point.year}: {part} of {whole}"
