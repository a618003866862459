"""Texts that came later, in the terms of a matrix that was made before."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import scipy.sparse as sp

from srtminer.vectors.families import family_weights, with_families
from srtminer.vectors.matrix import TermMatrix, weighted
from srtminer.vectors.terms import content_words


def features_of(texts: Sequence[str], fitted: TermMatrix) -> sp.csr_array:
    """Give the rows that `TermMatrix.features` would have for other texts; unknown terms are left out."""
    number = {term: column for column, term in enumerate(fitted.terms)}
    rows: list[int] = []
    columns: list[int] = []
    for row, text in enumerate(texts):
        stems = [word.stem for word in content_words(text)]
        known = [number[term] for term in (*stems, *map(" ".join, pairwise(stems))) if term in number]
        columns.extend(known)
        rows.extend([row] * len(known))
    counts = sp.coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(number))).tocsr()
    counts.sum_duplicates()
    matrix = weighted(counts, fitted.weights)
    return with_families(matrix, fitted.terms, family_weights(fitted.matrix, fitted.terms))
