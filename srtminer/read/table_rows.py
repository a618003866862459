"""Rows with named cells, from CSV (comma, semicolon, tab or bar), a JSON array or JSON lines."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, cast

from srtminer.errors import UsageError
from srtminer.model import METADATA_FIELDS
from srtminer.read.read_file import because
from srtminer.read.text_cleaning import NotText, clean, decode
from srtminer.text.names import BYTE_ORDER_MARK, mend, printable

DELIMITERS = ",;\t|"
NO_DELIMITER = "\x1f"
"""Stands in no text: a table of one column has no delimiter, and its commas belong to its sentences."""

_DIRECTIVE = re.compile(r"sep=([,;\t|])(?:\n|\Z)", re.IGNORECASE)
"""Why: Excel reads and writes a first line "sep=;" where the system's list separator is another one."""

_UNICODE_LINE_ENDS = re.compile(b"\xe2\x80[\xa8\xa9]")
_JSON_NAMES = (".json", ".jsonl", ".ndjson")
_CSV_NAMES = (".csv", ".tsv")


SIZE_LIMIT = 400_000_000
"""Bytes that a workbook may unpack to; more is a bomb rather than a table."""
WORKBOOK = b"PK\x03\x04"
"""What an .xlsx begins with."""
READ_AS_WINDOWS = "ï»¿"
"""A byte order mark in Windows-1252. Why: Excel shows it so before the first column, and saves it."""
EXPORTED_LINES = "srtminer.export/1"
EXPORTED = '"schema": "srtminer.recommendations/'
_HEAD = 100

Line = tuple[int, list[str]]
"""Where a row begins in the file, 1-based, and its cells."""


class NotATable(Exception):
    """The text is no table that can be read; the message says where and why, for the user."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header."""

    line: int
    """Where it begins in the file, 1-based; of a JSON array, which element it is."""
    cells: dict[str, str]
    """By column name, lower case; a row that is too short has no keys of the last columns."""
    beyond: int = 0
    """Number of cells with text to the right of the last column."""

    def cell(self, column: str) -> str:
        """Give a cell as it stands, or an empty string."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: the names of its columns, lower case, and its rows; rows without any text are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_rows(data: bytes, suffix: str, known: Collection[str]) -> Rows:
    """Read a table from a file's bytes; `known` are the names of columns by which a header is recognised.

    Raises `NotText` and `NotATable`.
    """
    if data.startswith(WORKBOOK):
        return _rows(_workbook_lines(data, known), known)
    # Why: U+2028 in a cell ends no row, neither of CSV nor of JSON lines, but is a line end to `decode`.
    text = decode(_UNICODE_LINE_ENDS.sub(b" ", data))
    suffix = suffix.lower()
    if suffix in _JSON_NAMES or (suffix not in _CSV_NAMES and text.lstrip()[:1] in ("[", "{")):
        return _rows(_json_lines(text.strip().removeprefix(BYTE_ORDER_MARK)), known)
    return _rows(_csv_lines(text, known), known)


def in_code(cell: str, known: Collection[str]) -> str:
    """Name a column as programs do: "Last page" of a workbook is `last_page`."""
    name = clean(cell).casefold()
    underscored = name.replace(" ", "_")
    return underscored if name not in known and underscored in known else name


def _rows(lines: Iterable[Line], known: Collection[str]) -> Rows:
    """Make a table of lines, of which the first with text is its header."""
    filled = ((line, cells) for line, cells in lines if any(map(str.strip, cells)))
    columns = tuple(in_code(cell, known) for cell in next(filled, (1, []))[1])
    twice = [column for column in known if columns.count(column) > 1]
    if twice:
        raise NotATable(f"there are two columns named {twice[0]}: rename or delete one")
    rows = tuple(_row(line, cells, columns) for line, cells in filled)
    return Rows(tuple(filter(None, columns)), rows)


def _row(line: int, cells: list[str], columns: tuple[str, ...]) -> Row:
    beyond = sum(bool(cell.strip()) for cell in cells[len(columns) :])
    return Row(line, dict(zip(columns, cells, strict=False)), beyond)


# CSV ----------------------------------------------------------------------------------------------------


def _delimiter(text: str, known: Collection[str]) -> str:
    """Choose the delimiter that makes most known names of the header, then most columns.

    Why not csv.Sniffer: it counts characters, and the commas of long sentences outnumber semicolons.
    """

    def fit(delimiter: str) -> tuple[int, int]:
        header = next(csv.reader(io.StringIO(text.lstrip()), delimiter=delimiter), [])
        return sum(in_code(cell, known) in known for cell in header), len(header)

    best = max(DELIMITERS, key=fit)
    return best if fit(best)[1] > 1 else NO_DELIMITER


def _csv_lines(text: str, known: Collection[str]) -> Iterator[Line]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # holds for the process: only ever raised
    directive = _DIRECTIVE.match(text)
    delimiter = directive.group(1) if directive else _delimiter(text, known)
    is_mangled = text.startswith(READ_AS_WINDOWS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in islice(reader, bool(directive), None):
            yield line, [mend(cell).removeprefix(BYTE_ORDER_MARK) for cell in cells] if is_mangled else cells
            line = reader.line_num + 1
    except csv.Error as error:
        # Read on regardless, and an unclosed quotation mark would swallow the rest of the file into one cell.
        raise NotATable(
            f"the row that begins at line {line} has a quotation mark that is not closed, or that stands "
            f"in a quoted cell without being doubled: mend it"
        ) from error


# JSON ---------------------------------------------------------------------------------------------------


def _json_lines(text: str) -> Iterator[Line]:
    rows = []
    for place, value in _json_values(text):
        if not isinstance(value, dict):
            raise NotATable(f"element {place} is no JSON object with named fields")
        rows.append((place, {clean(name).casefold(): _cell(cell) for name, cell in value.items()}))
    columns = dict.fromkeys(column for _, cells in rows for column in cells)
    yield 1, [*columns]
    for place, cells in rows:
        yield place, [cells.get(column, "") for column in columns]


def _json_values(text: str) -> Iterable[tuple[int, object]]:
    """Give the elements of an array or of lines; of results of this program the recommendations alone."""
    if text.startswith("["):
        return enumerate(cast("list[object]", _parsed(text, 1)), 1)
    if EXPORTED in text[:_HEAD]:
        rows = cast("dict[str, object]", _parsed(text, 1)).get("recommendations")
        return enumerate(map(_as_in_csv, rows if isinstance(rows, list) else ()), 1)
    lines = enumerate(text.split("\n"), 1)
    found = [(number, _parsed(line, number)) for number, line in lines if line.strip()]
    objects = [(number, value) for number, value in found if isinstance(value, dict)]
    own = objects and objects[0][1].get("schema") == EXPORTED_LINES
    return _of_export(objects) if own else found


def _of_export(lines: Sequence[tuple[int, dict[str, Any]]]) -> Iterator[tuple[int, object]]:
    """Give the recommendations that `srtminer export` wrote, each with what is known of its review."""
    reviews = (value for _, value in lines if value.get("type") == "review")
    known = {
        str(review.get("id")): {field: review.get(field) for field in METADATA_FIELDS} for review in reviews
    }
    for number, value in lines:
        if value.get("type") == "recommendation":
            yield number, _as_in_csv(known.get(str(value.get("review")), {}) | value)


def _as_in_csv(row: object) -> object:
    if not isinstance(row, dict):
        return row  # which is told later
    agencies = row.get("agencies")
    asked = agencies if isinstance(agencies, list) else [row.get("agency")]
    names = [one.get("name") if isinstance(one, dict) else one for one in asked]
    return row | {"reference": row.get("references") or row.get("reference"), "agency": names}


def _parsed(text: str, line: int) -> object:
    """Read JSON that begins in a line."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:  # RecursionError: a thousand brackets one in another
        line += getattr(error, "lineno", 1) - 1
        raise NotATable(
            f"line {line} is not valid JSON: give one object per line, or an array of them"
        ) from error
    return value


