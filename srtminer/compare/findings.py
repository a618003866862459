"""Differences between two sides: how large, how sure, and whether anything can be said at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.resampling import Tested, by_labels, by_signs, by_years, slopes
from srtminer.compare.sides import Tally
from srtminer.comparisons import Finding, Verdict

Values = NDArray[np.float64]

LEVEL = 0.05
"""Of the share of false finds among the finds, and of the intervals."""
FEWEST = 3
"""Reviews that a side needs for anything to be said of it, whatever the other holds."""
PER_YEARS = 10
"""A trend is told as the change in so many years."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One contrast before its p values are judged together with those of others; shape (themes,) each."""

    difference: Values
    margin: Values
    """Half the width of the 95 % interval."""
    effect: Values
    tested: Tested
    widest: float
    """How large a difference can be."""


def measure(first: Tally, second: Tally) -> Measured:
    """Compare the shares of two sides."""
    apart = not bool(((first.sizes > 0) & (second.sizes > 0)).any())
    influence = _influence(first, first.shares) - _influence(second, second.shares)
    variance = _variance(influence, lost=1)
    if apart:
        variance = np.maximum(variance, _floor(first) + _floor(second))
        tested = by_labels(first, second)
    else:
        pooled = (first.hits + second.hits).sum(axis=0) / max(1.0, (first.sizes + second.sizes).sum())
        tested = by_signs(_influence(first, pooled) - _influence(second, pooled))
    if min((first.sizes > 0).sum(), (second.sizes > 0).sum()) < FEWEST:
        tested = Tested(tested.p, np.ones_like(tested.least))
    return Measured(
        difference=first.shares - second.shares,
        margin=_quantile(len(influence) - 2) * np.sqrt(variance),
        effect=cohens_h(first.shares, second.shares),
        tested=tested,
        widest=1.0,
    )


def measure_trend(years: Values, tally: Tally, early: Values, late: Values) -> Measured:
    """Measure how shares change over the years; the effect is that of the last period against the first."""
    sizes, hits = tally.sizes, tally.hits
    slope = slopes(years[None, :], sizes, hits)[0]
    centred = years - (years @ sizes) / sizes.sum()
    spread = max(float(centred**2 @ sizes), 1e-12)
    residuals = hits - sizes[:, None] * (tally.shares + centred[:, None] * slope)
    variance = _variance(centred[:, None] * residuals / spread, lost=2)
    return Measured(
        difference=slope * PER_YEARS,
        margin=_quantile(len(years) - 2) * np.sqrt(variance) * PER_YEARS,
        effect=cohens_h(late, early),
        tested=by_years(years, sizes, hits),
        widest=np.inf,
    )


def cohens_h(first: Values, second: Values) -> Values:
    """Give the difference of two shares on a scale where 0.2 is small and 0.8 large (Cohen, 1988)."""
    effect: Values = 2 * np.arcsin(np.sqrt(first)) - 2 * np.arcsin(np.sqrt(second))
    return effect


def judge(measured: Sequence[Measured], same: Sequence[bool]) -> list[tuple[Finding, ...]]:
    """Judge all contrasts of a table together: one tuple of findings a contrast, one finding a theme.

    Benjamini and Hochberg (1995) control the false discoveries among what could be found at all. `same` says
    which contrasts have the same recommendations on both sides: there is no difference to be found.
    """
    from scipy.stats import false_discovery_control

    open_to = [(one.tested.least <= LEVEL) for one in measured]
    values = [p for one, may in zip(measured, open_to, strict=True) for p in one.tested.p[may].tolist()]
    controlled = iter(false_discovery_control(values).tolist() if values else [])
    return [
        tuple(
            _finding(one, theme, next(controlled) if may[theme] else None, alike)
            for theme in range(len(one.difference))
        )
        for one, may, alike in zip(measured, open_to, same, strict=True)
    ]


def _finding(one: Measured, theme: int, q: float | None, alike: bool) -> Finding:
    difference, margin = float(one.difference[theme]), float(one.margin[theme])
    return Finding(
        difference=difference,
        low=max(-one.widest, difference - margin),
        high=min(one.widest, difference + margin),
        p=float(one.tested.p[theme]),
        q=q,
        effect=float(one.effect[theme]),
        verdict=_verdict(q, alike),
    )


def _verdict(q: float | None, alike: bool) -> Verdict:
    if q is None and not alike:
        return "too few to say"
    return "differs" if q is not None and q <= LEVEL else "no difference found"


def _influence(side: Tally, shares: Values) -> Values:
    """Give what each review adds to a side's share beyond what its size would, shape (reviews, themes)."""
    added: Values = (side.hits - side.sizes[:, None] * shares) / max(1.0, side.sizes.sum())
    return added


def _variance(influence: Values, lost: int) -> Values:
    """Give the variance of a sum over reviews (linearisation, reviews as clusters)."""
    n = len(influence)
    variance: Values = (influence**2).sum(axis=0) * n / max(1, n - lost)
    return variance


def _floor(side: Tally) -> Values:
    """Give the variance that independent recommendations would have, shares shrunk as Agresti and Coull do.

    Why: a theme that no review of a side has would otherwise look as if it were known never to come.
    """
    n = side.sizes.sum()
    shrunk = (side.hits.sum(axis=0) + 2) / (n + 4)
    variance: Values = shrunk * (1 - shrunk) / (n + 4)
    return variance


def _quantile(freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf(1 - LEVEL / 2, max(1, freedom)))
