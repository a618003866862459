"""What the differences between groups are worth: how large, how sure, and whether anything can be said."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.cases import case_ids, case_years, count_without
from srtminer.compare.contrasts import (
    Counted,
    Sides,
    Tally,
    distinctive_terms,
    sides,
    sides_of,
    tallies,
    tally,
    words_of_names,
)
from srtminer.compare.groups import (
    compare_groups,
    overlap_of,
    require_known,
    unplaced,
)
from srtminer.compare.resampling import DRAWN, Resampled, pearson_residuals, permutation_test, stratified_test
from srtminer.comparisons import NOT_KNOWN, Comparison, Finding, Group, Tested, Verdict
from srtminer.model import Recommendation, ReviewRecord, ThemeTable

Values = NDArray[np.float64]

LEVEL = 0.05
"""Of the share of false finds among the finds, and of the intervals."""
FEWEST = 3
"""Reviews that a side needs for anything to be said of it, and that have to have a theme."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One contrast before its p values are judged together with those of others; shape (themes,) each."""

    difference: Values
    margin: Values | None
    """Half the width of the 95 % interval; None where one review, or two with a slope, leave nothing over."""
    effect: Values
    tested: Resampled | None
    """None where there are too few reviews."""

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
    )


def _test(sides: Counted) -> Resampled | None:
    """Shuffle whole reviews; where both sides have parts of some, what stands in which part of these."""
    first, second, union = sides.first, sides.second, sides.union
    if min(first.reviews, second.reviews) < FEWEST:
        return None
    if sides.mixed.any():
        return _open(stratified_test(sides), union)
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
    """Measure how shares change from the first year to the last, along a line; the effect is that of periods.

    Why not in ten years: a line that is drawn on beyond what was read soon leaves what a share can be.
    """
    slope, margin = _slope(years, tally)
    span = np.ptp(years)
    values = pearson_residuals(tally.sizes, tally.hits)
    return Measured(
        difference=np.clip(slope * span, -1, 1),
        margin=None if margin is None else margin * span,
        effect=cohens_h(late, early),
        tested=_open(permutation_test(years - years.mean(), values), tally) if len(years) >= FEWEST else None,
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

    Benjamini and Hochberg (1995) control the false discoveries among what could be found at all. `same` says
    which contrasts have the same recommendations on both sides: there is no difference to be found.
    """
    from scipy.stats import false_discovery_control

    p = [value for one in measured if one.tested for value in one.tested.p[one.testable].tolist()]
    q = iter(false_discovery_control(p).tolist() if p else ())
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
        p=None if one.tested is None else float(one.tested.p[theme]),
        q=q,
        effect=float(one.effect[theme]),
        verdict="too few to say" if q is None and not alike else verdict,
    )


def _quantile(freedom: Values) -> Values:
    """Give the quantile of Student's t that the 95 % interval ends at, for each number of degrees."""
    from scipy.special import stdtrit

    quantile: Values = stdtrit(freedom, 1 - LEVEL / 2)
    return quantile


def method(*, trend: bool) -> tuple[tuple[str, str], ...]:
    """Name the steps of testing, in order."""
    text = (files("srtminer") / "data" / "methodology.toml").read_text(encoding="utf-8")
    steps = tomllib.loads(text)["tests"]["trend" if trend else "groups"]
    return tuple((name, said.format(drawn=DRAWN, fewest=FEWEST, level=LEVEL)) for name, said in steps.items())


@dataclass(frozen=True, slots=True)
class Corpus:
    """What groups are made of."""

    table: ThemeTable
    records: Sequence[ReviewRecord]
    recommendations: Sequence[Recommendation]
    terms: sp.csr_array
    """Shape (recommendations, terms), not 0 where a term stands."""
    surfaces: Sequence[str]
    """How each term is printed."""


def weigh_groups(
    corpus: Corpus, groups: Sequence[Group], fields: Sequence[str], *, every: bool = False
) -> Tested:
    """Compare two groups, or each of several with all others.

    `fields` make the groups; with `every` they are all groups that the only field makes.
    """
    if every:
        require_known(groups, fields[0])
    counts = compare_groups(corpus.table, groups, fields[0] if every else "")
    themes, pairs, case_of = [row.theme for row in counts.rows], sides_of(groups), case_ids(corpus.records)
    measured = [measure(tallies(pair, themes, case_of)) for pair in pairs]
    found = judge(measured, [pair.contrast.alike for pair in pairs])
    return _tested(corpus, groups, fields, counts, pairs, found, trend=False)


def weigh_trend(corpus: Corpus, groups: Sequence[Group]) -> Tested:
    """Set periods side by side and test for a trend over the years of the reviews."""
    require_known(groups, "year")
    counts = compare_groups(corpus.table, groups, "year")
    periods = [group for group in groups if group.name != NOT_KNOWN]
    measured = [_trend(periods, corpus, counts)] if len(periods) > 1 else []
    found = judge(measured, [False] * len(measured))
    return _tested(corpus, groups, ("year",), counts, _halves(periods), found, trend=True)


def _tested(
    corpus: Corpus,
    groups: Sequence[Group],
    fields: Sequence[str],
    counts: Comparison,
    pairs: Sequence[Sides],
    found: Sequence[tuple[Finding, ...]],
    *,
    trend: bool,
) -> Tested:
    records, recommendations = corpus.records, corpus.recommendations
    names = words_of_names(records, recommendations)
    return Tested(
        counts=counts,
        contrasts=tuple(pair.contrast for pair in pairs),
        findings=tuple(tuple(column[row] for column in found) for row in range(len(counts.rows))),
        terms=tuple(
            distinctive_terms(pair, recommendations, corpus.terms, corpus.surfaces, names) for pair in pairs
        ),
        trend=trend,
        overlap=overlap_of(groups),
        unplaced=unplaced(groups, fields, records, recommendations),
        without=count_without(records, recommendations),
        method=method(trend=trend),
    )


def _trend(periods: Sequence[Group], corpus: Corpus, counts: Comparison) -> Measured:
    """Measure the trend; `counts` has the periods in their order, and what has no year after them."""
    everything = [one for group in periods for one in group.recommendations]
    case_of, years = case_ids(corpus.records), case_years(corpus.records)
    cases = sorted({case_of[one.review_id] for one in everything})
    early, late = (
        np.array([row.counts[period].share_of_recommendations for row in counts.rows])
        for period in (0, len(periods) - 1)
    )
    counted = tally(everything, [row.theme for row in counts.rows], case_of, cases)
    return measure_trend(np.array([years[case] for case in cases], dtype=np.float64), counted, early, late)


def _halves(periods: Sequence[Group]) -> tuple[Sides, ...]:
    """Set the later periods against the earlier ones, for their terms; without a middle one."""
    half = len(periods) // 2
    if not half:
        return ()
    early, late = periods[:half], periods[-half:]
    first, second = (tuple(one for group in part for one in group.recommendations) for part in (late, early))
    return (sides(_span(late), _span(early), first, second),)


def _span(periods: Sequence[Group]) -> str:
    first, last = periods[0].name.split("–")[0], periods[-1].name.split("–")[-1]
    return first if first == last else f"{first}–{last}"
