"""The codes of a REFI-QDA project (.qdpx) or codebook (.qdc), whichever program wrote it."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from srtminer.errors import UnreadableInput

SIZE_LIMIT = 200_000_000
"""Bytes of XML that are read; more is a bomb rather than a codebook."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a codebook."""

    guid: str
    """In small letters, without braces."""
    name: str
    description: str = ""
    parent: str = ""
    """GUID of the code above it, or empty."""
    codable: bool = True
    """False of a code that only holds others together."""
    color: str = ""
    """"#rrggbb" or "#rgb" as written, or empty."""


def read_codes(path: Path) -> tuple[Code, ...]:
    """Read the codes, each before those below it, in the order of the file.

    Raises `UnreadableInput` for a file that is neither a project nor a codebook.
    """
    try:
        root = etree.fromstring(_xml(path), etree.XMLParser(resolve_entities=False, no_network=True))
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({(error.strerror or 'error').lower()})") from error
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableInput(f"{path} is not a QDA project or codebook, or it is damaged") from error
    if _name(root) not in ("Project", "CodeBook"):
        raise UnreadableInput(
            f"{path} is not a QDA project or codebook; export it as .qdpx or .qdc (REFI-QDA)"
        )
    holder = root if _name(root) == "CodeBook" else _child(root, "CodeBook")
    codes = None if holder is None else _child(holder, "Codes")
    return () if codes is None else tuple(_codes(codes, ""))


def _xml(path: Path) -> bytes:
    """Give the XML of a codebook, or the one that an archive holds."""
    if not zipfile.is_zipfile(path):
        if path.stat().st_size > SIZE_LIMIT:
            raise _too_large(path)
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        inside = sorted(
            entry.filename for entry in archive.infolist() if entry.filename.lower().endswith(".qde")
        )
        if not inside:
            raise UnreadableInput(
                f"{path} is an archive without a project.qde; export it as .qdpx (REFI-QDA)"
            )
        if archive.getinfo(inside[0]).file_size > SIZE_LIMIT:
            raise _too_large(path)
        return archive.read(inside[0])


def _too_large(path: Path) -> UnreadableInput:
    return UnreadableInput(
        f"{path} holds more than {SIZE_LIMIT // 1_000_000} MB of XML; export the codes alone"
    )


def _codes(parent: etree._Element, above: str) -> Iterator[Code]:
    for element in parent:
        if _name(element) == "Code":
            code = _code(element, above)
            yield code
            yield from _codes(element, code.guid)


def _code(element: etree._Element, above: str) -> Code:
    about = _child(element, "Description")
    return Code(
        guid=element.get("guid", "").strip().strip("{}").lower(),
        name=element.get("name", "").strip(),
        description=("" if about is None else about.text or "").strip(),
        parent=above,
        codable=element.get("isCodable", "true").strip() not in ("false", "0"),
        color=element.get("color", "").strip(),
    )


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _name(child) == name), None)


def _name(element: etree._Element) -> str:
    """Give a name without its namespace, which projects and codebooks differ in; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
