"""A page's annotations: those that lie over its text, and those that somebody typed or filled in."""

import ctypes
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from srtminer.model import AS_COVERED, COVERED, UNSEEN, Omission
from srtminer.read.pdf.covers import Place, Why, touching
from srtminer.read.pdf.drawn import Frame
from srtminer.read.pdf.geometry import Run
from srtminer.read.pdf.ink import PRINTED

HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
NO_COVER = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
"""Kinds that draw nothing over the text, at most a frame."""
OPAQUE = (
    *(raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_STAMP),
    *(raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_REDACT),
)
"""Kinds that may cover what was typed before."""
_SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s{1,9}Tf")
USUAL, WIDTH, LEADING = 10.0, 0.5, 1.2
"""Font size in points where none is given; width of a letter and distance of lines, in font sizes."""
PASSWORD = 1 << 13
FIELDS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
"""Fields that hold text; a `PASSWORD` does too, but what it shows are dots."""
BY_QUADS: dict[int, Why] = {raw.FPDF_ANNOT_REDACT: "redacted", raw.FPDF_ANNOT_STRIKEOUT: "struck"}
"""Kinds that say something of the very words that they mark."""


def covering(page: pdfium.PdfPage, frame: Frame) -> Iterator[Place]:
    """Give the places of the annotations that may hide text, strike it out, or mark it for redaction."""
    for annotation in annotations(page):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in NO_COVER or raw.FPDFAnnot_GetFlags(annotation) & HIDDEN:
            continue
        why = BY_QUADS.get(kind, "covered")
        boxes = list(_marked(annotation)) if kind in BY_QUADS else []
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


def _marked(annotation: raw.FPDF_ANNOTATION) -> Iterator[tuple[float, float, float, float]]:
    quad = raw.FS_QUADPOINTSF()
    for index in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            across, down = ([getattr(quad, f"{axis}{n}") for n in range(1, 5)] for axis in "xy")
            yield min(across), min(down), max(across), max(down)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed on a page: an annotation, or a field of a form that is filled in."""

    text: str
    box: tuple[float, float, float, float]
    """Left, top, right, bottom on the page as shown, in points."""
    size: float
    """Font size in points, 0 where the program that shows it chooses."""
    hidden: str
    """`COVERED` by another annotation, `UNSEEN`, or empty."""


def typed_on(document: pdfium.PdfDocument, page: pdfium.PdfPage, frame: Frame) -> Iterator[Typed]:
    """Give what was typed on a page and is drawn there."""
    covers: list[tuple[int, Place]] = []
    found: list[tuple[int, Typed]] = []
    for order, annotation in enumerate(annotations(page)):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if raw.FPDFAnnot_GetFlags(annotation) & HIDDEN:
            continue
        box = _placed(frame, rect_of(annotation))
        if kind in OPAQUE:
            covers.append((order, Place(box, "covered")))
        if text := _typed(document, annotation, kind).strip():
            look = _SIZE.search(_string(partial(raw.FPDFAnnot_GetStringValue, annotation, b"DA")))
            hidden = "" if _shows(page, frame, box, annotation) else UNSEEN
            found.append((order, Typed(text, box, float(look[1]) if look else 0.0, hidden)))
    for order, one in found:
        boxes = np.array([place.box for later, place in covers if later > order]).reshape(-1, 4)
        covered = touching(boxes, np.array([one.box])).any()
        yield replace(one, hidden=COVERED) if covered else one


def attached_to(document: pdfium.PdfDocument) -> tuple[str, ...]:
    """Give the names of the files that are attached to a document."""
    count = raw.FPDFDoc_GetAttachmentCount(document.raw)
    handles = (raw.FPDFDoc_GetAttachment(document.raw, index) for index in range(count))
    return tuple(_string(partial(raw.FPDFAttachment_GetName, one)) for one in handles if one)


def _placed(frame: Frame, rect: tuple[float, ...]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = frame.shown(np.array([rect]))[0].tolist()
    return x0, y0, x1, y1


def _typed(document: pdfium.PdfDocument, annotation: raw.FPDF_ANNOTATION, kind: int) -> str:
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return _string(partial(raw.FPDFAnnot_GetStringValue, annotation, b"Contents"))
    if kind != raw.FPDF_ANNOT_WIDGET or not document.formenv:
        return ""
    form = document.formenv.raw
    if raw.FPDFAnnot_GetFormFieldType(form, annotation) not in FIELDS:
        return ""
    if raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & PASSWORD:
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
    picture = page.render(scale=2, crop=crop, grayscale=True).to_numpy()[4:-4, 4:-4]
    return bool(picture.size) and int(picture.max()) - int(picture.min()) >= PRINTED


def _string(ask: Callable[..., int]) -> str:
    """Ask PDFium for a text, first for its length."""
    length = ask(None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")


def runs_of(typed: Typed, usual: float) -> Iterator[Run]:
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


def typed_and_hidden(typed: Sequence[Typed], page: int) -> tuple[Omission, ...]:
    """Count the typed words that are not seen."""
    counts = Counter[str]()
    for one in typed:
        counts[one.hidden] += len(one.text.split())
    return tuple(Omission(what, page, 0, count) for what, count in sorted(counts.items()) if what)
