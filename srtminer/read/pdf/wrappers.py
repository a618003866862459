"""Files that only wrap others (a portfolio), or a form that one program alone shows (XFA)."""

from collections.abc import Sequence
from pathlib import Path

from pypdfium2 import raw

from srtminer.read.pdf.footnotes import attached_to
from srtminer.read.pdf.geometry import Page
from srtminer.read.pdf.lookout import opened

FEW = 60
"""Words; what a wrapper says of itself is no longer."""
XFA_SAYS = "if this message is not eventually replaced with the proper contents of the document"
PORTFOLIO_SAYS = "open this pdf portfolio in"
XFA = "a form (XFA) that only Adobe's programs show; print it to a PDF there, and ingest that"


def why_wrapper(path: Path, pages: Sequence[Page], attached: Sequence[str]) -> str:
    """Say why the text of a file is only that of a wrapper, or give nothing."""
    text = " ".join(run.text for page in pages for run in page.runs)
    if not 0 < len(text.split()) <= FEW:
        return ""
    if XFA_SAYS in text.lower() or _is_form(path):
        return XFA
    if attached or PORTFOLIO_SAYS in text.lower():
        names = f" ({', '.join(attached)})" if attached else ""
        return f"a portfolio, which only holds other files{names}; save those as files, and ingest them"
    return ""


def attachments(path: Path) -> tuple[str, ...]:
    """Name the files attached to a file; raises `Unreadable`."""
    document = opened(path)
    try:
        return attached_to(document)
    finally:
        document.close()


def _is_form(path: Path) -> bool:
    document = opened(path)
    try:
        return bool(document.get_formtype() == raw.FORMTYPE_XFA_FULL)
    finally:
        document.close()
