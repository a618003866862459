"""Whether a file has layers that are switched off: PDFium draws accordingly, but does not say so."""

import re
import zlib
from pathlib import Path

_OFF = re.compile(rb"/OFF\s{0,9}\[\s{0,9}\d|/BaseState\s{0,9}/OFF|/(?:View|Print|Export)State\s{0,9}/OFF")
_PACKED = re.compile(rb"/ObjStm\b[^>]{0,200}>>\s{0,9}stream\r?\n")
MOST = 50_000_000
"""Bytes that one stream of packed objects may give."""


def has_layers_off(path: Path) -> bool:
    """Tell whether some layer of a file may be off, from its catalog, packed or not; raises `OSError`.

    Where the file is encrypted, a packed catalog cannot be read: then there may be such a layer.
    """
    data = path.read_bytes()
    if _OFF.search(data):
        return True
    for match in _PACKED.finditer(data):
        try:
            if _OFF.search(zlib.decompressobj().decompress(data[match.end() :], MOST)):
                return True
        except zlib.error:
            return True
    return False
