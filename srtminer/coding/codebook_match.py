"""Each recommendation gets its theme of a codebook, and a second one where it clearly belongs to two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from srtminer.codebooks.codebook_assignment import (
    NONE,
    Fit,
    Labels,
    assign,
    closeness,
    cue_scores,
    seconds,
)
from srtminer.codebooks.codebook_entries import Codebook
from srtminer.codebooks.cues import words
from srtminer.model import Recommendation
from srtminer.vectors import TermMatrix, no_vectors, term_matrix
from srtminer.vectors.blend import Encode


@dataclass(frozen=True, slots=True)
class Coded:
    """Recommendations, by their ids, with their themes as positions in the codebook."""

    recommendations: tuple[Recommendation, ...]
    terms: TermMatrix
    """A row for each recommendation, then those of examples that are texts."""
    labels: Labels
    seconds: Labels
    absent: int
    """Number of examples that are not among the recommendations."""

    nowhere: frozenset[int]
    """Rows of recommendations that are to be in no theme."""

    def rest(self, *, open_to_new: bool = False) -> list[Recommendation]:
        """Give the recommendations that fit no theme, or those of them that may be in a new one."""
        left = np.flatnonzero(self.labels == NONE).tolist()
        return [self.recommendations[row] for row in left if not (open_to_new and row in self.nowhere)]

    def likeness(self, members: Sequence[Recommendation]) -> float:
        """Give the mean cosine of each two of the members, of which there are two at least."""
        wanted = {one.id for one in members}
        places = [place for place, one in enumerate(self.recommendations) if one.id in wanted]
        rows = self.terms.features[np.array(places, dtype=np.int64)]
        products = rows.products(rows)
        return float(products.sum() - np.trace(products)) / (len(places) * (len(places) - 1))


@dataclass(frozen=True, slots=True)
class _Example:
    theme: int
    row: int
    """In the term matrix."""


def code(
    codebook: Codebook,
    recommendations: Sequence[Recommendation],
    background: Sequence[str],
    meaning: Encode = no_vectors,
) -> Coded:
    """Assign recommendations to the themes of a codebook; one that is an example belongs where it is one.

    `meaning` encodes texts: how near recommendations are to examples hangs on words and meaning.
    """
    ordered = tuple(sorted(recommendations, key=lambda one: (one.id, one.text)))
    named = [example for theme in codebook.themes for example in theme.examples]
    ids = {one.id: row for row, one in enumerate(ordered)}
    texts = [example for example in dict.fromkeys(named) if example not in ids and " " in example]
    row_of = ids | {text: len(ordered) + place for place, text in enumerate(texts)}
    examples = _named([theme.examples for theme in codebook.themes], row_of)
    terms = term_matrix([*(one.text for one in ordered), *texts], background, meaning)
    never = _named([theme.never for theme in codebook.themes], ids)
    fit = _without(never, _fit(codebook, ordered, terms, examples))
    labels = _with_examples(assign(fit), examples)
    others = seconds(fit, labels)
    _place_also(_named([theme.also for theme in codebook.themes], ids), labels, others)
    outside = {
        row for row, one in enumerate(ordered) if {one.id, " ".join(one.text.split())} & {*codebook.none}
    }
    labels[[*outside]] = others[[*outside]] = NONE
    return Coded(ordered, terms, labels, others, sum(one not in row_of for one in named), frozenset(outside))


def _fit(
    codebook: Codebook,
    recommendations: Sequence[Recommendation],
    terms: TermMatrix,
    examples: Sequence[_Example],
) -> Fit:
    rows = terms.features[np.arange(len(recommendations))]
    shown = terms.features[np.array([one.row for one in examples], dtype=np.int64)]
    near = closeness(rows.products(shown), [one.theme for one in examples], len(codebook.themes))
    cues, hints = cue_scores(codebook, [words(one.text) for one in recommendations])
    return Fit(cues, hints, near)


def _with_examples(labels: Labels, examples: Sequence[_Example]) -> Labels:
    """Put examples where they are examples, the first theme that names one before others."""
    for one in reversed(examples):
        if one.row < len(labels):
            labels[one.row] = one.theme
    return labels


def _named(themes: Sequence[Sequence[str]], row_of: Mapping[str, int]) -> list[_Example]:
    """List the rows that themes name."""
    pairs = ((number, one) for number, named in enumerate(themes) for one in named)
    return [_Example(number, row_of[one]) for number, one in pairs if one in row_of]


def _without(never: Sequence[_Example], fit: Fit) -> Fit:
    """Let nothing speak for a theme where a recommendation is never to belong to it."""
    allowed = np.ones_like(fit.cues)
    for one in never:
        allowed[one.row, one.theme] = 0.0
    return Fit(fit.cues * allowed, fit.hints * allowed, fit.closeness * allowed)


def _place_also(also: Sequence[_Example], labels: Labels, others: Labels) -> None:
    """Put what belongs to a theme as well there second, or first where it has no theme of its own."""
    for one in reversed(also):
        (labels if labels[one.row] in (NONE, one.theme) else others)[one.row] = one.theme
