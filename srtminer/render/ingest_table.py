"""What became of the files of an ingest: for people one line a file, and not one a review of a table."""

from collections.abc import Iterator, Sequence

from srtminer.model import Ingested, Skipped
from srtminer.render.figures import counted
from srtminer.render.result import Column, Result, Table, Text, as_object
from srtminer.render.review_table import skipped_json
from srtminer.render.safe_text import one_line

MANY = 60
"""More files than this are counted and not listed."""
COLUMNS = (
    Column("review", "Id of the review.", "record.id"),
    Column("source", "The file as it was named."),
    Column("recommendations", "Recommendations found in it.", "record.recommendations"),
    Column("why_none", "Why there are none.", lambda one: one.record.why_none or None),
    Column("state", "Added, updated, unchanged, or skipped."),
    Column("note", "What else to know, such as why it was skipped.", lambda one: _note(one) or None),
)


def ingest_result(reviews: Sequence[Ingested], skipped: Sequence[Skipped], *, every: bool = False) -> Result:
    """Say what became of every file; with `every`, people are shown those that were known before too."""
    new = [one for one in reviews if one.state != "unchanged"]
    known = [one for one in reviews if one.state == "unchanged"]
    body = {
        "ingested": [as_object(COLUMNS, one) for one in new],
        "unchanged": [as_object(COLUMNS, one) for one in known],
        "skipped": skipped_json(skipped),
    }
    rows = Table.of(COLUMNS, (*new, *known)).rows
    unread = tuple((None, skip.source, None, None, "skipped", skip.reason) for skip in skipped)
    blocks = (
        *_files("Ingested", [one for one in new if not one.copy_of], every=every),
        *_files("Unchanged", [one for one in known if not one.copy_of], every=every),
        *_lines("Copies", [(one.source, _note(one)) for one in reviews if one.copy_of]),
        *_lines("Skipped", [(skip.source, skip.reason) for skip in skipped]),
    )
    return Result("ingest", Table(COLUMNS, (*rows, *unread)), body, lambda _: blocks)


def _note(one: Ingested) -> str:
    return one.note or (f"a copy of {one.copy_of}" if one.copy_of else "")


def _files(what: str, reviews: Sequence[Ingested], *, every: bool) -> Iterator[Text]:
    """Give the totals, and a line for each file unless they were known or are very many."""
    if not reviews:
        return
    yield Text(f"{what}: {_counted(reviews)}", style="bold")
    by_file: dict[str, list[Ingested]] = {}
    for one in reviews:
        by_file.setdefault(one.source, []).append(one)
    if every or (what == "Ingested" and len(by_file) <= MANY):
        yield from (Text(f"{one_line(file)}: {_outcome(own)}", 2) for file, own in by_file.items())
    elif what == "Ingested":
        yield Text(f"{counted(len(by_file), 'file')} (srtminer --verbose ingest … lists them)", 2, "dim")


def _lines(what: str, named: Sequence[tuple[str, str]]) -> Iterator[Text]:
    if named:
        yield Text(f"{what}: {counted(len(named), 'file')}", style="bold")
    yield from (Text(f"{one_line(name)}: {reason}", 2) for name, reason in named)


def _outcome(reviews: Sequence[Ingested]) -> str:
    if len(reviews) > 1:
        none = sum(not one.record.recommendations for one in reviews)
        return f"{_counted(reviews)}{f', {none:,} without' if none else ''}"
    if why := reviews[0].record.why_none:
        return f"no recommendations ({why})"
    return counted(reviews[0].record.recommendations, "recommendation")


def _counted(reviews: Sequence[Ingested]) -> str:
    found = sum(one.record.recommendations for one in reviews)
    return f"{counted(len(reviews), 'review')}, {counted(found, 'recommendation')}"
