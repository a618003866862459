"""Places of a page whose text may not be seen: in its own drawing and below its annotations.

The places are only looked at closely: `unseen` decides by what the page shows with its text and without.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from srtminer.read.pdf.drawn import (
    INWARD,
    SLACK,
    Boxes,
    Drawn,
    Flags,
    Frame,
    Places,
    in_layers,
    paint_of,
    strokes_of,
)
from srtminer.read.structured import FAINT, PALE

TEXT = raw.FPDF_PAGEOBJ_TEXT
Why = Literal["covered", "redacted", "unseen", "struck", "line"]

ABOVE, BELOW = 0.12, 0.3
"""Shares of a text's height at its top and bottom that lines touch without covering it (underlines)."""
HIGHEST = 2
"""Level of text over covers over text and so on; each costs drawings of the page."""
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
    is_text = drawn.types == TEXT
    texts, others = is_text.nonzero()[0], (~is_text).nonzero()[0]
    if not len(texts):
        return ()
    boxes = drawn.boxes[texts]
    odd = drawn.odd[texts]
    found: list[Place] = []
    over: Flags = np.zeros((0, len(texts)), bool)
    if len(others):
        over = touching(drawn.boxes[others], _inner(boxes))
        near = over.any(1)
        others, over = others[near], over[near]
    if len(others):
        after = others[:, None] > texts
        covers = (over & after).any(1)
        if covers.any():
            found.extend(_covers(drawn, others[covers], boxes))
        found.extend(_lines(drawn, others))
        over &= ~after
    _add_blended(odd, drawn, texts, others, over)
    if layers:
        odd |= in_layers(drawn, texts)
    return (*(Place(_box(box), "unseen") for box in boxes[odd]), *found)


def levels_of(drawn: Drawn) -> NDArray[np.int64]:
    """Give the level of each text: 0, or higher than that of the texts below it that something covers.

    So the label of a box is told from what the box covers. Other drawings have the level -1.
    """
    text = drawn.types == TEXT
    levels: NDArray[np.int64] = np.where(text, 0, -1)
    texts, others = np.flatnonzero(text), np.flatnonzero(~text)
    boxes = _inner(drawn.boxes[texts])
    over = touching(drawn.boxes[others], boxes) & (others[:, None] > texts)
    first = np.where(over, others[:, None], len(text)).min(0, initial=len(text))
    covered = np.flatnonzero(first < len(text))
    for place in np.flatnonzero(texts > first.min(initial=len(text))):
        below = covered[(first[covered] < texts[place]) & touching(boxes[covered], boxes[[place]])[:, 0]]
        levels[texts[place]] = min(HIGHEST, levels[texts[below]].max(initial=-1) + 1)
    return levels


def _box(box: Boxes) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box.tolist()
    return x0, y0, x1, y1


def _inner(boxes: Boxes) -> Boxes:
    """Give the part of texts that only covers and lines through the words touch."""
    height = boxes[:, 3] - boxes[:, 1]
    result: Boxes = boxes + 0.5 * INWARD
    result[:, 1] += ABOVE * height
    result[:, 3] -= BELOW * height
    return result


def touching(ones: Boxes, others: Boxes) -> Flags:
    """Tell which boxes touch which others."""
    (a, b, c, d), (e, f, g, h) = ones.T[:, :, None], others.T[:, None, :]
    result: Flags = (a < g) & (c > e) & (b < h) & (d > f)
    return result


