"""The annual table as a result: its columns and what they mean."""

from collections.abc import Sequence

from srtminer.annual import SummaryRow
from srtminer.render.figures import kind_name
from srtminer.render.result import Block, Result, Table, Text, Value, as_object, described, ledger

COLUMNS = described(
    ("name", "The year, kind, board or kind of agency."),
    ("reviews", "Reviews, with recommendations or without."),
    ("with_recommendations", "Reviews that make recommendations."),
    ("recommendations", "Recommendations in them."),
    ("themes", "Themes of its recommendations."),
    ("new_themes", "Themes that no earlier line has."),
    ("made_before", "Recommendations that an earlier review made too."),
)
NOTES = ("Made before: recommendations that an earlier review made too, as srtminer compare --review says.",)


def annual_result(rows: Sequence[SummaryRow], by: str, *, ordered: bool) -> Result:
    """Lay out the rows; the column of new themes is there only where the lines follow in time."""
    columns = tuple(column for column in COLUMNS if ordered or column.name != "new_themes")
    table = Table.of(columns, rows)
    heads = ("", *(column.name.replace("_", " ").capitalize() for column in columns[1:]))
    body = {"by": by, "rows": [as_object(columns, row) for row in rows], "notes": list(NOTES)}
    called = kind_name if by == "agency" else str
    lines = ((called(str(name)), *map(_for_people, row)) for name, *row in table.rows)
    figures = ledger(heads, lines)
    blocks: tuple[Block, ...] = (figures, Text(), *(Text(note, style="dim") for note in NOTES))
    return Result("summary", table, body, lambda _: blocks)


def _for_people(value: Value) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value)
