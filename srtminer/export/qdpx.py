"""Projects in REFI-QDA form, which NVivo, MAXQDA, ATLAS.ti, QualCoder and others read and write.

`project.qde` names the sources, the codes and what is coded; `sources/` holds the texts. Themes are codes,
and so is being in no theme; recommendations are coded segments; what is known of a review are its variables.
The order of elements and attributes' types follow Project.xsd of REFI-QDA 1.5. Every element that may carry a
user and a time carries both: they are optional in the schema, but there are programs that stumble without.

REFI-QDA counts positions in Unicode code points of the text file, from 0, end exclusive, and a line end as
what the file holds: with LF one, with CR LF two. Python counts the same way.
"""

import io
import uuid
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from srtminer import __version__
from srtminer.codebooks.codebook_drafts import GREY, Code, Passage, distinct_colours
from srtminer.errors import UnreadableInput
from srtminer.material import Material, how_made
from srtminer.model import METADATA_FIELDS, Recommendation, Review, ReviewRecord, Theme
from srtminer.redaction import redact_review
from srtminer.render.safe_text import legal, one_line
from srtminer.text.names import unique

NOT_IN_TEXT = "Added by the analyst, not in the document:"


@dataclass(frozen=True, slots=True)
class Segment:
    """A recommendation and its place in the text file, in code points, end exclusive."""

    recommendation: Recommendation
    start: int
    end: int
    exact: bool = True
    """Whether the text there is the recommendation's own; an edited one keeps the place of what was found."""


def place(
    text: str, recommendations: Iterable[Recommendation], *, crlf: bool = False
) -> tuple[str, tuple[Segment, ...]]:
    """Give the text of a source file and where each recommendation stands in it.

    A recommendation that stands nowhere in the review is put after its end, under a line that says so.
    """
    body, places = legal(text), []
    for one in recommendations:
        start, end = one.start, one.end
        if start >= end:
            added = legal(one.text)
            body += f"\n\n{NOT_IN_TEXT}\n\n{added}"
            start, end = len(body) - len(added), len(body)
        places.append((one, start, end))
    # a line end counts as the two characters that the file holds
    breaks = [n for n, character in enumerate(body) if character == "\n" and crlf]
    segments = tuple(
        Segment(
            one,
            start + bisect_left(breaks, start),
            end + bisect_left(breaks, end),
            one.start >= one.end or text[start:end] == one.text,
        )
        for one, start, end in places
    )
    return body.replace("\n", "\r\n") if crlf else body, segments


PROJECT = "urn:QDA-XML:project:1.0"
"""Namespace of a project (`project.qde`)."""
SOURCES = "sources"
"""Folder of the archive that `internal://` points to."""
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:srtminer:qdpx")


def guid(kind: str, *names: str) -> str:
    """Give the same GUID for the same thing, whenever and wherever it is exported."""
    return str(uuid.uuid5(_OURS, "\x1f".join((kind, *names))))


USER = guid("user")
NO_THEME = guid("code", "")
NO_THEME_NAME = "In no theme"
NUMBERED = "{} ({})"
"""A name that another one has too, and its number."""

Source = tuple[ReviewRecord, Sequence[Segment]]
"""A review, and where its recommendations stand in its text file."""


def to_qdpx(
    material: Material,
    reviews: Iterable[Review],
    *,
    crlf: bool = False,
    names: Sequence[str] = (),
) -> bytes:
    """Give the project; `reviews` are those of `material`, in the same order, and `names` are replaced.

    They are taken one by one, so that not all texts need be in memory at once.
    """
    found: dict[str, list[Recommendation]] = {}
    for one in material.recommendations:
        found.setdefault(one.review_id, []).append(one)
    stream = io.BytesIO()
    sources = []
    with zipfile.ZipFile(stream, "w") as archive:
        for record, review in zip(material.records, reviews, strict=True):
            redacted, own = redact_review(review, found.get(review.id, ()), names)
            text, segments = place(redacted.text, own, crlf=crlf)
            archive.writestr(_entry(f"{SOURCES}/{guid('source', record.id)}.txt"), text.encode("utf-8"))
            sources.append((record, segments))
        root = _Project(material).root(sources)
        xml = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
        archive.writestr(_entry("project.qde"), xml)
    return stream.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Name a member without the time and machine at which it was made."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
    return entry


