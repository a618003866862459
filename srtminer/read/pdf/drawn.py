"""What a page draws, object by object: the cheap look that tells which places need the close one of `ink`.

Every page of every file is asked, so PDFium is called from C (`map`) and fills one array for all objects.
Boxes are (left, top, right, bottom) in points of the page as shown; x grows to the right, y downwards.
"""

import ctypes
import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

Boxes = NDArray[np.float64]
Flags = NDArray[np.bool_]

MAX_DEPTH = 8
"""Forms within forms that are entered; deeper ones count as one drawing."""
PLAIN = np.eye(3)
_LAYER = "OC\0".encode("utf-16-le")
RECTANGLE = 6
"""Segments of a clipping path with more are of another shape."""

POINTER, _INT = ctypes.c_void_p, ctypes.c_int


def address(pointer: Any) -> int:
    """Give the address behind one of pypdfium2's pointers."""
    return int(ctypes.cast(pointer, POINTER).value or 0)


def fast(name: str, result: Any, *arguments: Any) -> Any:
    """Give a function of PDFium that takes and gives plain addresses, which ctypes passes on at once."""
    return ctypes.CFUNCTYPE(result, *arguments)(address(getattr(raw, name)))


_count = fast("FPDFPage_CountObjects", _INT, POINTER)
_object = fast("FPDFPage_GetObject", POINTER, POINTER, _INT)
_inner_count = fast("FPDFFormObj_CountObjects", _INT, POINTER)
_inner = fast("FPDFFormObj_GetObject", POINTER, POINTER, ctypes.c_ulong)
_type = fast("FPDFPageObj_GetType", _INT, POINTER)
text_mode = fast("FPDFTextObj_GetTextRenderMode", _INT, POINTER)
_bounds = fast("FPDFPageObj_GetBounds", _INT, *[POINTER] * 5)
_fill = fast("FPDFPageObj_GetFillColor", _INT, *[POINTER] * 5)
_size = fast("FPDFTextObj_GetFontSize", _INT, POINTER, POINTER)
_matrix = fast("FPDFPageObj_GetMatrix", _INT, POINTER, POINTER)
_see_through = fast("FPDFPageObj_HasTransparency", _INT, POINTER)
_clip = fast("FPDFPageObj_GetClipPath", POINTER, POINTER)
_clip_segment = fast("FPDFClipPath_GetPathSegment", POINTER, POINTER, _INT, _INT)
_clips = fast("FPDFClipPath_CountPaths", _INT, POINTER)


