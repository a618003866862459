"""Corrections of one reading of a file, carried over to another reading of the same file.

Another library, or text recognition, gives a text of other offsets, blanks and hyphens, and so a review of
another id. What was corrected is looked up in the new text; `corrected` then applies it by id or place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from srtminer.corrections.applied import TEXT_FIELDS
from srtminer.model import Correction, Recommendation
from srtminer.text.words import plain_words

SIMILAR = 0.6
"""Share of words in common (Dice's coefficient) from which a recommendation is another reading of one.

Why: readers break words and drop signs, which leaves most words of "The Board should audit referrals" as they
are; two recommendations of one list share little more than "the", "should" and the body's name.
"""


Place = tuple[int, int]


class Reading:
    """A text in which places of another reading of it are looked up."""

    def __init__(self, review_id: str, text: str, found: Sequence[Recommendation]) -> None:
        self.review_id = review_id
        self.length = len(text)
        self._text = text
        self._found = found
        self._places = [place for place, character in enumerate(text) if character.isalnum()]
        self._letters = "".join(text[place] for place in self._places)

    def place(self, text: str, near: int) -> Place:
        """Give where a text stands, blanks and signs aside, nearest to an offset; (near, near) if nowhere."""
        places = _spans(text, self._text) or self._by_letters(text) or self._similar(text)
        return min(places, key=lambda place: abs(place[0] - near), default=(near, near))

    def _by_letters(self, text: str) -> list[Place]:
        letters = "".join(filter(str.isalnum, text))
        found = _spans(letters, self._letters)
        return [(self._places[start], self._places[end - 1] + 1) for start, end in found]

    def _similar(self, text: str) -> list[Place]:
        """Give the place of the recommendation that has most words in common, if it has enough."""
        likest = max(self._found, key=lambda one: similarity(text, one.text), default=None)
        if likest is None or similarity(text, likest.text) < SIMILAR:
            return []
        return [(likest.start, likest.end)]


def carried(corrections: Sequence[Correction], length: int, reading: Reading) -> tuple[Correction, ...]:
    """Give corrections of a text of `length` characters the ids and places that they have in a new reading.

    One whose words stand nowhere gets an empty place, at which nothing is found: it will not fit.
    """
    scale = reading.length / max(length, 1)
    return tuple(_moved(correction, scale, reading) for correction in corrections)


def similarity(one: str, other: str) -> float:
    """Give the share of words in common, each as often as it stands (Dice 1945), 0 to 1."""
    words, others = (Counter(plain_words(text)) for text in (one, other))
    return 2 * (words & others).total() / max(words.total() + others.total(), 1)


def _spans(part: str, whole: str) -> list[Place]:
    """List where a part stands in a text, without overlaps; nowhere if it is empty."""
    return [match.span() for match in re.finditer(re.escape(part), whole)] if part else []


def _moved(correction: Correction, scale: float, reading: Reading) -> Correction:
    before, after = correction.before, correction.after
    moved = before and _placed(before, scale, reading)
    if after is None:
        return replace(correction, before=moved)
    placed = _placed(after, scale, reading)
    if before is not None and moved is not None and _unplaced(before, after, placed):
        placed = replace(placed, start=moved.start, end=moved.end)
    return replace(correction, before=moved, after=placed)


def _unplaced(before: Recommendation, after: Recommendation, placed: Recommendation) -> bool:
    """Tell whether a wish has the place of what was found: it kept that, or its own words stand nowhere."""
    same = all(getattr(before, field) == getattr(after, field) for field in TEXT_FIELDS[1:])
    return same or placed.start == placed.end


def _placed(one: Recommendation, scale: float, reading: Reading) -> Recommendation:
    start, end = reading.place(one.text, min(round(one.start * scale), reading.length))
    own_id = one.id
    if own_id.startswith(one.review_id):  # ids name the review, then the words
        own_id = f"{reading.review_id}{own_id.removeprefix(one.review_id)}"
    return replace(one, id=own_id, review_id=reading.review_id, start=start, end=end)
