"""Each recommendation to the theme of a codebook that it fits best, or to none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srtminer.codebooks.codebook_entries import Codebook
from srtminer.codebooks.cues import Cue, compile_cue, index_of, scores
from srtminer.errors import UsageError

Scores = NDArray[np.float64]
Labels = NDArray[np.int64]

HINT = 0.3
"""What a hint counts against a cue."""
CLOSENESS = 4.0
"""What being just like the examples counts against a cue. Grows: examples matter more, cues less."""
ALONE = 0.2
"""Closeness to a theme's examples that makes a member without any cue."""
SECOND = 0.8
"""Share of the best score that a second theme has, at least. Grows: fewer recommendations have two themes."""
NONE = -1


@dataclass(frozen=True, slots=True)
class Fit:
    """How well texts fit themes, shape (texts, themes) each."""

    cues: Scores
    hints: Scores
    closeness: Scores


def cue_scores(codebook: Codebook, texts: Sequence[Sequence[str]]) -> tuple[Scores, Scores]:
    """Score texts, given by their stems, by the cues and by the hints of each theme.

    Raises `UsageError` for a cue or hint that can match nothing.
    """
    shape = (len(texts), len(codebook.themes))
    found = []
    for kind in ("cues", "hints"):
        index = index_of(_compiled(codebook, kind))
        table = np.zeros(shape)
        for row, text in enumerate(texts):
            for theme, score in scores(text, index).items():
                table[row, theme] = score
        found.append(table)
    weights = np.array([theme.weight for theme in codebook.themes])
    return found[0] * weights, found[1] * weights


def _compiled(codebook: Codebook, kind: str) -> list[Cue]:
    found = []
    for number, theme in enumerate(codebook.themes):
        for phrase in getattr(theme, kind):
            cue = compile_cue(phrase, number)
            if cue is None:
                raise UsageError(
                    f"codebook {codebook.title!r}, theme {theme.name!r}: {phrase!r} in {kind} has no word of "
                    "two letters or more, so it would match nothing or everything; write it out"
                )
            found.append(cue)
    return found


def closeness(cosines: Scores, owners: Sequence[int], themes: int) -> Scores:
    """Give the cosine of each row with the nearest example of each theme, shape (rows, themes).

    Cosines are those of each row with each example; `owners` are the themes of the examples.
    """
    found = np.zeros((len(cosines), themes))
    for column, theme in zip(cosines.T, owners, strict=True):
        found[:, theme] = np.maximum(found[:, theme], column)
    return found


def assign(fit: Fit) -> Labels:
    """Give the theme of each text, the first of those that fit equally well, or `NONE`."""
    score = total(fit)
    if not score.shape[1]:
        return np.full(len(score), NONE)
    return np.where(score.max(axis=1) > 0, score.argmax(axis=1), NONE)


def seconds(fit: Fit, labels: Labels) -> Labels:
    """Give the theme that each text clearly belongs to besides the given one, by a cue of it, or `NONE`."""
    score = total(fit)
    if score.shape[1] < 2:
        return np.full(len(score), NONE)
    best = score.max(axis=1)
    others = np.where(fit.cues > 0, score, 0.0)
    rows = np.flatnonzero(labels != NONE)
    others[rows, labels[rows]] = 0.0
    clear = (labels != NONE) & (others.max(axis=1) >= SECOND * best) & (others.max(axis=1) > 0)
    return np.where(clear, others.argmax(axis=1), NONE)


def total(fit: Fit) -> Scores:
    """Add up how well texts fit themes; 0 where neither a cue nor an example speaks for it."""
    fits = (fit.cues > 0) | (fit.closeness >= ALONE)
    score: Scores = np.round(fit.cues + HINT * fit.hints + CLOSENESS * fit.closeness, 10)
    return np.where(fits, score, 0.0)
