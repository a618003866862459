"""Parts of texts as they are shown: what a search finds and why, and a passage among its neighbours."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from srtminer.model import Paragraph, Recommendation, Review

HitKind = Literal["recommendation", "section"]
Span = tuple[int, int]
"""Start and end, end exclusive."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A recommendation, or a passage of a section, that was found."""

    one: Recommendation
    """Or the passage, which has no id and asks nobody; its reference is that of the first mark."""
    marks: tuple[Span, ...]
    """What was looked for, as positions in its text, ascending."""
    score: float
    """Greater is better: bm25, or the cosine of a search by similarity. Compares hits of one kind only."""
    section: Span | None = None
    """Of a passage, start and end of its section in `Review.text`."""

    @property
    def kind(self) -> HitKind:
        """What was found."""
        return "recommendation" if self.section is None else "section"

    @property
    def whole(self) -> Span:
        """Start and end of the recommendation or section in `Review.text`."""
        return self.section or (self.one.start, self.one.end)


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search."""

    query: str
    """The words, or the text that others were to be similar to."""
    by: Literal["words", "similarity"]
    hits: tuple[Hit, ...]
    """Best first, no more than were asked for."""
    recommendations: int
    """Number of recommendations that match, shown or not."""
    sections: int
    """Number of sections that match, shown or not."""
    repeated: int = 0
    """Number of sections left out of `hits` because all that matches stands in recommendations that do."""


def window(text: str, marks: Sequence[Span], width: int) -> Span:
    """Give the part of a text, of about `width` characters, with the most marks; of several the first.

    It begins and ends between words, and with a paragraph where that leaves half of the width.
    """
    if len(text) <= width:
        return 0, len(text)
    first, last = _densest(marks, width) if marks else (0, 0)
    line = text.rfind("\n", 0, first) + 1
    start = line if last - line <= width else max(0, first - max(0, width - (last - first)) // 2)
    end = min(len(text), max(last, start + width))
    paragraph = text.rfind("\n", max(last, start + width // 2), end)
    return _between_words(text, start, end if paragraph < 0 else paragraph, first, last)


def marked(text: str, marks: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """Cut a text at its marks: (part, whether it is a mark), in order; together they are the text."""
    position = 0
    for start, end in marks:
        yield text[position:start], False
        yield text[start:end], True
        position = end
    yield text[position:], False


def _densest(marks: Sequence[Span], width: int) -> Span:
    ends = [end for _, end in marks]
    reached = [max(1, bisect_right(ends, start + width) - n) for n, (start, _) in enumerate(marks)]
    best = reached.index(max(reached))
    return marks[best][0], ends[best + reached[best] - 1]


def _between_words(text: str, start: int, end: int, first: int, last: int) -> Span:
    if start and not text[start - 1].isspace():
        space = text.find(" ", start, first)
        start = first if space < 0 else space + 1
    if end < len(text) and not text[end].isspace():
        space = text.rfind(" ", last, end)
        end = end if space < 0 else space
    return start, end


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
