"""Similarities between points, and the views of them that a consensus is made of.

All work is on the point x point array of cosines, so that a view costs no more for a large vocabulary.
"""

from collections.abc import Iterator

import numpy as np
import scipy.sparse as sp

from srtminer.themes.points import Labels, Matrix

NEIGHBOURS = (0, 3, 5, 8, 12)
"""A view is blended with so many nearest points. Larger: rarer words bridge more, themes blur."""
BLEND = 0.5
"""Share of the neighbours in a blended row."""
DECIMALS = 10
"""Cosines are rounded so that libraries which add in another order give the same themes."""


def cosines(rows: sp.csr_array) -> Matrix:
    """Give the cosines between unit rows, shape (n, n)."""
    similarity: Matrix = np.round((rows @ rows.T).toarray(), DECIMALS)
    return similarity


def views(similarity: Matrix) -> Iterator[Matrix]:
    """Give the similarities, and those less what all points share, blended with more and more neighbours."""
    for base in (similarity, centred(similarity)):
        ranked = nearest(base, max(NEIGHBOURS))
        for neighbours in NEIGHBOURS:
            yield smoothed(base, ranked[:, :neighbours]) if neighbours else base


def centred(similarity: Matrix) -> Matrix:
    """Give the cosines that the points would have with their mean taken away (double centring)."""
    means = similarity.mean(axis=0)
    return normalised(similarity - means[:, None] - means[None, :] + means.mean())


def nearest(similarity: Matrix, neighbours: int) -> Labels:
    """Give each point's nearest others, the nearest first, shape (n, neighbours or n - 1)."""
    others = similarity.copy()
    np.fill_diagonal(others, -np.inf)
    order: Labels = np.argsort(-others, axis=1, kind="stable")[:, : min(neighbours, len(others) - 1)]
    return order


def smoothed(similarity: Matrix, neighbours: Labels) -> Matrix:
    """Give the cosines that the points would have if each were blended with the given others, (n, k).

    Why: two recommendations on one matter often share no word, but each shares some with a third.
    """
    n, number = neighbours.shape
    if number < 1:
        return similarity
    columns = np.concatenate([np.arange(n)[:, None], neighbours], axis=1)
    values = np.tile([1 - BLEND, *[BLEND / number] * number], n)
    mixing = sp.csr_array((values, (np.repeat(np.arange(n), number + 1), columns.ravel())), shape=(n, n))
    return normalised((mixing @ (mixing @ similarity).T).T)


def normalised(similarity: Matrix) -> Matrix:
    """Divide by both lengths, so that each point is similar to itself by 1; rounded."""
    lengths = np.sqrt(np.maximum(np.diag(similarity), 1e-12))
    return np.round(similarity / lengths[:, None] / lengths[None, :], DECIMALS)
