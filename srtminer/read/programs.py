"""Other programs that read what we do not: OCRmyPDF for scans, LibreOffice for old office files.

They run on this machine, in private folders, LibreOffice with a profile of its own: no macros, no links.
They and their children belong to the process group of the worker that calls them, and end with it: at the
limits of time and memory, and when the parent is gone (see `worker_process` and `worker`).
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from srtminer.model import Omission, Review, Skipped
from srtminer.read.read_file import GARBLED, NO_TEXT
from srtminer.read.worker_process import TEMPORARY
from srtminer.text.names import printable

_LONGEST_REASON = 200


def _why_not_made(copy: Path, command: Sequence[str]) -> str:
    """Let a program make a copy, with its temporary files beside it; if it fails give its last complaint.

    Raises `FileNotFoundError` where there is no such program.
    """
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {TEMPORARY: os.fspath(copy.parent)},
        check=False,
    )
    if copy.is_file():
        return ""
    lines = [line.strip() for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
    return printable(lines[-1])[:_LONGEST_REASON] if lines else f"exit code {done.returncode}"


OCR_PROGRAM = "ocrmypdf"
INSTALL_OCR = (
    "install OCRmyPDF (`apt install ocrmypdf`, `dnf install ocrmypdf`, `brew install ocrmypdf`; "
    "on Windows see ocrmypdf.readthedocs.io)"
)
RECOGNISED = "picture of text, read by OCR"
"""Omission of a page whose text is what a program made of a picture."""
TIME_LIMIT = 1800.0
"""Seconds for one file: recognition takes some seconds a page, reading some milliseconds."""

_OPTIONS = (
    *("--output-type", "pdf"),  # PDF/A would need Ghostscript to write all pages anew
    *("--optimize", "0"),  # the copy is thrown away
    "--quiet",
)
Read = Callable[[Path], Review | Skipped]


def ocr_installed() -> bool:
    """Tell whether there is OCRmyPDF on this machine."""
    return shutil.which(OCR_PROGRAM) is not None


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
    command = [OCR_PROGRAM, how, *which, *_OPTIONS, os.fspath(path.absolute()), os.fspath(copy)]
    try:
        why = _why_not_made(copy, command)
    except FileNotFoundError:
        return f"--ocr needs OCRmyPDF: {INSTALL_OCR}"
    return f"OCRmyPDF failed: {why}" if why else ""


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


OFFICE = "LibreOffice"
INSTALL_OFFICE = (
    "install LibreOffice (`apt install libreoffice-writer libreoffice-impress`, `dnf install libreoffice`, "
    "`brew install --cask libreoffice`, or from libreoffice.org)"
)
OFFICE_KINDS = ".doc, .odt, .rtf, .pptx"
SLIDES = (".ppt", ".pptx", ".odp")
_PLACES = (
    *("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
)
"""Source: LibreOffice's registry schema. What a document links to is not loaded."""


def office_program() -> str | None:
    """Give the path of LibreOffice on this machine, if it is there."""
    return next(filter(None, map(shutil.which, _PLACES)), None)


def read_office(path: Path) -> Review | Skipped:
    """Read a file through a copy that LibreOffice makes of it: slides as PDF, anything else as .docx."""
    from srtminer.read.docx import read_docx  # the command line imports this module for its messages alone
    from srtminer.read.pdf import read_pdf

    command = office_program()
    if command is None:
        return Skipped(
            str(path),
            f"{OFFICE}, which opens such a file, is not installed: {INSTALL_OFFICE}; "
            "or save it as DOCX or PDF",
        )
    slides = path.suffix.lower() in SLIDES
    with tempfile.TemporaryDirectory(prefix="srtminer-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copy = folder / f"{path.stem}.{'pdf' if slides else 'docx'}"
        options = (
            *("--headless", "--norestore", "--nolockcheck"),
            f"-env:UserInstallation={_profile(folder).as_uri()}",
            *("--convert-to", copy.suffix[1:], "--outdir", os.fspath(folder), os.fspath(path.absolute())),
        )
        if why := _why_not_made(copy, (command, *options)):
            return Skipped(str(path), f"{OFFICE} could not open it ({why}); save it as DOCX or PDF")
        read = read_pdf(copy) if slides else read_docx(copy)
    return replace(read, source=str(path))


def _profile(folder: Path) -> Path:
    """Write a profile that trusts nothing."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{node}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for node, name, value in _SETTINGS
    )
    xml = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (profile / "user" / "registrymodifications.xcu").write_text(xml, encoding="utf-8")
    return profile
