"""Recommendations, themes and what a search found, as results."""

import re
from collections.abc import Iterator, Mapping, Sequence

from srtminer.excerpts import Found, Hit, marked, window
from srtminer.model import RECOMMENDATIONS, Answer, Recommendation, Theme, ThemeTable, Unit
from srtminer.render.result import (
    Block,
    Column,
    Head,
    Ledger,
    LedgerRow,
    Marked,
    Records,
    Result,
    Table,
    Text,
    as_object,
    pick,
)
from srtminer.render.result_columns import (
    ALSO,
    EXPLAINED,
    OF_ENTRIES,
    RECOMMENDATION_JSON,
    RECOMMENDATION_LIST,
    RESPONSE,
    WHY,
    Entry,
    ThemeEntry,
    excerpts,
    pointer,
    theme_columns,
    theme_json,
)
from srtminer.render.wording import (
    FEATURES,
    Catalogue,
    evidence,
    percent,
    printings,
    sparkline,
    summary,
    undated,
    why,
    with_second,
    year_span,
    years_of,
)
from srtminer.text.names import counted, few


def recommendation_result(
    found: Sequence[Recommendation],
    catalogue: Catalogue,
    *,
    explain: bool = False,
    unit: Unit = RECOMMENDATIONS,
    answers: Mapping[str, Answer] | None = None,
) -> Result:
    """List recommendations in full; with `explain`, why each was found, with `answers`, what was answered.

    Others than recommendations go by the name of their unit: `srtminer.findings/1`, `srtminer.passages/1`.
    """
    said = answers or {}
    entries = [Entry(one, catalogue, answer=said.get(one.id)) for one in found]
    reason, more = (WHY, EXPLAINED) if explain else ((), ())
    response = () if answers is None else RESPONSE
    body = {unit.plural: [as_object((*RECOMMENDATION_JSON, *reason, *response), entry) for entry in entries]}
    rows = tuple(tuple(_record(entry, unit, explain=explain)) for entry in entries)
    blocks = (Records(rows), Text(counted(len(found), unit.singular)))
    return Result(unit.plural, Table.of((*RECOMMENDATION_LIST, *more, *response), entries), body, blocks)


def member_result(table: ThemeTable, theme: Theme, catalogue: Catalogue) -> Result:
    """List all members of a theme in full, each with its second theme if it has one."""
    entries = [Entry(one, catalogue, second=second) for one, second in with_second(table, theme)]
    members = {"members": [as_object((*RECOMMENDATION_JSON, *ALSO), entry) for entry in entries]}
    about = as_object(theme_json(table.unit), ThemeEntry(theme, table, catalogue))
    counts = f"{counted(theme.reviews, 'review')} · {counted(len(theme.members), table.unit.singular)}"
    facts = filter(None, (counts, years_of(theme), ", ".join(theme.terms)))
    head = (Text(f"{theme.rank}. {theme.label}", style="bold"), *(Text(fact, 3) for fact in facts), Text())
    rows = tuple(tuple(_record(entry, table.unit)) for entry in entries)
    body = {"of": table.unit.name, "theme": about | members}
    return Result("theme", Table.of((*RECOMMENDATION_LIST, *ALSO), entries), body, (*head, Records(rows)))


