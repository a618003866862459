"""What `srtminer check` shows of each document, in every form of output."""

from collections.abc import Iterator, Sequence

from srtminer.inspection import Inspection
from srtminer.model import ReviewRecord, Skipped
from srtminer.render.as_csv import from_rows as as_csv
from srtminer.render.as_json import document
from srtminer.render.as_markdown import from_rows as as_markdown
from srtminer.render.catalogue import Catalogue
from srtminer.render.characters import one_line
from srtminer.render.coverage import left_out
from srtminer.render.figures import counted
from srtminer.render.layout import Below, Column, Entry, ledger, plain, to_text
from srtminer.render.rows import Rows
from srtminer.render.screen import Screen

MOST = 3
"""Paragraphs that ask and were not taken, shown of each document; all with `every`, and in files."""
EXCERPT = 120
"""Characters of such a paragraph on a screen."""
HEADER = (
    "Review",
    "Recommendations",
    "Numbered",
    "Not found",
    "Without addressee",
    "Odd lengths",
    "Not taken",
)


def table(
    found: Sequence[Inspection],
    catalogue: Catalogue,
    screen: Screen,
    skipped: Sequence[Skipped],
    *,
    every: bool,
) -> str:
    """One entry for each document: what was found, and what calls for a look."""
    columns = (Column("Review", flexible=True), Column("Recommendations", "right"))
    entries = [
        Entry(
            (catalogue.names[one.review_id], str(one.recommendations)),
            tuple(Below(line) for line in remarks(one, catalogue.records[one.review_id], every=every)),
        )
        for one in found
    ]
    sound = sum(one.sound for one in found)
    unread = [plain(f"not read: {one_line(skip.source)} ({skip.reason})") for skip in skipped]
    totals = f"{counted(len(found), 'document')} · {sound:,} without a remark"
    return to_text([*ledger(columns, entries, screen), *unread, plain(""), plain(totals)], screen)


def remarks(one: Inspection, record: ReviewRecord, *, every: bool = False) -> Iterator[str]:
    """Say in a line each what calls for a look, and what the document says of itself."""
    if one.why_none:
        yield one.why_none
    if one.numbered:
        gaps = f"; {', '.join(one.missing)} not found" if one.missing else ""
        yield f"numbered {', '.join(one.numbered)}{gaps}"
    if one.without_addressee:
        yield f"{one.without_addressee:,} of {one.recommendations:,} name nobody who is asked"
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
        text = one_line(paragraph.text)
        cut = text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"
        yield f"  p. {paragraph.page}: {cut}"
    if rest := len(one.not_taken) - len(shown):
        yield f"  {rest:,} more (srtminer --verbose check lists them)"


def json(found: Sequence[Inspection], catalogue: Catalogue, skipped: Sequence[Skipped]) -> str:
    """Render under `srtminer.check/1`."""
    documents = [
        {
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
        for one in found
    ]
    unread = [{"source": skip.source, "reason": skip.reason} for skip in skipped]
    return document("check", {"documents": documents, "skipped": unread})


def csv(found: Sequence[Inspection], catalogue: Catalogue) -> str:
    """One row for each document."""
    return as_csv(_rows(found, catalogue))


def markdown(found: Sequence[Inspection], catalogue: Catalogue) -> str:
    """One row for each document."""
    return as_markdown(_rows(found, catalogue))


def _rows(found: Sequence[Inspection], catalogue: Catalogue) -> Rows:
    cells = tuple(
        (
            *(catalogue.names[one.review_id], str(one.recommendations), ", ".join(one.numbered)),
            *(", ".join(one.missing), str(one.without_addressee), ", ".join((*one.short, *one.long))),
            str(len(one.not_taken)),
        )
        for one in found
    )
    return Rows(HEADER, cells)
