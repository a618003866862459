"""Groups of recommendations that all ask for the same as one of them, the centre."""

import heapq

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.compare.similarity import Pairs, Requests, pairs_within

LEAST_RELATED = 0.15
"""Likelihood from which two members of a star count as related. Grows: fewer and smaller stars."""

MUCH_NEARER = 0.2
"""A recommendation is not taken into a star if one outside it is so much more like it.

Why: a large star would tear pairs apart that a reader puts together."""

Star = tuple[int, NDArray[np.int64], NDArray[np.float64]]
"""A centre, its neighbours, and their similarities to it."""


def find_stars(asked: Requests, alike: Pairs, cases: NDArray[np.int64]) -> list[Star]:
    """Take again and again the row with the most cases among its neighbours, together with these.

    Star clustering after Aslam, Pelekhov and Rus (2004), "The star clustering algorithm for static and
    dynamic information organization". Why stars: joined pair by pair, the tenth member of a chain asks for
    something else than the first; here each is like the centre. Neighbours that are not like the others are
    left free for other stars.
    """
    neighbours = _neighbours(alike, len(asked))
    free = np.ones(len(asked), dtype=bool)

    def near(row: int) -> Star:
        part = slice(neighbours.indptr[row], neighbours.indptr[row + 1])
        there = free[neighbours.indices[part]]
        return row, neighbours.indices[part][there].astype(np.int64), neighbours.data[part][there]

    def weight(row: int) -> tuple[int, float]:
        _, others, values = near(row)
        return -len(np.unique(cases[others])), -round(float(values.sum()), 6)

    queue = [(*weight(row), row) for row in np.flatnonzero(np.diff(neighbours.indptr)).tolist()]
    heapq.heapify(queue)
    found = []
    while queue:
        reach, total, row = heapq.heappop(queue)
        if not free[row] or not reach:
            continue
        if (now := weight(row)) != (reach, total):
            heapq.heappush(queue, (*now, row))
            continue
        star = _agreeing(_settled(near(row), neighbours, free), asked)
        if len(star[1]):
            free[[row, *star[1]]] = False
            found.append(star)
    return found


def _settled(star: Star, neighbours: sp.csr_array, free: NDArray[np.bool_]) -> Star:
    """Leave out the neighbours that have a much nearer one outside the star."""
    centre, rows, similarities = star
    outside = free.copy()
    outside[[centre, *rows]] = False
    others = neighbours[rows]
    others.data = others.data * outside[others.indices]
    best = others.max(axis=1).toarray().ravel()
    kept = similarities >= best - MUCH_NEARER
    return centre, rows[kept], similarities[kept]


def _agreeing(star: Star, asked: Requests) -> Star:
    """Leave out, one by one, the neighbour that is related to the fewest others while that is no majority.

    Why: two requests that each share something with the centre may share nothing with one another. Who is
    related to the fewest goes first; at a tie, who is less like the centre.
    """
    centre, rows, similarities = star
    if not len(rows):
        return star
    links = _related(asked[rows])
    related = 1 + links.sum(axis=1)  # with the centre
    kept = np.ones(len(rows), dtype=bool)
    while True:
        worst = int(np.lexsort((similarities, np.where(kept, related, len(rows) + 1)))[0])
        if related[worst] > kept.sum() / 2:
            return centre, rows[kept], similarities[kept]
        kept[worst] = False
        related -= links[:, worst]


def _related(asked: Requests) -> NDArray[np.bool_]:
    """Tell which of some recommendations are related, shape (rows, rows)."""
    pairs = pairs_within(asked, LEAST_RELATED)
    related = np.zeros((len(asked), len(asked)), dtype=bool)
    related[pairs.first, pairs.second] = related[pairs.second, pairs.first] = True
    return related


def _neighbours(alike: Pairs, n: int) -> sp.csr_array:
    """Give the similarities of all pairs as a symmetric sparse matrix."""
    one, other = np.concatenate([alike.first, alike.second]), np.concatenate([alike.second, alike.first])
    values = np.concatenate([alike.similarity, alike.similarity])
    matrix = sp.coo_array((values, (one, other)), shape=(n, n)).tocsr()
    matrix.sort_indices()
    return matrix
