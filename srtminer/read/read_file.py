"""Which files are meant, what kind of document each is, and the one function that reads any of them.

The content of a file decides what it is, then its name; what this program wrote itself is known by its mark.
"""

import re
import stat
import zipfile
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Literal

from srtminer.model import GENERATOR, Review, Skipped
from srtminer.text.names import printable

Kind = Literal["pdf", "text", "markdown", "docx", "html", "table", "office", "mail"]

_EXTENSIONS: tuple[tuple[Kind, str], ...] = (
    ("pdf", ".pdf"),
    ("text", ".txt .text"),
    ("markdown", ".md .markdown"),
    ("table", ".csv .tsv .jsonl .json"),
    ("docx", ".docx .docm"),
    ("html", ".html .htm .xhtml"),
    ("office", ".doc .odt .rtf .ppt .pptx .odp"),
    ("mail", ".eml .mht .mhtml"),
)
KIND_OF_EXTENSION = {ending: kind for kind, endings in _EXTENSIONS for ending in endings.split()}
UNSUPPORTED = Skipped(
    "",
    "not a kind of file that is read: give PDF, DOCX, HTML, text, Markdown, e-mail, CSV, TSV, JSON or JSONL",
)

HEAD_BYTES = 4096
MOST_OF_OLE = 100_000_000
"""Bytes of an OLE file in which its directory is looked for; it may stand anywhere."""
PDF_HEADER_WITHIN = 1024
"""Readers accept junk of up to this many bytes before a PDF's header (Adobe's implementation note 13)."""

_ZIP = b"PK\x03\x04"
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PDF_ANYWHERE = re.compile(rb"%PDF-")
_PDF_AT_LINE_START = re.compile(rb"(?:\A|\A\xef\xbb\xbf|[\r\n])%PDF-\d")
_PDF_INNARDS = re.compile(rb"\b(?:endobj|endstream|startxref)\b|\b0 obj\b")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)

_OLE = b"\xd0\xcf\x11\xe0"
_ARCHIVE = Skipped("", "a compressed archive: unpack it, and give the folder that comes of it")
_PICTURE = Skipped("", "a picture: make a PDF with text of it, for example with OCRmyPDF")
_WORKBOOK = Skipped("", "an Excel workbook: save the sheet as CSV")
_BEGINNINGS: tuple[tuple[tuple[bytes, ...], Kind | Skipped], ...] = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8"), _PICTURE),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!"), _ARCHIVE),
    ((b"{\\rtf",), "office"),
)
_MEMBERS: tuple[tuple[str, Kind | Skipped], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", _WORKBOOK),
    ("ppt/presentation.xml", "office"),
    ("content.xml", "office"),
    ("EncryptedPackage", Skipped("", "it is protected by a password: save a copy without one")),
    (
        "__properties_version",
        Skipped("", "an Outlook message: save it as .eml or PDF, and what is attached as files"),
    ),
    ("WordDocument", "office"),
    ("PowerPoint Document", "office"),
    ("Workbook", _WORKBOOK),
)
"""Names of what a ZIP or OLE file holds, and what such a file is."""
NOTHING_SHOWN = "all of its text is covered or hidden; ingest it with --ocr to have what it shows recognised"
"""Of a PDF file; here, as the process that writes has no use for a PDF library."""

NO_TEXT, GARBLED = "page without text", "text that cannot be decoded"
"""Omissions of pages of a PDF that show something which nobody has read; OCR may."""

_MODULES: dict[Kind, str] = {
    "text": "text_files",
    "markdown": "text_files",
    "mail": "text_files",
    "office": "programs",
}
"""Which module reads a kind, where that is not the one of its name."""
_ADDRESS = re.compile(r"(?:https?|ftp|file):/", re.IGNORECASE)
NO_DOCUMENT = (".", "~$")
"""How names begin that are no documents: hidden files and folders, Office's lock files."""
TOOLS = (".sh", ".bat", ".ps1", "srtminer.db", "srtminer.db-wal", "srtminer.db-shm")
"""How names end of what lies beside the documents and is missed by nobody: scripts, and the store itself."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read. Part of the digest by which the store knows a file."""

    reader: str = "auto"
    """The PDF library: auto (PDFium, then pdfminer.six where that fails), pdfium or pdfminer."""
    ocr: bool = False
    """Recognise the text of scanned pages with OCRmyPDF."""
    agencies: tuple[tuple[str, str], ...] = ()
    """(name, kind) of the agencies that the user names; the kind may be empty."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search through files and folders came upon."""

    inputs: tuple[Path | Skipped, ...]
    """Ordered by path, each file once."""
    ignored: tuple[str, ...] = ()
    """Paths of files in folders that are no documents by their extension, or results of this program."""


