"""`srtminer reviews`, `recommendations`, `check`, `show` and `search`."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from srtminer.cli.output import Target, emit_bytes, require_output, write
from srtminer.cli.selection import (
    Selection,
    answered,
    by_review,
    how_to_list,
    is_cited,
    load,
    load_recommendations,
    require_reference,
    require_review,
)
from srtminer.cli.session import Session, progress
from srtminer.errors import UnreadableInput, UsageError
from srtminer.excerpts import Found, Hit, HitKind, Shown, around, on_page
from srtminer.inspection import inspect
from srtminer.model import Review
from srtminer.render.recommendation_tables import recommendation_result, search_result
from srtminer.render.review_tables import check_result, passage_result, review_result
from srtminer.render.wording import Catalogue
from srtminer.store import Scope
from srtminer.text.names import counted, few
from srtminer.text.thesaurus import shared_words


def reviews(session: Session, target: Target, where: tuple[str, ...] = ()) -> None:
    """Run `srtminer reviews`."""
    found = load(session, where, skipped=True)
    own = by_review(found.everything)
    checks = {record.id: inspect(own[record.id], record.why_none).verdict for record in found.records}
    every = session.verbose
    write(session, target, review_result(found.records, found.catalogue, found.skipped, checks, every=every))


def recommendations(
    session: Session,
    target: Target,
    where: tuple[str, ...] = (),
    explain: bool = False,
    with_response: bool = False,
) -> None:
    """Run `srtminer recommendations`."""
    found = load_recommendations(session, where)
    said = answered(session, found) if with_response else None
    known = session.opened().explanations() if explain else {}
    listed = [replace(one, explanation=known.get(one.id)) for one in found.recommendations]
    result = recommendation_result(listed, found.catalogue, explain=explain, answers=said)
    write(session, target, result)


def check(session: Session, target: Target, where: tuple[str, ...] = ()) -> None:
    """Run `srtminer check`."""
    chosen = load(session, where, skipped=True)
    own, store = by_review(chosen.everything), session.opened()
    found = {one.id: inspect(own[one.id], one.why_none, store.review(one.id)) for one in chosen.records}
    write(session, target, check_result(found, chosen.catalogue, chosen.skipped, every=session.verbose))


@dataclass(frozen=True, slots=True)
class Passage:
    """What was asked for."""

    review: Review
    title: str
    page: int
    text: str
    """Of the passage; empty where a whole page was asked for."""
    shown: tuple[Shown, ...]


def show(
    session: Session,
    target: Target,
    review: str,
    reference: str = "",
    page: int | None = None,
    context_: int = 2,
    image: Path | None = None,
) -> None:
    """Run `srtminer show`."""
    if image is not None:
        require_output(session, image, "--image", (".png",), "a picture is .png")
    found = _find(session, review, reference, page, context_)
    if image is not None:
        emit_bytes(_picture(found), image, "--image")
        session.note(f"wrote {image}")
    else:
        write(session, target, passage_result(found.review.id, found.title, found.shown))


def _find(session: Session, named: str, reference: str, page: int | None, context: int) -> Passage:
    records, recommendations = session.opened().reviews_and_recommendations()
    catalogue = Catalogue.of(records)
    cited = [one for one in recommendations if is_cited(one, named, catalogue)]
    if len(cited) == 1 and not reference and page is None:  # all of it in one, as listings print it
        named, reference = cited[0].review_id, cited[0].id
    record = require_review(named, catalogue)
    review, name = session.opened().review(record.id), catalogue.names[record.id]
    own = [one for one in recommendations if one.review_id == record.id]
    if not reference and page is None:
        known = few([one.reference for one in own if one.reference], NAMED)
        such = f"a recommendation ({known})" if known else "a recommendation"
        raise UsageError(f"{name}: name {such}, or a page with --page N; {how_to_list(name)} lists them")
    if page is not None and not reference:
        if shown := on_page(review, page):
            return Passage(review, catalogue.at(record.id, page), page, "", shown)
        raise UsageError(f"{name} has no text on page {page}; it has {counted(record.pages, 'page')}")
    one = require_reference(reference, own, name)
    several = bool(one.reference) and one.id != reference
    alike = [other for other in own if other is one or (several and other.reference == one.reference)]
    if page is not None:
        there = [other for other in alike if other.page <= page <= other.last_page]
        if not there:
            where = f"on page {page}; --page {alike[0].page} shows it"
            raise UsageError(f"{name} has no recommendation {reference} {where}")
        one = there[0]
    elif len(alike) > 1:
        pages = ", ".join(str(other.page) for other in alike)
        session.note(
            f"{len(alike)} recommendations have the reference {one.reference}; --page chooses: {pages}"
        )
    if shown := around(review, one.start, one.end, context):
        return Passage(review, catalogue.cite(one), one.page, review.text[one.start : one.end], shown)
    raise UsageError(f"{reference} was added by the analyst and is not in the text")


def _picture(found: Passage) -> bytes:
    from srtminer.read.pdf.geometry import Unreadable
    from srtminer.read.pdf.lookout import draw_page

    if found.review.format != "pdf":
        raise UsageError(f"--image draws pages of PDFs, and {found.review.source} is not one")
    if found.page > found.review.page_count:
        pages = counted(found.review.page_count, "page")
        raise UsageError(f"{found.title}: the file has {pages}; correct the page with `srtminer correct`")
    try:
        return draw_page(Path(found.review.source), found.page, found.text)
    except Unreadable as error:
        raise UnreadableInput(
            f"{found.review.source} cannot be drawn; put the file back, or ingest it where it is now"
        ) from error


NAMED = 5
"""References that a message names."""
NEAR = 0.3
"""Cosine with a text from which a recommendation may have to do with it.

