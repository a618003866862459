"""Rows become themes, or stay unthemed: points, blended similarities, their tree, its cut, what fits."""

import math
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from threadpoolctl import threadpool_limits

from srtminer.blended_rows import Labels, Matrix, Rows, blocks
from srtminer.text.words import is_asking, plain_words

UNTHEMED = -1
"""Label of a row in no theme."""
BELONGS = 0.05
"""Mean product with the others of its theme from which a row belongs to it.

Why: any two recommendations have 0.02 on average and differ by 0.08, two that authors put below one heading
0.1 to 0.2. Grows: fewer rows in themes, which they fit better.
"""


def fits(rows: Rows, labels: Labels) -> Matrix:
    """Give each row's mean product with the (other) members of each theme, shape (rows, themes).

    A theme of one has nobody else to fit: 0.
    """
    number = int(labels.max(initial=UNTHEMED)) + 1
    inside = np.flatnonzero(labels >= 0)
    sizes = np.bincount(labels[inside], minlength=number)
    found = rows.products(rows.means(labels, number))
    mine = labels[inside]
    own = found[inside, mine] * sizes[mine] - rows.squares()[inside]
    found[inside, mine] = own / np.maximum(sizes[mine] - 1, 1)
    found[inside, mine] *= sizes[mine] > 1
    return np.round(found, 6)


def belonging(rows: Rows, labels: Labels, same: Labels) -> Labels:
    """Leave each row in its theme if it belongs there or its request is made more than once; else in none.

    What has no word that says anything belongs nowhere.
    """
    if labels.max(initial=UNTHEMED) < 0:
        return labels
    own = fits(rows, labels)[np.arange(len(labels)), labels]
    belongs = (own >= BELONGS) & (np.diff(rows.words.indptr) > 0)
    kept = np.where(belongs | (np.bincount(same)[same] > 1), labels, UNTHEMED)
    return compact(with_repeats(kept, same))


def with_repeats(labels: Labels, same: Labels) -> Labels:
    """Put rows that make one request in one theme, that of the highest number; none has one member."""
    theme = np.full(int(same.max(initial=UNTHEMED)) + 1, UNTHEMED)
    np.maximum.at(theme, same, labels)
    labels = theme[same]
    sizes = np.bincount(labels[labels >= 0], minlength=int(labels.max(initial=0)) + 1)
    return np.where((labels >= 0) & (sizes[labels] > 1), labels, UNTHEMED)


def compact(labels: Labels) -> Labels:
    """Number the themes 0 … n-1 by their first row."""
    number: dict[int, int] = {UNTHEMED: UNTHEMED}
    return np.array([number.setdefault(label, len(number) - 1) for label in labels.tolist()], dtype=np.int64)


def closeness(fit: Matrix, labels: Labels) -> Matrix:
    """Give how alike the members of two themes are, as a share of how alike those of the looser theme are.

    `fit` is that of the rows, labels are 0 … n-1, or negative for none; shape (n, n), diagonal 0. Above 1,
    members are more like those of the other theme than like their own.
    """
    means = np.array([fit[labels == theme].mean(axis=0) for theme in range(fit.shape[1])])
    within = np.diag(means) if len(means) else np.zeros(0)
    looser = np.minimum(within[:, None], within[None, :])
    close: Matrix = np.round(means.reshape(looser.shape) / np.maximum(looser, 1e-3), 6)
    np.fill_diagonal(close, 0)
    return close


SECOND = 0.8
"""A member belongs to a second theme from this share of its likeness to its own. Lower: more of them."""
USUAL = 0.7
"""… if that is at least this share of what members usually have with their own. Lower: more of them."""


def second_themes(fit: Matrix, labels: Labels) -> Labels:
    """Give each row a second theme that it fits almost as well as its own and as most fit theirs, or none.

    Why: "train staff to share information about domestic abuse" belongs under both.
    """
    inside = np.flatnonzero(labels >= 0)
    second = np.full(len(labels), UNTHEMED)
    if labels.max(initial=UNTHEMED) < 1:
        return second
    found = fit[inside]
    here = np.arange(len(inside))
    own = found[here, labels[inside]].copy()
    found[here, labels[inside]] = 0
    best = found.max(axis=1)
    clear = (best >= SECOND * own) & (best >= USUAL * np.median(own)) & (best > 0)
    second[inside] = np.where(clear, found.argmax(axis=1), UNTHEMED)
    return second


