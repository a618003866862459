"""Results as CSV (RFC 4180): UTF-8, lines end with CR LF, safe for spreadsheets.

A file gets a byte order mark in front when it is written, a pipe does not.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, which stays visible; who needs
the exact text reads the JSON.
"""

import csv
import io
from collections.abc import Sequence

from srtminer.hits import Found
from srtminer.model import Recommendation, ReviewRecord, Skipped, Theme, ThemeTable
from srtminer.render import rows
from srtminer.render.catalogue import Catalogue
from srtminer.render.characters import visible

_FORMULA = tuple("=+-@＝＋－＠")
_LEADING_CONTROL = ("\t", "\r")


def reviews(records: Sequence[ReviewRecord], skipped: Sequence[Skipped] = ()) -> str:
    """One row per review, then one per file that could not be read."""
    return from_rows(rows.reviews(records, skipped))


def recommendations(found: Sequence[Recommendation], catalogue: Catalogue, *, explain: bool = False) -> str:
    """One row per recommendation; with `explain`, why it was found."""
    return from_rows(rows.recommendations(found, catalogue, explain=explain))


def themes(table: ThemeTable, catalogue: Catalogue) -> str:
    """One row per theme."""
    return from_rows(rows.themes(table, catalogue))


def members(table: ThemeTable, theme: Theme, catalogue: Catalogue) -> str:
    """One row per member of a theme, in full."""
    return from_rows(rows.members(table, theme, catalogue))


def search(found: Found, catalogue: Catalogue) -> str:
    """One row per hit."""
    return from_rows(rows.search(found, catalogue))


def safe_cell(value: str) -> str:
    """Keep a spreadsheet from taking text for a formula.

    Source: OWASP, "CSV Injection". White space in front is looked through, since some programs trim it.
    """
    dangerous = value.startswith(_LEADING_CONTROL) or value.lstrip().startswith(_FORMULA)
    return f"'{visible(value)}" if dangerous else visible(value)


def from_rows(table: rows.Rows) -> str:
    """Write a header and rows, every cell made safe."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(table.header)
    writer.writerows(
        [cell if isinstance(cell, rows.Figure) else safe_cell(cell) for cell in row] for row in table.rows
    )
    return stream.getvalue()
