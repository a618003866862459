"""A page's annotations: those that lie over its text, and those that somebody typed or filled in."""

from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from srtminer.read.pdf.covers import Place, Why
from srtminer.read.pdf.drawn import Frame

HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
NO_COVER = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
"""Kinds that draw nothing over the text, at most a frame."""
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
