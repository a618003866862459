"""What of a page's text is seen: the page is drawn with its text, without it, and its text alone in black.

A character is seen where taking the text away changes the page, on most of the points that it would ink.
That is so whatever hides it: a box, a picture, an annotation, its own colour, a clipping path, a layer that
is off. It costs two or three drawings, so only places that `covers` names are looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from srtminer.read.pdf.drawn import Boxes, Flags, Frame, drawn_on, handle

SCALE = 1.5
"""Points of the picture for a point of the page."""
MAX_POINTS = 6_000_000
"""Of a picture; that of a poster is coarser."""
INKED = 64
"""Darkness, of 255, from which on a point belongs to a character."""
CONTRAST, CLEAR = 0.08, 0.2
"""Shares of a character's own darkness by which it must differ from what is behind it; the second where
something is drawn over it, which may let a shade of it through."""
SEEN = 0.5
"""Share of a character's points that must differ."""
PRINTED = 60
"""Difference of the darkest and the lightest point of a scanned word, of 255."""

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Ink:
    """A part of a page, drawn three times."""

    inked: NDArray[np.int32]
    """Running sums over both axes of the points that the text alone, in black, would ink."""
    changed: NDArray[np.int32]
    """The same of those of them that differ when the text is taken away."""
    clear: NDArray[np.int32]
    """The same of those of them that differ clearly."""
    differs: NDArray[np.int32]
    """The same of all points that do."""
    without: Picture
    """The page without any text, its green, which is nearly its grey."""
    left: float
    top: float
    scale: float

    def sees(self, boxes: Boxes, under: Flags) -> Flags:
        """Tell which boxes of characters show them; something is drawn over those `under` it."""
        inked = self._sum(self.inked, boxes)
        changed = np.where(under, self._sum(self.clear, boxes), self._sum(self.changed, boxes))
        result: Flags = np.where(inked > 0, changed >= SEEN * inked, self._sum(self.differs, boxes) > 0)
        return result

    def prints(self, box: Sequence[float]) -> bool:
        """Tell whether the page shows something in a box without its text, as a scan does."""
        x0, y0, x1, y1 = self._points(np.array([box]))[0]
        part = self.without[y0:y1, x0:x1]
        return bool(part.size) and int(part.max()) - int(part.min()) >= PRINTED

    def _points(self, boxes: Boxes) -> NDArray[np.int64]:
        moved = (boxes - (self.left, self.top, self.left, self.top)) * self.scale
        height, width = self.without.shape
        low, high = np.floor(moved[:, :2]), np.maximum(np.ceil(moved[:, 2:]), np.floor(moved[:, :2]) + 1)
        return np.clip(np.hstack((low, high)).astype(np.int64), 0, (width, height, width, height))

    def _sum(self, sums: NDArray[np.int32], boxes: Boxes) -> NDArray[np.int32]:
        x0, y0, x1, y1 = self._points(boxes).T
        result: NDArray[np.int32] = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
        return result


def ink_of(
    document: pdfium.PdfDocument, index: int, frame: Frame, part: Sequence[float], texts: NDArray[np.int64]
) -> Ink:
    """Draw a part (left, top, right, bottom) of a page with some of its `texts` and without.

    The page is loaded anew, for the drawing changes it.
    """
    page = document[index]
    try:
        return _ink(page, frame, part, texts)
    finally:
        page.close()


def _ink(page: pdfium.PdfPage, frame: Frame, part: Sequence[float], texts: NDArray[np.int64]) -> Ink:
    width, height = frame.size
    x0, y0 = max(0.0, part[0] - 1), max(0.0, part[1] - 1)
    x1, y1 = min(width, part[2] + 1), min(height, part[3] + 1)
    scale = min(SCALE, (MAX_POINTS / ((x1 - x0) * (y1 - y0))) ** 0.5)
    crop = (x0, height - y1, width - x1, y0)
    drawn = drawn_on(page, frame)
    shown, every = drawn.of(texts), drawn.of(drawn.places(raw.FPDF_PAGEOBJ_TEXT))
    whole = _picture(page, scale, crop)
    _switch(shown, on=False)
    bare = without = _picture(page, scale, crop)
    if len(every) > len(shown):
        _switch(every, on=False)
        bare = _picture(page, scale, crop)
    _switch(drawn.objects, on=False)
    _switch(shown, on=True)
    for item in shown:
        raw.FPDFPageObj_SetFillColor(handle(item), 0, 0, 0, 255)
    black = 255 - _picture(page, scale, crop, notes=False)[:, :, 0]
    change = _most(np.maximum(whole, without) - np.minimum(whole, without))
    inked, seen = black >= INKED, change > CONTRAST * 255
    changed, clear = (_sums(inked & (change > share * black)) for share in (CONTRAST, CLEAR))
    # what was cut off in whole points before the part begins
    left, top = np.ceil(x0 * scale) / scale, np.ceil(y0 * scale) / scale
    return Ink(_sums(inked), changed, clear, _sums(seen), bare[:, :, 1], left, top, scale)


def _picture(page: pdfium.PdfPage, scale: float, crop: tuple[float, ...], *, notes: bool = True) -> Picture:
    bitmap = page.render(scale=scale, crop=crop, may_draw_forms=notes, draw_annots=notes)
    return np.array(bitmap.to_numpy())


def _most(picture: Picture) -> Picture:
    """Give the highest of the colours of each point."""
    result: Picture = np.maximum(np.maximum(picture[:, :, 0], picture[:, :, 1]), picture[:, :, 2])
    return result


def _switch(objects: Sequence[int], *, on: bool) -> None:
    for item in objects:
        raw.FPDFPageObj_SetIsActive(handle(item), on)


def _sums(points: Flags) -> NDArray[np.int32]:
    height, width = points.shape
    sums = np.zeros((height + 1, width + 1), np.int32)
    points.cumsum(0, np.int32).cumsum(1, np.int32, out=sums[1:, 1:])
    return sums
