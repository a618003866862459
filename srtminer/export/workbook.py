"""A workbook: its sheets as tables, written with XlsxWriter.

Text is written as text: nothing that a review says becomes a formula, a link or a number.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from srtminer.comparisons import Comparison
from srtminer.errors import UsageError
from srtminer.material import LIMITS, WORDS, Making, Material, account, entries, how_made
from srtminer.model import GENERATOR
from srtminer.render.result import Column, Result, Table, Value
from srtminer.render.result_columns import RECOMMENDATION_COLUMNS, REVIEW_COLUMNS, THEME_COLUMNS, Entry
from srtminer.render.safe_text import legal
from srtminer.render.wording import kind_name

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

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
    columns = tuple(
        replace(one, value=_kinds) if one.name == "agency_kind" else one for one in RECOMMENDATION_COLUMNS
    )
    records, found, themes = entries(material)
    tables = (
        Sheet("Themes", Table.of(THEME_COLUMNS, themes), fixed=2),
        Sheet("Reviews", Table.of(REVIEW_COLUMNS, records)),
        Sheet("Recommendations", Table.of(columns, found)),
    )
    whole = material.counts
    reviews, by_agency, by_year = whole["with recommendations"], material.by_agency, material.by_year
    sizes = (whole["recommendations"], *(group.recommendations for group in by_agency.groups))
    to_agencies: Rows = (
        (None, "All recommendations", *sizes),
        (None, "Recommendations per review", *(round(n / reviews, 2) if reviews else None for n in sizes)),
        (None, "Reviews with one or more", reviews, *(group.reviews for group in by_agency.groups)),
    )
    members = (*(len(row.theme.members) for row in by_agency.rows), whole["in no theme"])
    unthemed = len({one.review_id for one in material.table.unthemed})
    totals = (*(row.theme.reviews for row in by_year.rows), unthemed)
    in_years = ((None, "All reviews", reviews, *(group.reviews for group in by_year.groups)),)
    data = (
        *tables,
        _crossed("Theme x agency", by_agency, "recommendations", members, to_agencies),
        _crossed("Theme x year", by_year, "reviews", totals, in_years),
    )
    return (*data, _how(material, sum(sheet.cut for sheet in data)), _meanings(tables))


def _kinds(entry: Entry) -> tuple[str, ...]:
    return tuple(map(kind_name, dict.fromkeys(one.kind for one in entry.one.agencies if one.kind)))


def sheets_of_result(result: Result) -> tuple[Sheet, ...]:
    """Lay out one result: its rows, its notes below them, and what the columns mean."""
    footer = tuple((note, *(None,) * (len(result.table.columns) - 1)) for note in result.notes)
    data = Sheet("Result", result.table, footer)
    return data, _meanings((data,))


def _crossed(sheet: str, compared: Comparison, unit: str, totals: Sequence[int], footer: Rows) -> Sheet:
    """Give the number of a unit by themes and groups; the last row, and the last total, are of no theme."""
    called = kind_name if compared.by == "agency" else str
    groups = (Column(called(group.name), "", width=16) for group in compared.groups)
    heads = (Column("rank", "", width=7), Column("theme", "", width=40), Column(unit, "", width=17))
    named = (*((row.theme.rank, row.theme.label) for row in compared.rows), (None, "In no theme"))
    counts = (*(row.counts for row in compared.rows), compared.unthemed)
    rows = tuple(
        (*names, total, *(getattr(one, unit) for one in row))
        for names, total, row in zip(named, totals, counts, strict=True)
    )
    return Sheet(sheet, Table((*heads, *groups), rows), footer, 2)


def in_words(column: str) -> str:
    """Write the name of a column, as CSV and JSON Lines have it, in words."""
    return "ID" if column == "id" else f"{column[:1].upper()}{column[1:]}".replace("_", " ")


def _how(material: Material, cut: int) -> Sheet:
    columns = Column("what", "", width=40), Column("value", "", width=100)
    rows = (
        *account(material.making, material.counts),
        *(("What the figures do not say", limit) for limit in LIMITS),
        *map(tuple, WORDS["workbook"]),
        ("Cells cut", f"{cut}; their whole text is in the JSON Lines export" if cut else "none"),
        *((f"For the record: {name}", value) for name, value in how_made(material)),
    )
    return Sheet("How it was made", Table(columns, rows))


def _meanings(sheets: Sequence[Sheet]) -> Sheet:
    heads = (Column("sheet", "", width=18), Column("column", "", width=18), Column("meaning", "", width=90))
    told = tuple(
        (sheet.name, in_words(one.name), one.meaning) for sheet in sheets for one in sheet.table.columns
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


ROW_LIMIT = 1_048_576
"""Rows of a sheet of Excel, the heads among them."""

_OPTIONS = {
    "in_memory": True,  # temporary files would leave a copy of confidential text on the disk
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMULA = tuple("=+-@")
_A4 = 9
_PAGE_WIDTH = 215
"""Characters that are still legible across a page."""
_LINE_HEIGHT = 15
_NARROW = 1.1
"""Characters of usual text on the width of a digit, by which the width of columns is counted."""
_HEIGHTS = (15, 409)
"""Of a row, in points: one line, and the most that Excel allows."""

Formats = dict[str, "Format"]


def to_xlsx(material: Material) -> tuple[bytes, int]:
    """Give the workbook, and the number of cells whose text had to be cut.

    Raises `UsageError` for more rows than a sheet holds.
    """
    sheets = sheets_of(material)
    book = _book(sheets, "Themes of recommendations", material.making.moment)
    return book, sum(sheet.cut for sheet in sheets)


def result_workbook(result: Result) -> bytes:
    """Give one result as a workbook; raises `UsageError` for more rows than a sheet holds."""
    return _book(sheets_of_result(result), f"srtminer {result.name}", Making().moment)


def _book(sheets: tuple[Sheet, ...], title: str, moment: datetime) -> bytes:
    import xlsxwriter

    for sheet in sheets:
        if (rows := 1 + len(sheet.table.rows) + len(sheet.footer)) > ROW_LIMIT:
            raise UsageError(
                f"{rows:,} rows for the sheet {sheet.name}, and Excel has {ROW_LIMIT:,}; choose fewer "
                "reviews with --where, or write a .csv or .jsonl file"
            )
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": title, "author": "", "created": moment})
        book.set_custom_property("generator", GENERATOR)
        formats = {name: book.add_format({"valign": "top"} | look) for name, look in _LOOKS.items()}
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, formats)
    return stream.getvalue()


_LOOKS: dict[str, dict[str, object]] = {
    "head": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8EEF4"},
    "number head": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8EEF4", "align": "center"},
    "text": {"text_wrap": True},
    "quoted": {"text_wrap": True, "quote_prefix": True},
    "number": {"align": "center"},
    "percent": {"align": "center", "num_format": "0%"},
    "foot": {"bold": True, "text_wrap": True, "top": 4},
    "number foot": {"bold": True, "align": "center", "top": 4},
}


def _write(worksheet: "Worksheet", sheet: Sheet, formats: Formats) -> None:
    """Write heads and rows; fix the heads, filter the rows, and let the left columns print legibly on A4."""
    columns, rows = sheet.table.columns, sheet.table.rows
    heads = tuple(fit(in_words(column.name)) for column in columns)
    for n, (column, head) in enumerate(zip(columns, heads, strict=True)):
        worksheet.set_column(n, n, column.width)
        # a column is taken for one of numbers by its first value
        first = next((row[n] for row in rows if row[n] is not None), "")
        worksheet.write_string(0, n, head, formats["head" if isinstance(first, str) else "number head"])
    worksheet.set_row(0, _height(columns, heads))
    for number, row in enumerate((*rows, *sheet.footer), 1):
        is_foot = number > len(rows)
        if not is_foot:
            worksheet.set_row(number, _height(columns, row))
        for n, value in enumerate(row):
            _cell(worksheet, number, n, value, formats, columns[n].percent, is_foot)
    worksheet.freeze_panes(1, sheet.fixed)
    if rows:
        worksheet.autofilter(0, 0, len(rows), len(columns) - 1)
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
    printed = sum(end <= _PAGE_WIDTH for end in accumulate(column.width for column in columns))
    worksheet.print_area(0, 0, len(rows) + len(sheet.footer), max(0, printed - 1))
    worksheet.repeat_rows(0)


def _cell(
    sheet: "Worksheet", row: int, column: int, value: Value, formats: Formats, percent: bool, is_foot: bool
) -> None:
    """Write a cell; a prefix keeps Excel from reading text as a formula when somebody edits the cell."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        text = fit(value)
        look = "foot" if is_foot else "quoted" if text.lstrip().startswith(_FORMULA) else "text"
        sheet.write_string(row, column, text, formats[look])
        return
    look = "number foot" if is_foot else "percent" if percent else "number"
    write = sheet.write_boolean if isinstance(value, bool) else sheet.write_number
    write(row, column, value, formats[look])


def _height(columns: Sequence[Column], row: Sequence[Value]) -> int:
    """Estimate the height of a row in points.

    Why: Excel fits rows to wrapped text when it opens a file, but LibreOffice lets it run over the next row.
    """
    lines = [
        sum(ceil(max(len(line), 1) / (column.width * _NARROW)) for line in value.split("\n"))
        for column, value in zip(columns, row, strict=True)
        if isinstance(value, str)
    ]
    least, most = _HEIGHTS
    return max(least, min(most, max(lines, default=1) * _LINE_HEIGHT))
