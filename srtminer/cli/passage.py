"""`srtminer show`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from srtminer.cli.output import emit, emit_bytes, require_place, screen_of
from srtminer.cli.parameters import RESULT, argument, option
from srtminer.cli.resolve_review import require_review
from srtminer.cli.session import Session, require_other_than_store
from srtminer.errors import UnreadableInput, UsageError
from srtminer.model import Recommendation, Review
from srtminer.passages.passage_context import Shown, around, on_page
from srtminer.render import passage_view
from srtminer.render.catalogue import Catalogue

CONTEXT = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked for."""

    review: Review
    title: str
    page: int
    text: str
    """Of the passage; empty where a whole page was asked for."""
    shown: tuple[Shown, ...]


def show(
    context: typer.Context,
    review: Annotated[
        str,
        argument("A review by its id, file, subject or title, or a part of one.", metavar="REVIEW"),
    ],
    reference: Annotated[
        str,
        argument("The printed number or the id of a recommendation.", metavar="REFERENCE"),
    ] = "",
    page: Annotated[
        int | None,
        option("Show page N of the file.", "--page", metavar="N", min=1),
    ] = None,
    around: Annotated[
        int, option("Show N paragraphs on either side.", "--context", metavar="N", min=0)
    ] = CONTEXT,
    image: Annotated[
        Path | None,
        option(
            "Draw the page, with the recommendation marked, into a picture.",
            "--image",
            panel=RESULT,
            metavar="FILE.png",
        ),
    ] = None,
    json: Annotated[bool, option("Write JSON.", "--json", panel=RESULT)] = False,
) -> None:
    """Show a recommendation in its context, or a page.

    As text with the paragraphs around it, or as a picture of the page.

    Examples:
      srtminer show "Child J" 3
      srtminer show "Child J" --page 2
      srtminer show "Child J" 3 --image page.png
    """
    if bool(reference) == (page is not None):
        raise UsageError(
            "give the REFERENCE of a recommendation or --page N; `srtminer recommendations` lists them"
        )
    if image is not None:
        if image.suffix.lower() != ".png":
            raise UsageError(f"a picture is .png: write --image {image.with_suffix('.png')}")
        require_place(image, "--image")
        require_other_than_store(context.obj, image, "--image")
    session: Session = context.obj
    found = _find(session, review, reference, page, around)
    if image is not None:
        emit_bytes(_picture(found), image, "--image")
        session.note(f"wrote {image}")
    elif json:
        emit(passage_view.as_json(found.review.id, found.title, found.shown))
    else:
        emit(passage_view.as_table(found.title, found.shown, screen_of(None)))


def _find(session: Session, named: str, reference: str, page: int | None, context: int) -> Found:
    records, recommendations = session.opened().reviews_and_recommendations()
    record = require_review(named, records)
    review = session.opened().review(record.id)
    catalogue = Catalogue.of(records)
    name = catalogue.names[record.id]
    if page is not None:
        if shown := on_page(review, page):
            return Found(review, f"{name}, p. {page}", page, "", shown)
        raise UsageError(f"{name} has no text on page {page}")
    one = _referred(reference, [one for one in recommendations if one.review_id == record.id], name)
    if shown := around(review, one.start, one.end, context):
        return Found(review, catalogue.cite(one), one.page, review.text[one.start : one.end], shown)
    raise UsageError(f"{reference} was added by the analyst and is not in the text")


def _referred(reference: str, own: list[Recommendation], name: str) -> Recommendation:
    wanted = reference.strip().casefold()
    for one in own:
        if wanted in (one.id.casefold(), *(known.casefold() for known in one.references)):
            return one
    known = ", ".join(one.reference or one.id for one in own)
    raise UsageError(f"{name} has no recommendation {reference}; it has {known or 'none'}")


def _picture(found: Found) -> bytes:
    from srtminer.read.pdf.geometry import Unreadable
    from srtminer.read.pdf.page_picture import draw_page

    if found.review.format != "pdf":
        raise UsageError(f"--image draws pages of PDFs, and {found.review.source} is not one")
    try:
        return draw_page(Path(found.review.source), found.page, found.text)
    except Unreadable as error:
        raise UnreadableInput(
            f"{found.review.source} cannot be drawn; put the file back where it was read from"
        ) from error
