"""Texts become vectors of what they mean: the sentence encoder all-MiniLM-L6-v2, offline, in numpy.

Method: Reimers and Gurevych, 2019, "Sentence-BERT"; Wang et al., 2020, "MiniLM". The weights are package data
(`data/minilm`, Apache-2.0), made by `tests/make_encoder.py`. Word pieces as the model was trained on them,
the longest first: Wu et al., 2016, "Google's Neural Machine Translation System", 4.1.
Why our own: the library of the model's makers gives the same numbers and weighs 4 MB, in Rust.

Every sum is exact, so that all processors give the same bits: libraries of linear algebra add in an order
that depends on the processor. Here what is added are whole numbers: matrices are int8, and what they are
multiplied by is rounded to a grid first. Below 2**24 float32 holds every whole number, so no order of adding,
no fused step and no number of threads makes a difference. Products, quotients, roots and roundings are the
same everywhere (IEEE 754); exponentials come from tables. In all texts that were tried the sums stay below
2**23 (`tests/test_encoder.py`); one beyond 2**24 would be rounded as others round.
"""

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from srtminer.blended_rows import STEPS, unit

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]
Progress = Callable[[int, int], None]
"""Is told (done, total)."""

ENCODER = "minilm-2"
"""Names weights and arithmetic: vectors of another encoder cannot be compared with these."""
WIDTH, LAYERS, HEADS = 384, 6, 12
SHARED = 3
"""Lower layers, which both views have; the upper ones of the tuned view are in `data/minilm/head.npz`."""
FROZEN, TUNED, BOTH = slice(0, 2 * WIDTH), slice(2 * WIDTH, 4 * WIDTH), slice(0, 4 * WIDTH)
"""Where the views of a text stand among its packed bytes."""
TOGETHER = 128
"""Pieces that go through the layers together, unless one text has more."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors of texts by a sentence encoder, shape (texts, width), of length 1 within a thousandth.

    Why whole steps: all values are multiples of 1 / 2,048, so that a product of two rows is exact in float32
    and the same on every processor.
    """

    frozen: Floats
    """As the encoder's makers trained it: near means about the same thing."""
    tuned: Floats
    """Trained further on recommendations: near means asking for the same."""


def encode(texts: Sequence[str], progress: Progress | None = None) -> Encoded:
    """Encode texts, on all processors; a vector never depends on the texts around it, for sums are exact."""
    frozen, tuned = _encoded(texts, (_model().frozen, _model().tuned), progress)
    return Encoded(frozen, tuned)


def encode_frozen(texts: Sequence[str]) -> Floats:
    """Give the frozen view alone, in two thirds of the time; names of themes have no use for the other."""
    frozen: Floats = _encoded(texts, (_model().frozen,))[0]
    return frozen


def _encoded(
    texts: Sequence[str], views: Sequence[Sequence["Layer"]], progress: Progress | None = None
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


def _vectors(views: Sequence[Sequence["Layer"]], batch: Sequence[Sequence[int]]) -> Floats:
    """Give the vectors of each view, shape (views, texts, 384): one pass through what they share."""
    model = _model()
    ends = np.cumsum([len(numbers) for numbers in batch])
    embedded = np.concatenate([model.embedded(numbers) for numbers in batch])
    state = _through(model.lower, embedded, ends)
    found = []
    for upper in views:
        parts = np.split(_through(upper, state, ends), ends[:-1])
        means = np.stack([part.mean(axis=0, dtype=np.float64) for part in parts])
        found.append(unit(means / STATE).astype(np.float32))
    return np.stack(found)


def _through(layers: Sequence["Layer"], state: Floats, ends: NDArray[np.int64]) -> Floats:
    for layer in layers:
        state = layer(state, ends)
    return state


LONGEST = 256
"""Pieces of a text, with those at both ends; what comes after is cut off, as it was in training."""
LONGEST_WORD = 100
"""Characters of a word that is looked for in the vocabulary; one of more is unknown."""
CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F))
"""Characters that are a word each."""


