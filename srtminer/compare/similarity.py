"""How likely it is that two recommendations ask for the same thing.

Four figures that a person can follow (the weight of what both are about, the weight of what only one is
about, what is to be done in common, and whether they ask for different acts) are put together by a logistic
regression. Its weights were fitted on annotated pairs; `tests/test_compare_pairs.py` fits them again and
guards what they reach.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.compare.meanings import meanings
from srtminer.compare.wording import Bags, Numbers, read, stem

Values = NDArray[np.float64]

INTERCEPT = 2.38
WEIGHTS = (1.15, -1.08, 0.68, -1.19)
"""Of the features, fitted on the annotated pairs (L2 penalty, C = 10)."""
SMALL_ACTS = 0.1
"""Added before the logarithm. Grows: having no act in common counts less."""
LEAST_COMMON = 0.07
"""Share of what two requests are about that both are about; below it they are never the same. Why: "train
staff about dogs" and "train staff about drugs" ask for one act, and among thousands of requests many do."""

DECIMALS = 6
"""Similarities are rounded so that sums in another order give the same matches."""
SMALLEST = 1e-9
BLOCK = 256
"""Rows that are compared with all others at a time."""

UNKNOWN_SHARE, UNKNOWN_ROWS = 0.01, 50
"""A word counts as if it stood in one of a hundred of so many other recommendations.

Why: in a store of two reviews every word is rare."""
WEAK_SHARE = 0.5
"""At least so common are words that say little, whatever the store says."""
RAREST_SHARE = 0.002
"""No word counts as rarer. Why: a name or a misprint that two texts share does not make them one."""
MOST_COMMON_SHARE = 0.9
"""No word counts as more common, so that every word has some weight."""
BODY_WEIGHT = 0.5
"""Of a topic that may be who is asked."""


@dataclass(frozen=True, slots=True)
class Requests:
    """What recommendations ask for, as sparse rows, one a recommendation."""

    matter: sp.csr_array
    """Square roots of the weights of what they are about: a product of two rows is the weight in common."""
    totals: Values
    """Weight of all that each is about."""
    acts: sp.csr_array
    """What is to be done, weighted, rows of length 1."""

    def __getitem__(self, rows: slice | Numbers) -> "Requests":
        """Give some of the rows, in the order asked for."""
        return Requests(self.matter[rows], self.totals[rows], self.acts[rows])


def requests(texts: Sequence[str]) -> Requests:
    """Read recommendations; how common words are is learned from all of them together."""
    about, acts = read(texts)
    matter = _weighted(about)
    return Requests(
        matter=_scaled(matter, np.sqrt),
        totals=np.asarray(matter.sum(axis=1)).ravel(),
        acts=_unit_rows(_weighted(acts)),
    )


def features(first: Requests, second: Requests) -> Values:
    """Give the features of pairs, row by row, shape (pairs, 4)."""
    common, acts = _products(first.matter, second.matter), _products(first.acts, second.acts)
    known = _not_empty(first.acts) & _not_empty(second.acts)
    return _features(common, first.totals + second.totals - 2 * common, acts, known)


def likelihood(features: Values) -> Values:
    """Give how likely pairs with such features ask for the same, 0 to 1; 0 if about different matters."""
    common, single = np.expm1(features[:, 0]), np.expm1(features[:, 1])
    near = common >= LEAST_COMMON * (common + single)
    likely = np.round(1 / (1 + np.exp(-(INTERCEPT + features @ np.array(WEIGHTS)))), DECIMALS)
    return np.where(near, likely, 0.0)


def _features(common: Values, single: Values, acts: Values, known: NDArray[np.bool_]) -> Values:
    single = np.maximum(single, 0)  # differences of sums may fall below it by a rounding error
    other_acts = known & (acts < SMALLEST)
    return np.column_stack([np.log1p(common), np.log1p(single), np.log(SMALL_ACTS + acts), other_acts])


def _presence(bags: Bags) -> sp.csr_array:
    """Give which units each text has: ones, each once, columns sorted."""
    shape = (bags.n_rows, len(bags.units))
    matrix = sp.coo_array((np.ones(len(bags.rows)), (bags.rows, bags.columns)), shape=shape).tocsr()
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def _weighted(bags: Bags) -> sp.csr_array:
    """Give the distinct units of each text, weighted by minus the log of the share of texts with it."""
    lists = meanings()
    there = _presence(bags)
    counts = np.bincount(there.indices, minlength=there.shape[1])
    shares = (counts + UNKNOWN_SHARE * UNKNOWN_ROWS) / (bags.n_rows + UNKNOWN_ROWS)
    weak = {stem(word) for word in lists.weak}
    bodies = {f"@{topic}" for topic in lists.bodies}
    shares = np.where([unit in weak for unit in bags.units], np.maximum(shares, WEAK_SHARE), shares)
    factors = np.where([unit in bodies for unit in bags.units], BODY_WEIGHT, 1.0)
    weights = -np.log(np.clip(shares, RAREST_SHARE, MOST_COMMON_SHARE)) * factors
    there.data = weights[there.indices]
    return there


def _scaled(matrix: sp.csr_array, change: Callable[[Values], Values]) -> sp.csr_array:
    scaled = matrix.copy()
    scaled.data = change(scaled.data)
    return scaled


def _unit_rows(matrix: sp.csr_array) -> sp.csr_array:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scaled = matrix.copy()
    scaled.data /= np.repeat(np.maximum(lengths, 1e-12), np.diff(matrix.indptr))
    return scaled


def _products(first: sp.csr_array, second: sp.csr_array) -> Values:
    return np.asarray(first.multiply(second).sum(axis=1)).ravel()


def _not_empty(rows: sp.csr_array) -> NDArray[np.bool_]:
    filled: NDArray[np.bool_] = np.diff(rows.indptr) > 0
    return filled


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows that ask for the same; the three arrays have one entry a pair."""

    first: Numbers
    second: Numbers
    similarity: Values


def pairs_alike(first: Requests, second: Requests, threshold: float) -> Pairs:
    """Give all pairs of a row of the one and a row of the other that are at least so similar.

    Works block by block, so that memory grows with the pairs found and not with all there are.
    """
    blocks = range(0, first.matter.shape[0], BLOCK)
    found = [_block(first, second, start, threshold) for start in blocks]
    if not found:
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    return Pairs(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _block(
    first: Requests, second: Requests, start: int, threshold: float
) -> tuple[Numbers, Numbers, Values]:
    rows = slice(start, start + BLOCK)
    products = (first.matter[rows] @ second.matter.T).tocoo()
    totals = first.totals[rows][products.row] + second.totals[products.col]
    near = products.data >= LEAST_COMMON * (totals - products.data)
    one, other, common = products.row[near], products.col[near], products.data[near]
    acts = (first.acts[rows] @ second.acts.T).toarray()[one, other]
    known = _not_empty(first.acts)[one + start] & _not_empty(second.acts)[other]
    similarity = likelihood(_features(common, totals[near] - 2 * common, acts, known))
    alike = similarity >= threshold
    return one[alike].astype(np.int64) + start, other[alike].astype(np.int64), similarity[alike]