def _add_blended(result: Flags, drawn: Drawn, texts: Places, others: Places, behind: Flags) -> None:
    """Add texts of no known colour, of that of something behind them, or pale with nothing darker there.

    Those on a picture, which has many colours, are added unless they are black, as the labels of maps are:
    looking at those, too, takes a seventh of the time of reading.
    """
    colors = drawn.colors[texts]
    result |= colors[:, 0] < 0
    pale: Flags = colors.min(1) >= PALE
    if not len(others):
        result |= pale
        return
    types = drawn.types[others]
    images = types == raw.FPDF_PAGEOBJ_IMAGE
    result |= behind[~images & (drawn.colors[others, 0] < 0)].any(0)  # a pattern or a shading
    if images.any():
        result |= behind[images].any(0) & (colors.max(1) >= FAINT)
    fills = (types == raw.FPDF_PAGEOBJ_PATH) & (drawn.colors[others, 0] >= 0)
    near, behind, boxes = others[fills], behind[fills], drawn.boxes[texts]
    red, green, blue = colors.T
    codes = red << 16 | green << 8 | blue
    for code in set(codes[behind.any(0) | pale].tolist() if len(near) else codes[pale].tolist()):
        same = codes == code
        color = drawn.colors[texts[same][0]]
        alike = np.abs(drawn.colors[near] - color).max(1, initial=0) < FAINT
        for place in np.flatnonzero(alike & behind[:, same].any(1)):
            if paint_of(drawn.objects[near[place]])[0]:
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
        item = drawn.objects[place]
        filled, stroked = paint_of(item) if drawn.types[place] == raw.FPDF_PAGEOBJ_PATH else (True, False)
        if filled:
            yield Place(_box(drawn.boxes[place]), "covered")
        elif stroked:
            strokes = strokes_of(drawn, place)
            near = touching(strokes, _inner(texts)).any(1)
            yield from (Place(_box(box), "covered") for box in strokes[near])


def _lines(drawn: Drawn, others: Places) -> Iterator[Place]:
    """Give level lines that may go through words, whichever is drawn first."""
    for (x0, y0, x1, y1), kind in zip(
        drawn.boxes[others].tolist(), drawn.types[others].tolist(), strict=True
    ):
        if y1 - y0 <= THIN < x1 - x0 and kind == raw.FPDF_PAGEOBJ_PATH:
            yield Place((x0, y0, x1, y1), "line")


PRINTED = 60
"""Difference of the darkest and the lightest point of a word, of 255."""
HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
NO_COVER = (raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FILEATTACHMENT)
"""Kinds that lie over the text as a window or an icon, which a reader moves away."""
BY_QUADS: dict[int, Why] = {raw.FPDF_ANNOT_REDACT: "redacted", raw.FPDF_ANNOT_STRIKEOUT: "struck"}
"""Kinds that say something of the very words that they mark."""


def covering(page: pdfium.PdfPage, frame: Frame) -> Iterator[Place]:
    """Give the places of the annotations that may hide text, strike it out, or mark it for redaction."""
    for annotation in annotations(page):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in NO_COVER or raw.FPDFAnnot_GetFlags(annotation) & HIDDEN:
            continue
        if kind == raw.FPDF_ANNOT_LINK and not raw.FPDFAnnot_HasKey(annotation, b"AP"):
            continue  # of which there are many; it draws a frame at most
        why = BY_QUADS.get(kind, "covered")
        boxes = list(_marked_boxes(annotation)) if kind in BY_QUADS else []
        for x0, y0, x1, y1 in frame.shown(np.array(boxes or [rect_of(annotation)])).tolist():
            yield Place((x0, y0, x1, y1), why)


def annotations(page: pdfium.PdfPage) -> Iterator[raw.FPDF_ANNOTATION]:
    """Give the annotations of a page, each to be used before the next is asked for."""
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            try:
                yield annotation
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def rect_of(annotation: raw.FPDF_ANNOTATION) -> tuple[float, float, float, float]:
    """Give left, bottom, right and top in the page's own space."""
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, rect)
    return rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top)


def _marked_boxes(annotation: raw.FPDF_ANNOTATION) -> Iterator[tuple[float, float, float, float]]:
    quad = raw.FS_QUADPOINTSF()
    for index in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            across, down = ([getattr(quad, f"{axis}{n}") for n in range(1, 5)] for axis in "xy")
            yield min(across), min(down), max(across), max(down)