MOST_ROWS = 2_000
"""Up to so many, each row is a point: an array of 2,000 x 2,000 takes 32 MB."""
MICRO_CLUSTERS = 1_200
"""Points of a larger set. Grows: finer themes, time and memory with its square."""
COMPONENTS = 100
"""Dimensions in which rows are gathered to micro-clusters."""
SAMPLE = 10_000
"""Rows from which the components are learned. Grows: slower, rare matters better kept apart."""
FITTED = 40_000
"""Rows from which the micro-clusters are learned; the others only go to the nearest."""
BATCH = 4_096
PASSES = 10


def points(rows: Rows, random_state: int) -> Labels:
    """Give each row's point, 0 … n-1: the row itself, or in a larger set its micro-cluster.

    That is k-means in mini-batches on the main components, which evenly spaced rows tell.
    """
    if len(rows) <= MOST_ROWS:
        return np.arange(len(rows))
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    means = MiniBatchKMeans(
        MICRO_CLUSTERS,
        init="random",
        n_init=1,
        batch_size=BATCH,
        max_iter=PASSES,
        random_state=random_state,
    )
    with threadpool_limits(1):  # once more: scikit-learn has loaded a linear algebra of its own
        sample = rows[:: -(-len(rows) // SAMPLE)].joined()
        svd = TruncatedSVD(min(COMPONENTS, sample.shape[1] - 1), n_iter=2, random_state=random_state)
        svd.fit(sample)
        projected = np.concatenate([svd.transform(rows[part].joined()) for part in blocks(len(rows))])
        normalize(projected, copy=False)
        means.fit(projected[:: -(-len(rows) // FITTED)])
        _, place = np.unique(means.predict(projected), return_inverse=True)
    return place.astype(np.int64)


NEIGHBOURS = (3, 5, 8)
"""Nearest points that each is blended with, view by view. Larger: rarer words bridge more, themes blur."""
BLEND = 0.5
"""Share of the neighbours in a blended row."""
DECIMALS = 8


def smoothed(similarity: Matrix) -> Matrix:
    """Give the cosines that the points would have if each were blended with its nearest others.

    Why: two recommendations on one matter often share no word, but each shares some with a third. It is the
    mean of a view for each of the `NEIGHBOURS`: one row more or less moves each view, but few of them alike.
    """
    means, n = similarity.mean(axis=0), len(similarity)
    base = normalised(similarity - means[:, None] - means[None, :] + means.mean())  # seen from their mean
    others = base.copy()
    np.fill_diagonal(others, -np.inf)
    nearest = np.argsort(-others, axis=1, kind="stable")[:, : n - 1]
    total = np.zeros_like(base)
    for most in NEIGHBOURS:
        number = min(most, n - 1)
        columns = np.concatenate([np.arange(n)[:, None], nearest[:, :number]], axis=1)
        values = np.tile([1 - BLEND, *[BLEND / number] * number], n)
        mixing = sp.csr_array((values, (np.repeat(np.arange(n), number + 1), columns.ravel())), shape=(n, n))
        total += normalised((mixing @ (mixing @ base).T).T)
    return np.round(total / len(NEIGHBOURS), DECIMALS)


def normalised(similarity: Matrix) -> Matrix:
    """Divide by both lengths, so that each point is similar to itself by 1; rounded."""
    lengths = np.sqrt(np.maximum(np.diag(similarity), 1e-12))
    return np.round(similarity / lengths[:, None] / lengths[None, :], DECIMALS)


ROWS_PER_THEME = 4
"""The finest division of a small set: authors head four or five recommendations with one heading."""
POWER = 0.6
"""The finest division of a larger set is this power of its rows: 16 of 100, 31 of 300. Grows: more themes."""
MOST_THEMES = 60
"""More than a table that is read can hold."""


def finest(rows: int, repeated: int = 0) -> int:
    """Give the largest sensible number of themes of so many rows, at least 2.

    `repeated` requests are made word for word more than once: each may be a theme of its own.
    """
    usual = min(round(rows / ROWS_PER_THEME), round(math.pow(rows, POWER)))
    return max(2, min(max(usual, repeated), MOST_THEMES))


def tree_of(similarity: Matrix) -> Matrix:
    """Give the tree of points by average link (UPGMA), in scipy's linkage format."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    distances = np.maximum(1 - similarity, 0)
    np.fill_diagonal(distances, 0)
    tree: Matrix = linkage(squareform(np.round(distances, DECIMALS), checks=False), "average")
    return tree


def cut(tree: Matrix, number: int) -> Labels:
    """Cut a tree into at most the given number of clusters, labels 0 … n-1."""
    from scipy.cluster.hierarchy import fcluster

    _, labels = np.unique(fcluster(tree, number, "maxclust"), return_inverse=True)
    return labels.astype(np.int64)


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


LONGEST_SUBJECT = 20
"""Words before the one that asks. Why: "the federal, provincial and territorial governments should"."""
SHORTEST_REQUEST = 3
"""Words. Why: "should be trained" after "staff" is another request than after "dogs"."""


def same_requests(texts: Sequence[str]) -> Labels:
    """Number the requests of texts, equal ones alike, in the order of their first text.

    A text without words asks for nothing that another would.
    """
    number: dict[object, int] = {}
    keys = (_request(text) or row for row, text in enumerate(texts))
    return np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)


def _request(text: str) -> tuple[str, ...]:
    """Give the words of what is asked for: all after the first word that asks, where it comes early."""
    words = plain_words(text)
    place = next((at for at, word in enumerate(words[:LONGEST_SUBJECT], 1) if is_asking(word)), 0)
    return tuple(words[place:] if len(words) - place >= SHORTEST_REQUEST else words)


METHOD = (
    (
        "clusters",
        f"average link of centred rows, each blended with its {min(NEIGHBOURS)} to {max(NEIGHBOURS)} nearest",
    ),
    ("belongs", f"mean product with the other members of {BELONGS} or more; else in no theme"),
)


def cluster(rows: Rows, same: Labels, n_themes: int | None, random_state: int) -> Labels:
    """Give each row's theme, 0 … n-1, or `UNTHEMED`; `same` numbers the requests, equal ones alike.

    Why one thread: sums come in the same order on any number of processors, and on a busy machine the threads
    of a small product wait for one another longer than it takes.
    """
    with threadpool_limits(1):
        if len(rows) < 2:
            return np.full(len(rows), UNTHEMED)
        labels = divide(rows, same, n_themes, random_state)
        if n_themes is not None:
            return compact(with_repeats(labels, same))
        return belonging(rows, labels, same)


def divide(rows: Rows, same: Labels, n_themes: int | None, random_state: int) -> Labels:
    """Divide all rows, equal requests together, through the tree of their points."""
    place = points(rows, random_state)
    number = int(place.max()) + 1
    if number < 3 or n_themes == 1:
        return np.zeros(len(place), dtype=np.int64)
    middle = rows if number == len(place) else rows.means(place, number)
    similarity = smoothed(middle.products(middle))
    tree = tree_of(similarity)
    most = n_themes or finest(len(rows), int((np.bincount(same) > 1).sum()))
    cuts, distances = (cut(tree, number) for number in range(n_themes or 2, most + 1)), 1 - similarity
    # where themes stand apart best: largest mean silhouette, the coarser of two equals
    chosen = max(cuts, key=lambda labels: round(silhouette(distances, labels), 9))
    _, firsts = np.unique(same, return_index=True)
    return compact(chosen[place][firsts[same]])


ROOT = 1.6
"""There are this times the root of the number of themes broad ones: 6 of 14, 12 of 60."""


def broaden(rows: Rows, labels: Labels) -> Labels:
    """Give the number of the broad theme of each theme: the tree of the themes' mean members, cut once.

    Labels are 0 … n-1 or negative for none; shape (n,). Each theme is in one broad theme.
    """
    number = int(labels.max(initial=UNTHEMED)) + 1
    wanted = max(2, round(ROOT * math.sqrt(number)))
    if number <= wanted:
        return np.arange(number)
    means = rows.means(labels, number)
    return cut(tree_of(normalised(means.products(means))), wanted)
