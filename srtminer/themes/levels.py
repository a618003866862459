"""Broad themes over the themes, and members that belong to a second one."""

import math

import numpy as np

from srtminer.themes.fit import fits
from srtminer.themes.requirements import Labels, Rows
from srtminer.themes.tree import cut, ward

ROOT = 1.6
"""There are this times the root of the number of themes broad ones: 6 of 14, 12 of 60."""
SECOND = 0.8
"""A member belongs to a second theme from this share of its likeness to its own. Lower: more of them."""
USUAL = 0.7
"""… if that is at least this share of what members usually have with their own. Lower: more of them."""


def broaden(rows: Rows, labels: Labels) -> Labels:
    """Give the number of the broad theme of each theme: Ward's tree of the themes' mean members, cut once.

    Labels are 0 … n-1 or negative for none; shape (n,). Each theme is in one broad theme.
    """
    number = int(labels.max(initial=-1)) + 1
    wanted = max(2, round(ROOT * math.sqrt(number)))
    if number <= wanted:
        return np.arange(number)
    means = rows.means(labels, number)
    products = means.products(means)
    lengths = np.sqrt(np.diag(products))
    return cut(ward(products / np.outer(lengths, lengths)), wanted)


def second_themes(rows: Rows, labels: Labels) -> Labels:
    """Give each row a second theme that it fits almost as well as its own and as most fit theirs, or -1.

    Why: "train staff to share information about domestic abuse" belongs under both.
    """
    inside = np.flatnonzero(labels >= 0)
    second = np.full(len(labels), -1)
    if labels.max(initial=-1) < 1:
        return second
    found = fits(rows, labels)[inside]
    here = np.arange(len(inside))
    own = found[here, labels[inside]].copy()
    found[here, labels[inside]] = 0
    best = found.max(axis=1)
    clear = (best >= SECOND * own) & (best >= USUAL * np.median(own)) & (best > 0)
    second[inside] = np.where(clear, found.argmax(axis=1), -1)
    return second
