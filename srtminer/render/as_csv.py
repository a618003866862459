"""Results as CSV (RFC 4180): UTF-8, lines end with CR LF, safe for spreadsheets.

A file gets a byte order mark in front when it is written, a pipe does not.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, which stays visible; who needs
the exact text reads the JSON. Numbers are ours: "-0.5000" is no formula.
"""

import csv
import io

from srtminer.model import GENERATOR
from srtminer.render.result import Result, Table, Value
from srtminer.render.safe_text import visible

MARK = "generator"
"""The last column. Why not a comment line: readers take the first line for the head."""
_FORMULA = tuple("=+-@＝＋－＠")
_LEADING_CONTROL = ("\t", "\r")


def write(result: Result) -> str:
    """Write the rows of a result."""
    return write_table(result.table)


def write_table(table: Table) -> str:
    """Write a header and rows, every text made safe."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow((*table.names, MARK))
    for texts, row in zip(table.texts, table.rows, strict=True):
        cells = (_safe(text, value) for text, value in zip(texts, row, strict=True))
        writer.writerow((*cells, GENERATOR))
    return stream.getvalue()


def safe_cell(value: str) -> str:
    """Keep a spreadsheet from taking text for a formula.

    Source: OWASP, "CSV Injection". White space in front is looked through, since some programs trim it.
    """
    dangerous = value.startswith(_LEADING_CONTROL) or value.lstrip().startswith(_FORMULA)
    return f"'{visible(value)}" if dangerous else visible(value)


def _safe(text: str, value: Value) -> str:
    return safe_cell(text) if isinstance(value, str) else text