def pieces(text: str) -> list[int]:
    """Give the numbers of a text's pieces between those of [CLS] and [SEP], `LONGEST` at most."""
    numbers, found = _vocabulary(), list[int]()
    # words and single marks in reading order: small letters without accents
    for word in "".join(map(_plain, unicodedata.normalize("NFD", text))).split():
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
    numbers, found, start = _vocabulary(), list[int](), 0
    while start < len(word) <= LONGEST_WORD:
        named = ((end, ("##" if start else "") + word[start:end]) for end in range(len(word), start, -1))
        known = next(((end, numbers[piece]) for end, piece in named if piece in numbers), None)
        if known is None:
            break
        start, number = known
        found.append(number)
    return tuple(found) if start == len(word) else (numbers["[UNK]"],)


@cache
def _plain(character: str) -> str:
    """Drop accents and what is no text, make spaces plain and letters small, set marks and Chinese apart."""
    kind = unicodedata.category(character)
    if character in "\t\n\r" or kind == "Zs":
        return " "
    if character == "\ufffd" or kind in ("Cc", "Cf", "Co", "Cs", "Mn"):
        return ""
    is_mark = (character.isascii() and not character.isalnum()) or kind[0] == "P"
    is_word = any(first <= ord(character) <= last for first, last in CJK)
    return f" {character} " if is_mark or is_word else character.lower()


STATE = 512
"""Steps to 1 of what goes from layer to layer."""
VALUES = 256
"""Steps to 1 of queries, keys and values."""
SHARES = 1 << 13
"""Steps to 1 of attention."""
STEPS_OF_EXP = 2048
REACH_OF_EXP = 16
"""Beyond which e**-x counts as 0."""
STEPS_OF_GELU = 1024
REACH_OF_GELU = 16
GATED = 512
"""Steps to 1 of what GELU gives."""


@dataclass(frozen=True, slots=True)
class Linear:
    """`whole @ weight * scale + bias`, of whole numbers, rounded to the steps of what comes next."""

    weight: Floats
    """Shape (inputs, outputs), whole numbers of -127 to 127."""
    scale: Floats
    bias: Floats

    @classmethod
    def of(cls, arrays: Arrays, name: str, steps_in: float, steps_out: float) -> "Linear":
        """Read a matrix of shape (outputs, inputs); steps are those to 1 before and after."""
        weight = np.ascontiguousarray(arrays[f"{name}.weight"].T, dtype=np.float32)
        scale = arrays[f"{name}.weight.scale"].astype(np.float64) * (steps_out / steps_in)
        bias = arrays[f"{name}.bias"].astype(np.float64) * steps_out
        return cls(weight, scale.astype(np.float32), bias.astype(np.float32))

    def __call__(self, whole: Floats) -> Floats:
        """Give whole numbers, shape (pieces, outputs)."""
        out: Floats = whole @ self.weight
        out *= self.scale
        out += self.bias
        np.rint(out, out=out)
        return out


