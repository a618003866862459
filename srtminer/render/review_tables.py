"""Reviews, what `ingest` read, what `check` found, and a passage where it stands, as results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType

from srtminer.cases import count_cases, groups_of
from srtminer.inspection import Inspection
from srtminer.model import Ingested, ReviewRecord, Skipped
from srtminer.passage_context import Shown
from srtminer.render.catalogue import Catalogue, page_range
from srtminer.render.figures import corrections, counted, coverage, left_out
from srtminer.render.result import (
    Block,
    Column,
    Head,
    Json,
    Ledger,
    LedgerRow,
    Result,
    Style,
    Table,
    Text,
    as_object,
    renamed,
)
from srtminer.render.result_columns import CHECK, REVIEW_JSON, REVIEW_LIST, ReviewEntry
from srtminer.render.safe_text import begun, one_line

_UNKNOWN = "–"
FURTHER = "└ "
"""Before a further document of a case."""
NOTHING_TO_SEE = ("", "ok", "none found")
"""What a check says of a review that calls for no look, or that has a line of its own."""


def review_result(
    records: Sequence[ReviewRecord],
    catalogue: Catalogue,
    skipped: Sequence[Skipped] = (),
    checks: Mapping[str, str] = MappingProxyType({}),
    *,
    every: bool = False,
) -> Result:
    """List reviews, and files that could not be read; with `every`, people see what of each was left out.

    `checks` says by the id of a review what of it calls for a look.
    """
    entries = [ReviewEntry(record, check=checks.get(record.id, "")) for record in records]
    unread = ({"source": skip.source, "why_none": f"not read: {skip.reason}"} for skip in skipped)
    table = Table(
        REVIEW_LIST, (*Table.of(REVIEW_LIST, entries).rows, *Table.of(renamed(REVIEW_LIST), unread).rows)
    )
    reviews = [as_object((*REVIEW_JSON, *CHECK), entry) for entry in entries]
    body = {"reviews": reviews, "skipped": skipped_json(skipped)}
    blocks = _blocks(records, catalogue, skipped, checks, every)
    return Result("reviews", table, body, tuple(blocks))


def skipped_json(skipped: Sequence[Skipped]) -> list[Json]:
    """Give the files that could not be read as JSON."""
    return [{"source": skip.source, "reason": skip.reason} for skip in skipped]


def _blocks(
    records: Sequence[ReviewRecord],
    catalogue: Catalogue,
    skipped: Sequence[Skipped],
    checks: Mapping[str, str],
    every: bool,
) -> Iterator[Block]:
    """One line a document, those of a case together, last what has no recommendations and was not read."""
    ordered = _in_order(records)
    first = {record.case_id: record.id for record in reversed(ordered)}
    cases = groups_of({record.id: record.case for record in catalogue.records.values() if record.case})
    of_case = {review_id: group for group in cases for review_id in group}
    entries = tuple(
        _row(record, catalogue, checks.get(record.id, ""), of_case.get(record.id, ()), first, every=every)
        for record in ordered
    )
    if entries:
        figures = (Head("Year"), Head("Kind"), Head("Pages", "right"), Head("Found", "right"))
        yield Ledger((Head("Review", flexible=True), *figures, Head("Check", cut=True)), entries)
    if skipped:
        yield Text(f"\nNot read: {counted(len(skipped), 'file')}", style="bold")
    yield from (Text(f"{skip.source}: {skip.reason}", 2) for skip in skipped)
    number = count_cases(records)
    documents = f"{counted(len(records), 'document')} of " if number < len(records) else ""
    found = counted(sum(record.recommendations for record in records), "recommendation")
    yield from (Text(), Text(f"{documents}{counted(number, 'review')} · {found}"))


def _in_order(records: Sequence[ReviewRecord]) -> list[ReviewRecord]:
    """Put last what has no recommendations; in each part the order stays, with those of a case together."""
    first = {record.case_id: place for place, record in reversed(tuple(enumerate(records)))}
    having = {record.case_id for record in records if record.recommendations}
    return sorted(records, key=lambda record: (record.case_id not in having, first[record.case_id]))


def _row(
    record: ReviewRecord,
    catalogue: Catalogue,
    check: str,
    of_case: Sequence[str],
    first: Mapping[str, str],
    *,
    every: bool,
) -> LedgerRow:
    """Show a review; `of_case` are the ids of its case's documents, `first` has the first of them shown."""
    year = str(record.year or _UNKNOWN)
    name = catalogue.names[record.id].removesuffix(f" ({year})")
    none = f"none: {record.why_none}" if record.why_none else ""
    remarks = ("" if check in NOTHING_TO_SEE else check, none, corrections(record))
    pages = str(record.pages) if page_range(record, record.pages) else _UNKNOWN  # a text file has none
    further = "" if first[record.case_id] == record.id else FURTHER
    cells = (
        *(f"{further}{name}", year, record.value("kind") or _UNKNOWN),
        *(pages, str(record.recommendations), "; ".join(filter(None, remarks))),
    )
    others = [catalogue.names[other] for other in of_case if other != record.id]
    case = f"one case with {', '.join(others)}: counted once" if others else ""
    place = f"{record.id}  {record.source}"
    under = (record.value("board"), place, coverage(record), case, *remarks)
    return LedgerRow(cells, tuple(Text(part, 2) for part in under if part) if every else ())


