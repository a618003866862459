"""The columns of the exported tables, each with its meaning: one list for workbook, CSV and documentation.

What people read stands on the left, what programs need on the right.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from srtminer.export.material import Material
from srtminer.model import GIVEN, METADATA_FIELDS, Recommendation, ReviewRecord, Theme
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import undated

Value = str | int | float | None
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: what it is called, what it means, and where its value comes from."""

    name: str
    meaning: str
    value: Callable[[Row], Value]
    width: int = 12
    """In a workbook, in characters."""
    percent: bool = False
    """A share of 1, shown as a percentage in a workbook."""


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A review and the name it is cited by."""

    record: ReviewRecord
    name: str


@dataclass(frozen=True, slots=True)
class RecommendationEntry:
    """A recommendation, where it stands, and its theme."""

    recommendation: Recommendation
    source: str
    citation: str
    theme: Theme | None
    second: Theme | None


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme and the catalogue by which its examples are cited."""

    theme: Theme
    catalogue: Catalogue


def _fact(field: str, row: ReviewEntry) -> Value:
    return row.record.year if field == "year" else row.record.value(field)


_FACTS = {
    "title": ("Title of the document.", 34),
    "subject": ("The child or adult whom it is about, as named there.", 18),
    "board": ("The board or partnership that commissioned it.", 30),
    "kind": ("Kind of document: SCR, CSPR, SAR, DHR, PFD, inquiry, response, statement, article, other.", 8),
    "year": ("Year of the document.", 8),
    "published": ("Date of publication, as far as known.", 12),
    "authors": ("Who wrote it.", 24),
}

_FACT_COLUMNS: tuple[Column[ReviewEntry], ...] = tuple(
    Column(field, _FACTS[field][0], partial(_fact, field), _FACTS[field][1]) for field in METADATA_FIELDS
)

REVIEW_COLUMNS: tuple[Column[ReviewEntry], ...] = (
    Column(
        "name",
        "Name of the review in citations; no two have the same.",
        lambda row: row.name,
        26,
    ),
    *_FACT_COLUMNS,
    Column(
        "given",
        "The fields that the user gave; the others were found in the text.",
        lambda row: "; ".join(fact.field for fact in row.record.facts if fact.origin == GIVEN),
        12,
    ),
    Column("pages", "Pages of the document.", lambda row: row.record.pages, 8),
    Column(
        "recommendations",
        "Recommendations of the review in the store; a choice by agency may list fewer.",
        lambda row: row.record.recommendations,
        17,
    ),
    Column(
        "why_none",
        "Why there are no recommendations; empty where there are.",
        lambda row: row.record.why_none,
        36,
    ),
    Column("source", "The file it was read from, as given.", lambda row: row.record.source, 34),
    Column("format", "pdf, text, markdown, html, docx or table.", lambda row: row.record.format, 10),
    Column("paragraphs", "Paragraphs read.", lambda row: row.record.paragraphs),
    Column("sections", "Sections found.", lambda row: row.record.sections),
    Column(
        "left_out",
        "Lines of the document that are not in the text: running headers, contents pages and the like.",
        lambda row: _omitted(row.record),
        40,
    ),
    Column("id", "The review's id, which follows from its text.", lambda row: row.record.id, 15),
)

