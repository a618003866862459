"""What the analyst says goes: `srtminer set`, `case`, `link`, `remove` and `correct`.

To correct, an edited table is set against the store, and what differs is applied or taken back.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from srtminer.agencies import agency_kind
from srtminer.cases import groups_of
from srtminer.cli.output import Target, emit, write
from srtminer.cli.selection import by_review, load, recommendation_named, require_review, review_named
from srtminer.cli.session import Session, agreed, require_either
from srtminer.correction_plan import Plan, Sheet, plan, summarised, taken_back
from srtminer.errors import UsageError
from srtminer.model import GIVEN, METADATA_FIELDS, Fact, Recommendation, Skipped
from srtminer.read.table import REVIEW_KINDS, checked_fact
from srtminer.read.table_rows import Row, Rows, read_filled
from srtminer.render.changes import correction_result
from srtminer.render.result import Table
from srtminer.render.result_columns import (
    ALSO,
    EXPLAINED,
    RECOMMENDATION_COLUMNS,
    RECOMMENDATION_LIST,
    RESPONSE,
    Entry,
)
from srtminer.render.safe_text import one_line, visible
from srtminer.render.wording import Catalogue, kind_name
from srtminer.render.writers import MARK
from srtminer.store import Store
from srtminer.text.names import counted, few, printable
from srtminer.where import named, parse_where, select


def set_(session: Session, review: str, values: tuple[str, ...] = (), undo: bool = False) -> None:
    """Run `srtminer set`."""
    if bool(values) == undo:
        raise UsageError("give FIELD=VALUE, or --undo to undo what you set")
    facts = [_fact(value) for value in values]
    store = session.opened()
    record = require_review(review, Catalogue.of(store.records()))
    store.set_facts(record.id, facts or [Fact(field, "", GIVEN) for field in METADATA_FIELDS])
    catalogue = Catalogue.of(store.records())
    now = catalogue.records[record.id]
    changed = [field for field in METADATA_FIELDS if now.value(field) != record.value(field)]
    said = (f"{field} is now {now.value(field) or 'unknown'}" for field in changed)
    session.note(f"{catalogue.names[record.id]}: {', '.join(said) or 'nothing changed'}")


def _fact(text: str) -> Fact:
    field, equals, value = text.partition("=")
    field = field.strip().casefold()
    if not equals or field not in METADATA_FIELDS:
        raise UsageError(f"{text}: write FIELD=VALUE; the fields are {', '.join(METADATA_FIELDS)}")
    fact = checked_fact(field, value)
    if field == "kind" and fact.value and fact.value not in REVIEW_KINDS.values():
        raise UsageError(
            f"{fact.value!r} is not a kind of review; the kinds are {', '.join(REVIEW_KINDS.values())}"
        )
    return fact


def case(session: Session, pair: tuple[str, ...] = (), apart: bool = False, undo: bool = False) -> None:
    """Run `srtminer case`."""
    store = session.opened()
    if pair or apart or undo:
        if len(pair) != 2 or (apart and undo):
            raise UsageError(
                "name two documents, with --apart or --undo or neither; see `srtminer case --help`"
            )
        known = Catalogue.of(store.records())
        one, other = (require_review(name, known).id for name in pair)
        if one == other:
            raise UsageError(f"{pair[0]} and {pair[1]} are one document; name two")
        if not store.tell_case(one, other, same=None if undo else not apart):
            raise UsageError(
                f"you have said nothing about {pair[0]} and {pair[1]}; `srtminer case` lists the cases"
            )
    records, _ = store.reviews_and_recommendations()
    names = Catalogue.of(records).names
    groups = groups_of({record.id: record.case for record in records})
    told = [two for two, same in store.told_cases().items() if not same and set(two) <= set(names)]
    lines = [f"one case: {'; '.join(names[one] for one in group)}" for group in groups]
    lines += [f"kept apart: {'; '.join(names[one] for one in two)}" for two in told]
    emit("".join(f"{one_line(line)}\n" for line in lines) or "No case has several documents.\n")


Verdict = Literal["same", "different"]


def link(
    session: Session, pair: tuple[str, ...] = (), as_: Verdict | None = None, undo: bool = False
) -> None:
    """Run `srtminer link`."""
    if (pair or as_ or undo) and (len(pair) != 2 or (as_ is None) != undo):
        raise UsageError(
            "name two recommendations, by their ids or as they are cited, and --as same or --as different; "
            "without any, `srtminer link` lists what is linked"
        )
    found, store = load(session), session.opened()

    def told(one: Recommendation, other: Recommendation, verdict: str) -> str:
        return f"{found.catalogue.cite(one)} and {found.catalogue.cite(other)}: {verdict}\n"

    if not pair:
        by_id = {one.id: one for one in found.everything}
        links = sorted(store.links().items())
        lines = (told(by_id[one], by_id[two], "same" if same else "different") for (one, two), same in links)
        return emit("".join(lines) or "Nothing is linked.\n")
    one, other = (recommendation_named(name, found) for name in pair)
    if one.id == other.id:
        raise UsageError(f"{pair[0]} and {pair[1]} are one recommendation; name two")
    if not store.link(one, other, same=None if as_ is None else as_ == "same"):
        raise UsageError(f"{pair[0]} and {pair[1]} are not linked; `srtminer link` lists what is")
    return emit(told(one, other, as_ or "not linked any more"))


def remove(session: Session, names: tuple[str, ...], yes: bool = False, dry_run: bool = False) -> None:
    """Run `srtminer remove`."""
    require_either(yes=yes, dry_run=dry_run)
    store = session.opened()
    catalogue, skipped = Catalogue.of(store.records()), store.skipped()
    reviews, unread = dict[str, str](), dict[str, str]()
    for name in names:  # a name of nothing is found before anything is removed
        if one := review_named(name, catalogue):
            found = counted(one.recommendations, "recommendation")
            corrected = f", {counted(one.corrections, 'correction')}" if one.corrections else ""
            reviews[one.id] = f"{catalogue.names[one.id]}, {one.source}, {one.id}: {found}{corrected}"
        skips = {skip.source: f"{skip.source}: {skip.reason}" for skip in skipped if skip.source == name}
        if not one and not skips:
            raise UsageError(f"{name}: no such review in the store; `srtminer reviews` lists their ids")
        unread |= skips
    emit("".join(f"{one_line(line)}\n" for line in (*reviews.values(), *unread.values())))
    if dry_run or not (yes or agreed("Remove from the store?")):
        session.note("nothing was removed")
        return
    store.remove([*reviews])
    for source in unread:
        store.remember_skipped(Skipped(source, ""))
    session.note("removed")


SPREADSHEETS = (".ods", ".xls", ".numbers")
ID, REVIEW, SOURCE, TEXT, CITATION, KINDS = "id", "review", "source", "text", "citation", "agency_kind"
_EXPORTED = tuple(one for one in (*RECOMMENDATION_LIST, *EXPLAINED) if one.name != CITATION)
HEADER = frozenset(
    column.name for column in (*RECOMMENDATION_LIST, *EXPLAINED, *RESPONSE, *RECOMMENDATION_COLUMNS)
) | {MARK}
"""Columns of any list of recommendations that the program writes."""
_EXPORT = "export them with `srtminer recommendations --output FILE.csv` (or .xlsx)"

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store holds."""

    store: Store
    catalogue: Catalogue
    current: Mapping[str, Sequence[Recommendation]]
    """By review."""
    deleted: Mapping[str, Sequence[Recommendation]]
    owners: Mapping[str, str]
    """The review of each recommendation, by ids."""


