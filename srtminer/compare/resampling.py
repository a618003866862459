"""Tests that resample whole reviews, since the recommendations of one review are not independent.

Where there are few enough arrangements all of them are gone through and the test is exact; else a fixed
sample of them is, always the same.

Why not scipy's permutation_test: it takes five times as long, as it draws anew for each group of a table and
for each trend goes through all orders of reviews, those of one year among them.

Sides with parts of the same reviews (the agencies asked, two fields at once) have a test of their own. The
difference of two shares is a sum over recommendations, each with a weight: positive on the first side,
negative on the second. It falls into what reviews differ in, their mean weight times their hits, and into
where within each review the theme stands. Without a difference both are chance: reviews can be shuffled, and
within a review any of its recommendations could have had the theme. The test draws both.

Why not flip the signs of what each review adds (Hemerik, Goeman, Finos 2020): a small agency mostly has no
recommendation with a theme, all signs agree, and a third of the tests find a difference where there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import factorial, prod
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.compare.contrasts import Counted, Tally

Values = NDArray[np.float64]
Whole = NDArray[np.signedinteger[Any]]

EXACT = 10_000
"""Arrangements that are all gone through; of more, one less is drawn at random."""
BLOCK = 500
"""Arrangements that are computed at once, to spare memory."""
SEED = 0
TOLERANCE = 1e-10
"""Two statistics that differ by less are equal: sums in another order differ in the last digits."""


@dataclass(frozen=True, slots=True)
class Resampled:
    """What resampling gives, shape (themes,)."""

    p: Values
    least: Values
    """The smallest p that any arrangement of these reviews could have given; after Tarone (1990)."""


def permutation_test(weights: Values, values: Values) -> Resampled:
    """Shuffle which review has which weight; the statistic is the weighted sum of the reviews' values.

    With weights of 1/a for the a reviews of one side and -1/b for the b of the other it is the difference of
    two means, with years less their mean as weights a trend. `weights` has shape (reviews,) and sums to 0,
    `values` has shape (reviews, themes).
    """

    def statistic(arrangements: Values) -> Values:
        sums: Values = arrangements @ values
        return sums

    observed = weights @ values
    if _arrangements(weights) <= EXACT:
        return compared(observed, iter([statistic(_all_orders(weights))]), exact=True)
    drawn = (weights[orders] for orders in drawn_orders(len(weights)))
    return compared(observed, map(statistic, drawn), exact=False)


def pearson_residuals(sizes: Values, hits: Values) -> Values:
    """Give how far each review is from the share of all, in standard deviations of a review of its length.

    Shapes: `sizes` (reviews,), `hits` and the result (reviews, themes). The variance is that of a
    beta-binomial count: size x (1 + (size - 1) x correlation of two recommendations of one review).

    Why: reviews can be shuffled only if they are alike. The share of a theme in five recommendations varies
    more than in thirty, and where one side has the short reviews, shuffled shares find five times too much.
    """
    scaled: Values = _residuals(sizes, hits) / standard_deviation(sizes, hits)[:, None]
    return scaled


def standard_deviation(sizes: Values, hits: Values) -> Values:
    """Give the standard deviation of a review's hits by its length, but for a factor of the theme's own."""
    deviation: Values = np.sqrt(sizes * (1 + (sizes - 1) * intraclass_correlation(sizes, hits)))
    return deviation


def intraclass_correlation(sizes: Values, hits: Values) -> float:
    """Estimate by moments how alike two recommendations of one review are: 0 to 1, for all themes alike."""
    n, pairs = len(sizes), float((sizes * (sizes - 1)).sum())
    shares = hits.sum(axis=0) / max(1.0, sizes.sum())
    variance = float((shares * (1 - shares)).sum())
    if n < 2 or not pairs or not variance:
        return 0.0
    squares = float((_residuals(sizes, hits) ** 2).sum()) / variance * n / (n - 1)
    return float(np.clip((squares - sizes.sum()) / pairs, 0, 1))


def _residuals(sizes: Values, hits: Values) -> Values:
    residuals: Values = hits - sizes[:, None] * hits.sum(axis=0) / max(1.0, sizes.sum())
    return residuals


def compared(observed: Values, null: Iterator[Values], *, exact: bool) -> Resampled:
    """Compare what was observed, shape (themes,), with what arrangements give, shapes (arrangements, themes).

    `exact` says that these are all there are, the one observed among them.
    """
    sizes = np.abs(np.concatenate(list(null)))
    extra = 0 if exact else 1  # the arrangement observed could have been drawn as well
    total = len(sizes) + extra
    most = np.maximum(sizes.max(axis=0), np.abs(observed))
    reached = (sizes >= np.abs(observed) - TOLERANCE).sum(axis=0) + extra
    extreme = (sizes >= most - TOLERANCE).sum(axis=0)
    return Resampled(p=reached / total, least=np.maximum(extreme, 1) / total)


def _arrangements(weights: Values) -> int:
    """Count the different orders of weights, some of which are equal; exact only where that matters."""
    counts = np.unique(weights, return_counts=True)[1].tolist()
    if len(weights) - max(counts) > EXACT.bit_length():
        return EXACT + 1
    return factorial(len(weights)) // prod(map(factorial, counts))


def _all_orders(weights: Values) -> Values:
    """Give all different orders of weights, shape (orders, reviews); the rarest weight is placed first."""
    values, counts = np.unique(weights, return_counts=True)
    by_rarity = np.argsort(counts, kind="stable")
    orders = np.full((1, len(weights)), values[by_rarity[-1]])
    free = np.arange(len(weights))[None, :]
    for place in by_rarity[:-1]:
        chosen = np.array(list(combinations(range(free.shape[1]), int(counts[place]))))
        left = np.ones((len(chosen), free.shape[1]), dtype=bool)
        np.put_along_axis(left, chosen, False, axis=1)
        orders = np.repeat(orders, len(chosen), axis=0)
        np.put_along_axis(orders, free[:, chosen].reshape(len(orders), -1), values[place], axis=1)
        free = np.concatenate([row[np.nonzero(left)[1]].reshape(len(chosen), -1) for row in free])
    return orders


@lru_cache(maxsize=1)
def _orders(n: int, drawn: int) -> Whole:
    """Draw orders of n reviews. Why kept: the groups of one table are compared over the same reviews."""
    rng = np.random.default_rng(SEED)
    return rng.permuted(np.tile(np.arange(n, dtype=np.int32), (drawn, 1)), axis=1)


def drawn_orders(n: int) -> Iterator[Whole]:
    """Give the orders of n reviews that stand for all, in blocks."""
    orders = _orders(n, EXACT - 1)
    for start in range(0, len(orders), BLOCK):
        yield orders[start : start + BLOCK]


ROUNDING = 1e-9
"""A spread that is a smaller share of the squares is none: all weights of the review are the same."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a recommendation adds to the difference if it has the theme."""

    first: float
    """Of one that only the first side has."""
    second: float
    """Of one that only the second side has."""
    mean: Values
    """Mean of the recommendations of each review, shape (reviews,)."""
    spread: Values
    """Sum of their squared distances from it, shape (reviews,)."""


