"""Groups of recommendations that all ask for the same as one of them, the centre."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Sky:
    """Who is like whom, and who is in no star yet."""

    neighbours: sp.csr_array
    """Similarities, shape (rows, rows), symmetric; indices ascending."""
    cases: NDArray[np.int64]
    """Case that each row is from."""
    free: NDArray[np.bool_]
    """Rows that are in no star; changes as stars are found."""

    def star(self, row: int) -> Star:
        """Give a row and its free neighbours."""
        part = slice(self.neighbours.indptr[row], self.neighbours.indptr[row + 1])
        there = self.free[self.neighbours.indices[part]]
        rows = self.neighbours.indices[part][there].astype(np.int64)
        return row, rows, self.neighbours.data[part][there]

    def weight(self, row: int) -> tuple[int, float]:
        """Give the cases and the similarities of a row's star, the more the lower."""
        _, rows, similarities = self.star(row)
        return -len(np.unique(self.cases[rows])), -round(float(similarities.sum()), 6)


def find_stars(asked: Requests, alike: Pairs, cases: NDArray[np.int64]) -> list[Star]:
    """Take again and again the row with the most cases among its neighbours, together with these.

    Star clustering after Aslam, Pelekhov and Rus (2004), "The star clustering algorithm for static and
    dynamic information organization". Why stars: joined pair by pair, the tenth member of a chain asks for
    something else than the first; here each is like the centre. Neighbours that are not like the others are
    left free for other stars.
    """
    sky = _Sky(_neighbours(alike, len(asked)), cases, np.ones(len(asked), dtype=bool))
    found = []
    for row in _by_weight(sky):
        centre, rows, _ = star = _agreeing(_settled(sky.star(row), sky), asked)
        if len(rows):
            sky.free[[centre, *rows]] = False
            found.append(star)
    return found


def _by_weight(sky: _Sky) -> Iterator[int]:
    """Give the free rows with free neighbours, the greatest weight first; weights fall as stars are found."""
    rows = np.flatnonzero(np.diff(sky.neighbours.indptr)).tolist()
    queue = [(*sky.weight(row), row) for row in rows]
    heapq.heapify(queue)
    while queue:
        *weight, row = heapq.heappop(queue)
        now = sky.weight(row)
        if not sky.free[row] or not now[0]:
            continue
        if now == tuple(weight):
            yield row
        else:
            heapq.heappush(queue, (*now, row))


def _settled(star: Star, sky: _Sky) -> Star:
    """Leave out the neighbours that have a much nearer free one outside the star."""
    centre, rows, similarities = star
    outside = sky.free.copy()
    outside[[centre, *rows]] = False
    others = sky.neighbours[rows]
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
