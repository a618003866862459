"""From the store to what a command works on; and which review, recommendation or theme a name means."""

import shlex
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

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
from srtminer.render.safe_text import one_line
from srtminer.render.wording import Catalogue
from srtminer.text.names import counted, few, suggestions
from srtminer.where import OF_RECOMMENDATIONS, advise, named, parse_where, plain, reviews_called, select

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
    """All recommendations of the store, chosen or not."""
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
    wheres = tuple(named(one, everything, catalogue.names) for one in wheres)
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
    read = [store.review(one) for one in responses]
    said = answers(found.recommendations, read, lambda review_id: store.review(review_id).text)
    verdicts = Counter(answer.verdict for answer in said.values())
    if said:
        total = counted(len(found.recommendations), "recommendation")
        named = {**dict.fromkeys(verdicts), "answered": "no clear verdict"}
        parts = ", ".join(f"{named[one] or one} {number}" for one, number in sorted(verdicts.items()))
        session.note(f"{len(said)} of {total} answered: {parts}")
    elif asked:
        session.note("no response in the store quotes them; `srtminer set REVIEW kind=response` marks one")
    return said


SHOWN = 3


def review_named(name: str, catalogue: Catalogue) -> ReviewRecord | None:
    """Find the review of the store that is meant, or None; raises `UsageError` where several may be."""
    path, records = Path(name).absolute(), [*catalogue.records.values()]
    same_file = [one for one in records if Path(one.source).absolute() == path]
    found = same_file or reviews_called(name, records, catalogue.names)
    if len(found) > 1:
        some = few([_with_id(record, catalogue) for record in found], SHOWN, "; ")
        raise UsageError(
            f"{name}: {len(found)} reviews are called that: {some}; give more of the name, or an id"
        )
    return found[0] if found else None


def _with_id(record: ReviewRecord, catalogue: Catalogue) -> str:
    """Name a review and its id, which stands in the name of one that nothing else tells from another."""
    name = catalogue.names[record.id]
    return name if record.id in name else f"{name}, id {record.id}"


def require_review(name: str, catalogue: Catalogue) -> ReviewRecord:
    """Find the review of the store that is meant; raises `UsageError` where there is none, or several."""
    if record := review_named(name, catalogue):
        return record
    raise UsageError(f"{name}: no such review in the store; {did_you_mean(name, catalogue)}")


def did_you_mean(name: str, catalogue: Catalogue) -> str:
    """Name the reviews whose subject or title is most like a name, and their ids, which nothing else has."""
    texts = (
        (record.value(field), _with_id(record, catalogue))
        for record in sorted(catalogue.records.values(), key=lambda record: record.id)
        for field in ("subject", "title")
    )
    return likely(name, texts, "see `srtminer reviews`")


def likely(wanted: str, known: Iterable[tuple[str, str]], advice: str) -> str:
    """Ask whether what begins or is spelt nearly as it was typed is meant, or else give the advice.

    `known` says how each thing is spelt and how it is shown; one may be spelt in several ways.
    """
    word, shown = plain(wanted.strip()), defaultdict[str, list[str]](list)
    for spelling, name in known:
        shown[plain(spelling)].append(name)
    near = [one for one in shown if word and one.rpartition(" ")[2].startswith(word)]
    near = near or suggestions(word, filter(None, shown))
    meant = [*dict.fromkeys(name for one in near for name in shown[one])][:SHOWN]
    return f"did you mean {' or '.join(meant)}?" if meant else advice


def require_reference(reference: str, own: Sequence[Recommendation], review: str) -> Recommendation:
    """Find the recommendation of a review that is meant: "3" finds "Recommendation 3"; raises `UsageError`.

    `own` are the recommendations of the review, and `review` is what it is called.
    """
    if not own:
        raise UsageError(f"{review} has no recommendations; `srtminer check` says why")
    wanted = plain(reference.strip())
    called = [(one, plain(known)) for one in own for known in (one.id, *one.references)]
    for is_meant in (wanted.__eq__, lambda known: known.rpartition(" ")[2] == wanted):
        found = [one for one, known in called if is_meant(known)]
        if found:
            return found[0]
    cited = ((known, one.reference or one.id) for one, known in called)
    advice = likely(reference, cited, f"{how_to_list(review)} lists all {len(own)}")
    raise UsageError(f"{review} has no recommendation {reference}; {advice}")


def is_cited(one: Recommendation, name: str, catalogue: Catalogue) -> bool:
    """Tell whether a recommendation is cited so; the page after the number may be left out."""
    cite = catalogue.cite(one)
    return cite == name or cite.startswith(f"{name}, p")


def recommendation_named(name: str, found: Selection) -> Recommendation:
    """Find the recommendation that is meant; raises `UsageError` where none or several may be."""
    wanted = name.strip()
    meant = [one for one in found.everything if one.id == wanted or is_cited(one, wanted, found.catalogue)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        ids = ", ".join(one.id for one in meant[:3])
        raise UsageError(f"{name} is the citation of {len(meant)} recommendations: {ids}; give an id")
    review, _, reference = wanted.rpartition(" ")
    if record := review_named(review, found.catalogue):
        own = [one for one in found.everything if one.review_id == record.id]
        return require_reference(reference, own, found.catalogue.names[record.id])
    raise UsageError(
        f'{name}: no such recommendation; name a review and a number in it, as in "Child N (2020) 3"'
    )


def how_to_list(review: str) -> str:
    """Give the command that lists the recommendations of a review."""
    return f"`srtminer recommendations --where {shlex.quote(f'review={review}')}`"


def require_theme(wanted: str, names: Mapping[str, str], advice: str) -> str:
    """Find the id of the theme that is meant, among names by id.

    Raises `UsageError` where several may be meant; where none is, with the nearest names, else with `advice`.
    """
    word = plain(wanted.strip())
    same = [own_id for own_id, name in names.items() if word in (plain(own_id), plain(name))]
    having = [own_id for own_id, name in names.items() if word and word in plain(name)]
    for found in (same, having):
        if len(found) == 1:
            return found[0]
        if found:
            some = few([f"“{names[own_id]}”" for own_id in found])
            raise UsageError(
                f"{len(found)} themes have {wanted!r} in their names: {some}; give more of the name"
            )
    known = [(name, f"“{name}”") for name in names.values()]
    known += [(own_id, f"“{name}” ({own_id})") for own_id, name in names.items()]
    raise UsageError(f"no theme {wanted!r}; {likely(wanted, known, advice)}")
