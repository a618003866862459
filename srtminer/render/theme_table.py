"""The ranked themes with their examples as a result."""

from collections.abc import Iterator, Sequence
from functools import partial

from rich.console import RenderableType

from srtminer.model import Theme, ThemeTable
from srtminer.render import as_markdown
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import percent, sparkline, summary, undated, year_span, years_of
from srtminer.render.layout import Below, Column, Entry, ledger, plain
from srtminer.render.recommendation_table import closed_up
from srtminer.render.result import Column as DataColumn
from srtminer.render.result import Result, Screen, Table, as_object
from srtminer.render.result_columns import pointer
from srtminer.render.theme_columns import ThemeEntry, theme_json, theme_list

_UNKNOWN = "–"
_SPARKLINE_FROM = 100
"""Columns of a screen on which there is room for the years as bars."""
_LEGEND = "n.d.: reviews without a known year"


def theme_result(table: ThemeTable, catalogue: Catalogue) -> Result:
    """Rank the themes; `of` in JSON says what is counted, and how that is called."""
    width = max((len(theme.examples) for theme in table.themes), default=0)
    pairs = tuple(column for n in range(width) for column in _example_columns(n))
    entries = [ThemeEntry(theme, table, catalogue) for theme in table.themes]
    body = {
        "of": table.unit.name,
        "method": dict(table.method),
        "corpus": {
            "reviews": table.reviews,
            table.unit.plural: table.recommendations,
            "notes": list(table.notes),
        },
        "themes": [as_object(theme_json(table.unit), entry) for entry in entries],
        "unthemed": [pointer(one, catalogue) for one in table.unthemed],
    }
    listed = Table.of((*theme_list(table.unit), *pairs), entries)
    return Result("themes", listed, body, partial(_lines, table, catalogue), _markdown(table, catalogue))


def _example_columns(n: int) -> tuple[DataColumn[ThemeEntry], DataColumn[ThemeEntry]]:
    """Give a pair of columns for the example of a number; there are as many as the fullest theme needs."""
    return (
        DataColumn(f"example_{n + 1}", "A typical excerpt.", partial(_excerpt, n), 40),
        DataColumn(f"source_{n + 1}", "Where it stands.", partial(_source, n), 20),
    )


def _excerpt(n: int, row: ThemeEntry) -> str:
    return "".join(example.excerpt for example in row.theme.examples[n : n + 1])


def _source(n: int, row: ThemeEntry) -> str:
    return "".join(row.catalogue.cite(example.recommendation) for example in row.theme.examples[n : n + 1])


def _markdown(table: ThemeTable, catalogue: Catalogue) -> str:
    """The theme table, and below it the examples of each theme."""
    header = ("Rank", "Theme", "Reviews", table.unit.plural.capitalize(), "Share", "Years")
    ranked = as_markdown.table(header, ((*_figures(theme), years_of(theme)) for theme in table.themes))
    examples = "".join(f"\n{line}\n" for theme in table.themes for line in _examples(theme, catalogue))
    return f"{ranked}{examples}\n{summary(table)}\n"


def _examples(theme: Theme, catalogue: Catalogue) -> Iterator[str]:
    escape = as_markdown.escape
    if theme.examples:
        yield f"**{theme.rank}. {escape(theme.label)}**"
    for example in theme.examples:
        yield f"> “{escape(example.excerpt)}” — {escape(catalogue.cite(example.recommendation))}"


def _figures(theme: Theme) -> tuple[str, ...]:
    counts = (str(theme.reviews), str(len(theme.members)))
    return (str(theme.rank), theme.label, *counts, percent(theme.share))


def _lines(table: ThemeTable, catalogue: Catalogue, screen: Screen) -> Iterator[RenderableType]:
    columns = (
        Column("#", "right"),
        Column("Theme", flexible=True, width=screen.width),
        Column("Reviews", "right"),
        Column(table.unit.plural.capitalize(), "right"),
        Column("Share", "right"),
        Column("Years"),
    )
    shown = [year for theme in table.themes for year, _ in theme.years]
    span = (min(shown), max(shown)) if shown and screen.width >= _SPARKLINE_FROM else None
    years = _years(table.themes, span, screen)
    entries = [_theme(theme, catalogue, cell) for theme, cell in zip(table.themes, years, strict=True)]
    yield from ledger(columns, entries, screen)
    if any(map(_partly_dated, table.themes)):
        yield plain("")
        yield plain(_LEGEND)
    yield plain("")
    yield plain(summary(table))


def _years(themes: Sequence[Theme], span: tuple[int, int] | None, screen: Screen) -> list[str]:
    """Give the years of each theme; where there is no room beside them, the undated on a second line."""
    apart = " " if screen.width >= _SPARKLINE_FROM else "\n"
    told = [_dated(theme, apart) for theme in themes]
    if not span:
        return told
    width = max(map(len, told))
    bars = (sparkline(theme.years, *span) if theme.years else "" for theme in themes)
    return [f"{years:{width}}  {drawn}" for years, drawn in zip(told, bars, strict=True)]


def _dated(theme: Theme, apart: str) -> str:
    years = year_span(theme.years) or _UNKNOWN
    return f"{years}{apart}+{undated(theme):,} n.d." if _partly_dated(theme) else years


def _partly_dated(theme: Theme) -> bool:
    return bool(theme.years) and undated(theme) > 0


def _theme(theme: Theme, catalogue: Catalogue, years: str) -> Entry:
    under = [Below(" · ".join(theme.parts), 4)] if len(theme.parts) > 1 else []
    for example in theme.examples:
        under.append(Below(f"“{closed_up(example.excerpt)}”", terms=theme.terms))
        under.append(Below(f"— {catalogue.cite(example.recommendation)}", 6, "dim"))
    return Entry((*_figures(theme), years), tuple(under), style="bold")
