"""A project that NVivo, MAXQDA, ATLAS.ti, QualCoder and others import: an archive in REFI-QDA form.

`project.qde` names the sources, the codes and what is coded; `sources/` holds the texts. Themes are codes,
and so is being in no theme; recommendations are coded segments; what is known of a review are its variables.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence

from lxml import etree

from srtminer.export.passages import LineEnds, place
from srtminer.export.qde import PROJECT_FILE, SOURCES, Source, project
from srtminer.material import Material
from srtminer.model import Recommendation, Review
from srtminer.redaction import redact_review

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
    """Describe a member of the archive by nothing that differs between machines or days."""
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = _UNIX
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