class _Project:
    """Builds the parts, which share the names given, the time and the theme of each recommendation."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._themes, self._seconds = material.themes_of, material.seconds_of
        self._made = {"creatingUser": USER, "creationDateTime": f"{material.making.moment.isoformat()}Z"}
        names = {record.id: material.catalogue.names[record.id] for record in material.records}
        self._names = _distinct({key: file_name(name) for key, name in names.items()})
        self._labels = _distinct({theme.id: one_line(theme.label) for theme in material.table.themes})

    def root(self, sources: Sequence[Source]) -> etree._Element:
        times = {"creatingUserGUID": USER, "creationDateTime": self._made["creationDateTime"]}
        attributes = {"name": "Themes of recommendations", "origin": f"srtminer {__version__}"}
        root = etree.Element(f"{{{PROJECT}}}Project", attributes | times, nsmap={None: PROJECT})
        _add(_add(root, "Users"), "User", guid=USER, name="srtminer")
        if self._material.recommendations:  # a codebook without a code is no codebook
            codes = _add(_add(root, "CodeBook"), "Codes")
            for own_guid, name, color, about in self._codes():
                code = _add(codes, "Code", guid=own_guid, name=name, isCodable="true", color=color)
                _describe(code, about)
        known = [field for field in METADATA_FIELDS if any(_value(one, field) for one, _ in sources)]
        variables = _add(root, "Variables") if known else root
        for field in known:
            kind = "Integer" if field == "year" else "Text"
            _add(variables, "Variable", guid=guid("variable", field), name=field, typeOfVariable=kind)
        parent = _add(root, "Sources") if sources else root
        for source in sources:
            self._source(parent, *source)
        _describe(root, "\n".join(f"{name}: {value}" for name, value in how_made(self._material)))
        return root

    def _codes(self) -> Iterator[tuple[str, str, str, str]]:
        """Give GUID, name, colour and description of each theme, by rank, and of being in none."""
        themes = self._material.table.themes
        colours = distinct_colours([theme.colour for theme in themes])
        for theme, colour in zip(themes, colours, strict=True):
            counts = f"{theme.reviews} reviews, {len(theme.members)} recommendations"
            terms = ", ".join(theme.terms)
            about = f"Theme {theme.rank}: {counts}. Terms: {terms}. Id: {theme.id}."
            yield guid("code", theme.id), self._labels[theme.id], colour, about
        if any(one.id not in self._themes for one in self._material.recommendations):
            name = unique(NO_THEME_NAME, {label.casefold() for label in self._labels.values()}, NUMBERED)
            about = "Recommendations that fit no theme, or one in fewer reviews than asked for."
            yield NO_THEME, name, GREY, about

    def _source(self, parent: etree._Element, record: ReviewRecord, segments: Sequence[Segment]) -> None:
        """Add a review with its coded segments and the values of its variables."""
        own_guid = guid("source", record.id)
        paths = {"name": self._names[record.id], "plainTextPath": f"internal://{own_guid}.txt"}
        element = _add(parent, "TextSource", guid=own_guid, **paths, **self._made)
        why = f"\nNo recommendations: {record.why_none}" if record.why_none else ""
        _describe(element, f"Read from {record.source}{why}")
        for segment in segments:
            self._segment(element, segment)
        for field in METADATA_FIELDS:
            if value := _value(record, field):
                holder = _add(element, "VariableValue")
                _add(holder, "VariableRef", targetGUID=guid("variable", field))
                _add(holder, "IntegerValue" if field == "year" else "TextValue").text = legal(value)

    def _segment(self, parent: etree._Element, segment: Segment) -> None:
        one = segment.recommendation
        names = {"guid": guid("selection", one.id), "name": self._material.catalogue.cite(one)}
        places = {"startPosition": str(segment.start), "endPosition": str(segment.end)}
        element = _add(parent, "PlainTextSelection", **names, **places, **self._made)
        about = {
            "To": "; ".join(agency.name for agency in one.agencies),
            "By": one.date,
            "Lead-in": one.lead,
            "Heading": " > ".join(one.heading),
            "Correction": one.correction,
            "Corrected text": "" if segment.exact else one.text,
        }
        _describe(element, "\n".join(f"{name}: {value}" for name, value in about.items() if value))
        themes: Iterator[Theme] = filter(None, (self._themes.get(one.id), self._seconds.get(one.id)))
        for code in [guid("code", theme.id) for theme in themes] or [NO_THEME]:
            coding = _add(element, "Coding", guid=guid("coding", one.id, code), **self._made)
            _add(coding, "CodeRef", targetGUID=code)


def _value(record: ReviewRecord, field: str) -> str:
    return str(record.year or "") if field == "year" else record.value(field)


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    legals = {key: legal(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{PROJECT}}}{tag}", legals)


def _describe(element: etree._Element, text: str) -> None:
    if text:
        _add(element, "Description").text = legal(text)


_NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))


def file_name(name: str) -> str:
    """Make a name that a file can have: programs keep each source in a file called like it."""
    return one_line(name).translate(_NOT_IN_FILE_NAMES)


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Number names that another one is called like; programs refuse or merge those.

    Capitals make no difference: they make none in file names, nor in the names of codes everywhere.
    """
    taken: set[str] = set()
    return {key: unique(name, taken, NUMBERED) for key, name in names.items()}


