"""What `srtminer check` finds in each document, as a result."""

from collections.abc import Iterator, Sequence

from srtminer.inspection import Inspection
from srtminer.model import ReviewRecord, Skipped
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import counted, left_out
from srtminer.render.result import Block, Entry, Head, Json, Ledger, Result, Table, Text, Value, described
from srtminer.render.review_table import skipped_json
from srtminer.render.safe_text import begun, one_line

MOST = 3
"""Paragraphs that ask and were not taken, shown of each document; all with `every`, and in files."""
EXCERPT = 120
"""Characters of such a paragraph on a screen."""
COLUMNS = described(
    ("Review", "Its name in citations."),
    ("Recommendations", "Recommendations found."),
    ("Numbered", "The numbers printed before them."),
    ("Not found", "Numbers that are missing between them."),
    ("Without addressee", "Recommendations that name nobody who is asked."),
    ("Odd lengths", "Very short and very long ones."),
    ("Not taken", "Paragraphs that may ask and were not taken."),
)


def check_result(
    found: Sequence[Inspection], catalogue: Catalogue, skipped: Sequence[Skipped], *, every: bool
) -> Result:
    """One entry for each document: what was found, and what calls for a look."""
    table = Table(COLUMNS, tuple(_row(one, catalogue) for one in found))
    body = {"documents": [_document(one, catalogue) for one in found], "skipped": skipped_json(skipped)}
    blocks = tuple(_blocks(found, catalogue, skipped, every))
    return Result("check", table, body, lambda _: blocks)


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
    yield from _not_taken(one, every=every)
    words = [f"{part.words:,} {part.what}" for part in left_out(record.omissions) if part.words]
    if words:
        yield f"left out: {', '.join(words)}"


def _not_taken(one: Inspection, *, every: bool) -> Iterator[str]:
    if not one.not_taken:
        return
    yield f"{counted(len(one.not_taken), 'paragraph')} that may ask, not taken:"
    shown = one.not_taken if every else one.not_taken[:MOST]
    for paragraph in shown:
        yield f"  p. {paragraph.page}: {begun(paragraph.text, EXCERPT)}"
    if rest := len(one.not_taken) - len(shown):
        yield f"  {rest:,} more (srtminer --verbose check lists them)"


def _document(one: Inspection, catalogue: Catalogue) -> Json:
    return {
        "review": one.review_id,
        "source": catalogue.source(one.review_id),
        "name": catalogue.names[one.review_id],
        "sound": one.sound,
        "recommendations": one.recommendations,
        "numbered": list(one.numbered),
        "missing": list(one.missing),
        "without_addressee": one.without_addressee,
        "short": list(one.short),
        "long": list(one.long),
        "not_taken": [{"page": paragraph.page, "text": paragraph.text} for paragraph in one.not_taken],
        "says_none": one.says_none,
        "why_none": one.why_none,
        "left_out": [
            {"what": part.what, "pages": list(part.on), "lines": part.lines, "words": part.words}
            for part in left_out(catalogue.records[one.review_id].omissions)
        ],
    }


def _row(one: Inspection, catalogue: Catalogue) -> tuple[Value, ...]:
    return (
        *(catalogue.names[one.review_id], one.recommendations, ", ".join(one.numbered)),
        *(", ".join(one.missing), one.without_addressee, ", ".join((*one.short, *one.long))),
        len(one.not_taken),
    )
