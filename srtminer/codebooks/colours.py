"""Colours by which themes are told apart."""

import colorsys
from collections.abc import Sequence
from itertools import chain, count

GREY = "#7f7f7f"
"""Of what is in no theme."""
_FIRST = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#bcbd22", "#17becf")
_GOLDEN = 0.618034
"""Of a turn of the hue. Why: steps of the golden ratio keep clear of all earlier ones."""
_START = 0.44
"""Hue of the first colour after the fixed ones: between green and cyan, where none of them is."""
_SHADES = ((0.42, 0.65), (0.62, 0.55), (0.3, 0.8))
"""Lightness and saturation."""


def distinct_colours(given: Sequence[str]) -> tuple[str, ...]:
    """Fill in a colour, "#rrggbb", where none is given; each of these is unlike all others."""
    taken, free, found = {GREY, *given}, chain(_FIRST, map(_shade, count())), []
    for colour in given:
        found.append(colour or next(one for one in free if one not in taken))
        taken.add(found[-1])
    return tuple(found)


def _shade(number: int) -> str:
    lightness, saturation = _SHADES[number % len(_SHADES)]
    parts = colorsys.hls_to_rgb((_START + number * _GOLDEN) % 1, lightness, saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
