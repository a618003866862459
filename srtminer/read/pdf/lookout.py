"""What a page shows of its text, and what was typed on it, whichever library reads it.

Typed are free texts and the fields of forms: they are drawn from annotations, not from the page's own text.
"""

import ctypes
import difflib
import re
import struct
import textwrap
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat
from pathlib import Path
from statistics import mode
from typing import NamedTuple, Self

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from srtminer.model import AS_COVERED, COVERED, UNSEEN, Omission
from srtminer.read.pdf import pdfium_calls as ask
from srtminer.read.pdf.drawn import Frame, Place, Why, drawn_on, places_of, touching
from srtminer.read.pdf.geometry import DAMAGED, PROTECTED, Run, Unreadable
from srtminer.read.pdf.unseen import Letters, Sight, is_printed, masked, omissions
from srtminer.text.words import RUN

HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
NO_COVER = (raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FILEATTACHMENT)
"""Kinds that lie over the text as a window or an icon, which a reader moves away."""
BY_QUADS: dict[int, Why] = {raw.FPDF_ANNOT_REDACT: "redacted", raw.FPDF_ANNOT_STRIKEOUT: "struck"}
"""Kinds that say something of the very words that they mark."""

OPAQUE = (
    *(raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_STAMP),
    *(raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_REDACT),
)
"""Kinds that may cover what was typed before."""
USUAL, LARGEST, WIDTH, LEADING = 10.0, 999.0, 0.5, 1.2
"""Font size in points where none is given, and the largest; width of a letter and distance of lines, in font
sizes."""
PICTURE_SCALE = 2.0
"""Pixels a point: 144 dots an inch, which reads well on a screen."""
SHORTEST_RUN = 3
"""Words of the passage that have to stand together on the page to be marked."""
_YELLOW = (255, 235, 59, 255)
PASSWORD = 1 << 13
FIELDS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
"""Fields that hold text; a `PASSWORD` does too, but what it shows are dots."""
_OFF = re.compile(rb"/(?:O|#4[Ff])(?:F|#46){2}\b(?!\s{0,99}\[\s{0,99}\])|/(?:V|#56)(?:E|#45)\s{0,99}\[")
"""Layers that are off, wherever they are listed, but for an empty list; or an expression that may say so.
Any letter of a name may be written as a code."""
AT_ONCE, A_PAGE = 3000, 100
"""Objects that are looked at together, of one page or of several; each page counts as some of them."""
MOST_UNPACKED = 50_000_000
"""Bytes that one stream of packed objects may give."""


