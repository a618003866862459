"""What kind of document a file is (its content decides, then its name), and whether we wrote it ourselves."""

import re
import zipfile
from pathlib import Path
from typing import Literal

from srtminer.model import GENERATOR, Skipped

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


def printable(name: Path | str) -> str:
    r"""Give a file's name as valid Unicode on one line: newlines as \n, bytes that are no UTF-8 as \xff."""
    return "".join(c if c.isprintable() else _escaped(c) for c in str(name))


def because(error: OSError) -> str:
    """Say in plain words why the system refused a file."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror or type(error).__name__).lower()


def _escaped(character: str) -> str:
    # Python maps an undecodable byte 0xNN of a name to the lone surrogate U+DCNN (PEP 383).
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


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
