"""Metadata of reviews that the user gives: `--metadata FILE.csv`."""

import re
from pathlib import Path
from typing import get_args

from srtminer.errors import UsageError
from srtminer.model import GIVEN, METADATA_FIELDS, Fact, Kind
from srtminer.read.file_kinds import printable
from srtminer.read.table_rows import Row, Rows, read_filled
from srtminer.read.text_cleaning import clean

SOURCE = "source"
COLUMNS = (SOURCE, *METADATA_FIELDS)

EXPORTED = (
    *("id", "case", "pages", "paragraphs", "sections", "recommendations", "why_none", "left_out"),
    *("corrections", "check", "generator"),
)
"""Columns of `srtminer reviews --output FILE.csv` that say nothing of a review that a user could know better.

Why: a user edits that table and gives it back.
"""

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_KINDS = {kind.casefold(): kind for kind in get_args(Kind)}


def read_metadata(path: Path) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Read (source, facts) from a CSV file with a column `source` and any metadata fields, in its order.

    A source is a path as the user will give it, or a file's name. Empty cells give no fact. Raises
    `UsageError`, with the line where there is one, for a file or column that cannot be used, a cell to the
    right of the last column, a year that is none, and a source that stands twice with different values.
    """
    table = _read(path)
    found: dict[str, tuple[int, tuple[Fact, ...]]] = {}
    for row in table.rows:
        source, facts = _row(path, row)
        line, known = found.setdefault(source, (row.line, facts))
        if known != facts:
            raise _wrong(
                path, row.line, f"{source!r} stands in line {line} with other values: keep one of them"
            )
    return tuple((source, facts) for source, (_, facts) in found.items())


def given_fact(field: str, value: str) -> Fact:
    """Make a fact of a cell; a known kind of review in its usual letters, a year without Excel's ".0"."""
    value = clean(" ".join(value.split()))
    if field == "year":
        value = value.removesuffix(".0")
    if field == "kind":
        value = _KINDS.get(value.casefold(), value)
    return Fact(field, value, GIVEN)


def checked_fact(field: str, value: str) -> Fact:
    """Make a fact of what the user says; raises `UsageError` for a year or kind that is not one."""
    fact = given_fact(field, value)
    if wrong := _wrong_year(fact):
        raise UsageError(wrong)
    if fact.value and field == "kind" and fact.value not in _KINDS.values():
        raise UsageError(
            f"{fact.value!r} is not a kind of review; the kinds are {', '.join(_KINDS.values())}"
        )
    return fact


def _wrong_year(fact: Fact) -> str:
    """Say what is wrong with a year that is not one; empty for every other fact."""
    is_year = fact.field != "year" or not fact.value or _YEAR.fullmatch(fact.value)
    return "" if is_year else f"{fact.value!r} is not a year; write four digits, like 2010"


def _read(path: Path) -> Rows:
    table = read_filled(path, ".csv", COLUMNS, "--metadata ")
    if SOURCE not in table.columns:
        raise _wrong(
            path, table.header_line, f"there is no column {SOURCE!r}: name the columns {', '.join(COLUMNS)}"
        )
    for column in table.columns:
        if column not in (*COLUMNS, *EXPORTED):
            raise _wrong(
                path, table.header_line, f"no column is named {printable(column)!r}: use {', '.join(COLUMNS)}"
            )
    return table


def _row(path: Path, row: Row) -> tuple[str, tuple[Fact, ...]]:
    source = row.cell(SOURCE).strip()
    if not source:
        raise _wrong(path, row.line, f"the cell {SOURCE!r} is empty: write a file's path or name there")
    if row.beyond:
        raise _wrong(path, row.line, "there are more cells than columns: put text with commas between quotes")
    facts = (given_fact(field, row.cell(field)) for field in METADATA_FIELDS)
    kept = tuple(fact for fact in facts if fact.value)
    for fact in kept:
        if wrong := _wrong_year(fact):
            raise _wrong(path, row.line, wrong)
    return source, kept


def _wrong(path: Path, line: int, what: str) -> UsageError:
    return UsageError(f"--metadata {printable(path)}, line {line}: {what}")
