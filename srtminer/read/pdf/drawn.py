"""What a page draws, object by object: the cheap look that tells which places need the close one of `unseen`.

Every page of every file is asked, so PDFium is called from C (`map`) and fills one array for all objects.
Boxes are (left, top, right, bottom) in points of the page as shown; x grows to the right, y downwards.
"""

import ctypes
import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress, repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

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
RECTANGLE = 6
"""Segments of a clipping path with more are of another shape."""

POINTER, _INT = ctypes.c_void_p, ctypes.c_int


def address(pointer: Any) -> int:
    """Give the address behind one of pypdfium2's pointers."""
    return int(ctypes.cast(pointer, POINTER).value or 0)


def fast(name: str, result: Any, count: int) -> Any:
    """Give a function of PDFium that takes so many addresses or whole numbers.

    Numbers go as pointers do, in a register each: ctypes passes those on soonest. Python stays locked
    meanwhile, for these calls are shorter than unlocking it.
    """
    return ctypes.PYFUNCTYPE(result, *[POINTER] * count)(address(getattr(raw, name)))


_count = fast("FPDFPage_CountObjects", _INT, 1)
_object = fast("FPDFPage_GetObject", POINTER, 2)
_inner_count = fast("FPDFFormObj_CountObjects", _INT, 1)
_inner = fast("FPDFFormObj_GetObject", POINTER, 2)
_type = fast("FPDFPageObj_GetType", _INT, 1)
_text_mode = fast("FPDFTextObj_GetTextRenderMode", _INT, 1)
_bounds = fast("FPDFPageObj_GetBounds", _INT, 5)
_fill = fast("FPDFPageObj_GetFillColor", _INT, 5)
_size = fast("FPDFTextObj_GetFontSize", _INT, 2)
_matrix = fast("FPDFPageObj_GetMatrix", _INT, 2)
_font = fast("FPDFTextObj_GetFont", POINTER, 1)
_font_name = fast("FPDFFont_GetBaseFontName", ctypes.c_size_t, 3)
_see_through = fast("FPDFPageObj_HasTransparency", _INT, 1)
_clip = fast("FPDFPageObj_GetClipPath", POINTER, 1)
_clip_segment = fast("FPDFClipPath_GetPathSegment", POINTER, 3)
_clips = fast("FPDFClipPath_CountPaths", _INT, 1)
_clip_segments = fast("FPDFClipPath_CountPathSegments", _INT, 2)
_segments = fast("FPDFPath_CountSegments", _INT, 1)
_segment = fast("FPDFPath_GetPathSegment", POINTER, 2)
_point = fast("FPDFPathSegment_GetPoint", _INT, 3)
_segment_type = fast("FPDFPathSegment_GetType", _INT, 1)
_closes = fast("FPDFPathSegment_GetClose", _INT, 1)
_stroke_width = fast("FPDFPageObj_GetStrokeWidth", _INT, 2)
_draw_mode = fast("FPDFPath_GetDrawMode", _INT, 3)
_switch = fast("FPDFPageObj_SetIsActive", _INT, 2)
_set_fill = fast("FPDFPageObj_SetFillColor", _INT, 5)


def numbers(kind: type, count: int) -> tuple[Any, tuple[int, ...]]:
    """Give room for numbers that a function of PDFium fills in, and the address of each."""
    values = (kind * count)()  # type: ignore[operator]
    start, size = ctypes.addressof(values), ctypes.sizeof(values) // count
    return values, tuple(range(start, start + size * count, size))


# what PDFium fills in for one object at a time
_floats, (_first, _second, _third, _fourth, *_) = numbers(ctypes.c_float, 6)
_flags, (_fills, _strokes) = numbers(ctypes.c_int, 2)


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
    in_clear: frozenset[int]
    """The places of objects in forms that are seen through or cut off."""
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


def frame_of(page: pdfium.PdfPage) -> Frame:
    """Give the frame of a page."""
    return Frame(page.get_bbox(), page.get_rotation())


