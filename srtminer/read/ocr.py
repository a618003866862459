"""The text of scanned pages, recognised by OCRmyPDF where that is installed.

OCRmyPDF runs as a program of its own, on this machine, and writes a copy of the file that has a text layer on
the pages that had none. The copy is read like any other PDF and thrown away.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from srtminer.model import Omission, Review, Skipped
from srtminer.read.programs import run_program

PROGRAM = "ocrmypdf"
INSTALL = (
    "install OCRmyPDF (`apt install ocrmypdf`, `dnf install ocrmypdf`, `brew install ocrmypdf`; "
    "on Windows see ocrmypdf.readthedocs.io)"
)
NO_TEXT = "page without text"
GARBLED = "text that cannot be decoded"
"""Omission of a page with letters that nobody can read: what it looks like is all there is."""
RECOGNISED = "picture of text, read by OCR"
"""Omission of a page whose text is what a program made of a picture."""
TIME_LIMIT = 1800.0
"""Seconds for one file: recognition takes some seconds a page, reading some milliseconds."""

_OPTIONS = (
    *("--output-type", "pdf"),  # PDF/A would need Ghostscript to write all pages anew
    *("--optimize", "0"),  # the copy is thrown away
    "--quiet",
)
_EXIT_CODES = {
    2: "the PDF is damaged",
    3: "a program that OCRmyPDF needs is missing",
    8: "the PDF is protected by a password",
}
"""Source: OCRmyPDF's documentation, "Exit codes"."""

Read = Callable[[Path], Review | Skipped]


def installed() -> bool:
    """Tell whether there is OCRmyPDF on this machine."""
    return shutil.which(PROGRAM) is not None


def read_with_ocr(path: Path, read: Read, scan: str, garbled: str) -> Review | Skipped:
    """Read a PDF and, if it has pages without text that can be read, again with their text recognised.

    `scan` and `garbled` are the reasons for which `read` skips a file without any such text.
    """
    first = read(path)
    pages = _pages(first, NO_TEXT, GARBLED) if isinstance(first, Review) else set()
    if not pages and not (isinstance(first, Skipped) and first.reason in (scan, garbled)):
        return first
    with tempfile.TemporaryDirectory(prefix="srtminer-ocr-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, "recognised.pdf")
        force = _pages(first, GARBLED) if isinstance(first, Review) else first.reason == garbled
        problem = _recognise(path, copy, pages, force=bool(force))
        second = Skipped("", problem) if problem else read(copy)
    if isinstance(second, Review):
        return _recognised(first, second)
    reason = "OCR found no text in it either" if second.reason == scan else second.reason
    if isinstance(first, Skipped):
        return Skipped(first.source, f"{first.reason.partition(';')[0]}; {reason}")
    return replace(first, omissions=(*first.omissions, Omission(f"not recognised: {reason}", min(pages), 0)))


def _recognise(path: Path, copy: Path, pages: set[int], *, force: bool) -> str:
    """Write a copy with a text layer on these pages, or on all; give the reason if that fails.

    Pages that have text keep it. `force`: also those whose text is to be thrown away.
    """
    which = ["--pages", ",".join(map(str, sorted(pages)))] if pages else []
    how = "--force-ocr" if force else "--skip-text"
    command = [PROGRAM, how, *which, *_OPTIONS, os.fspath(path.absolute()), os.fspath(copy)]
    try:
        code, complaint = run_program(command, copy.parent)
    except FileNotFoundError:
        return f"--ocr needs OCRmyPDF: {INSTALL}"
    if code == 0 and copy.is_file():
        return ""
    return f"OCRmyPDF failed: {_EXIT_CODES.get(code) or complaint or f'exit code {code}'}"


def _recognised(first: Review | Skipped, second: Review) -> Review:
    """Give the second reading the name of the file, and say which pages were pictures."""
    every = set(range(1, second.page_count + 1))
    without = _pages(first, NO_TEXT, GARBLED) if isinstance(first, Review) else every
    read = sorted(without - _pages(second, NO_TEXT, GARBLED))
    omissions = (*second.omissions, *(Omission(RECOGNISED, page, 0) for page in read))
    labels = first.page_labels if isinstance(first, Review) else second.page_labels
    return replace(second, source=first.source, omissions=omissions, page_labels=labels)


def _pages(review: Review, *kinds: str) -> set[int]:
    return {omission.page for omission in review.omissions if omission.what in kinds}
