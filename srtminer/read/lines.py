"""Text becomes lines that know their page and the blank lines above them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from srtminer.read.characters import clean

SHORTEST_PAGE, LONGEST_PAGE = 8, 120
"""Lines, blank ones counted; only breaks that make such pages are taken for page breaks."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    text: str
    page: int
    """1-based."""
    gap: int = 0
    """Number of blank lines above it."""
    fields: tuple[str, ...] = ()
    """What tabs divide, empty fields too; empty if there is no tab between words."""
    number: str = ""
    """The printed number of a row of a table."""
    cells: tuple[tuple[str, str], ...] = ()
    """(header, text) of each cell, if the line is a row of a table."""


def split_lines(text: str) -> tuple[tuple[Line, ...], int]:
    """Split decoded text into lines; the second value is the number of pages."""
    pages = text.rstrip("\f\n ").split("\f") if "\f" in text else _split_at_leading_spaces(text)
    lines: list[Line] = []
    gap = 0
    for number, page in enumerate(pages, start=1):
        for raw in page.removesuffix("\n").split("\n"):
            if cleaned := clean(raw):
                lines.append(Line(cleaned, number, gap if lines else 0, _fields(raw)))
            gap = 0 if cleaned else gap + 1
    return _without_double_spacing(lines), max(len(pages), 1)


def _fields(raw: str) -> tuple[str, ...]:
    return tuple(map(clean, raw.split("\t"))) if "\t" in raw.strip() else ()


def _split_at_leading_spaces(text: str) -> list[str]:
    """Split at lines with one leading space, where that is a converter's sign of a page break.

    Why: some converters turn the form feed before a page's first line into a space.
    """
    rows = text.split("\n")
    tops = [index for index, row in enumerate(rows) if row[:1] == " " and row[1:2].strip()]
    if not _are_page_tops(tops, rows):
        return [text]
    bounds = [0, *(top for top in tops if top), len(rows)]
    return ["\n".join(rows[start:end]) for start, end in pairwise(bounds)]


def _are_page_tops(tops: Sequence[int], rows: Sequence[str]) -> bool:
    """Tell page breaks from indents: two or more, no other indents, pages of a likely length."""
    if len(tops) < 2 or any(row[:1] == "\t" or (row[:2] == "  " and row.strip()) for row in rows):
        return False
    heights = [end - start for start, end in pairwise(tops)]
    return min(heights) >= SHORTEST_PAGE and max(heights) <= LONGEST_PAGE


def _without_double_spacing(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Take one blank line away everywhere if every line, even in mid-sentence, has one above it."""
    broken = [below.gap for above, below in pairwise(lines) if _goes_on(above, below)]
    if len(broken) < 3 or sum(gap > 0 for gap in broken) < 0.9 * len(broken):
        return tuple(lines)
    return tuple(replace(line, gap=max(line.gap - 1, 0)) for line in lines)


def _goes_on(above: Line, below: Line) -> bool:
    return len(above.text) > 40 and above.text[-1].isalpha() and below.text[0].islower()
