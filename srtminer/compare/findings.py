"""Differences between two sides: how large, how sure, and whether anything can be said at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.parted import by_parts
from srtminer.compare.resampling import Resampled, pearson_residuals, permutation_test
from srtminer.compare.sides import Counted, Tally
from srtminer.comparisons import Finding, Verdict

Values = NDArray[np.float64]

LEVEL = 0.05
"""Of the share of false finds among the finds, and of the intervals."""
FEWEST = 3
"""Reviews that a side needs for anything to be said of it, and that have to have a theme."""
PER_YEARS = 10
"""A trend is told as the change in so many years."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One contrast before its p values are judged together with those of others; shape (themes,) each."""

    difference: Values
    margin: Values | None
    """Half the width of the 95 % interval; None where one review, or two with a slope, leave nothing over."""
    effect: Values
    tested: Resampled | None
    """None where there are too few reviews."""
    widest: float
    """How large a difference can be."""

    @property
    def testable(self) -> NDArray[np.bool_]:
        """Of which themes a difference could have been found."""
        if self.tested is None:
            return np.zeros(len(self.difference), dtype=bool)
        testable: NDArray[np.bool_] = self.tested.least <= LEVEL
        return testable


def measure(sides: Counted) -> Measured:
    """Compare the shares of two sides."""
    return Measured(
        difference=sides.first.shares - sides.second.shares,
        margin=_margin(sides),
        effect=cohens_h(sides.first.shares, sides.second.shares),
        tested=_test(sides),
        widest=1.0,
    )


def _test(sides: Counted) -> Resampled | None:
    """Shuffle whole reviews; where both sides have parts of one, also what stands in which part."""
    first, second, union = sides.first, sides.second, sides.union
    if min(first.reviews, second.reviews) < FEWEST:
        return None
    if not sides.whole_reviews:
        return _open(by_parts(sides), union)
    weights = (first.sizes > 0) / first.reviews - (second.sizes > 0) / second.reviews
    return _open(permutation_test(weights, pearson_residuals(union.sizes, union.hits)), union)


def _open(tested: Resampled, union: Tally) -> Resampled:
    """Say of themes that hardly any review has that nothing can be found."""
    rare = (union.hits > 0).sum(axis=0) < FEWEST
    return Resampled(tested.p, np.where(rare, 1.0, tested.least))


def _margin(sides: Counted) -> Values | None:
    """Give half the width of the interval of a difference of ratios, reviews as clusters (linearisation).

    The sides' variances are each corrected for their number of reviews, and Student's t has the degrees of
    freedom of Welch and Satterthwaite. What both sides have in common takes part on both and cancels.
    """
    first, second = sides.first, sides.second
    if min(first.reviews, second.reviews) < 2:
        return None
    one, two = _influence(first), _influence(second)
    of_one, of_two = (one**2).sum(axis=0), (two**2).sum(axis=0)
    short = _shortfall(first, sides.common, of_one), _shortfall(second, sides.common, of_two)
    variance = ((one - two) ** 2).sum(axis=0) + sum(short)
    freedom = _freedom((of_one + short[0], of_two + short[1]), (first.reviews, second.reviews))
    margin: Values = _quantile(freedom) * np.sqrt(variance)
    return margin


def _influence(side: Tally) -> Values:
    """Give what each review adds to a side's shares beyond what its size would, shape (reviews, themes).

    The squares sum to the variance of the share.
    """
    beyond = (side.hits - side.sizes[:, None] * side.shares) / max(1.0, side.total)
    influence: Values = beyond * np.sqrt(side.reviews / (side.reviews - 1))
    return influence


def _shortfall(side: Tally, common: Tally, variance: Values) -> Values:
    """Give by how much a variance falls short of that of independent recommendations.

    Shares are shrunk as Agresti and Coull (1998) do. Why: a theme that no review of a side has would
    otherwise look as if it were known never to come. What the other side has too adds nothing.
    """
    shrunk = (side.hits.sum(axis=0) + 2) / (side.total + 4)
    least = shrunk * (1 - shrunk) / (side.total + 4)
    own = 1 - common.total / max(1.0, side.total)
    short: Values = np.maximum(0, own * least - variance)
    return short


