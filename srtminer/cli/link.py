"""`srtminer link`."""

from enum import StrEnum
from typing import Annotated

import typer

from srtminer.cli.output import emit
from srtminer.cli.parameters import argument, option
from srtminer.cli.selection import Selection, load
from srtminer.cli.session import Session
from srtminer.errors import UsageError
from srtminer.model import Recommendation

BOTH = (
    "name two recommendations, by their ids or as they are cited, and --as same or --as different; "
    "without any, `srtminer link` lists what is linked"
)


class Verdict(StrEnum):
    """What the analyst says of two recommendations."""

    SAME = "same"
    DIFFERENT = "different"


def link(
    context: typer.Context,
    pair: Annotated[
        list[str] | None,
        argument('Two recommendations, by id, or as they are cited: "Child N (2020) 3".', metavar="[A B]"),
    ] = None,
    verdict: Annotated[
        Verdict | None,
        option("Whether they ask for the same thing.", "--as"),
    ] = None,
    undo: Annotated[bool, option("Forget what you said of the two.", "--undo")] = False,
) -> None:
    """Say that two recommendations ask for the same thing, or that they do not.

    Your word counts in every later `compare --review`, `compare --repeats`
    and `report`, and stays when a review is ingested again. Without
    arguments: list what is linked.

    Examples:
      srtminer link 3f2a90c1d4e5-2 77b01c9e8a31-11 --as same
      srtminer link "Child N (2020) 3" "Child A (2008) 7" --as different
      srtminer link "Child N (2020) 3" "Child A (2008) 7" --undo
    """
    if not pair and verdict is None and not undo:
        return _list(context.obj)
    if len(pair or ()) != 2 or (verdict is None) != undo:
        raise UsageError(BOTH)
    return _link(context.obj, tuple(pair or ()), verdict)


def _link(session: Session, pair: tuple[str, ...], verdict: Verdict | None) -> None:
    found, store = load(session, ()), session.opened()
    one, other = (recommendation_named(name, found) for name in pair)
    if one.id == other.id:
        raise UsageError(f"{pair[0]} and {pair[1]} are one recommendation; name two")
    if verdict is not None:
        store.link(one, other, same=verdict is Verdict.SAME)
    elif not store.unlink(one, other):
        raise UsageError(f"{pair[0]} and {pair[1]} are not linked; `srtminer link` lists what is")
    emit(f"{_told(one, other, verdict, found)}\n")


def _told(one: Recommendation, other: Recommendation, verdict: Verdict | None, found: Selection) -> str:
    what = "not linked any more" if verdict is None else verdict.value
    return f"{found.catalogue.cite(one)} and {found.catalogue.cite(other)}: {what}"


def _list(session: Session) -> None:
    found = load(session, ())
    by_id = {one.id: one for one in found.everything}
    lines = [
        _told(by_id[one], by_id[other], Verdict.SAME if same else Verdict.DIFFERENT, found)
        for (one, other), same in sorted(session.opened().links().items())
    ]
    emit("".join(f"{line}\n" for line in lines) or "Nothing is linked.\n")


def recommendation_named(name: str, found: Selection) -> Recommendation:
    """Find the recommendation that is meant; raises `UsageError` where none or several may be."""
    wanted = name.strip()
    cited = ((one, found.catalogue.cite(one)) for one in found.everything)
    # the page after the number may be left out
    meant = [one for one, cite in cited if wanted in (one.id, cite) or cite.startswith(f"{wanted}, p")]
    if len(meant) == 1:
        return meant[0]
    if meant:
        ids = ", ".join(one.id for one in meant[:3])
        raise UsageError(f"{name} is the citation of {len(meant)} recommendations: {ids}; give an id")
    raise UsageError(f"{name}: no such recommendation; ids are in `srtminer recommendations --format csv`")
