"""Texts become a TF-IDF matrix: tokens, stems without boilerplate, weights; and what they mean beside it."""

from srtminer.vectors.matrix import TermMatrix, no_vectors, term_matrix
from srtminer.vectors.phrases import Phrase

__all__ = ["Phrase", "TermMatrix", "no_vectors", "term_matrix"]
