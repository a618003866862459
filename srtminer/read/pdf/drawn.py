"""What a page draws, object by object: the cheap look that tells which places need the close one of `unseen`.

Every page of every file is asked, so all objects of several pages are, before Python looks at the answers.
Boxes are (left, top, right, bottom) in points of the page as shown; x grows to the right, y downwards.
"""

import ctypes
import math
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from srtminer.read.pdf import pdfium_calls as ask
from srtminer.read.structured import SMALLEST

Boxes = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Matrix = tuple[float, float, float, float, float, float]
"""As in a file: x becomes a x + c y + e, and y b x + d y + f."""
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

MAX_DEPTH = 40
"""Forms within forms that are entered: as many as PDFium draws."""
_LAYER = "OC\0".encode("utf-16-le")
PATTERN = 191
"""Red, green and blue that PDFium gives for a pattern (and for one grey, which is looked at, too)."""
SLACK = 1.0
"""Points by which a text may stick out of its page or its clipping path."""
INWARD = np.array((1.0, 1.0, -1.0, -1.0))
"""The direction into a box from each of its edges."""
FILLED = raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_STROKE
RECTANGLE = 6
"""Segments of a clipping path with more are of another shape."""

# what PDFium fills in for one object at a time
_floats, (_first, _second, _third, _fourth, *_) = ask.numbers("f", 6)
_flags, (_fills, _strokes) = ask.numbers("i", 2)


