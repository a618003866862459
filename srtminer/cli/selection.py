"""From the store to what a command works on."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from srtminer import __version__
from srtminer.cli.session import Session
from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.model import (
    CONCERNS,
    RECOMMENDATIONS,
    Answer,
    Recommendation,
    ReviewRecord,
    Section,
    Skipped,
    Unit,
)
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.safe_text import one_line
from srtminer.where import OF_RECOMMENDATIONS, Where, advise, parse_where, plain, select

WHY_NONE = {
    "findings": "no section of them is headed findings, analysis, conclusions or learning; "
    "`srtminer themes --of sections` takes all text",
    "concerns": "none of them is a coroner's report with matters of concern; see `srtminer reviews`",
    "sections": "they have no running text; see `srtminer reviews`",
}
"""By the name of a unit, what to say and do where there is nothing of it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The reviews and recommendations that were asked for."""

    records: tuple[ReviewRecord, ...]
    recommendations: tuple[Recommendation, ...]
    """Or the passages that are mined in their place."""
    digest: str
    """`Store.corpus_digest` before anything else was read."""
    catalogue: Catalogue
    """All reviews of the store, chosen or not."""
    everything: tuple[Recommendation, ...]
    """All recommendations of the store, chosen or not: words weigh the same whatever is chosen."""
    unread: bool = False
    """Whether recommendations were left in the store, for all of the reviews are chosen."""
    skipped: tuple[Skipped, ...] = ()
    """The files that could not be read, if they were asked for."""


def load(
    session: Session, where: Sequence[str] = (), *, skipped: bool = False, texts: bool = True
) -> Selection:
    """Read what was asked for; without `texts` no recommendation, unless a condition is about them.

    Raises `NothingToAnalyse` if the store holds no review (and, if `skipped`, no file that could not be
    read), or none that fits.
    """
    wheres = tuple(parse_where(expression) for expression in where)
    store = session.opened()
    digest = store.corpus_digest()
    texts = texts or any(one.field in OF_RECOMMENDATIONS for one in wheres)
    everything, all_asked = store.reviews_and_recommendations() if texts else (store.records(), ())
    catalogue = Catalogue.of(everything)
    wheres = tuple(by_name(one, catalogue) for one in wheres)
    if any(one.field == "theme" for one in wheres) and all_asked:
        from srtminer.cli.themes import theme_members

        whole = Selection(everything, all_asked, digest, catalogue, all_asked)
        wheres = tuple(
            replace(one, members=theme_members(session, whole, one.value)) if one.field == "theme" else one
            for one in wheres
        )
    records, recommendations = select(everything, all_asked, wheres)
    for warning in outdated(store.made_by()):
        session.note(warning)
    unreadable = store.skipped() if skipped and not wheres else ()
    if not everything and not unreadable:
        raise NothingToAnalyse(f"the store {session.store} is empty; add reviews with `srtminer ingest PATH`")
    if not records and everything:
        advice = advise(wheres, everything, all_asked)
        raise NothingToAnalyse(f"no review fits --where {' --where '.join(where)}; {advice}")
    return Selection(records, recommendations, digest, catalogue, all_asked, not texts, unreadable)


def by_name(where: Where, catalogue: Catalogue) -> Where:
    """Let a condition choose the review that citations call so; they may shorten its title."""
    called = (key for key, name in catalogue.names.items() if plain(name) == where.value)
    ids = frozenset(called if where.field == "review" else ())
    return replace(where, members=ids) if ids else where


def outdated(counts: Mapping[str, int]) -> list[str]:
    """Say which reviews were analysed by another version; `counts` are those of `Store.made_by`."""
    versions = Counter[str]()
    for made, number in counts.items():
        versions[made.partition(" ")[0]] += number
    return [
        f"{counted(number, 'review')} {'was' if number == 1 else 'were'} analysed by srtminer {version}; "
        f"ingest {'it' if number == 1 else 'them'} again to use the rules of {__version__}"
        for version, number in sorted(versions.items())
        if version not in ("", __version__)
    ]


def load_recommendations(session: Session, where: Sequence[str] = ()) -> Selection:
    """Read what was asked for; raises `NothingToAnalyse` also if no recommendation is in it."""
    selection = load(session, where)
    if not selection.recommendations:
        reviews = counted(len(selection.records), "review")
        raise NothingToAnalyse(f"no recommendations in {reviews}; see `srtminer reviews`")
    return selection


def by_review(recommendations: Sequence[Recommendation]) -> defaultdict[str, list[Recommendation]]:
    """Give the recommendations of each review, by its id."""
    own: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for one in recommendations:
        own[one.review_id].append(one)
    return own


def remarks_of(found: Selection) -> dict[str, str]:
    """Cite each recommendation of the store, for people who read its id in a codebook."""
    return {one.id: one_line(found.catalogue.cite(one)) for one in found.everything}


def answered(session: Session, found: Selection, *, asked: bool = True) -> dict[str, Answer]:
    """Give what responses in the store answer to recommendations, by their ids; say how many are answered.

    That none is answered is said only where it was `asked`.
    """
    from srtminer.responses import answers

    records = found.catalogue.records.values()
    responses = sorted(record.id for record in records if record.value("kind") == "response")
    if not responses and not asked:
        return {}
    store = session.opened()
    said = answers(
        found.recommendations,
        [store.review(one) for one in responses],
        lambda review_id: store.review(review_id).text,
    )
    verdicts = Counter(answer.verdict for answer in said.values())
    if said:
        clear = {name: "no clear verdict" if name == "answered" else name for name in sorted(verdicts)}
        parts = ", ".join(f"{called} {verdicts[name]}" for name, called in clear.items())
        session.note(
            f"{len(said)} of {counted(len(found.recommendations), 'recommendation')} answered: {parts}"
        )
    elif asked:
        session.note("no response in the store quotes them; `srtminer set REVIEW kind=response` marks one")
    return said


def load_rows(session: Session, where: Sequence[str], unit: Unit) -> Selection:
    """Read the recommendations that were asked for, or cut the sections of the reviews into passages.

    Raises `NothingToAnalyse` where there are none, `UsageError` for passages of an agency: a passage asks
    nobody.
    """
    if unit == RECOMMENDATIONS:
        return load_recommendations(session, where)
    if any(parse_where(expression).field == "agency" for expression in where):
        raise UsageError(
            f"--where agency= keeps what an agency is asked to do, and {unit.plural} ask nothing; "
            "choose reviews by board, kind or year"
        )
    found = load(session, where)
    rows = _rows(session, found, unit)
    reviews = counted(len(found.records), "review")
    if not rows:
        raise NothingToAnalyse(f"no {unit.plural} in {reviews}: {WHY_NONE[unit.name]}")
    without = len({record.id for record in found.records} - {row.review_id for row in rows})
    if without:
        session.note(f"no {unit.plural} in {without} of {reviews}: {WHY_NONE[unit.name]}")
    return replace(found, recommendations=rows)


def _rows(session: Session, found: Selection, unit: Unit) -> tuple[Recommendation, ...]:
    """Cut the reviews into rows; concerns are told to those that the coroner's report is sent to."""
    from srtminer.agencies import recipients
    from srtminer.passages import find_rows, without_template

    sections: defaultdict[str, list[Section]] = defaultdict(list)
    own, store = by_review(found.recommendations), session.opened()
    for review_id, section, _ in store.sections():
        sections[review_id].append(section)
    rows = []
    for record in found.records:
        review = replace(store.review(record.id), facts=record.facts)
        told = recipients(review) if unit == CONCERNS else ()
        for row in find_rows(unit, review, sections[record.id], own[record.id]):
            rows.append(replace(row, case=record.case, agencies=row.agencies or told))
    return without_template(rows)
