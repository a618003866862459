"""Rows become few enough points for work on point x point arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from srtminer.themes.requirements import Labels, Rows

MOST_ROWS = 2_000
"""Up to so many, each row is a point: an array of 2,000 x 2,000 takes 32 MB."""
MICRO_CLUSTERS = 1_200
"""Points of a larger set. Grows: finer themes, time and memory with its square."""
COMPONENTS = 100
"""Dimensions of words, and of meanings, in which rows are gathered to micro-clusters."""
SAMPLE = 10_000
"""Rows from which the components are learned. Grows: slower, rare matters better kept apart."""
FITTED = 40_000
"""Rows from which the micro-clusters are learned; the others only go to the nearest."""
BATCH = 4_096
PASSES = 10


def points(rows: Rows, random_state: int) -> Labels:
    """Give each row's point, 0 … n-1: the row itself, or its micro-cluster in a larger set."""
    if len(rows) <= MOST_ROWS:
        return np.arange(len(rows))
    _, place = np.unique(micro_clusters(rows, random_state), return_inverse=True)
    return place.astype(np.int64)


def micro_clusters(rows: Rows, random_state: int) -> Labels:
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
    projected = components(rows, random_state)
    means.fit(projected[:: -(-len(rows) // FITTED)])
    labels: Labels = means.predict(projected)
    return labels


def components(rows: Rows, random_state: int) -> NDArray[np.float32]:
    """Project words and meanings on the main components of an evenly spaced sample of the rows."""
    from sklearn.decomposition import TruncatedSVD

    parts = [part for part in (rows.words, rows.meaning) if part.shape[1]]
    widths = [min(COMPONENTS, part.shape[1] - 1) for part in parts]
    projected = np.empty((len(rows), sum(widths)), dtype=np.float32)
    for part, width, start in zip(parts, widths, (0, widths[0]), strict=False):
        svd = TruncatedSVD(width, n_iter=2, random_state=random_state)
        svd.fit(_floats(part[:: -(-part.shape[0] // SAMPLE)]))
        for at in range(0, len(rows), SAMPLE):  # all at once they would take gigabytes
            projected[at : at + SAMPLE, start : start + width] = svd.transform(
                _floats(part[at : at + SAMPLE])
            )
    for at in range(0, len(rows), SAMPLE):
        lengths = np.linalg.norm(projected[at : at + SAMPLE], axis=1, keepdims=True)
        projected[at : at + SAMPLE] /= np.where(lengths == 0, 1, lengths)
    return projected


def _floats(part: Any) -> Any:
    """Give meanings as numbers that can be multiplied fast; words are so already."""
    return part.astype(np.float32) if isinstance(part, np.ndarray) else part
