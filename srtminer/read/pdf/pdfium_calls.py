"""PDFium's functions, called as cheaply as Python can, and from C (`map`) for many objects at once."""

import ctypes
from array import array
from collections.abc import Iterable
from typing import Any

from numpy.typing import NDArray
from pypdfium2 import raw

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int


def address(pointer: Any) -> int:
    """Give the address behind one of pypdfium2's pointers."""
    return int(ctypes.cast(pointer, _POINTER).value or 0)


def fast(name: str, result: Any, count: int) -> Any:
    """Give a function of PDFium that takes so many addresses or whole numbers.

    Numbers go as pointers do, in a register each: ctypes passes those on soonest. Python stays locked
    meanwhile, for these calls are shorter than unlocking it.
    """
    return ctypes.PYFUNCTYPE(result, *[_POINTER] * count)(address(getattr(raw, name)))


def numbers(kind: str, count: int) -> tuple["array[Any]", range]:
    """Give room for numbers (f, d, i or I) that a function of PDFium fills in, and the address of each."""
    values = array(kind, bytes(array(kind).itemsize * count))
    start, _ = values.buffer_info()
    return values, range(start, start + values.itemsize * count, values.itemsize)


def fill(values: NDArray[Any], function: Any, *subjects: Iterable[int], at: Iterable[int]) -> list[int]:
    """Let a function of PDFium write of each of its subjects into a row of an array, at some columns."""
    start, size = values.ctypes.data, values.itemsize
    end, step = start + values.nbytes, values.shape[1] * size
    return list(map(function, *subjects, *(range(start + column * size, end, step) for column in at)))


count = fast("FPDFPage_CountObjects", _INT, 1)
nth = fast("FPDFPage_GetObject", _POINTER, 2)
inner_count = fast("FPDFFormObj_CountObjects", _INT, 1)
inner_nth = fast("FPDFFormObj_GetObject", _POINTER, 2)
kind = fast("FPDFPageObj_GetType", _INT, 1)
text_mode = fast("FPDFTextObj_GetTextRenderMode", _INT, 1)
bounds = fast("FPDFPageObj_GetBounds", _INT, 5)
fill_color = fast("FPDFPageObj_GetFillColor", _INT, 5)
stroke_color = fast("FPDFPageObj_GetStrokeColor", _INT, 5)
font_size = fast("FPDFTextObj_GetFontSize", _INT, 2)
matrix = fast("FPDFPageObj_GetMatrix", _INT, 2)
font = fast("FPDFTextObj_GetFont", _POINTER, 1)
font_name = fast("FPDFFont_GetBaseFontName", ctypes.c_size_t, 3)
see_through = fast("FPDFPageObj_HasTransparency", _INT, 1)
clip = fast("FPDFPageObj_GetClipPath", _POINTER, 1)
clip_segment = fast("FPDFClipPath_GetPathSegment", _POINTER, 3)
clips = fast("FPDFClipPath_CountPaths", _INT, 1)
clip_segments = fast("FPDFClipPath_CountPathSegments", _INT, 2)
point = fast("FPDFPathSegment_GetPoint", _INT, 3)
draw_mode = fast("FPDFPath_GetDrawMode", _INT, 3)
switch = fast("FPDFPageObj_SetIsActive", _INT, 2)
set_fill = fast("FPDFPageObj_SetFillColor", _INT, 5)

char_box = fast("FPDFText_GetCharBox", _INT, 6)
char_origin = fast("FPDFText_GetCharOrigin", _INT, 4)
char_matrix = fast("FPDFText_GetMatrix", _INT, 3)
char_drawing = fast("FPDFText_GetTextObject", _POINTER, 2)
char_color = fast("FPDFText_GetFillColor", _INT, 6)
char_size = fast("FPDFText_GetFontSize", ctypes.c_double, 2)
char_weight = fast("FPDFText_GetFontWeight", _INT, 2)
char_font = fast("FPDFText_GetFontInfo", ctypes.c_ulong, 5)
