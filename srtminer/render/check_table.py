"""What `srtminer check` finds in each document, as a result."""

from collections.abc import Iterator, Sequence

from srtminer.inspection import Inspection
from srtminer.model import ReviewRecord, Skipped
from srtminer.render.catalogue import Catalogue, page_range
from srtminer.render.figures import counted, left_out
from srtminer.render.result import (
    Block,
    Column,
    Entry,
    Head,
    Json,
    Ledger,
    Result,
    Table,
    Text,
    as_object,
    described,
)
from srtminer.render.review_table import skipped_json
from srtminer.render.safe_text import begun, one_line

MOST = 3
"""Paragraphs that ask and were not taken, shown of each document; all with `every`, and in files."""
EXCERPT = 120
"""Characters of such a paragraph on a screen."""
_OMITTED = (*described(("what", "")), Column("pages", "", "on"), *described(("lines", ""), ("words", "")))
_FOUND = (
    *described(("sound", ""), ("recommendations", ""), ("numbered", ""), ("missing", "")),
    *described(("without_addressee", ""), ("short", ""), ("long", "")),
    Column("not_taken", "", lambda one: [{"page": part.page, "text": part.text} for part in one.not_taken]),
    *described(("says_none", ""), ("why_none", "")),
)
COLUMNS = (
    Column("Review", "Its name in citations.", "name"),
    Column("Recommendations", "Recommendations found.", "recommendations"),
    Column("Numbered", "The numbers printed before them.", "numbered", joint=", "),
    Column("Not found", "Numbers that are missing between them.", "missing", joint=", "),
    Column("Without addressee", "Recommendations that name nobody who is asked.", "without_addressee"),
    Column("Odd lengths", "Very short and very long.", lambda one: one["short"] + one["long"], joint=", "),
    Column("Not taken", "Paragraphs that may ask and were not taken.", lambda one: len(one["not_taken"])),
)


def check_result(
    found: Sequence[Inspection], catalogue: Catalogue, skipped: Sequence[Skipped], *, every: bool
) -> Result:
    """One entry for each document: what was found, and what calls for a look."""
    documents = [_document(one, catalogue) for one in found]
    body = {"documents": documents, "skipped": skipped_json(skipped)}
    blocks = tuple(_blocks(found, catalogue, skipped, every))
    return Result("check", Table.of(COLUMNS, documents), body, lambda _: blocks)


def _blocks(
    found: Sequence[Inspection], catalogue: Catalogue, skipped: Sequence[Skipped], every: bool
) -> Iterator[Block]:
    entries = (
        Entry(
            (catalogue.names[one.review_id], str(one.recommendations)),
            tuple(Text(line, 4) for line in remarks(one, catalogue.records[one.review_id], every=every)),
        )
        for one in found
    )
    yield Ledger((Head("Review", flexible=True), Head("Recommendations", "right")), tuple(entries))
    yield from (Text(f"not read: {one_line(skip.source)} ({skip.reason})") for skip in skipped)
    sound = sum(one.sound for one in found)
    yield from (Text(), Text(f"{counted(len(found), 'document')} · {sound:,} without a remark"))


def remarks(one: Inspection, record: ReviewRecord, *, every: bool = False) -> Iterator[str]:
    """Say in a line each what calls for a look, and what the document says of itself."""
    if one.why_none:
        yield one.why_none
    if one.numbered:
        gaps = f"; {', '.join(one.missing)} not found" if one.missing else ""
        yield f"numbered {', '.join(one.numbered)}{gaps}"
    if one.without_addressee:
        verb = "names" if one.without_addressee == 1 else "name"
        yield f"{one.without_addressee:,} of {one.recommendations:,} {verb} nobody who is asked"
    for what, which in (("very short", one.short), ("very long", one.long)):
        if which:
            yield f"{what}: {', '.join(which)}"
    yield from _not_taken(one, record, every=every)
    words = [f"{part.words:,} {part.what}" for part in left_out(record.omissions) if part.words]
    if words:
        yield f"left out: {', '.join(words)}"


def _not_taken(one: Inspection, record: ReviewRecord, *, every: bool) -> Iterator[str]:
    if not one.not_taken:
        return
    yield f"{counted(len(one.not_taken), 'paragraph')} that may ask, not taken:"
    shown = one.not_taken if every else one.not_taken[:MOST]
    for paragraph in shown:
        where = page_range(record, paragraph.page)
        yield f"  {where}{': ' if where else ''}{begun(paragraph.text, EXCERPT)}"
    if rest := len(one.not_taken) - len(shown):
        yield f"  {rest:,} more (srtminer --verbose check lists them)"


def _document(one: Inspection, catalogue: Catalogue) -> Json:
    omitted = left_out(catalogue.records[one.review_id].omissions)
    return {
        "review": one.review_id,
        "source": catalogue.source(one.review_id),
        "name": catalogue.names[one.review_id],
        **as_object(_FOUND, one),
        "left_out": [as_object(_OMITTED, part) for part in omitted],
    }