def search(paths: Iterable[Path]) -> Found:
    """Look through files and folders; each folder is entered once, whatever links lead to it.

    A file that is named is taken whatever its extension if its content is of a kind that is read; of a
    folder only the files with a known extension are, and no results of this program. What is found does not
    depend on the order of `paths`.
    """
    walk = _Walk()
    for path in sorted(set(paths), key=_order):
        walk.add(path, named=True)
    walk.through_folders()
    ignored = tuple(printable(path) for path in sorted(walk.ignored, key=_order))
    return Found(tuple(sorted([*_once_each(walk.files), *walk.skipped], key=_order)), ignored)


def read_file(path: Path, options: ReadOptions) -> tuple[Review | Skipped, ...]:
    """Read one file by what it is: one review, several from a table, or the reason why there is none."""
    kind = kind_of(path)
    if isinstance(kind, Skipped):
        return (kind,)
    results = _read_as(kind, path, options)
    return tuple(replace(result, source=printable(result.source)) for result in results)


def _read_as(kind: Kind, path: Path, options: ReadOptions) -> tuple[Review | Skipped, ...]:
    """Call `read_docx` of the module `docx` and so on; each module is loaded when it is needed."""
    if kind == "pdf":
        return (_read_pdf(path, options),)
    reader = getattr(import_module(f"srtminer.read.{_MODULES.get(kind, kind)}"), f"read_{kind}")
    read: Review | Skipped | tuple[Review | Skipped, ...] = reader(path)
    return read if isinstance(read, tuple) else (read,)


def _read_pdf(path: Path, options: ReadOptions) -> Review | Skipped:
    from srtminer.read.pdf import read_pdf

    if not options.ocr:
        return read_pdf(path, options.reader)
    from srtminer.read.pdf import SCAN_ADVICE
    from srtminer.read.pdf.geometry import UNDECODABLE
    from srtminer.read.programs import read_with_ocr

    return read_with_ocr(path, lambda file: read_pdf(file, options.reader), SCAN_ADVICE, UNDECODABLE)


class _Walk:
    """A walk through folders; links are followed last, so that a file keeps its own path if it has one."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.skipped: list[Skipped] = []
        self.ignored: list[Path] = []
        self._folders: deque[Path] = deque()
        self._links: deque[Path] = deque()
        self._entered: set[tuple[int, int]] = set()

    def add(self, path: Path, *, named: bool = False) -> None:
        """Take a path that the user named, or that stands in a folder."""
        if _ADDRESS.match(str(path)):
            address = str(path).replace(":/", "://", 1)  # a path loses one of its slashes
            self.skipped.append(Skipped(printable(address), "nothing is downloaded: save the file first"))
            return
        try:
            mode = path.stat().st_mode
        except OSError as error:
            self._skip(path, because(error))
            return
        if stat.S_ISDIR(mode):
            (self._links if path.is_symlink() else self._folders).append(path)
        elif named:
            self._add_named(path, mode)
        elif stat.S_ISREG(mode) and _has_known_extension(path) and not is_own(path):
            self.files.append(path)
        elif not path.name.lower().endswith(TOOLS):
            self.ignored.append(path)

    def _add_named(self, path: Path, mode: int) -> None:
        if not stat.S_ISREG(mode):
            self._skip(path, "neither a file nor a folder")
        elif _has_known_extension(path) or not isinstance(kind := kind_of(path), Skipped):
            self.files.append(path)
        else:
            self.skipped.append(kind)

    def through_folders(self) -> None:
        """Enter every folder that was added, and those in it."""
        while self._folders or self._links:
            folder = (self._folders or self._links).popleft()
            try:
                status = folder.stat()
                if (place := (status.st_dev, status.st_ino)) not in self._entered:
                    self._entered.add(place)
                    for path in sorted(folder.iterdir()):
                        if not path.name.startswith(NO_DOCUMENT):
                            self.add(path)
            except OSError as error:
                self._skip(folder, because(error))

    def _skip(self, path: Path, reason: str) -> None:
        self.skipped.append(Skipped(printable(path), reason))


def _once_each(files: Iterable[Path]) -> Iterable[Path]:
    """Keep one path to each file: its own rather than a link's, then the first."""
    preferred = sorted(files, key=lambda path: (path.is_symlink(), _order(path)))
    by_place: dict[Path, Path] = {}
    for path in preferred:
        by_place.setdefault(path.resolve(), path)
    return by_place.values()


