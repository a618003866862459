"""Which files are meant, and the one function that reads any of them."""

import errno
import os
import re
import stat
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from srtminer.model import Review, Skipped
from srtminer.read.file_kinds import KIND_OF_EXTENSION, Kind, because, is_own, kind_of, printable

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
        if folder.is_symlink() and _leads_up(folder):
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


def _leads_up(link: Path) -> bool:
    target = os.path.realpath(link)
    return os.path.commonpath([target, os.path.realpath(link.parent)]) == target


def _why_unreachable(path: Path, error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "a symbolic link that leads in a circle"
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return "a symbolic link that leads nowhere"
    return because(error)
