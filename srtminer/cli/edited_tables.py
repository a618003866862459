"""From an edited table to what it asks for, review by review."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from srtminer.agencies import agency_kind
from srtminer.cli.resolve_review import require_review, review_named
from srtminer.corrections.correction_plan import Change, Kind, Plan, Sheet, SheetError, SheetRow, plan
from srtminer.errors import UsageError
from srtminer.model import Correction, Recommendation, ReviewRecord
from srtminer.read.file_kinds import printable
from srtminer.read.table_rows import Row, Rows, read_filled
from srtminer.render.as_csv import MARK
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted, few, kind_name
from srtminer.render.result import Table
from srtminer.render.result_columns import (
    ALSO,
    EXPLAINED,
    RECOMMENDATION_COLUMNS,
    RECOMMENDATION_LIST,
    RESPONSE,
    entries_of,
)
from srtminer.render.safe_text import visible
from srtminer.store import Store
from srtminer.where import parse_where, select

ID, REVIEW, SOURCE, TEXT, CITATION, KINDS = "id", "review", "source", "text", "citation", "agency_kind"
_EXPORTED = tuple(one for one in (*RECOMMENDATION_LIST, *EXPLAINED) if one.name != CITATION)
THEME = "theme"
HEADER = frozenset(
    column.name for column in (*RECOMMENDATION_LIST, *EXPLAINED, *RESPONSE, *RECOMMENDATION_COLUMNS)
) | {MARK}
"""Columns of any list of recommendations that the program writes."""
_EXPORT = "export them with `srtminer recommendations --output FILE.csv` (or .xlsx)"

Cells = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Edited:
    """What a table asks for."""

    plans: tuple[Plan, ...]
    """In the order of the reviews."""
    catalogue: Catalogue
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store holds."""

    records: tuple[ReviewRecord, ...]
    catalogue: Catalogue
    current: Mapping[str, tuple[Recommendation, ...]]
    """By review."""
    deleted: Mapping[str, tuple[Recommendation, ...]]
    owners: Mapping[str, str]
    """The review of each recommendation, by ids."""


def read(store: Store, table: Path, where: Sequence[str], *, complete: bool) -> Edited:
    """Read an edited table and compare it with the store; raises `UsageError` for one that cannot be used."""
    known = _known(store)
    sheet = _table(table)
    by_review = _by_review(table, sheet, known)
    wheres = tuple(parse_where(expression) for expression in where)
    _, asked = select(known.records, [one for ones in known.current.values() for one in ones], wheres)
    scope = {one.id for one in asked}
    absent = [
        review_id for review_id in dict.fromkeys(one.review_id for one in asked) if review_id not in by_review
    ]
    plans = []
    for record in known.records:
        if record.id in by_review or (complete and record.id in absent):
            plans.append(_plan(store, table, known, record.id, by_review.get(record.id, ()), scope))
    notes = _notes(sheet, known, plans, () if complete else absent)
    return Edited(tuple(plans), known.catalogue, tuple(notes))


def kept(store: Store, named: Sequence[str] | None) -> tuple[tuple[Plan, ...], Catalogue]:
    """List the corrections of the named reviews, or of all, as changes from what was found.

    Raises `UsageError` for a name of no review, or of one without corrections.
    """
    known = _known(store)
    corrections = dict(store.corrections())
    ids = [*corrections] if named is None else [require_review(name, known.records).id for name in named]
    for review_id in ids:
        if review_id not in corrections:
            raise UsageError(f"{known.catalogue.names[review_id]} has no corrections; see `srtminer correct`")
    return tuple(
        _as_plan(review_id, corrections[review_id]) for review_id in dict.fromkeys(ids)
    ), known.catalogue


def _as_plan(review_id: str, corrections: Iterable[Correction]) -> Plan:
    changes = tuple(_as_change(one) for one in corrections)
    return Plan(review_id, (), (), changes, ())


def _as_change(one: Correction) -> Change:
    kind: Kind = "added" if one.before is None else "deleted" if one.after is None else "edited"
    return Change(kind, one.before, one.after, fits=one.fits)


def _known(store: Store) -> _Known:
    records = store.records()
    current: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for one in store.recommendations():
        current[one.review_id].append(one)
    deleted = {
        review_id: tuple(one.before for one in corrections if one.before and one.after is None)
        for review_id, corrections in store.corrections()
    }
    owners = {one.id: one.review_id for ones in (*current.values(), *deleted.values()) for one in ones}
    return _Known(
        records, Catalogue.of(records), {key: tuple(ones) for key, ones in current.items()}, deleted, owners
    )