def drawn_on(page: pdfium.PdfPage, frame: Frame) -> Drawn:
    """List what a page draws."""
    place = address(page.raw)
    count = _count(place)
    parts = list(_parts(list(map(_object, repeat(place, count), range(count))), PLAIN, 0, 0))
    objects = [item for part in parts for item in part.objects]
    corners = np.zeros((len(objects), 4), np.float32)
    fill(corners, _bounds, objects, at=range(4))
    boxes: Boxes = corners.astype(np.float64)
    spaces: tuple[Matrix, ...] = ()
    clear: list[int] = []
    if len(parts) > 1:
        spaces = tuple(part.space for part in parts for _ in part.objects)
        ends = list(accumulate(len(part.objects) for part in parts))
        for part, start, end in zip(parts, [0, *ends], ends, strict=False):
            boxes[start:end] = moved(boxes[start:end], part.space)
            clear.extend(range(start, end) if part.clear else ())
    colors, known = _colors(objects)
    filled = colors[:, :3].astype(np.int64)
    if not all(known):
        filled[np.logical_not(known)] = -1
    filled[(filled == PATTERN).all(1)] = -1
    types = np.frombuffer(b"".join(part.types for part in parts), np.uint8)
    return Drawn(objects, types, frame.shown(boxes), filled, spaces, frozenset(clear), frame)


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
    types, start = bytes(map(_type, objects)), 0
    while depth < MAX_DEPTH and (place := types.find(raw.FPDF_PAGEOBJ_FORM, start)) >= 0:
        yield _Part(objects[start:place], types[start:place], space, clear)
        start, form = place + 1, objects[place]
        count = _inner_count(form)
        inner = list(map(_inner, repeat(form, count), range(count)))
        dim = clear or _see_through(form) or _is_cut(form)
        yield from _parts(inner, inside(space, matrix_of(form)), dim, depth + 1)
    yield _Part(objects[start:], types[start:], space, clear)


def _is_cut(form: int) -> bool:
    """Tell whether a clipping path leaves out some of a form."""
    clip = _clip(form)
    clips = np.array([_clip_box(clip, path, PLAIN) for path in range(_clips(clip))]).reshape(-1, 4)
    _bounds(form, _first, _second, _third, _fourth)
    return bool(((np.array(_floats[:4]) - clips) * (1, 1, -1, -1) < -SLACK).any())


def fill(values: NDArray[Any], function: Any, *subjects: Iterable[int], at: Iterable[int]) -> list[int]:
    """Let a function of PDFium write of each of its subjects into a row of an array, at some columns."""
    start, size = values.ctypes.data, values.itemsize
    end, step = start + values.nbytes, values.shape[1] * size
    return list(map(function, *subjects, *(range(start + column * size, end, step) for column in at)))


def _colors(objects: Sequence[int]) -> tuple[NDArray[np.uint32], list[int]]:
    """Give red, green, blue and opacity of the fillings of objects, and of which they are known."""
    values = np.zeros((len(objects), 4), np.uint32)
    return values, fill(values, _fill, objects, at=range(4))


def sizes_of(drawn: Drawn, texts: Places, objects: Sequence[int]) -> NDArray[np.float64]:
    """Give the font sizes of texts, in points as shown: across or down, whichever is less."""
    values = np.zeros((len(objects), 7), np.float32)
    fill(values, _matrix, objects, at=[0])
    fill(values, _size, objects, at=[6])
    axes = values[:, :4].astype(np.float64)
    if drawn.spaces:
        turns = np.array([drawn.space(place)[:4] for place in texts.tolist()]).reshape(-1, 2, 2)
        axes = (axes.reshape(-1, 2, 2) @ turns).reshape(-1, 4)
    axes *= axes
    sizes: NDArray[np.float64] = np.sqrt(np.minimum(axes[:, 0] + axes[:, 1], axes[:, 2] + axes[:, 3]))
    return sizes * values[:, 6]


def inkless(drawn: Drawn, texts: Places, objects: Sequence[int]) -> Iterator[int]:
    """Give the numbers of the texts that are not filled, are seen through, or may bring their own colours.

    Those are of fonts whose letters are drawings of the file (Type 3); only they have no name.
    """
    modes = bytes(map(_text_mode, objects))
    if modes.count(raw.FPDF_TEXTRENDERMODE_FILL) < len(modes):
        filled = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
        yield from (number for number, mode in enumerate(modes) if mode not in filled)
    yield from compress(range(len(objects)), map(_see_through, objects))
    fonts = list(map(_font, objects))
    nameless = {font for font in set(fonts) if _font_name(font, None, 0) <= len("\0")}
    yield from (number for number, font in enumerate(fonts) if font in nameless)
    if drawn.in_clear:
        yield from (number for number, place in enumerate(texts.tolist()) if place in drawn.in_clear)


