"""`srtminer reviews`, `recommendations` and `check`."""

from dataclasses import replace

from srtminer.cli.result_output import Target, write
from srtminer.cli.selection import answered, by_review, load, load_recommendations
from srtminer.cli.session import Session
from srtminer.inspection import inspect, verdict
from srtminer.render.check_table import check_result
from srtminer.render.recommendation_table import recommendation_result
from srtminer.render.review_table import review_result


def reviews(session: Session, target: Target, where: tuple[str, ...] = ()) -> None:
    """List the reviews in the store, and say why some have no recommendations.

    Each document is one line, those of one case together. `srtminer
    --verbose reviews` says more of each: its board, id and file, and what
    of it was left out.

    Examples:
      srtminer reviews
      srtminer reviews --where board=Wexmoor --output reviews.csv
    """
    found = load(session, where, unread=True)
    own = by_review(found.everything)
    checks = {record.id: verdict(own[record.id], record.why_none) for record in found.records}
    every = session.verbose
    write(session, target, review_result(found.records, found.catalogue, found.skipped, checks, every=every))


def recommendations(
    session: Session,
    target: Target,
    where: tuple[str, ...] = (),
    explain: bool = False,
    with_response: bool = False,
) -> None:
    """List every recommendation in its exact words, with its reference, page and addressee.

    A .csv of them can be edited in a spreadsheet; `srtminer correct` takes
    the corrections back.

    Examples:
      srtminer recommendations --where agency=police
      srtminer recommendations --where year=2009..2014 --output recommendations.csv
      srtminer recommendations --with-response --output answered.xlsx
    """
    found = load_recommendations(session, where)
    said = answered(session, found) if with_response else None
    known = session.opened().explanations() if explain else {}
    listed = [replace(one, explanation=known.get(one.id)) for one in found.recommendations]
    result = recommendation_result(listed, found.catalogue, explain=explain, answers=said)
    write(session, target, result)


def check(session: Session, target: Target, where: tuple[str, ...] = ()) -> None:
    """Check each document: what was found, and what needs a look.

    Gaps in the numbers of its recommendations, those that name nobody who
    is asked, very short and very long ones, paragraphs that may ask and were
    not taken, and words that were left out because they are covered or
    hidden. What is wrong can be mended with `srtminer correct`.

    Examples:
      srtminer check
      srtminer check --where review=child-f
      srtminer check --output check.csv
    """
    chosen = load(session, where, unread=True)
    own, store = by_review(chosen.everything), session.opened()
    found = [inspect(store.review(record.id), own[record.id], record.why_none) for record in chosen.records]
    write(session, target, check_result(found, chosen.catalogue, chosen.skipped, every=session.verbose))
