"""What differences between shares are worth: how large, how sure, and whether anything can be said.

The recommendations of a review are no independent witnesses: whole reviews are shuffled, in a fixed sample of
arrangements. Sides with parts of the same reviews (the agencies asked) are compared within each review:
any of a review's recommendations could have had the theme, and how many of the first side's have it is a sum
of independent hypergeometric counts: the exact test of Mantel and Haenszel (1959) with reviews as strata.

Why not flip the signs of what each review adds (Hemerik, Goeman, Finos 2020): a small agency mostly has no
recommendation with a theme, all signs agree, and a third of the tests find a difference where there is none.
Why not scipy's permutation_test: it draws anew for each theme and takes five times as long.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit
from scipy.stats import false_discovery_control, hypergeom

from srtminer.comparisons import Finding, Verdict

Values = NDArray[np.float64]

LEVEL = 0.05
"""Of the share of false finds among the finds, and of the intervals."""
FEWEST = 3
"""Reviews that a side needs for anything to be said of it, and that have to have a theme."""
DRAWN = 9_999
"""Arrangements of reviews. Grows: finer p values, more time."""
BLOCK = 500
"""Arrangements that are computed at once, to spare memory."""
SEED = 0
TOLERANCE = 1e-10
"""Two statistics that differ by less are equal: sums in another order differ in the last digits."""
TINY = np.finfo(float).tiny


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of recommendations, one row a case: a full report and its summary are not independent."""

    sizes: Values
    """Recommendations, shape (reviews,)."""
    hits: Values
    """Of them with the theme, shape (reviews, themes)."""

    @property
    def total(self) -> float:
        """Number of recommendations."""
        return float(self.sizes.sum())

    @property
    def reviews(self) -> int:
        """Number of reviews that have any."""
        return int((self.sizes > 0).sum())

    @property
    def shares(self) -> Values:
        """Share of all recommendations that have each theme; 0 where there are none."""
        shares: Values = self.hits.sum(axis=0) / max(1.0, self.total)
        return shares

    @property
    def residuals(self) -> Values:
        """What each review has beyond the share of all."""
        residuals: Values = self.hits - self.sizes[:, None] * self.shares
        return residuals

    def __add__(self, other: "Tally") -> "Tally":
        """Give what both have, over the same reviews."""
        return Tally(self.sizes + other.sizes, self.hits + other.hits)


@dataclass(frozen=True, slots=True)
class Sides:
    """Counts of what only the first side has, only the second, and both, over the same reviews."""

    own: Tally
    other: Tally
    common: Tally

    @property
    def first(self) -> Tally:
        """All that the first side has."""
        return self.own + self.common

    @property
    def second(self) -> Tally:
        """All that the second side has."""
        return self.other + self.common

    @property
    def union(self) -> Tally:
        """What either side has."""
        return self.first + self.other


@dataclass(frozen=True, slots=True)
class Measured:
    """One contrast before its p values are judged together with those of others; shape (themes,) each."""

    difference: Values
    margin: Values | None
    """Half the width of the 95 % interval; None where one review, or two with a slope, leave nothing over."""
    effect: Values
    p: Values | None
    """None where there are too few reviews."""
    testable: NDArray[np.bool_]
    """Of which themes a difference could have been found."""


Tested = tuple[Values, Values]
"""p values, and the smallest that any arrangement of these reviews could have given; after Tarone (1990)."""


def measure(sides: Sides) -> Measured:
    """Compare the shares of two sides: shuffle reviews, or within reviews of which both sides have parts."""
    first, second, tested = sides.first, sides.second, None
    if min(first.reviews, second.reviews) >= FEWEST and np.any(sides.own.sizes * sides.other.sizes):
        tested = stratified_test(sides.own, sides.other)
    elif min(first.reviews, second.reviews) >= FEWEST:
        weights = (first.sizes > 0) / first.reviews - (second.sizes > 0) / second.reviews
        tested = permutation_test(weights, pearson_residuals(sides.union))
    effect = cohens_h(first.shares, second.shares)
    return _measured(first.shares - second.shares, _margin(sides), effect, tested, sides.union)