def switch(objects: Sequence[int], *, on: bool) -> None:
    """Let a page draw some objects, or not."""
    deque(map(_switch, objects, repeat(int(on))), maxlen=0)


@contextmanager
def blackened(texts: Sequence[int]) -> Iterator[None]:
    """Draw texts in black meanwhile; a pattern does not come back."""
    colors, _ = _colors(texts)
    deque(map(_set_fill, texts, *map(repeat, (0, 0, 0, 255))), maxlen=0)
    yield
    deque(map(_set_fill, texts, *colors.T.tolist()), maxlen=0)


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


def clips_of(drawn: Drawn, texts: Places, objects: Sequence[int]) -> tuple[list[int], Boxes]:
    """Give numbers of texts that are clipped, and to what box each; it is empty if that is no rectangle.

    One text may come with several boxes, many with none.
    """
    clips = list(map(_clip, objects))
    counts = list(map(_clips, clips))
    if max(counts, default=0) <= 0:
        return [], np.zeros((0, 4))
    seen: dict[tuple[int, int], int] = {}
    numbers, of_each = [], []
    boxes: list[tuple[float, ...]] = []
    for number, count in enumerate(counts):
        for path in range(count):
            # texts of one stretch share their clipping path
            space = drawn.space(int(texts[number]))
            key = _clip_segment(clips[number], path, 0) or 0, id(space)
            if key not in seen:
                seen[key] = len(boxes)
                boxes.append(_clip_box(clips[number], path, space))
            numbers.append(number)
            of_each.append(seen[key])
    return numbers, drawn.frame.shown(np.array(boxes))[of_each]


def _clip_box(clip: int, path: int, space: Matrix) -> tuple[float, ...]:
    count = _clip_segments(clip, path)
    if not 0 < count <= RECTANGLE:
        return (0.0,) * 4
    x, y = zip(*(_end(_clip_segment(clip, path, place)) for place in range(count)), strict=True)
    box = np.array([(min(x), min(y), max(x), max(y))])
    return tuple((box if space is PLAIN else moved(box, space))[0].tolist())


def _end(segment: int) -> tuple[float, float]:
    _point(segment, _first, _second)
    x, y, *_ = _floats
    return x, y


def matrix_of(item: int) -> Matrix:
    """Give an object's matrix."""
    _matrix(item, _first)
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
    _draw_mode(item, _fills, _strokes)
    fill, stroke = _flags
    return bool(fill), bool(stroke)


def strokes_of(drawn: Drawn, place: int) -> Boxes:
    """Give the boxes of a path's strokes, one for each of its segments, as thick as they are drawn."""
    item = drawn.objects[place]
    corners = np.array(list(_corners(item))).reshape(-1, 2)
    ends = np.hstack((corners[:-1], corners[1:]))
    ends = ends[~np.isnan(ends).any(1)]
    boxes = np.hstack((np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])))
    _stroke_width(item, _first)
    half = _floats[0] / 2
    thick = boxes + np.array((-half, -half, half, half))
    return drawn.frame.shown(moved(thick, inside(drawn.space(place), matrix_of(item))))


def paths_on(drawn: Drawn) -> Iterator[tuple[float, float, float, float]]:
    """Give the boxes around the paths that are drawn on a page."""
    yield from map(tuple, drawn.boxes[drawn.places(raw.FPDF_PAGEOBJ_PATH)].tolist())


def _corners(path: int) -> Iterator[tuple[float, float]]:
    """Give the corners of a path, the first one again where it is closed; NaN parts its strokes."""
    start = math.nan, math.nan
    for index in range(_segments(path)):
        segment = _segment(path, index)
        end = _end(segment)
        if _segment_type(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield math.nan, math.nan
            start = end
        yield end
        if _closes(segment):
            yield start