SIZE_LIMIT = 200_000_000
"""Bytes of XML, or of one text, that are read; more is a bomb rather than a codebook."""
NO_PROJECT = (
    "is not a QDA project or codebook, is damaged or over 200 MB; export it as .qdpx or .qdc (REFI-QDA)"
)


Coded = tuple[tuple[Code, ...], tuple[Passage, ...]]
"""Codes, each before those below it, in the order of the file; and what is coded."""


def read_project(path: Path) -> Coded:
    """Read what any program wrote; raises `UnreadableInput` for what is neither project nor codebook."""
    try:
        if not zipfile.is_zipfile(path):
            return _coded(_bounded(path.read_bytes, path.stat().st_size), lambda _: "")
        with zipfile.ZipFile(path) as archive:
            project = min(name for name in archive.namelist() if name.lower().endswith(".qde"))
            return _coded(_bytes(archive, project), lambda name: _text(archive, name))
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({(error.strerror or 'error').lower()})") from error
    except (ValueError, SyntaxError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableInput(f"{path} {NO_PROJECT}") from error


def _bounded(read: Callable[[], bytes], size: int) -> bytes:
    if size > SIZE_LIMIT:
        raise ValueError(size)
    return read()


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    return _bounded(lambda: archive.read(name), archive.getinfo(name).file_size)


def _text(archive: zipfile.ZipFile, wanted: str) -> str:
    """Give the text that "internal://…" names, wherever in the archive it is."""
    last = PurePosixPath(wanted.partition("://")[2]).name
    found = [name for name in archive.namelist() if PurePosixPath(name).name == last]
    return _bytes(archive, found[0]).decode("utf-8-sig", "replace") if found else ""


def _coded(xml: bytes, read: Callable[[str], str]) -> Coded:
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    if _name(root) not in ("Project", "CodeBook"):
        raise ValueError(_name(root))
    books = [root] if _name(root) == "CodeBook" else _children(root, "CodeBook")
    codes = [code for book in books[:1] for holder in _children(book, "Codes")[:1] for code in _tree(holder)]
    return tuple(codes), tuple(_passages(root, read))


def _tree(parent: etree._Element, above: str = "") -> Iterator[Code]:
    for element in _children(parent, "Code"):
        code = Code(
            guid=_guid(element, "guid"),
            name=element.get("name", "").strip(),
            description=_said(element, "Description").strip(),
            parent=above,
            codable=element.get("isCodable", "true").strip() not in ("false", "0"),
            color=element.get("color", "").strip(),
        )
        yield code
        yield from _tree(element, code.guid)


def _passages(root: etree._Element, read: Callable[[str], str]) -> Iterator[Passage]:
    """Give the coded passages of all texts, `read` at their paths; that of a PDF stands below it."""
    for source in root.iter():
        selections = _children(source, "PlainTextSelection")
        if not selections:
            continue
        text = _said(source, "PlainTextContent") or read(source.get("plainTextPath", ""))
        above = source.getparent()
        name = source.get("name") or ("" if above is None else above.get("name", ""))
        for one in selections:
            start, end = (one.get(end, "").strip() for end in ("startPosition", "endPosition"))
            codings = _children(one, "Coding")
            codes = [_guid(code, "targetGUID") for each in codings for code in _children(each, "CodeRef")]
            if codes and start.isdecimal() and end.isdecimal():
                said = text[int(start) : int(end)].strip()
                yield Passage(_guid(one, "guid"), name, said, tuple(dict.fromkeys(codes)))


def _guid(element: etree._Element, attribute: str) -> str:
    return str(element.get(attribute, "")).strip().strip("{}").lower()


def _said(element: etree._Element, name: str) -> str:
    return "".join(str(child.text or "") for child in _children(element, name)[:1])


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if _name(child) == name]


def _name(element: etree._Element) -> str:
    """Give a name without its namespace, which projects and codebooks differ in; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
