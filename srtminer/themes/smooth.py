"""Similarities between points, blended with those of their neighbours.

All work is on the point x point array, so that it costs no more for a large vocabulary.
"""

import numpy as np
import scipy.sparse as sp

from srtminer.themes.requirements import Labels, Matrix

NEIGHBOURS = (3, 4, 5, 6, 8)
"""Nearest points that each is blended with, view by view. Larger: rarer words bridge more, themes blur."""
BLEND = 0.5
"""Share of the neighbours in a blended row."""
DECIMALS = 8


def smoothed(similarity: Matrix) -> Matrix:
    """Give the cosines that the points would have if each were blended with its nearest others.

    Why: two recommendations on one matter often share no word, but each shares some with a third. It is the
    mean of a view for each of the `NEIGHBOURS`: one row more or less moves each view, but few of them alike.
    """
    base = centred(similarity)
    order = nearest(base)
    total = sum((blended(base, order[:, :number]) for number in NEIGHBOURS), np.zeros_like(base))
    return np.round(total / len(NEIGHBOURS), DECIMALS)


def blended(base: Matrix, neighbours: Labels) -> Matrix:
    """Give the cosines of points blended with these others, shape (n, number)."""
    n, number = neighbours.shape
    columns = np.concatenate([np.arange(n)[:, None], neighbours], axis=1)
    values = np.tile([1 - BLEND, *[BLEND / number] * number], n)
    mixing = sp.csr_array((values, (np.repeat(np.arange(n), number + 1), columns.ravel())), shape=(n, n))
    return normalised((mixing @ (mixing @ base).T).T)


def centred(similarity: Matrix) -> Matrix:
    """Give the cosines that the points would have with their mean taken away (double centring)."""
    means = similarity.mean(axis=0)
    return normalised(similarity - means[:, None] - means[None, :] + means.mean())


def nearest(similarity: Matrix) -> Labels:
    """Give each point's nearest others, the nearest first, shape (n, most `NEIGHBOURS` or n - 1)."""
    others = similarity.copy()
    np.fill_diagonal(others, -np.inf)
    order: Labels = np.argsort(-others, axis=1, kind="stable")[:, : min(max(NEIGHBOURS), len(others) - 1)]
    return order


def normalised(similarity: Matrix) -> Matrix:
    """Divide by both lengths, so that each point is similar to itself by 1; rounded."""
    lengths = np.sqrt(np.maximum(np.diag(similarity), 1e-12))
    return np.round(similarity / lengths[:, None] / lengths[None, :], DECIMALS)
