"""Texts become vectors of what they mean: the sentence encoder all-MiniLM-L6-v2, offline, in numpy.

Method: Reimers and Gurevych, 2019, "Sentence-BERT"; Wang et al., 2020, "MiniLM". The weights are package data
(`data/minilm`, Apache-2.0), made by `tests/make_encoder.py`. Word pieces as the model was
trained on them, the longest first: Wu et al., 2016, "Google's Neural Machine Translation System", 4.1.
Why our own: the library of the model's makers gives the same numbers and weighs 4 MB, in Rust.
"""

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from srtminer.blended_rows import STEPS, unit
from srtminer.model import Encoded
from srtminer.vectors.whole_numbers import STATE, Arrays, Floats, Layer, Norm

LONGEST = 256
"""Pieces of a text, with those at both ends; what comes after is cut off, as it was in training."""
LONGEST_WORD = 100
"""Characters of a word that is looked for in the vocabulary; one of more is unknown."""
CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F))
"""Characters that are a word each."""


def pieces(text: str) -> list[int]:
    """Give the numbers of a text's pieces between those of [CLS] and [SEP], `LONGEST` at most."""
    numbers = _vocabulary()
    found: list[int] = []
    for word in _words(text):
        found.extend(_pieces_of(word))
        if len(found) >= LONGEST - 2:
            break
    return [numbers["[CLS]"], *found[: LONGEST - 2], numbers["[SEP]"]]