PANEL = (100.0, 18.0)
"""Points; a drawing around a paragraph is at least so wide and high."""
WHOLE = 0.6
"""A drawing over a larger share of the page is its background or its edge."""
NEARLY_WHITE = 250


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

    objects: NDArray[np.int64]
    """Addresses, of use until the page is closed."""
    types: NDArray[np.uint8]
    boxes: Boxes
    colors: NDArray[np.int64]
    """Red, green, blue of the filling, 0 to 255; -1 where there is a pattern or none is known."""
    see_through: Flags
    spaces: tuple[Boxes, ...]
    """Of each object the matrix of the form that it is in; empty where the page has no forms."""
    frame: "Frame"

    def space(self, place: int) -> Boxes:
        """Give the matrix that leads from an object's space to the page's own."""
        return self.spaces[place] if self.spaces else PLAIN


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page's own space lies on the page as shown."""

    box: tuple[float, float, float, float]
    """Left, bottom, right, top of what is shown, in the page's own space."""
    rotation: int
    """Degrees, clockwise."""

    def shown(self, boxes: Boxes) -> Boxes:
        """Turn boxes (left, bottom, right, top) of the page's own space into boxes of the page as shown."""
        order, signs, (left, top) = TURNS[self.rotation]
        corner = self.box[left], self.box[top]
        result: Boxes = boxes[:, order] * signs
        result -= np.array((*corner, *corner)) * signs
        return result

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as shown."""
        left, bottom, right, top = self.box
        across, down = right - left, top - bottom
        return (across, down) if self.rotation in (0, 180) else (down, across)


def frame_of(page: pdfium.PdfPage) -> Frame:
    """Give the frame of a page."""
    return Frame(page.get_bbox(), page.get_rotation())


def drawn_on(page: pdfium.PdfPage, frame: Frame) -> Drawn:
    """List what a page draws."""
    place = address(page.raw)
    count = _count(place)
    objects = list(map(_object, repeat(place, count), range(count)))
    types = bytes(map(_type, objects))
    boxes = _boxes(objects)
    spaces: tuple[Boxes, ...] = ()
    if raw.FPDF_PAGEOBJ_FORM in types:
        objects, boxes, spaces, see_through = _flattened(objects, boxes)
        types = bytes(map(_type, objects))
    else:
        see_through = np.fromiter(map(_see_through, objects), bool, count)
    kinds = np.frombuffer(types, np.uint8)
    return Drawn(
        np.array(objects, np.int64), kinds, frame.shown(boxes), _colors(objects), see_through, spaces, frame
    )


def panels_of(drawn: Drawn) -> tuple[tuple[float, float, float, float], ...]:
    """Give the boxes that are drawn around text, filled or in outline: left, top, right, bottom."""
    left, top, right, bottom = drawn.boxes.T
    across, down = drawn.frame.size
    large = (right - left >= PANEL[0]) & (bottom - top >= PANEL[1])
    framed = large & ((right - left) * (bottom - top) < WHOLE * across * down)
    places = np.flatnonzero(framed & (drawn.types == raw.FPDF_PAGEOBJ_PATH)).tolist()
    return tuple(tuple(drawn.boxes[place].tolist()) for place in places if _shows(drawn, place))


def _shows(drawn: Drawn, place: int) -> bool:
    fills, strokes = paint_of(int(drawn.objects[place]))
    return strokes or (fills and bool((drawn.colors[place] < NEARLY_WHITE).any()))


def _filled_in(function: Any, objects: Sequence[int], kind: type) -> tuple[NDArray[Any], list[int]]:
    """Let a function of PDFium write its four values for every object into one array."""
    values: NDArray[Any] = np.zeros((len(objects), 4), kind)
    start, end = values.ctypes.data, values.ctypes.data + values.nbytes
    done = list(map(function, objects, *(range(start + 4 * place, end, 16) for place in range(4))))
    return values, done


def numbers(kind: type, count: int) -> tuple[Any, tuple[int, ...]]:
    """Give room for numbers that a function of PDFium fills in, and the address of each."""
    values = (kind * count)()  # type: ignore[operator]
    start, size = ctypes.addressof(values), ctypes.sizeof(values) // count
    return values, tuple(range(start, start + size * count, size))


def all_of(function: Any, page: int, values: NDArray[Any], *, whole: bool = False) -> None:
    """Let a function of PDFium write of every character of a text page into a row of an array.

    It takes a pointer for each value of the row, or one for the `whole` row.
    """
    count, columns = values.shape
    start, end, step = values.ctypes.data, values.ctypes.data + values.nbytes, values.strides[0]
    places = range(1) if whole else range(columns)
    deque(
        map(
            function,
            repeat(page),
            range(count),
            *(range(start + place * values.itemsize, end, step) for place in places),
        ),
        maxlen=0,
    )


def _boxes(objects: Sequence[int]) -> Boxes:
    return _filled_in(_bounds, objects, np.float32)[0].astype(np.float64)


def _colors(objects: Sequence[int]) -> NDArray[np.int64]:
    values, known = _filled_in(_fill, objects, np.uint32)
    colors = values[:, :3].astype(np.int64)
    if not all(known):
        colors[np.logical_not(known)] = -1
    return colors


def _flattened(objects: Sequence[int], boxes: Boxes) -> tuple[list[int], Boxes, tuple[Boxes, ...], Flags]:
    """Put the objects of forms in the place of the forms."""
    parts = list(_of_forms(objects, boxes, PLAIN, False, 0))
    return (
        [item for items, *_ in parts for item in items],
        np.concatenate([placed for _, placed, *_ in parts]),
        tuple(space for items, _, space, _ in parts for _ in items),
        np.concatenate([through for *_, through in parts]),
    )


def _of_forms(
    objects: Sequence[int], boxes: Boxes, space: Boxes, through: bool, depth: int
) -> Iterator[tuple[Sequence[int], Boxes, Boxes, Flags]]:
    """Give objects by stretches, with their boxes on the page; `space` is the matrix of the form around."""
    boxes, start = moved(boxes, space), 0
    clear = np.fromiter(map(_see_through, objects), bool, len(objects)) | through
    kinds = bytes(map(_type, objects))
    for place, kind in enumerate(kinds):
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            yield objects[start:place], boxes[start:place], space, clear[start:place]
            start, form = place + 1, objects[place]
            count = _inner_count(form)
            inner = list(map(_inner, repeat(form, count), range(count)))
            yield from _of_forms(inner, _boxes(inner), space @ matrix_of(form), clear[place], depth + 1)
    yield objects[start:], boxes[start:], space, clear[start:]


def sizes_of(drawn: Drawn, places: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the font sizes of texts, in points as shown: across or down, whichever is less."""
    objects, count = drawn.objects[places].tolist(), len(places)
    sizes, matrices = np.zeros(count, np.float32), np.zeros((count, 6), np.float32)
    start = sizes.ctypes.data
    deque(map(_size, objects, range(start, start + 4 * count, 4)), maxlen=0)
    start = matrices.ctypes.data
    deque(map(_matrix, objects, range(start, start + 24 * count, 24)), maxlen=0)
    axes = matrices[:, :4].astype(np.float64).reshape(-1, 2, 2)
    if drawn.spaces:
        axes = axes @ np.stack([drawn.space(place)[:2, :2].T for place in places])
    lengths: NDArray[np.float64] = np.linalg.norm(axes, axis=2).min(1) * sizes
    return lengths


