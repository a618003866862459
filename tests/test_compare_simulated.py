"""What the tests of differences find where there is none, and where there is a known one."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from numpy.typing import NDArray

from srtminer.compare import inference
from srtminer.compare.inference import Sides, Tally, judge, measure, measure_trend
from srtminer.comparisons import Finding

pytestmark = pytest.mark.slow

Values = NDArray[np.float64]
Lengths = tuple[int, int]

THEMES, REVIEWS = 20, 12
RUNS = 60
DRAWN = 999
"""Arrangements drawn, a tenth of what the program draws, for the sake of time."""
LENGTHS, SHORT, LONG = (5, 25), (3, 6), (15, 30)
"""Fewest and most recommendations of a review."""
CLUSTERING = 30.0
"""How alike reviews are. Smaller: a review dwells on few themes, and recommendations depend more on it."""
EVEN = np.full(THEMES, 1 / THEMES)


@pytest.fixture(autouse=True)
def fewer_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "DRAWN", DRAWN)


def reviews(rng: np.random.Generator, n: int, shares: Values, lengths: Lengths = LENGTHS) -> Tally:
    """Make reviews, each with theme shares of its own; shares after the twentieth are of no theme."""
    sizes = rng.integers(lengths[0], lengths[1] + 1, n)
    hits = [rng.multinomial(size, rng.dirichlet(CLUSTERING * shares)) for size in sizes]
    return Tally(sizes.astype(float), np.array(hits, dtype=float)[:, :THEMES])


def nothing(like: Tally) -> Tally:
    return Tally(np.zeros_like(like.sizes), np.zeros_like(like.hits))


def joined(*parts: Tally) -> Tally:
    return Tally(np.concatenate([p.sizes for p in parts]), np.concatenate([p.hits for p in parts]))


def apart(first: Tally, second: Tally, both: Tally | None = None) -> Sides:
    """Make two sides of whole reviews, some of them on both."""
    both = Tally(np.zeros(0), np.zeros((0, THEMES))) if both is None else both
    return Sides(
        joined(first, nothing(second), nothing(both)),
        joined(nothing(first), second, nothing(both)),
        joined(nothing(first), nothing(second), both),
    )


def split(
    rng: np.random.Generator, n: int, share: float, one: Values, other: Values, alike: float = np.inf
) -> Sides:
    """Make an agency with some recommendations of each review, and the others.

    Smaller `alike`: what a review asks of either is more of a kind.
    """
    sizes = rng.integers(LENGTHS[0], LENGTHS[1] + 1, n)
    first = rng.binomial(sizes, share)
    second = sizes - first
    hits = np.zeros((2, n, len(one)))
    for row in range(n):
        own = rng.dirichlet(CLUSTERING * other)
        for side, (size, ratio) in enumerate(((first[row], one / other), (second[row], other / other))):
            shares = own * ratio / (own @ ratio)
            shares = shares if np.isinf(alike) else rng.dirichlet(alike * shares + 1e-9)
            hits[side, row] = rng.multinomial(size, shares)
    one_side = Tally(first.astype(float), hits[0, :, :THEMES])
    return Sides(one_side, Tally(second.astype(float), hits[1, :, :THEMES]), nothing(one_side))


def findings(sides: Sides) -> tuple[Finding, ...]:
    return judge([measure(sides)], [False])[0]


def share_of(found: Iterable[Finding], level: float) -> float:
    """Give the share of p values up to a level; without a difference it should be the level."""
    return float(np.mean([one.p is not None and one.p <= level for one in found]))


def finds(found: Iterable[Finding]) -> float:
    return float(np.mean([one.verdict == "differs" for one in found]))


def held(found: Iterable[Finding], true: float = 0.0) -> float:
    """Give the share of intervals that hold the true difference."""
    ends = [(one.low, one.high) for one in found if one.low is not None and one.high is not None]
    return float(np.mean([low <= true <= high for low, high in ends]))


def with_three(share: float) -> Values:
    """Three themes of the given share, 17 of 3 % each, and the rest in no theme, which takes up the change.

    Why the rest: were it shared out among the other themes, these would differ as well.
    """
    return np.array([share] * 3 + [0.03] * (THEMES - 3) + [1 - 3 * share - 0.03 * (THEMES - 3)])


def unlike(n1: int, first: Lengths, n2: int, second: Lengths) -> Callable[[np.random.Generator], Sides]:
    return lambda rng: apart(reviews(rng, n1, EVEN, first), reviews(rng, n2, EVEN, second))


def agency(n: int, share: float, alike: float = np.inf) -> Callable[[np.random.Generator], Sides]:
    return lambda rng: split(rng, n, share, EVEN, EVEN, alike)


def overlapping(rng: np.random.Generator) -> Sides:
    return apart(*(reviews(rng, 8, EVEN) for _ in range(3)))


NO_DIFFERENCE: dict[str, Callable[[np.random.Generator], Sides]] = {
    "12 reviews against 12": unlike(REVIEWS, LENGTHS, REVIEWS, LENGTHS),
    "3 against 30": unlike(3, LENGTHS, 30, LENGTHS),
    "4 short against 20 long": unlike(4, SHORT, 20, LONG),
    "4 long against 20 short": unlike(4, LONG, 20, SHORT),
    "12 short against 12 long": unlike(12, SHORT, 12, LONG),
    "6 long against 60 short": unlike(6, LONG, 60, SHORT),
    "two groups that share whole reviews": overlapping,
    "an agency seldom asked": agency(24, 0.05),
    "an agency asked now and then": agency(24, 0.1),
    "an agency often asked": agency(24, 0.4),
    "an agency asked for more of the same": agency(24, 0.4, alike=5),
    "an agency in few reviews": agency(8, 0.1),
}


@pytest.mark.parametrize("case", NO_DIFFERENCE)
def test_groups_without_a_difference_give_at_most_five_percent_finds(case: str) -> None:
    rng = np.random.default_rng(1)
    runs = [findings(NO_DIFFERENCE[case](rng)) for _ in range(RUNS)]
    found = [one for run in runs for one in run]
    assert finds(found) <= 0.01
    assert np.mean([finds(run) > 0 for run in runs]) <= 0.1
    assert share_of(found, 0.05) <= 0.07
    assert share_of(found, 0.01) <= 0.02
    assert held(found) >= 0.94


@pytest.mark.parametrize(("share", "power"), [(0.12, 0.3), (0.16, 0.65)])
def test_a_known_difference_in_three_of_twenty_themes(share: float, power: float) -> None:
    """Against 3 % in the other group; 12 reviews each."""
    rng = np.random.default_rng(2)
    sides = (
        apart(reviews(rng, REVIEWS, with_three(share)), reviews(rng, REVIEWS, with_three(0.03)))
        for _ in range(RUNS)
    )
    runs = [findings(one) for one in sides]
    assert np.mean([finds(run[:3]) for run in runs]) >= power
    assert np.mean([false_share(run, 3) for run in runs]) <= 0.08
    assert held([one for run in runs for one in run[:3]], share - 0.03) >= 0.9


@pytest.mark.parametrize(("share", "power"), [(0.1, 0.35), (0.4, 0.8)])
def test_a_known_difference_of_an_agency(share: float, power: float) -> None:
    """16 % against 3 % in 24 reviews, of whose recommendations it is asked a share."""
    rng = np.random.default_rng(3)
    runs = [findings(split(rng, 24, share, with_three(0.16), with_three(0.03))) for _ in range(RUNS)]
    assert np.mean([finds(run[:3]) for run in runs]) >= power
    assert np.mean([false_share(run, 3) for run in runs]) <= 0.08


def false_share(run: tuple[Finding, ...], true: int) -> float:
    """Give the share of false finds among the finds; those after the true ones are false."""
    verdicts = [one.verdict == "differs" for one in run]
    return sum(verdicts[true:]) / max(1, sum(verdicts))


@pytest.mark.parametrize("late", [LENGTHS, SHORT])
def test_years_without_a_trend_give_at_most_five_percent_finds(late: Lengths) -> None:
    """Also where later reviews are shorter."""
    rng = np.random.default_rng(4)
    found: list[Finding] = []
    for _ in range(RUNS):
        tally = joined(reviews(rng, 14, EVEN, LENGTHS), reviews(rng, 10, EVEN, late))
        years = np.concatenate([rng.integers(2004, 2014, 14), rng.integers(2012, 2022, 10)]).astype(float)
        found += judge([measure_trend(years, tally, EVEN, EVEN)], [False])[0]
    assert finds(found) <= 0.01
    assert share_of(found, 0.05) <= 0.065
    assert held(found) >= 0.93


def test_a_rising_theme_is_found_with_its_slope() -> None:
    rng = np.random.default_rng(5)
    years = np.repeat(np.arange(2005.0, 2021.0), 2)
    parts = []
    for year in years:
        rising = 0.05 + 0.02 * (year - 2005)
        parts.append(reviews(rng, 1, np.array([rising, *[(1 - rising) / (THEMES - 1)] * (THEMES - 1)])))
    found = judge([measure_trend(years, joined(*parts), EVEN, EVEN)], [False])[0]
    assert found[0].verdict == "differs"
    assert held(found[:1], 0.2) == 1
    assert finds(found[1:]) <= 0.05


def test_a_group_compared_with_itself_shows_nothing() -> None:
    tally = reviews(np.random.default_rng(7), REVIEWS, EVEN)
    found = judge([measure(Sides(nothing(tally), nothing(tally), tally))], [True])[0]
    assert {(one.difference, one.low, one.high, one.p, one.effect) for one in found} == {(0, 0, 0, 1, 0)}
    assert {one.verdict for one in found} == {"no difference found"}


def test_few_reviews_are_too_few_to_say() -> None:
    rng = np.random.default_rng(8)
    two = findings(apart(reviews(rng, 2, EVEN), reviews(rng, 20, EVEN)))
    assert {(one.verdict, one.p) for one in two} == {("too few to say", None)}
    assert all(one.low is not None for one in two)
    single = findings(apart(reviews(rng, 1, EVEN), reviews(rng, 20, EVEN)))
    assert {(one.low, one.high) for one in single} == {(None, None)}
