"""What opens the list that a recommendation stands in: "We recommend that the Board:"."""

from bisect import bisect_right
from collections.abc import Sequence

from srtminer.agencies.choice import PERFORMED, in_words
from srtminer.model import Paragraph, Recommendation, Review, Section

LONGEST = 600
"""Characters of the last sentence of a lead-in."""
OPENS = (":", " that", " to", "–", "—")


def lead_ins(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[str, ...]:
    """Give of each recommendation the sentence that opens its list, or an empty string.

    It holds for the headings below its own, for items and for what was taken as a recommendation; the next
    heading beside or above it ends it, and so does running text.
    """
    starts = [section.start for section in sections]
    wanted = {one.start: index for index, one in enumerate(recommendations)}
    found = [""] * len(recommendations)
    current, path = "", tuple[str, ...]()
    for paragraph in review.paragraphs:
        here = sections[bisect_right(starts, paragraph.start) - 1].path if sections else ()
        if here[: len(path)] != path:
            current, path = "", ()
        inside = [start for start in wanted if paragraph.start <= start < paragraph.end]
        for start in inside:
            found[wanted[start]] = current
        sentence = _opening(review.text[paragraph.start : paragraph.end])
        if sentence:
            current, path = sentence, here
        elif not (inside or _is_listed(paragraph, recommendations)):
            current, path = "", ()
    return tuple(found)


def _is_listed(paragraph: Paragraph, recommendations: Sequence[Recommendation]) -> bool:
    return (
        paragraph.role != "text"
        or bool(paragraph.number)
        or any(one.start <= paragraph.start < one.end for one in recommendations)
    )


def _opening(text: str) -> str:
    """Give the last sentence of a paragraph if it asks somebody and leaves open for what."""
    text = text.rstrip()
    if not text.endswith(OPENS):
        return ""
    sentence = text[-LONGEST:].rsplit(". ", 1)[-1]
    asks = any(f"asked: {form}" in one.features for one in in_words(sentence) for form in PERFORMED)
    return sentence if asks else ""
