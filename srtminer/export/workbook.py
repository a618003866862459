"""The sheets of the workbook as plain tables, before any of it is Excel."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from srtminer.export.export_data import (
    Material,
    account_of,
    how_made,
    recommendation_entries,
    review_entries,
    reviews_with_recommendations,
    theme_entries,
)
from srtminer.model import Comparison, Count
from srtminer.render.figures import kind_name
from srtminer.render.methodology import LIMITS
from srtminer.render.result import Column, Result, Table, Value
from srtminer.render.result_columns import RECOMMENDATION_COLUMNS, REVIEW_COLUMNS, THEME_COLUMNS
from srtminer.render.safe_text import legal

CELL_LIMIT = 32_767
"""Characters that a cell of Excel holds, counted as UTF-16 code units."""
_CUT = " […] (cut: a cell holds no more than {limit:,} characters, and this text has {length:,})"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its name, its width in characters, and whether it holds shares."""

    name: str
    width: int = 12
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with heads; the footer stands below it, out of reach of sorting and filtering."""

    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    footer: tuple[tuple[Value, ...], ...] = ()
    fixed: int = 1
    """Columns on the left that stay when the others are scrolled."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets, none of whose cells is too long, and how many were cut for it."""

    sheets: tuple[Sheet, ...]
    cut: int


def workbook(material: Material) -> Workbook:
    """Lay out all sheets. What is cut is marked in its cell, and counted on the sheet that tells how."""
    data = (
        _of_columns("Themes", THEME_COLUMNS, theme_entries(material), fixed=2),
        _of_columns("Reviews", REVIEW_COLUMNS, review_entries(material)),
        _of_columns("Recommendations", RECOMMENDATION_COLUMNS, recommendation_entries(material)),
        theme_by_agency(material),
        theme_by_year(material),
    )
    cut = sum(_too_long(cell) for sheet in data for row in (*sheet.rows, *sheet.footer) for cell in row)
    sheets = (*data, _how(material, cut), _meanings())
    return Workbook(tuple(map(_fitted, sheets)), cut)


def of_result(result: Result) -> Workbook:
    """Lay out one result: its rows, its notes below them, and what the columns mean."""
    footer = tuple((note, *(None,) * (len(result.table.columns) - 1)) for note in result.notes)
    data = Sheet("Result", _heads(result.table), result.table.rows, footer)
    meanings = tuple((in_words(column.name), column.meaning) for column in result.table.columns)
    columns = Sheet("Columns", (Head("Column", 24), Head("Meaning", 90)), meanings)
    return Workbook((_fitted(data), _fitted(columns)), 0)


def theme_by_agency(material: Material) -> Sheet:
    """Recommendations of each theme to each kind of agency, and below how many a review makes to each."""
    compared = material.by_agency
    kinds = (Head(kind_name(group.name), 16) for group in compared.groups)
    rows = _crossed(
        compared,
        lambda count: count.recommendations,
        {row.theme.id: len(row.theme.members) for row in compared.rows},
        len(material.table.unthemed),
    )
    heads = (*_THEME_HEADS, Head("Recommendations", 17), *kinds)
    return Sheet("Theme x agency", heads, rows, tuple(_agency_totals(material)), fixed=2)


def _agency_totals(material: Material) -> Iterator[tuple[Value, ...]]:
    groups = material.by_agency.groups
    reviews = reviews_with_recommendations(material.recommendations)
    sizes = (len(material.recommendations), *(group.recommendations for group in groups))
    yield None, "All recommendations", *sizes
    yield None, "Recommendations per review", *(_mean(size, reviews) for size in sizes)
    yield None, "Reviews with one or more", reviews, *(group.reviews for group in groups)


def theme_by_year(material: Material) -> Sheet:
    """Reviews of each year that have each theme."""
    compared = material.by_year
    reviews = reviews_with_recommendations(material.recommendations)
    return Sheet(
        "Theme x year",
        (*_THEME_HEADS, Head("Reviews", 9), *(Head(group.name, 10) for group in compared.groups)),
        _crossed(
            compared,
            lambda count: count.reviews,
            {row.theme.id: row.theme.reviews for row in compared.rows},
            reviews_with_recommendations(material.table.unthemed),
        ),
        ((None, "All reviews", reviews, *(group.reviews for group in compared.groups)),),
        fixed=2,
    )


_THEME_HEADS = (Head("Rank", 7), Head("Theme", 40))

_LIMIT = "What the figures do not say"
_NOTES = (
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
    return "ID" if column == "id" else _begun(column.replace("_", " "))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _of_columns(name: str, columns: Sequence[Column], entries: Iterable[Any], fixed: int = 1) -> Sheet:
    table = Table.of(columns, entries)
    kinds = [column.name == "agency_kind" for column in columns]
    rows = tuple(tuple(map(_in_plain_words, row, kinds)) for row in table.rows)
    return Sheet(name, _heads(table), rows, fixed=fixed)


def _heads(table: Table) -> tuple[Head, ...]:
    return tuple(Head(in_words(column.name), column.width, column.percent) for column in table.columns)


def _in_plain_words(value: Value, is_kinds: bool) -> Value:
    return "; ".join(map(kind_name, value.split("; "))) if is_kinds and isinstance(value, str) else value


def _crossed(
    compared: Comparison, figure: Callable[[Count], int], totals: dict[str, int], unthemed: int
) -> tuple[tuple[Value, ...], ...]:
    rows: list[tuple[Value, ...]] = [
        (row.theme.rank, row.theme.label, totals[row.theme.id], *map(figure, row.counts))
        for row in compared.rows
    ]
    return (*rows, (None, "In no theme", unthemed, *map(figure, compared.unthemed)))


def _how(material: Material, cut: int) -> Sheet:
    """Tell it in words, then for the record."""
    rows = (
        *account_of(material),
        *((_LIMIT, limit) for limit in LIMITS),
        *_NOTES,
        ("Cells cut", f"{cut}; their whole text is in the JSON Lines export" if cut else "none"),
        *((f"For the record: {name}", value) for name, value in how_made(material)),
    )
    return Sheet("How it was made", (Head("What", 40), Head("Value", 100)), rows)


def _meanings() -> Sheet:
    tables = (
        *(("Themes", in_words(column.name), column.meaning) for column in THEME_COLUMNS),
        *(("Reviews", in_words(column.name), column.meaning) for column in REVIEW_COLUMNS),
        *(("Recommendations", in_words(column.name), column.meaning) for column in RECOMMENDATION_COLUMNS),
    )
    return Sheet("Columns", (Head("Sheet", 18), Head("Column", 18), Head("Meaning", 90)), tables)


def _mean(number: int, reviews: int) -> float | None:
    return round(number / reviews, 2) if reviews else None


def _fitted(sheet: Sheet) -> Sheet:
    heads = tuple(replace(head, name=_fit(head.name)) for head in sheet.heads)
    return replace(sheet, heads=heads, rows=_fit_rows(sheet.rows), footer=_fit_rows(sheet.footer))


def _fit_rows(rows: Iterable[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    return tuple(tuple(_fit(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)


def _fit(text: str) -> str:
    """Make text legal, and cut it with a note if it is longer than a cell."""
    clean = legal(text)
    if not _too_long(clean):
        return clean
    note = _CUT.format(limit=CELL_LIMIT, length=len(clean))
    units = clean.encode("utf-16-le")[: 2 * (CELL_LIMIT - len(note))]
    return units.decode("utf-16-le", "ignore") + note  # "ignore": the cut may fall inside a pair of units


def _too_long(cell: Value) -> bool:
    return isinstance(cell, str) and _units(cell) > CELL_LIMIT


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
