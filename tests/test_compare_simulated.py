"""What the tests of differences find where there is none, and where there is a known one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from srtminer.compare.findings import judge, measure, measure_trend
from srtminer.compare.sides import Tally
from srtminer.comparisons import Finding

THEMES, REVIEWS = 20, 12
RUNS = 30
CLUSTERING = 30.0
"""How alike reviews are. Smaller: a review dwells on few themes, and recommendations depend more on it."""


def reviews(rng: np.random.Generator, n: int, shares: NDArray[np.float64]) -> Tally:
    """Make reviews of 5 to 25 recommendations, each with theme shares of its own."""
    sizes = rng.integers(5, 26, n)
    hits = [rng.multinomial(size, rng.dirichlet(CLUSTERING * shares)) for size in sizes]
    return Tally(sizes.astype(float), np.array(hits, dtype=float))


def one_after_other(first: Tally, second: Tally) -> tuple[Tally, Tally]:
    """Give both the same rows, zero where a review is not theirs."""
    before, after = len(second.sizes), len(first.sizes)
    return (
        Tally(np.pad(first.sizes, (0, before)), np.pad(first.hits, ((0, before), (0, 0)))),
        Tally(np.pad(second.sizes, (after, 0)), np.pad(second.hits, ((after, 0), (0, 0)))),
    )


def compare(
    rng: np.random.Generator, one: NDArray[np.float64], two: NDArray[np.float64]
) -> tuple[Finding, ...]:
    sides = one_after_other(reviews(rng, REVIEWS, one), reviews(rng, REVIEWS, two))
    return judge([measure(*sides)], [False])[0]


EVEN = np.full(THEMES, 1 / THEMES)


def test_groups_without_a_difference_give_at_most_five_percent_finds() -> None:
    rng = np.random.default_rng(1)
    runs = [compare(rng, EVEN, EVEN) for _ in range(RUNS)]
    found = [one.verdict == "differs" for run in runs for one in run]
    assert np.mean(found) <= 0.05
    assert np.mean([any(one.verdict == "differs" for one in run) for run in runs]) <= 0.15
    assert np.mean([one.p <= 0.05 for run in runs for one in run]) <= 0.08


def with_three(share: float) -> NDArray[np.float64]:
    """Three themes of the given share, 17 of 3 % each, and the rest in no theme, which takes up the change.

    Why the rest: were it shared out among the other themes, these would differ as well.
    """
    return np.array([share] * 3 + [0.03] * (THEMES - 3) + [1 - 3 * share - 0.03 * (THEMES - 3)])


@pytest.mark.parametrize(("share", "power"), [(0.12, 0.3), (0.16, 0.7)])
def test_a_known_difference_in_three_of_twenty_themes(share: float, power: float) -> None:
    """Against 3 % in the other group."""
    rng = np.random.default_rng(2)
    runs = [compare(rng, with_three(share), with_three(0.03))[:THEMES] for _ in range(RUNS)]
    found = [[one.verdict == "differs" for one in run] for run in runs]
    assert np.mean([run[:3] for run in found]) >= power
    assert np.mean([sum(run[3:]) / max(1, sum(run)) for run in found]) <= 0.08


def test_intervals_hold_the_true_difference() -> None:
    rng = np.random.default_rng(3)
    inside = [one.low <= 0 <= one.high for _ in range(RUNS) for one in compare(rng, EVEN, EVEN)]
    assert np.mean(inside) >= 0.93


def test_years_without_a_trend_give_at_most_five_percent_finds() -> None:
    rng = np.random.default_rng(4)
    found: list[Finding] = []
    for _ in range(RUNS // 4):
        tally = reviews(rng, 2 * REVIEWS, EVEN)
        years = rng.integers(2004, 2020, 2 * REVIEWS).astype(float)
        found += judge([measure_trend(years, tally, EVEN, EVEN)], [False])[0]
    assert np.mean([one.verdict == "differs" for one in found]) <= 0.05


def test_a_rising_theme_is_found_with_its_slope() -> None:
    rng = np.random.default_rng(5)
    years = np.repeat(np.arange(2005.0, 2021.0), 2)
    parts = []
    for year in years:
        rising = 0.05 + 0.02 * (year - 2005)
        shares = np.array([rising, *[(1 - rising) / (THEMES - 1)] * (THEMES - 1)])
        parts.append(reviews(rng, 1, shares))
    tally = Tally(np.concatenate([p.sizes for p in parts]), np.concatenate([p.hits for p in parts]))
    found = judge([measure_trend(years, tally, EVEN, EVEN)], [False])[0]
    assert found[0].verdict == "differs"
    assert found[0].low <= 0.2 <= found[0].high
    assert sum(one.verdict == "differs" for one in found[1:]) <= 1


def test_overlapping_groups_without_a_difference_give_at_most_five_percent_finds() -> None:
    rng = np.random.default_rng(6)
    found: list[Finding] = []
    for _ in range(RUNS // 2):
        whole = [reviews(rng, 2 * REVIEWS, EVEN) for _ in range(3)]
        # two groups have the third part of every review in common
        first = Tally(whole[0].sizes + whole[2].sizes, whole[0].hits + whole[2].hits)
        second = Tally(whole[1].sizes + whole[2].sizes, whole[1].hits + whole[2].hits)
        found += judge([measure(first, second)], [False])[0]
    assert np.mean([one.verdict == "differs" for one in found]) <= 0.05
    assert np.mean([one.p <= 0.05 for one in found]) <= 0.08


def test_a_group_compared_with_itself_shows_nothing() -> None:
    tally = reviews(np.random.default_rng(7), REVIEWS, EVEN)
    found = judge([measure(tally, tally)], [True])[0]
    assert {(one.difference, one.low, one.high, one.p, one.effect) for one in found} == {(0, 0, 0, 1, 0)}
    assert {one.verdict for one in found} == {"no difference found"}


def test_few_reviews_are_too_few_to_say() -> None:
    rng = np.random.default_rng(8)
    sides = one_after_other(reviews(rng, 2, EVEN), reviews(rng, 2, EVEN))
    assert {one.verdict for one in judge([measure(*sides)], [False])[0]} == {"too few to say"}


def test_an_exact_test_counts_all_arrangements() -> None:
    """Three reviews full of a theme against three without: 2 of 20 arrangements are as extreme."""
    sizes = np.ones(3)
    sides = one_after_other(Tally(sizes, np.ones((3, 1))), Tally(sizes, np.zeros((3, 1))))
    assert measure(*sides).tested.p.tolist() == [0.1]
    assert measure(*sides).tested.least.tolist() == [0.1]
