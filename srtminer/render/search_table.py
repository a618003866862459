"""What a search found, for people: each hit with its place and the words in their context."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from srtminer.hits import Found, Hit, marked, window
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.layout import Below, below, plain, to_text
from srtminer.render.screen import Screen

LINES = 4
"""Of context that a hit gets, about."""
INDENT = 4
HEADINGS = 2
"""The innermost, of those above a hit."""
MARK = "«", "»"
"""Around what was looked for, since bold is not seen everywhere. Why not brackets: reviews put in those what
they have taken out, "[Child A]"."""


def search(found: Found, catalogue: Catalogue, screen: Screen) -> str:
    """List hits, best first, and say how many there are."""
    lines = [line for rank, hit in enumerate(found.hits, 1) for line in _hit(rank, hit, catalogue, screen)]
    return to_text([*lines, plain(totals(found))], screen)


def totals(found: Found) -> str:
    """Say how much was found and how much of it is shown."""
    if found.by == "similarity":
        near = counted(found.recommendations, "recommendation")
        return f"{len(found.hits)} shown of {near} near it in meaning"
    recommendations, sections = (
        counted(found.recommendations, "recommendation"),
        counted(found.sections, "section"),
    )
    counts = f"found in {recommendations} and {sections}"
    if found.repeated:
        counts += f", {found.repeated:,} of them with nothing new"
    every = found.recommendations + found.sections - found.repeated
    shown = f"{len(found.hits):,} of {counted(every, 'hit')} shown"
    return f"{counts}\n{shown}{'; --limit shows more' if every > len(found.hits) else ''}"


def _hit(rank: int, hit: Hit, catalogue: Catalogue, screen: Screen) -> Iterator[RenderableType]:
    yield plain(f"{rank:>2}. {catalogue.cite(hit)}", "bold")
    place = ": ".join(part for part in (hit.kind, " > ".join(hit.heading[-HEADINGS:])) if part)
    yield below(Below(place, INDENT, "dim"))
    if hit.agencies:
        yield below(Below(f"to {'; '.join(agency.name for agency in hit.agencies)}", INDENT, "dim"))
    yield Padding(_context(hit, LINES * (screen.width - INDENT)), (0, 0, 0, INDENT))
    yield plain("")


def _context(hit: Hit, width: int) -> Text:
    """Cut out what surrounds the marks, and mark them."""
    start, end = window(hit.text, hit.marks, width)
    marks = [(a - start, b - start) for a, b in hit.marks if start <= a and b <= end]
    text = Text(overflow="fold")
    text.append("…" if hit.start + start > hit.whole[0] else "")
    for part, is_mark in marked(hit.text[start:end], marks):
        shown = _closed_up(part)
        text.append_text(plain(shown.join(MARK), "bold") if is_mark else plain(shown))
    text.append(" …" if hit.start + end < hit.whole[1] else "")
    return text


def _closed_up(text: str) -> str:
    """Take empty lines out; the ends of the text stay as they are, for it goes on there."""
    while "\n\n" in text:
        text = text.replace("\n\n", "\n")
    return text
