"""Where the cues of a codebook stand in a text, and which of its themes each recommendation fits best.

A cue matches by stems, so in any inflection; articles and possessives count neither in it nor in the text;
"…" or "..." between two words allows for some others there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srtminer.codebooks.codebook_format import Codebook
from srtminer.errors import UsageError
from srtminer.text.words import stems

GAP = 6
"""Words that "…" stands for, at most. Grows: more distant words are taken for one phrase."""
SKIPPED = frozenset(["a", "an", "the", "of", "his", "her", "their", "it", "our", "your", "s"])
"""Stems. Why: "voice of the child" and "voice of a child" are one cue."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of a theme, ready to be looked for."""

    theme: int
    parts: tuple[tuple[str, ...], ...]
    """Runs of stems; up to `GAP` other words between two of them."""

    @property
    def length(self) -> int:
        """Number of words."""
        return sum(map(len, self.parts))


Index = Mapping[str, Sequence[Cue]]
"""Cues by their first stem."""


def words(text: str) -> tuple[str, ...]:
    """Give the stems of a text by which cues are looked for."""
    return tuple(one for one in stems(text) if one not in SKIPPED)


def compile_cue(phrase: str, theme: int) -> Cue | None:
    """Make a cue of a phrase; None if it has no word of two letters."""
    parts = tuple(part for part in (words(text) for text in phrase.replace("...", "…").split("…")) if part)
    if not any(len(word) > 1 for part in parts for word in part):
        return None
    return Cue(theme, parts)


def index_of(cues: Iterable[Cue]) -> Index:
    """Index cues, so that a text is searched in one pass."""
    index: defaultdict[str, list[Cue]] = defaultdict(list)
    for cue in dict.fromkeys(cues):
        index[cue.parts[0][0]].append(cue)
    return dict(index)


def occurrences(text: Sequence[str], index: Index) -> Iterator[tuple[int, int, Cue]]:
    """Give (start, end, cue) of all cues in a text, as word positions."""
    for start, word in enumerate(text):
        for cue in index.get(word, ()):
            end = _end(text, start, cue.parts)
            if end:
                yield start, end, cue


def _end(text: Sequence[str], start: int, parts: Sequence[tuple[str, ...]]) -> int:
    """Give the position after a cue that begins here, or 0."""
    end = start
    for number, part in enumerate(parts):
        places = range(end, end + 1 + (GAP if number else 0))
        end = next((at + len(part) for at in places if tuple(text[at : at + len(part)]) == part), 0)
        if not end:
            return 0
    return end


def scores(text: Sequence[str], index: Index) -> dict[int, int]:
    """Count the cues of each theme that stand in a text, given by its stems.

    A cue counts once, and not where a longer one of the same theme stands.
    """
    taken: defaultdict[int, set[int]] = defaultdict(set)
    counted: defaultdict[int, set[Cue]] = defaultdict(set)
    found = sorted(occurrences(text, index), key=lambda one: (-one[2].length, one[0], one[1]))
    for start, end, cue in found:
        if taken[cue.theme].isdisjoint(range(start, end)):
            taken[cue.theme].update(range(start, end))
            counted[cue.theme].add(cue)
    return {theme: len(cues) for theme, cues in counted.items()}


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

    @property
    def total(self) -> Scores:
        """All of it together; 0 where neither a cue nor an example speaks for a theme."""
        fits = (self.cues > 0) | (self.closeness >= ALONE)
        score: Scores = np.round(self.cues + HINT * self.hints + CLOSENESS * self.closeness, 10)
        return np.where(fits, score, 0.0)


def cue_scores(codebook: Codebook, texts: Sequence[Sequence[str]]) -> tuple[Scores, Scores]:
    """Score texts, given by their stems, by the cues and by the hints of each theme.

    Raises `UsageError` for a cue or hint that can match nothing.
    """
    cues, hints = np.zeros((2, len(texts), len(codebook.themes)))
    for kind, table in (("cues", cues), ("hints", hints)):
        index = index_of(_compiled(codebook, kind))
        for row, text in enumerate(texts):
            for theme, score in scores(text, index).items():
                table[row, theme] = score * codebook.themes[theme].weight
    return cues, hints


def _compiled(codebook: Codebook, kind: str) -> Iterator[Cue]:
    for number, theme in enumerate(codebook.themes):
        for phrase in getattr(theme, kind):
            cue = compile_cue(phrase, number)
            if cue is None:
                raise UsageError(
                    f"codebook {codebook.title!r}, theme {theme.name!r}: {phrase!r} in {kind} has no word of "
                    "two letters or more, so it would match nothing or everything; write it out"
                )
            yield cue


def closeness(cosines: Scores, owners: Sequence[int], themes: int) -> Scores:
    """Give the cosine of each row with the nearest example of each theme, shape (rows, themes).

    Cosines are those of each row with each example; `owners` are the themes of the examples.
    """
    found = np.zeros((len(cosines), themes))
    np.maximum.at(found.T, np.array(owners, dtype=np.int64), cosines.T)
    return found


def assign(fit: Fit) -> Labels:
    """Give the theme of each text, the first of those that fit equally well, or `NONE`."""
    return _best(fit.total)


def seconds(fit: Fit, labels: Labels) -> Labels:
    """Give the theme that each text clearly belongs to besides the given one, by a cue of it, or `NONE`."""
    best = fit.total.max(axis=1, initial=0)
    others = np.where(fit.cues > 0, fit.total, 0.0)
    rows = np.flatnonzero(labels != NONE)
    others[rows, labels[rows]] = 0.0
    clear = (labels != NONE) & (others.max(axis=1, initial=0) >= SECOND * best)
    return np.where(clear, _best(others), NONE)


def _best(score: Scores) -> Labels:
    return np.where(score.max(axis=1) > 0, score.argmax(axis=1), NONE)
