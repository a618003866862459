"""From the store to what a command works on."""

from collections.abc import Sequence
from dataclasses import dataclass

from srtminer.cli.made import outdated
from srtminer.cli.session import Session
from srtminer.errors import NothingToAnalyse
from srtminer.model import Recommendation, ReviewRecord, Skipped
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.store import Store
from srtminer.where import parse_where, select


@dataclass(frozen=True, slots=True)
class Selection:
    """The reviews and recommendations that were asked for."""

    records: tuple[ReviewRecord, ...]
    recommendations: tuple[Recommendation, ...]
    digest: str
    """`Store.corpus_digest` before anything else was read."""
    catalogue: Catalogue
    """All reviews of the store, chosen or not."""
    skipped: tuple[Skipped, ...] = ()
    """The files that could not be read, if they were asked for."""


def load(session: Session, where: Sequence[str] | None, *, unread: bool = False) -> Selection:
    """Read what was asked for.

    Raises `NothingToAnalyse` if the store holds no review (and, if `unread`, no file that could not be read),
    or none that fits.
    """
    wheres = tuple(parse_where(expression) for expression in where or ())
    with Store.open(session.store) as store:
        digest = store.corpus_digest()
        everything = store.records()
        records, recommendations = select(everything, store.recommendations(), wheres)
        for warning in outdated(store.made_by()):
            session.note(warning)
        skipped = store.skipped() if unread and not wheres else ()
    if not everything and not skipped:
        raise NothingToAnalyse(f"the store {session.store} is empty; add reviews with `srtminer ingest PATH`")
    if not records and everything:
        raise NothingToAnalyse(
            f"no review fits --where {' --where '.join(where or ())}; see `srtminer reviews`"
        )
    return Selection(records, recommendations, digest, Catalogue.of(everything), skipped)


def load_recommendations(session: Session, where: Sequence[str] | None) -> Selection:
    """Read what was asked for; raises `NothingToAnalyse` also if no recommendation is in it."""
    selection = load(session, where)
    if not selection.recommendations:
        reviews = counted(len(selection.records), "review")
        raise NothingToAnalyse(f"no recommendations in {reviews}; see `srtminer reviews`")
    return selection
