"""Rows become themes, or stay unthemed."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from srtminer.themes.closeness import ONE, merge
from srtminer.themes.consensus import co_association, consensus_tree, cut
from srtminer.themes.number import choose_cut, finest
from srtminer.themes.points import Labels, Matrix, points, sums
from srtminer.themes.similarity import cosines, views

UNTHEMED = -1
MOST_UNTHEMED = 0.1
"""Share of the rows that may stay without theme though they share words with others."""
WEAK = 0.4
"""A row fits weakly if its mean cosine with its theme is below this share of the median row's."""

METHOD = (
    (
        "clusters",
        "consensus of Ward's trees over 10 views (centred or not; 0, 3, 5, 8, 12 neighbours blended in)",
    ),
    ("merged", f"themes whose members are {ONE} times as alike as within the looser one"),
)


def cluster(rows: sp.csr_array, n_themes: int | None, random_state: int) -> Labels:
    """Give each row's theme, 0 … n-1, or `UNTHEMED`; rows are of length 1 or empty.

    Why one thread: sums come in the same order on any number of processors, and on a busy machine the threads
    of a small product wait for one another longer than it takes.
    """
    with threadpool_limits(1):
        return clusters(rows, n_themes, random_state)


def clusters(rows: sp.csr_array, n_themes: int | None, random_state: int) -> Labels:
    """Do what `cluster` does, on the threads there are."""
    labels = np.full(rows.shape[0], UNTHEMED)
    related = np.flatnonzero(shares_a_term(rows))
    if len(related) > 1:
        inner = rows[related]
        found = settle(inner, divide(inner, n_themes, random_state), n_themes is None)
        labels[related] = merge(inner, compact(found)) if n_themes is None else found
    return compact(labels)


def shares_a_term(rows: sp.csr_array) -> NDArray[np.bool_]:
    """Tell which rows have a term that another row has as well; the others fit no theme whatever is done."""
    in_rows = np.bincount(rows.indices, minlength=rows.shape[1])
    shared = sp.csr_array((in_rows[rows.indices] > 1, rows.indices, rows.indptr), shape=rows.shape)
    return np.asarray(shared.sum(axis=1) > 0)


def divide(rows: sp.csr_array, n_themes: int | None, random_state: int) -> Labels:
    """Divide all rows, through the consensus tree of their points."""
    place, centres = points(rows, random_state)
    number = finest(rows.shape[0])
    if centres.shape[0] < 3 or n_themes == 1:
        apart = centres.shape[0] == 2 and n_themes != 1 and np.bincount(place).min() > 1
        return place if apart else np.zeros_like(place)
    association = co_association(views(cosines(centres)), max(number, n_themes or 0))
    tree = consensus_tree(association)
    return (choose_cut(tree, association, number) if n_themes is None else cut(tree, n_themes))[place]


def settle(rows: sp.csr_array, labels: Labels, may_leave_out: bool) -> Labels:
    """Give the rows of themes of one to the nearest theme, and leave out the rows that fit weakest."""
    labels = rejoin(rows, labels)
    if not may_leave_out:
        return labels
    support, _ = fits(rows, labels)
    return rejoin(rows, compact(np.where(weakest(support), UNTHEMED, labels)))


def rejoin(rows: sp.csr_array, labels: Labels) -> Labels:
    """Give each row that is alone in its theme to the nearest theme of two or more, or to none."""
    _, nearest = fits(rows, labels)
    sizes = np.bincount(labels[labels >= 0], minlength=labels.max(initial=0) + 1)
    return compact(np.where((labels >= 0) & (sizes[labels] < 2), nearest, labels))


def weakest(support: Matrix) -> NDArray[np.bool_]:
    """Mark the rows with weak support, the weakest first, at most `MOST_UNTHEMED` of all."""
    allowed = int(MOST_UNTHEMED * len(support))
    order = np.argsort(support, kind="stable")[:allowed]
    marked = np.zeros(len(support), dtype=bool)
    marked[order] = support[order] < WEAK * np.median(support)
    return marked


def fits(rows: sp.csr_array, labels: Labels) -> tuple[Matrix, Labels]:
    """Give each row's mean cosine with the others of its theme, and the nearest theme of two or more besides.

    Nearest is -1 where no theme shares a term.
    """
    inside = np.flatnonzero(labels >= 0)
    if not len(inside):
        return np.zeros(len(labels)), np.full(len(labels), UNTHEMED)
    sizes = np.bincount(labels[inside])
    total = np.asarray((rows @ sums(rows[inside], labels[inside], len(sizes)).T).toarray())
    support = np.zeros(len(labels))
    own = total[inside, labels[inside]] - 1
    support[inside] = np.round(own / np.maximum(sizes[labels[inside]] - 1, 1), 10)
    means = np.round(total / sizes, 10)
    means[:, sizes < 2] = 0
    means[inside, labels[inside]] = 0
    return support, np.where(means.max(axis=1) > 0, means.argmax(axis=1), UNTHEMED)


def compact(labels: Labels) -> Labels:
    """Number the themes 0 … n-1 by their first row."""
    number: dict[int, int] = {UNTHEMED: UNTHEMED}
    return np.array([number.setdefault(label, len(number) - 1) for label in labels.tolist()], dtype=np.int64)
