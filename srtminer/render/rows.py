"""Results as a header and rows of plain strings: what CSV and Markdown tables have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srtminer.hits import Found, Hit
from srtminer.model import (
    METADATA_FIELDS,
    Agency,
    Comparison,
    Count,
    Recommendation,
    ReviewRecord,
    Skipped,
    Theme,
    ThemeTable,
)
from srtminer.render.catalogue import Catalogue
from srtminer.render.coverage import left_out, phrase
from srtminer.render.figures import undated, with_second, year_span
from srtminer.render.rules import why

ALSO = "also"
"""The column that only the table of one theme has: the id of a second theme."""
EXPLAINED = ("rule", "confidence", "why")
"""Columns of a table that explains what was found."""


class Figure(str):
    """A cell with a number that we wrote ourselves: "-0.5000" is no formula in it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of strings; every row is as long as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def reviews(records: Sequence[ReviewRecord], skipped: Sequence[Skipped] = ()) -> Rows:
    """One row per review, then one per file that could not be read."""
    header = (
        *("id", "case", "source", *METADATA_FIELDS, "pages", "paragraphs", "sections", "recommendations"),
        *("why_none", "left_out", "corrections"),
    )
    unread = (
        tuple(
            {"source": skip.source, "why_none": f"not read: {skip.reason}"}.get(column, "")
            for column in header
        )
        for skip in skipped
    )
    return Rows(header, (*map(_review, records), *unread))


def recommendations(found: Sequence[Recommendation], catalogue: Catalogue, *, explain: bool = False) -> Rows:
    """One row per recommendation, with what is known of its review and, if asked for, why it was found."""
    header = (
        *("id", "review", "source", "subject", "board", "year"),
        *("reference", "page", "last_page", "agency", "agency_kind", "heading", "text", "lead", "date"),
        *("corrected", *(EXPLAINED if explain else ())),
    )
    rows = ((*_recommendation(one, catalogue), *(_explained(one) if explain else ())) for one in found)
    return Rows(header, tuple(rows))


def themes(table: ThemeTable, catalogue: Catalogue) -> Rows:
    """One row per theme, its examples in as many pairs of columns as the fullest theme needs."""
    header = (
        *("rank", "id", "label", "terms", "reviews", table.unit.plural, "share"),
        *("years", "undated", "agencies"),
    )
    width = max((len(theme.examples) for theme in table.themes), default=0)
    columns = (name for n in range(1, width + 1) for name in (f"example_{n}", f"source_{n}"))
    rows = tuple((*_theme(theme), *_examples(theme, catalogue, width)) for theme in table.themes)
    return Rows((*header, *columns), rows)


def members(table: ThemeTable, theme: Theme, catalogue: Catalogue) -> Rows:
    """One row per member of a theme, as among the recommendations, and the id of its second theme."""
    listed = recommendations(theme.members, catalogue)
    seconds = (second.id if second else "" for _, second in with_second(table, theme))
    rows = tuple((*row, second) for row, second in zip(listed.rows, seconds, strict=True))
    return Rows((*listed.header, ALSO), rows)


def comparison(compared: Comparison) -> Rows:
    """One row per theme and group, as pivot tables like it; what is in no theme comes last, unranked."""
    header = (
        *("rank", "theme", "label", "group", "group_reviews", "group_recommendations", "group_without"),
        *("reviews", "recommendations", "share_of_reviews", "share_of_recommendations"),
    )
    rows = [
        row
        for entry in compared.rows
        for row in _cells(compared, (str(entry.theme.rank), entry.theme.id, entry.theme.label), entry.counts)
    ]
    return Rows(header, (*rows, *_cells(compared, ("", "", "in no theme"), compared.unthemed)))


def search(found: Found, catalogue: Catalogue) -> Rows:
    """One row per hit, the words found in a column of their own."""
    header = (
        *("rank", "in", "id", "review", "source", "subject", "board", "year"),
        *("reference", "page", "last_page", "agency", "agency_kind", "heading", "text", "marked", "score"),
        "corrected",
    )
    return Rows(header, tuple(_hit(rank, hit, catalogue) for rank, hit in enumerate(found.hits, 1)))


def _review(record: ReviewRecord) -> tuple[str, ...]:
    facts = (record.value(field) for field in METADATA_FIELDS)
    numbers = (record.pages, record.paragraphs, record.sections, record.recommendations)
    omitted = "; ".join(map(phrase, left_out(record.omissions)))
    last = (record.why_none, omitted, str(record.corrections))
    return (record.id, record.case or record.id, record.source, *facts, *map(str, numbers), *last)


def _recommendation(recommendation: Recommendation, catalogue: Catalogue) -> tuple[str, ...]:
    record = catalogue.records[recommendation.review_id]
    return (
        recommendation.id,
        record.id,
        record.source,
        record.value("subject"),
        record.value("board"),
        record.value("year"),
        "; ".join(recommendation.references),
        str(recommendation.page),
        str(recommendation.last_page),
        *_asked(recommendation.agencies),
        " > ".join(recommendation.heading),
        recommendation.text,
        recommendation.lead,
        recommendation.date,
        "true" if recommendation.corrected else "false",
    )


def _asked(agencies: Sequence[Agency]) -> tuple[str, str]:
    """Name who is asked, and the kinds of these agencies."""
    kinds = dict.fromkeys(agency.kind for agency in agencies if agency.kind)
    return "; ".join(agency.name for agency in agencies), "; ".join(kinds)


def _explained(recommendation: Recommendation) -> tuple[str, ...]:
    return (recommendation.rule, f"{recommendation.confidence:.2f}", why(recommendation))


def _hit(rank: int, hit: Hit, catalogue: Catalogue) -> tuple[str, ...]:
    record = catalogue.records[hit.review_id]
    return (
        str(rank),
        f"{hit.kind}s",
        hit.id,
        record.id,
        record.source,
        record.value("subject"),
        record.value("board"),
        record.value("year"),
        "; ".join(hit.references),
        str(hit.page),
        str(hit.last_page),
        *_asked(hit.agencies),
        " > ".join(hit.heading),
        hit.text,
        "; ".join(dict.fromkeys(hit.text[start:end] for start, end in hit.marks)),
        f"{hit.score:.4g}",
        "true" if hit.corrected else "false",
    )


def _theme(theme: Theme) -> tuple[str, ...]:
    return (
        str(theme.rank),
        theme.id,
        theme.label,
        "; ".join(theme.terms),
        str(theme.reviews),
        str(len(theme.members)),
        f"{theme.share:.4f}",
        year_span(theme.years),
        str(undated(theme)),
        "; ".join(f"{agency} ({count})" for agency, count in theme.agencies),
    )


def _examples(theme: Theme, catalogue: Catalogue, width: int) -> Iterator[str]:
    for example in theme.examples:
        yield example.excerpt
        yield catalogue.cite(example.recommendation)
    yield from ("", "") * (width - len(theme.examples))


def _cells(
    compared: Comparison, theme: tuple[str, ...], counts: Sequence[Count]
) -> Iterator[tuple[str, ...]]:
    for group, count in zip(compared.groups, counts, strict=True):
        yield (
            *theme,
            group.name,
            str(group.reviews),
            str(group.recommendations),
            str(group.without),
            str(count.reviews),
            str(count.recommendations),
            f"{count.share_of_reviews:.4f}",
            f"{count.share_of_recommendations:.4f}",
        )