def _freedom(variances: tuple[Values, Values], reviews: tuple[int, int]) -> Values:
    """Give the degrees of freedom of a difference of two means of unlike variance (Welch, Satterthwaite)."""
    squared = sum(variance**2 / (n - 1) for variance, n in zip(variances, reviews, strict=True))
    freedom: Values = sum(variances) ** 2 / np.maximum(squared, np.finfo(float).tiny)
    return np.maximum(freedom, min(reviews) - 1.0)


def measure_trend(years: Values, tally: Tally, early: Values, late: Values) -> Measured:
    """Measure how shares change over the years; the effect is that of the last period against the first."""
    slope, margin = _slope(years, tally)
    values = pearson_residuals(tally.sizes, tally.hits)
    return Measured(
        difference=slope * PER_YEARS,
        margin=None if margin is None else margin * PER_YEARS,
        effect=cohens_h(late, early),
        tested=_open(permutation_test(years - years.mean(), values), tally) if len(years) >= FEWEST else None,
        widest=np.inf,
    )


def _slope(years: Values, tally: Tally) -> tuple[Values, Values | None]:
    """Give the change of each theme's share a year, and half the width of its interval.

    Least squares over recommendations, the variance with reviews as clusters.
    """
    n, sizes = len(years), tally.sizes
    centred = years - (years @ sizes) / sizes.sum()
    spread = max(float(centred**2 @ sizes), np.finfo(float).tiny)
    slope: Values = centred @ tally.hits / spread
    if n <= 2:
        return slope, None
    residuals = tally.hits - sizes[:, None] * (tally.shares + centred[:, None] * slope)
    variance = ((centred[:, None] * residuals / spread) ** 2).sum(axis=0) * n / (n - 2)
    return slope, _quantile(np.full(len(slope), n - 2.0)) * np.sqrt(variance)


def cohens_h(first: Values, second: Values) -> Values:
    """Give the difference of two shares on a scale where 0.2 is small and 0.8 large (Cohen, 1988)."""
    effect: Values = 2 * np.arcsin(np.sqrt(first)) - 2 * np.arcsin(np.sqrt(second))
    return effect


def judge(measured: Sequence[Measured], same: Sequence[bool]) -> list[tuple[Finding, ...]]:
    """Judge all contrasts of a table together: one tuple of findings a contrast, one finding a theme.

    `same` says which contrasts have the same recommendations on both sides: there is no difference to be
    found.
    """
    return [
        tuple(_finding(one, theme, q, alike) for theme, q in enumerate(controlled))
        for one, controlled, alike in zip(measured, _controlled(measured), same, strict=True)
    ]


def _controlled(measured: Sequence[Measured]) -> list[list[float | None]]:
    """Give the q value of each theme of each contrast, None where nothing could be found.

    Benjamini and Hochberg (1995) control the false discoveries among what could be found at all.
    """
    from scipy.stats import false_discovery_control

    p = [value for one in measured if one.tested for value in one.tested.p[one.testable].tolist()]
    q = iter(false_discovery_control(p).tolist() if p else ())
    return [[next(q) if testable else None for testable in one.testable.tolist()] for one in measured]


def _finding(one: Measured, theme: int, q: float | None, alike: bool) -> Finding:
    difference = float(one.difference[theme])
    margin = None if one.margin is None else float(one.margin[theme])
    return Finding(
        difference=difference,
        low=None if margin is None else max(-one.widest, difference - margin),
        high=None if margin is None else min(one.widest, difference + margin),
        p=None if one.tested is None else float(one.tested.p[theme]),
        q=q,
        effect=float(one.effect[theme]),
        verdict=_verdict(q, alike),
    )


def _verdict(q: float | None, alike: bool) -> Verdict:
    if q is None and not alike:
        return "too few to say"
    return "differs" if q is not None and q <= LEVEL else "no difference found"


def _quantile(freedom: Values) -> Values:
    """Give the quantile of Student's t that the 95 % interval ends at, for each number of degrees."""
    from scipy.special import stdtrit

    quantile: Values = stdtrit(freedom, 1 - LEVEL / 2)
    return quantile
