"""The annual table as a result: its columns and what they mean."""

from collections.abc import Sequence

from srtminer.annual import SummaryRow
from srtminer.render.result import Column, Result

COLUMNS = (
    Column("name", "", "The year, kind, board or kind of agency.", flexible=True),
    Column("reviews", "Reviews", "Reviews, with recommendations or without."),
    Column("with_recommendations", "With recommendations", "Reviews that make recommendations."),
    Column("recommendations", "Recommendations", "Recommendations in them."),
    Column("themes", "Themes", "Themes in which a recommendation stands."),
    Column("new_themes", "New themes", "Themes that stand in no earlier line."),
    Column("made_before", "Made before", "Recommendations that an earlier review made too."),
)
NOTES = (
    "Made before: recommendations that a review of an earlier year made too (srtminer compare --repeats).",
)


def annual_result(rows: Sequence[SummaryRow], by: str, *, ordered: bool) -> Result:
    """Lay out the rows; the column of new themes is there only where the lines follow in time."""
    columns = tuple(column for column in COLUMNS if ordered or column.name != "new_themes")
    cells = tuple(tuple(getattr(row, column.name) for column in columns) for row in rows)
    return Result("summary", columns, cells, (("by", by),), NOTES)
