"""`srtminer reviews` and `srtminer recommendations`."""

from typing import Annotated

import typer

from srtminer.cli.parameters import RESULT, FormOption, OutputOption, WhereOption, option, target_of, write
from srtminer.cli.selection import answered, by_review, explained, load, load_recommendations
from srtminer.inspection import verdict
from srtminer.render.recommendation_table import recommendation_result
from srtminer.render.review_table import review_result


def reviews(
    context: typer.Context, where: WhereOption = None, form: FormOption = None, output: OutputOption = None
) -> None:
    """List the reviews in the store, and say why some have no recommendations.

    Each document is one line, those of one case together. `srtminer
    --verbose reviews` says more of each: its board, id and file, and what
    of it was left out.

    Examples:
      srtminer reviews
      srtminer reviews --where board=Wexmoor --output reviews.csv
    """
    session, target = context.obj, target_of(form, output)
    found = load(session, where, unread=True)
    own = by_review(found.everything)
    checks = {record.id: verdict(own[record.id], record.why_none) for record in found.records}
    every = session.verbose
    write(session, target, review_result(found.records, found.catalogue, found.skipped, checks, every=every))


def recommendations(
    context: typer.Context,
    where: WhereOption = None,
    explain: Annotated[
        bool,
        option(
            "Say why each was found, with what confidence, and below which headings.",
            "--explain",
            panel=RESULT,
        ),
    ] = False,
    with_response: Annotated[
        bool,
        option(
            "Say what a response in the store answers: accepted, accepted in part, rejected, done.",
            "--with-response",
            panel=RESULT,
        ),
    ] = False,
    form: FormOption = None,
    output: OutputOption = None,
) -> None:
    """List every recommendation in its exact words, with its reference, its page and who is asked to act.

    A .csv of them can be edited in a spreadsheet; `srtminer correct` takes
    the corrections back.

    Examples:
      srtminer recommendations --where agency=police
      srtminer recommendations --where year=2009..2014 --output recommendations.csv
      srtminer recommendations --with-response --output answered.xlsx
    """
    session, target = context.obj, target_of(form, output)
    found = load_recommendations(session, where)
    said = answered(session, found) if with_response else None
    listed = explained(session, found) if explain else found.recommendations
    result = recommendation_result(listed, found.catalogue, explain=explain, answers=said)
    write(session, target, result)