MANY = 60
"""More files than this are counted and not listed."""
INGESTED = (
    Column("review", "Id of the review.", "record.id"),
    Column("source", "The file as it was named."),
    Column("recommendations", "Recommendations found in it.", "record.recommendations"),
    Column("why_none", "Why there are none.", lambda one: one.record.why_none or None),
    Column("state", "Added, updated, unchanged, or skipped."),
    Column("note", "What else to know, such as why it was skipped.", lambda one: _ingest_note(one) or None),
)


def ingest_result(reviews: Sequence[Ingested], skipped: Sequence[Skipped], *, every: bool = False) -> Result:
    """Say what became of every file; with `every`, people are shown those that were known before too."""
    new = [one for one in reviews if one.state != "unchanged"]
    known = [one for one in reviews if one.state == "unchanged"]
    body = {
        "ingested": [as_object(INGESTED, one) for one in new],
        "unchanged": [as_object(INGESTED, one) for one in known],
        "skipped": skipped_json(skipped),
    }
    rows = Table.of(INGESTED, (*new, *known)).rows
    unread = tuple((None, skip.source, None, None, "skipped", skip.reason) for skip in skipped)
    blocks = (
        *_files("Ingested", [one for one in new if not one.copy_of], every=every),
        *_files("Unchanged", [one for one in known if not one.copy_of], every=every),
        *_named_files("Copies", [(one.source, _ingest_note(one)) for one in reviews if one.copy_of]),
        *_named_files("Skipped", [(skip.source, skip.reason) for skip in skipped]),
    )
    return Result("ingest", Table(INGESTED, (*rows, *unread)), body, blocks)


def _ingest_note(one: Ingested) -> str:
    return one.note or (f"a copy of {one.copy_of}" if one.copy_of else "")


def _files(what: str, reviews: Sequence[Ingested], *, every: bool) -> Iterator[Text]:
    if not reviews:
        return
    yield Text(f"{what}: {_counted_reviews(reviews)}", style="bold")
    by_file: dict[str, list[Ingested]] = {}
    for one in reviews:
        by_file.setdefault(one.source, []).append(one)
    if every or (what == "Ingested" and len(by_file) <= MANY):
        yield from (Text(f"{one_line(file)}: {_outcome(own)}", 2) for file, own in by_file.items())
    elif what == "Ingested":
        yield Text(f"{counted(len(by_file), 'file')} (srtminer --verbose ingest … lists them)", 2, "dim")


def _named_files(what: str, named: Sequence[tuple[str, str]]) -> Iterator[Text]:
    if named:
        yield Text(f"{what}: {counted(len(named), 'file')}", style="bold")
    yield from (Text(f"{one_line(name)}: {reason}", 2) for name, reason in named)


def _outcome(reviews: Sequence[Ingested]) -> str:
    if len(reviews) > 1:
        none = sum(not one.record.recommendations for one in reviews)
        return f"{_counted_reviews(reviews)}{f', {none:,} without' if none else ''}"
    if why := reviews[0].record.why_none:
        return f"no recommendations ({why})"
    return counted(reviews[0].record.recommendations, "recommendation")


def _counted_reviews(reviews: Sequence[Ingested]) -> str:
    found = sum(one.record.recommendations for one in reviews)
    return f"{counted(len(reviews), 'review')}, {counted(found, 'recommendation')}"


