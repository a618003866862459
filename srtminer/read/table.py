"""Tables of ready recommendations, and of metadata that the user gives: CSV, JSON lines, a JSON array."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import get_args

from srtminer.errors import UsageError
from srtminer.model import (
    GIVEN,
    METADATA_FIELDS,
    Agency,
    Fact,
    Kind,
    Omission,
    Recommendation,
    Review,
    Skipped,
)
from srtminer.read.compose_review import Block, compose, content_id
from srtminer.read.read_file import because
from srtminer.read.table_rows import NotATable, Row, Rows, read_filled, read_rows
from srtminer.read.text_cleaning import NotText, clean
from srtminer.text.names import few, printable

REVIEW, TEXT, REFERENCE, AGENCY, PAGE = "review", "text", "reference", "agency", "page"
COLUMNS = (REVIEW, REFERENCE, TEXT, AGENCY, PAGE, *METADATA_FIELDS)

RULE = "table"
"""The rule that a recommendation from a table was found by."""

_PAGES = re.compile(r"(?:pp?\.?|pages?)? ?([0-9]{1,5})(?: ?[-–] ?([0-9]{1,5}))?(?![0-9])", re.IGNORECASE)
_ID = re.compile("[0-9a-f]{12}")
_APOSTROPHES = str.maketrans("‘’", "''")
_COLUMNS_SHOWN = 10
_NAME_SHOWN = 30


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row with text."""

    row: Row
    text: str
    page: int
    last_page: int


def read_table(path: Path) -> tuple[Review | Skipped, ...]:
    """Read one review for each value of the column `review`, in the order of their first rows.

    Rows without such a value belong to a review named after the file. What cannot be used of a review's
    rows is told by its omissions.
    """
    try:
        table = read_rows(path.read_bytes(), path.suffix, COLUMNS)
    except OSError as error:
        return (Skipped(str(path), because(error)),)
    except (NotText, NotATable) as error:
        return (Skipped(str(path), f"cannot be read as a table: {error}"),)
    if not table.rows:
        return (Skipped(str(path), "the table has no rows"),)
    if TEXT not in table.columns:
        return (Skipped(str(path), _no_text_column(table.columns)),)
    return tuple(_review(name, rows, path) for name, rows in _by_review(table, path).items())


def _no_text_column(columns: Sequence[str]) -> str:
    found = few([column[:_NAME_SHOWN] for column in columns], _COLUMNS_SHOWN)
    others = ", ".join(column for column in COLUMNS if column != TEXT)
    return f"the table has no column named {TEXT!r}; found {found}; needed {TEXT}, and where known {others}"


def _by_review(table: Rows, path: Path) -> dict[str, list[Row]]:
    name_of_file = clean(path.stem)
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        groups[clean(" ".join(row.cell(REVIEW).split())) or name_of_file].append(row)
    return dict(groups)


def _review(name: str, rows: Sequence[Row], path: Path) -> Review:
    entries = [entry for row in rows if (entry := _entry(row)).text]
    review = compose(
        (Block(entry.text, page=entry.page) for entry in entries),
        source=str(path),
        format="table",
        page_count=max((entry.last_page for entry in entries), default=1),
        omissions=_omissions(rows, len(rows) - len(entries)),
        facts=_facts(name, rows),
    )
    # Two reviews may make the same recommendations word for word; their names keep them apart.
    named = replace(review, id=content_id(f"{name}\n{review.text}"))
    return replace(named, ready=_recommendations(named, entries))


def _entry(row: Row) -> _Entry:
    lines = filter(None, map(clean, row.cell(TEXT).splitlines()))
    return _Entry(row, "\n".join(lines), *_pages(row.cell(PAGE)))


def _pages(cell: str) -> tuple[int, int]:
    """Read "6", "p. 6" and "6-7"; (1, 1) for anything else."""
    match = _PAGES.match(clean(cell))
    first = int(match.group(1)) if match else 0
    last = int(match.group(2) or 0) if match else 0
    first = first or 1
    return first, max(first, last)


def _recommendations(review: Review, entries: Sequence[_Entry]) -> tuple[Recommendation, ...]:
    seen: Counter[str] = Counter()
    found = []
    for entry, paragraph in zip(entries, review.paragraphs, strict=True):
        own_id = f"{review.id}-{content_id(entry.text)[:8]}"
        seen[own_id] += 1
        recommendation = Recommendation(
            id=own_id if seen[own_id] == 1 else f"{own_id}-{seen[own_id]}",
            review_id=review.id,
            references=_parts(entry.row.cell(REFERENCE)),
            start=paragraph.start,
            end=paragraph.end,
            text=entry.text,
            page=entry.page,
            last_page=entry.last_page,
            agencies=tuple(
                Agency(name.translate(_APOSTROPHES), "") for name in _parts(entry.row.cell(AGENCY))
            ),
            rule=RULE,
        )
        found.append(recommendation)
    return tuple(found)


