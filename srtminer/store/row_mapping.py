"""The frozen types as rows of the tables, and back.

Columns are named beside the functions that fill them, in the same order. Small tuples are kept as JSON.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from srtminer.model import (
    Agency,
    Analysis,
    Cell,
    Explanation,
    Fact,
    Omission,
    Paragraph,
    Recommendation,
    Review,
    Section,
)
from srtminer.store.database import Row

REVIEW = (
    *("id", "digest", "source", "format", "page_count", "page_labels", "omissions", "why_none"),
    *("paragraphs", "sections", "recommendations", "text"),
)
PARAGRAPH = ("start", "stop", "page", "role", "number", "level", "size", "bold", "indent", "cells")
FACT = ("field", "value", "origin", "page")
SECTION = ("heading", "path", "number", "level", "page", "start", "stop")
RECOMMENDATION = (
    *("id", "refs", "start", "stop", "text", "page", "last_page", "heading", "agencies"),
    *("lead", "date", "rule", "confidence"),
)
EXPLANATION = ("id", "shares", "left_out")

REPEATED = 4_096
"""Small columns that are remembered as values. Why: tens of thousands of recommendations stand under the same
headings and go to the same agencies, and reading JSON is what loading them costs."""


@dataclass(frozen=True, slots=True)
class AnalysisRows:
    """An analysis as rows, without the keys that the store gives out."""

    review: Row
    """In the order of `REVIEW`."""
    paragraphs: tuple[Row, ...]
    facts: tuple[Row, ...]
    sections: tuple[Row, ...]
    recommendations: tuple[Row, ...]
    ready: tuple[Row, ...]
    explanations: tuple[Row, ...]
    digest: str
    """Hash of all of it but the path: the same text under another name is the same review."""


def to_rows(analysis: Analysis) -> AnalysisRows:
    """Lay an analysis out in rows."""
    review, found = analysis.review, analysis.recommendations
    children = (
        tuple(map(paragraph_row, review.paragraphs)),
        tuple(map(fact_row, review.facts)),
        tuple(map(section_row, analysis.sections)),
        tuple(map(recommendation_row, found)),
        tuple(map(recommendation_row, review.ready)),
        tuple(
            explanation_row(one.id, one.explanation) for one in analysis.recommendations if one.explanation
        ),
    )
    kept = (
        review.format,
        review.page_count,
        pack(review.page_labels),
        pack([_omission_row(omission) for omission in review.omissions]),
        analysis.why_none,
    )
    digest = _digest((review.id, *kept, review.text, children))
    counts = (len(review.paragraphs), len(analysis.sections), len(found))
    return AnalysisRows(
        (review.id, digest, path_column(review.source), *kept, *counts, review.text), *children, digest
    )


def to_review(row: Row, paragraphs: Sequence[Row], facts: tuple[Fact, ...], ready: Sequence[Row]) -> Review:
    """Put a review together again; `row` is in the order of `REVIEW`."""
    review_id, _, source, format, page_count, page_labels, omissions = row[:7]
    return Review(
        id=review_id,
        source=path_text(source),
        format=format,
        text=row[-1],
        paragraphs=tuple(map(to_paragraph, paragraphs)),
        page_count=page_count,
        page_labels=tuple(unpack(page_labels)),
        omissions=to_omissions(omissions),
        facts=facts,
        ready=tuple(to_recommendation(review_id, recommendation) for recommendation in ready),
    )


def paragraph_row(paragraph: Paragraph) -> Row:
    """Give a paragraph in the order of `PARAGRAPH`."""
    return (
        paragraph.start,
        paragraph.end,
        paragraph.page,
        paragraph.role,
        paragraph.number,
        paragraph.level,
        paragraph.size,
        paragraph.bold,
        paragraph.indent,
        pack([(cell.header, cell.start, cell.end) for cell in paragraph.cells]),
    )


def to_paragraph(row: Row) -> Paragraph:
    """Make a paragraph of a row in the order of `PARAGRAPH`."""
    start, stop, page, role, number, level, size, bold, indent, cells = row
    packed = tuple(Cell(*cell) for cell in unpack(cells))
    return Paragraph(start, stop, page, role, number, level, size, bool(bold), indent, packed)


def fact_row(fact: Fact) -> Row:
    """Give a fact in the order of `FACT`."""
    return (fact.field, fact.value, fact.origin, fact.page)


def _omission_row(omission: Omission) -> Row:
    words = (omission.words,) if omission.words else ()
    return (omission.what, omission.page, omission.lines, *words)


def to_omissions(column: str) -> tuple[Omission, ...]:
    """Unpack the column of a review's omissions."""
    return tuple(Omission(*omission) for omission in unpack(column))


