"""What the template shows: words and figures, chosen and ordered, nothing left to compute."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from srtminer.model import ReviewRecord, Skipped, Theme
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import corrections, counted, coverage, left_out, percent, year_span, years_of
from srtminer.report import small_counts as counts
from srtminer.report.quotes import Quote, fact, quote, reason
from srtminer.report.repeats_block import RepeatsView, repeats_view
from srtminer.report.report_data import Content, Privacy
from srtminer.report.small_counts import Counts
from srtminer.report.tables import Placed, bar, placed

AGENCIES_SHOWN = 6
"""Names of agencies a theme, the most frequent first."""
UNDATED = "–"
_TELLING = re.compile(r"[0-9]|recurs")
"""Figures and ranks in a note, from which a withheld count could be worked out."""


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One row of the theme table and what unfolds below it."""

    rank: int | None
    """None where the place would tell how many reviews there are."""
    colour: str
    """"#rrggbb" if a codebook gives it one, or empty."""
    label: str
    reviews: int | None
    size: int | None
    share: str
    span: str | None
    """First and last year, and how many reviews have none; None where it is withheld."""
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
    closed: int
    """Themes that are only named."""
    recurring: int | None
    """Themes in two reviews or more; None where it is withheld in how many some stand."""
    repeats: RepeatsView
    reviews: tuple[ReviewView, ...]
    years: str
    """First and last year of the reviews."""
    left_out: tuple[str, ...]
    """What was left out on reading, over all reviews."""
    corrected: str
    """How much of it the analyst corrected, or empty."""
    skipped: tuple[Skipped, ...]
    """The files that could not be read, and why."""
    notes: tuple[str, ...]
    """What the reader should know about the themes."""


def view(content: Content, privacy: Privacy, known: Counts) -> View:
    """Arrange the content for the template."""
    catalogue = Catalogue.of(content.everything)
    places = placed(content.table.themes, known)
    closed = sum(one.rank is None for one in places)
    scale = _scale(content, known)
    years = [(record.year, 1) for record in content.records if record.year is not None]
    return View(
        content=content,
        privacy=privacy,
        counts=known,
        themes=tuple(_theme(one, content, known, catalogue, scale) for one in places),
        closed=closed,
        recurring=None if closed else sum(theme.reviews > 1 for theme in content.table.themes),
        repeats=repeats_view(content, privacy.small_counts or 0, known, catalogue),
        reviews=tuple(_review(record, known, catalogue) for record in content.records),
        years=year_span(years),
        left_out=_left_out(content.records),
        corrected=_corrected(content, withheld=bool(known.hidden)),
        skipped=tuple(Skipped(file.source, reason(file.reason)) for file in content.skipped),
        notes=tuple(map(fact, _notes(content, known))),
    )


def _notes(content: Content, known: Counts) -> Iterator[str]:
    for note in content.table.notes:
        if not (known.hidden and _TELLING.search(note)):
            yield note


def _corrected(content: Content, *, withheld: bool) -> str:
    number = sum(record.corrections for record in content.records)
    lost = sum(record.lost_corrections for record in content.records)
    if not number:
        return ""
    if withheld:
        return "some, by the analyst"
    return f"{number:,}, by the analyst; {lost:,} of them fit no recommendation that is found now"


def _scale(content: Content, known: Counts) -> tuple[int, int]:
    """Give the most reviews and the most recommendations of a theme that are shown."""
    themes = content.table.themes
    reviews = [known.shown(*counts.theme(theme.id, "reviews")) or 0 for theme in themes]
    sizes = [known.shown(*counts.theme(theme.id, "size")) or 0 for theme in themes]
    return max(reviews, default=0), max(sizes, default=0)


def _theme(
    place: Placed, content: Content, known: Counts, catalogue: Catalogue, scale: tuple[int, int]
) -> ThemeView:
    theme, closed = place.theme, place.rank is None
    reviews = known.shown(*counts.theme(theme.id, "reviews"))
    size = known.shown(*counts.theme(theme.id, "size"))
    total = known.shown(*counts.RECOMMENDATIONS)
    span = "" if closed else _span(theme, content, known)
    return ThemeView(
        rank=place.rank,
        colour=theme.colour,
        label=theme.label,
        reviews=reviews,
        size=size,
        share=percent(size / total) if size is not None and total else "",
        span=span,
        first_year=str(theme.years[0][0]) if span and theme.years else "",
        reviews_bar=bar(reviews, scale[0]),
        size_bar=bar(size, scale[1]),
        closed=closed,
        recurs=not closed and theme.reviews > 1,
        kinds=() if closed else _kinds(theme, content, known),
        terms="" if closed else ", ".join(theme.terms),
        agencies="" if closed else _agencies(theme, content, known),
        quotes=() if closed else tuple(_examples(theme, content, known, catalogue)),
        others=() if known.hidden else tuple(_others(theme, catalogue)),
    )


def _span(theme: Theme, content: Content, known: Counts) -> str | None:
    """Give the years of a theme; None where the count of one of them is withheld."""
    if any(counts.in_group("year", group.name, theme.id) in known.hidden for group in content.by_year.groups):
        return None
    return years_of(theme) if theme.years else UNDATED


def _kinds(theme: Theme, content: Content, known: Counts) -> tuple[str, ...]:
    """Give the kinds that are asked as far as it is shown, in the order of their names."""
    names = sorted(group.name for group in content.by_agency.groups)
    return tuple(name for name in names if known.shown(*counts.in_group("agency", name, theme.id)))


def _agencies(theme: Theme, content: Content, known: Counts) -> str:
    """Name those asked most often; none where it is withheld how often a kind of them is."""
    if any(
        counts.in_group("agency", group.name, theme.id) in known.hidden for group in content.by_agency.groups
    ):
        return ""
    return ", ".join(name for name, _ in theme.agencies[:AGENCIES_SHOWN])


def _examples(theme: Theme, content: Content, known: Counts, catalogue: Catalogue) -> Iterator[Quote]:
    for example in theme.examples:
        yield quote(example.recommendation, example.excerpt, content, known, catalogue)


def _others(theme: Theme, catalogue: Catalogue) -> Iterator[str]:
    """Cite the members that are not quoted; those without a number or page are cited alike, and once."""
    quoted = {example.recommendation.id for example in theme.examples}
    cited = Counter(catalogue.cite(member) for member in theme.members if member.id not in quoted)
    for cite, times in cited.items():
        yield f"{cite} ({times:,} recommendations)" if times > 1 else cite


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
        corrections="" if known.hidden else corrections(record).partition(": see `")[0],
    )


def _left_out(records: Sequence[ReviewRecord]) -> tuple[str, ...]:
    """Sum up by what it was: "running header or footer (24 lines)"."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        for part in left_out(record.omissions):
            counts[part.what] += Counter(word=part.words, line=part.lines, page=part.pages)
    return tuple(f"{what} ({_how_much(counts[what])})" for what in sorted(counts))


def _how_much(counts: Counter[str]) -> str:
    """Count words, else lines, else pages."""
    return next(counted(counts[unit], unit) for unit in ("word", "line", "page") if counts[unit])