def measure_trend(years: Values, tally: Tally, early: Values, late: Values) -> Measured:
    """Measure how shares change from the first year to the last, along a line; the effect is that of periods.

    Least squares over recommendations, the variance with reviews as clusters. Why not in ten years: a line
    that is drawn on beyond what was read soon leaves what a share can be.
    """
    n, sizes, span, margin, tested = len(years), tally.sizes, np.ptp(years), None, None
    centred = years - (years @ sizes) / sizes.sum()
    spread = max(float(centred**2 @ sizes), TINY)
    slope = centred @ tally.hits / spread
    if n > 2:
        residuals = tally.hits - sizes[:, None] * (tally.shares + centred[:, None] * slope)
        variance = ((centred[:, None] * residuals / spread) ** 2).sum(axis=0) * n / (n - 2)
        margin = stdtrit(n - 2.0, 1 - LEVEL / 2) * np.sqrt(variance) * span
    if n >= FEWEST:
        tested = permutation_test(years - years.mean(), pearson_residuals(tally))
    return _measured(np.clip(slope * span, -1, 1), margin, cohens_h(late, early), tested, tally)


def _measured(
    difference: Values, margin: Values | None, effect: Values, tested: Tested | None, union: Tally
) -> Measured:
    """Put figures together; of themes that hardly any review has nothing can be found."""
    p, least = tested or (None, np.ones(len(difference)))
    testable = (least <= LEVEL) & ((union.hits > 0).sum(axis=0) >= FEWEST)
    return Measured(difference, margin, effect, p, testable)


def _margin(sides: Sides) -> Values | None:
    """Give half the width of the interval of a difference of ratios, reviews as clusters (linearisation).

    The sides' variances are each corrected for their number of reviews, and Student's t has the degrees of
    freedom of Welch and Satterthwaite. What both sides have in common takes part on both and cancels.
    """
    both = sides.first, sides.second
    if min(side.reviews for side in both) < 2:
        return None
    # what each review adds to a share beyond what its size would: the squares sum to the variance
    one, two = (side.residuals / side.total * np.sqrt(side.reviews / (side.reviews - 1)) for side in both)
    own = [(added**2).sum(axis=0) for added in (one, two)]
    short = [_shortfall(side, sides.common, of) for side, of in zip(both, own, strict=True)]
    variances = [of + more for of, more in zip(own, short, strict=True)]
    squared = sum(of**2 / (side.reviews - 1) for of, side in zip(variances, both, strict=True))
    freedom = sum(variances) ** 2 / np.maximum(squared, TINY)
    freedom = np.maximum(freedom, min(side.reviews for side in both) - 1.0)
    margin: Values = stdtrit(freedom, 1 - LEVEL / 2) * np.sqrt(((one - two) ** 2).sum(axis=0) + sum(short))
    return margin


def _shortfall(side: Tally, common: Tally, variance: Values) -> Values:
    """Give by how much a variance falls short of that of independent recommendations.

    Shares are shrunk as Agresti and Coull (1998) do. Why: a theme that no review of a side has would
    otherwise look as if it were known never to come. What the other side has too adds nothing.
    """
    shrunk = (side.hits.sum(axis=0) + 2) / (side.total + 4)
    least = shrunk * (1 - shrunk) / (side.total + 4)
    short: Values = np.maximum(0, (1 - common.total / side.total) * least - variance)
    return short


def cohens_h(first: Values, second: Values) -> Values:
    """Give the difference of two shares on a scale where 0.2 is small and 0.8 large (Cohen, 1988)."""
    effect: Values = 2 * np.arcsin(np.sqrt(first)) - 2 * np.arcsin(np.sqrt(second))
    return effect


def permutation_test(weights: Values, values: Values) -> Tested:
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
    return p, least


def pearson_residuals(tally: Tally) -> Values:
    """Give how far each review is from the share of all, in standard deviations of a review of its length.

    The variance is that of a beta-binomial count: size x (1 + (size - 1) x correlation of two recommendations
    of one review). Why: reviews can be shuffled only if they are alike. The share of a theme in five
    recommendations varies more than in thirty, and where one side has the short reviews, shuffled shares find
    five times too much.
    """
    sizes = tally.sizes
    deviation = np.sqrt(sizes * (1 + (sizes - 1) * intraclass_correlation(tally)))
    scaled: Values = tally.residuals / deviation[:, None]
    return scaled


def intraclass_correlation(tally: Tally) -> float:
    """Estimate by moments how alike two recommendations of one review are: 0 to 1, for all themes alike."""
    n, pairs = len(tally.sizes), float((tally.sizes * (tally.sizes - 1)).sum())
    variance = float((tally.shares * (1 - tally.shares)).sum())
    if n < 2 or not pairs or not variance:
        return 0.0
    squares = float((tally.residuals**2).sum()) / variance * n / (n - 1)
    return float(np.clip((squares - tally.total) / pairs, 0, 1))


