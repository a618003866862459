"""How common a term is: in the rows themselves and in everything the reviews say."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.text.form_words import content_stems

OWN_WEIGHT = 0.5
"""Share of the rows' own frequencies in the blend. Grows: phrasing of recommendations counts less."""

MAX_BACKGROUND = 4_000_000
"""Characters of background that are counted; evenly spread paragraphs beyond. Some 8 s of work at most."""

SHORTEST_PARAGRAPH = 40
"""Characters; what is shorter is a heading or a number."""


def own_shares(counts: sp.csr_array) -> NDArray[np.float64]:
    """Give the share of rows that each term (column) stands in."""
    shares: NDArray[np.float64] = np.bincount(counts.indices, minlength=counts.shape[1]) / max(
        1, counts.shape[0]
    )
    return shares


def background_shares(
    background: Sequence[str], stems: Sequence[str], pairs: Sequence[tuple[str, str]]
) -> NDArray[np.float64] | None:
    """Give the share of background paragraphs that each stem and pair stands in; None without paragraphs."""
    units = paragraphs(background)
    if not units:
        return None
    stem_number = {stem: number for number, stem in enumerate(stems)}
    pair_number = {pair: len(stems) + number for number, pair in enumerate(pairs)}
    found = np.zeros(len(stems) + len(pairs))
    for unit in units:
        words = content_stems(unit)
        present = {stem_number[word] for word in words if word in stem_number}
        present |= {pair_number[p] for p in pairwise(words) if p in pair_number}
        found[sorted(present)] += 1
    return found / len(units)


def paragraphs(background: Iterable[str], limit: int = MAX_BACKGROUND) -> list[str]:
    """Split sections at empty lines; of more than so many characters, take evenly spaced ones in their order.

    Why: a section of ten pages holds every common word, so sections as they are would tell nothing apart.
    """
    units = sorted(
        paragraph.strip()
        for section in background
        for paragraph in section.split("\n\n")
        if len(paragraph) >= SHORTEST_PARAGRAPH
    )
    step = -(-sum(map(len, units)) // limit) or 1
    return units[::step]


def blend(own: NDArray[np.float64], background: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Mix the two shares; without background the rows speak for themselves."""
    return own if background is None else OWN_WEIGHT * own + (1 - OWN_WEIGHT) * background


def inverse(shares: NDArray[np.float64], rows: int) -> NDArray[np.float64]:
    """Turn shares into inverse document frequencies, smoothed as scikit-learn does: 1 if in every row."""
    weights: NDArray[np.float64] = np.log((1 + rows) / (1 + shares * rows)) + 1
    return weights