def _cell(value: object) -> str:
    """Write a value of JSON or a workbook as CSV would have it; items of a list are divided by semicolons."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_cell, value)))
    if isinstance(value, bool | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


# Workbooks ----------------------------------------------------------------------------------------------


def _workbook_lines(data: bytes, known: Collection[str]) -> Iterable[Line]:
    """Give the rows of the sheet whose header has most of the known names.

    Formulas count as what they came to when the workbook was saved. Raises `NotATable`.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > SIZE_LIMIT:
                raise NotATable(f"it unpacks to more than {SIZE_LIMIT // 1_000_000} MB; save it as CSV")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows_of = (sheet.iter_rows(values_only=True) for sheet in book.worksheets)
        sheets = [[[*map(_cell, row)] for row in rows] for rows in rows_of]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise NotATable("it is not a workbook, or it is damaged; save it as .xlsx or CSV") from error

    def named(sheet: Iterable[list[str]]) -> int:
        header = next((row for row in sheet if any(map(str.strip, row))), [])
        return sum(in_code(cell, known) in known for cell in header)

    return enumerate(max(sheets, key=named, default=[]), 1)


def read_filled(
    path: Path, known: Collection[str], needed: Collection[str], advice: str, option: str = ""
) -> Rows:
    """Read a table whose columns may be those known; `option` is what named it, with a blank behind it.

    Raises `UsageError` if it cannot be read, or is no table, or, with `advice`, if it lacks a column needed.
    """
    name = f"{option}{printable(path)}"
    try:
        table = read_rows(path.read_bytes(), path.suffix, known)
    except OSError as error:
        raise UsageError(f"{name}: {because(error)}") from error
    except NotText as error:
        raise UsageError(f"{name}: {error}; save it as .xlsx or CSV") from error
    except NotATable as error:
        raise UsageError(f"{name}: {error}") from error
    for column in needed:
        if column not in table.columns:
            raise UsageError(f"{name} has no column {column!r}: {advice}")
    return table
