"""The ranked themes with their examples as a result."""

from collections.abc import Iterator
from functools import partial

from srtminer.model import Theme, ThemeTable
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import percent, sparkline, summary, undated, year_span
from srtminer.render.recommendation_table import closed_up
from srtminer.render.result import (
    Block,
    Column,
    Entry,
    Head,
    Ledger,
    Result,
    Screen,
    Table,
    Text,
    as_object,
)
from srtminer.render.result_columns import ThemeEntry, excerpts, pointer, theme_columns, theme_json

_SPARKLINE_FROM = 100
"""Columns of a screen on which there is room for the years as bars."""


def theme_result(table: ThemeTable, catalogue: Catalogue) -> Result:
    """Rank the themes; `of` in JSON says what is counted, and how that is called."""
    width = max((len(theme.examples) for theme in table.themes), default=0)
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
    listed = theme_columns(
        f"rank id label terms reviews {table.unit.plural} share years undated agencies", table.unit
    )
    pairs = (column for n in range(width) for column in _example_columns(n))
    return Result("themes", Table.of((*listed, *pairs), entries), body, partial(_blocks, table, catalogue))


def _example_columns(n: int) -> tuple[Column, Column]:
    """Give a pair of columns for the example of a number; there are as many as the fullest theme needs."""
    return (
        Column(f"example_{n + 1}", "A typical excerpt.", partial(_example, n, 0), 40),
        Column(f"source_{n + 1}", "Its source.", partial(_example, n, 1), 20),
    )


def _example(n: int, part: int, row: ThemeEntry) -> str:
    found = excerpts(row)
    return found[n][part] if n < len(found) else ""


def _blocks(table: ThemeTable, catalogue: Catalogue, screen: Screen) -> Iterator[Block]:
    heads = [Head("#", "right"), Head("Theme", flexible=True, width=screen.width)]
    heads += [Head(head, "right") for head in ("Reviews", table.unit.plural.capitalize(), "Share")]
    listed = [theme for theme in table.themes if theme.reviews > 1] or table.themes
    shown = [year for theme in listed for year, _ in theme.years]
    span = (min(shown), max(shown)) if shown and screen.width >= _SPARKLINE_FROM else None
    heads += [Head("Years"), *([Head("Over time")] if span else [])]
    yield Ledger(tuple(heads), tuple(_theme(theme, catalogue, span) for theme in listed))
    if any(theme.years and undated(theme) for theme in listed):
        yield from (Text(), Text("n.d.: reviews without a known year"))
    if once := table.themes[len(listed) :]:
        named = (f"{theme.rank} {theme.label} ({len(theme.members)})" for theme in once)
        yield from (Text(), Text("In one review each: " + " · ".join(named)))
    yield from (Text(), Text(summary(table)))


def _theme(theme: Theme, catalogue: Catalogue, span: tuple[int, int] | None) -> Entry:
    """Give the line of a theme, its years as bars from one to another, and its examples below it."""
    under = [Text(" · ".join(theme.parts), 4)] if len(theme.parts) > 1 else []
    for example in theme.examples:
        under.append(Text(f"“{closed_up(example.excerpt)}”", 4, terms=theme.terms))
        under.append(Text(f"— {catalogue.cite(example.recommendation)}", 6, "dim"))
    counts = f"{theme.reviews:,}", f"{len(theme.members):,}", percent(theme.share)
    years = year_span(theme.years) or "–"
    if theme.years and undated(theme):
        years += f"{' ' if span else chr(10)}+{undated(theme):,} n.d."
    drawn = (sparkline(theme.years, *span),) if span else ()
    return Entry((str(theme.rank), theme.label, *counts, years, *drawn), tuple(under), style="bold")
