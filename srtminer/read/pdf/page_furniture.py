"""What stands on pages without belonging to the text: running lines, contents pages, footnotes.

Everything that is dropped is reported as an `Omission`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from srtminer.model import Omission
from srtminer.read.list_marks import split_mark
from srtminer.read.pdf.geometry import Line, body_size

PageLines = tuple[Line, ...]

EDGE_LINES = 4
"""Running headers and footers are among a page's first or last four lines …"""
EDGE_SHARE = 0.15
"""… and in the top or bottom 15 % of its height."""
MIN_REPEATS = 3
"""A line that stands at the same place of three pages is a running line."""

MIN_ENTRIES = 3
"""Entries below a heading "Contents" that make a contents page."""
MIN_ENTRIES_UNTITLED = 6
"""Without that heading, twice as many are asked for."""
ENTRY_SHARE = 0.4
"""And at least this share of the page's lines."""

HEADING_SIZE = 1.15
"""Lines larger than this share of the body's size are headings."""

ENTRY_TAIL = 40
"""Characters; leaders before a page number stand within them."""

NOTE_SIZE = 0.96
"""Footnotes are set in less than this share of the body's font size."""

_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
_ENTRY_END = re.compile(r"(?:\.\s?){3,}\s*(?:\d{1,4}|[ivxlc]{1,6})$|…+\s*\d{1,4}$")
_PAGE_ENDS = frozenset("0123456789ivxlc")
_PAGE_NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
_PAGE_LINE = re.compile(r"page \d{1,4}(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})[.)]?(?:\s|$)")
_CONTENTS = {"contents", "table of contents", "contents page"}


@dataclass(frozen=True, slots=True)
class Kept:
    """Pages without their furniture, and what was taken away."""

    pages: tuple[PageLines, ...]
    omissions: tuple[Omission, ...]


def drop_furniture(pages: Sequence[PageLines], heights: Sequence[float]) -> Kept:
    """Take running lines, contents pages and footnotes away."""
    omissions: list[Omission] = []
    running = _running_lines(pages, heights)
    kept = [tuple(line for line in page if id(line) not in running) for page in pages]
    _report(omissions, "running header or footer", pages, kept)
    listed = _without_contents(kept)
    _report(omissions, "contents page", kept, listed)
    noted = _without_notes(listed, body_size(listed))
    _report(omissions, "footnote", listed, noted)
    return Kept(tuple(noted), tuple(sorted(omissions, key=lambda omission: (omission.page, omission.what))))


def _report(
    omissions: list[Omission], what: str, before: Sequence[PageLines], after: Sequence[PageLines]
) -> None:
    for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        if len(old) > len(new):
            omissions.append(Omission(what, number, len(old) - len(new)))


def _running_lines(pages: Sequence[PageLines], heights: Sequence[float]) -> set[int]:
    """Identify (by `id`) the lines that recur at the same height of several pages."""
    body = body_size(pages)
    edges = [
        (line, _shape(line, body), round(line.y))
        for page, height in zip(pages, heights, strict=True)
        for line in _edge_lines(page, height)
        if not line.cells
    ]
    counts = Counter((shape, y) for _, shape, y in edges)
    return {
        id(line)
        for line, shape, y in edges
        if sum(counts[shape, near] for near in (y - 1, y, y + 1)) >= _fewest(line, len(pages))
    }


def _fewest(line: Line, pages: int) -> int:
    """Give on how many pages a line must stand to be a running line.

    Why: a document of two pages has its header twice, and one of a single page a "Page 1 of 1".
    """
    if _PAGE_LINE.fullmatch(line.text):
        return 1
    return MIN_REPEATS if pages > 2 or split_mark(line.text).kind else 2


def _edge_lines(page: PageLines, height: float) -> list[Line]:
    down = sorted(page, key=lambda line: line.y)  # a column may end above the last line of the one before
    first, last = down[:EDGE_LINES], down[max(EDGE_LINES, len(page) - EDGE_LINES) :]
    return [
        *(line for line in first if line.y < EDGE_SHARE * height),
        *(line for line in (*first, *last) if line.y > (1 - EDGE_SHARE) * height),
    ]


def _shape(line: Line, body: float) -> str:
    """Give what is compared; numbers change from page to page, but not in headings.

    Why: "Recommendation 4" may well stand at the top of three pages.
    """
    text = line.text.casefold()
    if line.size > HEADING_SIZE * body or split_mark(line.text).kind == "label":
        return text
    return _NUMBER.sub("#", text)


def _without_contents(pages: Sequence[PageLines]) -> list[PageLines]:
    kept, open_contents = [], False
    for page in pages:
        entries = [index for index, line in enumerate(page) if _is_entry(line)]
        titles = [index for index, line in enumerate(page) if line.text.casefold() in _CONTENTS]
        dense = len(entries) >= ENTRY_SHARE * len(page)
        titled = bool(titles) and len(entries) >= MIN_ENTRIES
        open_contents = (
            dense and bool(entries) and (titled or open_contents or len(entries) >= MIN_ENTRIES_UNTITLED)
        )
        if open_contents:
            page = page[: min([*titles[:1], entries[0]])] + page[entries[-1] + 1 :]
        kept.append(page)
    return kept


def _is_entry(line: Line) -> bool:
    """Tell an entry of a contents page: leaders, or a page number after a wide gap."""
    if line.text[-1:] in _PAGE_ENDS and _ENTRY_END.search(line.text[-ENTRY_TAIL:]):
        return True
    return len(line.runs) > 1 and bool(_PAGE_NUMBER.fullmatch(line.runs[-1].text.strip()))


def _without_notes(pages: Sequence[PageLines], body: float) -> list[PageLines]:
    kept, open_note = [], False
    for page in pages:
        start = len(page)
        while start and page[start - 1].size <= NOTE_SIZE * body and not page[start - 1].cells:
            start -= 1
        first = next((i for i in range(start, len(page)) if _NOTE.match(page[i].text)), len(page))
        if open_note and start < len(page):  # a note that runs on from the page before
            first = start
        # a page that is small throughout is an appendix or a table, not notes
        if first == 0:
            first = len(page)
        open_note = first < len(page)
        kept.append(page[:first])
    return kept
