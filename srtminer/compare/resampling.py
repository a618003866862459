"""Tests that resample whole reviews, since the recommendations of one review are not independent.

Where there are few enough arrangements all of them are gone through and the test is exact; else a fixed
sample of them is, always the same.

Why not scipy's permutation_test: it takes five times as long, as it draws anew for each group of a table and
for each trend goes through all orders of reviews, those of one year among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import factorial, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
