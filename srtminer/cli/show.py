"""`srtminer reviews` and `srtminer recommendations`."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from srtminer.cli.options import RESULT, Form, FormOption, OutputOption, WhereOption, form_of, write
from srtminer.cli.output import screen_of
from srtminer.cli.session import Job, Session
from srtminer.model import RECOMMENDATIONS, Recommendation, Unit
from srtminer.render.catalogue import Catalogue


def reviews(
    context: typer.Context, where: WhereOption = None, form: FormOption = None, output: OutputOption = None
) -> Job:
    """List the reviews in the store, and say why some have no recommendations.

    Each with its id, which `--where review=ID` takes, its file, and what
    is known of it: board, year, kind, pages. `srtminer --verbose reviews`
    says as well what of each was left out.

    Examples:
      srtminer reviews
      srtminer reviews --where board=Wexmoor --output reviews.csv
    """
    return Job(partial(_reviews, context.obj, tuple(where or ()), form_of(form, output), output))


def recommendations(
    context: typer.Context,
    where: WhereOption = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Say why each was found, with what confidence, and below which headings.",
            rich_help_panel=RESULT,
        ),
    ] = False,
    form: FormOption = None,
    output: OutputOption = None,
) -> Job:
    """List every recommendation in its exact words, with its reference, its page and who is asked to act.

    A .csv of them can be edited in a spreadsheet; `srtminer correct` takes
    the corrections back.

    Examples:
      srtminer recommendations --where agency=police
      srtminer recommendations --where year=2009..2014 --output recommendations.csv
    """
    request = (tuple(where or ()), form_of(form, output), output)
    return Job(partial(_recommendations, context.obj, *request, explain=explain))


def _reviews(session: Session, where: tuple[str, ...], form: Form, output: Path | None) -> None:
    from srtminer.cli.selection import load
    from srtminer.render import as_csv, as_json, as_markdown, as_table

    found = load(session, where, unread=True)
    write(
        session,
        form,
        output,
        table=lambda: as_table.reviews(
            found.records, found.catalogue, screen_of(output), found.skipped, every=session.verbose
        ),
        json=lambda: as_json.reviews(found.records, found.skipped),
        csv=lambda: as_csv.reviews(found.records, found.skipped),
        markdown=lambda: as_markdown.reviews(found.records, found.skipped),
    )


def _recommendations(
    session: Session, where: tuple[str, ...], form: Form, output: Path | None, *, explain: bool
) -> None:
    from srtminer.cli.selection import load_recommendations

    found = load_recommendations(session, where)
    write_recommendations(session, form, output, found.recommendations, found.catalogue, explain=explain)


def write_recommendations(
    session: Session,
    form: Form,
    output: Path | None,
    entries: Sequence[Recommendation],
    catalogue: Catalogue,
    *,
    explain: bool = False,
    unit: Unit = RECOMMENDATIONS,
) -> None:
    """Write recommendations in full, in the form that was asked for; `unit` says what they are, if others."""
    from srtminer.render import as_csv, as_json, as_markdown, as_table

    write(
        session,
        form,
        output,
        table=lambda: as_table.recommendations(
            entries, catalogue, screen_of(output), explain=explain, unit=unit
        ),
        json=lambda: as_json.recommendations(entries, catalogue, explain=explain, unit=unit),
        csv=lambda: as_csv.recommendations(entries, catalogue, explain=explain),
        markdown=lambda: as_markdown.recommendations(entries, catalogue, explain=explain),
    )
