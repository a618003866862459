"""Codings, what is found when they are compared, and how many and which recommendations to code."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

NONE = "none"
"""The code of what fits no theme."""
FEW = 5
"""Recommendations with a theme, of any coder, below which its figures say nothing.

Why: where one coder gave it to four among many, each of these that the other gives it too moves kappa by 0.14
to 0.4, and resampling cannot see that.
"""


@dataclass(frozen=True, slots=True)
class Coded:
    """One recommendation and the theme that each coder gave it."""

    item: str
    """Id of the recommendation."""
    codes: tuple[str, ...]
    """In the order of the coders, two at least."""

    @property
    def alike(self) -> bool:
        """Whether all gave it the same theme."""
        return len(set(self.codes)) == 1


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and how sure it is; None where it is not defined, as of a code that nobody used."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """Agreement on whether a recommendation has one theme."""

    theme: str
    counts: tuple[int, ...]
    """Recommendations to which each coder gave it."""
    together: int
    """Recommendations to which all gave it."""
    few: bool
    """Whether it was given too seldom for its figures to say anything about the coders."""
    kappa: Interval
    alpha: Interval


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two of several coders agree."""

    first: int
    """Place among the coders."""
    second: int
    same: int
    kappa: Interval
    """Cohen's."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree."""

    items: int
    same: int
    """Recommendations to which all gave the same theme."""
    kappa: Interval
    """Cohen's of two coders, Fleiss' of more."""
    alpha: Interval
    """Krippendorff's, for names."""
    ami: float | None
    """Adjusted mutual information: agreement on what belongs together, whatever it is called.

    Of more than two coders the mean over pairs.
    """
    ari: float | None
    """Adjusted Rand index: the same."""
    themes: tuple[ThemeAgreement, ...]
    """Most used first."""
    pairs: tuple[PairAgreement, ...]
    """Each two of more than two coders."""
    confusion: tuple[tuple[str, str, int], ...]
    """(code of one coder, code of the other, recommendations), most first; of all pairs of coders."""
    disagreements: tuple[Coded, ...]


WIDTHS = (0.1, 0.05)
"""Halves of the intervals that people ask for."""
NORMAL = 1.96
"""Of the normal distribution, 95 % within."""
USUAL = 0.7
"""Kappa that is taken for granted before anything is coded: substantial agreement after Landis and Koch."""


def half_width(figure: Interval) -> float | None:
    """Give half the width of an interval; None where it is not defined or has none."""
    if figure.low is None or figure.high is None or figure.high <= figure.low:
        return None
    return (figure.high - figure.low) / 2


def rows_for(items: int, half: float, wanted: float) -> int:
    """Give the number of rows for an interval of half the width wanted: it shrinks with their square root."""
    return ceil(items * (half / wanted) ** 2)


def expected_half_width(sizes: Sequence[int], rows: int) -> float:
    """Give half the interval of Cohen's kappa to be expected of so many rows, for themes of these sizes.

    After Cohen (1960), with the usual kappa and both coders using the themes as often as the program.
    """
    total = sum(sizes)
    chance = sum((size / total) ** 2 for size in sizes)
    observed = chance + USUAL * (1 - chance)
    if chance >= 1:
        return 0.0
    return NORMAL * sqrt(observed * (1 - observed) / rows) / (1 - chance)


def stratified(groups: Mapping[str, Sequence[str]], size: int, seed: int) -> tuple[str, ...]:
    """Draw items so that every group has its share, and one at least where there is room; in random order.

    The shares are rounded by largest remainders. The order of the groups and of their items has no influence.
    """
    generator = random.Random(seed)  # not for secrets: the same seed must give the same sheet
    quotas = shares({name: len(items) for name, items in groups.items() if items}, size)
    drawn = [item for name in sorted(quotas) for item in generator.sample(sorted(groups[name]), quotas[name])]
    generator.shuffle(drawn)
    return tuple(drawn)


def shares(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """Give how many to draw from groups of these sizes: one each, the larger first, then in proportion."""
    total = sum(sizes.values())
    wanted = min(wanted, total)
    largest = sorted(sizes, key=lambda name: (-sizes[name], name))
    quotas = {name: int(place < wanted) for place, name in enumerate(largest)}
    while sum(quotas.values()) < wanted:
        open_to_more = [name for name in largest if quotas[name] < sizes[name]]
        most = max(open_to_more, key=lambda name: sizes[name] * wanted / total - quotas[name])
        quotas[most] += 1
    return quotas
