"""What a search found as a result: each hit with its place and, for people, the words in their context."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from srtminer.render import as_markdown
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted
from srtminer.render.layout import Below, below, plain
from srtminer.render.result import Column, Result, Screen, Table, as_object, pick
from srtminer.render.result_columns import OF_ENTRIES, Entry
from srtminer.search_hits import Found, Hit, marked, window

LINES = 4
"""Of context that a hit gets, about."""
INDENT = 4
HEADINGS = 2
"""The innermost, of those above a hit."""
MARK = "«", "»"
"""Around what was looked for, since bold is not seen everywhere. Why not brackets: reviews put in those what
they have taken out, "[Child A]"."""


@dataclass(frozen=True, slots=True)
class HitEntry(Entry):
    """A hit and its rank."""

    one: Hit
    rank: int = 0


_OF_HITS: tuple[Column[HitEntry], ...] = (
    *OF_ENTRIES,
    Column("rank", "Place by its score.", lambda row: row.rank),
    Column("in", "recommendations or sections.", lambda row: f"{row.one.kind}s"),
    Column("id", "The recommendation's id.", lambda row: row.one.id, json=lambda row: row.one.id or None),
    Column("agencies", "Who is asked to act.", lambda row: tuple(agency.name for agency in row.one.agencies)),
    Column("start", "Where `text` begins in the text of the review.", lambda row: row.one.start),
    Column("end", "Where it ends, exclusive.", lambda row: row.one.end),
    Column(
        "marked",
        "The words that were looked for, as they stand there.",
        lambda row: tuple(dict.fromkeys(row.one.text[start:end] for start, end in row.one.marks)),
        joint="; ",
    ),
    Column(
        "marks",
        "Where they stand in `text`, ends exclusive.",
        lambda _: None,
        json=lambda row: [list(mark) for mark in row.one.marks],
    ),
    Column(
        "score",
        "Greater is better; compares hits of one kind only.",
        lambda row: float(f"{row.one.score:.4g}"),
        digits=".4g",
    ),
)

HIT_LIST = pick(
    _OF_HITS,
    "rank in id review source subject board year reference page last_page agency agency_kind heading text "
    "marked score corrected",
)
HIT_JSON = pick(
    _OF_HITS,
    "rank in id review source citation reference references page last_page agencies heading start end text "
    "marks score corrected",
)


def search_result(found: Found, catalogue: Catalogue) -> Result:
    """List hits, best first, the words found in a column of their own."""
    entries = [
        HitEntry(hit, catalogue.records[hit.review_id], catalogue.cite(hit), rank)
        for rank, hit in enumerate(found.hits, 1)
    ]
    body = {
        "query": found.query,
        "by": found.by,
        "matches": {
            "recommendations": found.recommendations,
            "sections": found.sections,
            "repeated": found.repeated,
        },
        "hits": [as_object(HIT_JSON, entry) for entry in entries],
    }
    rows = (_markdown_row(entry) for entry in entries)
    markdown = as_markdown.ready_table(("Source", "Found in", "To", "Text"), rows)
    return Result("search", Table.of(HIT_LIST, entries), body, partial(_lines, found, entries), markdown)


def _lines(found: Found, entries: Sequence[HitEntry], screen: Screen) -> Iterator[RenderableType]:
    for entry in entries:
        yield from _hit(entry, screen)
    yield plain(totals(found))


def _markdown_row(entry: HitEntry) -> tuple[str, ...]:
    hit = entry.one
    asked = "; ".join(agency.name for agency in hit.agencies)
    texts = (entry.citation, " > ".join((hit.kind, *hit.heading[-1:])), asked)
    return (*map(as_markdown.escape, texts), as_markdown.around_marks(marked(hit.text, hit.marks)))


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
    if not every:
        return counts
    shown = f"{len(found.hits):,} of {counted(every, 'hit')} shown"
    return f"{counts}\n{shown}{'; --limit shows more' if every > len(found.hits) else ''}"


def _hit(entry: HitEntry, screen: Screen) -> Iterator[RenderableType]:
    hit = entry.one
    yield plain(f"{entry.rank:>2}. {entry.citation}", "bold")
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
