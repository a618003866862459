"""What of a document is not in its text, summed up by kind."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srtminer.model import Omission, ReviewRecord
from srtminer.render.figures import counted


@dataclass(frozen=True, slots=True)
class LeftOut:
    """All omissions of one kind."""

    what: str
    pages: int
    """Number of pages that it was on."""
    lines: int


def left_out(omissions: Sequence[Omission]) -> tuple[LeftOut, ...]:
    """Sum omissions up by what they are, in alphabetical order."""
    pages: defaultdict[str, set[int]] = defaultdict(set)
    lines: defaultdict[str, int] = defaultdict(int)
    for omission in omissions:
        pages[omission.what].add(omission.page)
        lines[omission.what] += omission.lines
    return tuple(LeftOut(what, len(pages[what]), lines[what]) for what in sorted(pages))


def coverage(record: ReviewRecord) -> str:
    """Say how much was read and what was left out: "80 paragraphs; left out: 12 lines of footnotes, …"."""
    parts = ", ".join(map(_phrase, left_out(record.omissions)))
    read = counted(record.paragraphs, "paragraph")
    return f"{read}; left out: {parts}" if parts else read


def corrections(record: ReviewRecord) -> str:
    """Say how many corrections there are, or nothing."""
    return "; ".join(_corrections(record))


def _corrections(record: ReviewRecord) -> Iterator[str]:
    if record.corrections:
        yield f"{counted(record.corrections, 'correction')} by hand"
    if record.lost_corrections:
        yield f"{record.lost_corrections:,} of them to nothing that is found now: see `srtminer correct`"


def _phrase(part: LeftOut) -> str:
    """Say it in figures: "12 lines of footnote on 3 pages", "2 pages without text"."""
    if not part.lines:
        return f"{part.what} ({counted(part.pages, 'page')})"
    where = f", {counted(part.pages, 'page')}" if part.pages > 1 else ""
    return f"{part.what} ({counted(part.lines, 'line')}{where})"
