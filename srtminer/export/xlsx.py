"""The workbook, written with XlsxWriter.

Text is written as text: nothing that a review says becomes a formula, a link or a number.
"""

import io
from datetime import datetime
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from srtminer.errors import UsageError
from srtminer.export.export_data import Making, Material
from srtminer.export.workbook import Sheet, of_result, workbook
from srtminer.model import GENERATOR
from srtminer.render.result import Result, Value

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
    laid_out = workbook(material)
    return _book(laid_out.sheets, "Themes of recommendations", material.making.moment), laid_out.cut


def result_workbook(result: Result) -> bytes:
    """Give one result as a workbook; raises `UsageError` for more rows than a sheet holds."""
    return _book(of_result(result).sheets, f"srtminer {result.name}", Making().moment)


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
    rows = 1 + len(sheet.rows) + len(sheet.footer)
    if rows > ROW_LIMIT:
        raise UsageError(
            f"{rows:,} rows for the sheet {sheet.name}, and Excel has {ROW_LIMIT:,}; choose fewer reviews "
            "with --where, or write a .csv or .jsonl file"
        )


def _write(worksheet: "Worksheet", sheet: Sheet, formats: Formats) -> None:
    worksheet.set_row(0, _height(sheet, tuple(head.name for head in sheet.heads)))
    for column, head in enumerate(sheet.heads):
        worksheet.set_column(column, column, head.width)
        look = "number head" if _holds_numbers(sheet, column) else "head"
        worksheet.write_string(0, column, head.name, formats[look])
    for number, row in enumerate(sheet.rows, 1):
        worksheet.set_row(number, _height(sheet, row))
        for column, value in enumerate(row):
            _cell(worksheet, number, column, value, formats, percent=sheet.heads[column].percent)
    for number, row in enumerate(sheet.footer, 1 + len(sheet.rows)):
        for column, value in enumerate(row):
            _foot(worksheet, number, column, value, formats)
    _arrange(worksheet, sheet)


def _cell(
    worksheet: "Worksheet", row: int, column: int, value: Value, formats: Formats, *, percent: bool
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        worksheet.write_boolean(row, column, value, formats["number"])
        return
    if isinstance(value, str):
        # The prefix keeps Excel from reading the text as a formula when somebody edits the cell.
        look = "quoted" if value.lstrip().startswith(_FORMULA) else "text"
        worksheet.write_string(row, column, value, formats[look])
    else:
        worksheet.write_number(row, column, value, formats["percent" if percent else "number"])


def _foot(worksheet: "Worksheet", row: int, column: int, value: Value, formats: Formats) -> None:
    if isinstance(value, str):
        worksheet.write_string(row, column, value, formats["foot"])
    elif value is not None:
        worksheet.write_number(row, column, value, formats["number foot"])


def _holds_numbers(sheet: Sheet, column: int) -> bool:
    """Tell by the first value of a column; one without values is taken for text."""
    values = (row[column] for row in sheet.rows)
    return isinstance(next((value for value in values if value is not None), ""), int | float)


def _last_printed(sheet: Sheet) -> int:
    """Number the last column that fits on a page; there is always one."""
    ends = accumulate(head.width for head in sheet.heads)
    return max(0, sum(end <= _PAGE_WIDTH for end in ends) - 1)


def _height(sheet: Sheet, row: tuple[Value, ...]) -> int:
    """Estimate the height of a row in points.

    Why: Excel fits rows to wrapped text when it opens a file, but LibreOffice lets it run over the next row.
    """
    lines = [
        sum(ceil(max(len(line), 1) / (head.width * _NARROW)) for line in value.split("\n"))
        for head, value in zip(sheet.heads, row, strict=True)
        if isinstance(value, str)
    ]
    least, most = _HEIGHTS
    return max(least, min(most, max(lines, default=1) * _LINE_HEIGHT))


def _arrange(worksheet: "Worksheet", sheet: Sheet) -> None:
    """Fix the heads, filter the rows below them, and let the left columns print legibly on A4."""
    worksheet.freeze_panes(1, sheet.fixed)
    if sheet.rows:
        worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.print_area(0, 0, len(sheet.rows) + len(sheet.footer), _last_printed(sheet))
    worksheet.repeat_rows(0)
