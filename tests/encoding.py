"""Vectors of recommendations for tests, each text encoded once a process."""

from collections.abc import Sequence

import numpy as np

from srtminer.compare.similarity import RequestIndex, index_of
from srtminer.model import Recommendation
from srtminer.vectors.encoder import WIDTH, Encoded, encode

_known: dict[str, tuple[Encoded, int]] = {}
"""By its text, the vectors among which a text's stand, and its row."""


def encoded(rows: Sequence[Recommendation]) -> Encoded:
    unknown = list(dict.fromkeys(row.text for row in rows if row.text not in _known))
    made = encode(unknown)
    _known.update((text, (made, row)) for row, text in enumerate(unknown))
    found = [_known[row.text] for row in rows]
    frozen, tuned = ([getattr(one, view)[row] for one, row in found] for view in ("frozen", "tuned"))
    return Encoded(np.array(frozen).reshape(-1, WIDTH), np.array(tuned).reshape(-1, WIDTH))


def index(recommendations: Sequence[Recommendation]) -> RequestIndex:
    return index_of(recommendations, lambda rows: encoded(rows).tuned)
