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
SAMPLE = 10_000
"""Rows from which the components are learned. Grows: slower, rare matters better kept apart."""
BATCH = 4_096
PASSES = 10


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
    """Gather rows to many small clusters: k-means in mini-batches on the main components."""
    from sklearn.cluster import MiniBatchKMeans

    means = MiniBatchKMeans(
        MICRO_CLUSTERS,
        init="random",
        n_init=1,
        batch_size=BATCH,
        max_iter=PASSES,
        random_state=random_state,
    )
    labels: Labels = means.fit_predict(components(rows, random_state))
    return labels


def components(rows: sp.csr_array, random_state: int) -> NDArray[np.float32]:
    """Project rows, to length 1, on the main components of an evenly spaced sample of them."""
    from sklearn.decomposition import TruncatedSVD

    svd = TruncatedSVD(min(COMPONENTS, rows.shape[1] - 1), n_iter=2, random_state=random_state)
    svd.fit(rows[:: -(-rows.shape[0] // SAMPLE)])
    projected = svd.transform(rows).astype(np.float32)
    lengths = np.linalg.norm(projected, axis=1, keepdims=True)
    unit: NDArray[np.float32] = projected / np.where(lengths == 0, 1, lengths)
    return unit


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
