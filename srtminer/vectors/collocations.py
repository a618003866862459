"""Which neighbouring words belong together."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import rel_entr

MIN_ROWS = 2
ROWS_PER_COUNT = 2_000
"""The floor grows by one for so many rows: 2 up to 6,000 rows, 15 at 30,000. Lower: more columns."""
SIGNIFICANCE = 10.83
"""Log-likelihood ratio of a pair that is no accident (chi squared, one degree of freedom, p < 0.001)."""

Pair = tuple[str, str]
Counts = NDArray[np.float64]


def floor(rows: int) -> int:
    """Give the number of rows that a pair must stand in."""
    return max(MIN_ROWS, rows // ROWS_PER_COUNT)


def collocations(pairs: Mapping[Pair, int], words: Mapping[str, int], total: int) -> list[Pair]:
    """Pick the pairs that stand together more often than chance would have it, sorted.

    `pairs` and `words` count occurrences, `total` is the number of running words.
    """
    if not pairs:
        return []
    together = np.array(list(pairs.values()), dtype=np.float64)
    first, second = (np.array([words[pair[i]] for pair in pairs], dtype=np.float64) for i in (0, 1))
    more = together > first * second / total
    significant = log_likelihood_ratio(together, first, second, total) > SIGNIFICANCE
    return sorted(pair for pair, one in zip(pairs, (more & significant).tolist(), strict=True) if one)


def log_likelihood_ratio(together: Counts, first: Counts, second: Counts, total: int) -> Counts:
    """Give the log-likelihood ratio of pairs from the counts of both, of each word and of all, shape (n,).

    Dunning (1993), "Accurate methods for the statistics of surprise": twice the relative entropy of the table
    of two by two to the one that chance would give.
    """
    observed = (together, first - together, second - together, total - first - second + together)
    expected = (row * column / total for row in (first, total - first) for column in (second, total - second))
    ratio: Counts = 2 * np.sum([rel_entr(*cells) for cells in zip(observed, expected, strict=True)], axis=0)
    return ratio
