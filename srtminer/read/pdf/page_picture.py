"""A page of a PDF as a picture, with a passage marked. PDFium draws it; what is covered stays covered."""

import ctypes
import difflib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from srtminer.read.pdf.geometry import DAMAGED, Unreadable
from srtminer.text.words import RUN

SCALE = 2.0
"""Pixels a point: 144 dots an inch, which reads well on a screen."""
SHORTEST_RUN = 3
"""Words of the passage that have to stand together on the page to be marked."""
_YELLOW = (255, 235, 59, 255)


def draw_page(path: Path, number: int, passage: str = "") -> bytes:
    """Draw a page (1-based) as PNG and mark the words of a passage on it.

    Raises `Unreadable` if there is no such page, or the file cannot be opened.
    """
    try:
        with pdfium.PdfDocument(path) as document:
            page = document[number - 1]
            for box in _boxes(page, passage):
                _mark(page, box)
            raw.FPDFPage_GenerateContent(page)
            bitmap = page.render(scale=SCALE, rev_byteorder=True, prefer_bgrx=False)
            return _png(bitmap)
    except (pdfium.PdfiumError, OSError, IndexError) as error:
        raise Unreadable(DAMAGED) from error


def _boxes(page: pdfium.PdfPage, passage: str) -> Iterator[tuple[float, float, float, float]]:
    """Give (left, bottom, right, top) of each line of the passage, in the page's own points."""
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    words = list(RUN.finditer(text))
    wanted = [match[0].casefold() for match in RUN.finditer(passage)]
    matcher = difflib.SequenceMatcher(None, [word[0].casefold() for word in words], wanted, autojunk=False)
    for place, _, size in matcher.get_matching_blocks():
        if size >= min(SHORTEST_RUN, max(1, len(wanted))):
            start, end = words[place].start(), words[place + size - 1].end()
            for index in range(textpage.count_rects(start, end - start)):
                yield textpage.get_rect(index)


def _mark(page: pdfium.PdfPage, box: tuple[float, float, float, float]) -> None:
    left, bottom, right, top = box
    rectangle = raw.FPDFPageObj_CreateNewRect(left - 1, bottom - 1, right - left + 2, top - bottom + 2)
    raw.FPDFPageObj_SetFillColor(rectangle, *_YELLOW)
    raw.FPDFPath_SetDrawMode(rectangle, raw.FPDF_FILLMODE_WINDING, False)
    raw.FPDFPageObj_SetBlendMode(rectangle, b"Multiply")
    raw.FPDFPage_InsertObject(page, rectangle)


def _png(bitmap: pdfium.PdfBitmap) -> bytes:
    """Write a bitmap of three or four bytes a pixel as PNG (W3C, 2003)."""
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    channels = bitmap.n_channels
    data = bytes(ctypes.string_at(bitmap.buffer, stride * height))
    rows = b"".join(b"\x00" + data[row * stride : row * stride + width * channels] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 6 if channels == 4 else 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
