"""Places of a page whose text may not be seen: what is drawn over it, what is behind it, or how it is drawn.

They are only looked at closely: `ink` decides by what the page shows with its text and without.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from srtminer.read.pdf.drawn import (
    Boxes,
    Drawn,
    Flags,
    clips_of,
    in_layers,
    modes_of,
    paint_of,
    sizes_of,
    strokes_of,
)

Places = NDArray[np.int64]
Why = Literal["covered", "redacted", "unseen", "struck", "line"]

TINY = 3.0
"""Text of fewer points, as shown, is for nobody to read."""
SMALL = 2.2
"""Texts less high than this many points are looked at: they may be too small to be read."""
PALE, FAINT = 225, 30
"""Text lighter than this wants a panel behind it; colours that differ by less may look the same."""
ABOVE, BELOW = 0.12, 0.3
"""Shares of a text's height at its top and bottom that lines touch without covering it (underlines)."""
SLACK = 1.0
"""Points by which a text may stick out of its page or its clipping path."""
THIN = 3.0
"""A level drawing of at most so many points may be a line through words."""


@dataclass(frozen=True, slots=True)
class Place:
    """A box on the page as shown, and what the text in it may be."""

    box: tuple[float, float, float, float]
    why: Why


def places_of(drawn: Drawn, *, layers: bool) -> tuple[Place, ...]:
    """Give the places where text may not be seen, as far as the page's own drawing goes.

    With `layers` the text of every layer is among them.
    """
    text = drawn.types == raw.FPDF_PAGEOBJ_TEXT
    texts, others = np.flatnonzero(text), np.flatnonzero(~text)
    if not len(texts):
        return ()
    boxes = drawn.boxes[texts]
    over = touching(drawn.boxes[others], _inner(boxes))
    near = over.any(1)
    others, over = others[near], over[near]
    after = others[:, None] > texts
    odd = _is_odd(drawn, texts)
    _add_blended(odd, drawn, texts, others, over & ~after)
    if layers:
        odd |= in_layers(drawn, texts)
    found = [Place(_box(box), "unseen") for box in boxes[odd]]
    if len(others):
        found.extend(_covers(drawn, others[(over & after).any(1)], boxes))
        found.extend(_lines(drawn, others))
    return tuple(found)


def _box(box: Boxes) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box.tolist()
    return x0, y0, x1, y1


def _inner(boxes: Boxes) -> Boxes:
    """Give the part of texts that only covers and lines through the words touch."""
    height = boxes[:, 3] - boxes[:, 1]
    x0, y0 = boxes[:, 0] + 0.5, boxes[:, 1] + ABOVE * height
    return np.stack((x0, y0, boxes[:, 2] - 0.5, boxes[:, 3] - BELOW * height), 1)


def touching(ones: Boxes, others: Boxes) -> Flags:
    """Tell which boxes touch which others."""
    (a, b, c, d), (e, f, g, h) = ones.T[:, :, None], others.T[:, None, :]
    result: Flags = (a < g) & (c > e) & (b < h) & (d > f)
    return result


def _is_odd(drawn: Drawn, texts: Places) -> Flags:
    """Tell texts that are drawn without ink or with little, too small, off the page or clipped."""
    boxes = drawn.boxes[texts]
    modes = modes_of(drawn, texts)
    filled: Flags = (modes == raw.FPDF_TEXTRENDERMODE_FILL) | (modes == raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
    x0, y0, x1, y1 = boxes.T
    small = np.flatnonzero((np.minimum(x1 - x0, y1 - y0) < SMALL) & (x1 > x0))
    width, height = drawn.frame.size
    result: Flags = (x0 < -SLACK) | (y0 < -SLACK) | (x1 > width + SLACK) | (y1 > height + SLACK)
    for place, (left, top, right, bottom) in clips_of(drawn, texts):
        a, b, c, d = boxes[place].tolist()
        result[place] |= a < left - SLACK or b < top - SLACK or c > right + SLACK or d > bottom + SLACK
    result |= np.logical_not(filled)
    result |= drawn.see_through[texts]
    if len(small):
        result[small] |= sizes_of(drawn, texts[small]) < TINY
    return result


def _add_blended(result: Flags, drawn: Drawn, texts: Places, others: Places, behind: Flags) -> None:
    """Add texts that have the colour of something behind them, or are pale with nothing darker there."""
    colors = drawn.colors[texts]
    pale = colors.min(1) >= PALE
    if not len(others) and not pale.any():
        return
    fills = (drawn.types[others] == raw.FPDF_PAGEOBJ_PATH) & (drawn.colors[others, 0] >= 0)
    near, behind, boxes = others[fills], behind[fills], drawn.boxes[texts]
    red, green, blue = colors.T
    codes = red << 16 | green << 8 | blue
    for code in set(codes[behind.any(0) | pale].tolist() if len(near) else codes[pale].tolist()):
        same = codes == code
        color = drawn.colors[texts[same][0]]
        alike = np.abs(drawn.colors[near] - color).max(1, initial=0) < FAINT
        for place in np.flatnonzero(alike & behind[:, same].any(1)):
            if paint_of(int(drawn.objects[near[place]]))[0]:
                result[same] |= behind[place, same]
        if (color >= PALE).all():
            panels = behind[~alike][:, same] & _around(drawn.boxes[near[~alike]], boxes[same])
            result[same] |= ~panels.any(0)


def _around(ones: Boxes, others: Boxes) -> Flags:
    """Tell which boxes hold which others."""
    (a, b, c, d), (e, f, g, h) = ones.T[:, :, None], others.T[:, None, :]
    result: Flags = (a < e + SLACK) & (c > g - SLACK) & (b < f + SLACK) & (d > h - SLACK)
    return result


def _covers(drawn: Drawn, others: Places, texts: Boxes) -> Iterator[Place]:
    """Give what is drawn over text: fillings, pictures, and the strokes of outlines one by one."""
    for place in others:
        item = int(drawn.objects[place])
        filled, stroked = paint_of(item) if drawn.types[place] == raw.FPDF_PAGEOBJ_PATH else (True, False)
        if filled:
            yield Place(_box(drawn.boxes[place]), "covered")
        elif stroked:
            strokes = strokes_of(drawn, place)
            near = touching(strokes, _inner(texts)).any(1)
            yield from (Place(_box(box), "covered") for box in strokes[near])


def _lines(drawn: Drawn, others: Places) -> Iterator[Place]:
    """Give level lines that may go through words, whichever is drawn first."""
    for place in others:
        x0, y0, x1, y1 = drawn.boxes[place]
        if y1 - y0 <= THIN < x1 - x0 and drawn.types[place] == raw.FPDF_PAGEOBJ_PATH:
            yield Place((x0, y0, x1, y1), "line")
