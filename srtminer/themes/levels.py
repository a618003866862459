"""Broad themes over the themes, and members that belong to a second one."""

import math

import numpy as np
import scipy.sparse as sp

from srtminer.themes.consensus import cut, ward
from srtminer.themes.points import Labels, sums

ROOT = 1.6
"""There are this times the root of the number of themes broad ones: 6 of 14, 12 of 60."""
SECOND = 0.8
"""A member belongs to a second theme from this share of its likeness to its own. Lower: more of them."""
USUAL = 0.7
"""… if that is at least this share of what members usually have with their own. Lower: more of them."""


def broaden(rows: sp.csr_array, labels: Labels) -> Labels:
    """Give the number of the broad theme of each theme: Ward's tree of the themes' mean members, cut once.

    Rows are of length 1, labels 0 … n-1 or negative for none; shape (n,). Each theme is in one broad theme.
    """
    number = int(labels.max(initial=-1)) + 1
    wanted = max(2, round(ROOT * math.sqrt(number)))
    if number <= wanted:
        return np.arange(number)
    inside = np.flatnonzero(labels >= 0)
    totals = sums(rows[inside], labels[inside], number)
    products = np.asarray((totals @ totals.T).toarray())
    lengths = np.sqrt(np.diag(products))
    cosines = products / np.outer(lengths, lengths)
    return cut(ward(np.maximum(2 - 2 * cosines, 0)), wanted)


def second_themes(rows: sp.csr_array, labels: Labels) -> Labels:
    """Give each row a second theme that it fits almost as well as its own and as most fit theirs, or -1.

    Why: "train staff to share information about domestic abuse" belongs under both.
    """
    inside = np.flatnonzero(labels >= 0)
    second = np.full(len(labels), -1)
    if labels.max(initial=-1) < 1:
        return second
    sizes = np.bincount(labels[inside])
    total = np.asarray((rows[inside] @ sums(rows[inside], labels[inside], len(sizes)).T).toarray())
    here = np.arange(len(inside))
    own = (total[here, labels[inside]] - 1) / np.maximum(sizes[labels[inside]] - 1, 1)
    means = np.round(total / sizes, 10)
    means[here, labels[inside]] = 0
    best = means.max(axis=1)
    clear = (best >= SECOND * own) & (best >= USUAL * np.median(own))
    second[inside] = np.where(clear, means.argmax(axis=1), -1)
    return second
