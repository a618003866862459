"""Tests that resample whole reviews, since the recommendations of one review are not independent.

Where there are few enough arrangements all of them are gone through and the test is exact; else a fixed
sample of them is, always the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import comb

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.sides import Tally

Values = NDArray[np.float64]

EXACT = 10_000
"""Arrangements that are all gone through; of more, one less is drawn at random."""
BLOCK = 500
SEED = 0
TOLERANCE = 1e-10
"""Two statistics that differ by less are equal: sums in another order differ in the last digits."""


@dataclass(frozen=True, slots=True)
class Tested:
    """What resampling gives, shape (themes,)."""

    p: Values
    least: Values
    """The smallest p that any arrangement of these reviews could have given; after Tarone (1990)."""


def by_labels(first: Tally, second: Tally) -> Tested:
    """Test sides that have no review in common: which reviews are on which side is shuffled."""
    sizes, hits = first.sizes + second.sizes, first.hits + second.hits
    n, chosen = len(sizes), int((first.sizes > 0).sum())

    def statistic(labels: Values) -> Values:
        own, other = labels @ sizes, (1 - labels) @ sizes
        difference: Values = (labels @ hits) / own[:, None] - ((1 - labels) @ hits) / other[:, None]
        return difference

    observed = statistic((first.sizes > 0).astype(float)[None, :])[0]
    if comb(n, chosen) <= EXACT:
        return _count(observed, map(statistic, _all_labels(n, chosen)), exact=True)
    return _count(observed, map(statistic, _drawn(lambda rng: _labels(rng, n, chosen))), exact=False)


def by_signs(influence: Values) -> Tested:
    """Test sides that have reviews in common: the sign of what each review adds is flipped.

    `influence` has shape (reviews, themes) and sums to the difference. After Hemerik, Goeman, Finos (2020),
    "Robust testing in generalized linear models by sign flipping score contributions".
    """
    n = len(influence)

    def statistic(signs: Values) -> Values:
        flipped: Values = signs @ influence
        return flipped

    observed = influence.sum(axis=0)
    if 2**n <= EXACT:
        every = np.array(list(product((1.0, -1.0), repeat=n)))
        return _count(observed, iter([statistic(every)]), exact=True)
    signs = _drawn(lambda rng: rng.choice((1.0, -1.0), size=(BLOCK, n)))
    return _count(observed, map(statistic, signs), exact=False)


def by_years(years: Values, sizes: Values, hits: Values) -> Tested:
    """Test for a trend: which review is of which year is shuffled; the statistic is the slope."""

    def statistic(shuffled: Values) -> Values:
        return slopes(shuffled, sizes, hits)

    observed = statistic(years[None, :])[0]
    shuffled = _drawn(lambda rng: rng.permuted(np.tile(years, (BLOCK, 1)), axis=1))
    return _count(observed, map(statistic, shuffled), exact=False)


def slopes(years: Values, sizes: Values, hits: Values) -> Values:
    """Give the change of each theme's share a year: least squares over recommendations.

    `years` has shape (arrangements, reviews); the result (arrangements, themes), 0 where all years are one.
    """
    shares = hits.sum(axis=0) / sizes.sum()
    spread = years**2 @ sizes - (years @ sizes) ** 2 / sizes.sum()
    rising = years @ (hits - sizes[:, None] * shares)
    found: Values = np.where(spread[:, None] > TOLERANCE, rising / np.maximum(spread, TOLERANCE)[:, None], 0)
    return found


def _count(observed: Values, blocks: Iterator[Values], *, exact: bool) -> Tested:
    """Count how many arrangements give as much as was observed, and as much as the most extreme one."""
    sizes = np.abs(np.concatenate(list(blocks)))
    extra = 0 if exact else 1  # the arrangement observed is one of those that could have been drawn
    total = len(sizes) + extra
    most = np.maximum(sizes.max(axis=0), np.abs(observed))
    reached = (sizes >= np.abs(observed) - TOLERANCE).sum(axis=0) + extra
    extreme = (sizes >= most - TOLERANCE).sum(axis=0)
    return Tested(p=reached / total, least=np.maximum(extreme, 1) / total)


def _all_labels(n: int, chosen: int) -> Iterator[Values]:
    rows = np.array(list(combinations(range(n), chosen)), dtype=np.int64).reshape(-1, chosen)
    labels = np.zeros((len(rows), n))
    np.put_along_axis(labels, rows, 1.0, axis=1)
    yield labels


def _labels(rng: np.random.Generator, n: int, chosen: int) -> Values:
    labels = np.zeros((BLOCK, n))
    np.put_along_axis(labels, rng.random((BLOCK, n)).argsort(axis=1)[:, :chosen], 1.0, axis=1)
    return labels


def _drawn(draw: Callable[[np.random.Generator], Values]) -> Iterator[Values]:
    rng = np.random.default_rng(SEED)
    for start in range(0, EXACT - 1, BLOCK):
        yield draw(rng)[: EXACT - 1 - start]
