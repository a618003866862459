"""The arithmetic of a small BERT in which every sum is exact, so that all processors give the same bits.

Libraries of linear algebra add in an order that depends on the processor, and rounding makes the sums differ.
Here what is added are whole numbers: matrices are int8, and what they are multiplied by is rounded to a grid
first. Below 2**24 float32 holds every whole number, so no order of adding, no fused step and no number of
threads makes a difference. Products, quotients, roots and roundings are the same everywhere (IEEE 754);
exponentials come from tables. In all texts that were tried the sums stay below 2**23
(`tests/test_encoder.py`); one beyond 2**24 would be rounded as others round.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]

HEADS = 12
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
