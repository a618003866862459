"""Families of words that speak of one matter bring rows together that share no word."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.vectors.stems import stem
from srtminer.vectors.tokens import tokens

WEIGHT = 0.65
"""Weight of the families against the words. Grows: wider themes, of the matters that the families name."""


@cache
def families() -> dict[str, tuple[str, ...]]:
    """Give the stems of each family of data/families.toml, in the order of the file."""
    data = tomllib.loads((files("srtminer") / "data" / "families.toml").read_text(encoding="utf-8"))
    return {name: tuple(stem(token.key) for token in tokens(words)) for name, words in data.items()}


def membership(terms: Sequence[str]) -> sp.csr_array:
    """Tell which term belongs to which family, shape (terms, families), 1 or 0."""
    number = {term: row for row, term in enumerate(terms)}
    pairs = sorted(
        {
            (number[word], column)
            for column, words in enumerate(families().values())
            for word in words
            if word in number
        }
    )
    rows, columns = [row for row, _ in pairs], [column for _, column in pairs]
    return sp.csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(terms), len(families())))


def family_weights(matrix: sp.csr_array, terms: Sequence[str]) -> NDArray[np.float64]:
    """Give each family's rarity in TF-IDF rows, shape (families,): 0 where every row has a word of it."""
    summed = sp.csr_array(matrix @ membership(terms))
    shares = np.bincount(summed.indices, minlength=summed.shape[1]) / max(1, summed.shape[0])
    rarity: NDArray[np.float64] = np.maximum(-np.log(shares + 1 / max(1, summed.shape[0])), 0)
    return rarity


def with_families(matrix: sp.csr_array, terms: Sequence[str], rarity: NDArray[np.float64]) -> sp.csr_array:
    """Append a column a family to TF-IDF rows: what the row's words of it weigh, times the family's rarity.

    Why not words alone: in a set of a hundred, two recommendations about one matter share no rare word half
    of the time. Rows are of length 1, or 0 where they have no term.
    """
    summed = sp.csr_array(matrix @ membership(terms))
    return unit_rows(sp.csr_array(sp.hstack([matrix, summed * (WEIGHT * rarity)])))


def unit_rows(rows: sp.csr_array) -> sp.csr_array:
    """Make each row of length 1; empty rows stay empty."""
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    scaled = rows.copy()
    scaled.data = scaled.data / np.repeat(lengths, np.diff(rows.indptr))
    return scaled
