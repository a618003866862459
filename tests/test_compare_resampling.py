"""The statistics of small cases, checked by hand and against scipy."""

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from srtminer.compare.inference import (
    LEVEL,
    Measured,
    Sides,
    Tally,
    cohens_h,
    dispersion,
    intraclass_correlation,
    judge,
    measure,
    measure_trend,
    pearson_residuals,
    permutation_test,
    stratified_test,
)

Values = NDArray[np.float64]


def tally(sizes: Sequence[float], hits: Sequence[float]) -> Tally:
    return Tally(np.array(sizes), np.array(hits)[:, None])


def apart(first: Tally, second: Tally) -> Sides:
    one, two = len(first.sizes), len(second.sizes)
    return Sides(
        Tally(np.pad(first.sizes, (0, two)), np.pad(first.hits, ((0, two), (0, 0)))),
        Tally(np.pad(second.sizes, (one, 0)), np.pad(second.hits, ((one, 0), (0, 0)))),
        Tally(np.zeros(one + two), np.zeros((one + two, first.hits.shape[1]))),
    )


def test_three_full_reviews_against_three_empty_ones() -> None:
    """2 of 20 arrangements are as extreme."""
    sides = apart(tally([1, 1, 1], [1, 1, 1]), tally([1, 1, 1], [0, 0, 0]))
    p = measure(sides).p
    assert p is not None
    assert p.tolist() == pytest.approx([0.1], abs=0.01)
    assert not measure(sides).testable.any()


def test_a_drawn_difference_of_means_is_near_that_of_scipy() -> None:
    values = np.random.default_rng(1).normal(size=(24, 2)) + np.repeat([0.7, 0], 12)[:, None]
    told = stats.permutation_test(
        (values[:12, 0], values[12:, 0]),
        lambda x, y, axis: np.mean(x, axis) - np.mean(y, axis),
        n_resamples=9_999,
        rng=np.random.default_rng(2),
    )
    weights = np.repeat([1 / 12, -1 / 12], 12)
    assert permutation_test(weights, values)[0][0] == pytest.approx(told.pvalue, abs=0.01)


def test_a_drawn_p_is_never_zero() -> None:
    signs = np.repeat([1.0, -1], 12)
    p, least = permutation_test(signs / 12, signs[:, None])
    assert (p.tolist(), least.tolist()) == ([1e-4], [1e-4])


def test_a_trend_is_that_of_scipy() -> None:
    values = np.random.default_rng(3).normal(size=(6, 2))
    years = np.array([2001, 2001, 2003, 2004, 2009, 2010.0])
    for theme, p in enumerate(permutation_test(years - years.mean(), values)[0]):
        told = stats.permutation_test(
            (years,),
            lambda y, of=values[:, theme]: stats.pearsonr(y, of).statistic,
            permutation_type="pairings",
            n_resamples=np.inf,
        )
        expected = np.mean(np.abs(told.null_distribution) >= abs(told.statistic) - 1e-9)
        assert p == pytest.approx(expected, abs=0.015)


def test_reviews_on_both_sides_are_shuffled_among_three_places() -> None:
    values = np.array([3.0, 1.0, 0.5, -2.0, -1.0])
    weights = np.array([1 / 3, 1 / 3, 0, -1 / 3, -1 / 3])
    every = [abs(np.array(order) @ values) for order in set(permutations(weights))]
    assert len(every) == 30
    expected = np.mean(np.array(every) >= abs(weights @ values) - 1e-12)
    assert permutation_test(weights, values[:, None])[0] == pytest.approx([expected], abs=0.01)


def test_reviews_of_one_length_are_compared_by_their_shares() -> None:
    hits = np.array([[4.0], [1], [0], [3]])
    scaled = pearson_residuals(Tally(np.full(4, 5.0), hits))
    assert scaled.sum() == pytest.approx(0)
    assert np.ptp(scaled[:, 0] / (hits[:, 0] - 2)) == pytest.approx(0)


def test_correlation_of_recommendations_of_one_review() -> None:
    rng = np.random.default_rng(4)
    sizes = np.full(4_000, 10.0)
    alone = rng.binomial(10, 0.3, 4_000)[:, None].astype(float)
    alike = rng.binomial(10, rng.beta(1.2, 2.8, 4_000))[:, None].astype(float)
    assert intraclass_correlation(Tally(sizes, alone)) == pytest.approx(0, abs=0.01)
    assert intraclass_correlation(Tally(sizes, alike)) == pytest.approx(1 / (1 + 1.2 + 2.8), abs=0.02)
    assert intraclass_correlation(Tally(np.ones(5), np.ones((5, 1)))) == 0
    # the residuals of 1, 1 and -2 have a variance of 3, three times that of independent recommendations
    assert intraclass_correlation(tally([4.0] * 3, [3.0, 3, 0])) == pytest.approx(2 / 3)


def test_parts_of_one_review_are_tested_as_fisher_does() -> None:
    """Of 20 recommendations 12 are on the first side; 9 have the theme, 8 of them there."""
    p, least = stratified_test(tally([12], [8]), tally([8], [1]))
    chances = stats.hypergeom(20, 12, 9).pmf(range(10))
    assert p == pytest.approx([chances[[1, 2, 8, 9]].sum()])  # all that are as far from 5.4
    assert least == pytest.approx([chances[1]])


def test_recommendations_of_one_kind_in_one_review_are_no_independent_witnesses() -> None:
    first = tally([4] * 40, [2] * 25 + [0] * 15)
    second = Tally(first.sizes, 2 - first.hits)
    ratio = dispersion(first.hits - 1, first.sizes, np.full(40, 8.0), np.full((40, 1), 2.0))
    assert ratio == pytest.approx(np.var(first.hits, ddof=1) / stats.hypergeom(8, 4, 2).var())
    assert stratified_test(first, second)[0][0] > 0.1


