"""Rows that hold what texts say (TF-IDF) beside what they mean (a sentence encoder's view)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

MEANING = 0.4
"""Weight of the encoder's view; that of the words is the rest. Grows: rarer words tell less apart."""
STEPS = 2**11
"""Steps to 1 of the encoder's view.

Why whole steps: rows are no longer than 1, so sums of products stay below 2**22 in whole numbers, which
float32 holds in whatever order a processor adds.
"""
FINE = 2**20
"""Steps to 1 of vectors whose length is measured: their squares add exactly in float64."""
DECIMALS = 8
"""Products are rounded so that libraries which add in another order give the same themes."""

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
"""Gives a unit row for each text."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of length 1, or shorter where a text has no known word; their products are blended cosines."""

    words: sp.csr_array
    """TF-IDF, shape (rows, terms)."""
    meaning: Vectors
    """The encoder's view, shape (rows, width); of width 0 where words alone count."""

    def __len__(self) -> int:
        return int(self.words.shape[0])

    def __getitem__(self, index: Sequence[int] | NDArray[np.integer] | slice) -> "Rows":
        return Rows(self.words[index], self.meaning[index])

    def products(self, other: "Rows") -> NDArray[np.float64]:
        """Give the blended product of each row with each other row, shape (rows, other rows)."""
        found = (self.words @ other.words.T).toarray()
        if self.meaning.size and other.meaning.size:
            found = (1 - MEANING) * found + MEANING * (self.meaning @ other.meaning.T).astype(np.float64)
        rounded: NDArray[np.float64] = np.round(found, DECIMALS)
        return rounded

    def means(self, labels: NDArray[np.int64], number: int) -> "Rows":
        """Give the mean row of each label, 0 … number-1; negative labels belong to none."""
        inside = np.flatnonzero(labels >= 0)
        sizes = np.maximum(np.bincount(labels[inside], minlength=number), 1)
        shape = (number, len(labels))
        member = sp.csr_array((1 / sizes[labels[inside]], (labels[inside], inside)), shape=shape)
        return Rows((member @ self.words).tocsr(), whole(member @ self.meaning))


def blended(words: sp.csr_array, vectors: Vectors, centre: Vectors) -> Rows:
    """Put the encoder's vectors, seen from `centre`, shape (width,), beside TF-IDF rows.

    Why from the centre: all recommendations ask somebody to do something, and that is no theme.
    """
    return Rows(words, unit(vectors - centre))


def unit(vectors: Vectors) -> Vectors:
    """Make each row of length 1, in whole steps; rows of zeros stay so."""
    fine = np.rint(vectors.astype(np.float64) * FINE)
    lengths = np.sqrt(np.einsum("ij,ij->i", fine, fine))[:, None]
    return whole(fine / np.where(lengths > 1, lengths, 1))


def whole(rows: NDArray[np.floating]) -> Vectors:
    """Round to whole steps of 1 / `STEPS`."""
    rounded: Vectors = (np.rint(rows * STEPS) / STEPS).astype(np.float32)
    return rounded


def no_vectors(texts: Sequence[str]) -> Vectors:
    """Give vectors of no width: words alone count."""
    return np.zeros((len(texts), 0), dtype=np.float32)


class Remembering:
    """An encoder that takes the vectors of known texts as they are and remembers those it makes."""

    def __init__(self, encode: Encode, known: Mapping[str, Vectors] | None = None) -> None:
        self._encode = encode
        self._known = dict(known or {})

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Give a row for each text."""
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        if unknown:
            self._known.update(zip(unknown, self._encode(unknown), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32) if texts else no_vectors(())
