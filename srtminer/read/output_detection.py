"""Files that srtminer itself wrote, known by the mark that all of its results carry.

Why: results are often written beside the reviews. The next night's `ingest .` must not take the table of
recommendations, or the report with its excerpts, for further reviews and count everything twice.
"""

import re
import zipfile
from pathlib import Path

from srtminer.model import GENERATOR

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
