"""What became of the files of an ingest, for people: one line a file, and not one a review of a table."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from rich.cells import cell_len

from srtminer.model import ReviewRecord, Skipped
from srtminer.render.as_json import document
from srtminer.render.figures import counted
from srtminer.render.layout import to_text
from srtminer.render.result import Json, Screen, Text
from srtminer.render.review_table import skipped_json
from srtminer.render.safe_text import one_line

MANY = 60
"""More files than this are not listed one by one."""
FEW = 3
"""Files without recommendations that are listed with the reason; more are counted."""
INDENT = 2
SHORTEST_NAME = 24
"""Characters; a name is not cut to fewer for the sake of what stands behind it."""
_BEGINNING = 1 / 3
"""Of a shortened name, that much is its beginning: the end says more."""


class Outcome(NamedTuple):
    """What an ingest made of a review: its record, "added", "updated" or "unchanged", and a note or ""."""

    record: ReviewRecord
    state: str
    note: str


def as_table(
    ingested: Sequence[ReviewRecord],
    unchanged: Sequence[ReviewRecord],
    skipped: Sequence[Skipped],
    screen: Screen,
    *,
    every: bool = False,
    copies: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Say what became of every file with recommendations; those without are counted, and so are very many.

    With `every`, all files are listed, with their names in full. `copies` are files with what they are copies
    of; their reviews are counted once, and so are not among the others.
    """
    width = 0 if every else screen.width
    lines = [
        *_headed("Ingested", ingested, _files(ingested, width)),
        *_headed("Unchanged", unchanged, _files(unchanged, width) if every else ()),
        *_copies(copies, width),
        *_skipped(skipped, width),
    ]
    return to_text(lines, screen)


def as_json(ingested: Sequence[Outcome], unchanged: Sequence[Outcome], skipped: Sequence[Skipped]) -> str:
    """Render what became of the inputs under `srtminer.ingest/1`."""
    body = {
        "ingested": list(map(_ingested, ingested)),
        "unchanged": list(map(_ingested, unchanged)),
        "skipped": skipped_json(skipped),
    }
    return document("ingest", body)


def _ingested(outcome: Outcome) -> Json:
    record = outcome.record
    return {
        "review": record.id,
        "source": record.source,
        "recommendations": record.recommendations,
        "why_none": record.why_none or None,
        "state": outcome.state,
        "note": outcome.note or None,
    }


def shortened(name: str, width: int) -> str:
    """Leave out the middle of a name that is longer than `width` characters."""
    if len(name) <= width:
        return name
    beginning = int((width - 1) * _BEGINNING)
    return f"{name[:beginning]}…{name[len(name) - (width - 1 - beginning) :]}"


def _headed(what: str, records: Sequence[ReviewRecord], lines: Sequence[Text]) -> Iterator[Text]:
    if records:
        yield Text(f"{what}: {_reviews(records)}", style="bold")
    yield from lines


def _files(records: Sequence[ReviewRecord], width: int) -> list[Text]:
    """Give a line for each file with recommendations; `width` 0: for every file, and however long."""
    by_file: dict[str, list[ReviewRecord]] = {}
    for record in records:
        by_file.setdefault(record.source, []).append(record)
    good = [name for name, own in by_file.items() if _found(own)]
    without = [name for name in by_file if name not in set(good)]
    listed = {
        *(good if not width or len(good) <= MANY else ()),
        *(without if not width or len(without) <= FEW else ()),
    }
    lines = [_line(name, _outcome(by_file[name]), width) for name in by_file if name in listed]
    if rest := len([name for name in good if name not in listed]):
        more = f"{counted(rest, 'file')} with recommendations (srtminer --verbose ingest … lists them)"
        lines.append(Text(more, INDENT, "dim"))
    if rest := len([name for name in without if name not in listed]):
        lines.append(Text(f"{rest:,} without recommendations (srtminer reviews says why)", INDENT, "dim"))
    return lines


def _copies(copies: Mapping[str, str], width: int) -> Iterator[Text]:
    if copies:
        yield Text(f"Copies: {counted(len(copies), 'file')}, not counted again", style="bold")
    for source, original in copies.items():
        yield _line(source, f"a copy of {original}", width)


def _skipped(skipped: Sequence[Skipped], width: int) -> Iterator[Text]:
    if skipped:
        yield Text(f"Skipped: {len(skipped):,}", style="bold")
    for skip in skipped:
        yield _line(skip.source, skip.reason, width)


def _line(name: str, outcome: str, width: int) -> Text:
    name = one_line(name)
    if width:
        room = width - INDENT - cell_len(f": {outcome}")
        name = shortened(name, room if room >= SHORTEST_NAME else width - INDENT - 1)
    return Text(f"{name}: {outcome}", INDENT)


def _outcome(records: Sequence[ReviewRecord]) -> str:
    if len(records) > 1:
        none = sum(not record.recommendations for record in records)
        return f"{_reviews(records)}{f', {none:,} without' if none else ''}"
    if records[0].why_none:
        return f"no recommendations ({records[0].why_none})"
    return counted(records[0].recommendations, "recommendation")


def _reviews(records: Sequence[ReviewRecord]) -> str:
    return f"{counted(len(records), 'review')}, {counted(_found(records), 'recommendation')}"


def _found(records: Sequence[ReviewRecord]) -> int:
    return sum(record.recommendations for record in records)