def by_parts(sides: Counted) -> Resampled:
    """Shuffle reviews, and within each which of its recommendations have a theme."""
    union, weights = sides.union, _weights(sides)
    between = weights.mean * standard_deviation(union.sizes, union.hits)
    between -= between.mean()
    values = pearson_residuals(union.sizes, union.hits)
    within = _within(sides, weights)
    wider = np.sqrt(dispersion(within, union, weights.spread))
    draws, rng = _draws(sides, weights), np.random.default_rng(SEED)
    drawn = (
        between[orders] @ values + wider * draws.of(rng, len(orders))
        for orders in drawn_orders(len(union.sizes))
    )
    return compared(between @ values + within.sum(axis=0), drawn, exact=False)


def dispersion(within: Values, union: Tally, spread: Values) -> float:
    """Give how many times wider the parts of reviews scatter than if recommendations were independent.

    At least 1, one number for all themes; quasi-likelihood after McCullagh and Nelder (1989). The mean
    difference, which is proportional to the spread of the weights, is taken out first. Why: a review asks
    the police for the same thing in three recommendations, and they are no three witnesses.
    """
    there = spread > 0
    sizes, hits, weight = union.sizes[there, None], union.hits[there], spread[there, None]
    expected = (hits * (sizes - hits) / (sizes * (sizes - 1)) * weight).sum()
    effect = within[there].sum(axis=0) / max(float(weight.sum()), np.finfo(float).tiny)
    reviews = int(there.sum())
    if reviews < 2 or not expected:
        return 1.0
    squares = ((within[there] - weight * effect) ** 2).sum() * reviews / (reviews - 1)
    return max(1.0, float(squares / expected))


