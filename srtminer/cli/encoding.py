"""The vectors of what a command works on: taken from the store, or made once and kept there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Literal

from srtminer.cli.progress import progress
from srtminer.cli.selection import Selection
from srtminer.cli.session import Session
from srtminer.comparisons import COMPARED_WITH_ALL
from srtminer.errors import StoreError
from srtminer.model import Encoded, Recommendation
from srtminer.options import CompareOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from srtminer.comparisons import Repeats

View = Literal["both", "frozen", "tuned"]


def encoded(session: Session, rows: Sequence[Recommendation], view: View = "both") -> Encoded:
    """Give the vectors of rows, in their order; on a terminal a bar shows how many had to be made."""
    from srtminer import pipeline

    of: defaultdict[str, list[Recommendation]] = defaultdict(list)

    def recall(encoder: str, part: slice) -> tuple[bytearray, list[str]]:
        return session.opened().recall_vectors(encoder, rows, part)

    def keep(encoder: str, vectors: Mapping[str, bytes]) -> None:
        if not of:
            for row in rows:
                of[row.text].append(row)
        with _kept_or_not(session):
            session.opened().keep_vectors(encoder, [row for text in vectors for row in of[text]], vectors)

    with ExitStack() as stack:
        shown = cache(lambda: stack.enter_context(progress(session, "encoding texts")))
        # where all are kept there is nothing to show
        return pipeline.encode(
            [row.text for row in rows], recall, keep, lambda done, total: shown()(done, total, ""), view
        )


def phrases_encoded(session: Session, phrases: Sequence[str]) -> "NDArray[np.float32]":
    """Give the vectors of phrases that may name a theme, and keep those that had to be made."""
    from srtminer import pipeline

    store = session.opened()

    def keep(encoder: str, vectors: Mapping[str, bytes]) -> None:
        with _kept_or_not(session):
            store.keep_phrases(encoder, vectors)

    return pipeline.encode_phrases(phrases, store.recall_phrases, keep)


@contextmanager
def _kept_or_not(session: Session) -> Iterator[None]:
    """Go on where vectors cannot be kept: they are there all the same, and the next call makes them again."""
    try:
        yield
    except StoreError as error:
        if session.verbose:
            session.note(f"the vectors were not kept: {error}")


def repeats_of(session: Session, found: Selection, options: CompareOptions) -> "Repeats":
    """Find what of a selection is recommended again and again."""
    from srtminer import pipeline

    vectors = pipeline.vectors_of(found.recommendations, partial(encoded, session, view="tuned"))
    with progress(session, f"comparing {len(found.recommendations):,} recommendations with one another"):
        from srtminer.compare import find_repeats  # scipy

        repeats = find_repeats(
            found.records,
            found.recommendations,
            vectors,
            options,
            found.everything,
            session.opened().links(),
        )
    if repeats.recommendations > COMPARED_WITH_ALL:
        session.note(
            f"of more than {COMPARED_WITH_ALL:,} recommendations only pairs near in meaning or sharing rare "
            "words are compared; in tests that finds at least 98 of 100 that ask for the same"
        )
    return repeats
