"""What the reader of a theme table should know, found by checks on the result."""

from collections.abc import Iterator, Sequence

import numpy as np

from srtminer.model import RECOMMENDATIONS, Theme, Unit
from srtminer.themes.requirements import Matrix

FEW = 20
"""Rows below which themes are tentative."""
LARGE = 0.35
"""Share from which a theme is likely to be several."""
CLOSE = 0.6
"""Closeness (`fit.closeness`) of two themes from which they may be one."""
MOST_CLOSE = 2
"""Close pairs that are told, the closest first. Grows: a note before every table that nobody reads."""


def notes(
    themes: Sequence[Theme],
    close: Matrix,
    rows: int,
    unthemed: int,
    hidden: int,
    unit: Unit = RECOMMENDATIONS,
) -> Iterator[str]:
    """Give the notes of a table of so many rows; `close` is how close each two of the themes are."""
    yield from size_notes(themes, rows, unthemed, unit)
    for theme in themes:
        if theme.share >= LARGE and len(themes) > 1:
            yield f"theme {theme.rank} holds {theme.share:.0%} of all {unit.plural}; it may be several"
    pairs = [f"“{themes[first].label}” and “{themes[second].label}”" for first, second in close_pairs(close)]
    if pairs:
        advice = "merge them in a codebook" if unit == RECOMMENDATIONS else "ask for fewer themes"
        yield f"similar themes that may be one: {'; '.join(pairs)} ({advice})"
    if themes and unthemed:
        fits = "fits" if unthemed == 1 else "fit"
        yield f"{unthemed} of {rows} {unit.plural} {fits} no theme (--unthemed lists them)"
    if hidden:
        yield f"{hidden} {'theme is' if hidden == 1 else 'themes are'} not listed: in too few reviews"


def size_notes(themes: Sequence[Theme], rows: int, unthemed: int, unit: Unit) -> Iterator[str]:
    """Tell of few rows, of none that recur, and of no theme at all."""
    if not rows:
        yield f"no {unit.plural}"
        return
    if rows < FEW:
        yield f"only {rows} {unit.singular if rows == 1 else unit.plural}: read the themes as tentative"
    if unthemed == rows:
        yield f"no two {unit.plural} make a theme: they share no term, or too many themes were asked for"
    elif themes and max(theme.reviews for theme in themes) < 2:
        yield "no theme recurs: none stands in two or more reviews"


def close_pairs(close: Matrix) -> list[tuple[int, int]]:
    """Give the pairs of themes that are close, the closest first."""
    first, second = np.nonzero(np.triu(close >= CLOSE, 1))
    order = np.argsort(-close[first, second], kind="stable")[:MOST_CLOSE]
    return [(int(first[i]), int(second[i])) for i in order]
