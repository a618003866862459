"""The vectors of what a command works on: taken from the store, or made once and kept there."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from srtminer.cli.progress import Report, progress, waiting
from srtminer.cli.selection import Selection
from srtminer.cli.session import Session
from srtminer.errors import StoreError
from srtminer.model import Encoded, Recommendation
from srtminer.options import CompareOptions

if TYPE_CHECKING:
    from srtminer.comparisons import Repeats


def encoded(session: Session, rows: Sequence[Recommendation]) -> Encoded:
    """Give the vectors of rows, in their order; on a terminal a bar shows how many had to be made."""

    from srtminer import pipeline

    def recall(encoder: str) -> Mapping[str, bytes]:
        return session.opened().recall_vectors(encoder, rows)

    def keep(encoder: str, vectors: Mapping[str, bytes]) -> None:
        try:
            session.opened().keep_vectors(encoder, rows, vectors)
        except StoreError as error:
            # They are there all the same; the next call only makes them again.
            if session.verbose:
                session.note(f"the vectors were not kept: {error}")

    with ExitStack() as stack:
        shown: list[Report | None] = []

        def report(done: int, total: int) -> None:
            if not shown:  # where all are kept there is nothing to show
                shown.append(stack.enter_context(progress(session, "texts encoded")))
            if shown[0] is not None:
                shown[0](done, total, "")

        return pipeline.encode([row.text for row in rows], recall, keep, report)


def repeats_of(session: Session, found: Selection, options: CompareOptions) -> "Repeats":
    """Find what of a selection is recommended again and again."""
    from srtminer import pipeline

    vectors = pipeline.vectors_of(found.recommendations, partial(encoded, session))
    with waiting(session, f"comparing {len(found.recommendations):,} recommendations with one another"):
        return pipeline.find_repeats(
            found.records,
            found.recommendations,
            vectors,
            options,
            found.everything,
            session.opened().links(),
        )