def stratified_test(own: Tally, other: Tally) -> Tested:
    """Shuffle within reviews that have recommendations of their own on both sides which have a theme."""
    rows, both = (own.sizes > 0) & (other.sizes > 0), own + other
    sizes, first, hits = both.sizes[rows], own.sizes[rows], both.hits[rows]
    expected = hits * (first / sizes)[:, None]
    beyond = own.hits[rows] - expected
    wider = np.sqrt(dispersion(beyond, first, sizes, hits))
    p, least = np.ones((2, hits.shape[1]))
    for theme in range(hits.shape[1]):
        chances = _chances(sizes, first, hits[:, theme])
        distance = np.abs(np.arange(len(chances)) - expected[:, theme].sum())
        reached = abs(beyond[:, theme].sum()), distance[chances > 0].max()
        p[theme], least[theme] = (chances[distance >= of / wider - TOLERANCE].sum() for of in reached)
    return np.minimum(p, 1), np.minimum(least, 1)


def dispersion(beyond: Values, first: Values, sizes: Values, hits: Values) -> float:
    """Give how many times more reviews scatter than if their recommendations were independent; at least 1.

    `beyond` is what of the hits the first side has more than its share, shape (reviews, themes). One number
    for all themes; quasi-likelihood after McCullagh and Nelder (1989), the mean difference taken out first.
    Why: a review asks the police for the same thing in three recommendations.
    """
    weight = (first * (sizes - first) / sizes)[:, None]
    spread = hits * (sizes[:, None] - hits) / (sizes * np.maximum(sizes - 1, 1))[:, None] * weight
    if len(sizes) < 2 or not spread.any():
        return 1.0
    squares = ((beyond - weight * beyond.sum(axis=0) / weight.sum()) ** 2).sum()
    return max(1.0, float(squares * len(sizes) / (len(sizes) - 1) / spread.sum()))


def _chances(sizes: Values, first: Values, hits: Values) -> Values:
    """Give the distribution of a sum of independent hypergeometric counts, by convolution."""
    there = hits > 0
    sizes, first, hits = sizes[there, None], first[there, None], hits[there, None]
    whole = np.ones(1)
    counts = hypergeom.pmf(np.arange(hits.max(initial=0) + 1), sizes, first, hits)
    for chances, most in zip(counts, hits[:, 0].astype(int), strict=True):
        whole = np.convolve(whole, chances[: most + 1])
    return whole


def judge(measured: Sequence[Measured], same: Sequence[bool]) -> list[tuple[Finding, ...]]:
    """Judge all contrasts of a table together: one tuple of findings a contrast, one finding a theme.

    Benjamini and Hochberg (1995) control the false discoveries among what could be found at all. `same` says
    which contrasts have the same recommendations on both sides: there is no difference to be found.
    """
    p = np.concatenate([np.zeros(0), *(one.p[one.testable] for one in measured if one.p is not None)])
    q = iter(false_discovery_control(p).tolist())
    return [
        tuple(
            _finding(one, theme, next(q) if testable else None, alike)
            for theme, testable in enumerate(one.testable.tolist())
        )
        for one, alike in zip(measured, same, strict=True)
    ]


def _finding(one: Measured, theme: int, q: float | None, alike: bool) -> Finding:
    difference = float(one.difference[theme])
    margin = None if one.margin is None else float(one.margin[theme])
    verdict: Verdict = "differs" if q is not None and q <= LEVEL else "no difference found"
    return Finding(
        difference=difference,
        low=None if margin is None else max(-1.0, difference - margin),
        high=None if margin is None else min(1.0, difference + margin),
        p=None if one.p is None else float(one.p[theme]),
        q=q,
        effect=float(one.effect[theme]),
        verdict="too few to say" if q is None and not alike else verdict,
    )


def method(*, trend: bool) -> tuple[tuple[str, str], ...]:
    """Name the steps of testing, in order."""
    text = (files("srtminer") / "data" / "methodology.toml").read_text(encoding="utf-8")
    steps = tomllib.loads(text)["tests"]["trend" if trend else "groups"]
    return tuple((name, said.format(drawn=DRAWN, fewest=FEWEST, level=LEVEL)) for name, said in steps.items())
