"""The matrix that themes are found in: rows are recommendations, columns are terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.vectors.blend import MEANING, Encode, Rows, Vectors, blocks, no_vectors, unit
from srtminer.vectors.collocations import collocations, floor
from srtminer.vectors.content_words import content_words
from srtminer.vectors.frequencies import background_shares, blend, inverse, own_shares
from srtminer.vectors.phrases import Phrase, phrases
from srtminer.vectors.word_numbers import Numbered, number_words

METHOD = (
    ("tokens", "words, Snowball stems, phrasing and addressees masked"),
    ("terms", "stems and collocations (log-likelihood ratio, p < 0.001)"),
    ("weights", "1 + log tf, smoothed idf of rows and background, rows of length 1"),
)


CENTRED = 3
"""Rows that the centre is drawn to nothing by. Why: two rows lie on opposite sides of their mean."""
MEANING_STEP = ("meaning", f"all-MiniLM-L6-v2, seen from the mean of the rows, at {MEANING} beside the words")


@dataclass(frozen=True)
class TermMatrix:
    """TF-IDF rows of length 1 (0 where a text has no term); columns are sorted stems, then sorted pairs."""

    matrix: sp.csr_array
    """Shape (texts, terms), float."""
    terms: tuple[str, ...]
    """Stems, and pairs of stems joined by a space."""
    surfaces: tuple[str, ...]
    """The most frequent printed form of each term."""
    texts: tuple[str, ...]
    weights: NDArray[np.float64]
    """Inverse document frequency of each term."""
    encode: Encode = no_vectors
    """Gives what texts mean as unit rows; by default nothing, and words alone count."""

    @property
    def method(self) -> tuple[tuple[str, str], ...]:
        """Name the steps, in order."""
        return METHOD if self.encode is no_vectors else (*METHOD, MEANING_STEP)

    @cached_property
    def features(self) -> Rows:
        """What is clustered: a row for each text, TF-IDF beside the encoder's view."""
        return self.rows(range(len(self.texts)))

    def rows(self, order: Sequence[int] | NDArray[np.int64]) -> Rows:
        """Give the rows of `features` in an order; nothing of it is kept."""
        made = np.empty((len(order), len(self._centre)), dtype=np.float16)
        for block in blocks(len(order)):
            made[block] = unit(self.encode([self.texts[row] for row in order[block]]), self._centre)
        return Rows(self.matrix[order], made)

    @cached_property
    def _centre(self) -> Vectors:
        # Why distinct texts: what is asked again and again is no less a theme for that.
        distinct = sorted(set(self.texts))
        sums = [self.encode(distinct[block]).sum(axis=0, dtype=np.float64) for block in blocks(len(distinct))]
        centre: Vectors = np.sum(sums or [np.zeros(0)], axis=0).astype(np.float32) / np.float32(
            len(distinct) + CENTRED
        )
        return centre

    def place(self, texts: Sequence[str]) -> Rows:
        """Give the rows that `features` would have for other texts; unknown terms are left out."""
        return Rows(self._words(texts), unit(self.encode(texts), self._centre))

    def name_rows(self, names: Sequence[str]) -> Rows:
        """Give the rows of names of themes, whose products with `features` tell how near texts are to them.

        Why not seen from the centre: all short phrases lie on the same side of it.
        """
        return Rows(self._words(names), unit(self.encode(names)))

    def _words(self, texts: Sequence[str]) -> sp.csr_array:
        number = {term: column for column, term in enumerate(self.terms)}
        rows: list[int] = []
        columns: list[int] = []
        for row, text in enumerate(texts):
            stems = [word.stem for word in content_words(text)]
            known = [number[term] for term in (*stems, *map(" ".join, pairwise(stems))) if term in number]
            columns.extend(known)
            rows.extend([row] * len(known))
        counts = count(np.array(rows, int), np.array(columns, int), (len(texts), len(number)))
        return weighted(counts, self.weights)

    def phrases(self, row: int) -> tuple[Phrase, ...]:
        """Give the grammatical phrases of a text, each as it is printed there."""
        if row not in self._phrases:
            self._phrases[row] = phrases(self.texts[row])
        return self._phrases[row]

    @cached_property
    def _phrases(self) -> dict[int, tuple[Phrase, ...]]:
        return {}