def _facts(name: str, rows: Sequence[Row]) -> tuple[Fact, ...]:
    """Give the first value of each field; the review's name is its subject where no other is given.

    In a table of our own its name is an id: its file, or its title, says more.
    """
    values = {field: _values(rows, field) for field in METADATA_FIELDS}
    file = PurePath(next(filter(None, (row.cell(SOURCE) for row in rows)), "")).stem
    if not values["subject"] and not (file and _ID.fullmatch(name) and values["title"]):
        values["subject"] = (file if file and _ID.fullmatch(name) else name,)
    return tuple(given_fact(field, found[0]) for field, found in values.items() if found)


def _omissions(rows: Sequence[Row], without_text: int) -> tuple[Omission, ...]:
    counts = [
        ("table row without text", without_text),
        ("table cell beyond the last column", sum(row.beyond for row in rows)),
        *((f"other value of {field}", len(_values(rows, field)) - 1) for field in METADATA_FIELDS),
    ]
    return tuple(Omission(what, 1, count) for what, count in counts if count > 0)


def _values(rows: Iterable[Row], field: str) -> tuple[str, ...]:
    """Give the distinct values of a field in the order of their first rows."""
    return tuple(dict.fromkeys(filter(None, (given_fact(field, row.cell(field)).value for row in rows))))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean, cell.split(";")))))


SOURCE = "source"
METADATA_COLUMNS = (SOURCE, *METADATA_FIELDS)

EXPORTED = (
    *("id", "case", "pages", "paragraphs", "sections", "recommendations", "why_none", "left_out"),
    *("corrections", "check", "generator"),
)
"""Columns of `srtminer reviews --output FILE.csv` that say nothing of a review that a user could know better.

Why: a user edits that table and gives it back.
"""

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
REVIEW_KINDS = {kind.casefold(): kind for kind in get_args(Kind)}


def read_metadata(path: Path) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Read (source, facts) from a CSV file with a column `source` and any metadata fields, in its order.

    A source is a path as the user will give it, or a file's name. Empty cells give no fact. Raises
    `UsageError`, with the line where there is one, for a file or column that cannot be used, a cell to the
    right of the last column, a year or date that is none, and a source that stands twice with
    different values.
    """
    every, columns = (*METADATA_COLUMNS, *EXPORTED), ", ".join(METADATA_COLUMNS)
    table = read_filled(path, every, (SOURCE,), f"name the columns {columns}", "--metadata ")
    for column in table.columns:
        if column not in every:
            raise UsageError(
                f"--metadata {printable(path)}: no column is named {printable(column)!r}: use {columns}"
            )
    found: dict[str, tuple[int, tuple[Fact, ...]]] = {}
    for row in table.rows:
        where, source = f"--metadata {printable(path)}, line {row.line}: ", row.cell(SOURCE).strip()
        if not source:
            raise UsageError(f"{where}the cell {SOURCE!r} is empty: write a file's path or name there")
        if row.beyond:
            raise UsageError(f"{where}there are more cells than columns: put text with commas between quotes")
        facts = (checked_fact(field, row.cell(field), where) for field in METADATA_FIELDS)
        new = (row.line, tuple(fact for fact in facts if fact.value))
        line, known = found.setdefault(source, new)
        if known != new[1]:
            raise UsageError(f"{where}{source!r} stands in line {line} with other values: keep one of them")
    return tuple((source, facts) for source, (_, facts) in found.items())


def given_fact(field: str, value: str) -> Fact:
    """Make a fact of a cell; a known kind of review in its usual letters, a year without Excel's ".0"."""
    value = clean(" ".join(value.split()))
    if field == "year":
        value = value.removesuffix(".0")
    if field == "kind":
        value = REVIEW_KINDS.get(value.casefold(), value)
    return Fact(field, value, GIVEN)


def checked_fact(field: str, value: str, where: str = "") -> Fact:
    """Make a fact of what the user says; `UsageError`, with its place, for a year or date that is none."""
    fact = given_fact(field, value)
    if fact.value and field == "year" and not _YEAR.fullmatch(fact.value):
        raise UsageError(f"{where}{fact.value!r} is not a year; write four digits, like 2010")
    if fact.value and field == "published" and not _is_day(fact.value):
        raise UsageError(f"{where}{fact.value!r} is not a date; write it like 2010-05-03, 2010-05 or 2010")
    return fact


def _is_day(text: str) -> bool:
    """Tell a day, month or year in ISO form."""
    day = text + "-01" * (2 - text.count("-"))
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
