"""Which recommendations of a set ask for the same: all pairs of a small set, likely ones of a large one.

In a large set two kinds of pairs are looked at, so that time grows with n * sqrt(n) and not with n * n:
those whose meanings lie near each other, and those that share two of their rarest words. The first are found
by cluster pruning (Singitham, Mahabhashyam and Raghavan, 2004): evenly spaced vectors are the middles of
cells, each vector lives in the nearest and looks into a few. Why no k-means: it finds no more, as slowly.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from srtminer.compare.similarity import (
    BLOCK,
    Numbers,
    Pairs,
    Requests,
    all_pairs,
    floats,
    likelihood,
    paired,
)
from srtminer.comparisons import COMPARED_WITH_ALL

LOOKED_INTO = 8
"""Cells. Grows: slower, and fewer pairs are missed."""
RAREST = 6
"""Stems of a recommendation, two of which a pair shares. Grows: slower, and fewer pairs are missed."""
MOST_SHARING = 60
"""Recommendations with the same two stems, of which each is compared with so many that come after it."""


def pairs_within(asked: Requests, least: float) -> Pairs:
    """Give the pairs of two different recommendations that are at least so likely, the lower number first.

    All of them up to `COMPARED_WITH_ALL` recommendations, nearly all of more.
    """
    with threadpool_limits(1):  # the threads of small products wait for one another longer than they take
        if len(asked) <= COMPARED_WITH_ALL:
            found: Pairs = all_pairs(asked, asked, least, after=True)
            return found[found["first"] < found["second"]]
        near = [*_sharing(asked, least)]
        for lookers, members in _neighbourhoods(asked):
            found = all_pairs(asked.chosen(lookers), asked.chosen(members), least)
            one, other = lookers[found["first"]], members[found["second"]]
            near.append(paired(np.minimum(one, other), np.maximum(one, other), found["likelihood"]))
    pairs = np.concatenate(near)
    _, place = np.unique(pairs["first"] * len(asked) + pairs["second"], return_index=True)
    return pairs[place][(pairs["first"] < pairs["second"])[place]]


def _sharing(asked: Requests, least: float) -> Iterator[Pairs]:
    """Give the pairs, of those that share two of their rarest stems, that are likely enough."""
    words = asked.words
    codes = _codes_of_sharing(words)
    for start in range(0, len(codes), BLOCK * BLOCK):
        first, second = np.divmod(codes[start : start + BLOCK * BLOCK], len(asked))
        shared = np.asarray(words[first].multiply(words[second]).sum(axis=1)).ravel()
        likely = likelihood(_meaning_of(asked, first, second), shared)
        yield paired(first, second, likely)[likely >= least]


def _codes_of_sharing(words: sp.csr_array) -> Numbers:
    """Name the pairs that share two of their rarest stems: the lower number times all, and the higher."""
    (number, width), lengths = words.shape, np.diff(words.indptr)
    rows = np.repeat(np.arange(number), lengths)
    often = np.bincount(words.indices, minlength=width)[words.indices]
    order = np.lexsort([words.indices, often, rows])
    rank = np.arange(len(rows)) - np.repeat(words.indptr[:-1], lengths)
    kept = rank < RAREST
    rarest = np.full((number, RAREST), -1, dtype=np.int64)  # the rarest first, then -1
    rarest[rows[kept], rank[kept]] = words.indices[order][kept]
    owners, keys = [], []
    for one, other in combinations(range(RAREST), 2):
        having = np.flatnonzero(rarest[:, other] >= 0)
        low, high = np.sort(rarest[having][:, [one, other]], axis=1).T
        owners.append(having)
        keys.append(low * width + high)
    key, owner = np.concatenate(keys), np.concatenate(owners)
    order = np.argsort(key, kind="stable")
    key, owner = key[order], owner[order]
    codes = []
    for apart in range(1, MOST_SHARING):
        same = np.flatnonzero(key[apart:] == key[:-apart])
        first, second = owner[same], owner[same + apart]
        codes.append(np.unique(np.minimum(first, second) * number + np.maximum(first, second)))
    return np.unique(np.concatenate(codes))


def _meaning_of(asked: Requests, first: Numbers, second: Numbers) -> NDArray[np.float64]:
    """Give the mean of the cosine of wholes and that of nearest parts, pair by pair."""
    ends = np.append(asked.starts[1:], len(asked.meaning))
    one, other = (ends - asked.starts)[first], (ends - asked.starts)[second]
    begins = np.cumsum(one * other) - one * other
    within = np.arange((one * other).sum()) - np.repeat(begins, one * other)
    wide = np.repeat(other, one * other)
    rows = np.repeat(asked.starts[first], one * other) + within // wide
    columns = np.repeat(asked.starts[second], one * other) + within % wide
    pairs = floats(asked.meaning[rows]), floats(asked.meaning[columns])
    cosines = np.einsum("ij,ij->i", *pairs).astype(np.float64)
    means: NDArray[np.float64] = (cosines[begins] + np.maximum.reduceat(cosines, begins)) / 2
    return means


def _neighbourhoods(asked: Requests) -> Iterator[tuple[Numbers, Numbers]]:
    """Give for each cell those that look into it, and those that live there, by any of their parts."""
    number = round(np.sqrt(len(asked.meaning)))  # a cell has about as many members as there are cells
    middles = floats(asked.meaning[:: len(asked.meaning) // number][:number])
    owner = np.repeat(np.arange(len(asked)), np.diff([*asked.starts, len(asked.meaning)]))
    homes = np.zeros(len(owner), dtype=np.int64)
    looked: list[Numbers] = []
    for start in range(0, len(owner), BLOCK):
        near = floats(asked.meaning[start : start + BLOCK]) @ middles.T
        homes[start : start + BLOCK] = near.argmax(axis=1)
        # All that are as near as the last: which of equals comes first depends on the processor.
        last = np.partition(near, -LOOKED_INTO, axis=1)[:, -LOOKED_INTO, None]
        rows, cells = np.nonzero(near >= last)
        looked.append(np.stack([cells, owner[start + rows]]))
    cells, lookers = np.concatenate(looked, axis=1)
    order = np.argsort(cells, kind="stable")
    bounds = np.searchsorted(cells[order], np.arange(len(middles) + 1))
    for cell in range(len(middles)):
        members = np.unique(owner[homes == cell])
        if len(members):
            yield np.unique(lookers[order][bounds[cell] : bounds[cell + 1]]), members
