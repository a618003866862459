"""The reviews of a store as a result."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from srtminer.cases import count_cases
from srtminer.model import ReviewRecord, Skipped
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import corrections, counted, coverage
from srtminer.render.result import (
    Block,
    Entry,
    Head,
    Json,
    Ledger,
    Result,
    Screen,
    Table,
    Text,
    Value,
    as_object,
)
from srtminer.render.result_columns import CHECK, REVIEW_JSON, REVIEW_LIST, ReviewEntry

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
    listed = Table(REVIEW_LIST, (*Table.of(REVIEW_LIST, entries).rows, *map(_unread, skipped)))
    reviews = [as_object((*REVIEW_JSON, *CHECK), entry) for entry in entries]
    body = {"reviews": reviews, "skipped": skipped_json(skipped)}
    return Result("reviews", listed, body, partial(_blocks, records, catalogue, skipped, checks, every))


def skipped_json(skipped: Sequence[Skipped]) -> list[Json]:
    """Give the files that could not be read as JSON."""
    return [{"source": skip.source, "reason": skip.reason} for skip in skipped]


def _unread(skip: Skipped) -> tuple[Value, ...]:
    known = {"source": skip.source, "why_none": f"not read: {skip.reason}"}
    return tuple(known.get(column.name) for column in REVIEW_LIST)


def _blocks(
    records: Sequence[ReviewRecord],
    catalogue: Catalogue,
    skipped: Sequence[Skipped],
    checks: Mapping[str, str],
    every: bool,
    screen: Screen,
) -> Iterator[Block]:
    """One line a document, those of a case together, last what has no recommendations and was not read."""
    heads = (
        Head("Review", flexible=True, cut="middle"),
        Head("Year"),
        Head("Kind"),
        Head("Pages", "right"),
        Head("Found", "right"),
        Head("Check", width=(screen.width - 32) // 2, cut="end"),
    )
    ordered = _in_order(records)
    cases = [record.case_id for record in ordered]
    entries = tuple(
        _entry(record, catalogue, checks.get(record.id, ""), cases[place] in cases[:place], every=every)
        for place, record in enumerate(ordered)
    )
    if entries:
        yield Ledger(heads, entries)
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


def _entry(record: ReviewRecord, catalogue: Catalogue, check: str, further: bool, *, every: bool) -> Entry:
    """Give the line of a document, `further` ones of a case with a mark; with `every`, more below it."""
    year = record.value("year")
    name = catalogue.names[record.id].removesuffix(f" ({year})")
    none = f"none: {record.why_none}" if record.why_none else ""
    remarks = ("" if check in NOTHING_TO_SEE else check, none, corrections(record))
    cells = (
        *(f"{FURTHER}{name}" if further else name, year or _UNKNOWN, record.value("kind") or _UNKNOWN),
        *(str(record.pages), str(record.recommendations), "; ".join(filter(None, remarks))),
    )
    others = [
        catalogue.names[other.id]
        for other in catalogue.records.values()
        if record.case and other.case == record.case and other.id != record.id
    ]
    case = f"one case with {', '.join(others)}: counted once" if others else ""
    place = f"{record.id}  {record.source}"
    under = (record.value("board"), place, coverage(record), case, *remarks)
    return Entry(cells, tuple(Text(part, 2) for part in under if part) if every else ())
