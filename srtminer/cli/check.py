"""`srtminer check`."""

import typer

from srtminer.cli.parameters import FormOption, OutputOption, WhereOption, target_of, write
from srtminer.cli.selection import by_review, load
from srtminer.inspection import inspect
from srtminer.render.check_table import check_result


def check(
    context: typer.Context, where: WhereOption = None, form: FormOption = None, output: OutputOption = None
) -> None:
    """Look through each document: what was found, and what calls for a look.

    Gaps in the numbers of its recommendations, those that name nobody who
    is asked, very short and very long ones, paragraphs that may ask and were
    not taken, and words that were left out because they are covered or
    hidden. What is wrong can be mended with `srtminer correct`.

    Examples:
      srtminer check
      srtminer check --where review=child-f
      srtminer check --output check.csv
    """
    session, target = context.obj, target_of(form, output)
    chosen = load(session, where, unread=True)
    own, store = by_review(chosen.everything), session.opened()
    found = [inspect(store.review(record.id), own[record.id], record.why_none) for record in chosen.records]
    write(session, target, check_result(found, chosen.catalogue, chosen.skipped, every=session.verbose))