class Lookout:
    """Tells of the pages of a file, read by whatever library, what they show. A context manager."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises `Unreadable`."""
        try:
            self.document = pdfium.PdfDocument(path)
        except (pdfium.PdfiumError, OSError, ValueError) as error:
            if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise Unreadable(PROTECTED) from error
            raise Unreadable(DAMAGED) from error
        self.document.init_forms()  # so that fields are drawn, too
        self._layers = _has_layers_off(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.document.close()

    @property
    def is_xfa(self) -> bool:
        """Whether the file is a form that only Adobe's programs show."""
        return bool(self.document.get_formtype() == raw.FORMTYPE_XFA_FULL)

    @property
    def attached(self) -> tuple[str, ...]:
        """The names of the files that are attached to the file."""
        count = raw.FPDFDoc_GetAttachmentCount(self.document.raw)
        handles = (raw.FPDFDoc_GetAttachment(self.document.raw, index) for index in range(count))
        return tuple(_string(partial(raw.FPDFAttachment_GetName, one)) for one in handles if one)

    def sight(self, index: int) -> Sight | None:
        """Look at a page; None where PDFium cannot draw it, or sees no text on it."""
        page = self._open(index)
        sight = next(self.look({index: page})) if page else None
        return sight if sight and sight.has_text else None

    def sights(self) -> Iterator[Sight | None]:
        """Look at the pages in turn, each of use until the next; None where PDFium cannot open one."""
        ahead: dict[int, pdfium.PdfPage | None] = {}
        size, count = 0, len(self.document)
        for index in range(count):
            page = ahead[index] = self._open(index)
            size += A_PAGE + (ask.count(ask.address(page.raw)) if page else 0)
            if size >= AT_ONCE or index + 1 == count:
                sights = self.look({index: page for index, page in ahead.items() if page})
                yield from (next(sights) if page else None for page in ahead.values())
                ahead, size = {}, 0

    def _open(self, index: int) -> pdfium.PdfPage | None:
        try:
            return self.document[index]
        except (pdfium.PdfiumError, IndexError):  # one broken page costs that page
            return None

    def look(self, pages: Mapping[int, pdfium.PdfPage]) -> Iterator[Sight]:
        """Look at pages by their index; each is closed when the next is asked for."""
        for (index, page), drawn in zip(pages.items(), drawn_on(list(pages.values())), strict=True):
            places = (*places_of(drawn, layers=self._layers), *_covering(page, drawn.frame))
            yield Sight(page, index + 1, drawn, places)
            page.close()

    def text(self, textpage: pdfium.PdfTextPage, sight: Sight) -> tuple[str, tuple[Omission, ...]]:
        """Give a page's text without what the page does not show, and how much that is."""
        text = _text(textpage)
        if not sight.may_hide(text):
            return text, ()
        kinds = sight.judge(_letters(textpage, text, sight.frame))
        if not kinds.any():  # on most pages that are looked at closely
            return text, ()
        return masked(text, kinds), omissions(text, kinds, sight.number)

    def typed(self, sight: Sight, runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], tuple[Omission, ...]]:
        """Give what was typed on a page, and how much of it is hidden; `runs` say how large its text is."""
        typed = _typed_on(self.document, sight.page, sight.frame)
        if not typed:
            return (), ()
        usual = mode(run.size for run in runs) if runs else 0.0
        counts = Counter[str]()
        for one in typed:
            counts[one.hidden] += len(one.text.split())
        hidden = (Omission(what, sight.number, 0, count) for what, count in sorted(counts.items()) if what)
        return tuple(run for one in typed for run in _runs_of(one, usual)), tuple(hidden)


def _has_layers_off(path: Path) -> bool:
    """Tell whether some layer of a file may be off: PDFium draws accordingly, but does not say so.

    Where the file is encrypted, a packed catalog cannot be read: then there may be such a layer.
    """
    data = path.read_bytes()
    if _OFF.search(data):
        return True
    for part in data.split(b"/ObjStm")[1:]:
        _, _, packed = part.partition(b"stream")
        try:
            if _OFF.search(zlib.decompressobj().decompress(packed.lstrip(b"\r\n"), MOST_UNPACKED)):
                return True
        except zlib.error:
            return True
    return False


def _letters(textpage: pdfium.PdfTextPage, text: str, frame: Frame) -> Letters:
    """Ask for the box, the size and the baseline of every character at once."""
    page, count = ask.address(textpage.raw), len(text)
    boxes, origins = np.zeros((count, 4)), np.zeros((count, 2))
    matrices = np.zeros((count, 6), np.float32)
    ask.fill(boxes, ask.char_box, repeat(page), range(count), at=range(4))
    ask.fill(origins, ask.char_origin, repeat(page), range(count), at=range(2))
    ask.fill(matrices, ask.char_matrix, repeat(page), range(count), at=[0])
    scales = np.linalg.norm(matrices[:, :4].reshape(-1, 2, 2), axis=2).min(1)
    sizes = np.fromiter(map(ask.char_size, repeat(page), range(count)), np.float64, count) * scales
    shown = frame.shown(boxes[:, (0, 2, 1, 3)])
    drawings = [drawing or 0 for drawing in map(ask.char_drawing, repeat(page), range(count))]
    return Letters(text, shown, sizes, frame.shown(origins[:, (0, 1, 0, 1)])[:, 1], np.array(drawings))


