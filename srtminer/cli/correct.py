"""`srtminer correct`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from srtminer.cli import edited_tables
from srtminer.cli.ingest import SummaryForm
from srtminer.cli.output import emit, screen_of
from srtminer.cli.parameters import RESULT, SELECTION, WhereOption, argument, option
from srtminer.cli.session import Session, agreed, require_somebody
from srtminer.corrections.correction_plan import Plan, taken_back
from srtminer.errors import UsageError
from srtminer.render import correction_changes
from srtminer.render.catalogue import Catalogue

SPREADSHEETS = (".ods", ".xls", ".numbers")


TableArgument = Annotated[
    Path | None,
    argument(
        "Recommendations as `srtminer recommendations --output FILE.csv` (or .xlsx) wrote them, edited.",
        metavar="FILE.csv",
    ),
]
UndoOption = Annotated[
    list[str] | None,
    option(
        "Undo all corrections of a review, named by its id, file or subject, or part of one.",
        "--undo",
        metavar="REVIEW",
    ),
]
CompleteOption = Annotated[
    bool,
    option(
        "Delete all recommendations of reviews that have no row left; without this option "
        "they stay as they are.",
        "--complete",
        panel=SELECTION,
    ),
]
FormOption = Annotated[SummaryForm, option("Format of the differences.", "--format", panel=RESULT)]


def correct(
    context: typer.Context,
    table: TableArgument = None,
    undo: UndoOption = None,
    where: WhereOption = None,
    complete: CompleteOption = False,
    yes: Annotated[bool, option("Apply the corrections without asking.", "--yes")] = False,
    dry_run: Annotated[bool, option("Show the differences and stop.", "--dry-run")] = False,
    form: FormOption = SummaryForm.TABLE,
) -> None:
    """Correct the recommendations that were found, in a spreadsheet.

    Export them, edit the columns text, reference, agency, lead, date and
    page, delete rows, add rows (without an id; with review and text), or
    split one by copying its row. Then let this command show what differs;
    it asks before it applies anything. If the export had a --where, give
    the same here, or what it left out would be deleted.

    Corrections stay when a review is ingested again, and are marked as
    such in every output. Without a file: list the corrections there are.

    Examples:
      srtminer recommendations --output recs.csv
      srtminer correct recs.csv
      srtminer correct recs.xlsx --dry-run
      srtminer correct
      srtminer correct --undo child-f.pdf
    """
    if table and undo:
        raise UsageError("give either a table or --undo, one at a time")
    if table and table.suffix.lower() in SPREADSHEETS:
        raise UsageError(f"{table} is a workbook of another kind; save it as .xlsx or CSV and give that")
    if yes and dry_run:
        raise UsageError("give either --yes or --dry-run: one applies the corrections, the other does not")
    session: Session = context.obj
    store = session.opened()
    if table:
        edited = edited_tables.read(store, table, where or (), complete=complete)
        for warning in (*edited.notes, *(warning for plan in edited.plans for warning in plan.warnings)):
            session.note(warning)
        plans, catalogue = edited.plans, edited.catalogue
    else:
        plans, catalogue = edited_tables.kept(store, undo)
    if undo:
        plans = tuple(map(taken_back, plans))
    shown = partial(_shown, plans, catalogue, form)
    if table or undo:
        _settle(session, plans, shown, Settling(yes=yes, dry_run=dry_run, undo=bool(undo)))
    else:
        nothing = not plans and form is SummaryForm.TABLE
        emit("No corrections in the store.\n" if nothing else shown(applied=True))


@dataclass(frozen=True, slots=True)
class Settling:
    """What is to be done with corrections."""

    yes: bool
    dry_run: bool
    undo: bool


def _settle(session: Session, plans: Sequence[Plan], shown: Callable[..., str], settling: Settling) -> None:
    """Show what stands afterwards and, if that is agreed to, change it: each review in one transaction."""
    todo = [plan for plan in plans if plan.changes]
    applies = bool(todo) and not settling.dry_run and (settling.yes or _asks(shown, settling))
    store = session.opened()
    for plan in todo if applies else ():
        if settling.undo:
            store.undo_corrections(plan.review_id)
        else:
            store.correct(plan.review_id, plan.wanted, plan.seen)
    if settling.yes or not todo or settling.dry_run:
        emit(shown(applied=applies))
    if todo:
        done = "taken back" if settling.undo else "applied"
        session.note(done if applies else "nothing was changed")


def _asks(shown: Callable[..., str], settling: Settling) -> bool:
    """Show the changes and ask; raises `UsageError` where nobody can answer."""
    to_do = "undo them" if settling.undo else "apply"
    alone = f"there is no terminal to ask at; add --yes to {to_do}, --dry-run to see them"
    require_somebody(alone)
    emit(shown(applied=False))
    return agreed("Undo these corrections?" if settling.undo else "Apply these corrections?", alone)


def _shown(plans: tuple[Plan, ...], catalogue: Catalogue, form: SummaryForm, *, applied: bool) -> str:
    if form is SummaryForm.JSON:
        return correction_changes.as_json(plans, catalogue, applied=applied)
    return correction_changes.as_table(plans, catalogue, screen_of(None))
