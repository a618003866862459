"""Codes and coded passages of a REFI-QDA project (.qdpx) or codebook (.qdc), whichever program wrote it."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from srtminer.codebooks.codebook_drafts import Code, Passage
from srtminer.errors import UnreadableInput

SIZE_LIMIT = 200_000_000
"""Bytes of XML, or of one text, that are read; more is a bomb rather than a codebook."""


@dataclass(frozen=True, slots=True)
class Project:
    """What a project holds of use here."""

    codes: tuple[Code, ...]
    """Each before those below it, in the order of the file."""
    coded: tuple[Passage, ...]


Read = Callable[[str], str]
"""Gives the text at a path of the project, or an empty one."""


def read_project(path: Path) -> Project:
    """Read codes and coded passages; raises `UnreadableInput` for what is neither project nor codebook."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return _project(path, _member(path, archive), lambda name: _text(path, archive, name))
        if path.stat().st_size > SIZE_LIMIT:
            raise _too_large(path)
        return _project(path, path.read_bytes(), lambda _: "")
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({(error.strerror or 'error').lower()})") from error
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableInput(f"{path} is not a QDA project or codebook, or it is damaged") from error


def _project(path: Path, xml: bytes, read: Read) -> Project:
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    if _name(root) not in ("Project", "CodeBook"):
        raise UnreadableInput(
            f"{path} is not a QDA project or codebook; export it as .qdpx or .qdc (REFI-QDA)"
        )
    holder = root if _name(root) == "CodeBook" else _child(root, "CodeBook")
    codes = None if holder is None else _child(holder, "Codes")
    return Project(() if codes is None else tuple(_codes(codes, "")), tuple(_all_coded(root, read)))


def _member(path: Path, archive: zipfile.ZipFile) -> bytes:
    inside = sorted(name for name in archive.namelist() if name.lower().endswith(".qde"))
    if not inside:
        raise UnreadableInput(f"{path} is an archive without a project.qde; export it as .qdpx (REFI-QDA)")
    return _bytes(path, archive, inside[0])


def _bytes(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > SIZE_LIMIT:
        raise _too_large(path)
    return archive.read(name)


def _text(path: Path, archive: zipfile.ZipFile, wanted: str) -> str:
    """Give the text that "internal://…" names, wherever in the archive it is."""
    last = PurePosixPath(wanted.partition("://")[2]).name
    found = [name for name in archive.namelist() if PurePosixPath(name).name == last]
    return _bytes(path, archive, found[0]).decode("utf-8-sig", "replace") if found else ""


def _too_large(path: Path) -> UnreadableInput:
    return UnreadableInput(f"{path} holds more than {SIZE_LIMIT // 1_000_000} MB; export the codes alone")


def _codes(parent: etree._Element, above: str) -> Iterator[Code]:
    for element in parent:
        if _name(element) == "Code":
            code = _code(element, above)
            yield code
            yield from _codes(element, code.guid)


def _code(element: etree._Element, above: str) -> Code:
    return Code(
        guid=_guid(element, "guid"),
        name=element.get("name", "").strip(),
        description=_said(element, "Description").strip(),
        parent=above,
        codable=element.get("isCodable", "true").strip() not in ("false", "0"),
        color=element.get("color", "").strip(),
    )


def _all_coded(root: etree._Element, read: Read) -> Iterator[Passage]:
    """Give the coded passages of all texts; the text of a PDF stands in an element below it."""
    for source in root.iter():
        selections = [child for child in source if _name(child) == "PlainTextSelection"]
        if not selections:
            continue
        text = _said(source, "PlainTextContent") or read(source.get("plainTextPath", ""))
        above = source.getparent()
        name = source.get("name") or ("" if above is None else above.get("name", ""))
        for one in selections:
            yield from _coded(one, name, text)


def _coded(selection: etree._Element, source: str, text: str) -> Iterator[Passage]:
    places = [selection.get(end, "").strip() for end in ("startPosition", "endPosition")]
    codes = [
        _guid(reference, "targetGUID")
        for coding in selection
        if _name(coding) == "Coding"
        for reference in coding
        if _name(reference) == "CodeRef"
    ]
    if codes and all(map(str.isdecimal, places)):
        said = text[int(places[0]) : int(places[1])].strip()
        yield Passage(_guid(selection, "guid"), source, said, tuple(dict.fromkeys(codes)))


def _guid(element: etree._Element, attribute: str) -> str:
    return str(element.get(attribute, "")).strip().strip("{}").lower()


def _said(element: etree._Element, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else str(child.text or "")


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _name(child) == name), None)


def _name(element: etree._Element) -> str:
    """Give a name without its namespace, which projects and codebooks differ in; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