def correct(
    session: Session,
    target: Target,
    table: Path | None = None,
    where: tuple[str, ...] = (),
    complete: bool = False,
    undo: tuple[str, ...] = (),
    yes: bool = False,
    dry_run: bool = False,
) -> None:
    """Run `srtminer correct`."""
    require_either(yes=yes, dry_run=dry_run)
    if table and undo:
        raise UsageError("give either a table or --undo, one at a time")
    if table and table.suffix.lower() in SPREADSHEETS:
        raise UsageError(f"{table} is a workbook of another kind; save it as .xlsx or CSV and give that")
    known, changes = _known(session.opened()), bool(table or undo)
    plans, notes = _edited(known, table, where, complete=complete) if table else (_kept(known, undo), ())
    for note in notes:
        session.note(note)
    todo = [plan for plan in plans if plan.changes and changes]

    def show(*, applied: bool) -> None:
        write(session, target, correction_result(plans, known.catalogue, applied=applied))

    if not todo or dry_run:
        show(applied=not changes)
    question = f"{'Undo' if undo else 'Apply'} these corrections?"
    applies = bool(todo) and not dry_run and (yes or agreed(question, partial(show, applied=False)))
    for one in todo if applies else ():  # each review in one transaction
        if undo:
            known.store.undo_corrections(one.review_id)
        else:
            known.store.correct(one.review_id, one.wanted, one.seen)
    if todo and yes:
        show(applied=True)
    if todo:
        session.note(("undone" if undo else "applied") if applies else "nothing was changed")


def _known(store: Store) -> _Known:
    current = by_review(store.recommendations())
    deleted = {
        review_id: tuple(one.before for one in corrections if one.before and one.after is None)
        for review_id, corrections in store.corrections()
    }
    owners = {one.id: one.review_id for ones in (*current.values(), *deleted.values()) for one in ones}
    return _Known(store, Catalogue.of(store.records()), current, deleted, owners)


def _kept(known: _Known, named: Sequence[str]) -> tuple[Plan, ...]:
    """List all corrections as changes from what was found, or those of the named reviews as taken back.

    Raises `UsageError` for a name of no review, or of one without corrections.
    """
    corrections = dict(known.store.corrections())
    ids = [require_review(name, known.catalogue).id for name in named] or [*corrections]
    for review_id in ids:
        if review_id not in corrections:
            raise UsageError(f"{known.catalogue.names[review_id]} has no corrections; see `srtminer correct`")
    plans = tuple(Plan(review_id, (), (), corrections[review_id], ()) for review_id in dict.fromkeys(ids))
    return tuple(map(taken_back, plans)) if named else plans