def section_row(section: Section) -> Row:
    """Give a section in the order of `SECTION`."""
    return (
        section.heading,
        pack(section.path),
        section.number,
        section.level,
        section.page,
        section.start,
        section.end,
    )


def to_section(row: Row) -> Section:
    """Make a section of a row in the order of `SECTION`."""
    heading, path, number, level, page, start, stop = row
    return Section(heading, tuple(unpack(path)), number, level, page, start, stop)


def recommendation_row(recommendation: Recommendation) -> Row:
    """Give a recommendation in the order of `RECOMMENDATION`; whose it is stands in the column `review`."""
    return (
        recommendation.id,
        pack(recommendation.references),
        recommendation.start,
        recommendation.end,
        recommendation.text,
        recommendation.page,
        recommendation.last_page,
        pack(recommendation.heading),
        pack([(agency.name, agency.kind) for agency in recommendation.agencies]),
        recommendation.lead,
        recommendation.date,
        recommendation.rule,
        recommendation.confidence,
    )


def to_recommendation(review_id: str, row: Row) -> Recommendation:
    """Make a recommendation of a row in the order of `RECOMMENDATION`; its correction may follow."""
    own_id, references, start, stop, text, page, last_page, heading, agencies, *rest = row
    return Recommendation(
        own_id,
        review_id,
        _texts(references),
        start,
        stop,
        text,
        page,
        last_page,
        _texts(heading),
        _agencies(agencies),
        *rest,
    )


def explanation_row(recommendation_id: str, explanation: Explanation) -> Row:
    """Give why a recommendation was found in the order of `EXPLANATION`."""
    return (recommendation_id, pack(explanation.shares), pack(explanation.left_out))


def to_explanation(shares: str, left_out: str) -> Explanation:
    """Make an explanation of its columns."""
    return Explanation(
        tuple((feature, share) for feature, share in unpack(shares)),
        tuple((page, text) for page, text in unpack(left_out)),
    )


@lru_cache(REPEATED)
def _texts(column: str) -> tuple[str, ...]:
    return tuple(unpack(column))


@lru_cache(REPEATED)
def _agencies(column: str) -> tuple[Agency, ...]:
    return tuple(Agency(*agency) for agency in unpack(column))


def listed(columns: Sequence[str]) -> str:
    """Name columns as SQL does."""
    return ", ".join(columns)


def pack(values: Sequence[object]) -> str:
    """Write a small sequence as JSON, in ASCII so that any character of a file's name can be stored."""
    return json.dumps(values, separators=(",", ":")) if values else "[]"


def unpack(column: str) -> list[Any]:
    """Read what `pack` wrote."""
    return json.loads(column) if column != "[]" else []


def path_column(path: str) -> str | bytes:
    """Give a path for storing: as bytes where the name is not valid Unicode, which SQLite's text must be."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return path.encode(errors="surrogatepass")
    return path


def path_text(column: str | bytes) -> str:
    """Read what `path_column` gave."""
    return column if isinstance(column, str) else column.decode(errors="surrogatepass")


def _digest(values: object) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
