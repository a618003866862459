"""How well rows fit their themes, how close themes are, and which rows fit a second one."""

import numpy as np

from srtminer.themes.requirements import Labels, Matrix, Rows

UNTHEMED = -1
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


def closeness(rows: Rows, labels: Labels) -> Matrix:
    """Give how alike the members of two themes are, as a share of how alike those of the looser theme are.

    Labels are 0 … n-1, or negative for none; shape (n, n), diagonal 0. Above 1, members are more like
    those of the other theme than like their own.
    """
    number = int(labels.max(initial=UNTHEMED)) + 1
    inside = labels >= 0
    sizes = np.bincount(labels[inside], minlength=number)
    means = rows.means(labels, number)
    products = means.products(means)
    alone = np.bincount(labels[inside], rows.squares()[inside], minlength=number)
    within = (np.diag(products) * sizes**2 - alone) / np.maximum(sizes * (sizes - 1), 1)
    looser = np.minimum(within[:, None], within[None, :])
    close: Matrix = np.round(products / np.maximum(looser, 1e-3), 6)
    np.fill_diagonal(close, 0)
    return close


SECOND = 0.8
"""A member belongs to a second theme from this share of its likeness to its own. Lower: more of them."""
USUAL = 0.7
"""… if that is at least this share of what members usually have with their own. Lower: more of them."""


def second_themes(rows: Rows, labels: Labels) -> Labels:
    """Give each row a second theme that it fits almost as well as its own and as most fit theirs, or -1.

    Why: "train staff to share information about domestic abuse" belongs under both.
    """
    inside = np.flatnonzero(labels >= 0)
    second = np.full(len(labels), -1)
    if labels.max(initial=-1) < 1:
        return second
    found = fits(rows, labels)[inside]
    here = np.arange(len(inside))
    own = found[here, labels[inside]].copy()
    found[here, labels[inside]] = 0
    best = found.max(axis=1)
    clear = (best >= SECOND * own) & (best >= USUAL * np.median(own)) & (best > 0)
    second[inside] = np.where(clear, found.argmax(axis=1), -1)
    return second