MOST = 3
"""Paragraphs that ask and were not taken, shown of each document; all with `every`, and in files."""
EXCERPT = 120
"""Characters of such a paragraph on a screen."""
_OMITTED_PAGES = (Column("what", ""), Column("pages", "", "on"), Column("lines", ""), Column("words", ""))
_FOUND = (Column("sound", ""), *(Column(one.name, "") for one in fields(Inspection)[1:]))
CHECKED = (
    Column("Review", "Its name in citations.", "name"),
    Column("Recommendations", "Recommendations found.", "recommendations"),
    Column("Numbered", "The numbers printed before them.", "numbered", joint=", "),
    Column("Not found", "Numbers that are missing between them.", "missing", joint=", "),
    Column("Without addressee", "Recommendations without an addressee.", "without_addressee"),
    Column("Odd lengths", "Very short and very long.", lambda one: one["short"] + one["long"], joint=", "),
    Column(
        "Not taken",
        "Paragraphs that may be recommendations and were not taken.",
        lambda one: len(one["not_taken"]),
    ),
)


def check_result(
    found: Sequence[Inspection], catalogue: Catalogue, skipped: Sequence[Skipped], *, every: bool
) -> Result:
    """One entry for each document: what was found, and what calls for a look."""
    documents = [_document(one, catalogue) for one in found]
    body = {"documents": documents, "skipped": skipped_json(skipped)}
    table = Table.of(CHECKED, documents)
    entries = tuple(
        LedgerRow(texts[:2], tuple(Text(line, 4) for line in _looks(document, texts, catalogue, every)))
        for document, texts in zip(documents, table.texts, strict=True)
    )
    sound = sum(one.sound for one in found)
    blocks: tuple[Block, ...] = (
        Ledger((Head("Review", flexible=True), Head("Recommendations", "right")), entries),
        *(Text(f"not read: {one_line(skip.source)} ({skip.reason})") for skip in skipped),
        *(Text(), Text(f"{counted(len(found), 'document')} · {sound:,} without a remark")),
    )
    return Result("check", table, body, blocks)


def _looks(document: Json, texts: Sequence[str], catalogue: Catalogue, every: bool) -> Iterator[str]:
    """Say of a document where it is and why it calls for a look: what the columns say, what was not taken."""
    record = catalogue.records[document["review"]]
    if not document["sound"] and record.source != document["name"]:
        yield one_line(record.source)
    yield from filter(None, [document["why_none"]])
    for column, text in zip(CHECKED[2:], texts[2:], strict=True):
        if text not in ("", "0"):
            yield f"{column.name}: {text}"
    missed = document["not_taken"]
    for paragraph in missed if every else missed[:MOST]:
        where = page_range(record, paragraph.page)
        yield f"  {where}{': ' if where else ''}{begun(paragraph.text, EXCERPT)}"
    if len(missed) > MOST and not every:
        yield f"  {len(missed) - MOST:,} more (srtminer --verbose check lists them)"
    words = [f"{part['what']} ({part['words']:,})" for part in document["left_out"] if part["words"]]
    if words:
        yield f"left out: {', '.join(words)}"


def _document(one: Inspection, catalogue: Catalogue) -> Json:
    omitted = left_out(catalogue.records[one.review_id].omissions)
    return {
        "review": one.review_id,
        "source": catalogue.source(one.review_id),
        "name": catalogue.names[one.review_id],
        **as_object(_FOUND, one),
        "left_out": [as_object(_OMITTED_PAGES, part) for part in omitted],
    }


BAR = "  ▌ "
"""Before the passage: bold is not seen everywhere."""
PARAGRAPHS = (
    Column("text", "The paragraph."),
    Column("number", "The number printed before it."),
    Column("page", "Its page."),
    Column("heading", "Whether it is a heading.", "is_heading"),
    Column("marked", "Whether it is the passage that was asked for.", "is_marked"),
)


def passage_result(review: str, title: str, shown: Sequence[Shown]) -> Result:
    """Show paragraphs under the title; the passage has a bar in front and stands out."""
    lines = [Text(title, style="bold")]
    for one in shown:
        style: Style = "bold" if one.is_marked or one.is_heading else ""
        text = f"{one.number} {one.text}".strip()
        lines += [Text(), Text(text, 4, style, hanging=BAR if one.is_marked else "")]
    paragraphs = [as_object(PARAGRAPHS, one) for one in shown]
    body = {"review": review, "citation": title, "paragraphs": paragraphs}
    return Result("show", Table.of(PARAGRAPHS, shown), body, tuple(lines))
