"""What the analyst says goes: `srtminer set`, `case`, `link` and `remove`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from srtminer.cases import groups_of
from srtminer.cli.output import emit
from srtminer.cli.resolve_review import require_review, review_named
from srtminer.cli.selection import Selection, load
from srtminer.cli.session import Session, agreed
from srtminer.errors import UsageError
from srtminer.model import METADATA_FIELDS, Fact, Recommendation, ReviewRecord, Skipped
from srtminer.read.table import checked_fact
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.safe_text import one_line
from srtminer.store import Store


def set_(session: Session, review: str, values: tuple[str, ...] = (), undo: bool = False) -> None:
    """Correct a review's title, subject, board, kind, dates or authors.

    The fields are title, subject, board, kind, year, published, authors.
    What you set stays when the file is read again, and takes precedence
    over what is found in the text.

    Examples:
      srtminer set "Child J" year=2013
      srtminer set child-j board="Brackenford LSCB" kind=SCR
      srtminer set "Child J" --undo
    """
    if bool(values) == undo:
        raise UsageError("give FIELD=VALUE, or --undo to undo what you set")
    facts = [_fact(value) for value in values]
    store = session.opened()
    record = require_review(review, store.records())
    store.set_facts(record.id, [fact for fact in facts if fact.value])
    store.unset_facts(
        record.id, [fact.field for fact in facts if not fact.value] if facts else METADATA_FIELDS
    )
    records = store.records()
    now = next(one for one in records if one.id == record.id)
    said = (f"{field} {now.value(field)}" for field in METADATA_FIELDS if now.value(field))
    session.note(f"{Catalogue.of(records).names[record.id]}: {', '.join(said) or 'nothing is known'}")


def _fact(text: str) -> Fact:
    field, equals, value = text.partition("=")
    field = field.strip().casefold()
    if not equals or field not in METADATA_FIELDS:
        raise UsageError(f"{text}: write FIELD=VALUE; the fields are {', '.join(METADATA_FIELDS)}")
    return checked_fact(field, value)


def case(session: Session, pair: tuple[str, ...] = (), apart: bool = False, undo: bool = False) -> None:
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
    if not pair and not (apart or undo):
        return _list_cases(session)
    if len(pair) != 2 or (apart and undo):
        raise UsageError("name two documents, with --apart or --undo or neither; see `srtminer case --help`")
    _tell(session, pair, None if undo else not apart)
    return _list_cases(session)


def _tell(session: Session, pair: tuple[str, ...], same: bool | None) -> None:
    store = session.opened()
    records = store.records()
    one, other = (require_review(name, records) for name in pair)
    if one.id == other.id:
        raise UsageError(f"{pair[0]} and {pair[1]} are one document; name two")
    if not store.tell_case(one.id, other.id, same=same):
        raise UsageError(
            f"you have said nothing about {pair[0]} and {pair[1]}; `srtminer case` lists the cases"
        )


def _list_cases(session: Session) -> None:
    records, _ = session.opened().reviews_and_recommendations()
    told = session.opened().told_cases()
    catalogue = Catalogue.of(records)
    groups = groups_of({record.id: record.case for record in records})
    apart = [pair for pair, same in told.items() if not same and set(pair) <= set(catalogue.names)]
    lines = [f"one case: {', '.join(catalogue.names[one] for one in group)}" for group in groups]
    lines += [f"kept apart: {', '.join(catalogue.names[one] for one in pair)}" for pair in apart]
    emit("".join(f"{one_line(line)}\n" for line in lines) or "No case has several documents.\n")


BOTH = (
    "name two recommendations, by their ids or as they are cited, and --as same or --as different; "
    "without any, `srtminer link` lists what is linked"
)


Verdict = Literal["same", "different"]


def link(
    session: Session, pair: tuple[str, ...] = (), as_: Verdict | None = None, undo: bool = False
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
    if not pair and as_ is None and not undo:
        return _list_links(session)
    if len(pair) != 2 or (as_ is None) != undo:
        raise UsageError(BOTH)
    return _link(session, pair, as_)


def _link(session: Session, pair: tuple[str, ...], verdict: Verdict | None) -> None:
    found, store = load(session, ()), session.opened()
    one, other = (recommendation_named(name, found) for name in pair)
    if one.id == other.id:
        raise UsageError(f"{pair[0]} and {pair[1]} are one recommendation; name two")
    if verdict is not None:
        store.link(one, other, same=verdict == "same")
    elif not store.unlink(one, other):
        raise UsageError(f"{pair[0]} and {pair[1]} are not linked; `srtminer link` lists what is")
    emit(f"{_told(one, other, verdict, found)}\n")


def _told(one: Recommendation, other: Recommendation, verdict: Verdict | None, found: Selection) -> str:
    what = "not linked any more" if verdict is None else verdict
    return f"{found.catalogue.cite(one)} and {found.catalogue.cite(other)}: {what}"


def _list_links(session: Session) -> None:
    found = load(session, ())
    by_id = {one.id: one for one in found.everything}
    lines = [
        _told(by_id[one], by_id[other], "same" if same else "different", found)
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


ALONE = "there is no terminal to ask at; add --yes to remove them, or --dry-run to see them"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is to be removed: reviews, and files that could not be read."""

    reviews: tuple[ReviewRecord, ...]
    unread: tuple[Skipped, ...]
    catalogue: Catalogue


def remove(session: Session, names: tuple[str, ...], yes: bool = False, dry_run: bool = False) -> None:
    """Take reviews out of the store, with everything found in them, given for them or corrected.

    The files themselves stay where they are: `srtminer ingest` reads them
    again. Also forgets files that could not be read and are gone.

    Examples:
      srtminer remove b17724e0bd4d
      srtminer remove "Child Z" drafts/broken.pdf
    """
    if yes and dry_run:
        raise UsageError("give either --yes or --dry-run: one removes the reviews, the other does not")
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
