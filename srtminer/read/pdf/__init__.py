"""PDF files become reviews: two libraries, one layout."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from srtminer.model import AS_COVERED, ATTACHED, Omission, Review, Skipped
from srtminer.read.compose_review import compose
from srtminer.read.page_furniture import printed_numbers
from srtminer.read.pdf import pdfium
from srtminer.read.pdf.geometry import UNDECODABLE, Page, Unreadable, is_garbled
from srtminer.read.pdf.lookout import Lookout
from srtminer.read.pdf.page_layout import lay_out
from srtminer.read.read_file import GARBLED, NO_TEXT, NOTHING_SHOWN
from srtminer.text.names import printable

SCAN_ADVICE = "it is a scan without a text layer; ingest it with --ocr to have its text recognised"
NOT_UPRIGHT = "its text lies on its side; turn its pages, save it, and ingest it again"


def read_pdf(path: Path, reader: str = "auto") -> Review | Skipped:
    """Read a PDF; with `auto`, pdfminer.six reads again what PDFium could not."""
    source = str(path)
    try:
        with Lookout(path) as lookout:
            pages, attached, is_xfa = _read(path, reader, lookout), lookout.attached, lookout.is_xfa
    except Unreadable as error:
        return Skipped(source, str(error))
    if why := _why_wrapper(pages, attached, is_xfa):
        return Skipped(source, why)
    garbled = {page.number for page in pages if is_garbled(page)}
    pages = [replace(page, runs=(), words=()) if page.number in garbled else page for page in pages]
    if not any(run.text.replace(AS_COVERED, "").strip() for page in pages for run in page.runs):
        nothing = NOTHING_SHOWN if any(page.hidden for page in pages) else SCAN_ADVICE
        why = NOT_UPRIGHT if any(page.turned for page in pages) else nothing
        return Skipped(source, UNDECODABLE if garbled else why)
    blocks, omissions = lay_out(pages)
    told = (Omission(f"{ATTACHED}{printable(name)}", 1, 0) for name in attached)
    bare = [page.number for page in pages if not page.runs and not page.hidden]
    empty = (Omission(GARBLED if number in garbled else NO_TEXT, number, 0) for number in bare)
    return compose(
        blocks,
        source=source,
        format="pdf",
        page_count=len(pages),
        page_labels=printed_numbers(pages),
        omissions=[*omissions, *empty, *(item for page in pages for item in page.hidden), *told],
    )


def _read(path: Path, reader: str, lookout: Lookout) -> list[Page]:
    """Read all pages; raises `Unreadable`."""
    if reader == "pdfminer":
        return _with_pdfminer(path, lookout)
    pages = list(pdfium.read_pages(lookout))
    if reader == "pdfium":
        return pages
    is_empty = not any(page.runs or page.hidden for page in pages)
    # why not always: over the pictures of a scan pdfminer.six takes a second a page, and finds nothing
    doubtful = {page.number for page in pages if (page.draws if is_empty else is_garbled(page))}
    if not doubtful:
        return pages
    try:
        again = {page.number: page for page in _with_pdfminer(path, lookout, doubtful) if page.runs}
    except Unreadable:
        return pages
    return [again.get(page.number, page) for page in pages]


def _with_pdfminer(path: Path, lookout: Lookout, only: Collection[int] | None = None) -> list[Page]:
    from srtminer.read.pdf import pdfminer_reader  # 0.2 s to import, and seldom needed

    return list(pdfminer_reader.read_pages(path, lookout, only))


FEW = 60
"""Words; what a wrapper says of itself is no longer."""
XFA_SAYS = "if this message is not eventually replaced with the proper contents of the document"
PORTFOLIO_SAYS = "open this pdf portfolio in"
XFA = "a form (XFA) that only Adobe's programs show; print it to a PDF there, and ingest that"


def _why_wrapper(pages: Sequence[Page], attached: Sequence[str], is_xfa: bool) -> str:
    """Say why the text of a file is only that of a wrapper, or give nothing."""
    text = " ".join(run.text for run in islice((run for page in pages for run in page.runs), FEW + 1))
    if not 0 < len(text.split()) <= FEW:
        return ""
    if XFA_SAYS in text.lower() or is_xfa:
        return XFA
    if attached or PORTFOLIO_SAYS in text.lower():
        names = f" ({', '.join(attached)})" if attached else ""
        return f"a portfolio, which only holds other files{names}; save those as files, and ingest them"
    return ""
