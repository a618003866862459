"""Two tests of differences between reviews, whose recommendations are not independent of one another.

Whole reviews are shuffled: a fixed sample of arrangements is drawn, always the same. Sides with parts of the
same reviews (the agencies asked) are compared within each review: without a difference any of its
recommendations could have had the theme, and how many of the first side's have it is a sum of independent
hypergeometric counts. It is the exact test of Mantel and Haenszel (1959) with reviews as strata.

Why not flip the signs of what each review adds (Hemerik, Goeman, Finos 2020): a small agency mostly has no
recommendation with a theme, all signs agree, and a third of the tests find a difference where there is none.
Why not scipy's permutation_test: it draws anew for each theme and takes five times as long.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.contrasts import Counted

Values = NDArray[np.float64]

DRAWN = 9_999
"""Arrangements of reviews. Grows: finer p values, more time."""
BLOCK = 500
"""Arrangements that are computed at once, to spare memory."""
SEED = 0
TOLERANCE = 1e-10
"""Two statistics that differ by less are equal: sums in another order differ in the last digits."""


@dataclass(frozen=True, slots=True)
class Resampled:
    """What a test gives, shape (themes,)."""

    p: Values
    least: Values
    """The smallest p that any arrangement of these reviews could have given; after Tarone (1990)."""


def permutation_test(weights: Values, values: Values) -> Resampled:
    """Shuffle which review has which weight; the statistic is the weighted sum of the reviews' values.

    With weights of 1/a for the a reviews of one side and -1/b for the b of the other it is the difference of
    two means, with years less their mean as weights a trend. `weights` has shape (reviews,) and sums to 0,
    `values` has shape (reviews, themes).
    """
    rng, observed = np.random.default_rng(SEED), np.abs(weights @ values)
    found = [observed[None]]  # it could have been drawn as well
    for start in range(0, DRAWN, BLOCK):
        orders = np.tile(weights, (min(BLOCK, DRAWN - start), 1))
        found.append(np.abs(rng.permuted(orders, axis=1) @ values))
    sizes = np.concatenate(found)
    p, least = ((sizes >= of - TOLERANCE).mean(axis=0) for of in (observed, sizes.max(axis=0)))
    return Resampled(p, least)


def pearson_residuals(sizes: Values, hits: Values) -> Values:
    """Give how far each review is from the share of all, in standard deviations of a review of its length.

    Shapes: `sizes` (reviews,), `hits` and the result (reviews, themes). The variance is that of a
    beta-binomial count: size x (1 + (size - 1) x correlation of two recommendations of one review).

    Why: reviews can be shuffled only if they are alike. The share of a theme in five recommendations varies
    more than in thirty, and where one side has the short reviews, shuffled shares find five times too much.
    """
    deviation = np.sqrt(sizes * (1 + (sizes - 1) * intraclass_correlation(sizes, hits)))
    scaled: Values = _residuals(sizes, hits) / deviation[:, None]
    return scaled


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


def stratified_test(sides: Counted) -> Resampled:
    """Shuffle within reviews that have recommendations of their own on both sides which have a theme."""
    rows = sides.mixed
    own, other = sides.first.without(sides.common), sides.second.without(sides.common)
    sizes, first = (own.sizes + other.sizes)[rows], own.sizes[rows]
    hits = (own.hits + other.hits)[rows]
    expected = hits * (first / sizes)[:, None]
    beyond = own.hits[rows] - expected
    wider = np.sqrt(dispersion(beyond, first, sizes, hits))
    p, least = np.ones((2, hits.shape[1]))
    for theme in range(hits.shape[1]):
        chances = _chances(sizes, first, hits[:, theme])
        distance = np.abs(np.arange(len(chances)) - expected[:, theme].sum())
        reached = abs(beyond[:, theme].sum()), distance[chances > 0].max()
        p[theme], least[theme] = (chances[distance >= of / wider - TOLERANCE].sum() for of in reached)
    return Resampled(np.minimum(p, 1), np.minimum(least, 1))


def dispersion(beyond: Values, first: Values, sizes: Values, hits: Values) -> float:
    """Give how many times more reviews scatter than if their recommendations were independent; at least 1.

    `beyond` is what of the hits the first side has more than its share, shape (reviews, themes). One number
    for all themes; quasi-likelihood after McCullagh and Nelder (1989), the mean difference taken out first.
    Why: a review asks the police for the same thing in three recommendations, and they are no three
    witnesses.
    """
    weight = (first * (sizes - first) / sizes)[:, None]
    spread = hits * (sizes[:, None] - hits) / (sizes * np.maximum(sizes - 1, 1))[:, None] * weight
    if len(sizes) < 2 or not spread.any():
        return 1.0
    squares = ((beyond - weight * beyond.sum(axis=0) / weight.sum()) ** 2).sum()
    return max(1.0, float(squares * len(sizes) / (len(sizes) - 1) / spread.sum()))


def _chances(sizes: Values, first: Values, hits: Values) -> Values:
    """Give the distribution of a sum of independent hypergeometric counts, by convolution."""
    from scipy.stats import hypergeom

    there = hits > 0
    sizes, first, hits = sizes[there, None], first[there, None], hits[there, None]
    whole = np.ones(1)
    counts = hypergeom.pmf(np.arange(hits.max(initial=0) + 1), sizes, first, hits)
    for chances, most in zip(counts, hits[:, 0].astype(int), strict=True):
        whole = np.convolve(whole, chances[: most + 1])
    return whole
