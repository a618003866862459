"""Texts become arrays of word numbers: small enough for 300,000 rows, and countable by numpy."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srtminer.vectors.content_words import Word

WordsOf = Callable[[str], Sequence[Word]]


@dataclass(frozen=True, slots=True)
class Numbered:
    """The content words of all rows in reading order; the two arrays have one entry an occurrence."""

    words: tuple[Word, ...]
    """Distinct words, sorted; `ids` point here."""
    ids: NDArray[np.int32]
    rows: NDArray[np.int32]
    n_rows: int


def number_words(texts: Iterable[str], words_of: WordsOf) -> Numbered:
    """Number the words of all texts; words are numbered alphabetically, so that order says nothing."""
    number: dict[Word, int] = {}
    ids, lengths = array("i"), array("i")
    for text in texts:
        words = words_of(text)
        ids.extend([number.setdefault(word, len(number)) for word in words])
        lengths.append(len(words))
    order = sorted(number)
    place = np.empty(len(order), dtype=np.int32)
    place[[number[word] for word in order]] = np.arange(len(order), dtype=np.int32)
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    return Numbered(tuple(order), place[_array(ids)], rows, len(lengths))


def _array(values: "array[int]") -> NDArray[np.int32]:
    return np.asarray(values, dtype=np.int32)
