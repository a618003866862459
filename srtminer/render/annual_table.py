"""The annual table as a result: its columns and what they mean."""

from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter

from rich.console import RenderableType

from srtminer.annual import SummaryRow
from srtminer.render import as_markdown
from srtminer.render.layout import Column as Shown
from srtminer.render.layout import Entry, ledger, plain
from srtminer.render.result import Column, Result, Screen, Table, Value, as_object

COLUMNS: tuple[Column[SummaryRow], ...] = tuple(
    Column(name, meaning, attrgetter(name))
    for name, meaning in (
        ("name", "The year, kind, board or kind of agency."),
        ("reviews", "Reviews, with recommendations or without."),
        ("with_recommendations", "Reviews that make recommendations."),
        ("recommendations", "Recommendations in them."),
        ("themes", "Themes in which a recommendation stands."),
        ("new_themes", "Themes that stand in no earlier line."),
        ("made_before", "Recommendations that an earlier review made too."),
    )
)
NOTES = (
    "Made before: recommendations that a review of an earlier year made too (srtminer compare --repeats).",
)


def annual_result(rows: Sequence[SummaryRow], by: str, *, ordered: bool) -> Result:
    """Lay out the rows; the column of new themes is there only where the lines follow in time."""
    columns = tuple(column for column in COLUMNS if ordered or column.name != "new_themes")
    table = Table.of(columns, rows)
    heads = ("", *(column.name.replace("_", " ").capitalize() for column in columns[1:]))
    body = {"by": by, "rows": [as_object(columns, row) for row in rows], "notes": list(NOTES)}
    notes = "\n".join(map(as_markdown.escape, NOTES))
    read = [tuple(map(_for_people, row)) for row in table.rows]
    markdown = f"{as_markdown.table(heads, read)}\n{notes}\n"
    return Result("summary", table, body, partial(_lines, heads, read), markdown)


def _lines(heads: Sequence[str], rows: Sequence[tuple[str, ...]], screen: Screen) -> Iterator[RenderableType]:
    figures = (Shown(head, "right") for head in heads[1:])
    yield from ledger((Shown(heads[0], flexible=True), *figures), [Entry(row) for row in rows], screen)
    yield plain("")
    for note in NOTES:
        yield plain(note, "dim")


def _for_people(value: Value) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value)
