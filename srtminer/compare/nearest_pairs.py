"""Which recommendations of a set ask for the same: all pairs of a small set, likely ones of a large one.

In a large set two kinds of pairs are looked at, so that time grows with n * sqrt(n) and not with n * n:
those whose meanings lie near each other, and those that share two of their rarest words. The first are found
by cluster pruning (Singitham, Mahabhashyam and Raghavan, 2004): evenly spaced vectors are the middles of
cells, each vector lives in the nearest and looks into a few. Why no k-means: it finds no more, as slowly.
"""

from collections.abc import Iterator

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
    rare = _rarest(asked.words)
    for start in range(0, len(asked), BLOCK):
        shared = (rare[start : start + BLOCK] @ rare.T).tocoo()
        ahead = (shared.data > 1) & (shared.row + start < shared.col)
        first, second = shared.row[ahead].astype(np.int64) + start, shared.col[ahead].astype(np.int64)
        words = np.asarray(asked.words[first].multiply(asked.words[second]).sum(axis=1)).ravel()
        likely = likelihood(_meaning_of(asked, first, second), words)
        yield paired(first, second, likely)[likely >= least]


def _rarest(words: sp.csr_array) -> sp.csr_array:
    """Give 1 where a stem is one of the rarest of a recommendation; shape (recommendations, stems)."""
    lengths, often = np.diff(words.indptr), np.bincount(words.indices, minlength=words.shape[1])
    rows = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort([words.indices, often[words.indices], rows])
    rank = np.arange(len(rows)) - np.repeat(words.indptr[:-1], lengths)
    kept = order[rank < RAREST]
    return sp.csr_array((np.ones(len(kept), np.int8), (rows[kept], words.indices[kept])), words.shape)


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
    shape, homes, looked = (len(middles), len(asked)), list[Numbers](), list[Numbers]()
    for start in range(0, len(owner), BLOCK):
        near = floats(asked.meaning[start : start + BLOCK]) @ middles.T
        homes.append(near.argmax(axis=1))
        # All that are as near as the last: which of equals comes first depends on the processor.
        last = np.partition(near, -LOOKED_INTO, axis=1)[:, -LOOKED_INTO, None]
        rows, cells = np.nonzero(near >= last)
        looked.append(np.stack([cells, owner[start + rows]]))
    places = np.concatenate(looked, axis=1), np.stack([np.concatenate(homes), owner])
    lookers, members = (
        sp.csr_array((np.ones(at.shape[1], bool), tuple(at)), shape).tolil().rows for at in places
    )
    for some, inside in zip(lookers, members, strict=True):
        if inside:
            yield np.array(some), np.array(inside)
