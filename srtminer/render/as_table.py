"""Results as tables for people, good to read at 80 and at 120 columns."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from srtminer.cases import count_cases
from srtminer.model import (
    RECOMMENDATIONS,
    Recommendation,
    ReviewRecord,
    Skipped,
    Theme,
    ThemeTable,
    Unit,
)
from srtminer.render.catalogue import Catalogue
from srtminer.render.coverage import corrections, coverage
from srtminer.render.figures import (
    counted,
    percent,
    sparkline,
    summary,
    undated,
    with_second,
    year_span,
    years_of,
)
from srtminer.render.ingest_table import ingest as ingest
from srtminer.render.layout import Below, Column, Entry, below, ledger, plain, to_text
from srtminer.render.rules import why
from srtminer.render.screen import Screen

_UNKNOWN = "–"
_SPARKLINE_FROM = 100
"""Columns of a screen on which there is room for the years as bars."""
_LEGEND = "n.d.: reviews without a known year"


def reviews(
    records: Sequence[ReviewRecord],
    catalogue: Catalogue,
    screen: Screen,
    skipped: Sequence[Skipped] = (),
    *,
    every: bool = False,
) -> str:
    """One entry per review: its board, id and source; with `every`, what of it was read and left out.

    Last those without recommendations, and why, and below them the files that could not be read.
    """
    columns = (
        Column("Review", flexible=True),
        Column("Year"),
        Column("Kind"),
        Column("Pages", "right"),
        Column("Sections", "right"),
        Column("Recommendations", "right"),
    )
    # The sort is stable: in each part the reviews keep their order, those of one case side by side.
    first = {record.case: place for place, record in reversed(tuple(enumerate(records))) if record.case}
    with_recommendations = {record.case or record.id for record in records if record.recommendations}
    last_without = sorted(
        records,
        key=lambda record: (
            (record.case or record.id) not in with_recommendations,
            first.get(record.case, 0) if record.case else 0,
        ),
    )
    entries = tuple(_review(record, catalogue, every=every) for record in last_without)
    cases = count_cases(records)
    documents = f"{counted(len(records), 'document')} of " if cases < len(records) else ""
    totals = f"{documents}{counted(cases, 'review')} · {_recommendations(records)}"
    listed = ledger(columns, entries, screen) if entries else []
    return to_text([*listed, *_unread(skipped), *_closing(totals)], screen)


def recommendations(
    found: Sequence[Recommendation],
    catalogue: Catalogue,
    screen: Screen,
    *,
    explain: bool = False,
    unit: Unit = RECOMMENDATIONS,
) -> str:
    """Every recommendation in full under its source and who is asked; with `explain`, why it is one."""
    lines: list[RenderableType] = []
    for entry in found:
        lines += [*_full(entry, catalogue, explain=explain), *_place(unit, entry), plain("")]
    return to_text([*lines, plain(counted(len(found), unit.singular))], screen)


def themes(table: ThemeTable, catalogue: Catalogue, screen: Screen) -> str:
    """The ranked themes with their examples."""
    columns = (
        Column("#", "right"),
        Column("Theme", flexible=True, width=screen.width),
        Column("Reviews", "right"),
        Column(table.unit.plural.capitalize(), "right"),
        Column("Share", "right"),
        Column("Years"),
    )
    shown = [year for theme in table.themes for year, _ in theme.years]
    span = (min(shown), max(shown)) if shown and screen.width >= _SPARKLINE_FROM else None
    years = _years(table.themes, span, screen)
    entries = [_theme(theme, catalogue, cell) for theme, cell in zip(table.themes, years, strict=True)]
    legend = [plain(""), plain(_LEGEND)] if any(map(_partly_dated, table.themes)) else []
    return to_text([*ledger(columns, entries, screen), *legend, *_closing(summary(table))], screen)


def members(table: ThemeTable, theme: Theme, catalogue: Catalogue, screen: Screen) -> str:
    """One theme of the table and all its members in full, each with its second theme if it has one."""
    counts = f"{counted(theme.reviews, 'review')} · {counted(len(theme.members), table.unit.singular)}"
    facts = (counts, years_of(theme), ", ".join(theme.terms))
    head = (
        plain(f"{theme.rank}. {theme.label}", "bold"),
        *(below(Below(fact, indent=3)) for fact in facts if fact),
        plain(""),
    )
    lines: list[RenderableType] = []
    for member, second in with_second(table, theme):
        also = [below(Below(f"also in {second.rank}. {second.label}", 2, "dim"))] if second else []
        lines += [*_full(member, catalogue), *_place(table.unit, member), *also, plain("")]
    return to_text([*head, *lines], screen)


def _review(record: ReviewRecord, catalogue: Catalogue, *, every: bool) -> Entry:
    cells = (
        catalogue.names[record.id],
        record.value("year") or _UNKNOWN,
        record.value("kind") or _UNKNOWN,
        str(record.pages),
        str(record.sections),
        str(record.recommendations),
    )
    under = [
        Below(record.value("board"), 2),
        Below(f"{record.id}  {record.source}", 2, "dim"),
        Below(coverage(record) if every else "", 2),
        Below(corrections(record), 2),
        Below(_case(record, catalogue), 2),
    ]
    if record.why_none:
        under.append(Below(f"no recommendations: {record.why_none}", 2))
    return Entry(cells, tuple(part for part in under if part.text))


def _case(record: ReviewRecord, catalogue: Catalogue) -> str:
    """Name the other documents of a document's case, if there are any."""
    others = [
        catalogue.names[other.id]
        for other in catalogue.records.values()
        if record.case and other.case == record.case and other.id != record.id
    ]
    return f"one case with {', '.join(others)}: counted once" if others else ""


