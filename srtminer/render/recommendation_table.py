"""Recommendations in full as a result, all that were asked for or those of one theme."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from rich.console import RenderableType

from srtminer.model import RECOMMENDATIONS, Answer, Recommendation, Theme, ThemeTable, Unit
from srtminer.render import as_markdown
from srtminer.render.catalogue import Catalogue
from srtminer.render.evidence import told, why
from srtminer.render.figures import counted, with_second, years_of
from srtminer.render.layout import Below, below, plain
from srtminer.render.result import Result, Screen, Table, as_object
from srtminer.render.result_columns import (
    ALSO,
    EXPLAINED,
    RECOMMENDATION_JSON,
    RECOMMENDATION_LIST,
    RECOMMENDATION_READ,
    RESPONSE,
    WHY,
    entries_of,
)
from srtminer.render.theme_columns import ThemeEntry, theme_json

READ = ("Source", "Agency", "Text", "Lead", "Date")
FOUND_AS = ("Found as", "Evidence", "Also printed", "Confidence")


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
    entries = [replace(entry, answer=said.get(entry.one.id)) for entry in entries_of(found, catalogue)]
    reason, more = (WHY, EXPLAINED) if explain else ((), ())
    response = () if answers is None else RESPONSE
    objects = [as_object((*RECOMMENDATION_JSON, *reason, *response), entry) for entry in entries]
    read = Table.of((*RECOMMENDATION_READ, *reason, *EXPLAINED[1:2] * explain, *response[:3]), entries)
    heads = ("Response", "Answer", "Page") if response else ()
    return Result(
        unit.plural,
        Table.of((*RECOMMENDATION_LIST, *more, *response), entries),
        {unit.plural: objects},
        partial(_lines, found, catalogue, explain, unit, said),
        as_markdown.table((*READ, *(FOUND_AS if explain else ()), *heads), read.texts),
    )


def member_result(table: ThemeTable, theme: Theme, catalogue: Catalogue) -> Result:
    """List all members of a theme in full, each with its second theme if it has one."""
    pairs = tuple(with_second(table, theme))
    entries = [
        replace(entry, second=second)
        for entry, (_, second) in zip(entries_of(theme.members, catalogue), pairs, strict=True)
    ]
    full = [as_object((*RECOMMENDATION_JSON, *ALSO), entry) for entry in entries]
    about = as_object(theme_json(table.unit), ThemeEntry(theme, table, catalogue))
    rows = (
        (*row, f"{second.rank}. {second.label}" if second else "")
        for row, (_, second) in zip(Table.of(RECOMMENDATION_READ, entries).texts, pairs, strict=True)
    )
    listed = as_markdown.table((*READ, "Also in"), rows)
    return Result(
        "theme",
        Table.of((*RECOMMENDATION_LIST, *ALSO), entries),
        {"of": table.unit.name, "theme": about | {"members": full}},
        partial(_member_lines, table, theme, catalogue),
        f"## {theme.rank}. {as_markdown.escape(theme.label)}\n\n{listed}",
    )


def closed_up(text: str) -> str:
    """Paragraphs directly one under the other, so that sub-bullets read as a list."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def _lines(
    found: Sequence[Recommendation],
    catalogue: Catalogue,
    explain: bool,
    unit: Unit,
    answers: Mapping[str, Answer],
    screen: Screen,
) -> Iterator[RenderableType]:
    """Every recommendation under its source and who is asked."""
    for one in found:
        yield from _full(one, catalogue)
        yield from _explanation(one) if explain else ()
        yield from _place(unit, one)
        if one.id in answers:
            yield _response(answers[one.id], catalogue)
        yield plain("")
    yield plain(counted(len(found), unit.singular))


def _member_lines(
    table: ThemeTable, theme: Theme, catalogue: Catalogue, screen: Screen
) -> Iterator[RenderableType]:
    counts = f"{counted(theme.reviews, 'review')} · {counted(len(theme.members), table.unit.singular)}"
    yield plain(f"{theme.rank}. {theme.label}", "bold")
    for fact in filter(None, (counts, years_of(theme), ", ".join(theme.terms))):
        yield below(Below(fact, indent=3))
    yield plain("")
    for member, second in with_second(table, theme):
        yield from _full(member, catalogue)
        yield from _place(table.unit, member)
        if second:
            yield below(Below(f"also in {second.rank}. {second.label}", 2, "dim"))
        yield plain("")


def _full(one: Recommendation, catalogue: Catalogue) -> Iterator[RenderableType]:
    yield plain(catalogue.cite(one), "bold")
    if one.agencies:
        yield below(Below(f"to {'; '.join(agency.name for agency in one.agencies)}", 2, "dim"))
    yield below(Below(closed_up(one.text)))
    for name, value in (("lead", one.lead), ("date", one.date)):
        if value:
            yield below(Below(f"{name}: {value}", 2))


def _response(answer: Answer, catalogue: Catalogue) -> RenderableType:
    where = f"{catalogue.names[answer.review_id]}, p. {answer.page}"
    return below(Below(f"{answer.verdict}: “{closed_up(answer.text)}” ({where})", 2))


def _place(unit: Unit, member: Recommendation) -> Iterator[RenderableType]:
    """Say below which headings a passage stands; a recommendation stands among recommendations."""
    if unit != RECOMMENDATIONS and member.heading:
        yield below(Below(f"below: {' > '.join(member.heading)}", 2, "dim"))


def _explanation(recommendation: Recommendation) -> Iterator[RenderableType]:
    if recommendation.heading:
        yield below(Below(f"below: {' > '.join(recommendation.heading)}", 2))
    rule = f"{recommendation.rule or 'no rule'} (confidence {recommendation.confidence:.2f})"
    yield below(Below(f"found as: {rule}: {why(recommendation)}", 2))
    for line in told(recommendation):
        yield below(Below(line, 2))
    if recommendation.corrected:
        yield below(Below(f"{recommendation.correction} by correction", 2))
