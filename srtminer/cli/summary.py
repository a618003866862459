"""`srtminer summary`."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from srtminer.cli.codebook_option import CodebookOption, chosen_codebook
from srtminer.cli.mining import mine
from srtminer.cli.parameters import FormOption, OutputOption, Target, WhereOption, option, target_of, write
from srtminer.cli.session import Job, Session
from srtminer.errors import UsageError
from srtminer.options import CompareOptions, ThemeOptions

if TYPE_CHECKING:
    from srtminer.cli.selection import Selection
    from srtminer.codebooks import Codebook
    from srtminer.model import Group
    from srtminer.render.result import Result


class Field(StrEnum):
    """What makes the lines of the table."""

    YEAR = "year"
    KIND = "kind"
    BOARD = "board"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Request:
    """The options of `summary`, lowered."""

    by: Field
    financial: bool
    where: tuple[str, ...]
    codebook: "Codebook | None"
    target: Target


def summary(
    context: typer.Context,
    by: Annotated[Field, option("What makes the lines of the table.", "--by")] = Field.YEAR,
    financial: Annotated[
        bool,
        option("Years from April to March, by the date of publication.", "--financial-years"),
    ] = False,
    codebook: CodebookOption = None,
    where: WhereOption = None,
    form: FormOption = None,
    output: OutputOption = None,
) -> Job:
    """Count reviews, recommendations, themes and what was made before.

    One line for each year, kind of review, board or kind of agency: the
    table for an annual report.

    Examples:
      srtminer summary
      srtminer summary --financial-years --where published=2021-04..2025-03
      srtminer summary --by board --output boards.csv
    """
    if financial and by is not Field.YEAR:
        raise UsageError("--financial-years applies to --by year; leave one of them out")
    chosen = chosen_codebook(codebook, None)
    request = Request(by, financial, tuple(where or ()), chosen, target_of(form, output))
    return Job(partial(_summary, context.obj, request))


def _summary(session: Session, request: Request) -> None:
    from srtminer.cli.selection import load_recommendations

    found = load_recommendations(session, request.where)
    write(session, request.target, _result(session, request, found))


def _result(session: Session, request: Request, found: "Selection") -> "Result":
    from srtminer.annual import made_before, summarise
    from srtminer.cli.encoding import repeats_of
    from srtminer.render.annual_table import annual_result

    table = mine(session, found, ThemeOptions(), request.codebook)
    before = made_before(repeats_of(session, found, CompareOptions()).chains, found.catalogue.records)
    ordered = request.by is Field.YEAR
    rows = summarise(_groups(request, found), table, before, ordered=ordered)
    return annual_result(rows, request.by.value, ordered=ordered)


def _groups(request: Request, found: "Selection") -> "tuple[Group, ...]":
    from srtminer.annual import FINANCIAL_YEAR, group_reviews

    if request.by is Field.AGENCY:
        from srtminer.compare import group_by

        return group_by(found.records, found.recommendations, request.by.value)
    field = FINANCIAL_YEAR if request.financial else request.by.value
    return group_reviews(found.records, found.recommendations, field)