def _table(table: Path) -> Rows:
    name = printable(table)
    sheet = read_filled(table, table.suffix, HEADER)
    for column in (ID, TEXT):
        if column not in sheet.columns:
            raise UsageError(f"{name} has no column {column!r}: {_EXPORT} and keep the columns id and text")
    if ALSO[0].name in sheet.columns:
        raise UsageError(
            f"{name} lists one theme only, and rows that are missing from a table of corrections "
            f"are deleted: {_EXPORT}"
        )
    for row in sheet.rows:
        if row.beyond:
            raise UsageError(
                f"{name}, line {row.line}: more cells than columns: put text with commas between quotes"
            )
    return sheet


def _by_review(table: Path, sheet: Rows, known: _Known) -> dict[str, list[SheetRow]]:
    """Sort the rows by their reviews; raises `UsageError` for rows of none."""
    strangers = [
        row for row in sheet.rows if row.cell(ID).strip() and row.cell(ID).strip() not in known.owners
    ]
    if strangers:
        lines = few([str(row.line) for row in strangers])
        raise UsageError(
            f"{printable(table)}, line {lines}: {counted(len(strangers), 'id')} not in the store; maybe the "
            f"reviews were read anew since: {_EXPORT} again (a new row has no id)"
        )
    found: defaultdict[str, list[SheetRow]] = defaultdict(list)
    for row in sheet.rows:
        if not any(row.cell(column).strip() for column in (ID, REVIEW, SOURCE, TEXT)):
            continue  # only the analyst's own columns are filled
        own_id = row.cell(ID).strip()
        review_id = known.owners[own_id] if own_id else _of_new(table, row, known)
        cells = dict.fromkeys(sheet.columns, "") | row.cells  # a short row ends in empty cells
        found[review_id].append(SheetRow(row.line, cells))
    return dict(found)


def _of_new(table: Path, row: Row, known: _Known) -> str:
    where = f"{printable(table)}, line {row.line}"
    names = [name for column in (REVIEW, SOURCE) if (name := row.cell(column).strip())]
    if not names:
        raise UsageError(f"{where}: a new row needs its review (an id, a file name) in the column 'review'")
    for name in names:  # an id may have been taken for a number: 1.23E+11
        if record := review_named(name, known.records):
            return record.id
    raise UsageError(f"{where}: no review is called {printable(names[0])!r}; see `srtminer reviews`")


def _plan(
    store: Store, table: Path, known: _Known, review_id: str, of_review: Sequence[SheetRow], scope: set[str]
) -> Plan:
    current, deleted = known.current.get(review_id, ()), known.deleted.get(review_id, ())
    exported = _exported((*current, *deleted), known.catalogue)
    sheet = Sheet(
        store.review(review_id),
        current,
        deleted,
        exported,
        frozenset(one.id for one in current if one.id not in scope),
    )
    try:
        return plan(sheet, [_in_codes(row, exported) for row in of_review], agency_kind)
    except SheetError as error:
        raise UsageError(f"{printable(table)}, {error}") from error


def _in_codes(row: SheetRow, exported: Cells) -> SheetRow:
    """Give kinds of agency and files as a CSV file has them where a workbook has them in words, or alone."""
    known = exported.get(row.cell(ID).strip(), {})
    shown = {
        KINDS: "; ".join(map(kind_name, known.get(KINDS, "").split("; "))),
        SOURCE: Path(known.get(SOURCE, "")).name,
    }
    same = {column: known[column] for column, text in shown.items() if known and row.cell(column) == text}
    return replace(row, cells={**row.cells, **same})


def _exported(ones: Sequence[Recommendation], catalogue: Catalogue) -> Cells:
    """Give the cells of recommendations as an export has them."""
    table = Table.of(_EXPORTED, entries_of(ones, catalogue))
    return {
        one.id: dict(zip(table.names, map(visible, cells), strict=True))
        for one, cells in zip(ones, table.texts, strict=True)
    }


def _notes(sheet: Rows, known: _Known, plans: Sequence[Plan], absent: Sequence[str]) -> Iterable[str]:
    others = [column for column in sheet.columns if column not in HEADER]
    if others:
        yield f"ignored: {', '.join(map(printable, others))} (not columns of an export)"
    if THEME in sheet.columns:
        yield "the column theme is not read here; `srtminer codebook --help` says how themes are shaped"
    if absent:
        some = few([known.catalogue.names[review_id] for review_id in absent])
        yield (
            f"{counted(len(absent), 'review')} left as before, having no row in the table ({some}); "
            f"--complete would delete their recommendations"
        )
    deleted = sum(change.kind == "deleted" for one in plans for change in one.changes)
    if deleted:
        yield (
            f"{counted(deleted, 'recommendation')} to be deleted, having no row in the table; "
            f"if the export had a --where, give the same here"
        )