def _text(textpage: pdfium.PdfTextPage) -> str:
    """Give the page's text, one character for every index of PDFium's."""
    text: str = textpage.get_text_range()
    count = textpage.count_chars()
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)


def _covering(page: pdfium.PdfPage, frame: Frame) -> Iterator[Place]:
    """Give the places of the annotations that may hide text, strike it out, or mark it for redaction."""
    for annotation in _annotations(page):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in NO_COVER:
            continue
        if kind == raw.FPDF_ANNOT_LINK and not raw.FPDFAnnot_HasKey(annotation, b"AP"):
            continue  # of which there are many; it draws a frame at most
        why = BY_QUADS.get(kind, "covered")
        boxes = list(_marked_boxes(annotation)) if kind in BY_QUADS else []
        for x0, y0, x1, y1 in frame.shown(np.array(boxes or [_rect_of(annotation)])).tolist():
            yield Place((x0, y0, x1, y1), why)


def _annotations(page: pdfium.PdfPage) -> Iterator[raw.FPDF_ANNOTATION]:
    """Give the annotations of a page that are not hidden, the topmost first, each of use until the next."""
    for index in reversed(range(raw.FPDFPage_GetAnnotCount(page.raw))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            try:
                if not raw.FPDFAnnot_GetFlags(annotation) & HIDDEN:
                    yield annotation
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _rect_of(annotation: raw.FPDF_ANNOTATION) -> tuple[float, float, float, float]:
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


class _Typed(NamedTuple):
    """What somebody typed on a page: an annotation, or a field of a form that is filled in."""

    text: str
    box: tuple[float, float, float, float]
    """Left, top, right, bottom on the page as shown, in points."""
    size: float
    """Font size in points, 0 where the program that shows it chooses."""
    hidden: str
    """`COVERED` by another annotation, `UNSEEN`, or empty."""


def _typed_on(document: pdfium.PdfDocument, page: pdfium.PdfPage, frame: Frame) -> list[_Typed]:
    """Give what was typed on a page and is drawn there."""
    covers: list[tuple[float, float, float, float]] = []
    found: list[_Typed] = []
    for annotation in _annotations(page):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        text = _typed(document, annotation, kind).strip()
        if kind not in OPAQUE and not text:  # as most are: links
            continue
        [(x0, y0, x1, y1)] = frame.shown(np.array([_rect_of(annotation)])).tolist()
        box = x0, y0, x1, y1
        if text:
            hidden = "" if _shows(page, frame, box, annotation) else UNSEEN
            if touching(np.array(covers).reshape(-1, 4), np.array([box])).any():
                hidden = COVERED
            found.append(_Typed(text, box, _size_of(annotation), hidden))
        if kind in OPAQUE:
            covers.append(box)
    return found[::-1]


def _size_of(annotation: raw.FPDF_ANNOTATION) -> float:
    """Give the number before "Tf" in the default appearance ("/Helv 12 Tf 0 g"), or 0."""
    look = _string(partial(raw.FPDFAnnot_GetStringValue, annotation, b"DA"))
    *_, size = ["", *look.partition(" Tf")[0].split()]
    given = float(size) if size.replace(".", "", 1).isdecimal() else 0.0
    return min(LARGEST, max(1.0, given)) if given else 0.0


def _typed(document: pdfium.PdfDocument, annotation: raw.FPDF_ANNOTATION, kind: int) -> str:
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return _string(partial(raw.FPDFAnnot_GetStringValue, annotation, b"Contents"))
    if kind != raw.FPDF_ANNOT_WIDGET or not document.formenv:
        return ""
    form = document.formenv.raw
    is_field = raw.FPDFAnnot_GetFormFieldType(form, annotation) in FIELDS
    if not is_field or raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & PASSWORD:
        return ""
    return _string(partial(raw.FPDFAnnot_GetFormFieldValue, form, annotation))


def _shows(page: pdfium.PdfPage, frame: Frame, box: Sequence[float], annotation: raw.FPDF_ANNOTATION) -> bool:
    """Tell whether the page shows something within a box; where nothing is drawn yet, a program will."""
    x0, y0, x1, y1 = box
    width, height = frame.size
    crop = (max(x0, 0.0), max(height - y1, 0.0), max(width - x1, 0.0), max(y0, 0.0))
    if crop[0] + crop[2] >= width - 2 or crop[1] + crop[3] >= height - 2:
        return False
    if not raw.FPDFAnnot_HasKey(annotation, b"AP"):
        return True
    return is_printed(page.render(scale=2, crop=crop, grayscale=True).to_numpy()[4:-4, 4:-4])


def _string(ask: Callable[..., int]) -> str:
    """Ask PDFium for a text, first for its length."""
    length = ask(None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")


def _runs_of(typed: _Typed, usual: float) -> Iterator[Run]:
    """Set what was typed in lines within its box, as a program that shows it does."""
    x0, y0, x1, y1 = typed.box
    size = typed.size or usual or USUAL
    fitting = max(8, int((x1 - x0) / (WIDTH * size)))
    lines = [line for part in typed.text.splitlines() for line in textwrap.wrap(part, fitting)]
    top = y0 + size if len(lines) > 1 or y1 - y0 > 3 * size else (y0 + y1) / 2 + 0.35 * size
    shown = {COVERED: [AS_COVERED], UNSEEN: []}.get(typed.hidden, lines)
    for place, line in enumerate(shown):
        right = min(x1, x0 + WIDTH * size * len(line))
        yield Run(line, round(x0, 1), round(right, 1), round(top + LEADING * size * place, 1), round(size, 1))


def draw_page(path: Path, number: int, passage: str = "") -> bytes:
    """Draw a page (1-based) as PNG and mark the words of a passage on it; what is covered stays covered.

    Raises `Unreadable` if there is no such page, or the file cannot be opened.
    """
    try:
        with pdfium.PdfDocument(path) as document:
            page = document[number - 1]
            for left, bottom, right, top in _boxes_of(page, passage):
                box = raw.FPDFPageObj_CreateNewRect(left - 1, bottom - 1, right - left + 2, top - bottom + 2)
                raw.FPDFPageObj_SetFillColor(box, *_YELLOW)
                raw.FPDFPath_SetDrawMode(box, raw.FPDF_FILLMODE_WINDING, False)
                raw.FPDFPageObj_SetBlendMode(box, b"Multiply")
                raw.FPDFPage_InsertObject(page, box)
            raw.FPDFPage_GenerateContent(page)
            return _png(page.render(scale=PICTURE_SCALE, rev_byteorder=True, prefer_bgrx=False))
    except (pdfium.PdfiumError, OSError, IndexError) as error:
        raise Unreadable(DAMAGED) from error


def _boxes_of(page: pdfium.PdfPage, passage: str) -> Iterator[tuple[float, float, float, float]]:
    """Give (left, bottom, right, top) of each line of the passage, in the page's own points."""
    textpage = page.get_textpage()
    words = list(RUN.finditer(textpage.get_text_range()))
    wanted = [match[0].casefold() for match in RUN.finditer(passage)]
    matcher = difflib.SequenceMatcher(None, [word[0].casefold() for word in words], wanted, autojunk=False)
    for place, _, size in matcher.get_matching_blocks():
        if size >= min(SHORTEST_RUN, max(1, len(wanted))):
            start, end = words[place].start(), words[place + size - 1].end()
            yield from map(textpage.get_rect, range(textpage.count_rects(start, end - start)))


def _png(bitmap: pdfium.PdfBitmap) -> bytes:
    """Write a bitmap of three or four bytes a pixel as PNG (W3C, 2003)."""
    pixels = bitmap.to_numpy()
    height, width, channels = pixels.shape
    rows = b"".join(b"\x00" + row.tobytes() for row in pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, 6 if channels == 4 else 2, 0, 0, 0)
    chunks = (b"IHDR" + head, b"IDAT" + zlib.compress(rows, 6), b"IEND")
    ends = (
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(ends)
