"""What opens the list that a recommendation stands in: "We recommend that the Board:"."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from srtminer.agencies.addressee_choice import PERFORMED, in_words
from srtminer.model import Recommendation, Review, Section

LONGEST = 600
"""Characters of the last sentence of a lead-in."""
OPENS = (":", " that", " to", "–", "—")


def lead_ins(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[str, ...]:
    """Give of each recommendation the sentence that opens its list, or an empty string.

    It holds below its own heading up to the next lead-in; the next heading beside or above ends it.
    Why running text does not: lists are torn, and what is left of an item looks like running text.
    """
    starts = [section.start for section in sections]
    wanted = {one.start: index for index, one in enumerate(recommendations)}
    ordered = sorted(wanted)
    found = [""] * len(recommendations)
    current, path = "", tuple[str, ...]()
    for paragraph in review.paragraphs:
        here = sections[bisect_right(starts, paragraph.start) - 1].path if sections else ()
        if here[: len(path)] != path:
            current, path = "", ()
        for start in ordered[bisect_left(ordered, paragraph.start) : bisect_left(ordered, paragraph.end)]:
            found[wanted[start]] = current
        sentence = _opening(review.text[paragraph.start : paragraph.end])
        if sentence:
            current, path = sentence, here
    return tuple(found)


def _opening(text: str) -> str:
    """Give the last sentence of a paragraph if it asks somebody and leaves open for what."""
    text = text.rstrip()
    if not text.endswith(OPENS):
        return ""
    sentence = text[-LONGEST:].rsplit(". ", 1)[-1]
    asks = any(f"asked: {form}" in one.features for one in in_words(sentence) for form in PERFORMED)
    return sentence if asks else ""