@cache
def _vocabulary() -> dict[str, int]:
    lines = (files("srtminer") / "data" / "minilm" / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


@cache
def _pieces_of(word: str) -> tuple[int, ...]:
    """Cut a word into the longest pieces that are known; [UNK] where some part of it is not."""
    numbers = _vocabulary()
    if len(word) > LONGEST_WORD:
        return (numbers["[UNK]"],)
    found: list[int] = []
    start = 0
    while start < len(word):
        known = (
            (end, numbers[piece])
            for end in range(len(word), start, -1)
            if (piece := ("##" if start else "") + word[start:end]) in numbers
        )
        start, number = next(known, (0, None))
        if number is None:
            return (numbers["[UNK]"],)
        found.append(number)
    return tuple(found)


def _words(text: str) -> Iterator[str]:
    """Give words and single marks in reading order: small letters without accents."""
    spaced = "".join(map(_spaced, text))
    letters = unicodedata.normalize("NFD", spaced)
    for chunk in "".join(c.lower() for c in letters if unicodedata.category(c) != "Mn").split():
        word = ""
        for character in chunk:
            if _is_mark(character):
                if word:
                    yield word
                yield character
                word = ""
            else:
                word += character
        if word:
            yield word


@cache
def _spaced(character: str) -> str:
    """Drop what is no text, make every space a plain one, and set a character of Chinese apart."""
    if character in "\t\n\r" or unicodedata.category(character) == "Zs":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs"):
        return ""
    return f" {character} " if any(first <= ord(character) <= last for first, last in CJK) else character


@cache
def _is_mark(character: str) -> bool:
    return (character.isascii() and not character.isalnum()) or unicodedata.category(character)[0] == "P"


ENCODER = "minilm-2"
"""Names weights and arithmetic: vectors of another encoder cannot be compared with these."""
WIDTH = 384
LAYERS = 6
SHARED = 3
"""Lower layers, which both views have; the upper ones of the tuned view are in `data/minilm/head.npz`."""
FROZEN, TUNED, BOTH = slice(0, 2 * WIDTH), slice(2 * WIDTH, 4 * WIDTH), slice(0, 4 * WIDTH)
"""Where the views of a text stand among its packed bytes."""
TOGETHER = 128
"""Pieces that go through the layers together, unless one text has more."""
Progress = Callable[[int, int], None]
"""Is told (done, total)."""


def encode(texts: Sequence[str], progress: Progress | None = None) -> Encoded:
    """Encode texts, on all processors; a vector never depends on the texts around it, for sums are exact."""
    frozen, tuned = _encoded(texts, (_model().frozen, _model().tuned), progress)
    return Encoded(frozen, tuned)


def encode_frozen(texts: Sequence[str]) -> Floats:
    """Give the frozen view alone, in two thirds of the time; names of themes have no use for the other."""
    frozen: Floats = _encoded(texts, (_model().frozen,))[0]
    return frozen


def _encoded(
    texts: Sequence[str], views: Sequence[Sequence[Layer]], progress: Progress | None = None
) -> Floats:
    distinct = list(dict.fromkeys(texts))
    place = {text: row for row, text in enumerate(distinct)}
    rows = np.empty((len(views), len(distinct), WIDTH), dtype=np.float32)
    with threadpool_limits(1), ThreadPoolExecutor(os.cpu_count()) as pool:
        done = 0
        for vectors in pool.map(partial(_vectors, views), _batches(distinct)):
            rows[:, done : done + vectors.shape[1]] = vectors
            done += vectors.shape[1]
            if progress is not None:
                progress(done, len(distinct))
    return rows if len(distinct) == len(texts) else rows[:, [place[text] for text in texts]]


def similarities(text: str, texts: Encoded) -> list[float]:
    """Give the cosine of each of the texts with `text`, the mean of both views of the encoder; -1 to 1."""
    asked = encode([text])
    frozen, tuned = texts.frozen @ asked.frozen[0], texts.tuned @ asked.tuned[0]
    cosines: list[float] = ((frozen + tuned) / 2).tolist()
    return cosines


def pack(*views: Floats) -> list[bytes]:
    """Write each text's vector in one or both views as whole numbers of two bytes, exactly."""
    return [row.tobytes() for row in np.rint(np.concatenate(views, axis=1) * STEPS).astype("<i2")]


def unpack(
    packed: bytes | bytearray, part: slice = BOTH, rows: Sequence[int] | slice = slice(None)
) -> Encoded:
    """Read what `pack` wrote, or this part of it, one text after the other; a view left out has no width.

    `rows` are the texts that are wanted, in their order.
    """
    whole = np.frombuffer(packed, dtype="<i2").reshape(-1, (part.stop - part.start) // 2)
    vectors = whole[rows].astype(np.float32)
    vectors /= np.float32(STEPS)
    tuned = WIDTH if part == BOTH else 0 if part == TUNED else vectors.shape[1]
    return Encoded(vectors[:, :tuned], vectors[:, tuned:])


def _batches(texts: Sequence[str]) -> Iterator[list[list[int]]]:
    """Give the pieces of texts, few together: short ones alone would only wait for the weights."""
    batch: list[list[int]] = []
    for numbers in map(pieces, texts):
        if batch and sum(map(len, batch)) + len(numbers) > TOGETHER:
            yield batch
            batch = []
        batch.append(numbers)
    if batch:
        yield batch


def _vectors(views: Sequence[Sequence[Layer]], batch: Sequence[Sequence[int]]) -> Floats:
    """Give the vectors of each view, shape (views, texts, 384): one pass through what they share."""
    model = _model()
    ends = np.cumsum([len(numbers) for numbers in batch])
    embedded = np.concatenate([model.embedded(numbers) for numbers in batch])
    state = _through(model.lower, embedded, ends)
    found = [_means(_through(upper, state, ends), ends) for upper in views]
    return np.stack([unit(view / STATE).astype(np.float32) for view in found])


def _through(layers: Sequence[Layer], state: Floats, ends: NDArray[np.int64]) -> Floats:
    for layer in layers:
        state = layer(state, ends)
    return state


def _means(state: Floats, ends: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.stack([part.mean(axis=0, dtype=np.float64) for part in np.split(state, ends[:-1])])


@dataclass(frozen=True, slots=True)
class _Model:
    words: NDArray[np.int8]
    word_scales: Floats
    places: Floats
    norm: Norm
    lower: tuple[Layer, ...]
    frozen: tuple[Layer, ...]
    tuned: tuple[Layer, ...]

    def embedded(self, numbers: Sequence[int]) -> Floats:
        rows = self.words[numbers] * self.word_scales[numbers, None]
        rows += self.places[: len(numbers)]
        return self.norm(np.rint(rows * np.float32(STATE)))


@cache
def _model() -> _Model:
    """Read the weights, once."""
    arrays, head = _stored("minilm.npz"), _stored("head.npz")
    return _Model(
        words=arrays["word.weight"],
        word_scales=arrays["word.weight.scale"],
        places=arrays["place.weight"] * arrays["place.weight.scale"][:, None],
        norm=Norm.of(arrays, "embedding_norm"),
        lower=_layers(arrays, range(SHARED)),
        frozen=_layers(arrays, range(SHARED, LAYERS)),
        tuned=_layers(head, range(SHARED, LAYERS)),
    )


def _stored(name: str) -> Arrays:
    with (files("srtminer") / "data" / "minilm" / name).open("rb") as file, np.load(file) as arrays:
        return dict(arrays)


def _layers(arrays: Arrays, numbers: Sequence[int]) -> tuple[Layer, ...]:
    return tuple(Layer.of(arrays, f"layer{number}") for number in numbers)
