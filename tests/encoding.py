"""Vectors of recommendations for tests, each text encoded once a process."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from srtminer.compare.similarity import Vectors
from srtminer.model import Encoded, Recommendation
from srtminer.pipeline import vectors_of
from srtminer.vectors.encoder import encode


@cache
def _one(text: str) -> Encoded:
    return encode([text])


def encoded(rows: Sequence[Recommendation]) -> Encoded:
    found = [_one(row.text) for row in rows]
    frozen, tuned = ([getattr(one, view)[0] for one in found] for view in ("frozen", "tuned"))
    return Encoded(np.array(frozen).reshape(-1, 384), np.array(tuned).reshape(-1, 384))


def vectors(recommendations: Sequence[Recommendation]) -> Vectors:
    return vectors_of(recommendations, encoded)
