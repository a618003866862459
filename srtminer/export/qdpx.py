"""A project that NVivo, MAXQDA, ATLAS.ti, QualCoder and others import: an archive in REFI-QDA form.

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
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, count

from lxml import etree

from srtminer import __version__
from srtminer.codebooks.codebook_drafts import GREY, distinct_colours
from srtminer.material import Material, how_made
from srtminer.model import METADATA_FIELDS, Recommendation, Review, ReviewRecord, Theme
from srtminer.redaction import redact_review
from srtminer.render.safe_text import legal, one_line

NOT_IN_TEXT = "Added by the analyst, not in the document:"


class LineEnds(StrEnum):
    """How lines end in the text files of a project."""

    LF = "lf"
    CRLF = "crlf"


@dataclass(frozen=True, slots=True)
class Passage:
    """A recommendation and its place in the text file, in code points, end exclusive."""

    recommendation: Recommendation
    start: int
    end: int
    exact: bool = True
    """Whether the text there is the recommendation's own; an edited one keeps the place of what was found."""


def place(
    text: str, recommendations: Iterable[Recommendation], line_ends: LineEnds = LineEnds.LF
) -> tuple[str, tuple[Passage, ...]]:
    """Give the text of a source file and where each recommendation stands in it.

    A recommendation that stands nowhere in the review is put after its end, under a line that says so.
    """
    body, passages = legal(text), []
    for one in recommendations:
        start, end = one.start, one.end
        if start >= end:
            added = legal(one.text)
            body += f"\n\n{NOT_IN_TEXT}\n\n{added}"
            start, end = len(body) - len(added), len(body)
        passages.append((one, start, end))
    shift = _shifts(body) if line_ends is LineEnds.CRLF else int
    placed = tuple(
        Passage(one, shift(start), shift(end), one.start >= one.end or text[start:end] == one.text)
        for one, start, end in passages
    )
    return body if line_ends is LineEnds.LF else body.replace("\n", "\r\n"), placed


def _shifts(body: str) -> Callable[[int], int]:
    """Count a line end as the two characters that the file holds."""
    breaks = [position for position, character in enumerate(body) if character == "\n"]
    return lambda place: place + bisect_left(breaks, place)


PROJECT = "urn:QDA-XML:project:1.0"
"""Namespace of a project (`project.qde`)."""
PROJECT_FILE = "project.qde"
SOURCES = "sources"
"""Folder of the archive that `internal://` points to."""

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:srtminer:qdpx")


def guid(kind: str, *names: str) -> str:
    """Give the same GUID for the same thing, whenever and wherever it is exported."""
    return str(uuid.uuid5(_OURS, "\x1f".join((kind, *names))))


USER = guid("user")
NO_THEME = guid("code", "")
NO_THEME_NAME = "In no theme"


@dataclass(frozen=True, slots=True)
class Source:
    """A review as a source: its record, and where its recommendations stand in its text file."""

    record: ReviewRecord
    passages: tuple[Passage, ...]

    @property
    def guid(self) -> str:
        """The GUID of the source."""
        return guid("source", self.record.id)

    @property
    def file(self) -> str:
        """The name of its text file."""
        return f"{self.guid}.txt"


def project(material: Material, sources: Sequence[Source]) -> etree._Element:
    """Build the whole project."""
    builder = _Builder(material)
    attributes = {"name": "Themes of recommendations", "origin": f"srtminer {__version__}"}
    times = {"creatingUserGUID": USER, "creationDateTime": builder.time}
    root = etree.Element(_tag("Project"), attributes | times, nsmap={None: PROJECT})
    users = _add(root, "Users")
    _add(users, "User", guid=USER, name="srtminer")
    builder.codes(root)
    builder.variables(root, sources)
    if sources:
        parent = _add(root, "Sources")
        for source in sources:
            builder.source(parent, source)
    _describe(root, "\n".join(f"{name}: {value}" for name, value in how_made(material)))
    return root


