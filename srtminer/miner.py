"""Themes as a scikit-learn estimator: for notebooks, pipelines and other programs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Integral
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import check_is_fitted

from srtminer.model import Recommendation, ThemeOptions
from srtminer.themes import find_themes
from srtminer.themes.clusters import UNTHEMED
from srtminer.vectors import encoder, term_matrix
from srtminer.vectors.matrix import Remembering

KNOWN = 0.1
"""Mean product with the members of a theme from which a later text is in it.

Why more than what the fitted texts need: they are all recommendations, a later text may be anything. Twenty
sentences about fruit, weather or football reached 0.08. Of recommendations left out of sets of 40 to 492, 0.5
to 0.93 stay in a theme; at 0.05 it is 0.6 to 1.0, but up to 13 of the twenty sentences too.
"""


class ThemeMiner(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Cluster recommendations into named themes.

    `X` is any iterable of texts. `n_clusters=None` lets the texts decide how many themes there are;
    `encoder` is any callable from texts to vectors of length 1, one row a text; None is the one of this
    package, `srtminer.vectors.no_vectors` goes by words alone.
    `random_state` seeds the steps that draw numbers, which only sets of more than 2,000 texts have.

    After `fit`: `labels_` (shape (n_texts,), -1 where a text fits no theme; theme 0 is the largest),
    `theme_names_` and `theme_terms_` (one a theme), `n_clusters_`.
    """

    def __init__(
        self,
        n_clusters: int | None = None,
        *,
        encoder: Callable[[Sequence[str]], NDArray[np.float32]] | None = None,
        random_state: int = 0,
    ) -> None:
        self.n_clusters = n_clusters
        self.encoder = encoder
        self.random_state = random_state

    def fit(self, X: Iterable[str], y: object = None) -> Self:  # noqa: N803
        """Find the themes of texts; `y` is ignored.

        Raises `ValueError` for no texts, for what is no text, as a table, and for more clusters than texts.
        """
        texts = _texts(X)
        options = _options(self.n_clusters, self.random_state, len(texts))
        terms = term_matrix(texts, Remembering(self.encoder or encoder.encode_frozen))
        rows = [Recommendation("", str(i), (str(i),), 0, len(t), t, 1, 1) for i, t in enumerate(texts)]
        table = find_themes(rows, (), terms, options)
        labels = np.full(len(texts), UNTHEMED)
        for number, theme in enumerate(table.themes):
            labels[[int(member.reference) for member in theme.members]] = number
        self.labels_: NDArray[np.int64] = labels
        self.n_clusters_ = len(table.themes)
        self.theme_names_ = tuple(theme.label for theme in table.themes)
        self.theme_terms_ = tuple(theme.terms for theme in table.themes)
        self._terms = terms
        self._means = terms.features.means(labels, len(table.themes))
        return self

    def predict(self, X: Iterable[str]) -> NDArray[np.int64]:  # noqa: N803
        """Give each text the theme whose members it is most like, or -1 where it is like none of them.

        A fitted text that lies between two themes may get another one than in `labels_`.
        """
        check_is_fitted(self)
        rows = self._terms.place(_texts(X))
        if not self.n_clusters_:
            return np.full(len(rows), UNTHEMED)
        likeness = rows.products(self._means)
        return np.where(likeness.max(axis=1) >= KNOWN, likeness.argmax(axis=1), UNTHEMED)

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that rows are texts."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags


def _options(n_clusters: object, random_state: object, texts: int) -> ThemeOptions:
    wanted = 1 if n_clusters is None else n_clusters
    if not isinstance(wanted, Integral) or not 1 <= int(wanted) <= texts:
        raise ValueError(f"n_clusters={n_clusters!r} for {texts} texts; give 1 to {texts}, or None")
    if not isinstance(random_state, Integral):
        raise ValueError(f"random_state must be a whole number, not {random_state!r}")
    return ThemeOptions(n_themes=n_clusters, random_state=random_state)  # type: ignore[arg-type]


def _texts(given: Iterable[str]) -> list[str]:
    whole = isinstance(given, str | Mapping) or hasattr(given, "columns")
    texts: list[object] = [] if whole else list(given)
    if not texts or not all(isinstance(one, str) for one in texts):
        raise ValueError("X must be a series of texts, one or more; of a table give one column, as X['text']")
    return list(map(str, texts))
