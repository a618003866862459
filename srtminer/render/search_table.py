"""What a search found as a result: each hit with its place and, for people, the words in their context."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.result import (
    Block,
    Column,
    Marked,
    Records,
    Result,
    Screen,
    Table,
    Text,
    as_object,
    pick,
)
from srtminer.render.result_columns import OF_ENTRIES, Entry
from srtminer.search_hits import Found, Hit, marked, window

LINES = 4
"""Of context that a hit gets, about."""
INDENT = 4
HEADINGS = 2
"""The innermost, of those above a hit."""


_OF_HITS = (
    *OF_ENTRIES,
    Column("rank", "Place by its score."),
    Column("in", "recommendations or sections.", lambda row: f"{row.one.kind}s"),
    Column("start", "Where `text` begins in the text of the review.", "one.start"),
    Column("end", "Where it ends, exclusive.", "one.end"),
    Column(
        "marked",
        "The words that were looked for, as they stand there.",
        lambda row: tuple(dict.fromkeys(row.one.text[start:end] for start, end in row.one.marks)),
    ),
    Column("marks", "Their positions in `text`, ends exclusive.", "one.marks"),
    Column(
        "score",
        "Greater is better; compares hits of one kind only.",
        lambda row: float(f"{row.one.score:.4g}"),
        digits=".4g",
    ),
)
_LIST = pick(
    _OF_HITS,
    "rank in id review source subject board year reference page last_page agency agency_kind heading text "
    "marked score corrected",
)
_JSON = pick(
    _OF_HITS,
    "rank in id review source citation reference references page last_page agencies heading start end text "
    "marks score corrected",
)


def search_result(found: Found, catalogue: Catalogue) -> Result:
    """List hits, best first, the words found in a column of their own."""
    entries = [Entry(hit, catalogue, rank=rank) for rank, hit in enumerate(found.hits, 1)]
    body = {
        "query": found.query,
        "by": found.by,
        "matches": {
            "recommendations": found.recommendations,
            "sections": found.sections,
            "repeated": found.repeated,
        },
        "hits": [
            as_object(_JSON, entry) | {"id": entry.one.id or None, "agencies": _agencies(entry)}
            for entry in entries
        ],
    }
    return Result("search", Table.of(_LIST, entries), body, partial(_blocks, found, entries))


def _blocks(found: Found, entries: Sequence[Entry], screen: Screen) -> Iterator[Block]:
    if entries:
        yield Records(
            ("Source", "Found in", "To", "Text"),
            tuple(_hit(entry, screen) for entry in entries),
        )
    yield Text(totals(found))


def totals(found: Found) -> str:
    """Say how much was found and how much of it is shown."""
    if found.by == "similarity":
        near = counted(found.recommendations, "recommendation")
        return f"{len(found.hits)} shown of {near} close to it in meaning"
    recommendations, sections = (
        counted(found.recommendations, "recommendation"),
        counted(found.sections, "section"),
    )
    counts = f"found in {recommendations} and {sections}"
    if found.repeated:
        verb = "holds" if found.repeated == 1 else "hold"
        counts += f", of which {found.repeated:,} {verb} only those recommendations"
    every = found.recommendations + found.sections - found.repeated
    if not every:
        return counts
    shown = f"{len(found.hits):,} of {counted(every, 'hit')} shown"
    return f"{counts}\n{shown}{'; --limit shows more' if every > len(found.hits) else ''}"


def _agencies(entry: Entry) -> list[str]:
    return [agency.name for agency in entry.one.agencies]


def _hit(entry: Entry, screen: Screen) -> tuple[Text, ...]:
    hit: Any = entry.one
    rank = f"{entry.rank:>2}. "
    place = ": ".join(part for part in (hit.kind, " > ".join(hit.heading[-HEADINGS:])) if part)
    return (
        Text(entry.citation, len(rank), "bold", head="Source", hanging=rank),
        Text(place, INDENT, "dim", head="Found in"),
        Text("; ".join(_agencies(entry)), INDENT, "dim", "to ", "To"),
        Text(_context(hit, LINES * (screen.width - INDENT)), INDENT, head="Text"),
    )


def _context(hit: Hit, width: int) -> Marked:
    """Cut out what surrounds the marks, and mark them."""
    start, end = window(hit.text, hit.marks, width)
    marks = [(a - start, b - start) for a, b in hit.marks if start <= a and b <= end]
    parts = ((_closed_up(part), is_mark) for part, is_mark in marked(hit.text[start:end], marks))
    before = "…" if hit.start + start > hit.whole[0] else ""
    after = " …" if hit.start + end < hit.whole[1] else ""
    return ((before, False), *parts, (after, False))


def _closed_up(text: str) -> str:
    """Take empty lines out; the ends of the text stay as they are, for it goes on there."""
    while "\n\n" in text:
        text = text.replace("\n\n", "\n")
    return text