def in_layers(drawn: Drawn, places: NDArray[np.int64]) -> Flags:
    """Tell objects that are marked as of a layer, or are in a form, which may be."""
    if drawn.spaces:
        return np.ones(len(places), bool)
    return np.array([_has_layer(handle(item)) for item in drawn.objects[places].tolist()], bool)


def _has_layer(item: Any) -> bool:
    name, length = (ctypes.c_ushort * 3)(), ctypes.c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        if raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length) and bytes(name) == _LAYER:
            return True
    return False


def clips_of(drawn: Drawn, places: NDArray[np.int64]) -> Iterator[tuple[int, list[float]]]:
    """Give the boxes that objects are clipped to, an empty one where that is no rectangle.

    The number is that of the object among `places`; one may come several times, many not at all.
    """
    clips = list(map(_clip, drawn.objects[places].tolist()))
    counts = np.fromiter(map(_clips, clips), np.int64, len(clips))
    seen: dict[tuple[int, int], list[float]] = {}
    for index in np.flatnonzero(counts > 0).tolist():
        for path in range(counts[index]):
            # texts of one stretch share their clipping path
            key = _clip_segment(clips[index], path, 0) or 0, id(drawn.space(int(places[index])))
            if key not in seen:
                box = _clip_box(
                    ctypes.cast(clips[index], raw.FPDF_CLIPPATH), path, drawn.space(int(places[index]))
                )
                seen[key] = drawn.frame.shown(box[None])[0].tolist()
            yield index, seen[key]


def _clip_box(clip: Any, path: int, space: Boxes) -> Boxes:
    count = raw.FPDFClipPath_CountPathSegments(clip, path)
    if not 0 < count <= RECTANGLE:
        return np.zeros(4)
    ends = np.array([_end(raw.FPDFClipPath_GetPathSegment(clip, path, place)) for place in range(count)])
    box: Boxes = moved(np.concatenate((ends.min(0), ends.max(0)))[None], space)[0]
    return box


def _end(segment: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def matrix_of(item: int) -> Boxes:
    """Give an object's matrix, 3 x 3, for columns (x, y, 1)."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle(item), matrix)
    a, b, c, d, e, f = (getattr(matrix, name) for name in "abcdef")
    return np.array([[a, c, e], [b, d, f], [0.0, 0.0, 1.0]])


def handle(item: int) -> Any:
    """Give the pointer that pypdfium2's functions want."""
    return ctypes.cast(item, raw.FPDF_PAGEOBJECT)


def moved(boxes: Boxes, matrix: Boxes) -> Boxes:
    """Give the boxes around boxes that a matrix moves and turns."""
    x0, y0, x1, y1 = boxes.T
    across = np.stack((x0, x1, x1, x0))
    down = np.stack((y0, y0, y1, y1))
    (a, c, e), (b, d, f), _ = matrix
    x, y = a * across + c * down + e, b * across + d * down + f
    return np.stack((x.min(0), y.min(0), x.max(0), y.max(0)), axis=1)


def paint_of(item: int) -> tuple[bool, bool]:
    """Tell whether a path is filled, and whether it is stroked."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle(item), fill, stroke)
    return bool(fill.value), bool(stroke.value)


def strokes_of(drawn: Drawn, place: int) -> Boxes:
    """Give the boxes of a path's strokes, one for each of its segments, as thick as they are drawn."""
    item = int(drawn.objects[place])
    ends = _segments(item)
    boxes = np.hstack((np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])))
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(handle(item), width)
    half = width.value / 2
    thick = boxes + np.array((-half, -half, half, half))
    return drawn.frame.shown(moved(thick, drawn.space(place) @ matrix_of(item)))


def paths_on(drawn: Drawn) -> Iterator[tuple[float, float, float, float]]:
    """Give the boxes around the paths that are drawn on a page."""
    yield from map(tuple, drawn.boxes[drawn.types == raw.FPDF_PAGEOBJ_PATH].tolist())


def _segments(item: int) -> Boxes:
    """Give the two ends of each segment of a path, in the path's own space."""
    points = np.array(list(_corners(handle(item)))).reshape(-1, 2)
    ends = np.hstack((points[:-1], points[1:]))
    drawn: Boxes = ends[~np.isnan(ends).any(1)]
    return drawn


def _corners(path: Any) -> Iterator[tuple[float, float]]:
    """Give the corners of a path, the first one again where it is closed; NaN parts its strokes."""
    start = math.nan, math.nan
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        end = _end(segment)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield math.nan, math.nan
            start = end
        yield end
        if raw.FPDFPathSegment_GetClose(segment):
            yield start
