"""The sheets of a workbook as tables, before any of it is Excel."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from srtminer.comparisons import Comparison, Count
from srtminer.material import (
    Material,
    account_of,
    how_made,
    recommendation_entries,
    review_entries,
    theme_entries,
)
from srtminer.render.figures import kind_name
from srtminer.render.methodology import LIMITS
from srtminer.render.result import Column, Result, Table, Value
from srtminer.render.result_columns import RECOMMENDATION_COLUMNS, REVIEW_COLUMNS, THEME_COLUMNS
from srtminer.render.safe_text import legal

CELL_LIMIT = 32_767
"""Characters that a cell of Excel holds, counted as UTF-16 code units."""
_CUT = " […] (cut: a cell holds no more than {limit:,} characters, and this text has {length:,})"
Rows = tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with heads; the footer stands below it, out of reach of sorting and filtering."""

    name: str
    table: Table
    footer: Rows = ()
    fixed: int = 1
    """Columns on the left that stay when the others are scrolled."""

    @property
    def cut(self) -> int:
        """How many cells hold more than Excel does."""
        return sum(too_long(cell) for row in (*self.table.rows, *self.footer) for cell in row)


def sheets_of(material: Material) -> tuple[Sheet, ...]:
    """Lay out all sheets; how many cells had to be cut is told on the sheet that tells how they were made."""
    data = (
        Sheet("Themes", Table.of(THEME_COLUMNS, theme_entries(material)), fixed=2),
        Sheet("Reviews", Table.of(REVIEW_COLUMNS, review_entries(material))),
        Sheet("Recommendations", _in_plain_words(RECOMMENDATION_COLUMNS, recommendation_entries(material))),
        _theme_by_agency(material),
        _theme_by_year(material),
    )
    return (*data, _how(material, sum(sheet.cut for sheet in data)), _meanings(data[:3]))


def sheets_of_result(result: Result) -> tuple[Sheet, ...]:
    """Lay out one result: its rows, its notes below them, and what the columns mean."""
    footer = tuple((note, *(None,) * (len(result.table.columns) - 1)) for note in result.notes)
    data = Sheet("Result", result.table, footer)
    return data, _meanings((data,))


def _theme_by_agency(material: Material) -> Sheet:
    """Recommendations of each theme to each kind of agency, and below how many a review makes to each."""
    compared, whole = material.by_agency, material.counts
    reviews, groups = whole["with recommendations"], material.by_agency.groups
    sizes = (whole["recommendations"], *(group.recommendations for group in groups))
    footer: Rows = (
        (None, "All recommendations", *sizes),
        (None, "Recommendations per review", *(round(n / reviews, 2) if reviews else None for n in sizes)),
        (None, "Reviews with one or more", reviews, *(group.reviews for group in groups)),
    )
    unthemed = (None, "In no theme", whole["in no theme"])
    rows = _crossed(compared, "recommendations", lambda row: len(row.theme.members), unthemed)
    return Sheet("Theme x agency", _crossing(compared, "Recommendations", kind_name, rows), footer, 2)


def _theme_by_year(material: Material) -> Sheet:
    """Reviews of each year that have each theme."""
    compared, reviews = material.by_year, material.counts["with recommendations"]
    unthemed = (None, "In no theme", len({one.review_id for one in material.table.unthemed}))
    rows = _crossed(compared, "reviews", lambda row: row.theme.reviews, unthemed)
    footer = ((None, "All reviews", reviews, *(group.reviews for group in compared.groups)),)
    return Sheet("Theme x year", _crossing(compared, "Reviews", str, rows), footer, 2)


def _crossing(compared: Comparison, total: str, name: Callable[[str], str], rows: Iterable[Any]) -> Table:
    groups = (Column(name(group.name), "", width=16) for group in compared.groups)
    fixed = (Column("rank", "", width=7), Column("theme", "", width=40), Column(total, "", width=17))
    return Table((*fixed, *groups), tuple(rows))


def _crossed(
    compared: Comparison, unit: str, total: Callable[[Any], int], unthemed: tuple[Value, ...]
) -> Iterator[tuple[Value, ...]]:
    def figures(counts: Sequence[Count]) -> Iterator[int]:
        return (getattr(count, unit) for count in counts)

    for row in compared.rows:
        yield (row.theme.rank, row.theme.label, total(row), *figures(row.counts))
    yield (*unthemed, *figures(compared.unthemed))


_NOTES = (
    *(("What the figures do not say", limit) for limit in LIMITS),
    ("Theme x agency", "How many recommendations of a theme are addressed to each kind of agency."),
    (
        "Theme x agency",
        "A recommendation to two kinds of agency counts in both columns, so a row may add up to more than "
        "its number of recommendations.",
    ),
    (
        "Theme x agency",
        "Recommendations per review: all of the column over the number of reviews with any recommendation.",
    ),
    ("Theme x year", "How many reviews of a year have a recommendation in the theme."),
    ("Cells", "Every cell is text or a number; none is a formula."),
)


def in_words(column: str) -> str:
    """Write the name of a column, as CSV and JSON Lines have it, in words."""
    return "ID" if column == "id" else f"{column[:1].upper()}{column[1:]}".replace("_", " ")


def _in_plain_words(columns: Sequence[Column], entries: Iterable[Any]) -> Table:
    table = Table.of(columns, entries)
    kinds = table.names.index("agency_kind")
    rows = (
        (*row[:kinds], "; ".join(map(kind_name, str(row[kinds]).split("; "))), *row[kinds + 1 :])
        for row in table.rows
    )
    return Table(table.columns, tuple(rows))


def _how(material: Material, cut: int) -> Sheet:
    """Tell it in words, then for the record."""
    columns = Column("what", "", width=40), Column("value", "", width=100)
    rows = (
        *account_of(material),
        *_NOTES,
        ("Cells cut", f"{cut}; their whole text is in the JSON Lines export" if cut else "none"),
        *((f"For the record: {name}", value) for name, value in how_made(material)),
    )
    return Sheet("How it was made", Table(columns, rows))


def _meanings(sheets: Sequence[Sheet]) -> Sheet:
    heads = (Column("sheet", "", width=18), Column("column", "", width=18), Column("meaning", "", width=90))
    told = tuple(
        (sheet.name, in_words(column.name), column.meaning)
        for sheet in sheets
        for column in sheet.table.columns
    )
    start = 0 if len(sheets) > 1 else 1
    return Sheet("Columns", Table(heads[start:], tuple(row[start:] for row in told)))


def fit(text: str) -> str:
    """Make text legal, and cut it with a note if it is longer than a cell."""
    clean = legal(text)
    if not too_long(clean):
        return clean
    note = _CUT.format(limit=CELL_LIMIT, length=len(clean))
    units = clean.encode("utf-16-le")[: 2 * (CELL_LIMIT - len(note))]
    return units.decode("utf-16-le", "ignore") + note  # "ignore": the cut may fall inside a pair of units


def too_long(cell: Value) -> bool:
    """Tell whether a cell of Excel cannot hold a text."""
    return isinstance(cell, str) and len(cell) + sum(one > "\uffff" for one in cell) > CELL_LIMIT
