"""Texts become a TF-IDF matrix: tokens, stems without boilerplate, weights; and what they mean beside it."""

from srtminer.vectors.matrix import TermMatrix, no_vectors, term_matrix

__all__ = ["TermMatrix", "no_vectors", "term_matrix"]