def test_what_both_sides_have_is_left_aside() -> None:
    own, other, both = tally([2] * 30, [1] * 30), tally([2] * 30, [0] * 30), tally([2] * 30, [1] * 30)
    p = measure(Sides(own, other, both)).p
    assert p is not None
    assert p == stratified_test(own, other)[0]
    assert 0 < p[0] < 1e-6


def test_an_interval_covers_what_a_bootstrap_of_reviews_does() -> None:
    rng = np.random.default_rng(6)
    sizes = rng.integers(5, 25, 80).astype(float)
    hits = rng.binomial(sizes.astype(int), rng.beta(3, 9, 80)).astype(float)[:, None]
    sides = apart(Tally(sizes[:40], hits[:40]), Tally(sizes[40:], hits[40:]))
    measured = measure(sides)

    def difference(one: Values, other: Values) -> float:
        """Of two lists of reviews by their numbers."""
        shares = [hits[of.astype(int), 0].sum() / sizes[of.astype(int)].sum() for of in (one, other)]
        return float(shares[0] - shares[1])

    told = stats.bootstrap(
        (np.arange(40.0), np.arange(40.0, 80)),
        difference,
        vectorized=False,
        method="percentile",
        n_resamples=1_000,
        rng=np.random.default_rng(7),
    ).confidence_interval
    assert measured.margin is not None
    assert measured.margin[0] == pytest.approx((told.high - told.low) / 2, rel=0.1)


def test_an_interval_of_single_recommendations_is_that_of_welch() -> None:
    """With one recommendation a review a share is a mean, and the interval that of two means."""
    first, second = tally([1] * 20, [1] * 12 + [0] * 8), tally([1] * 9, [1] * 4 + [0] * 5)
    told = stats.ttest_ind(first.hits[:, 0], second.hits[:, 0], equal_var=False).confidence_interval()
    measured = measure(apart(first, second))
    assert measured.margin is not None
    assert measured.margin[0] == pytest.approx((told.high - told.low) / 2)


@pytest.mark.parametrize(("hits", "testable"), [([3, 3, 0], False), ([2, 2, 2], True)])
def test_of_a_theme_of_two_reviews_nothing_can_be_found(hits: list[float], testable: bool) -> None:
    sides = apart(tally([5] * 3, hits), tally([5] * 30, [0] * 30))
    assert measure(sides).testable.tolist() == [testable]
    trend = measure_trend(np.arange(33.0), sides.union, np.zeros(1), np.ones(1))
    assert trend.testable.tolist() == [testable]


def test_what_no_review_of_a_side_has_is_still_uncertain() -> None:
    nobody = tally([2] * 4, [0] * 4)
    measured = measure(apart(nobody, nobody))
    assert measured.margin is not None
    # two of twelve, after Agresti and Coull, on either side; Student's t of six degrees of freedom
    expected = stats.t.ppf(0.975, 6) * np.sqrt(2 * (2 / 12) * (10 / 12) / 12)
    assert measured.margin[0] == pytest.approx(expected)
    nothing = tally([0] * 4, [0] * 4)
    assert measure(Sides(nothing, nothing, nobody)).margin == pytest.approx(np.zeros(1))


def test_a_slope_is_that_of_weighted_least_squares() -> None:
    years = np.array([2001.0, 2004, 2005, 2009, 2010])
    sizes, hits = np.array([4.0, 10, 2, 8, 5]), np.array([0.0, 3, 1, 5, 4])
    expected = np.polyfit(years, hits / sizes, 1, w=np.sqrt(sizes))[0]
    measured = measure_trend(years, Tally(sizes, hits[:, None]), np.zeros(1), np.ones(1))
    assert measured.difference[0] == pytest.approx(9 * expected)
    assert measured.effect[0] == pytest.approx(np.pi)


def test_false_discoveries_are_controlled_over_all_contrasts_but_not_where_nothing_can_be_found() -> None:
    def of(p: list[float], least: list[float]) -> Measured:
        zeros = np.zeros(len(p))
        return Measured(zeros, zeros, zeros, np.array(p), np.array(least) <= LEVEL)

    one, two = of([0.01, 0.2, 0.04], [0.001, 0.001, 0.06]), of([0.03], [0.01])
    untested = Measured(np.zeros(1), None, np.zeros(1), None, np.zeros(1, dtype=bool))
    judged = judge([one, two, untested], [False] * 3)
    q = stats.false_discovery_control([0.01, 0.2, 0.03])
    assert [finding.q for finding in judged[0]] == [q[0], q[1], None]
    assert [finding.q for finding in judged[1]] == [q[2]]
    assert [finding.verdict for found in judged for finding in found] == [
        *("differs", "no difference found", "too few to say"),
        *("differs", "too few to say"),
    ]


def test_an_interval_ends_where_differences_do() -> None:
    all_of_them, none = tally([2] * 3, [2] * 3), tally([2] * 3, [0] * 3)
    measured = measure(apart(all_of_them, none)), measure(apart(none, all_of_them))
    (one,), (other,) = judge(measured, [False, False])
    assert (one.difference, one.high, other.difference, other.low) == (1, 1, -1, -1)
    assert measured[0].margin is not None
    assert one.low == 1 - measured[0].margin[0]


def test_effects_are_on_the_scale_of_cohen() -> None:
    assert cohens_h(np.array([0.5, 1.0]), np.array([0.5, 0.0])) == pytest.approx([0, np.pi])