def _weights(sides: Counted) -> Weights:
    first, second = 1 / sides.first.total, -1 / sides.second.total
    sizes, common = sides.union.sizes, sides.common.sizes
    mean = (first * sides.first.sizes + second * sides.second.sizes) / sizes
    squares = (
        first**2 * (sides.first.sizes - common)
        + second**2 * (sides.second.sizes - common)
        + (first + second) ** 2 * common
    )
    spread = squares - sizes * mean**2
    return Weights(first, second, mean, np.where(spread > ROUNDING * squares, spread, 0.0))


def _within(sides: Counted, weights: Weights) -> Values:
    """Give what of the difference comes from where in each review the theme stands; (reviews, themes)."""
    within: Values = (
        weights.first * sides.first.hits
        + weights.second * sides.second.hits
        - weights.mean[:, None] * sides.union.hits
    )
    return within


@dataclass(frozen=True, slots=True)
class Cells:
    """The reviews with recommendations on both sides, and their themes: one entry each."""

    only_first: NDArray[np.int64]
    common: NDArray[np.int64]
    only_second: NDArray[np.int64]
    """Recommendations of the review."""
    hits: NDArray[np.int64]
    """Of them with the theme."""
    mean: Values
    """Of the weights in the review."""
    themes: sp.csr_array
    """Which theme an entry is of, shape (entries, themes)."""

    def of(self, rng: np.random.Generator, n: int, weights: Weights) -> Values:
        """Draw n times where in the reviews the theme stands, and sum over reviews; shape (n, themes)."""
        shape = (n, len(self.hits))
        rest = self.common + self.only_second
        first = rng.hypergeometric(self.only_first, rest, self.hits, shape)
        common = rng.hypergeometric(self.common, self.only_second, self.hits - first, shape)
        added = (
            weights.first * (first + common) + weights.second * (self.hits - first) - self.mean * self.hits
        )
        sums: Values = added @ self.themes
        return sums


@dataclass(frozen=True, slots=True)
class Draws:
    """Where in each review a theme may stand, summed over the reviews that have nothing on both sides."""

    weights: Weights
    fixed: Values
    """What the draws add to, shape (themes,)."""
    chances: tuple[Values, ...]
    """Of each theme the cumulative chances of 0, 1, … of its recommendations being on the first side,
    all but the last."""
    overlapping: Cells

    def of(self, rng: np.random.Generator, n: int) -> Values:
        """Draw n times, and sum over reviews; shape (n, themes)."""
        drawn = rng.random((n, len(self.chances)))
        first = np.array(
            [np.searchsorted(chances, drawn[:, theme]) for theme, chances in enumerate(self.chances)]
        )
        sums: Values = self.fixed + (self.weights.first - self.weights.second) * first.T
        return sums + self.overlapping.of(rng, n, self.weights)


def _draws(sides: Counted, weights: Weights) -> Draws:
    open_to = weights.spread > 0
    simple = open_to & (sides.common.sizes == 0)
    sizes, first = sides.union.sizes[simple], sides.first.sizes[simple]
    hits = sides.union.hits[simple]
    return Draws(
        weights=weights,
        fixed=weights.second * hits.sum(axis=0) - weights.mean[simple] @ hits,
        chances=tuple(_chances(sizes, first, hits[:, theme]) for theme in range(hits.shape[1])),
        overlapping=_cells(sides, weights, open_to & ~simple),
    )


def _chances(sizes: Values, first: Values, hits: Values) -> Values:
    """Give the cumulative distribution of a sum of independent hypergeometric counts, by convolution.

    All but its end, which is 1: rounding would leave draws above it.
    """
    from scipy.stats import hypergeom

    there = hits > 0
    sizes, first, hits = sizes[there, None], first[there, None], hits[there, None]
    number = np.arange(hits.max(initial=0) + 1)
    whole = np.ones(1)
    for chances, most in zip(hypergeom.pmf(number, sizes, first, hits), hits[:, 0].astype(int), strict=True):
        whole = np.convolve(whole, chances[: most + 1])
    return np.cumsum(whole)[:-1]


def _cells(sides: Counted, weights: Weights, reviews: NDArray[np.bool_]) -> Cells:
    rows, themes = np.nonzero((sides.union.hits > 0) & reviews[:, None])
    common = sides.common.sizes
    one_hot = (np.ones(len(rows)), (np.arange(len(rows)), themes))
    return Cells(
        only_first=(sides.first.sizes - common)[rows].astype(np.int64),
        common=common[rows].astype(np.int64),
        only_second=(sides.second.sizes - common)[rows].astype(np.int64),
        hits=sides.union.hits[rows, themes].astype(np.int64),
        mean=weights.mean[rows],
        themes=sp.coo_array(one_hot, shape=(len(rows), sides.union.hits.shape[1])).tocsr(),
    )
