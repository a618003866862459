"""A theme's name: a phrase of its texts, in its most frequent printed form, unlike any other name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import and_

import numpy as np

from srtminer.themes.needs import Phrase

LENGTH_BONUS = {1: 0.4, 2: 1.2, 3: 1.2, 4: 0.8}
"""By content words. Why: "supervision" names a theme less well than "reflective supervision"."""
ONCE = 0.4
"""Discount of a phrase in a single member of a larger theme: it names a recommendation, not a theme."""
KEPT = 40
"""Candidates a theme that are looked at when names clash."""
WORTH_A_WORD = 0.15
"""A phrase is preferred to its single word from this share of the word's score. Grows: more bare words."""
WORTH_ANOTHER = 0.45
"""Any phrase is preferred to a single word from this share of its score. Grows: more bare words."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that could name a theme."""

    key: Key
    surface: str
    score: float


class PhraseCounts:
    """In how many members of each theme each phrase and stem stands, in which forms; filled row by row."""

    def __init__(self, themes: int) -> None:
        self.rows: list[Counter[Key]] = [Counter() for _ in range(themes)]
        self.forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self.sizes = [0] * themes
        self.members: list[defaultdict[str, int]] = [defaultdict(int) for _ in range(themes)]
        """For each stem one bit a member."""

    def add(self, theme: int, phrases: Sequence[Phrase], stems: Iterable[str]) -> None:
        """Count the phrases and the stems of one member."""
        for stem in stems:
            self.members[theme][stem] |= 1 << self.sizes[theme]
        self.sizes[theme] += 1
        self.rows[theme].update({phrase.key for phrase in phrases})
        for phrase in phrases:
            self.forms[phrase.key][phrase.surface] += 1

    def covered(self, theme: int, key: Key) -> int:
        """Count the members that have all words of a phrase, wherever they stand."""
        everyone = (1 << self.sizes[theme]) - 1
        return reduce(and_, (self.members[theme].get(stem, 0) for stem in key), everyone).bit_count()

    def surface(self, key: Key) -> str:
        """Give the most frequent printed form of a phrase; of two, that without possessive, then the longer.

        Why the longer: "thresholds" heads a theme better than "threshold", "signs of neglect" than "sign".
        """
        forms = self.forms[key].items()
        return min(forms, key=lambda form: (-form[1], "'" in form[0], -len(form[0]), form[0]))[0]


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
    nested = cut_short(counts, everywhere, theme)
    scored = []
    for key, inside in counts.rows[theme].items():
        if key in nested or repeats(key):
            continue
        outside = (everywhere[key] - inside + 0.5) / (others + 1)
        exclusive = np.log1p(inside / size / outside)
        central = sum(weights.get(stem, 0.0) for stem in set(key)) / top / len(set(key)) ** 0.5
        covered = max(inside, counts.covered(theme, key))
        reach = (inside + covered) / 2 / size
        score = reach * exclusive * central * LENGTH_BONUS.get(len(key), 0.5)
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
        best = spelled_out([c for c in theme if not any(is_of_one(set(c.key), other) for other in taken)])
        if best is not None:
            taken.append(set(best.key))
        labels.append(capitalised(best.surface) if best else unique(capitalised(fallback), labels))
    return tuple(labels)


def cut_short(counts: PhraseCounts, everywhere: Mapping[Key, int], theme: int) -> set[Key]:
    """Give the phrases that stand nowhere but at the beginning of one longer phrase, and say no more.

    Why: "parental drug" stands in "parental drug misuse" only. Nestedness after Frantzi and others (2000).
    """
    return {
        key[:end]
        for key in counts.rows[theme]
        for end in range(1, len(key))
        if everywhere[key[:end]] == everywhere[key]
        and counts.covered(theme, key[:end]) <= counts.covered(theme, key)
    }


def repeats(key: Key) -> bool:
    """Tell whether a phrase says one word twice: "claimant's claim"."""
    return any(one != other and one.startswith(other) for one in key for other in key)


def is_of_one(key: set[str], other: set[str]) -> bool:
    """Tell whether one name has all words of the other."""
    return key <= other or other <= key


def spelled_out(candidates: Sequence[Candidate]) -> Candidate | None:
    """Give the best candidate; for a single word, the best phrase, or the best with that word, if worth it.

    Why: "supervision" is a heading of a textbook, "safeguarding supervision" a theme.
    """
    if not candidates or len(candidates[0].key) > 1:
        return candidates[0] if candidates else None
    word = candidates[0]
    longer = [c for c in candidates if 1 < len(c.key) < 4]
    good = (c for c in longer if c.score >= WORTH_ANOTHER * word.score)
    same = (c for c in longer if c.score >= WORTH_A_WORD * word.score and word.key[0] in c.key)
    return next(chain(good, same), word)


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
