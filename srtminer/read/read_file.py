"""Which files are meant, what kind of document each is, and the one function that reads any of them.

The content of a file decides what it is, then its name; what this program wrote itself is known by its mark.
"""

import errno
import os
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
UNSUPPORTED = (
    "not a kind of file that is read: give PDF, DOCX, HTML, text, Markdown, e-mail, CSV, TSV, JSON or JSONL"
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

_PICTURE = "a picture: make a PDF with text of it, for example with OCRmyPDF"
_ARCHIVE = "a compressed archive: unpack it, and give the folder that comes of it"
_OLE = b"\xd0\xcf\x11\xe0"
_OLE_PARTS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "it is protected by a password: save a copy without one"),
    ("__properties_version", "an Outlook message: save it as .eml or PDF, and what is attached as files"),
    ("WordDocument", ""),
    ("PowerPoint Document", ""),
    ("Workbook", "an Excel workbook: save the sheet as CSV"),
)
"""Names in the directory of an OLE file and what to do with it; nothing where LibreOffice opens it."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_NAMES = {
    "docx": "as a Word document",
    "html": "as a web page",
    "office": "as an office document",
    "mail": "as an e-mail",
}
_ZIP_MEMBERS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", "an Excel workbook: save the sheet as CSV"),
    ("ppt/presentation.xml", ""),
    ("content.xml", ""),
)
"""What an archive of that member is; nothing where LibreOffice opens it."""
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
        walk.add_named(path)
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

    def add_named(self, path: Path) -> None:
        """Take a path that the user named."""
        if _ADDRESS.match(str(path)):
            address = str(path).replace(":/", "://", 1)  # a path loses one of its slashes
            self.skipped.append(Skipped(printable(address), "nothing is downloaded: save the file first"))
            return
        mode = self._mode(path)
        if mode is None:
            return
        if stat.S_ISDIR(mode):
            self._add_folder(path)
        elif not stat.S_ISREG(mode):
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
                if self._enters(folder):
                    for path in sorted(folder.iterdir()):
                        self._add_entry(path)
            except OSError as error:
                self._skip(folder, because(error))

    def _add_entry(self, path: Path) -> None:
        if path.name.startswith(NO_DOCUMENT):
            return
        mode = self._mode(path)
        if mode is None:
            return
        if stat.S_ISDIR(mode):
            self._add_folder(path)
        elif stat.S_ISREG(mode) and _has_known_extension(path) and not _is_result(path):
            self.files.append(path)
        elif not path.name.lower().endswith(TOOLS):
            self.ignored.append(path)

    def _add_folder(self, path: Path) -> None:
        (self._links if path.is_symlink() else self._folders).append(path)

    def _enters(self, folder: Path) -> bool:
        status = folder.stat()
        place = (status.st_dev, status.st_ino)
        if place not in self._entered:
            self._entered.add(place)
            return True
        target = os.path.realpath(folder)
        if folder.is_symlink() and os.path.commonpath([target, os.path.realpath(folder.parent)]) == target:
            self._skip(folder, "a symbolic link back to a folder that it is in")
        return False

    def _mode(self, path: Path) -> int | None:
        try:
            return path.stat().st_mode
        except OSError as error:
            self._skip(path, _why_unreachable(path, error))
        except ValueError:  # a NUL in the name
            self._skip(path, "no such file")
        return None

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


def _is_result(path: Path) -> bool:
    try:
        return is_own(path)
    except OSError:  # reading it will say why
        return False


def _why_unreachable(path: Path, error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "a symbolic link that leads in a circle"
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return "a symbolic link that leads nowhere"
    return because(error)


# What kind it is ----------------------------------------------------------------------------------------


def kind_of(path: Path) -> Kind | Skipped:
    """Tell a document's kind from its first bytes and, where they leave it open, from its extension."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            data = head + file.read(MOST_OF_OLE) if head.startswith(_OLE) else head
        if head.startswith(_OLE):
            why = next((what for name, what in _OLE_PARTS if name.encode("utf-16-le") in data), UNSUPPORTED)
            found: Kind | Skipped = Skipped("", why) if why else "office"
        else:
            found = _zip_kind(path) if head.startswith(_ZIP) else _head_kind(head, path.suffix.lower())
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


def _head_kind(head: bytes, extension: str) -> Kind | Skipped:
    if not head:
        return Skipped("", "empty (0 bytes)")
    named = KIND_OF_EXTENSION.get(extension)
    if _is_pdf(head, named):
        return "pdf"
    if head.startswith((*_PICTURES, *_ARCHIVES)):
        return Skipped("", _PICTURE if head.startswith(_PICTURES) else _ARCHIVE)
    if head.startswith(b"{\\rtf"):
        return "office"
    if _HTML.match(head) and named not in ("markdown", "mail"):
        return "html"
    return _named_kind(head, named)


def _is_pdf(head: bytes, named: Kind | None) -> bool:
    # A text may speak of "%PDF-" inside a line; under any other name than .pdf it has to begin one.
    header = _PDF_ANYWHERE if named == "pdf" else _PDF_AT_LINE_START
    return header.search(head[:PDF_HEADER_WITHIN]) is not None


def _named_kind(head: bytes, named: Kind | None) -> Kind | Skipped:
    if named is None:
        return Skipped("", UNSUPPORTED)
    text = b"\0" not in head or head.startswith(_BYTE_ORDER_MARKS)
    if named == "pdf":
        # A PDF that has lost its header is for the PDF reader to judge; a text that was named .pdf is not.
        return "text" if text and not _PDF_INNARDS.search(head) else "pdf"
    if not text:
        return Skipped("", f"named {_NAMES.get(named, f'as {named}')} but holds binary data")
    return "text" if named in ("docx", "office") else named


def _zip_kind(path: Path) -> Kind | Skipped:
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError):
        return Skipped("", "a damaged DOCX or ZIP file: get it or save it again")
    if "word/document.xml" in members:
        return "docx"
    what = next((what for member, what in _ZIP_MEMBERS if member in members), _ARCHIVE)
    return Skipped("", what) if what else "office"


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
    """Tell whether a file is a result of this program; OSError where it cannot be read."""
    if zipfile.is_zipfile(path):
        return _is_own_document(path)
    with path.open("rb") as file:
        head = file.read(ENDS)
        file.seek(max(0, path.stat().st_size - ENDS))
        end = file.read()
    return _HEAD.match(head) is not None or _PAGE in head or _LAST.search(end) is not None


def _is_own_document(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return b"generator: %b" % _MARK in archive.read("docProps/core.xml")
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return False