Why: what has nothing to do with recommendations stays below 0.2, and half of all pairs of them below 0.3.
"""


Place = Literal["recommendations", "sections", "all"]
KINDS: dict[Place, tuple[HitKind, ...]] = {
    "recommendations": ("recommendation",),
    "sections": ("section",),
    "all": ("recommendation", "section"),
}


def search(
    session: Session,
    target: Target,
    words: tuple[str, ...] = (),
    in_: Place = "all",
    like: str | None = None,
    limit: int = 20,
    where: tuple[str, ...] = (),
) -> int:
    """Run `srtminer search`."""
    if bool(words) is (like is not None):
        raise UsageError("give either words to search for or --like TEXT; see `srtminer search --help`")
    if like is not None and in_ == "sections":
        raise UsageError("--like searches recommendations only; leave out --in")
    selection = load(session, where, texts=like is not None)
    if like is None:
        chosen = (selection.records, None if selection.unread else selection.recommendations)
        ids = (None if part is None else frozenset(one.id for one in part) for part in chosen)
        scope = Scope(*ids) if where else Scope()
        found = session.opened().search(" ".join(words), KINDS[in_], limit, scope)
    else:
        found = _similar(session, selection, like, limit)
    write(session, target, search_result(found, selection.catalogue))
    if not found.hits:
        session.note(_try_instead(session, found))
    return len(found.hits)


def _similar(session: Session, selection: Selection, text: str, limit: int) -> Found:
    from srtminer.cli.themes import encoded  # words alone are found without it

    recommendations = selection.recommendations
    texts = encoded(session, recommendations)
    with progress(session, "comparing texts"):
        from srtminer.vectors.encoder import similarities  # numpy

        scores = similarities(text, texts)
    ranked = sorted(zip(scores, recommendations, strict=True), key=lambda pair: -pair[0])
    alike = [(score, entry) for score, entry in ranked if score >= NEAR]
    hits = tuple(Hit(entry, tuple(shared_words(text, entry.text)), score) for score, entry in alike[:limit])
    return Found(text, "similarity", hits, len(alike), 0)


def _try_instead(session: Session, found: Found) -> str:
    if found.by == "similarity":
        return "no recommendation is close to it in meaning; describe the action in other words"
    for word in found.query.split():
        if word in ("and", "or", "not"):
            return f"nothing found; {word} was searched for as a word: write {word.upper()} to combine words"
    asked = [word for word in found.query.split() if word.isalpha() and not word.isupper()]
    if meant := [word for word in dict.fromkeys(map(session.opened().nearest_word, asked)) if word]:
        return f"nothing found; did you mean {' or '.join(meant)}?"
    return "nothing found; try fewer words, the beginning of one (neglect*), or --like TEXT"
