"""The page: figures in grids and panels, templates, style and script become one string of HTML."""

import base64
import hashlib
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from srtminer import __version__
from srtminer.comparisons import NOT_KNOWN
from srtminer.material import LIMITS, Content, Privacy, account, for_others, repeats_told
from srtminer.model import Theme
from srtminer.render.safe_text import visible
from srtminer.render.wording import kind_name, percent
from srtminer.report import small_counts as counts
from srtminer.report.small_counts import Counts, Key, count
from srtminer.report.view import placed, view

PANELS = 12
"""Themes that get a panel; the table of figures below holds all."""
VERDICTS = ("accepted", "accepted in part", "rejected", "done", "answered", "no answer found")
SHADES = 5
"""Steps of the heat map."""


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
    years: tuple[tuple[int, int, int], ...]
    """Year, part and whole."""

    @property
    def told(self) -> str:
        """What is drawn, in words."""
        words = [f"{year}: {part} of {whole}" for year, part, whole in self.years if part]
        return "; ".join(words) or "no dated review"


def ordered_kinds(names: tuple[str, ...], known: Counts) -> tuple[str, ...]:
    """Order kinds of agency: as compared or, where counts are withheld, by name, what is not known last."""
    return tuple(sorted(names, key=lambda name: (name == NOT_KNOWN, name))) if known.hidden else names


def year_panels(content: Content, known: Counts) -> tuple[Panel, ...]:
    """Draw the most widespread themes; none where there are not two years, or counts are withheld."""
    values = known.values
    dated = [int(group.name) for group in content.by_year.groups if group.name.isdecimal()]
    if len(dated) < 2 or known.hidden:
        return ()

    def point(year: str, theme: Theme) -> tuple[int, int, int]:
        return int(year), values.get(("year", year, theme.id), 0), values.get(("year", year), 0)

    axis = [str(year) for year in range(min(dated), max(dated) + 1)]
    return tuple(
        Panel(rank, theme.label, tuple(point(year, theme) for year in axis))
        for theme, rank in placed(content.table.themes, known)[:PANELS]
    )


def grid(content: Content, known: Counts, field: str) -> Grid:
    """Give the number of reviews by theme and "year", or of recommendations by theme and kind of "agency"."""
    by_year = field == "year"
    names = tuple(one.name for one in (content.by_year if by_year else content.by_agency).groups)
    names = names if by_year else ordered_kinds(names, known)

    def row(name: str, rank: int | None, total: Key, *theme: str) -> Row:
        return Row(name, rank, known.shown(*total), tuple(known.shown(field, one, *theme) for one in names))

    rows = [
        row(theme.label, rank, ("theme", theme.id, "reviews" if by_year else "size"), theme.id)
        for theme, rank in placed(content.table.themes, known)
    ]
    if by_year:
        return Grid(names, tuple(rows), row("All reviews with recommendations", None, counts.WITH))
    if content.table.unthemed:
        rows.append(row("In no theme", None, counts.UNTHEMED, counts.NO_THEME))
    total = row("All recommendations", None, counts.RECOMMENDATIONS)
    return Grid(tuple(map(kind_name, names)), tuple(rows), total)


def answer_grid(content: Content) -> Grid:
    """Give the number of recommendations a review that a response answers, and what it says."""
    names, answers = content.catalogue.names, content.answers
    responses: defaultdict[str, set[str]] = defaultdict(set)
    said: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in content.recommendations:
        answer = answers.get(one.id)
        said[one.review_id][answer.verdict if answer else VERDICTS[-1]] += 1
        responses[one.review_id] |= {names[answer.review_id]} if answer else set()

    def row(name: str, found: Counter[str]) -> Row:
        return Row(name, None, found.total(), tuple(found[verdict] for verdict in VERDICTS))

    having = [record.id for record in content.records if responses[record.id]]
    rows = [
        row(f"{names[one]}, answered by {'; '.join(sorted(responses[one]))}", said[one]) for one in having
    ]
    total = sum((said[one] for one in having), Counter[str]())
    heads = tuple(verdict.capitalize() for verdict in VERDICTS)
    return Grid(heads, tuple(rows), row("All that responses answer", total))


def shade(value: int | None, largest: int) -> int:
    """Give the step of a value from 1 to `SHADES`; 0 for nothing."""
    return -(-value * SHADES // largest) if value and largest else 0


MOST_BYTES = 2_000_000
"""What a report should stay under to go through e-mail."""


def render_report(content: Content, privacy: Privacy | None = None) -> str:
    """Render a report as one HTML document that needs nothing else and asks nobody for anything."""
    privacy = privacy or Privacy()
    content = for_others(content, privacy.names, folders=privacy.folders)
    known = count(content, privacy.small_counts)
    style, script = _asset("report.css"), _asset("report.js")
    told = {
        "reviews": known.shown(*counts.REVIEWS),
        "themes": len(content.table.themes),
        "recommendations": known.shown(*counts.RECOMMENDATIONS),
    } | {key[1]: known.shown(*key) for key in (counts.WITH, counts.UNTHEMED, counts.UNLISTED)}
    kinds = tuple(group.name for group in content.by_agency.groups)
    return (
        _environment()
        .get_template("report.html")
        .render(
            content=content,
            privacy=privacy,
            version=__version__,
            view=view(content, privacy, known),
            counts=known,
            panels=year_panels(content, known),
            years=grid(content, known, "year"),
            agencies=grid(content, known, "agency"),
            answers=answer_grid(content if privacy.small_counts is None else replace(content, answers={})),
            account=(*account(content.making, told), repeats_told(content.repeats.threshold)),
            limits=LIMITS,
            kinds=[(name, kind_name(name)) for name in ordered_kinds(kinds, known)],
            style=Markup(style),  # ours, and no text of a review is in them
            script=Markup(script),
            policy=f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
            "base-uri 'none'; form-action 'none'",  # whatever may stand in the text
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (files("srtminer.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    made.globals |= {"shade": shade, "percent": percent}
    return made


def _shown(value: Any) -> Any:
    """Make what could reverse a line visible, in the one place that every expression passes."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
