"""`srtminer remove`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from srtminer.cli.output import emit
from srtminer.cli.parameters import argument, option
from srtminer.cli.resolve_review import review_named
from srtminer.cli.session import Session, agreed
from srtminer.errors import UsageError
from srtminer.model import ReviewRecord, Skipped
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.safe_text import one_line
from srtminer.store import Store

ALONE = "there is no terminal to ask at; add --yes to remove them, or --dry-run to see them"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is to be removed: reviews, and files that could not be read."""

    reviews: tuple[ReviewRecord, ...]
    unread: tuple[Skipped, ...]
    catalogue: Catalogue


def remove(
    context: typer.Context,
    names: Annotated[
        list[str],
        argument(
            "Reviews by id, path or subject, or the paths of files that could not be read.", metavar="REVIEW"
        ),
    ],
    yes: Annotated[bool, option("Remove without asking.", "--yes")] = False,
    dry_run: Annotated[bool, option("Show what would be removed, and stop.", "--dry-run")] = False,
) -> None:
    """Take reviews out of the store, with everything found in them, given for them or corrected.

    The files themselves stay where they are: `srtminer ingest` reads them
    again. Also forgets files that could not be read and are gone.

    Examples:
      srtminer remove b17724e0bd4d
      srtminer remove "Child Z" drafts/broken.pdf
    """
    if yes and dry_run:
        raise UsageError("give either --yes or --dry-run: one removes the reviews, the other does not")
    session: Session = context.obj
    store = session.opened()
    leaving = _find(store, names)
    emit(_shown(leaving))
    if dry_run or not (yes or agreed("Remove from the store?", ALONE)):
        session.note("nothing was removed")
        return
    store.remove([record.id for record in leaving.reviews])
    for skip in leaving.unread:
        store.forget_skipped(skip.source)
    session.note("removed")


def _find(store: Store, names: Sequence[str]) -> Leaving:
    """Find all that is named; raises `UsageError` for a name of nothing, before anything is removed."""
    records, skipped = store.records(), store.skipped()
    reviews: list[ReviewRecord] = []
    unread: list[Skipped] = []
    for name in names:
        record = review_named(name, records)
        skips = [skip for skip in skipped if skip.source == name]
        if record is None and not skips:
            raise UsageError(f"{name}: no such review in the store; `srtminer reviews` lists their ids")
        reviews += [record] if record else []
        unread += skips
    return Leaving(tuple(dict.fromkeys(reviews)), tuple(dict.fromkeys(unread)), Catalogue.of(records))


def _shown(leaving: Leaving) -> str:
    lines = [_of_review(record, leaving.catalogue) for record in leaving.reviews]
    lines += [f"{one_line(skip.source)}: {one_line(skip.reason)}" for skip in leaving.unread]
    return "".join(f"{line}\n" for line in lines)


def _of_review(record: ReviewRecord, catalogue: Catalogue) -> str:
    found = counted(record.recommendations, "recommendation")
    corrected = f", {counted(record.corrections, 'correction')}" if record.corrections else ""
    return f"{catalogue.names[record.id]}, {one_line(record.source)}, {record.id}: {found}{corrected}"