def _order(item: Path | Skipped) -> tuple[str, ...]:
    """Sort by the parts of the path, so that a folder's files stay together on every system."""
    return Path(item.source).parts if isinstance(item, Skipped) else item.parts


def _has_known_extension(path: Path) -> bool:
    return path.suffix.lower() in KIND_OF_EXTENSION


# What kind it is ----------------------------------------------------------------------------------------


def kind_of(path: Path) -> Kind | Skipped:
    """Tell a document's kind from its first bytes and, where they leave it open, from its extension."""
    try:
        found = _kind_of(path)
    except (zipfile.BadZipFile, NotImplementedError):
        found = Skipped("", "a damaged DOCX or ZIP file: get it or save it again")
    except OSError as error:
        found = Skipped("", because(error))
    return Skipped(printable(path), found.reason) if isinstance(found, Skipped) else found


def because(error: OSError) -> str:
    """Say in plain words why the system refused a file."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror or type(error).__name__).lower()


def _kind_of(path: Path) -> Kind | Skipped:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        inside = head + file.read(MOST_OF_OLE) if head.startswith(_OLE) else b""
    if inside:
        return next((what for name, what in _MEMBERS if name.encode("utf-16-le") in inside), UNSUPPORTED)
    if head.startswith(_ZIP):
        with zipfile.ZipFile(path) as archive:
            members = archive.namelist()
        return next((what for name, what in _MEMBERS if name in members), _ARCHIVE)
    return _head_kind(head, path.suffix.lower())


def _head_kind(head: bytes, extension: str) -> Kind | Skipped:
    if not head:
        return Skipped("", "empty (0 bytes)")
    named = KIND_OF_EXTENSION.get(extension)
    if _is_pdf(head, named):
        return "pdf"
    for beginnings, what in _BEGINNINGS:
        if head.startswith(beginnings):
            return what
    if _HTML.match(head) and named not in ("markdown", "mail"):
        return "html"
    if named is None:
        return UNSUPPORTED
    is_text = b"\0" not in head or head.startswith(_BYTE_ORDER_MARKS)
    if named == "pdf":
        # A PDF that has lost its header is for the PDF reader to judge; a text that was named .pdf is not.
        return "text" if is_text and not _PDF_INNARDS.search(head) else "pdf"
    if not is_text:
        return Skipped("", f"its name ends in {extension}, but it holds binary data")
    return "text" if named in ("docx", "office") else named


def _is_pdf(head: bytes, named: Kind | None) -> bool:
    # A text may speak of "%PDF-" inside a line; under any other name than .pdf it has to begin one.
    header = _PDF_ANYWHERE if named == "pdf" else _PDF_AT_LINE_START
    return header.search(head[:PDF_HEADER_WITHIN]) is not None


ENDS = 4096
"""Bytes at the beginning and at the end of a file that are looked at."""
_MARK = GENERATOR.encode()
_HEAD = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{[^{}]*?"(?:generator": "%b"|schema": "%b\.)' % (_MARK, _MARK)  # JSON, JSON Lines
    + rb'|(?:\xef\xbb\xbf)?[^\r\n]*[,;\t]"?generator"?\r?\n'  # the head of a table
)
_PAGE = b'<meta name="generator" content="%b ' % _MARK
_LAST = re.compile(rb"generator: %b(?: -->)?\s*\Z" % _MARK)


def is_own(path: Path) -> bool:
    """Tell whether a file is a result of this program; one that cannot be read is told later."""
    try:
        if zipfile.is_zipfile(path):
            return _is_own_document(path)
        with path.open("rb") as file:
            head = file.read(ENDS)
            file.seek(max(0, path.stat().st_size - ENDS))
            end = file.read()
    except OSError:
        return False
    return _HEAD.match(head) is not None or _PAGE in head or _LAST.search(end) is not None


def _is_own_document(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return b"generator: %b" % _MARK in archive.read("docProps/core.xml")
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return False
