"""`srtminer check`."""

from collections import defaultdict
from functools import partial

import typer

from srtminer.cli.parameters import FormOption, OutputOption, Target, WhereOption, target_of, write
from srtminer.cli.session import Job, Session
from srtminer.model import Recommendation


def check(
    context: typer.Context, where: WhereOption = None, form: FormOption = None, output: OutputOption = None
) -> Job:
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
    return Job(partial(_check, context.obj, tuple(where or ()), target_of(form, output)))


def _check(session: Session, where: tuple[str, ...], target: Target) -> None:
    from srtminer.cli.selection import load
    from srtminer.inspection import inspect
    from srtminer.render.check_table import check_result
    from srtminer.store import Store

    chosen = load(session, where, unread=True)
    own: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for one in chosen.everything:
        own[one.review_id].append(one)
    with Store.open(session.store) as store:
        found = [
            inspect(store.review(record.id), own[record.id], record.why_none) for record in chosen.records
        ]
    write(session, target, check_result(found, chosen.catalogue, chosen.skipped, every=session.verbose))
