"""Rows become few enough points for work on point x point arrays."""

from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

MOST_ROWS = 2_000
"""Up to so many, each distinct row is a point: an array of 2,000 x 2,000 takes 32 MB."""
MICRO_CLUSTERS = 1_200
"""Points of a larger set. Grows: finer themes, time and memory with its square."""
COMPONENTS = 100
"""Dimensions in which rows are gathered to micro-clusters."""


def points(rows: sp.csr_array, random_state: int) -> tuple[Labels, sp.csr_array]:
    """Give each row's point, and the points as unit rows: the distinct rows, or centres of micro-clusters."""
    labels, firsts = distinct(rows)
    if len(firsts) <= MOST_ROWS:
        return labels, rows[firsts]
    _, labels = np.unique(micro_clusters(rows, random_state), return_inverse=True)
    return labels, unit_rows(sums(rows, labels, int(labels.max()) + 1))


def distinct(rows: sp.csr_array) -> tuple[Labels, list[int]]:
    """Number equal rows alike, and give the first row of each number."""
    number: dict[bytes, int] = {}
    labels, firsts = [], []
    for row, (start, end) in enumerate(pairwise(rows.indptr)):
        content = rows.indices[start:end].tobytes() + rows.data[start:end].tobytes()
        if content not in number:
            number[content] = len(number)
            firsts.append(row)
        labels.append(number[content])
    return np.array(labels, dtype=np.int64), firsts


def micro_clusters(rows: sp.csr_array, random_state: int) -> Labels:
    """Gather rows to many small clusters: k-means on a truncated SVD, in mini-batches."""
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import TruncatedSVD

    dimensions = min(COMPONENTS, rows.shape[1] - 1)
    reduced = TruncatedSVD(dimensions, random_state=random_state).fit_transform(rows)
    lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
    reduced = (reduced / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    means = MiniBatchKMeans(
        MICRO_CLUSTERS, random_state=random_state, batch_size=4_096, n_init=1, max_iter=20
    )
    labels: Labels = means.fit_predict(reduced)
    return labels


def sums(rows: sp.csr_array, labels: Labels, number: int) -> sp.csr_array:
    """Add up the rows of each label, shape (number, terms); labels are 0 … number-1."""
    member = sp.csr_array(
        (np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(number, len(labels))
    )
    return (member @ rows).tocsr()


def unit_rows(rows: sp.csr_array) -> sp.csr_array:
    """Make each row of length 1; empty rows stay empty."""
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    scaled = rows.copy()
    scaled.data = scaled.data / np.repeat(lengths, np.diff(rows.indptr))
    return scaled
