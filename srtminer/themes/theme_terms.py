"""The words that set a theme apart: frequent in it and rare elsewhere."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from srtminer.themes.phrase_counts import PhraseCounts
from srtminer.themes.requirements import Labels, Matrix

SHOWN = 8
"""Terms a theme."""


def theme_means(rows: sp.csr_array, labels: Labels, themes: int) -> Matrix:
    """Give the mean TF-IDF row of each theme, shape (themes, terms)."""
    inside = np.flatnonzero(labels >= 0)
    sizes = np.bincount(labels[inside], minlength=themes)
    shape = (themes, rows.shape[0])
    member = sp.csr_array((1 / sizes[labels[inside]], (labels[inside], inside)), shape=shape)
    return np.asarray((member @ rows).toarray())


def distinctiveness(means: Matrix) -> Matrix:
    """Give frequency times exclusivity of each term in each theme: weight times share of all weight."""
    total = means.sum(axis=0)
    return np.round(means * means / np.where(total == 0, 1, total), 10)


def theme_terms(
    scores: Matrix, terms: Sequence[str], surfaces: Sequence[str], counts: PhraseCounts, theme: int
) -> tuple[str, ...]:
    """Give a theme's distinctive terms as they are printed, the most distinctive first.

    Names (printed with a capital) are not shown: places and organisations are no theme. A pair is shown
    only where it is printed as a phrase; a word that a shown pair has is not shown again.
    """
    shown: list[str] = []
    used: set[str] = set()
    for column in np.lexsort((np.arange(len(terms)), -scores)):
        key = tuple(terms[column].split())
        if scores[column] <= 0 or len(shown) == SHOWN:
            break
        is_phrase = key in counts.rows[theme]
        if is_named(surfaces[column]):
            continue
        if used.isdisjoint(key) and (len(key) == 1 or is_phrase):
            shown.append(counts.surface(theme, key) if is_phrase else surfaces[column])
            used.update(key)
    return tuple(shown)


def is_named(surface: str) -> bool:
    """Tell whether a printed form has a name in it: a capital first, but no abbreviation."""
    return any(word[0].isupper() and not word.isupper() for word in surface.split())
