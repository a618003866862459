"""The workbook, written with XlsxWriter.

Text is written as text: nothing that a review says becomes a formula, a link or a number.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from srtminer.errors import UsageError
from srtminer.export.workbook import Sheet, fit, in_words, sheets_of, sheets_of_result
from srtminer.material import Material
from srtminer.model import GENERATOR
from srtminer.render.methodology import Making
from srtminer.render.result import Column, Result, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

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
        _check(sheet)
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


def _check(sheet: Sheet) -> None:
    rows = 1 + len(sheet.table.rows) + len(sheet.footer)
    if rows > ROW_LIMIT:
        raise UsageError(
            f"{rows:,} rows for the sheet {sheet.name}, and Excel has {ROW_LIMIT:,}; choose fewer reviews "
            "with --where, or write a .csv or .jsonl file"
        )


def _write(worksheet: "Worksheet", sheet: Sheet, formats: Formats) -> None:
    columns, rows = sheet.table.columns, sheet.table.rows
    heads = tuple(fit(in_words(column.name)) for column in columns)
    for column, head in enumerate(heads):
        worksheet.set_column(column, column, columns[column].width)
        numbers = _holds_numbers(sheet, column)
        worksheet.write_string(0, column, head, formats["number head" if numbers else "head"])
    worksheet.set_row(0, _height(columns, heads))
    for number, row in enumerate((*rows, *sheet.footer), 1):
        is_foot = number > len(rows)
        if not is_foot:
            worksheet.set_row(number, _height(columns, row))
        for column, value in enumerate(row):
            _cell(worksheet, number, column, value, formats, columns[column].percent, is_foot)
    _arrange(worksheet, sheet)


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


def _holds_numbers(sheet: Sheet, column: int) -> bool:
    """Tell by the first value of a column; one without values is taken for text."""
    values = (row[column] for row in sheet.table.rows)
    return isinstance(next((value for value in values if value is not None), ""), int | float)


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


def _arrange(worksheet: "Worksheet", sheet: Sheet) -> None:
    """Fix the heads, filter the rows below them, and let the left columns print legibly on A4."""
    rows, columns = len(sheet.table.rows), sheet.table.columns
    ends = accumulate(column.width for column in columns)
    printed = max(0, sum(end <= _PAGE_WIDTH for end in ends) - 1)
    worksheet.freeze_panes(1, sheet.fixed)
    if rows:
        worksheet.autofilter(0, 0, rows, len(columns) - 1)
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.print_area(0, 0, rows + len(sheet.footer), printed)
    worksheet.repeat_rows(0)