def closed_up(text: str) -> str:
    """Paragraphs directly one under the other, so that sub-bullets read as a list."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def _record(entry: Entry, unit: Unit, *, explain: bool = False) -> Iterator[Text]:
    one, answer = entry.one, entry.answer
    headings = " > ".join(one.heading)
    yield Text(entry.citation, 0, "bold", head="Source")
    yield Text("; ".join(entry.agencies), 2, "dim", "to ", "Agency")
    yield Text(closed_up(one.text), 4, head="Text")
    yield Text(one.lead, 2, before="lead: ", head="Lead")
    yield Text(one.date, 2, before="date: ", head="Date")
    if explain:
        rule = f"{one.rule or 'no rule'} (confidence {one.confidence:.2f}): {why(one)}"
        yield Text(headings, 2, before="below: ")
        yield Text(rule, 2, before="found as: ", head="Found as")
        if said := evidence(one.explanation):
            weightiest = f"for it (+) and against it (−): {few(said, FEATURES, '; ')}"
            yield Text(weightiest, 2, head="Found as")
        for printing in printings(one, entry.record):
            yield Text(f"also printed on {printing}", 2, head="Found as")
        yield Text(f"{one.correction} by correction" if one.corrected else "", 2)
    if unit != RECOMMENDATIONS:  # they stand among recommendations
        yield Text(headings, 2, "dim", "below: ")
    if answer:
        where = entry.catalogue.at(answer.review_id, answer.page)
        yield Text(f"{answer.verdict}: “{closed_up(answer.text)}” ({where})", 2, head="Response")
    if entry.second:
        yield Text(f"{entry.second.rank}. {entry.second.label}", 2, "dim", "also in ", "Also in")


def theme_result(table: ThemeTable, catalogue: Catalogue) -> Result:
    """Rank the themes; `of` in JSON says what is counted, and how that is called."""
    unit, entries = table.unit, [ThemeEntry(theme, table, catalogue) for theme in table.themes]
    corpus = {"reviews": table.reviews, unit.plural: table.recommendations, "notes": list(table.notes)}
    body = {
        "of": unit.name,
        "method": dict(table.method),
        "corpus": corpus,
        "themes": [as_object(theme_json(unit), entry) for entry in entries],
        "unthemed": [pointer(one, catalogue) for one in table.unthemed],
    }
    listed = theme_columns(f"rank id label terms reviews {unit.plural} share years undated agencies", unit)
    width = max((len(theme.examples) for theme in table.themes), default=0)
    pairs = (column for n in range(width) for column in _example_columns(n))
    blocks = tuple(_theme_blocks(table, catalogue))
    return Result("themes", Table.of((*listed, *pairs), entries), body, blocks)


def _example_columns(n: int) -> tuple[Column, Column]:
    """Give those of the excerpt that stands at a place among the excerpts of a theme."""

    def example(row: ThemeEntry) -> tuple[str, str]:
        return excerpts(row)[n] if n < len(row.theme.examples) else ("", "")

    return (
        Column(f"example_{n + 1}", "A typical excerpt.", lambda row: example(row)[0], 40),
        Column(f"source_{n + 1}", "Its source.", lambda row: example(row)[1], 20),
    )


def _theme_blocks(table: ThemeTable, catalogue: Catalogue) -> Iterator[Block]:
    heads = [Head("#", "right"), Head("Theme", flexible=True)]
    heads += [Head(head, "right") for head in ("Reviews", table.unit.plural.capitalize(), "Share")]
    listed = [theme for theme in table.themes if theme.reviews > 1] or table.themes
    shown = [year for theme in listed for year, _ in theme.years]
    span = (min(shown), max(shown)) if shown else None
    heads += [Head("Years"), *([Head("Over time", extra=True)] if span else [])]
    yield Ledger(tuple(heads), tuple(_theme(theme, catalogue, span) for theme in listed))
    if any(theme.years and undated(theme) for theme in listed):
        yield from (Text(), Text("n.d.: reviews without a known year"))
    if once := table.themes[len(listed) :]:
        named = (f"{theme.rank} {theme.label} ({len(theme.members)})" for theme in once)
        yield from (Text(), Text("In one review each: " + " · ".join(named)))
    yield from (Text(), Text(summary(table)))


def _theme(theme: Theme, catalogue: Catalogue, span: tuple[int, int] | None) -> LedgerRow:
    """Give the line of a theme, its years as bars from one to another, and its examples below it."""
    under = [Text(" · ".join(theme.parts), 4)] if len(theme.parts) > 1 else []
    for example in theme.examples:
        under.append(Text(f"“{closed_up(example.excerpt)}”", 4))
        under.append(Text(f"— {catalogue.cite(example.recommendation)}", 6, "dim"))
    counts = f"{theme.reviews:,}", f"{len(theme.members):,}", percent(theme.share)
    years = year_span(theme.years) or "–"
    if theme.years and undated(theme):
        years += f" +{undated(theme):,} n.d."
    drawn = (sparkline(theme.years, *span),) if span else ()
    return LedgerRow((str(theme.rank), theme.label, *counts, years, *drawn), tuple(under), style="bold")


CONTEXT = 340
"""Characters of context that a hit gets, about."""
INDENT = 4
HEADINGS = 2
"""The innermost, of those above a hit."""


_OF_HITS = (
    *OF_ENTRIES,
    Column("rank", "Place by its score."),
    Column("in", "recommendations or sections.", lambda row: f"{row.hit.kind}s"),
    Column("start", "Where `text` begins in the text of the review.", "one.start"),
    Column("end", "Where it ends, exclusive.", "one.end"),
    Column(
        "marked",
        "The words that were looked for, as they stand there.",
        lambda row: tuple(dict.fromkeys(row.one.text[start:end] for start, end in row.hit.marks)),
    ),
    Column("marks", "Their positions in `text`, ends exclusive.", "hit.marks"),
    Column(
        "score",
        "Greater is better; compares hits of one kind only.",
        lambda row: float(f"{row.hit.score:.4g}"),
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
    entries = [Entry(hit.one, catalogue, hit=hit, rank=rank) for rank, hit in enumerate(found.hits, 1)]
    matches = {"recommendations": found.recommendations, "sections": found.sections}
    hits = [
        as_object(_JSON, entry) | {"id": entry.one.id or None, "agencies": entry.agencies}
        for entry in entries
    ]
    body = {
        "query": found.query,
        "by": found.by,
        "matches": matches | {"repeated": found.repeated},
        "hits": hits,
    }
    records = (Records(tuple(map(_hit, entries, found.hits))),) if entries else ()
    return Result("search", Table.of(_LIST, entries), body, (*records, Text(totals(found))))


def totals(found: Found) -> str:
    """Say how much was found and how much of it is shown."""
    asked = counted(found.recommendations, "recommendation")
    if found.by == "similarity":
        return f"{len(found.hits)} shown of {asked} close to it in meaning"
    others = found.sections - found.repeated
    every = found.recommendations + others
    more = "; --limit shows more" if every > len(found.hits) else ""
    counts = f"found in {asked} and {counted(others, 'other section')}"
    return f"{counts} · {len(found.hits):,} of {counted(every, 'hit')} shown{more}"


def _hit(entry: Entry, hit: Hit) -> tuple[Text, ...]:
    rank = f"{entry.rank:>2}. "
    place = ": ".join(filter(None, (hit.kind, " > ".join(hit.one.heading[-HEADINGS:]))))
    return (
        Text(entry.citation, len(rank), "bold", head="Source", hanging=rank),
        Text(place, INDENT, "dim", head="Found in"),
        Text("; ".join(entry.agencies), INDENT, "dim", "to ", "To"),
        Text(_context(hit), INDENT, head="Text"),
    )


def _context(hit: Hit) -> Marked:
    """Give the part of a text with the most marks; no empty line in it, its ends as they are."""
    one = hit.one
    start, end = window(one.text, hit.marks, CONTEXT)
    marks = [(a - start, b - start) for a, b in hit.marks if start <= a and b <= end]
    parts = ((re.sub(r"\n+", "\n", part), is_mark) for part, is_mark in marked(one.text[start:end], marks))
    before = "…" if one.start + start > hit.whole[0] else ""
    after = " …" if one.start + end < hit.whole[1] else ""
    return ((before, False), *parts, (after, False))
