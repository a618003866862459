"""What of a document is not in its text, summed up by kind."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srtminer.model import Omission, ReviewRecord
from srtminer.render.figures import counted


@dataclass(frozen=True, slots=True)
class LeftOut:
    """All omissions of one kind."""

    what: str
    on: tuple[int, ...]
    """The pages that it was on."""
    lines: int
    words: int

    @property
    def pages(self) -> int:
        """Number of pages that it was on."""
        return len(self.on)


def left_out(omissions: Sequence[Omission]) -> tuple[LeftOut, ...]:
    """Sum omissions up by what they are, in alphabetical order."""
    pages: defaultdict[str, set[int]] = defaultdict(set)
    lines: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for omission in omissions:
        pages[omission.what].add(omission.page)
        lines[omission.what] += omission.lines
        words[omission.what] += omission.words
    return tuple(
        LeftOut(what, tuple(sorted(on)), lines[what], words[what]) for what, on in sorted(pages.items())
    )


def coverage(record: ReviewRecord) -> str:
    """Say how much was read and what was left out: "80 paragraphs; left out: 12 lines of footnotes, …"."""
    parts = ", ".join(map(phrase, left_out(record.omissions)))
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


def phrase(part: LeftOut) -> str:
    """Say it in figures: "footnote (12 lines, 3 pages)", "page without text (2 pages)"."""
    if part.words:
        return told(part)
    where = f", {counted(part.pages, 'page')}" if part.lines and part.pages > 1 else ""
    return f"{part.what} ({_how_much(part)}{where})"


def told(part: LeftOut) -> str:
    """Say of words where they are: "covered words (5 on pages 3, 8)"."""
    pages = "page" if part.pages == 1 else "pages"
    return f"{part.what} ({part.words:,} on {pages} {', '.join(map(str, part.on))})"


def _how_much(part: LeftOut) -> str:
    """Count words, else lines, else pages."""
    if part.words:
        return counted(part.words, "word")
    return counted(part.lines, "line") if part.lines else counted(part.pages, "page")
