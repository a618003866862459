"""Reviews, what `ingest` read, what `check` found, and a passage where it stands, as results."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType

from srtminer.cases import count_cases, groups_of
from srtminer.excerpts import Shown
from srtminer.inspection import Inspection
from srtminer.model import Ingested, ReviewRecord, Skipped
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
    attributes,
)
from srtminer.render.result_columns import CHECK, REVIEW_JSON, REVIEW_LIST, ReviewEntry, left_out_json
from srtminer.render.safe_text import begun, one_line
from srtminer.render.wording import Catalogue, corrections, coverage, left_out, page_range
from srtminer.text.names import counted

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
    reviews = [as_object((*REVIEW_JSON, *CHECK), entry) for entry in entries]
    body = {"reviews": reviews, "skipped": _skipped(skipped)}
    blocks = tuple(_blocks(entries, catalogue, skipped, every=every))
    return Result("reviews", Table.of(REVIEW_LIST, (*entries, *unread)), body, blocks)


def _skipped(skipped: Sequence[Skipped]) -> list[Json]:
    return [attributes(skip, "source reason") for skip in skipped]


def _blocks(
    entries: Sequence[ReviewEntry], catalogue: Catalogue, skipped: Sequence[Skipped], *, every: bool
) -> Iterator[Block]:
    """One line a document, those of a case together, last what has no recommendations and was not read."""
    first: dict[str, int] = {}
    for place, entry in enumerate(entries):
        first.setdefault(entry.record.case_id, place)
    having = {entry.record.case_id for entry in entries if entry.record.recommendations}
    ordered = sorted(entries, key=lambda one: (one.record.case_id not in having, first[one.record.case_id]))
    cases = groups_of({record.id: record.case for record in catalogue.records.values() if record.case})
    of_case = {review_id: group for group in cases for review_id in group}
    rows, shown = [], set[str]()
    for entry in ordered:
        further = FURTHER if entry.record.case_id in shown else ""
        shown.add(entry.record.case_id)
        others = [other for other in of_case.get(entry.record.id, ()) if other != entry.record.id]
        rows.append(_row(entry, catalogue, others, further, every=every))
    if rows:
        figures = (Head("Year"), Head("Kind"), Head("Pages", "right"), Head("Found", "right"))
        yield Ledger((Head("Review", flexible=True), *figures, Head("Check", cut=True)), tuple(rows))
    if skipped:
        yield Text(f"\nNot read: {counted(len(skipped), 'file')}", style="bold")
    yield from (Text(f"{skip.source}: {skip.reason}", 2) for skip in skipped)
    number = count_cases([entry.record for entry in entries])
    documents = f"{counted(len(entries), 'document')} of " if number < len(entries) else ""
    found = counted(sum(entry.record.recommendations for entry in entries), "recommendation")
    yield from (Text(), Text(f"{documents}{counted(number, 'review')} · {found}"))


def _row(
    entry: ReviewEntry, catalogue: Catalogue, others: Sequence[str], further: str, *, every: bool
) -> LedgerRow:
    """Show a review; `others` are the ids of its case's other documents."""
    record = entry.record
    year = str(record.year or _UNKNOWN)
    name = catalogue.names[record.id].removesuffix(f" ({year})")
    none = f"none: {record.why_none}" if record.why_none else ""
    remarks = ("" if entry.check in NOTHING_TO_SEE else entry.check, none, corrections(record))
    pages = str(record.pages) if page_range(record, record.pages) else _UNKNOWN  # a text file has none
    cells = (
        *(f"{further}{name}", year, record.value("kind") or _UNKNOWN),
        *(pages, str(record.recommendations), "; ".join(filter(None, remarks))),
    )
    case = f"one case with {', '.join(catalogue.names[one] for one in others)}: counted once"
    place = f"{record.id}  {record.source}"
    under = (record.value("board"), place, coverage(record), case if others else "", *remarks)
    return LedgerRow(cells, tuple(Text(part, 2) for part in under if part) if every else ())


MANY = 60
"""More files than this are counted and not listed."""
INGESTED = (
    Column("review", "Id of the review.", "record.id"),
    Column("source", "The file as it was named."),
    Column("recommendations", "Recommendations found in it.", "record.recommendations"),
    Column("why_none", "Why there are none.", lambda one: one.record.why_none or None),
    Column("state", "Added, updated, unchanged, or skipped."),
    Column(
        "note",
        "What else to know, such as why it was skipped.",
        lambda one: one.note or (f"a copy of {one.copy_of}" if one.copy_of else None),
    ),
)