_LEFT, _BOTTOM, _RIGHT, _TOP = range(4)
TURNS = {
    0: ((_LEFT, _TOP, _RIGHT, _BOTTOM), np.array((1.0, -1.0, 1.0, -1.0)), (_LEFT, _TOP)),
    90: ((_BOTTOM, _LEFT, _TOP, _RIGHT), np.array((1.0, 1.0, 1.0, 1.0)), (_BOTTOM, _LEFT)),
    180: ((_RIGHT, _BOTTOM, _LEFT, _TOP), np.array((-1.0, 1.0, -1.0, 1.0)), (_RIGHT, _BOTTOM)),
    270: ((_TOP, _RIGHT, _BOTTOM, _LEFT), np.array((-1.0, -1.0, -1.0, -1.0)), (_TOP, _RIGHT)),
}
"""By rotation: which edges of the page's own space are left, top, right and bottom, whether their axis is
turned round, and which edges of the frame are its left and top."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The objects of a page in the order in which they are drawn, those of forms in their place."""

    objects: list[int]
    """Addresses, of use until the page is closed."""
    types: NDArray[np.uint8]
    boxes: Boxes
    colors: NDArray[np.int64]
    """Red, green, blue of the filling, 0 to 255; -1 where there is a pattern or none is known."""
    spaces: tuple[Matrix, ...]
    """Of each object the matrix of the form that it is in; empty where the page has no forms."""
    odd: Flags
    """Texts that are drawn without ink or with little, too small, off the page or clipped."""
    frame: "Frame"

    def space(self, place: int) -> Matrix:
        """Give the matrix that leads from an object's space to the page's own."""
        return self.spaces[place] if self.spaces else PLAIN

    def places(self, kind: int) -> Places:
        """Give the places of the objects of a kind."""
        return np.flatnonzero(self.types == kind)

    def of(self, places: Places) -> list[int]:
        """Give the addresses of the objects in some places."""
        return [self.objects[place] for place in places.tolist()]


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page's own space lies on the page as shown."""

    box: tuple[float, float, float, float]
    """Left, bottom, right, top of what is shown, in the page's own space."""
    rotation: int
    """Degrees, clockwise."""

    def shown(self, boxes: Boxes) -> Boxes:
        """Turn boxes (left, bottom, right, top) of the page's own space into boxes of the page as shown."""
        order, signs, corner = _turn(self)
        result: Boxes = boxes[:, order] * signs
        result -= corner
        return result

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as shown."""
        left, bottom, right, top = self.box
        across, down = right - left, top - bottom
        return (across, down) if self.rotation in (0, 180) else (down, across)


@lru_cache(maxsize=64)
def _turn(frame: Frame) -> tuple[tuple[int, ...], Boxes, Boxes]:
    order, signs, (left, top) = TURNS[frame.rotation]
    corner = frame.box[left], frame.box[top]
    return order, signs, np.array((*corner, *corner)) * signs


def drawn_on(pages: Sequence[pdfium.PdfPage]) -> Iterator[Drawn]:
    """List what each of some pages draws."""
    frames = [Frame(page.get_bbox(), page.get_rotation()) for page in pages]
    of_pages = (_all(ask.count, ask.nth, ask.address(page.raw)) for page in pages)
    parts_of = [list(_parts(objects, PLAIN, 0, 0)) for objects in of_pages]
    parts = list(chain.from_iterable(parts_of))
    objects = list(chain.from_iterable(part.objects for part in parts))
    types = np.frombuffer(b"".join(part.types for part in parts), np.uint8)
    counts = [len(part.objects) for part in parts]
    spaces: tuple[Matrix, ...] = ()
    if len(parts) > len(pages):
        spaces = tuple(chain.from_iterable(map(repeat, (part.space for part in parts), counts)))
    boxes, colors = _boxes(objects, parts), _filled(objects)
    ends = np.cumsum([0, *(sum(len(part.objects) for part in inner) for inner in parts_of)])
    limits = np.repeat([frame.box for frame in frames], np.diff(ends), axis=0)
    odd = np.repeat([bool(part.clear) for part in parts], counts)
    odd |= ((boxes - limits) * INWARD < -SLACK).any(1)
    texts = np.flatnonzero(types == raw.FPDF_PAGEOBJ_TEXT)
    if len(texts):
        places = texts.tolist()
        around = [spaces[place] for place in places] if spaces else []
        odd[texts] |= _is_odd([objects[place] for place in places], boxes[texts], around)
    for frame, inner, (start, end) in zip(frames, parts_of, pairwise(ends.tolist()), strict=True):
        here = slice(start, end)
        yield Drawn(
            objects[here],
            types[here],
            frame.shown(boxes[here]),
            colors[here],
            spaces[here] if len(inner) > 1 else (),
            odd[here],
            frame,
        )


def _all(count: Any, nth: Any, owner: int) -> list[int]:
    """Give the objects of a page or a form."""
    number = count(owner)
    return list(map(nth, repeat(owner, number), range(number)))


def _boxes(objects: Sequence[int], parts: Sequence["_Part"]) -> Boxes:
    """Give the boxes (left, bottom, right, top) of objects in the space of their page."""
    corners = np.zeros((len(objects), 4), np.float32)
    ask.fill(corners, ask.bounds, objects, at=range(4))
    boxes: Boxes = corners.astype(np.float64)
    start = 0
    for part in parts:
        end = start + len(part.objects)
        if part.space is not PLAIN:
            boxes[start:end] = moved(boxes[start:end], part.space)
        start = end
    return boxes


def _filled(objects: Sequence[int]) -> NDArray[np.int64]:
    values, known = _colors(objects)
    filled = values[:, :3].astype(np.int64)
    if not all(known):
        filled[np.logical_not(known)] = -1
    filled[(filled == PATTERN).all(1)] = -1
    return filled


class _Part(NamedTuple):
    """Objects between two forms."""

    objects: list[int]
    types: bytes
    space: Matrix
    """The matrix of the form around them."""
    clear: int
    """Whether that form is seen through or cut off."""


def _parts(objects: list[int], space: Matrix, clear: int, depth: int) -> Iterator[_Part]:
    """Put the objects of forms in the place of the forms."""
    types, start = bytes(map(ask.kind, objects)), 0
    while depth < MAX_DEPTH and (place := types.find(raw.FPDF_PAGEOBJ_FORM, start)) >= 0:
        yield _Part(objects[start:place], types[start:place], space, clear)
        start, form = place + 1, objects[place]
        inner = _all(ask.inner_count, ask.inner_nth, form)
        dim = clear or ask.see_through(form) or _is_cut(form)
        yield from _parts(inner, inside(space, matrix_of(form)), dim, depth + 1)
    yield _Part(objects[start:], types[start:], space, clear)


def _is_cut(form: int) -> bool:
    """Tell whether a clipping path leaves out some of a form."""
    clip = ask.clip(form)
    clips = np.array([_clip_box(clip, path, PLAIN) for path in range(ask.clips(clip))]).reshape(-1, 4)
    ask.bounds(form, _first, _second, _third, _fourth)
    return bool(((np.array(_floats[:4]) - clips) * INWARD < -SLACK).any())


def _colors(objects: Sequence[int]) -> tuple[NDArray[np.uint32], list[int]]:
    """Give red, green, blue and opacity of the fillings of objects, and of which they are known."""
    values = np.zeros((len(objects), 4), np.uint32)
    return values, ask.fill(values, ask.fill_color, objects, at=range(4))


def _is_odd(texts: Sequence[int], boxes: Boxes, spaces: Sequence[Matrix]) -> Flags:
    """Tell texts that are not filled, are seen through, may bring their own colours, are small or clipped.

    Of each `spaces` gives the matrix of the form that it is in, or is empty where there are no forms.
    Their own colours may bring those whose letters are drawings of the file (Type 3); only they have no name.
    """
    modes = bytes(map(ask.text_mode, texts))
    odd: Flags = np.frombuffer(bytes(map(ask.see_through, texts)), bool).copy()
    if modes.count(raw.FPDF_TEXTRENDERMODE_FILL) < len(modes):
        odd |= ~np.isin(np.frombuffer(modes, np.uint8), FILLED)
    fonts = set(map(ask.font, texts))
    nameless = {font for font in fonts if ask.font_name(font, None, 0) <= len("\0")}
    if nameless:
        odd |= [ask.font(text) in nameless for text in texts]
    clipped, clips = _clips_of(texts, spaces)
    odd[clipped[((boxes[clipped] - clips) * INWARD < -SLACK).any(1)]] = True
    odd |= (_sizes_of(texts, spaces) < SMALLEST) & (boxes[:, 2] > boxes[:, 0])
    return odd


def _sizes_of(texts: Sequence[int], spaces: Sequence[Matrix]) -> NDArray[np.float64]:
    """Give the font sizes of texts, in points as shown: across or down, whichever is less."""
    values = np.zeros((len(texts), 7), np.float32)
    ask.fill(values, ask.matrix, texts, at=[0])
    ask.fill(values, ask.font_size, texts, at=[6])
    axes = values[:, :4].astype(np.float64)
    if spaces:
        turns = np.array(spaces)[:, :4].reshape(-1, 2, 2)
        axes = (axes.reshape(-1, 2, 2) @ turns).reshape(-1, 4)
    axes *= axes
    sizes: NDArray[np.float64] = np.sqrt(np.minimum(axes[:, 0] + axes[:, 1], axes[:, 2] + axes[:, 3]))
    return sizes * values[:, 6]


def switch(objects: Sequence[int], *, on: bool) -> None:
    """Let a page draw some objects, or not."""
    deque(map(ask.switch, objects, repeat(int(on))), maxlen=0)


@contextmanager
def blackened(texts: Sequence[int]) -> Iterator[None]:
    """Draw texts in black meanwhile; a pattern does not come back."""
    colors, _ = _colors(texts)
    deque(map(ask.set_fill, texts, *map(repeat, (0, 0, 0, 255))), maxlen=0)
    yield
    deque(map(ask.set_fill, texts, *colors.T.tolist()), maxlen=0)


def in_layers(drawn: Drawn, places: Places) -> Flags:
    """Tell objects that are marked as of a layer, or are in a form, which may be."""
    return np.array([bool(drawn.spaces) or _has_layer(item) for item in drawn.of(places)], bool)


def _has_layer(address: int) -> bool:
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    name, length = (ctypes.c_ushort * 3)(), ctypes.c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        if raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length) and bytes(name) == _LAYER:
            return True
    return False


def _clips_of(texts: Sequence[int], spaces: Sequence[Matrix]) -> tuple[Places, Boxes]:
    """Give numbers of texts that are clipped, and to what box each; it is empty if that is no rectangle.

    One text may come with several boxes, many with none.
    """
    seen: dict[tuple[int, int], int] = {}
    numbers, of_each = [], []
    boxes: list[tuple[float, ...]] = []
    clips = list(map(ask.clip, texts))
    counts = list(map(ask.clips, clips))
    for number, count in enumerate(counts if max(counts) > 0 else ()):
        for path in range(count):
            # texts of one stretch share their clipping path
            space = spaces[number] if spaces else PLAIN
            key = ask.clip_segment(clips[number], path, 0) or 0, id(space)
            if key not in seen:
                seen[key] = len(boxes)
                boxes.append(_clip_box(clips[number], path, space))
            numbers.append(number)
            of_each.append(seen[key])
    return np.array(numbers, np.int64), np.array(boxes).reshape(-1, 4)[of_each]


def _clip_box(clip: int, path: int, space: Matrix) -> tuple[float, ...]:
    count = ask.clip_segments(clip, path)
    if not 0 < count <= RECTANGLE:
        return (0.0,) * 4
    x, y = zip(*(_end(ask.clip_segment(clip, path, place)) for place in range(count)), strict=True)
    box = np.array([(min(x), min(y), max(x), max(y))])
    return tuple((box if space is PLAIN else moved(box, space))[0].tolist())


def _end(segment: int) -> tuple[float, float]:
    ask.point(segment, _first, _second)
    x, y, *_ = _floats
    return x, y


def matrix_of(item: int) -> Matrix:
    """Give an object's matrix."""
    ask.matrix(item, _first)
    a, b, c, d, e, f = _floats
    return a, b, c, d, e, f


