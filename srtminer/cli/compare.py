"""`srtminer compare`."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srtminer.cli.mining import mine
from srtminer.cli.options import SELECTION, Form, FormOption, OutputOption, WhereOption, form_of, write
from srtminer.cli.output import screen_of
from srtminer.cli.session import Job, Session
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.model import Group
from srtminer.options import ThemeOptions

if TYPE_CHECKING:
    from srtminer.cli.selection import Selection


class By(StrEnum):
    """Fields that make groups."""

    YEAR = "year"
    BOARD = "board"
    AGENCY = "agency"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Request:
    """The options of `compare`, lowered: either `by` or two expressions in `groups`."""

    by: By | None
    groups: tuple[str, ...]
    where: tuple[str, ...]
    form: Form
    output: Path | None


def compare(
    context: typer.Context,
    groups: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIELD=VALUE FIELD=VALUE]", help="Two groups to set side by side.", show_default=False
        ),
    ] = None,
    by: Annotated[
        By | None,
        typer.Option(
            help="Make a group of every year, board, kind of agency or kind of review.",
            rich_help_panel=SELECTION,
            show_default=False,
        ),
    ] = None,
    where: WhereOption = None,
    form: FormOption = None,
    output: OutputOption = None,
) -> Job:
    """Set groups of reviews side by side: how often each theme stands in each of them.

    Examples:
      srtminer compare --by year
      srtminer compare board=Wexmoor board=Pellingshire
      srtminer compare --by agency --where year=2009..2014 --output agencies.csv
    """
    if (by is None) is (not groups) or (groups and len(groups) != 2):
        raise UsageError(
            "give either --by year|board|agency|kind, or two groups such as board=Wexmoor board=Pellingshire"
        )
    request = Request(by, tuple(groups or ()), tuple(where or ()), form_of(form, output), output)
    return Job(partial(_compare, context.obj, request))


def _compare(session: Session, request: Request) -> None:
    from srtminer import pipeline
    from srtminer.cli.selection import load_recommendations
    from srtminer.render import as_csv, as_json, as_markdown, as_table

    found = load_recommendations(session, request.where)
    groups = [_group(expression, found) for expression in request.groups]
    table = mine(session, found, ThemeOptions())
    if request.by is None:
        comparison = pipeline.compare(table, groups)
    else:
        comparison = pipeline.compare_by(table, found.records, found.recommendations, request.by)
    write(
        session,
        request.form,
        request.output,
        table=lambda: as_table.comparison(comparison, screen_of(request.output)),
        json=lambda: as_json.comparison(comparison),
        csv=lambda: as_csv.comparison(comparison),
        markdown=lambda: as_markdown.comparison(comparison),
    )


def _group(expression: str, found: "Selection") -> Group:
    from srtminer.where import parse_where, select

    _, recommendations = select(found.records, found.recommendations, (parse_where(expression),))
    if not recommendations:
        raise NothingToAnalyse(f"no recommendations in the group {expression}; see `srtminer reviews`")
    return Group(expression, recommendations)
