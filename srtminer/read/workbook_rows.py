"""Rows of a workbook as the cells of a CSV file would hold them."""

import io
import zipfile
from collections.abc import Collection, Iterator
from datetime import date, datetime, time

from srtminer.read.table_rows import Line, NotATable, in_code

SIZE_LIMIT = 400_000_000
"""Bytes that a workbook may unpack to; more is a bomb rather than a table."""


def workbook_lines(data: bytes, known: Collection[str]) -> list[Line]:
    """Give the rows with text of the sheet whose header has most of the known names.

    Formulas count as what they came to when the workbook was saved. Raises `NotATable`.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > SIZE_LIMIT:
                raise NotATable(f"it unpacks to more than {SIZE_LIMIT // 1_000_000} MB; save it as CSV")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [list(_lines(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise NotATable("it is not a workbook, or it is damaged; save it as .xlsx or CSV") from error
    return max(sheets, key=lambda lines: _names(lines, known), default=[])


def _lines(rows: Iterator[tuple[object, ...]]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        cells = list(map(_text, row))
        if any(map(str.strip, cells)):
            yield number, cells


def _names(lines: list[Line], known: Collection[str]) -> int:
    return sum(in_code(cell, known) in known for cell in lines[0][1]) if lines else 0


def _text(value: object) -> str:
    """Write a value as CSV would have it: no ".0" at whole numbers, no midnight at dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)
