"""How far codings of the same recommendations agree: people with the program, people with each other."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

import numpy as np
from numpy.typing import NDArray

NONE = "none"
"""The code of what fits no theme."""
FEW = 5
"""Recommendations with a theme, of any coder, below which its figures say nothing.

Why: where one coder gave it to four among many, each of these that the other gives it too moves kappa by 0.14
to 0.4, and resampling cannot see that.
"""
WIDTHS = (0.1, 0.05)
"""Halves of the intervals that people ask for."""

Codes = tuple[str, ...]
"""The theme that each coder gave a recommendation, in the order of the coders, two at least."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and how sure it is; None where it is not defined, as of a code that nobody used."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def half(self) -> float:
        """Half its width, 0 where it is not defined."""
        return 0.0 if self.low is None or self.high is None else (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """Agreement on whether a recommendation has one theme."""

    theme: str
    counts: tuple[int, ...]
    """Recommendations to which each coder gave it."""
    together: int
    """Recommendations to which all gave it."""
    few: bool
    """Whether it was given too seldom for its figures to say anything about the coders."""
    kappa: Interval
    alpha: Interval


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two of several coders agree."""

    first: int
    """Place among the coders."""
    second: int
    same: int
    kappa: Interval
    """Cohen's."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree."""

    items: int
    same: int
    """Recommendations to which all gave the same theme."""
    kappa: Interval
    """Cohen's of two coders, Fleiss' of more."""
    alpha: Interval
    """Krippendorff's, for names."""
    ami: float | None
    """Adjusted mutual information: agreement on what belongs together, whatever it is called.

    Of more than two coders the mean over pairs.
    """
    ari: float | None
    """Adjusted Rand index: the same."""
    themes: tuple[ThemeAgreement, ...]
    """Most used first."""
    pairs: tuple[PairAgreement, ...]
    """Each two of more than two coders."""
    confusion: tuple[tuple[str, str, int], ...]
    """(code of one coder, code of the other, recommendations), most first; of all pairs of coders."""
    disagreements: Mapping[str, Codes]

    @property
    def needed(self) -> list[tuple[float, int]]:
        """How many rows kappa within some widths takes: its interval shrinks with their square root."""
        half = self.kappa.half
        return [(width, ceil(self.items * (half / width) ** 2)) for width in WIDTHS if half > width]


def stratified(groups: Mapping[str, Sequence[str]], size: int, seed: int) -> tuple[str, ...]:
    """Draw items so that every group has its share, and one at least where there is room; in random order.

    The shares are those of Webster and Sainte-Laguë (1910). The order of the groups and of their items has no
    influence.
    """
    generator, turns = random.Random(seed), []  # not for secrets: the same seed must give the same sheet
    for name in sorted(groups):
        items = generator.sample(sorted(groups[name]), len(groups[name]))
        turns += [(place > 0, (place + 0.5) / len(items), name, item) for place, item in enumerate(items)]
    drawn = [item for *_, item in sorted(turns)[:size]]
    generator.shuffle(drawn)
    return tuple(drawn)


RESAMPLES = 2000
"""Bootstrap samples. Grows: steadier ends of the intervals, more time."""
LEVEL = 95
"""Per cent of the resampled values inside an interval."""
DECIMALS = 10
NOTHING = 1e-12
"""Chance disagreement below which all codes are one."""

Array = NDArray[np.float64]
Coders = Sequence[Sequence[str]]
"""The codes of each coder, for the same items in the same order."""


def agreement(coded: Mapping[str, Codes], seed: int = 0) -> Agreement:
    """Compare coders by what they gave recommendations, known by their ids, of which there must be some.

    Their order has no influence.
    """
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score  # a second to import

    coders = list(zip(*(coded[item] for item in sorted(coded)), strict=True))
    number = len(coded)
    drawn = np.random.default_rng(seed).multinomial(number, np.full(number, 1 / number), size=RESAMPLES)
    weights = drawn.astype(np.float64)  # how often each item stands in each sample
    places = list(combinations(range(len(coders)), 2))
    pairs = [(coders[first], coders[second]) for first, second in places]
    same = [sum(one == other for one, other in zip(*pair, strict=True)) for pair in pairs]
    by_pair = (
        PairAgreement(*place, alike, _both(pair, weights)[0])
        for place, alike, pair in zip(places, same, pairs, strict=True)
    )
    kappa, alpha = _both(coders, weights)
    differ = {item: coded[item] for item in sorted(coded) if len(set(coded[item])) > 1}
    return Agreement(
        items=number,
        same=number - len(differ),
        kappa=kappa,
        alpha=alpha,
        ami=_together(adjusted_mutual_info_score, pairs),
        ari=_together(adjusted_rand_score, pairs),
        themes=_themes(coders, weights),
        pairs=tuple(by_pair) if len(pairs) > 1 else (),
        confusion=_confusion(pairs),
        disagreements=differ,
    )


def _together(
    score: Callable[..., float], pairs: Sequence[tuple[Sequence[str], Sequence[str]]]
) -> float | None:
    """Give the mean over pairs of what belongs together; undefined where a coder has one theme for all."""
    if any(len(set(codes)) < 2 for pair in pairs for codes in pair):
        return None
    return round(float(np.mean([score(*pair) for pair in pairs])), DECIMALS)


def _themes(coders: Coders, weights: Array) -> tuple[ThemeAgreement, ...]:
    """Compare the coders on each theme against all others, the most used first."""
    counts = [Counter(codes) for codes in coders]
    total = sum(counts, Counter())
    found = []
    for theme in sorted(total, key=lambda name: (-total[name], name)):
        has = [[code == theme for code in codes] for codes in coders]
        kappa, alpha = _both([list(map(str, codes)) for codes in has], weights)
        given = list(map(sum, zip(*has, strict=True)))
        together, few = given.count(len(coders)), sum(map(bool, given)) < FEW
        each = tuple(count[theme] for count in counts)
        found.append(ThemeAgreement(theme, each, together, few, kappa, alpha))
    return tuple(found)


def _confusion(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> tuple[tuple[str, str, int], ...]:
    """Count what each two coders called the same recommendation, the most frequent first.

    Of two coders the first one's code comes first; of more the codes are in order.
    """
    each = (both for pair in pairs for both in zip(*pair, strict=True))
    counts = Counter(each if len(pairs) == 1 else ((min(both), max(both)) for both in each))
    return tuple((*both, count) for both, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _both(coders: Coders, weights: Array) -> tuple[Interval, Interval]:
    """Give kappa and alpha, undefined where all codes are one.

    Each has the percentile interval of the resampled values that are defined, after Efron (1979).
    """
    if len({code for codes in coders for code in codes}) < 2:
        return Interval(None), Interval(None)
    found, tail = [], (100 - LEVEL) / 2
    values = kappas_and_alphas(coders, np.ones((1, len(coders[0]))))
    for value, resampled in zip(values, kappas_and_alphas(coders, weights), strict=True):
        ends = np.percentile(resampled[~np.isnan(resampled)], [tail, 100 - tail])
        found.append(Interval(round(float(value[0]), DECIMALS), *np.round(ends, DECIMALS).tolist()))
    return found[0], found[1]


def kappas_and_alphas(coders: Coders, weights: Array) -> tuple[Array, Array]:
    """Give kappa and alpha of each sample, NaN where all its codes are one.

    Sources: Cohen (1960) for two coders, Fleiss (1971) for more; Krippendorff, Computing Krippendorff's
    Alpha-Reliability (2011), nominal data without gaps.
    """
    names = sorted({code for codes in coders for code in codes})
    given = np.array([[[code == name for name in names] for code in codes] for codes in coders], dtype=float)
    number, total = len(coders), weights.sum(axis=1)
    per_item = given.sum(axis=0)
    pairs_alike = (per_item * (per_item - 1)).sum(axis=1) / (number * (number - 1))
    observed = weights @ pairs_alike / total
    per_coder = np.einsum("si,cin->csn", weights, given)
    pooled = per_coder.sum(axis=0)
    by_chance = per_coder.prod(axis=0) if number == 2 else (pooled / number) ** 2
    chance = by_chance.sum(axis=1) / total**2
    values = number * total
    differ = 1 - (pooled * (pooled - 1)).sum(axis=1) / (values * (values - 1))
    kappa = (observed - chance) / np.where(1 - chance < NOTHING, np.nan, 1 - chance)
    alpha = 1 - (1 - observed) / np.where(differ < NOTHING, np.nan, differ)
    return kappa, alpha
