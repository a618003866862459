"""`srtminer show`."""

from dataclasses import dataclass
from pathlib import Path

from srtminer.cli.output import emit_bytes, require_place
from srtminer.cli.resolve_review import require_reference, require_review
from srtminer.cli.result_output import Target, write
from srtminer.cli.session import Session, require_other_than_store
from srtminer.errors import UnreadableInput, UsageError
from srtminer.model import Review
from srtminer.passages.passage_context import Shown, around, on_page
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.passage_view import passage_result


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
    session: Session,
    target: Target,
    review: str,
    reference: str = "",
    page: int | None = None,
    context_: int = 2,
    image: Path | None = None,
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
        require_other_than_store(session, image, "--image")
    found = _find(session, review, reference, page, context_)
    if image is not None:
        emit_bytes(_picture(found), image, "--image")
        session.note(f"wrote {image}")
    else:
        write(session, target, passage_result(found.review.id, found.title, found.shown))


def _find(session: Session, named: str, reference: str, page: int | None, context: int) -> Found:
    records, recommendations = session.opened().reviews_and_recommendations()
    record = require_review(named, records)
    review = session.opened().review(record.id)
    catalogue = Catalogue.of(records)
    name = catalogue.names[record.id]
    if page is not None:
        if shown := on_page(review, page):
            return Found(review, catalogue.at(record.id, page), page, "", shown)
        raise UsageError(f"{name} has no text on page {page}; it has {counted(record.pages, 'page')}")
    one = require_reference(reference, [one for one in recommendations if one.review_id == record.id], name)
    if shown := around(review, one.start, one.end, context):
        return Found(review, catalogue.cite(one), one.page, review.text[one.start : one.end], shown)
    raise UsageError(f"{reference} was added by the analyst and is not in the text")


def _picture(found: Found) -> bytes:
    from srtminer.read.pdf.geometry import Unreadable
    from srtminer.read.pdf.page_picture import draw_page

    if found.review.format != "pdf":
        raise UsageError(f"--image draws pages of PDFs, and {found.review.source} is not one")
    if found.page > found.review.page_count:
        pages = counted(found.review.page_count, "page")
        raise UsageError(f"{found.title}: the file has {pages}; give the right one with `srtminer correct`")
    try:
        return draw_page(Path(found.review.source), found.page, found.text)
    except Unreadable as error:
        raise UnreadableInput(
            f"{found.review.source} cannot be drawn; put the file back where it was read from"
        ) from error
