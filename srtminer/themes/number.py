"""How many themes there are."""

import math

import numpy as np

from srtminer.themes.consensus import cut
from srtminer.themes.points import Labels, Matrix

ROWS_PER_THEME = 4
"""The finest division of a small set: authors head four or five recommendations with one heading."""
ROOT = 1.6
"""The finest division of a larger set is this times the root of its rows: 16 of 100, 28 of 300."""
MOST_THEMES = 60
"""More than a table that is read can hold."""
COARSEST = 0.2
"""The coarsest division looked at, as a share of the finest."""


def finest(rows: int) -> int:
    """Give the largest sensible number of themes of so many recommendations, at least 2."""
    return max(2, min(round(rows / ROWS_PER_THEME), round(ROOT * math.sqrt(rows)), MOST_THEMES))


def choose_cut(tree: Matrix, association: Matrix, finest_number: int) -> Labels:
    """Cut where themes stand apart best: largest mean silhouette, the coarser of two equals."""
    distances = 1 - association
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
