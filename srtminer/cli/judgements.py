"""What the analyst says goes: `srtminer set`, `case`, `link` and `remove`."""

from typing import Literal

from srtminer.cases import groups_of
from srtminer.cli.output import emit
from srtminer.cli.selection import Selection, load, require_reference, require_review, review_named
from srtminer.cli.session import Session, agreed
from srtminer.errors import UsageError
from srtminer.model import GIVEN, METADATA_FIELDS, Fact, Recommendation, Skipped
from srtminer.read.table import checked_fact
from srtminer.render.safe_text import one_line
from srtminer.render.wording import Catalogue, counted


def set_(session: Session, review: str, values: tuple[str, ...] = (), undo: bool = False) -> None:
    """Run `srtminer set`."""
    if bool(values) == undo:
        raise UsageError("give FIELD=VALUE, or --undo to undo what you set")
    facts = [_fact(value) for value in values]
    store = session.opened()
    record = require_review(review, Catalogue.of(store.records()))
    store.set_facts(record.id, facts or [Fact(field, "", GIVEN) for field in METADATA_FIELDS])
    catalogue = Catalogue.of(store.records())
    now = catalogue.records[record.id]
    changed = [field for field in METADATA_FIELDS if now.value(field) != record.value(field)]
    said = (f"{field} is now {now.value(field) or 'unknown'}" for field in changed)
    session.note(f"{catalogue.names[record.id]}: {', '.join(said) or 'nothing changed'}")


def _fact(text: str) -> Fact:
    field, equals, value = text.partition("=")
    field = field.strip().casefold()
    if not equals or field not in METADATA_FIELDS:
        raise UsageError(f"{text}: write FIELD=VALUE; the fields are {', '.join(METADATA_FIELDS)}")
    return checked_fact(field, value)


def case(session: Session, pair: tuple[str, ...] = (), apart: bool = False, undo: bool = False) -> None:
    """Run `srtminer case`."""
    store = session.opened()
    if pair or apart or undo:
        if len(pair) != 2 or (apart and undo):
            raise UsageError(
                "name two documents, with --apart or --undo or neither; see `srtminer case --help`"
            )
        known = Catalogue.of(store.records())
        one, other = (require_review(name, known).id for name in pair)
        if one == other:
            raise UsageError(f"{pair[0]} and {pair[1]} are one document; name two")
        if not store.tell_case(one, other, same=None if undo else not apart):
            raise UsageError(
                f"you have said nothing about {pair[0]} and {pair[1]}; `srtminer case` lists the cases"
            )
    records, _ = store.reviews_and_recommendations()
    names = Catalogue.of(records).names
    groups = groups_of({record.id: record.case for record in records})
    told = [two for two, same in store.told_cases().items() if not same and set(two) <= set(names)]
    lines = [f"one case: {'; '.join(names[one] for one in group)}" for group in groups]
    lines += [f"kept apart: {'; '.join(names[one] for one in two)}" for two in told]
    emit("".join(f"{one_line(line)}\n" for line in lines) or "No case has several documents.\n")


Verdict = Literal["same", "different"]


def link(
    session: Session, pair: tuple[str, ...] = (), as_: Verdict | None = None, undo: bool = False
) -> None:
    """Run `srtminer link`."""
    if (pair or as_ or undo) and (len(pair) != 2 or (as_ is None) != undo):
        raise UsageError(
            "name two recommendations, by their ids or as they are cited, and --as same or --as different; "
            "without any, `srtminer link` lists what is linked"
        )
    found, store = load(session), session.opened()

    def told(one: Recommendation, other: Recommendation, verdict: str) -> str:
        return f"{found.catalogue.cite(one)} and {found.catalogue.cite(other)}: {verdict}\n"

    if not pair:
        by_id = {one.id: one for one in found.everything}
        links = sorted(store.links().items())
        lines = (told(by_id[one], by_id[two], "same" if same else "different") for (one, two), same in links)
        return emit("".join(lines) or "Nothing is linked.\n")
    one, other = (recommendation_named(name, found) for name in pair)
    if one.id == other.id:
        raise UsageError(f"{pair[0]} and {pair[1]} are one recommendation; name two")
    if not store.link(one, other, same=None if as_ is None else as_ == "same"):
        raise UsageError(f"{pair[0]} and {pair[1]} are not linked; `srtminer link` lists what is")
    return emit(told(one, other, as_ or "not linked any more"))


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
    review, _, reference = wanted.rpartition(" ")
    if record := review_named(review, found.catalogue):
        own = [one for one in found.everything if one.review_id == record.id]
        return require_reference(reference, own, found.catalogue.names[record.id])
    raise UsageError(
        f'{name}: no such recommendation; name a review and a number in it, as in "Child N (2020) 3"'
    )


def remove(session: Session, names: tuple[str, ...], yes: bool = False, dry_run: bool = False) -> None:
    """Run `srtminer remove`."""
    if yes and dry_run:
        raise UsageError("give either --yes or --dry-run: one removes the reviews, the other does not")
    store = session.opened()
    catalogue, skipped = Catalogue.of(store.records()), store.skipped()
    reviews, unread = dict[str, str](), dict[str, str]()
    for name in names:  # a name of nothing is found before anything is removed
        if one := review_named(name, catalogue):
            found = counted(one.recommendations, "recommendation")
            corrected = f", {counted(one.corrections, 'correction')}" if one.corrections else ""
            reviews[one.id] = f"{catalogue.names[one.id]}, {one.source}, {one.id}: {found}{corrected}"
        skips = {skip.source: f"{skip.source}: {skip.reason}" for skip in skipped if skip.source == name}
        if not one and not skips:
            raise UsageError(f"{name}: no such review in the store; `srtminer reviews` lists their ids")
        unread |= skips
    emit("".join(f"{one_line(line)}\n" for line in (*reviews.values(), *unread.values())))
    alone = "there is no terminal to ask at; add --yes to remove them, or --dry-run to see them"
    if dry_run or not (yes or agreed("Remove from the store?", alone)):
        session.note("nothing was removed")
        return
    store.remove([*reviews])
    for source in unread:
        store.remember_skipped(Skipped(source, ""))
    session.note("removed")
