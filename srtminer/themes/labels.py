"""A theme's name: a phrase of its texts, in its most frequent printed form, unlike any other name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from srtminer.themes.needs import Phrase

LENGTH_BONUS = {1: 0.4, 2: 1.2, 3: 1.2, 4: 0.8}
"""By content words. Why: "supervision" names a theme less well than "reflective supervision"."""
ONCE = 0.4
"""Discount of a phrase in a single member of a larger theme: it names a recommendation, not a theme."""
KEPT = 40
"""Candidates a theme that are looked at when names clash."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that could name a theme."""

    key: Key
    surface: str
    score: float


class PhraseCounts:
    """In how many members of each theme each phrase stands, and in which forms; filled row by row."""

    def __init__(self, themes: int) -> None:
        self.rows: list[Counter[Key]] = [Counter() for _ in range(themes)]
        self.forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self.sizes = [0] * themes

    def add(self, theme: int, phrases: Sequence[Phrase]) -> None:
        """Count the phrases of one member."""
        self.sizes[theme] += 1
        self.rows[theme].update({phrase.key for phrase in phrases})
        for phrase in phrases:
            self.forms[phrase.key][phrase.surface] += 1

    def surface(self, key: Key) -> str:
        """Give the most frequent printed form of a phrase; of two, the shorter, then by alphabet."""
        return min(self.forms[key].items(), key=lambda form: (-form[1], len(form[0]), form[0]))[0]


def label_candidates(counts: PhraseCounts, weights: Sequence[Mapping[str, float]]) -> list[list[Candidate]]:
    """Give each theme's candidates, best first; `weights` are each theme's mean TF-IDF by stem."""
    everywhere: Counter[Key] = Counter()
    for rows in counts.rows:
        everywhere.update(rows)
    return [list(_candidates(counts, everywhere, theme, weight)) for theme, weight in enumerate(weights)]


def _candidates(
    counts: PhraseCounts, everywhere: Counter[Key], theme: int, weights: Mapping[str, float]
) -> Iterator[Candidate]:
    size, others = counts.sizes[theme], sum(counts.sizes) - counts.sizes[theme]
    top = max(weights.values(), default=1.0)
    scored = []
    for key, inside in counts.rows[theme].items():
        outside = (everywhere[key] - inside + 0.5) / (others + 1)
        exclusive = np.log1p(inside / size / outside)
        central = sum(weights.get(stem, 0.0) for stem in set(key)) / top / len(set(key)) ** 0.5
        score = inside / size * exclusive * central * LENGTH_BONUS.get(len(key), 0.5)
        scored.append((round(float(score * (ONCE if inside < 2 < size else 1)), 10), key))
    for score, key in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:KEPT]:
        yield Candidate(key, counts.surface(key), score)


def choose_labels(candidates: Sequence[Sequence[Candidate]], fallbacks: Sequence[str]) -> tuple[str, ...]:
    """Give each theme, the first ones first, its best name that is no other's; else its fallback.

    A name is another's if one has all words of the other ("supervision", "reflective supervision").
    """
    taken: list[set[str]] = []
    labels: list[str] = []
    for theme, fallback in zip(candidates, fallbacks, strict=True):
        free = (c for c in theme if not any(set(c.key) <= other or other <= set(c.key) for other in taken))
        best = next(free, None)
        if best is not None:
            taken.append(set(best.key))
        labels.append(capitalised(best.surface) if best else unique(capitalised(fallback), labels))
    return tuple(labels)


def capitalised(label: str) -> str:
    """Begin with a capital, the rest as it is."""
    return label[:1].upper() + label[1:]


def unique(name: str, taken: Sequence[str]) -> str:
    """Give the name itself, or with the first number from 2 that is free."""
    if name not in taken:
        return name
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"