def _unread(skipped: Sequence[Skipped]) -> Iterator[RenderableType]:
    if skipped:
        yield plain(f"\nNot read: {counted(len(skipped), 'file')}", "bold")
    for skip in skipped:
        yield below(Below(f"{skip.source}: {skip.reason}", 2))


def _full(
    recommendation: Recommendation, catalogue: Catalogue, *, explain: bool = False
) -> Iterator[RenderableType]:
    yield plain(catalogue.cite(recommendation), "bold")
    if recommendation.agencies:
        yield below(Below(f"to {'; '.join(agency.name for agency in recommendation.agencies)}", 2, "dim"))
    yield below(Below(_closed_up(recommendation.text)))
    for name, value in (("lead", recommendation.lead), ("date", recommendation.date)):
        if value:
            yield below(Below(f"{name}: {value}", 2))
    if explain:
        yield from _explanation(recommendation)


def _place(unit: Unit, member: Recommendation) -> Iterator[RenderableType]:
    """Say below which headings a passage stands; a recommendation stands among recommendations."""
    if unit != RECOMMENDATIONS and member.heading:
        yield below(Below(f"below: {' > '.join(member.heading)}", 2, "dim"))


def _explanation(recommendation: Recommendation) -> Iterator[RenderableType]:
    if recommendation.heading:
        yield below(Below(f"below: {' > '.join(recommendation.heading)}", 2))
    rule = f"{recommendation.rule or 'no rule'} (confidence {recommendation.confidence:.2f})"
    yield below(Below(f"found as: {rule}: {why(recommendation)}", 2))
    if recommendation.corrected:
        yield below(Below(f"{recommendation.correction} by correction", 2))


def _closed_up(text: str) -> str:
    """Paragraphs directly one under the other, so that sub-bullets read as a list."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def _years(themes: Sequence[Theme], span: tuple[int, int] | None, screen: Screen) -> list[str]:
    """Give the years of each theme; where there is no room beside them, the undated on a second line."""
    apart = " " if screen.width >= _SPARKLINE_FROM else "\n"
    told = [_dated(theme, apart) for theme in themes]
    if not span:
        return told
    width = max(map(len, told))
    bars = (sparkline(theme.years, *span) if theme.years else "" for theme in themes)
    return [f"{years:{width}}  {drawn}" for years, drawn in zip(told, bars, strict=True)]


def _dated(theme: Theme, apart: str) -> str:
    years = year_span(theme.years) or _UNKNOWN
    return f"{years}{apart}+{undated(theme):,} n.d." if _partly_dated(theme) else years


def _partly_dated(theme: Theme) -> bool:
    return bool(theme.years) and undated(theme) > 0


def _theme(theme: Theme, catalogue: Catalogue, years: str) -> Entry:
    cells = (
        str(theme.rank),
        theme.label,
        str(theme.reviews),
        str(len(theme.members)),
        percent(theme.share),
        years,
    )
    under = [Below(" · ".join(theme.parts), 4)] if len(theme.parts) > 1 else []
    under += [
        part
        for example in theme.examples
        for part in (
            Below(f"“{_closed_up(example.excerpt)}”", terms=theme.terms),
            Below(f"— {catalogue.cite(example.recommendation)}", 6, "dim"),
        )
    ]
    return Entry(cells, tuple(under), style="bold")


def _recommendations(records: Sequence[ReviewRecord]) -> str:
    return counted(sum(record.recommendations for record in records), "recommendation")


def _closing(totals: str) -> tuple[RenderableType, RenderableType]:
    return plain(""), plain(totals)
