"""`srtminer correct`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srtminer.cli.ingest import SummaryForm
from srtminer.cli.output import emit, screen_of
from srtminer.cli.parameters import RESULT, SELECTION, WhereOption, argument, option
from srtminer.cli.session import Job, Session, agreed, require_somebody
from srtminer.errors import UsageError

if TYPE_CHECKING:
    from srtminer.cli.edited_tables import Edited
    from srtminer.corrections.correction_plan import Plan
    from srtminer.render.catalogue import Catalogue
    from srtminer.store import Store

SPREADSHEETS = (".ods", ".xlsx", ".xls", ".numbers")
ON_STOP = "stopped; nothing was changed"


@dataclass(frozen=True, slots=True)
class Request:
    """The options of `correct`, lowered: a table, or reviews whose corrections are taken back, or neither."""

    table: Path | None
    undo: tuple[str, ...]
    where: tuple[str, ...]
    complete: bool
    yes: bool
    dry_run: bool
    form: SummaryForm


def correct(
    context: typer.Context,
    table: Annotated[
        Path | None,
        argument(
            "Recommendations as `srtminer recommendations --output FILE.csv` wrote them, edited.",
            metavar="FILE.csv",
        ),
    ] = None,
    undo: Annotated[
        list[str] | None,
        option(
            "Undo all corrections of a review, named by its id, file or subject, or part of one.",
            "--undo",
            metavar="REVIEW",
        ),
    ] = None,
    where: WhereOption = None,
    complete: Annotated[
        bool,
        option(
            "Delete all recommendations of reviews that have no row left; without this option "
            "they stay as they are.",
            "--complete",
            panel=SELECTION,
        ),
    ] = False,
    yes: Annotated[bool, option("Apply the corrections without asking.", "--yes")] = False,
    dry_run: Annotated[bool, option("Show the differences and stop.", "--dry-run")] = False,
    form: Annotated[
        SummaryForm, option("Format of the differences.", "--format", panel=RESULT)
    ] = SummaryForm.TABLE,
) -> Job:
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
      srtminer correct
      srtminer correct --undo child-f.pdf
    """
    if table and undo:
        raise UsageError("give either a table or --undo, one at a time")
    if table and table.suffix.lower() in SPREADSHEETS:
        raise UsageError(f"{table} is a workbook; save it as CSV first and give that")
    if yes and dry_run:
        raise UsageError("give either --yes or --dry-run: one applies the corrections, the other does not")
    request = Request(table, tuple(undo or ()), tuple(where or ()), complete, yes, dry_run, form)
    return Job(partial(_correct, context.obj, request), ON_STOP)


def _correct(session: Session, request: Request) -> None:
    from srtminer.cli import edited_tables
    from srtminer.corrections.correction_plan import taken_back
    from srtminer.store import Store

    with Store.open(session.store) as store:
        if request.table:
            edited = edited_tables.read(store, request.table, request.where, complete=request.complete)
            _tell(session, edited)
            _settle(session, request, store, edited.plans, edited.catalogue)
            return
        plans, catalogue = edited_tables.kept(store, request.undo or None)
        if request.undo:
            _settle(session, request, store, tuple(map(taken_back, plans)), catalogue)
        elif plans or request.form is SummaryForm.JSON:
            emit(_shown(request, plans, catalogue, applied=True))
        else:
            emit("No corrections in the store.\n")


def _tell(session: Session, edited: "Edited") -> None:
    for warning in (*edited.notes, *(warning for plan in edited.plans for warning in plan.warnings)):
        session.note(warning)


def _settle(
    session: Session, request: Request, store: "Store", plans: Sequence["Plan"], catalogue: "Catalogue"
) -> None:
    """Show what stands afterwards and, if that is agreed to, change it: each review in one transaction."""
    todo = [plan for plan in plans if plan.changes]
    applies = bool(todo) and not request.dry_run and (request.yes or _asks(request, plans, catalogue))
    if applies:
        for plan in todo:
            _apply(request, store, plan)
    if request.yes or not todo or request.dry_run:
        emit(_shown(request, plans, catalogue, applied=applies))
    if todo:
        done = "taken back" if request.undo else "applied"
        session.note(done if applies else "nothing was changed")


def _asks(request: Request, plans: Sequence["Plan"], catalogue: "Catalogue") -> bool:
    """Show the changes and ask; raises `UsageError` where nobody can answer."""
    to_do = "undo them" if request.undo else "apply"
    alone = f"there is no terminal to ask at; add --yes to {to_do}, --dry-run to see them"
    require_somebody(alone)
    emit(_shown(request, plans, catalogue, applied=False))
    return agreed("Undo these corrections?" if request.undo else "Apply these corrections?", alone)


def _apply(request: Request, store: "Store", plan: "Plan") -> None:
    if request.undo:
        store.undo_corrections(plan.review_id)
    else:
        store.correct(plan.review_id, plan.wanted, plan.seen)


def _shown(request: Request, plans: Iterable["Plan"], catalogue: "Catalogue", *, applied: bool) -> str:
    from srtminer.render import correction_changes

    if request.form is SummaryForm.JSON:
        return correction_changes.as_json(tuple(plans), catalogue, applied=applied)
    return correction_changes.as_table(tuple(plans), catalogue, screen_of(None))
