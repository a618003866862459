"""A passage where it stands: the paragraphs around it and the headings above them."""

from dataclasses import dataclass

from srtminer.model import Paragraph, Review


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as it is shown."""

    text: str
    number: str
    """Its printed number, or empty."""
    page: int
    is_heading: bool
    is_marked: bool
    """Whether it is part of the passage that was asked for."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A passage among its neighbours, as a report shows it."""

    shown: tuple[Shown, ...]


def around(review: Review, start: int, end: int, context: int) -> tuple[Shown, ...]:
    """Give the passage `review.text[start:end]`, so many paragraphs on either side, and the heading above.

    The heading is the nearest one before the first paragraph, if that is not a heading itself.
    """
    paragraphs = review.paragraphs
    inside = [place for place, one in enumerate(paragraphs) if one.start < end and one.end > start]
    if not inside:
        return ()
    first, last = max(0, inside[0] - context), min(len(paragraphs), inside[-1] + context + 1)
    heading = [one for one in paragraphs[:first] if one.role == "heading"][-1:]
    if paragraphs[first].role == "heading":
        heading = []
    return tuple(_shown(review, one, start, end) for one in (*heading, *paragraphs[first:last]))


def on_page(review: Review, page: int) -> tuple[Shown, ...]:
    """Give the paragraphs that begin on a page; nothing is marked."""
    return tuple(_shown(review, one, 0, 0) for one in review.paragraphs if one.page == page)


def _shown(review: Review, paragraph: Paragraph, start: int, end: int) -> Shown:
    return Shown(
        review.text[paragraph.start : paragraph.end],
        paragraph.number,
        paragraph.page,
        paragraph.role == "heading",
        paragraph.start < end and paragraph.end > start,
    )