def ingest_result(reviews: Sequence[Ingested], skipped: Sequence[Skipped], *, every: bool = False) -> Result:
    """Say what became of every file; with `every`, people are shown those that were known before too."""
    new = [one for one in reviews if one.state != "unchanged"]
    known = [one for one in reviews if one.state == "unchanged"]
    body = {
        "ingested": [as_object(INGESTED, one) for one in new],
        "unchanged": [as_object(INGESTED, one) for one in known],
        "skipped": _skipped(skipped),
    }
    unread = [{"source": skip.source, "state": "skipped", "note": skip.reason} for skip in skipped]
    blocks: list[Text] = []
    for what, ones in (("Ingested", new), ("Unchanged", known)):
        own = [one for one in ones if not one.copy_of]
        by_file: dict[str, list[Ingested]] = {}
        for one in own:
            by_file.setdefault(one.source, []).append(one)
        listed = {file: _outcome(ones) for file, ones in by_file.items()}
        if not every and (what == "Unchanged" or len(by_file) > MANY):
            listed = {}
        blocks += _files(what, _counted_reviews(own) if own else "", listed.items())
        if what == "Ingested" and own and not listed:
            files = f"{counted(len(by_file), 'file')} (srtminer --verbose ingest … lists them)"
            blocks.append(Text(files, 2, "dim"))
    copies = [(one.source, as_object(INGESTED, one)["note"]) for one in reviews if one.copy_of]
    for what, named in (("Copies", copies), ("Skipped", [(one.source, one.reason) for one in skipped])):
        blocks += _files(what, counted(len(named), "file") if named else "", named)
    return Result("ingest", Table.of(INGESTED, (*new, *known, *unread)), body, tuple(blocks))


def _files(what: str, number: str, named: Iterable[tuple[str, str]]) -> Iterator[Text]:
    if number:
        yield Text(f"{what}: {number}", style="bold")
    yield from (Text(f"{one_line(name)}: {said}", 2) for name, said in named)


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
CHECKED = (
    Column("Review", "Its name in citations."),
    Column("Recommendations", "Recommendations found."),
    Column("Numbered", "The numbers printed before them.", joint=", "),
    Column("Not found", "Numbers that are missing between them.", joint=", "),
    Column("Without addressee", "Recommendations without an addressee."),
    Column("Odd lengths", "Very short and very long.", joint=", "),
    Column("Not taken", "Paragraphs that may be recommendations and were not taken."),
)


def check_result(
    found: Mapping[str, Inspection], catalogue: Catalogue, skipped: Sequence[Skipped], *, every: bool
) -> Result:
    """One entry for each document: what was found, and what calls for a look."""
    records, names = catalogue.records, catalogue.names
    documents = [
        {"review": own_id, "source": records[own_id].source, "name": names[own_id], "sound": one.sound}
        | attributes(one, " ".join(field.name for field in fields(one)))
        | {"left_out": left_out_json(records[own_id].omissions)}
        for own_id, one in found.items()
    ]
    table = Table.of(CHECKED, (_checked(names[own_id], one) for own_id, one in found.items()))
    entries = tuple(
        LedgerRow(texts[:2], tuple(Text(line, 4) for line in _looks(one, records[own_id], texts, every)))
        for (own_id, one), texts in zip(found.items(), table.texts, strict=True)
    )
    sound = sum(one.sound for one in found.values())
    blocks: tuple[Block, ...] = (
        Ledger((Head("Review", flexible=True), Head("Recommendations", "right")), entries),
        *(Text(f"not read: {one_line(skip.source)} ({skip.reason})") for skip in skipped),
        *(Text(), Text(f"{counted(len(found), 'document')} · {sound:,} in order")),
    )
    return Result("check", table, {"documents": documents, "skipped": _skipped(skipped)}, blocks)


def _checked(name: str, one: Inspection) -> Json:
    counts = name, one.recommendations, one.numbered, one.missing, one.without_addressee
    values = (*counts, (*one.short, *one.long), len(one.not_taken))
    return {column.name: value for column, value in zip(CHECKED, values, strict=True)}


def _looks(found: Inspection, record: ReviewRecord, texts: Sequence[str], every: bool) -> Iterator[str]:
    """Say of a document where it is and why it calls for a look: what the columns say, what was not taken."""
    if not found.sound and record.source != texts[0]:
        yield one_line(record.source)
    yield from filter(None, [found.why_none])
    for column, text in zip(CHECKED[2:], texts[2:], strict=True):
        if text not in ("", "0"):
            yield f"{column.name}: {text}"
    missed = found.not_taken
    for paragraph in missed if every else missed[:MOST]:
        where = page_range(record, paragraph.page)
        yield f"  {where}{': ' if where else ''}{begun(paragraph.text, EXCERPT)}"
    if len(missed) > MOST and not every:
        yield f"  {len(missed) - MOST:,} more (srtminer --verbose check lists them)"
    words = [f"{part.what} ({part.words:,})" for part in left_out(record.omissions) if part.words]
    if words:
        yield f"left out: {', '.join(words)}"


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