def _edited(
    known: _Known, table: Path, where: Sequence[str], *, complete: bool
) -> tuple[tuple[Plan, ...], tuple[str, ...]]:
    """Compare an edited table with the store: what it asks for, and what to say of it.

    Raises `UsageError` for one that cannot be used.
    """
    sheet, records = _table(table), tuple(known.catalogue.records.values())
    edited = _by_review(table, sheet, known)
    wheres = [named(parse_where(one), records, known.catalogue.names) for one in where]
    _, asked = select(records, [one for ones in known.current.values() for one in ones], wheres)
    scope = {one.id for one in asked}
    absent = [one for one in dict.fromkeys(one.review_id for one in asked) if one not in edited]
    plans = tuple(
        _plan(table, known, record.id, edited.get(record.id, {}), scope)
        for record in records
        if record.id in edited or (complete and record.id in absent)
    )
    left = [] if complete else [known.catalogue.names[review_id] for review_id in absent]
    remarks = summarised(remark for one in plans for remark in one.remarks)
    return plans, (*_notes(sheet, plans, left), *remarks)


def _table(table: Path) -> Rows:
    name = printable(table)
    sheet = read_filled(table, HEADER, (ID, TEXT), f"{_EXPORT} and keep the columns id and text")
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


def _by_review(table: Path, sheet: Rows, known: _Known) -> dict[str, dict[int, Cells]]:
    """Sort the rows by their reviews; raises `UsageError` for rows of none."""
    strangers = [row for row in sheet.rows if (own := row.cell(ID).strip()) and own not in known.owners]
    if strangers:
        lines = few([str(row.line) for row in strangers])
        raise UsageError(
            f"{printable(table)}, line {lines}: {counted(len(strangers), 'id')} not in the store; the "
            f"reviews may have been read again since: {_EXPORT} again (a new row has no id)"
        )
    found: defaultdict[str, dict[int, Cells]] = defaultdict(dict)
    for row in sheet.rows:
        if not any(row.cell(column).strip() for column in (ID, REVIEW, SOURCE, TEXT)):
            continue  # only the analyst's own columns are filled
        own_id = row.cell(ID).strip()
        review_id = known.owners[own_id] if own_id else _of_new(table, row, known)
        # a short row ends in empty cells
        found[review_id][row.line] = dict.fromkeys(sheet.columns, "") | row.cells
    return dict(found)


def _of_new(table: Path, row: Row, known: _Known) -> str:
    where = f"{printable(table)}, line {row.line}"
    names = [name for column in (REVIEW, SOURCE) if (name := row.cell(column).strip())]
    if not names:
        raise UsageError(f"{where}: a new row needs its review (an id, a file name) in the column 'review'")
    for name in names:  # an id may have been taken for a number: 1.23E+11
        if record := review_named(name, known.catalogue):
            return record.id
    raise UsageError(f"{where}: no review is called {printable(names[0])!r}; see `srtminer reviews`")


def _plan(table: Path, known: _Known, review_id: str, rows: Mapping[int, Cells], scope: set[str]) -> Plan:
    current, deleted = tuple(known.current.get(review_id, ())), tuple(known.deleted.get(review_id, ()))
    ones = (*current, *deleted)
    shown = Table.of(_EXPORTED, [Entry(one, known.catalogue) for one in ones])
    exported = {
        one.id: dict(zip(shown.names, map(visible, cells), strict=True))
        for one, cells in zip(ones, shown.texts, strict=True)
    }
    kept = frozenset(one.id for one in current if one.id not in scope)
    sheet = Sheet(known.store.review(review_id), current, deleted, exported, kept)
    try:
        in_codes = ((line, _in_codes(cells, exported)) for line, cells in rows.items())
        return plan(sheet, in_codes, agency_kind)
    except ValueError as error:
        raise UsageError(f"{printable(table)}, {error}") from error


def _in_codes(row: Cells, exported: Mapping[str, Cells]) -> Cells:
    """Give kinds of agency and files as a CSV file has them where a workbook has them in words, or alone."""
    known = exported.get(row[ID].strip(), {})
    shown = {
        KINDS: "; ".join(map(kind_name, known.get(KINDS, "").split("; "))),
        SOURCE: Path(known.get(SOURCE, "")).name,
    }
    return {
        **row,
        **{column: known[column] for column, text in shown.items() if known and row.get(column) == text},
    }


def _notes(sheet: Rows, plans: Sequence[Plan], absent: Sequence[str]) -> Iterator[str]:
    if others := [column for column in sheet.columns if column not in HEADER]:
        yield f"ignored: {', '.join(map(printable, others))} (no export has these columns)"
    if "theme" in sheet.columns:
        yield "the column theme is not read here; `srtminer codebook --help` says how to change themes"
    if absent:
        yield (
            f"{counted(len(absent), 'review')} left as before, having no row in the table ({few(absent)}); "
            f"--complete would delete their recommendations"
        )
    if deleted := sum(change.kind == "deleted" for one in plans for change in one.changes):
        yield (
            f"{counted(deleted, 'recommendation')} to be deleted, having no row in the table; "
            f"if the export had a --where, give the same here"
        )
