"""Ward's tree of points, and where to cut it."""

import math

import numpy as np

from srtminer.themes.requirements import Labels, Matrix

ROWS_PER_THEME = 4
"""The finest division of a small set: authors head four or five recommendations with one heading."""
POWER = 0.6
"""The finest division of a larger set is this power of its rows: 16 of 100, 31 of 300. Grows: more themes."""
MOST_THEMES = 60
"""More than a table that is read can hold."""
COARSEST = 0.2
"""The coarsest division looked at, as a share of the finest."""


def finest(rows: int, repeated: int = 0) -> int:
    """Give the largest sensible number of themes of so many rows, at least 2.

    `repeated` requests are made word for word more than once: each may be a theme of its own.
    """
    usual = min(round(rows / ROWS_PER_THEME), round(math.pow(rows, POWER)))
    return max(2, min(max(usual, repeated), MOST_THEMES))


def ward(similarity: Matrix) -> Matrix:
    """Give Ward's tree of points by the products of their unit rows, in scipy's linkage format."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    distances = np.sqrt(np.maximum(2 - 2 * similarity, 0))
    np.fill_diagonal(distances, 0)
    tree: Matrix = linkage(squareform(np.round(distances, 8), checks=False), "ward")
    return tree


def cut(tree: Matrix, number: int) -> Labels:
    """Cut a tree into at most the given number of clusters, labels 0 … n-1."""
    from scipy.cluster.hierarchy import fcluster

    _, labels = np.unique(fcluster(tree, number, "maxclust"), return_inverse=True)
    return labels.astype(np.int64)


def choose_cut(tree: Matrix, similarity: Matrix, finest_number: int) -> Labels:
    """Cut where themes stand apart best: largest mean silhouette, the coarser of two equals."""
    distances = 1 - similarity
    best, best_score = cut(tree, 2), -math.inf
    for number in range(max(2, round(COARSEST * finest_number)), finest_number + 1):
        labels = cut(tree, number)
        score = silhouette(distances, labels)
        if score > best_score + 1e-9:
            best, best_score = labels, score
    return best


def silhouette(distances: Matrix, labels: Labels) -> float:
    """Give the mean silhouette (Rousseeuw 1987); points alone in their cluster count 0.

    Why not scikit-learn's: to import it takes longer than the whole theme step of 300 rows.
    """
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return -1.0
    rows = np.arange(len(labels))
    total = distances @ np.eye(len(sizes))[labels]
    own = total[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    means = total / sizes
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    widest = np.maximum(own, other)
    scores = np.where((sizes[labels] > 1) & (widest > 0), (other - own) / np.where(widest > 0, widest, 1), 0)
    return float(scores.mean())