class _Builder:
    """Builds the parts, which share the names given, the time and the theme of each recommendation."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._themes = material.themes_of
        self._seconds = material.seconds_of
        self.time = f"{material.making.moment.isoformat()}Z"
        self._made = {"creatingUser": USER, "creationDateTime": self.time}
        names = {record.id: material.catalogue.names[record.id] for record in material.records}
        self._names = _distinct({key: file_name(name) for key, name in names.items()})
        self._labels = _distinct({theme.id: one_line(theme.label) for theme in material.table.themes})

    def codes(self, root: etree._Element) -> None:
        """Add the themes as codes, by rank; a codebook without a code is no codebook."""
        found, themes = self._material.recommendations, self._material.table.themes
        if not found:
            return
        codes = _add(_add(root, "CodeBook"), "Codes")
        colours = distinct_colours([theme.colour for theme in themes])
        listed = [
            (_guid_of_code(theme), self._labels[theme.id], color, _about_theme(theme))
            for theme, color in zip(themes, colours, strict=True)
        ]
        if any(one.id not in self._themes for one in found):
            name = _free(NO_THEME_NAME, {label.casefold() for label in self._labels.values()})
            about = "Recommendations that fit no theme, or one in fewer reviews than asked for."
            listed.append((NO_THEME, name, GREY, about))
        for own_guid, name, color, about in listed:
            code = _add(codes, "Code", guid=own_guid, name=name, isCodable="true", color=color)
            _describe(code, about)

    def variables(self, root: etree._Element, sources: Sequence[Source]) -> None:
        """Declare what is known of any review."""
        known = [field for field in METADATA_FIELDS if any(_value(s.record, field) for s in sources)]
        parent = _add(root, "Variables") if known else root
        for field in known:
            kind = "Integer" if field == "year" else "Text"
            _add(parent, "Variable", guid=guid("variable", field), name=field, typeOfVariable=kind)

    def source(self, parent: etree._Element, source: Source) -> None:
        """Add a review with its coded segments and the values of its variables."""
        record = source.record
        paths = {"name": self._names[record.id], "plainTextPath": f"internal://{source.file}"}
        element = _add(parent, "TextSource", guid=source.guid, **paths, **self._made)
        why = f"\nNo recommendations: {record.why_none}" if record.why_none else ""
        _describe(element, f"Read from {record.source}{why}")
        for passage in source.passages:
            self._segment(element, passage)
        for field in METADATA_FIELDS:
            if value := _value(record, field):
                holder = _add(element, "VariableValue")
                _add(holder, "VariableRef", targetGUID=guid("variable", field))
                _add(holder, "IntegerValue" if field == "year" else "TextValue").text = legal(value)

    def _segment(self, parent: etree._Element, passage: Passage) -> None:
        one = passage.recommendation
        themes = filter(None, (self._themes.get(one.id), self._seconds.get(one.id)))
        places = {"startPosition": str(passage.start), "endPosition": str(passage.end)}
        names = {"guid": guid("selection", one.id), "name": self._material.catalogue.cite(one)}
        element = _add(parent, "PlainTextSelection", **names, **places, **self._made)
        _describe(element, _about_recommendation(one, passage))
        for code in tuple(map(_guid_of_code, themes)) or (NO_THEME,):
            coding = _add(element, "Coding", guid=guid("coding", one.id, code), **self._made)
            _add(coding, "CodeRef", targetGUID=code)


def _about_theme(theme: Theme) -> str:
    counts = f"{theme.reviews} reviews, {len(theme.members)} recommendations"
    return f"Theme {theme.rank}: {counts}. Terms: {', '.join(theme.terms)}. Id: {theme.id}."


def _about_recommendation(one: Recommendation, passage: Passage) -> str:
    agencies = "; ".join(agency.name for agency in one.agencies)
    parts = {
        "To": agencies,
        "By": one.date,
        "Lead-in": one.lead,
        "Heading": " > ".join(one.heading),
        "Correction": one.correction,
        "Corrected text": "" if passage.exact else one.text,
    }
    return "\n".join(f"{name}: {value}" for name, value in parts.items() if value)


def _value(record: ReviewRecord, field: str) -> str:
    if field == "year":
        return str(record.year or "")
    return record.value(field)


def _guid_of_code(theme: Theme) -> str:
    return guid("code", theme.id)


def _tag(name: str) -> str:
    return f"{{{PROJECT}}}{name}"


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _tag(tag), {key: legal(value) for key, value in attributes.items()})


def _describe(element: etree._Element, text: str) -> None:
    if text:
        _add(element, "Description").text = legal(text)


_NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))


def file_name(name: str) -> str:
    """Make a name that a file can have: programs keep each source in a file called like it."""
    return one_line(name).translate(_NOT_IN_FILE_NAMES)


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Number names that are not the only one of their kind; programs refuse or merge what is called alike.

    Capitals make no difference: they make none in file names, nor in the names of codes everywhere.
    """
    counts = Counter(name.casefold() for name in names.values())
    taken = {name for name, number in counts.items() if number == 1}
    distinct = {}
    for key, name in names.items():
        distinct[key] = name if counts[name.casefold()] == 1 else _free(name, taken)
        taken.add(distinct[key].casefold())
    return distinct


def _free(name: str, taken: Set[str]) -> str:
    candidates = chain((name,), (f"{name} ({number})" for number in count(2)))
    return next(candidate for candidate in candidates if candidate.casefold() not in taken)


_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def to_qdpx(
    material: Material,
    reviews: Iterable[Review],
    line_ends: LineEnds = LineEnds.LF,
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
            text, passages = place(redacted.text, own, line_ends)
            source = Source(record, passages)
            archive.writestr(_entry(f"{SOURCES}/{source.file}"), text.encode("utf-8"))
            sources.append(source)
        tree = project(material, sources)
        archive.writestr(
            _entry(PROJECT_FILE),
            etree.tostring(tree, xml_declaration=True, encoding="utf-8", pretty_print=True),
        )
    return stream.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = _UNIX
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
