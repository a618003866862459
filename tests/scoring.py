"""How good is an extraction? Found recommendations against the annotated ones.

Pure functions over `Item`s. Texts count as the same when their token F1 is at least `THRESHOLD`; pairs
are matched one to one, so that a recommendation found twice counts once and the second one is false.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from srtminer.model import Recommendation

THRESHOLD = 0.6

_TOKEN = re.compile(r"[a-z0-9]+")
_LABEL = re.compile(r"^(?:[\w ]+ )?(?:recommendation|paragraph|para|no)\.? (?=\S*[0-9])")
_APOSTROPHES = str.maketrans("‘’ʼ`´", "'''''")


@dataclass(frozen=True, slots=True)
class Item:
    """One recommendation, annotated or found, as far as the score looks at it."""

    text: str
    references: tuple[str, ...] = ()
    """Printed numbers or labels; empty if none is printed."""
    agencies: tuple[tuple[str, str], ...] = ()
    """(name, kind) of everybody who is asked to act; kind may be empty."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one document or, added up, of many."""

    expected: int = 0
    found: int = 0
    matched: int = 0
    agencies_right: int = 0
    """Of the matched."""
    references_right: int = 0
    """Of the matched."""

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.expected + other.expected,
            self.found + other.found,
            self.matched + other.matched,
            self.agencies_right + other.agencies_right,
            self.references_right + other.references_right,
        )

    @property
    def precision(self) -> float:
        """Share of the found that are right; 1 if nothing was found."""
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the annotated that were found; 1 if none are annotated."""
        return self.matched / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 if nothing is annotated and nothing found."""
        total = self.expected + self.found
        return 2 * self.matched / total if total else 1.0

    @property
    def agency_accuracy(self) -> float:
        """Share of the matched whose agency is right; 1 if none matched."""
        return self.agencies_right / self.matched if self.matched else 1.0

    @property
    def reference_accuracy(self) -> float:
        """Share of the matched whose reference is right; 1 if none matched."""
        return self.references_right / self.matched if self.matched else 1.0


def tokens(text: str) -> Counter[str]:
    """Count the words and numbers of a text, without case and punctuation."""
    return Counter(_TOKEN.findall(text.lower()))


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Token F1 of two texts, 0 to 1."""
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total()) if shared else 0.0


def match(expected: Sequence[str], found: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Pair texts one to one so that the overlap adds up to the most; pairs below `THRESHOLD` are dropped.

    Returns (index in expected, index in found), ascending.
    """
    if not expected or not found:
        return ()
    counted = [tokens(text) for text in found]
    overlaps = np.array([[overlap(tokens(text), other) for other in counted] for text in expected])
    rows, columns = linear_sum_assignment(-overlaps)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return tuple((row, column) for row, column in pairs if overlaps[row, column] >= THRESHOLD)


def score(expected: Sequence[Item], found: Sequence[Item]) -> Score:
    """Score the recommendations found in one document against those annotated."""
    pairs = match([item.text for item in expected], [item.text for item in found])
    return Score(
        expected=len(expected),
        found=len(found),
        matched=len(pairs),
        agencies_right=sum(same_agency(expected[row], found[column]) for row, column in pairs),
        references_right=sum(same_reference(expected[row], found[column]) for row, column in pairs),
    )


def misses(expected: Sequence[Item], found: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """What was not found, and what was found and should not have been; for reading, not for counting."""
    pairs = match([item.text for item in expected], [item.text for item in found])
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    return (
        tuple(item for index, item in enumerate(expected) if index not in rows),
        tuple(item for index, item in enumerate(found) if index not in columns),
    )


def same_agency(expected: Item, found: Item) -> bool:
    """Whether one of the annotated agencies was found, by name or by kind; none must stay none."""
    if not expected.agencies or not found.agencies:
        return not expected.agencies and not found.agencies
    names = {fold_name(name) for name, _ in expected.agencies}
    kinds = {kind for _, kind in expected.agencies if kind}
    return any(fold_name(name) in names or kind in kinds for name, kind in found.agencies)


def same_reference(expected: Item, found: Item) -> bool:
    """Whether the leading annotated reference is among those found; none must stay none."""
    if not expected.references:
        return not found.references
    return fold_reference(expected.references[0]) in {fold_reference(text) for text in found.references}


def fold_name(name: str) -> str:
    """Fold case, apostrophes, white space and a leading article."""
    return " ".join(name.translate(_APOSTROPHES).casefold().split()).removeprefix("the ")


def fold_reference(reference: str) -> str:
    """Fold case, closing marks and the label before a number: "Safety recommendation 3:" is "3"."""
    return _LABEL.sub("", " ".join(reference.casefold().split()).strip("().:[] "))


def read_expected(path: Path) -> tuple[Item, ...]:
    """Read the annotations of one document, one JSON object a line."""
    return tuple(_expected(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())


def of_recommendation(recommendation: Recommendation) -> Item:
    """What the score looks at of an extracted recommendation."""
    agencies = tuple((agency.name, agency.kind) for agency in recommendation.agencies)
    return Item(recommendation.text, recommendation.references, agencies)


def _expected(row: dict[str, object]) -> Item:
    references = row.get("references") or [row["reference"]]
    others = row.get("others") or []
    assert isinstance(references, list)
    assert isinstance(others, list)
    agencies = tuple((str(one["agency"]), str(one["kind"] or "")) for one in [row, *others] if one["agency"])
    return Item(str(row["text"]), tuple(str(text) for text in references if text), agencies)
