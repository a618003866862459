"""What texts say beside what they mean: rows with blended cosines, the same on all processors."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

MEANING = 0.4
"""Weight of the encoder's view; that of the words is the rest. Grows: rarer words tell less apart."""
BLOCK, COLUMNS = 8_192, 64
"""Rows, or columns of meanings, that are worked on at a time; they bound the memory."""
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
Halves = NDArray[np.float16]
"""Numbers of two bytes, which hold every whole step from -1 to 1 exactly."""
Labels = NDArray[np.int64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of length 1, or shorter where a text has no known word; their products are blended cosines."""

    words: sp.csr_array
    """TF-IDF, shape (rows, terms)."""
    meaning: Halves
    """The encoder's view, shape (rows, width); of width 0 where words alone count."""

    def __len__(self) -> int:
        return int(self.words.shape[0])

    def __getitem__(self, index: Sequence[int] | NDArray[np.integer] | slice) -> "Rows":
        return Rows(self.words[index], self.meaning[index])

    def products(self, other: "Rows") -> Matrix:
        """Give the blended product of each row with each other row, shape (rows, other rows)."""
        found = np.empty((len(self), len(other)))
        for rows in blocks(len(self)):
            mine = self[rows]
            for others in blocks(len(other)):
                theirs = other[others]
                made = (mine.words @ theirs.words.T).toarray()
                if self.meaning.size and other.meaning.size:
                    meaning = mine.meaning.astype(np.float32) @ theirs.meaning.T.astype(np.float32)
                    made = (1 - MEANING) * made + MEANING * meaning.astype(np.float64)
                found[rows, others] = np.round(made, DECIMALS)
        return found

    def joined(self) -> sp.csr_array:
        """Give words and meaning side by side, so weighed that products of rows are the blended ones."""
        words, meaning = self.words.astype(np.float32), sp.csr_array(self.meaning.astype(np.float32))
        return sp.hstack([words * math.sqrt(1 - MEANING), meaning * math.sqrt(MEANING)], "csr")

    def squares(self) -> Matrix:
        """Give the blended product of each row with itself."""
        found = np.asarray(self.words.multiply(self.words).sum(axis=1)).ravel()
        if self.meaning.size:
            own = np.einsum("ij,ij->i", self.meaning, self.meaning, dtype=np.float64)
            found = (1 - MEANING) * found + MEANING * own
        rounded: Matrix = np.round(found, DECIMALS)
        return rounded

    def means(self, labels: Labels, number: int) -> "Rows":
        """Give the mean row of each label, 0 … number-1; negative labels belong to none."""
        inside = np.flatnonzero(labels >= 0)
        sizes = np.maximum(np.bincount(labels[inside], minlength=number), 1)
        shape = (number, len(labels))
        member = sp.csr_array((1 / sizes[labels[inside]], (labels[inside], inside)), shape=shape)
        meaning = np.zeros((number, self.meaning.shape[1]))
        for start in range(0, meaning.shape[1], COLUMNS):  # not rows: each sum stays in one order
            block = slice(start, start + COLUMNS)
            meaning[:, block] = member @ self.meaning[:, block].astype(np.float64)
        return Rows((member @ self.words).tocsr(), whole(meaning))


def blocks(rows: int) -> Iterator[slice]:
    """Give the rows in blocks of `BLOCK`."""
    return (slice(start, min(start + BLOCK, rows)) for start in range(0, rows, BLOCK))


def unit(vectors: NDArray[np.floating], centre: Vectors | None = None) -> Halves:
    """Make each row, seen from the centre, of length 1, in whole steps; rows of zeros stay so.

    Why from the centre: all recommendations ask somebody to do something, and that is no theme. Rows shorter
    than 64 give the same bits on all processors: rounded finely first, their sums are exact.
    """
    made = np.empty(vectors.shape, dtype=np.float16)
    for block in blocks(len(vectors)):
        rows = vectors[block] if centre is None else vectors[block] - centre
        fine = np.rint(rows.astype(np.float64) * FINE)
        lengths = np.sqrt(np.einsum("ij,ij->i", fine, fine))[:, None]
        made[block] = np.rint(fine * (STEPS / np.where(lengths > 0, lengths, 1))) / STEPS
    return made


def whole(rows: NDArray[np.floating]) -> Halves:
    """Round to whole steps of 1 / `STEPS`."""
    rounded: Halves = (np.rint(rows * STEPS) / STEPS).astype(np.float16)
    return rounded


def counted(
    columns: NDArray[np.int32], lengths: Sequence[int], width: int, kind: type[np.number] = np.float64
) -> sp.csr_array:
    """Count occurrences, given row by row, into a sparse matrix, columns sorted in each row."""
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    ones = np.ones(len(rows), kind)
    counts = sp.coo_array((ones, (rows, columns)), shape=(len(lengths), width)).tocsr()
    counts.sum_duplicates()
    return counts


def weighted(counts: sp.csr_array, inverse_frequencies: NDArray[np.float64]) -> sp.csr_array:
    """Weight counts by (1 + log count) x idf, and make every row of length 1; empty rows stay empty."""
    matrix = counts.copy()
    matrix.data = (1 + np.log(matrix.data)) * inverse_frequencies[matrix.indices]
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    matrix.data = matrix.data / np.repeat(lengths, np.diff(matrix.indptr))
    return matrix