def inside(outer: Matrix, inner: Matrix) -> Matrix:
    """Give the matrix of what is placed by one matrix in a space that another places."""
    (a, b, c, d, e, f), (g, h, i, j, k, m) = outer, inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def moved(boxes: Boxes, matrix: Matrix) -> Boxes:
    """Give the boxes around boxes that a matrix moves and turns."""
    a, b, c, d, e, f = matrix
    across, down = boxes[:, (0, 2, 2, 0)], boxes[:, (1, 1, 3, 3)]
    x, y = a * across + c * down + e, b * across + d * down + f
    return np.stack((x.min(1), y.min(1), x.max(1), y.max(1)), axis=1)


def paint_of(item: int) -> tuple[bool, bool]:
    """Tell whether a path is filled, and whether it is stroked."""
    ask.draw_mode(item, _fills, _strokes)
    fill, stroke = _flags
    return bool(fill), bool(stroke)


def strokes_of(drawn: Drawn, place: int) -> Boxes:
    """Give the boxes of a path's strokes, one for each of its segments, as thick as they are drawn."""
    item = drawn.objects[place]
    corners = np.array(list(_corners(item))).reshape(-1, 2)
    ends = np.hstack((corners[:-1], corners[1:]))
    ends = ends[~np.isnan(ends).any(1)]
    boxes = np.hstack((np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])))
    ask.stroke_width(item, _first)
    half = _floats[0] / 2
    thick = boxes + np.array((-half, -half, half, half))
    return drawn.frame.shown(moved(thick, inside(drawn.space(place), matrix_of(item))))


def paths_on(drawn: Drawn) -> Iterator[tuple[float, float, float, float]]:
    """Give the boxes around the paths that are drawn on a page."""
    yield from map(tuple, drawn.boxes[drawn.places(raw.FPDF_PAGEOBJ_PATH)].tolist())


def _corners(path: int) -> Iterator[tuple[float, float]]:
    """Give the corners of a path, the first one again where it is closed; NaN parts its strokes."""
    start = math.nan, math.nan
    for index in range(ask.segments(path)):
        segment = ask.segment(path, index)
        end = _end(segment)
        if ask.segment_kind(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield math.nan, math.nan
            start = end
        yield end
        if ask.closes(segment):
            yield start
