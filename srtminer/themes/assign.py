"""Rows that came later go to the theme they fit best, or to none."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from srtminer.themes.cluster import UNTHEMED, fits
from srtminer.themes.points import Labels, Matrix, sums

FURTHER = 0.5
"""A row fits if it is so many times as like a theme as the weakest member: themes are made for theirs."""


@dataclass(frozen=True, slots=True)
class Centres:
    """What of a clustering is needed to place further rows."""

    means: Matrix
    """Mean member of each theme, shape (themes, columns)."""
    least: float
    """Mean cosine with a theme's members below which a row fits none."""


def centres_of(rows: sp.csr_array, labels: Labels) -> Centres:
    """Take the centres of clustered unit rows; labels are 0 … n-1, or negative for none."""
    inside = np.flatnonzero(labels >= 0)
    if not len(inside):
        return Centres(np.zeros((0, rows.shape[1])), 0.0)
    sizes = np.bincount(labels[inside])
    support, _ = fits(rows, labels)
    means = np.asarray(sums(rows[inside], labels[inside], len(sizes)).toarray()) / sizes[:, None]
    return Centres(means, FURTHER * float(support[inside].min()))


def assign(rows: sp.csr_array, centres: Centres) -> Labels:
    """Give each unit row the theme whose members it is most like on average, or `UNTHEMED`."""
    if not len(centres.means):
        return np.full(rows.shape[0], UNTHEMED)
    likeness = np.round(np.asarray(rows @ centres.means.T), 10)
    best = likeness.max(axis=1)
    labels: Labels = np.where((best > 0) & (best >= centres.least), likeness.argmax(axis=1), UNTHEMED)
    return labels
