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
    background: tuple[str, ...]
    """The sections of all reviews of the store, chosen or not."""
    catalogue: Catalogue
    """All reviews of the store, chosen or not."""
    skipped: tuple[Skipped, ...] = ()
    """The files that could not be read, if they were asked for."""


def load(
    session: Session, where: Sequence[str] | None, *, background: bool = False, unread: bool = False
) -> Selection:
    """Read what was asked for; `background` only where it is needed, for it is most of the store.

    Raises `NothingToAnalyse` if the store holds no review (and, if `unread`, no file that could not be read),
    or none that fits.
    """
    wheres = tuple(parse_where(expression) for expression in where or ())
    with Store.open(session.store) as store:
        everything = store.records()
        records, recommendations = select(everything, store.recommendations(), wheres)
        for warning in outdated(store.made_by()):
            session.note(warning)
        skipped = store.skipped() if unread and not wheres else ()
        sections = tuple(text for _, _, text in store.sections()) if background else ()
    if not everything and not skipped:
        raise NothingToAnalyse(f"the store {session.store} is empty; add reviews with `srtminer ingest PATH`")
    if not records and everything:
        raise NothingToAnalyse(
            f"no review fits --where {' --where '.join(where or ())}; see `srtminer reviews`"
        )
    return Selection(records, recommendations, sections, Catalogue.of(everything), skipped)


def load_recommendations(
    session: Session, where: Sequence[str] | None, *, background: bool = False
) -> Selection:
    """Read what was asked for; raises `NothingToAnalyse` also if no recommendation is in it."""
    selection = load(session, where, background=background)
    if not selection.recommendations:
        reviews = counted(len(selection.records), "review")
        raise NothingToAnalyse(f"no recommendations in {reviews}; see `srtminer reviews`")
    return selection
