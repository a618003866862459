"""Which neighbouring words belong together."""

from collections.abc import Mapping

MIN_ROWS = 2
ROWS_PER_COUNT = 2_000
"""The floor grows by one for so many rows: 2 up to 6,000 rows, 15 at 30,000. Lower: more columns."""
SIGNIFICANCE = 10.83
"""Log-likelihood ratio of a pair that is no accident (chi squared, one degree of freedom, p < 0.001)."""

Pair = tuple[str, str]


def floor(rows: int) -> int:
    """Give the number of rows that a pair must stand in."""
    return max(MIN_ROWS, rows // ROWS_PER_COUNT)


def collocations(pairs: Mapping[Pair, int], words: Mapping[str, int], total: int) -> list[Pair]:
    """Pick the pairs that stand together more often than chance would have it, sorted.

    `pairs` and `words` count occurrences, `total` is the number of running words.
    Log-likelihood ratio after Dunning (1993), "Accurate methods for the statistics of surprise".
    """
    from nltk.metrics.association import BigramAssocMeasures

    def is_collocation(pair: Pair) -> bool:
        margins = (words[pair[0]], words[pair[1]])
        expected = margins[0] * margins[1] / total
        ratio = BigramAssocMeasures.likelihood_ratio(pairs[pair], margins, total)
        return bool(pairs[pair] > expected and ratio > SIGNIFICANCE)

    return sorted(filter(is_collocation, pairs))
