"""Corrections as differences between what was found and what is wanted, applied to what is found anew.

A correction holds both sides in full, so that it can be shown, taken back, and applied again after the rules
that find recommendations have changed. Only the fields that the analyst changed are applied: an agency that
was corrected stays so while the text that is found may grow by a sentence. Another reading of the same file
has other offsets, blanks and hyphens: what was corrected is looked up in it, then applied by id or place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from srtminer.model import Correction, Recommendation
from srtminer.text.names import unique
from srtminer.text.words import plain_words, single_spaced

EDITED, ADDED = "edited", "added"

TEXT_FIELDS = ("text", "start", "end")
"""What changes together: a text and its place."""
FIELDS = (*TEXT_FIELDS, "references", "agencies", "lead", "date", "page", "last_page")
"""What an analyst can correct."""


def differences(found: Sequence[Recommendation], wanted: Sequence[Recommendation]) -> tuple[Correction, ...]:
    """Give the corrections that turn one list into the other, by place; ids say what is what."""
    by_id = {one.id: one for one in wanted}
    known = {one.id for one in found}
    pairs = ((one, by_id.get(one.id)) for one in found)
    edited = (Correction(one, other) for one, other in pairs if other is None or _edits(one, other))
    added = (Correction(None, one) for one in wanted if one.id not in known)
    return tuple(sorted((*edited, *added), key=_place))


def corrected(
    found: Sequence[Recommendation], corrections: Sequence[Correction]
) -> tuple[tuple[Recommendation, ...], tuple[Correction, ...]]:
    """Apply corrections; give the recommendations by place, and the corrections with what each fits now.

    What an edited or deleted recommendation is now: the one of the same id, else the one that lies mostly at
    its place. Where that is gone, the edited one stands as the analyst left it: he has the last word.
    """
    gone: set[str] = set()
    made: list[Recommendation] = []
    fitting: list[Correction] = []
    for one, target in zip(corrections, _targets(found, corrections), strict=True):
        gone |= _superseded(found, one, target)
        fitting.append(replace(one, fits=one.before is None or target is not None))
        if one.after is not None and one.before is None:
            made.append(replace(one.after, correction=ADDED))
        elif one.after is not None and one.before is not None:
            made.append(replace(target or one.before, correction=EDITED, **_edits(one.before, one.after)))
    untouched = (one for one in found if one.id not in gone)
    result = sorted((*untouched, *made), key=lambda one: (one.start, one.end))
    taken: set[str] = set()  # one that was edited may be found in other words as well
    return tuple(replace(one, id=unique(one.id, taken)) for one in result), tuple(fitting)


def _edits(before: Recommendation, after: Recommendation) -> dict[str, Any]:
    """Give the fields that an edit changes, with their new values; a place changes with its text."""
    fields = [field for field in FIELDS if before.text != after.text or field not in TEXT_FIELDS]
    return {one: getattr(after, one) for one in fields if getattr(before, one) != getattr(after, one)}


def _place(correction: Correction) -> tuple[int, int]:
    one = correction.before or correction.after
    return (one.start, one.end) if one else (0, 0)


def _targets(
    found: Sequence[Recommendation], corrections: Sequence[Correction]
) -> list[Recommendation | None]:
    """Give what each correction is about now: first by ids, then each of the rest by its place."""
    free = {one.id: one for one in found}
    targets = [correction.before and free.pop(correction.before.id, None) for correction in corrections]
    for number, correction in enumerate(corrections):
        if targets[number] is None and correction.before is not None:
            inside = [one for one in free.values() if _lies_in(one, correction.before)]
            targets[number] = max(inside, key=lambda one: (one.end - one.start, -one.start), default=None)
            free.pop(target.id if (target := targets[number]) else "", None)
    return targets


def _superseded(
    found: Sequence[Recommendation], correction: Correction, target: Recommendation | None
) -> set[str]:
    """List the ids of what a correction replaces.

    Besides the target: the other parts of one that is found in parts now, unless its text was left as it
    was; and what was added by hand and is found now.
    """
    before, after = correction.before, correction.after
    if before is None:
        words = single_spaced(after.text) if after else ""
        return {one.id for one in found if single_spaced(one.text) == words}
    parts = (target is None or target.id != before.id) and (after is None or after.text != before.text)
    same = {target.id} if target else set()
    return same | {one.id for one in found if parts and _lies_in(one, before)}


def _lies_in(one: Recommendation, place: Recommendation) -> bool:
    """Tell whether more than half of a recommendation stands at the place of another."""
    overlap = min(one.end, place.end) - max(one.start, place.start)
    return overlap * 2 > one.end - one.start


SIMILAR = 0.6
"""Share of words in common (Dice's coefficient) from which a text is another reading of one.

Why: readers break words and drop signs, which leaves most words as they are.
"""


def similarity(one: str, other: str) -> float:
    """Give the share of words in common, each as often as it stands (Dice 1945), 0 to 1."""
    words, others = (Counter(plain_words(text)) for text in (one, other))
    return 2 * (words & others).total() / max(words.total() + others.total(), 1)


class Reading:
    """Another reading of a text, in which what was corrected is looked up by its letters and digits."""

    def __init__(self, review_id: str, text: str, found: Sequence[Recommendation]) -> None:
        self.review_id = review_id
        self._found = found
        self._text = text
        self._places = [place for place, character in enumerate(text) if character.isalnum()]
        self._letters = "".join(text[place] for place in self._places)

    def place(self, text: str, near: int) -> tuple[int, int]:
        """Give where a text stands, blanks and signs aside, nearest to an offset.

        Where it stands nowhere, the recommendation with most of its words tells; without one, (near, near).
        """
        letters = "".join(filter(str.isalnum, text))
        found = re.finditer(re.escape(letters), self._letters) if letters else ()
        places = [(self._places[one.start()], self._places[one.end() - 1] + 1) for one in found]
        if not places and self._found:
            likest = max(self._found, key=lambda one: similarity(text, one.text))
            if similarity(text, likest.text) >= SIMILAR:
                places = [(likest.start, likest.end)]
        return min(places, key=lambda place: abs(place[0] - near), default=(near, near))

    def moved(self, one: Recommendation) -> Recommendation:
        """Give a recommendation its id and its place here; one that stands nowhere has an empty place."""
        start, end = self.place(one.text, min(one.start, len(self._text)))
        own_id = one.id
        if own_id.startswith(one.review_id):  # ids name the review, then the words
            own_id = f"{self.review_id}{own_id.removeprefix(one.review_id)}"
        return replace(one, id=own_id, review_id=self.review_id, start=start, end=end)


def carried(corrections: Sequence[Correction], reading: Reading) -> tuple[Correction, ...]:
    """Give corrections the ids and places that they have in another reading of the text.

    One whose words stand nowhere gets an empty place, at which nothing is found: it will not fit.
    """
    moved = []
    for correction in corrections:
        was, wanted = correction.before, correction.after
        before, after = (one and reading.moved(one) for one in (was, wanted))
        if was and before and wanted and after:
            at_once = (was.start, was.end) == (wanted.start, wanted.end)
            if at_once or after.start == after.end:
                after = replace(after, start=before.start, end=before.end)
        moved.append(replace(correction, before=before, after=after))
    return tuple(moved)
