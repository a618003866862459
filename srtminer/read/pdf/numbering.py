"""Printed numbers and the paragraphs they belong to, where a sub-heading stands on the line of the number.

"4.2 Links with schools" above "The Board to ensure …" is paragraph 4.2 below a heading, if the document
numbers its paragraphs, and section 4.2 if it numbers its headings.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from srtminer.read.heading_words import is_title
from srtminer.read.list_marks import Mark
from srtminer.read.pdf.paragraphs import ALIGNED, Draft

LONG_WORDS = 15
"""A numbered text of more words is a paragraph, whatever it looks like."""
MIN_PARAGRAPHS = 4
"""Fewer numbered paragraphs do not make a document with numbered paragraphs."""
CHAPTER_SHARE = 0.25
MAX_TITLE_LINES = 2
WIDEST_MARGIN = 6.0
"""Printed numbers stand at most this many font sizes left of their text."""

_ENDS = (".", ":", ";", "?", "!", "”", "’")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph with what has been found out about it."""

    draft: Draft
    text: str
    """Without its mark."""
    mark: Mark
    number: str
    is_heading: bool
    is_item: bool = False


def settle(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Give numbers to the paragraphs below their headings, and find headings between numbered paragraphs."""
    depths = _paragraph_depths(parts)
    chapters = _paragraph_chapters(parts)
    settled = list(parts)
    found: set[int] = set()
    for index in range(len(parts) - 2, -1, -1) if depths else ():
        part, below = settled[index], settled[index + 1]
        if not _may_be_title(part, below):
            continue
        if _depth(part) in depths and _chapter(part) in chapters and _takes_number(part, below):
            settled[index] = replace(part, number="", is_heading=True)
            settled[index + 1] = replace(below, number=part.number)
            found.add(index)
        elif not part.mark.kind and _leads_on(part, below, depths, index + 1 in found):
            settled[index] = replace(part, is_heading=True)
            found.add(index)
    return tuple(settled)


def _paragraph_depths(parts: Sequence[Part]) -> frozenset[int]:
    """Find out whether "4.1", "4.1.1" number paragraphs: at least half of them stand before sentences."""
    numbered = [part for part in parts if part.mark.kind == "number"]
    counts = Counter(map(_depth, numbered))
    long = Counter(_depth(part) for part in numbered if _is_paragraph(part))
    return frozenset(
        depth
        for depth, count in sorted(counts.items())
        if long[depth] >= MIN_PARAGRAPHS and 2 * long[depth] >= count
    )


def _paragraph_chapters(parts: Sequence[Part]) -> frozenset[str]:
    """Find the chapters whose numbers stand before paragraphs too, and not before headings only.

    Why: many reports number sections in one chapter ("4.4 Use of a pilot") and findings in the next.
    """
    numbered = [part for part in parts if part.mark.kind == "number"]
    counts = Counter(map(_chapter, numbered))
    long = Counter(_chapter(part) for part in numbered if _is_paragraph(part))
    return frozenset(chapter for chapter, count in counts.items() if CHAPTER_SHARE * count <= long[chapter])


def _chapter(part: Part) -> str:
    return part.number.rpartition(".")[0]


def _depth(part: Part) -> int:
    return part.number.count(".") if part.mark.kind == "number" else -1


def _is_paragraph(part: Part) -> bool:
    return len(part.text.split()) > LONG_WORDS or (part.text.endswith(_ENDS) and not part.is_heading)


def _may_be_title(part: Part, below: Part) -> bool:
    if part.draft.first.cells or below.draft.first.cells or len(part.draft.lines) > MAX_TITLE_LINES:
        return False
    return not part.is_item and is_title(part.text, period=True) and not below.text[:1].islower()


def _takes_number(part: Part, below: Part) -> bool:
    """Tell a paragraph without a number of its own, set where the text behind the number begins."""
    if below.number or below.is_item or below.is_heading:
        return False
    size, start = below.draft.first.size, below.draft.first.x0
    if part.draft.body_x is None:
        aligned = -ALIGNED * size < start - part.draft.first.x0 < WIDEST_MARGIN * size
    else:
        aligned = abs(start - part.draft.body_x) < 2 * ALIGNED * size
    return aligned and _is_paragraph(below)


def _leads_on(part: Part, below: Part, depths: frozenset[int], chained: bool) -> bool:
    """Tell whether a numbered paragraph follows, or a heading above one, and the edges agree."""
    if part.text.endswith(".") and not part.draft.first.bold:
        return False
    if chained:
        return abs(part.draft.first.x0 - below.draft.first.x0) < ALIGNED * part.draft.first.size
    if _depth(below) not in depths:
        return False
    edges = (below.draft.first.x0, below.draft.body_x or below.draft.first.x0)
    return any(abs(part.draft.first.x0 - edge) < ALIGNED * part.draft.first.size for edge in edges)
