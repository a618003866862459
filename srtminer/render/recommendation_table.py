"""Recommendations in full as a result, all that were asked for or those of one theme."""

from collections.abc import Iterator, Mapping, Sequence

from srtminer.model import RECOMMENDATIONS, Answer, Recommendation, Theme, ThemeTable, Unit
from srtminer.render.catalogue import Catalogue
from srtminer.render.evidence import told, why
from srtminer.render.figures import counted, with_second, years_of
from srtminer.render.result import Block, Records, Result, Table, Text, as_object
from srtminer.render.result_columns import (
    ALSO,
    EXPLAINED,
    RECOMMENDATION_JSON,
    RECOMMENDATION_LIST,
    RESPONSE,
    WHY,
    Entry,
    ThemeEntry,
    theme_json,
)

READ = ("Source", "Agency", "Text", "Lead", "Date")


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
    heads = (*READ, *("Found as",) * explain, *(("Response",) if response else ()))
    rows = tuple(
        tuple(_record(one, entry, unit, explain=explain)) for one, entry in zip(found, entries, strict=True)
    )
    blocks = (Records(heads, rows), Text(counted(len(found), unit.singular)))
    return Result(
        unit.plural,
        Table.of((*RECOMMENDATION_LIST, *more, *response), entries),
        {unit.plural: [as_object((*RECOMMENDATION_JSON, *reason, *response), entry) for entry in entries]},
        lambda _: blocks,
    )


def member_result(table: ThemeTable, theme: Theme, catalogue: Catalogue) -> Result:
    """List all members of a theme in full, each with its second theme if it has one."""
    entries = [Entry(one, catalogue, second=second) for one, second in with_second(table, theme)]
    full = [as_object((*RECOMMENDATION_JSON, *ALSO), entry) for entry in entries]
    about = as_object(theme_json(table.unit), ThemeEntry(theme, table, catalogue))
    counts = f"{counted(theme.reviews, 'review')} · {counted(len(theme.members), table.unit.singular)}"
    facts = filter(None, (counts, years_of(theme), ", ".join(theme.terms)))
    rows = tuple(
        tuple(_record(one, entry, table.unit)) for one, entry in zip(theme.members, entries, strict=True)
    )
    blocks: tuple[Block, ...] = (
        Text(f"{theme.rank}. {theme.label}", style="bold"),
        *(Text(fact, 3) for fact in facts),
        Text(),
        Records((*READ, "Also in"), rows),
    )
    return Result(
        "theme",
        Table.of((*RECOMMENDATION_LIST, *ALSO), entries),
        {"of": table.unit.name, "theme": about | {"members": full}},
        lambda _: blocks,
    )


def closed_up(text: str) -> str:
    """Paragraphs directly one under the other, so that sub-bullets read as a list."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def _record(one: Recommendation, entry: Entry, unit: Unit, *, explain: bool = False) -> Iterator[Text]:
    """Everything about a recommendation, under its source and who is asked."""
    second, answer = entry.second, entry.answer
    agencies, headings = "; ".join(agency.name for agency in one.agencies), " > ".join(one.heading)
    yield Text(entry.citation, 0, "bold", head="Source")
    yield Text(agencies, 2, "dim", "to ", "Agency")
    yield Text(closed_up(one.text), 4, head="Text")
    yield Text(one.lead, 2, before="lead: ", head="Lead")
    yield Text(one.date, 2, before="date: ", head="Date")
    if explain:
        rule = f"{one.rule or 'no rule'} (confidence {one.confidence:.2f}): {why(one)}"
        yield Text(headings, 2, before="below: ")
        yield Text(rule, 2, before="found as: ", head="Found as")
        yield from (Text(line, 2, head="Found as") for line in told(one, entry.record))
        yield Text(f"{one.correction} by correction" if one.corrected else "", 2)
    if unit != RECOMMENDATIONS:  # they stand among recommendations
        yield Text(headings, 2, "dim", "below: ")
    if answer:
        where = entry.catalogue.at(answer.review_id, answer.page)
        yield Text(f"{answer.verdict}: “{closed_up(answer.text)}” ({where})", 2, head="Response")
    yield Text(f"{second.rank}. {second.label}" if second else "", 2, "dim", "also in ", "Also in")
