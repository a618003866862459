"""A theme's name: a phrase of its texts, in its usual printed form, unlike any other name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from srtminer.themes.counts import Key, PhraseCounts

LENGTH_BONUS = {1: 0.4, 2: 1.2, 3: 1.2, 4: 0.8}
"""By content words. Why: "sentences" names a theme less well than "mandatory minimum sentences"."""
ONCE = 0.4
"""Discount of a phrase in a single member of a larger theme: it names a recommendation, not a theme."""
KEPT = 40
"""Candidates a theme that are looked at when names clash."""
WORTH_A_WORD = 0.15
"""A phrase is preferred to its single word from this share of the word's score. Grows: more bare words."""
WORTH_ANOTHER = 0.45
"""Any phrase is preferred to a single word from this share of its score. Grows: more bare words."""
MINOR = 0.5
"""Discount of a phrase that names a person, a setting or a condition. Grows: more of them name themes."""
KNOWN = 2.0
"""Preference of the names of matters over other phrases. Grows: fewer labels in the texts' own words."""
HOLD = 0.5
"""More than this share of a theme's members speak of a matter that names it. Grows: fewer such names."""
UNSEEN = 0.5
"""Members added to those outside that have a phrase. Grows: frequent phrases win over exclusive ones."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that could name a theme."""

    key: Key
    surface: str
    score: float
    known: bool = False
    """It names a matter that most of the theme speaks of: nothing need be spelled out."""


def label_candidates(counts: PhraseCounts, weights: Sequence[Mapping[str, float]]) -> list[list[Candidate]]:
    """Give each theme's candidates, best first; `weights` are each theme's mean TF-IDF by stem."""
    everywhere: Counter[Key] = Counter()
    for rows in counts.rows:
        everywhere.update(rows)
    return [list(_candidates(counts, everywhere, theme, weight)) for theme, weight in enumerate(weights)]


def _candidates(
    counts: PhraseCounts, everywhere: Counter[Key], theme: int, weights: Mapping[str, float]
) -> Iterator[Candidate]:
    known = known_names(counts, theme)
    scored = [(score, key) for key, score in _scores(counts, everywhere, theme, weights) if key not in known]
    scored.extend((score, key) for key, (score, _) in known.items())
    for score, key in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:KEPT]:
        _, printed = known.get(key, (0, ""))
        yield Candidate(key, counts.surface(theme, key, printed), score, key in known)


def _scores(
    counts: PhraseCounts, everywhere: Counter[Key], theme: int, weights: Mapping[str, float]
) -> Iterator[tuple[Key, float]]:
    size, top = counts.sizes[theme], max(weights.values(), default=1.0)
    nested = cut_short(counts, everywhere, theme)
    for key, inside in counts.rows[theme].items():
        if key in nested or repeats(key):
            continue
        central = sum(weights.get(stem, 0.0) for stem in set(key)) / top / len(set(key)) ** 0.5
        covered = max(inside, counts.covered(theme, key))
        reach = (inside + covered) / 2 / size
        score = reach * exclusive(counts, theme, inside, everywhere[key]) * central**0.5
        score *= LENGTH_BONUS.get(len(key), 0.5) * (MINOR if counts.is_minor(key) else 1)
        yield key, round(float(score * (ONCE if inside < 2 < size else 1)), 10)


def exclusive(counts: PhraseCounts, theme: int, inside: int, everywhere: int) -> float:
    """Tell how much more frequent something is in a theme than outside: log(1 + ratio of the shares)."""
    size, others = counts.sizes[theme], sum(counts.sizes) - counts.sizes[theme]
    outside = (everywhere - inside + UNSEEN) / (others + 2 * UNSEEN)
    return float(np.log1p(inside / size / outside))


def known_names(counts: PhraseCounts, theme: int) -> dict[Key, tuple[float, str]]:
    """Give the names of the matters that most members of a theme speak of, by score and how they are printed.

    Each matter has one: the first of its names that stands in a member. Why: of "reflective supervision" and
    "safeguarding supervision" one more review would make the other the most frequent.
    """
    found: dict[Key, tuple[float, str]] = {}
    for number, matter in enumerate(counts.matters):
        inside = counts.held[theme][number]
        name = next((name for name in matter.names if counts.stands(theme, name)), None)
        if name is None or inside < 2 or inside <= HOLD * counts.sizes[theme]:
            continue
        ratio = exclusive(counts, theme, inside, sum(held[number] for held in counts.held))
        score = round(KNOWN * inside / counts.sizes[theme] * ratio, 10)
        if score > found.get(name.key, (0.0, ""))[0]:
            found[name.key] = (score, name.printed)
    return found


def choose_labels(candidates: Sequence[Sequence[Candidate]], fallbacks: Sequence[str]) -> tuple[str, ...]:
    """Give each theme its best name that is no other's, or its fallback.

    A name is another's if one has all words of the other ("supervision", "reflective supervision").
    """
    labels: list[str] = []
    for name, fallback in zip(shared_out(candidates), fallbacks, strict=True):
        labels.append(titled(name.surface) if name else unique(titled(fallback), labels))
    return tuple(labels)


def shared_out(candidates: Sequence[Sequence[Candidate]]) -> list[Candidate | None]:
    """Give each theme the best of its candidates that is no other theme's, the best fitting name first.

    Why not theme by theme: a large theme that mentions domestic abuse would take the name of that about it.
    """
    left = list(candidates)
    names: list[Candidate | None] = [None] * len(left)
    best = {i: name for i, theme in enumerate(left) if (name := spelled_out(theme))}
    while best:
        theme = min(best, key=lambda i: (-best[i].score, i))
        names[theme] = chosen = best.pop(theme)
        for other in sorted(best):
            left[other] = [c for c in left[other] if not is_of_one(set(c.key), set(chosen.key))]
            if name := spelled_out(left[other]):
                best[other] = name
            else:
                del best[other]
    return names


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
    """Tell whether a phrase says one word twice: "claimant's claim", "deaths of death"."""
    return len(set(key)) < len(key) or any(
        one != other and one.startswith(other) for one in key for other in key
    )


def is_of_one(key: set[str], other: set[str]) -> bool:
    """Tell whether one name has all words of the other."""
    return key <= other or other <= key


def spelled_out(candidates: Sequence[Candidate]) -> Candidate | None:
    """Give the best candidate; for a single word, the best phrase, or the best with that word, if worth it.

    Why: "sentences" may be anything, "mandatory minimum sentences" is a theme; names of matters are known.
    """
    if not candidates or len(candidates[0].key) > 1 or candidates[0].known:
        return candidates[0] if candidates else None
    word = candidates[0]
    longer = [c for c in candidates if 1 < len(c.key) < 4]
    good = (c for c in longer if c.score >= WORTH_ANOTHER * word.score)
    same = (c for c in longer if c.score >= WORTH_A_WORD * word.score and word.key[0] in c.key)
    return next(chain(good, same), word)


def titled(label: str) -> str:
    """Begin with a capital and end without a possessive, the rest as it is: "claimants'" is Claimants."""
    return (label[:1].upper() + label[1:]).removesuffix("'s").removesuffix("'")


def unique(name: str, taken: Sequence[str]) -> str:
    """Give the name itself, or with the first number from 2 that is free."""
    if name not in taken:
        return name
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"
