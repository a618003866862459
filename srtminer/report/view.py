"""What the template shows: words and figures, chosen and ordered, nothing left to compute."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from srtminer.model import ReviewRecord, Theme
from srtminer.render.catalogue import Catalogue
from srtminer.render.coverage import corrections, coverage, left_out
from srtminer.render.figures import counted, percent, year_span
from srtminer.report import charts, counts
from srtminer.report.counts import Counts
from srtminer.report.quotes import Quote, quote
from srtminer.report.repeats import RepeatsView, repeats_view
from srtminer.report.values import Content, Privacy

AGENCIES_SHOWN = 6
"""Names of agencies a theme, the most frequent first."""
UNDATED = "–"
_FIGURES = re.compile(r"[0-9]%|[0-9] recommendation")
"""Figures in a note, from which a withheld count could be worked out."""


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One row of the theme table and what unfolds below it."""

    rank: int
    label: str
    reviews: int | None
    size: int | None
    share: str
    span: str
    first_year: str
    reviews_bar: Markup
    size_bar: Markup
    closed: bool
    """Whether nothing but the label may be told."""
    recurs: bool
    kinds: tuple[str, ...]
    terms: str
    agencies: str
    quotes: tuple[Quote, ...]
    others: tuple[str, ...]
    """Where the recommendations stand that are not quoted."""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One row of the list of reviews."""

    name: str
    source: str
    board: str
    year: str
    kind: str
    pages: str
    found: int | None
    why_none: str
    read: str
    """How much was read, and what was left out."""
    corrections: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the page but the tables of years and agencies."""

    content: Content
    privacy: Privacy
    counts: Counts
    themes: tuple[ThemeView, ...]
    recurring: int
    repeats: RepeatsView
    reviews: tuple[ReviewView, ...]
    years: str
    """First and last year of the reviews."""
    left_out: tuple[str, ...]
    """What was left out on reading, over all reviews."""
    corrected: str
    """How much of it the analyst corrected, or empty."""
    notes: tuple[str, ...]
    """What the reader should know about the themes."""


def view(content: Content, privacy: Privacy, known: Counts) -> View:
    """Arrange the content for the template."""
    catalogue = Catalogue.of(content.everything)
    years = [(record.year, 1) for record in content.records if record.year is not None]
    return View(
        content=content,
        privacy=privacy,
        counts=known,
        themes=tuple(_theme(theme, content, known, catalogue) for theme in content.table.themes),
        recurring=sum(theme.reviews > 1 for theme in content.table.themes),
        repeats=repeats_view(content, privacy.small_counts or 0, known, catalogue),
        reviews=tuple(_review(record, known, catalogue) for record in content.records),
        years=year_span(years),
        left_out=_left_out(content.records),
        corrected=_corrected(content, withheld=bool(known.hidden)),
        notes=tuple(note for note in content.table.notes if not (known.hidden and _FIGURES.search(note))),
    )


def _corrected(content: Content, *, withheld: bool) -> str:
    number = sum(record.corrections for record in content.records)
    lost = sum(record.lost_corrections for record in content.records)
    if not number:
        return ""
    if withheld:
        return "some, by the analyst"
    return f"{number:,}, by the analyst; {lost:,} of them fit nothing that is found now"


def _theme(theme: Theme, content: Content, known: Counts, catalogue: Catalogue) -> ThemeView:
    reviews = known.shown(*counts.theme_reviews(theme))
    size = known.shown(*counts.theme_size(theme))
    total = known.shown(*counts.RECOMMENDATIONS)
    closed = reviews is None
    span = "" if closed else year_span(theme.years)
    return ThemeView(
        rank=theme.rank,
        label=theme.label,
        reviews=reviews,
        size=size,
        share=percent(size / total) if size is not None and total else "",
        span=span if span or closed else UNDATED,
        first_year=span[:4],
        reviews_bar=charts.bar(reviews, max(one.reviews for one in content.table.themes)),
        size_bar=charts.bar(size, max(len(one.members) for one in content.table.themes)),
        closed=closed,
        recurs=not closed and theme.reviews > 1,
        kinds=() if closed else _kinds(theme, content),
        terms="" if closed else ", ".join(theme.terms),
        agencies="" if closed else ", ".join(name for name, _ in theme.agencies[:AGENCIES_SHOWN]),
        quotes=() if closed else tuple(_examples(theme, catalogue)),
        others=() if known.hidden else tuple(_others(theme, catalogue)),
    )


def _kinds(theme: Theme, content: Content) -> tuple[str, ...]:
    rows = {row.theme.id: row.counts for row in content.by_agency.rows}
    found = zip(content.by_agency.groups, rows.get(theme.id, ()), strict=False)
    return tuple(group.name for group, count in found if count.recommendations)


def _examples(theme: Theme, catalogue: Catalogue) -> Iterator[Quote]:
    for example in theme.examples:
        yield quote(example.recommendation, example.excerpt, catalogue)


def _others(theme: Theme, catalogue: Catalogue) -> Iterator[str]:
    quoted = {example.recommendation.id for example in theme.examples}
    for member in theme.members:
        if member.id not in quoted:
            yield catalogue.cite(member)


def _review(record: ReviewRecord, known: Counts, catalogue: Catalogue) -> ReviewView:
    board, kind, year = (record.value(field) for field in ("board", "kind", "year"))
    return ReviewView(
        name=catalogue.names[record.id],
        source=record.source,
        board=board,
        year=year,
        kind=kind,
        pages=str(record.pages) if record.format == "pdf" or record.pages > 1 else "",
        found=known.shown(*counts.of_review(record.id)),
        why_none=record.why_none,
        read=coverage(record),
        corrections="" if known.hidden else corrections(record),
    )


def _left_out(records: Sequence[ReviewRecord]) -> tuple[str, ...]:
    """Sum up by what it was: "running header or footer (24 lines)"."""
    lines: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    for record in records:
        for part in left_out(record.omissions):
            lines[part.what] += part.lines
            pages[part.what] += part.pages
    return tuple(f"{what} ({_how_much(lines[what], pages[what])})" for what in sorted(pages))


def _how_much(lines: int, pages: int) -> str:
    return counted(lines, "line") if lines else counted(pages, "page")
