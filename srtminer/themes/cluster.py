"""Rows become themes, or stay unthemed."""

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from srtminer.themes.fit import BELONGS, UNTHEMED, belonging, compact, with_repeats
from srtminer.themes.points import points
from srtminer.themes.requirements import Labels, Rows
from srtminer.themes.smooth import NEIGHBOURS, centred, smoothed
from srtminer.themes.tree import choose_cut, cut, finest, ward

METHOD = (
    (
        "clusters",
        f"Ward's tree of centred rows, each blended with its {min(NEIGHBOURS)} to {max(NEIGHBOURS)} nearest",
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
    tree = ward(similarity)
    repeated = int((np.bincount(same) > 1).sum())
    chosen = (
        choose_cut(tree, similarity, finest(len(rows), repeated)) if n_themes is None else cut(tree, n_themes)
    )
    _, firsts = np.unique(same, return_index=True)
    return compact(chosen[place][firsts[same]])


def split(rows: Rows, labels: Labels, poor: Sequence[int], same: Labels) -> Labels:
    """Split each theme that no name describes in two; what is then alone is in no theme."""
    labels = labels.copy()
    for theme in poor:
        members = np.flatnonzero(labels == theme)
        inner = rows[members]
        parts = cut(ward(centred(inner.products(inner))), 2) if len(members) > 2 else np.arange(len(members))
        labels[members] = np.where(parts > 0, labels.max() + parts, theme)
    return compact(with_repeats(labels, same))
