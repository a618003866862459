"""`srtminer case`."""

from typing import Annotated

import typer

from srtminer.cases import groups_of
from srtminer.cli.output import emit
from srtminer.cli.parameters import argument, option
from srtminer.cli.resolve_review import require_review
from srtminer.cli.session import Session
from srtminer.errors import UsageError
from srtminer.render.catalogue import Catalogue
from srtminer.render.safe_text import one_line


def case(
    context: typer.Context,
    reviews: Annotated[
        list[str] | None,
        argument("Two documents by id, file, subject or title, or a part of one.", metavar="[A B]"),
    ] = None,
    apart: Annotated[bool, option("Say that the two are about different cases.", "--apart")] = False,
    undo: Annotated[bool, option("Forget what you said of the two.", "--undo")] = False,
) -> None:
    """Say that two documents are about one case, or that they are not.

    A final report, its reissue, its summary and the statement about it are
    one case, and count as one review. Your word goes before what is found,
    and stays when a file is read again. Without arguments: list the cases
    of several documents.

    Examples:
      srtminer case
      srtminer case child-q-final.pdf child-q-summary.pdf
      srtminer case --apart child-q-final.pdf child-q-2009.pdf
      srtminer case --undo child-q-final.pdf child-q-2009.pdf
    """
    if not reviews and not (apart or undo):
        return _list(context.obj)
    if len(reviews or ()) != 2 or (apart and undo):
        raise UsageError("name two documents, with --apart or --undo or neither; see `srtminer case --help`")
    _tell(context.obj, tuple(reviews or ()), None if undo else not apart)
    return _list(context.obj)


def _tell(session: Session, pair: tuple[str, ...], same: bool | None) -> None:
    store = session.opened()
    records = store.records()
    one, other = (require_review(name, records) for name in pair)
    if one.id == other.id:
        raise UsageError(f"{pair[0]} and {pair[1]} are one document; name two")
    if not store.tell_case(one.id, other.id, same=same):
        raise UsageError(f"you said nothing of {pair[0]} and {pair[1]}; `srtminer case` lists the cases")


def _list(session: Session) -> None:
    records, _ = session.opened().reviews_and_recommendations()
    told = session.opened().told_cases()
    catalogue = Catalogue.of(records)
    groups = groups_of({record.id: record.case for record in records})
    apart = [pair for pair, same in told.items() if not same and set(pair) <= set(catalogue.names)]
    lines = [f"one case: {', '.join(catalogue.names[one] for one in group)}" for group in groups]
    lines += [f"kept apart: {', '.join(catalogue.names[one] for one in pair)}" for pair in apart]
    emit("".join(f"{one_line(line)}\n" for line in lines) or "No case has several documents.\n")