@dataclass(frozen=True, slots=True)
class Norm:
    """Layer normalisation of whole numbers (Ba et al., 2016), in `STATE` steps to 1."""

    weight: NDArray[np.float64]
    bias: NDArray[np.float64]

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> "Norm":
        """Read weights and biases."""
        weight, bias = (arrays[f"{name}.{kind}"].astype(np.float64) * STATE for kind in ("weight", "bias"))
        return cls(weight, bias)

    def __call__(self, whole: Floats) -> Floats:
        """Give whole numbers; sums and sums of squares are exact in float64."""
        exact = whole.astype(np.float64)
        size = exact.shape[1]
        sums = exact.sum(axis=1, keepdims=True)
        squares = np.einsum("ij,ij->i", exact, exact)[:, None]
        exact *= size
        exact -= sums
        exact /= np.sqrt(np.maximum(size * squares - sums * sums, 1.0))
        exact *= self.weight
        exact += self.bias
        return np.rint(exact).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the encoder: attention, then two matrices with GELU between, each added and normalised."""

    attend: Linear
    attended: Linear
    attended_norm: Norm
    wide: Linear
    narrow: Linear
    narrow_norm: Norm

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> "Layer":
        """Read the arrays of one layer."""
        return cls(
            attend=Linear.of(arrays, f"{name}.attend", STATE, VALUES),
            attended=Linear.of(arrays, f"{name}.attended", VALUES, STATE),
            attended_norm=Norm.of(arrays, f"{name}.attended_norm"),
            wide=Linear.of(arrays, f"{name}.wide", STATE, STEPS_OF_GELU),
            narrow=Linear.of(arrays, f"{name}.narrow", GATED, STATE),
            narrow_norm=Norm.of(arrays, f"{name}.narrow_norm"),
        )

    def __call__(self, state: Floats, ends: NDArray[np.int64]) -> Floats:
        """Take and give the state of texts one below the other, shape (pieces, width), whole numbers."""
        given = [attention(mixed) for mixed in np.split(self.attend(state), ends[:-1])]
        state = self.attended_norm(self.attended(np.concatenate(given)) + state)
        return self.narrow_norm(self.narrow(gelu(self.wide(state))) + state)


def attention(mixed: Floats) -> Floats:
    """Give each piece of a text the values of all, weighed by how its query fits their keys.

    Method: Vaswani et al., 2017. `mixed` holds queries, keys and values side by side, shape
    (pieces, 3 * width).
    """
    length, size = len(mixed), mixed.shape[1] // (3 * HEADS)
    query, key, value = mixed.reshape(length, 3, HEADS, size).transpose(1, 2, 0, 3)
    scores = query @ key.transpose(0, 2, 1)
    scores -= scores.max(axis=2, keepdims=True)
    scores *= np.float32(-STEPS_OF_EXP / (VALUES * VALUES * np.sqrt(size)))
    powers = _exponentials().take(np.rint(scores).astype(np.int32), mode="clip")
    shares = np.rint(powers * (np.float32(SHARES) / powers.sum(axis=2, keepdims=True)))
    given = (shares @ value).transpose(1, 0, 2).reshape(length, HEADS * size)
    whole: Floats = np.rint(given / np.float32(SHARES))
    return whole


def gelu(whole: Floats) -> Floats:
    """Give x * P(normal <= x) of whole numbers (Hendrycks and Gimpel, 2016), from a table."""
    place = whole.astype(np.int32)
    place += STEPS_OF_GELU * REACH_OF_GELU
    given: Floats = _gelu_values().take(place, mode="clip")
    return given


@cache
def _exponentials() -> Floats:
    """Give e**-x in whole numbers, from x = 0 in `STEPS_OF_EXP` steps to 1; the last is 0."""
    at = np.arange(STEPS_OF_EXP * REACH_OF_EXP) / STEPS_OF_EXP
    return np.append(np.rint(np.exp(-at) * (1 << 15)), 0).astype(np.float32)


@cache
def _gelu_values() -> Floats:
    at = np.arange(-STEPS_OF_GELU * REACH_OF_GELU, STEPS_OF_GELU * REACH_OF_GELU) / STEPS_OF_GELU
    inner = np.sqrt(2 / np.pi) * (at + 0.044715 * at**3)
    values: Floats = np.rint(0.5 * at * (1 + np.tanh(inner)) * GATED).astype(np.float32)
    return values


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
    stored = []
    for name in ("minilm.npz", "head.npz"):
        with (files("srtminer") / "data" / "minilm" / name).open("rb") as file, np.load(file) as found:
            stored.append(dict(found))
    arrays, head = stored
    return _Model(
        words=arrays["word.weight"],
        word_scales=arrays["word.weight.scale"],
        places=arrays["place.weight"] * arrays["place.weight.scale"][:, None],
        norm=Norm.of(arrays, "embedding_norm"),
        lower=tuple(Layer.of(arrays, f"layer{number}") for number in range(SHARED)),
        frozen=tuple(Layer.of(arrays, f"layer{number}") for number in range(SHARED, LAYERS)),
        tuned=tuple(Layer.of(head, f"layer{number}") for number in range(SHARED, LAYERS)),
    )
