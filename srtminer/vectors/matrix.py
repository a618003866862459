"""What themes are found in: TF-IDF of stems, which texts say, beside an encoder's view of what they mean."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.blended_rows import MEANING, Rows, Vectors, blocks, counted, unit, weighted
from srtminer.text.words import Phrase
from srtminer.vectors.phrases import Word, content_words, phrases

Encode = Callable[[Sequence[str]], Vectors]
"""Gives a unit row for each text."""


def no_vectors(texts: Sequence[str]) -> Vectors:
    """Give vectors of no width: words alone count."""
    return np.zeros((len(texts), 0), dtype=np.float32)


class Remembering:
    """An encoder that takes the vectors of known texts as they are and remembers those it makes."""

    def __init__(self, encode: Encode, texts: Sequence[str] = (), vectors: Vectors | None = None) -> None:
        """Begin with texts, each once, and their vectors, one row each."""
        self._encode = encode
        self._place = {text: row for row, text in enumerate(texts)}
        known = no_vectors(texts) if vectors is None else vectors
        self._known = known.astype(np.float16)  # which holds the encoder's steps exactly, at half the size
        self._made: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Give a row for each text."""
        known, made = self._place, self._made
        unknown = [text for text in dict.fromkeys(texts) if text not in known and text not in made]
        if unknown:
            made.update(zip(unknown, self._encode(unknown), strict=True))
        places = [known.get(text, -1) for text in texts]
        if -1 not in places:
            return self._known[places].astype(np.float32)
        pairs = zip(places, texts, strict=True)
        rows = [self._known[at] if at >= 0 else made[text] for at, text in pairs]
        return np.array(rows, dtype=np.float32)


METHOD = (
    ("tokens", "words, Snowball stems, phrasing and addressees masked"),
    ("weights", "1 + log tf, smoothed idf, rows of length 1"),
)
CENTRED = 3
"""Rows that the centre is drawn to nothing by. Why: two rows lie on opposite sides of their mean."""
MEANING_STEP = ("meaning", f"all-MiniLM-L6-v2, seen from the mean of the rows, at {MEANING} beside the words")


@dataclass(frozen=True)
class TermMatrix:
    """TF-IDF rows of length 1 (0 where a text has no term); columns are sorted stems."""

    matrix: sp.csr_array
    """Shape (texts, terms), float."""
    terms: tuple[str, ...]
    """The stems."""
    surfaces: tuple[str, ...]
    """The most frequent printed form of each stem."""
    texts: tuple[str, ...]
    weights: NDArray[np.float64]
    """Inverse document frequency of each stem."""
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
        found = [[number[word.stem] for word in content_words(text) if word.stem in number] for text in texts]
        columns = np.array([column for row in found for column in row], dtype=np.int32)
        return weighted(counted(columns, [*map(len, found)], len(number)), self.weights)

    def phrases(self, row: int) -> tuple[Phrase, ...]:
        """Give the grammatical phrases of a text, each as it is printed there."""
        return phrases(self.texts[row])


def term_matrix(texts: Sequence[str], encode_meaning: Encode = no_vectors) -> TermMatrix:
    """Make the matrix of the given texts."""
    number: dict[Word, int] = {}
    ids, lengths = array("i"), array("i")  # lists of 300,000 rows would take gigabytes
    for text in texts:
        words = content_words(text)
        ids.extend([number.setdefault(word, len(number)) for word in words])
        lengths.append(len(words))
    stems = sorted({word.stem for word in number})
    column = {stem: place for place, stem in enumerate(stems)}
    stem_of = np.array([column[word.stem] for word in number], dtype=np.int32)
    occurrences = np.asarray(ids, dtype=np.int32)
    counts = counted(stem_of[occurrences], lengths, len(stems))
    common = np.bincount(counts.indices, minlength=len(stems))
    weights = np.log((1 + len(texts)) / (1 + common)) + 1
    return TermMatrix(
        matrix=weighted(counts, weights),
        terms=tuple(stems),
        surfaces=surfaces(stems, tuple(number), np.bincount(occurrences, minlength=len(number)).tolist()),
        texts=tuple(texts),
        weights=weights,
        encode=encode_meaning,
    )


def surfaces(stems: Sequence[str], words: Sequence[Word], uses: Sequence[int]) -> tuple[str, ...]:
    """Give the most frequent printed form of each stem; of two, the alphabetically first."""
    order = sorted(zip(uses, words, strict=True), key=lambda pair: pair[1].surface, reverse=True)
    best = {word.stem: word.surface for _, word in sorted(order, key=lambda pair: pair[0])}
    return tuple(best[stem] for stem in stems)
