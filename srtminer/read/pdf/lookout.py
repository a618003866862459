"""What a page shows of its text, and what was typed on it, whichever library reads it."""

import ctypes
import re
import zlib
from itertools import repeat
from pathlib import Path
from statistics import mode
from typing import Self

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from srtminer.model import Omission
from srtminer.read.pdf.covers import runs_of, typed_and_hidden, typed_on
from srtminer.read.pdf.drawn import POINTER, Frame, address, all_of, fast, frame_of
from srtminer.read.pdf.geometry import DAMAGED, PROTECTED, Run, Unreadable
from srtminer.read.pdf.unseen import Letters, Sight, masked, omissions

char_box = fast("FPDFText_GetCharBox", ctypes.c_int, 6)
char_origin = fast("FPDFText_GetCharOrigin", ctypes.c_int, 4)
char_matrix = fast("FPDFText_GetMatrix", ctypes.c_int, 3)
char_drawing = fast("FPDFText_GetTextObject", POINTER, 2)
char_color = fast("FPDFText_GetFillColor", ctypes.c_int, 6)
char_size = fast("FPDFText_GetFontSize", ctypes.c_double, 2)
char_weight = fast("FPDFText_GetFontWeight", ctypes.c_int, 2)
char_font = fast("FPDFText_GetFontInfo", ctypes.c_ulong, 5)

_OFF = re.compile(
    rb"/OFF\s{0,9}\[\s{0,9}\d|/BaseState\s{0,9}/OFF|/(?:View|Print|Export)State\s{0,9}/OFF"
    rb"|/VE\s{0,9}\["
)
_PACKED = re.compile(rb"/ObjStm\b[^>]{0,200}>>\s{0,9}stream\r?\n")
MOST_UNPACKED = 50_000_000
"""Bytes that one stream of packed objects may give."""


class Lookout:
    """Tells of the pages of a file, read by whatever library, what they show. A context manager."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises `Unreadable`."""
        self.document = opened(path)
        self._layers = _has_layers_off(path)
        self.pages = len(self.document)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.document.close()

    def sight(self, index: int) -> Sight | None:
        """Look at a page; None where PDFium cannot draw it, or sees no text on it."""
        try:
            page = self.document[index]
        except (pdfium.PdfiumError, IndexError):
            return None
        sight = Sight(page, index + 1, layers=self._layers)
        return sight if sight.has_text else None

    def text(
        self, index: int, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage
    ) -> tuple[str, tuple[Omission, ...], Sight]:
        """Give a page's text without what the page does not show, how much that is, and what was seen."""
        text = _text(textpage)
        sight = Sight(page, index + 1, layers=self._layers)
        if not sight.places or not text:
            return text, (), sight
        kinds = sight.judge(_letters(textpage, text, sight.frame))
        return masked(text, kinds), omissions(text, kinds, index + 1), sight

    def typed_at(
        self, index: int, runs: tuple[Run, ...], shift: tuple[float, float]
    ) -> tuple[tuple[Run, ...], tuple[Omission, ...]]:
        """Do as `typed` for a page that another library read, in whose frame the page shown is shifted."""
        page = self.document[index]
        try:
            lines, covered = self.typed(index, page, runs, frame_of(page))
        finally:
            page.close()
        across, down = shift
        moved = (run._replace(x0=run.x0 + across, x1=run.x1 + across, y=run.y + down) for run in lines)
        return tuple(moved), covered

    def typed(
        self, index: int, page: pdfium.PdfPage, runs: tuple[Run, ...], frame: Frame
    ) -> tuple[tuple[Run, ...], tuple[Omission, ...]]:
        """Give what was typed on a page, and how much of it is covered; `runs` say how large its text is."""
        typed = tuple(typed_on(self.document, page, frame))
        usual = mode(run.size for run in runs) if typed and runs else 0.0
        lines = tuple(run for one in typed for run in runs_of(one, usual))
        return lines, typed_and_hidden(typed, index + 1)


def opened(path: Path) -> pdfium.PdfDocument:
    """Open a file with PDFium; raises `Unreadable`."""
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError, ValueError) as error:
        raise unreadable(error) from error
    document.init_forms()  # so that fields are drawn, too
    return document


def unreadable(error: Exception) -> Unreadable:
    """Say why PDFium cannot open a file."""
    if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return Unreadable(PROTECTED, final=True)
    return Unreadable(DAMAGED)


def _has_layers_off(path: Path) -> bool:
    """Tell whether some layer of a file may be off: PDFium draws accordingly, but does not say so.

    Where the file is encrypted, a packed catalog cannot be read: then there may be such a layer.
    """
    data = path.read_bytes()
    if _OFF.search(data):
        return True
    for match in _PACKED.finditer(data):
        try:
            if _OFF.search(zlib.decompressobj().decompress(data[match.end() :], MOST_UNPACKED)):
                return True
        except zlib.error:
            return True
    return False


def _letters(textpage: pdfium.PdfTextPage, text: str, frame: Frame) -> Letters:
    """Ask for the box, the size and the baseline of every character at once."""
    page, count = address(textpage.raw), len(text)
    boxes, origins = np.zeros((count, 4)), np.zeros((count, 2))
    matrices = np.zeros((count, 6), np.float32)
    all_of(char_box, page, boxes)
    all_of(char_origin, page, origins)
    all_of(char_matrix, page, matrices, whole=True)
    scales = np.linalg.norm(matrices[:, :4].reshape(-1, 2, 2), axis=2).min(1)
    sizes = np.fromiter(map(char_size, repeat(page), range(count)), np.float64, count) * scales
    shown = frame.shown(boxes[:, (0, 2, 1, 3)])
    drawings = [drawing or 0 for drawing in map(char_drawing, repeat(page), range(count))]
    return Letters(text, shown, sizes, frame.shown(origins[:, (0, 1, 0, 1)])[:, 1], np.array(drawings))


def _text(textpage: pdfium.PdfTextPage) -> str:
    """Give the page's text, one character for every index of PDFium's."""
    text: str = textpage.get_text_range()
    count = textpage.count_chars()
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)