def term_matrix(
    texts: Sequence[str], background: Sequence[str] = (), encode_meaning: Encode = no_vectors
) -> TermMatrix:
    """Make the matrix of the given texts; `background` is all that the reviews say, one text a section."""
    numbered = number_words(texts, content_words)
    stems, stem_of = stem_numbers(numbered)
    columns = stem_of[numbered.ids]
    pairs, pair_rows, pair_columns = pair_occurrences(numbered, columns, stems)
    counts = count(
        np.concatenate([numbered.rows, pair_rows]),
        np.concatenate([columns, pair_columns + len(stems)]),
        (len(texts), len(stems) + len(pairs)),
    )
    shares = blend(own_shares(counts), background_shares(background, stems, pairs))
    words = surfaces(numbered, stem_of, len(stems))
    weights = inverse(shares, len(texts))
    return TermMatrix(
        matrix=weighted(counts, weights),
        terms=(*stems, *map(" ".join, pairs)),
        surfaces=(*words, *pair_surfaces(pairs, dict(zip(stems, words, strict=True)))),
        texts=tuple(texts),
        weights=weights,
        encode=encode_meaning,
    )


def stem_numbers(numbered: Numbered) -> tuple[list[str], NDArray[np.int32]]:
    """Give the distinct stems, sorted, and the number of the stem of each distinct word."""
    stems = sorted({word.stem for word in numbered.words})
    number = {stem: i for i, stem in enumerate(stems)}
    return stems, np.array([number[word.stem] for word in numbered.words], dtype=np.int32)


def pair_occurrences(
    numbered: Numbered, columns: NDArray[np.int32], stems: Sequence[str]
) -> tuple[list[tuple[str, str]], NDArray[np.int32], NDArray[np.int32]]:
    """Give the collocations, and the row and the collocation's number of each of their occurrences."""
    near = numbered.rows[1:] == numbered.rows[:-1]
    rows = numbered.rows[1:][near]
    codes = columns[:-1][near].astype(np.int64) * len(stems) + columns[1:][near]
    distinct, place, total = np.unique(codes, return_inverse=True, return_counts=True)
    in_rows = np.bincount(np.unique(place * np.int64(numbered.n_rows or 1) + rows) // (numbered.n_rows or 1))
    frequent = np.flatnonzero(in_rows >= floor(numbered.n_rows))
    named = {
        (stems[c // len(stems)], stems[c % len(stems)]): i
        for i, c in zip(frequent, distinct[frequent], strict=True)
    }
    word_counts = dict(zip(stems, np.bincount(columns, minlength=len(stems)).tolist(), strict=True))
    kept = collocations({pair: int(total[i]) for pair, i in named.items()}, word_counts, len(columns))
    number = np.full(len(distinct), -1, dtype=np.int32)
    number[[named[pair] for pair in kept]] = np.arange(len(kept), dtype=np.int32)
    occurrence = number[place] if len(place) else number
    return kept, rows[occurrence >= 0], occurrence[occurrence >= 0]


def count(rows: NDArray[np.int32], columns: NDArray[np.int32], shape: tuple[int, int]) -> sp.csr_array:
    """Count occurrences into a sparse matrix of the given shape, columns sorted in each row."""
    counts = sp.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
    counts.sum_duplicates()
    return counts


def weighted(counts: sp.csr_array, inverse_frequencies: NDArray[np.float64]) -> sp.csr_array:
    """Weight counts by (1 + log count) x idf, and make every row of length 1."""
    matrix = counts.copy()
    matrix.data = (1 + np.log(matrix.data)) * inverse_frequencies[matrix.indices]
    return unit_rows(matrix)


def unit_rows(rows: sp.csr_array) -> sp.csr_array:
    """Make each row of length 1; empty rows stay empty."""
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    scaled = rows.copy()
    scaled.data = scaled.data / np.repeat(lengths, np.diff(rows.indptr))
    return scaled


def surfaces(numbered: Numbered, stem_of: NDArray[np.int32], n_stems: int) -> tuple[str, ...]:
    """Give the most frequent printed form of each stem; of two, the alphabetically first."""
    occurrences = np.bincount(numbered.ids, minlength=len(numbered.words))
    best: dict[int, int] = {}
    for word, stem in enumerate(stem_of.tolist()):
        if stem not in best or occurrences[word] > occurrences[best[stem]]:
            best[stem] = word
    return tuple(numbered.words[best[stem]].surface for stem in range(n_stems))


def pair_surfaces(pairs: Sequence[tuple[str, str]], printed: dict[str, str]) -> list[str]:
    """Give the printed form of pairs, word by word."""
    return [f"{printed[first]} {printed[second]}" for first, second in pairs]