RECOMMENDATION_COLUMNS: tuple[Column[RecommendationEntry], ...] = (
    Column("citation", "Review, printed reference and page, for people.", lambda row: row.citation, 26),
    Column("text", "Its exact words.", lambda row: row.recommendation.text, 90),
    Column(
        "agency",
        "Who is asked to act, as printed.",
        lambda row: "; ".join(agency.name for agency in row.recommendation.agencies),
        28,
    ),
    Column(
        "agency_kind",
        "The kinds of these agencies.",
        lambda row: "; ".join(dict.fromkeys(a.kind for a in row.recommendation.agencies if a.kind)),
        18,
    ),
    Column(
        "theme_rank",
        "Rank of its theme; empty if it fits none, or one that is not listed.",
        lambda row: row.theme.rank if row.theme else None,
        12,
    ),
    Column("theme", "Label of its theme.", lambda row: row.theme.label if row.theme else None, 30),
    Column(
        "second_theme",
        "Label of a second theme that it belongs to, if there is one; it counts in the first.",
        lambda row: row.second.label if row.second else None,
        24,
    ),
    Column("date", "By when it is to be done, as printed.", lambda row: row.recommendation.date, 14),
    Column(
        "heading",
        "The headings above it, outermost first.",
        lambda row: " > ".join(row.recommendation.heading),
        30,
    ),
    Column("lead", "The words that lead in to it.", lambda row: row.recommendation.lead, 30),
    Column(
        "reference",
        "Its printed numbers or labels, the leading one first.",
        lambda row: "; ".join(row.recommendation.references),
        18,
    ),
    Column(
        "page", "Page on which it begins; 1 is the first of the file.", lambda row: row.recommendation.page, 7
    ),
    Column("last_page", "Page on which it ends.", lambda row: row.recommendation.last_page, 10),
    Column("source", "The file it was read from, as given.", lambda row: row.source, 30),
    Column("review", "Id of its review.", lambda row: row.recommendation.review_id, 15),
    Column("id", "The recommendation's id.", lambda row: row.recommendation.id, 18),
    Column("rule", "Name of the rule that found it.", lambda row: row.recommendation.rule, 16),
    Column(
        "confidence",
        "How sure that rule is, 0 to 1.",
        lambda row: round(row.recommendation.confidence, 4),
        11,
    ),
    Column(
        "correction",
        "edited or added, if the analyst corrected it.",
        lambda row: row.recommendation.correction,
        11,
    ),
)

THEME_COLUMNS: tuple[Column[ThemeEntry], ...] = (
    Column("rank", "Place by number of reviews, then of recommendations.", lambda row: row.theme.rank, 7),
    Column("label", "A phrase from its recommendations.", lambda row: row.theme.label, 34),
    Column("reviews", "Reviews with a recommendation in it.", lambda row: row.theme.reviews, 9),
    Column("recommendations", "Recommendations in it.", lambda row: len(row.theme.members), 17),
    Column(
        "share",
        "Its recommendations as a share of all, 0 to 1.",
        lambda row: round(row.theme.share, 4),
        8,
        percent=True,
    ),
    Column("first_year", "Year of the earliest review in it.", lambda row: _year(row.theme, min), 11),
    Column("last_year", "Year of the latest review in it.", lambda row: _year(row.theme, max), 11),
    Column(
        "undated",
        "Reviews in it whose year is not known; they may be earlier or later than these years.",
        lambda row: undated(row.theme),
        9,
    ),
    Column("examples", "Typical excerpts, each with where it stands.", lambda row: _examples(row), 90),
    Column(
        "agencies",
        "Who is asked to act, each with its number of recommendations.",
        lambda row: "; ".join(f"{agency} ({count})" for agency, count in row.theme.agencies),
        40,
    ),
    Column("terms", "Terms that set it apart.", lambda row: "; ".join(row.theme.terms), 34),
    Column("id", "The theme's id.", lambda row: row.theme.id, 26),
)


def review_entries(material: Material) -> Iterator[ReviewEntry]:
    """Give the chosen reviews in their order."""
    for record in material.records:
        yield ReviewEntry(record, material.catalogue.names[record.id])


def recommendation_entries(material: Material) -> Iterator[RecommendationEntry]:
    """Give the chosen recommendations in their order."""
    themes, seconds, catalogue = material.themes_of, material.seconds_of, material.catalogue
    for one in material.recommendations:
        source, citation = catalogue.source(one.review_id), catalogue.cite(one)
        yield RecommendationEntry(one, source, citation, themes.get(one.id), seconds.get(one.id))


def theme_entries(material: Material) -> Iterator[ThemeEntry]:
    """Give the themes by rank."""
    for theme in material.table.themes:
        yield ThemeEntry(theme, material.catalogue)


def cells(columns: Sequence[Column[Row]], row: Row) -> tuple[Value, ...]:
    """Give the values of a row."""
    return tuple(column.value(row) for column in columns)


def _omitted(record: ReviewRecord) -> str:
    lines: dict[str, int] = {}
    for omission in record.omissions:
        lines[omission.what] = lines.get(omission.what, 0) + omission.lines + omission.words
    return "; ".join(f"{what}: {count}" for what, count in lines.items())


def _year(theme: Theme, choose: Callable[[list[int]], int]) -> int | None:
    years = [year for year, _ in theme.years]
    return choose(years) if years else None


def _examples(row: ThemeEntry) -> str:
    cite = row.catalogue.cite
    return "\n\n".join(
        f"{example.excerpt}\n({cite(example.recommendation)})" for example in row.theme.examples
    )
