"""How many recommendations have to be coded for a figure that can be relied on."""

from collections.abc import Sequence
from math import ceil, sqrt

from srtminer.evaluation.codings import Interval

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
