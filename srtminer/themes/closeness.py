"""How close themes are to one another, and the merging of those that are one."""

from collections.abc import Mapping

import numpy as np
import scipy.sparse as sp

from srtminer.themes.points import Labels, Matrix, sums

ONE = 0.8
"""Closeness from which two themes are merged. Lower: fewer, wider themes."""

NAMESAKES = 0.5
"""Closeness from which two themes are merged that one phrase would name best. Lower: fewer, wider themes."""


def closeness(rows: sp.csr_array, labels: Labels) -> Matrix:
    """Give how alike the members of two themes are, as a share of how alike those of the looser theme are.

    Rows are of length 1, labels 0 … n-1 or negative for none; shape (n, n), diagonal 0. Above 1, members
    are more like those of the other theme than like their own.
    """
    inside = np.flatnonzero(labels >= 0)
    sizes = np.bincount(labels[inside])
    totals = sums(rows[inside], labels[inside], len(sizes))
    products = (totals @ totals.T).toarray()
    within = (np.diag(products) - sizes) / np.maximum(sizes * (sizes - 1), 1)
    looser = np.minimum(within[:, None], within[None, :])
    close: Matrix = np.round(products / np.outer(sizes, sizes) / np.maximum(looser, 1e-9), 10)
    np.fill_diagonal(close, 0)
    return close


def merge(rows: sp.csr_array, labels: Labels) -> Labels:
    """Merge the closest two themes as long as they are `ONE` and three or more are left.

    Why: "domestic abuse" and "domestic violence" may come out as two, their members as alike as one's.
    """
    while labels.max(initial=-1) >= 2:
        close = closeness(rows, labels)
        first, second = sorted(int(i) for i in np.unravel_index(np.argmax(close), close.shape))
        if close[first, second] < ONE:
            break
        labels = np.where(labels == second, first, labels)
        labels = np.where(labels > second, labels - 1, labels)
    return labels


def merge_namesakes(
    rows: sp.csr_array, labels: Labels, names: Mapping[int, tuple[str, ...]]
) -> tuple[Labels, bool]:
    """Merge themes that have one best name and are `NAMESAKES`; tell whether any were.

    Why: the second of two themes on domestic abuse would be called after what few of its members say.
    """
    close = closeness(rows, labels)
    target = list(range(len(close)))
    for second in sorted(names):
        same = (first for first in sorted(names) if first < second and names[first] == names[second])
        target[second] = next((target[one] for one in same if close[one, second] >= NAMESAKES), second)
    merged = np.where(labels >= 0, np.array([*target, -1])[labels], -1)
    _, numbered = np.unique(merged[merged >= 0], return_inverse=True)
    merged[merged >= 0] = numbered
    return merged, target != list(range(len(close)))
