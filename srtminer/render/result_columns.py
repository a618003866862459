"""The columns of reviews, recommendations and themes, each with its meaning, in one place for all forms.

CSV, JSON, workbook, flat table and `srtminer.open_store` choose from these by name; what people read stands
on the left of a workbook, what programs need on the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from srtminer.model import (
    GIVEN,
    METADATA_FIELDS,
    Answer,
    Explanation,
    Omission,
    Recommendation,
    ReviewRecord,
    Theme,
)
from srtminer.render.catalogue import Catalogue
from srtminer.render.evidence import EVIDENCE, evidence, printings, why
from srtminer.render.figures import left_out, phrase
from srtminer.render.result import Column, Json, Value, pick
from srtminer.search_hits import Hit


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A review, or a file that could not be read, and the name it is cited by."""

    record: ReviewRecord
    name: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A recommendation or a hit, its review, and where it stands."""

    one: Recommendation | Hit
    record: ReviewRecord
    citation: str


@dataclass(frozen=True, slots=True)
class RecommendationEntry(Entry):
    """A recommendation, where it stands, and its themes."""

    one: Recommendation
    theme: Theme | None = None
    second: Theme | None = None
    answer: Answer | None = None


def _fact(field: str, row: ReviewEntry) -> Value:
    return (row.record.year if field == "year" else None) or row.record.value(field)


def _fact_json(field: str, row: ReviewEntry) -> Value:
    return row.record.year if field == "year" else row.record.value(field) or None


_FACTS = {
    "title": ("Title of the document.", 34),
    "subject": ("The child or adult whom it is about, as named there.", 18),
    "board": ("The board or partnership that commissioned it.", 30),
    "kind": ("Kind of document: SCR, CSPR, SAR, DHR, PFD, inquiry, response, statement, article, other.", 8),
    "year": ("Year of the document.", 8),
    "published": ("Date of publication, as far as known.", 12),
    "authors": ("Who wrote it.", 24),
}
_ALL_FACTS = " ".join(METADATA_FIELDS)

_OF_REVIEWS: tuple[Column[ReviewEntry], ...] = (
    Column("name", "Name of the review in citations; no two have the same.", lambda row: row.name, 26),
    Column(
        "case",
        "Id of its case; documents of one case count as one review.",
        lambda row: row.record.case or row.record.id,
    ),
    *(
        Column(
            field, _FACTS[field][0], partial(_fact, field), _FACTS[field][1], json=partial(_fact_json, field)
        )
        for field in METADATA_FIELDS
    ),
    Column(
        "given",
        "The fields that the user gave; the others were found in the text.",
        lambda row: "; ".join(fact.field for fact in row.record.facts if fact.origin == GIVEN),
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
        json=lambda row: row.record.why_none or None,
    ),
    Column(
        "check",
        "What calls for a look: numbers that are not found, odd lengths; `srtminer check` says more.",
        lambda row: row.check,
        24,
    ),
    Column("source", "The file it was read from, as given.", lambda row: row.record.source, 34),
    Column("format", "pdf, text, markdown, html, docx or table.", lambda row: row.record.format, 10),
    Column("paragraphs", "Paragraphs read.", lambda row: row.record.paragraphs),
    Column("sections", "Sections found.", lambda row: row.record.sections),
    Column(
        "left_out",
        "What of the document is not in the text: running headers, contents pages and the like.",
        lambda row: tuple(map(phrase, left_out(row.record.omissions))),
        40,
        json=lambda row: [_left_out(part) for part in left_out(row.record.omissions)],
    ),
    Column("corrections", "Corrections of its recommendations.", lambda row: row.record.corrections),
    Column(
        "lost_corrections", "Corrections of what is no longer found.", lambda row: row.record.lost_corrections
    ),
    Column(
        "facts",
        "What is known of it, and where that was found.",
        lambda _: None,
        json=lambda row: list(row.record.facts),
    ),
    Column(
        "omissions",
        "What was left out, page by page.",
        lambda _: None,
        json=lambda row: list(row.record.omissions),
    ),
    Column("id", "The review's id, which follows from its text.", lambda row: row.record.id, 15),
)

REVIEW_LIST = pick(
    _OF_REVIEWS,
    f"id case source {_ALL_FACTS} pages paragraphs sections recommendations check why_none left_out "
    "corrections",
)
CHECK = pick(_OF_REVIEWS, "check")
REVIEW_JSON = pick(
    _OF_REVIEWS,
    f"id case source format {_ALL_FACTS} pages paragraphs sections recommendations why_none facts "
    "corrections lost_corrections left_out omissions",
)
_LINES_LEFT_OUT: Column[ReviewEntry] = Column(
    "left_out",
    "Lines of the document that are not in the text: running headers, contents pages and the like.",
    lambda row: _omitted(row.record.omissions),
    40,
)
REVIEW_COLUMNS = (
    *pick(
        _OF_REVIEWS,
        f"name {_ALL_FACTS} given pages recommendations why_none source format paragraphs sections",
    ),
    _LINES_LEFT_OUT,
    *pick(_OF_REVIEWS, "id"),
)

OF_ENTRIES: tuple[Column[Entry], ...] = (
    Column("citation", "Review, printed reference and page, for people.", lambda row: row.citation, 26),
    Column("text", "Its exact words.", lambda row: row.one.text, 90),
    Column(
        "agency",
        "Who is asked to act, as printed.",
        lambda row: tuple(agency.name for agency in row.one.agencies),
        28,
        json=lambda row: row.one.agencies[0].name if row.one.agencies else None,
    ),
    Column(
        "agency_kind",
        "The kinds of these agencies.",
        lambda row: tuple(dict.fromkeys(agency.kind for agency in row.one.agencies if agency.kind)),
        18,
    ),
    Column(
        "heading", "The headings above it, outermost first.", lambda row: row.one.heading, 30, joint=" > "
    ),
    Column(
        "reference",
        "Its printed numbers or labels, the leading one first.",
        lambda row: row.one.references,
        18,
        json=lambda row: row.one.reference,
    ),
    Column("references", "All of its printed numbers or labels.", lambda row: row.one.references),
    Column("page", "Page on which it begins; 1 is the first of the file.", lambda row: row.one.page, 7),
    Column("last_page", "Page on which it ends.", lambda row: row.one.last_page, 10),
    Column("source", "The file it was read from, as given.", lambda row: row.record.source, 30),
    Column("review", "Id of its review.", lambda row: row.record.id, 15),
    Column("subject", _FACTS["subject"][0], lambda row: row.record.value("subject"), 18),
    Column("board", _FACTS["board"][0], lambda row: row.record.value("board"), 30),
    Column("year", _FACTS["year"][0], lambda row: row.record.year or row.record.value("year"), 8),
    Column("corrected", "Whether the analyst changed or added it.", lambda row: row.one.corrected),
)

RESPONSE: tuple[Column[RecommendationEntry], ...] = (
    Column(
        "response",
        "What a response says: accepted, accepted in part, rejected or done; answered, if it does not say.",
        lambda row: row.answer.verdict if row.answer else None,
        16,
    ),
    Column(
        "response_text",
        "First sentence of the answer, as printed.",
        lambda row: row.answer.text if row.answer else None,
        40,
    ),
    Column("response_page", "Page of the answer.", lambda row: row.answer.page if row.answer else None, 9),
    Column(
        "response_review", "Id of the response.", lambda row: row.answer.review_id if row.answer else None, 15
    ),
)
"""What a response says, with `--with-response`."""

_OF_RECOMMENDATIONS: tuple[Column[RecommendationEntry], ...] = (
    *OF_ENTRIES,
    Column(
        "agencies",
        "Who is asked to act, and what kind of agency it is.",
        lambda row: tuple(agency.name for agency in row.one.agencies),
        json=lambda row: [{"name": agency.name, "kind": agency.kind} for agency in row.one.agencies],
    ),
    Column(
        "theme_rank",
        "Rank of its theme; empty if it fits none, or one that is not listed.",
        lambda row: row.theme.rank if row.theme else None,
    ),
    Column("theme", "Label of its theme.", lambda row: row.theme.label if row.theme else None, 30),
    Column(
        "second_theme",
        "Label of a second theme that it belongs to, if there is one; it counts in the first.",
        lambda row: row.second.label if row.second else None,
        24,
    ),
    Column(
        "also", "Id of a second theme that it belongs to.", lambda row: row.second.id if row.second else None
    ),
    Column("date", "By when it is to be done, as printed.", lambda row: row.one.date, 14),
    Column("lead", "The words that introduce it.", lambda row: row.one.lead, 30),
    Column("id", "The recommendation's id.", lambda row: row.one.id, 18),
    Column("rule", "Name of the rule that found it.", lambda row: row.one.rule, 16),
    Column(
        "confidence",
        "How sure that rule is, 0 to 1.",
        lambda row: round(row.one.confidence, 4),
        11,
        digits=".2f",
    ),
    Column("why", "Why it was found.", lambda row: why(row.one)),
    Column(
        "evidence",
        "What speaks for it (+) and against it (−), with shares of the log odds; the weightiest first.",
        lambda row: evidence(row.one.explanation),
        40,
        json=lambda row: _shares(row.one.explanation),
    ),
    Column(
        "also_printed",
        "Other printings of it in other words, with their pages, which are not listed.",
        lambda row: printings(row.one, row.record),
        40,
        json=lambda row: _printings(row.one.explanation),
    ),
    Column(
        "correction",
        "edited or added, if the analyst corrected it.",
        lambda row: row.one.correction,
        11,
        json=lambda row: row.one.correction or None,
    ),
    *RESPONSE,
)

RECOMMENDATION_LIST = pick(
    _OF_RECOMMENDATIONS,
    "id review source subject board year citation reference page last_page agency agency_kind heading text "
    "lead date corrected",
)
EXPLAINED = pick(_OF_RECOMMENDATIONS, "rule confidence why evidence also_printed")
WHY = pick(_OF_RECOMMENDATIONS, "why evidence also_printed")
ALSO = pick(_OF_RECOMMENDATIONS, "also")
"""Of the table of one theme: the id of a second theme."""
RECOMMENDATION_JSON = pick(
    _OF_RECOMMENDATIONS,
    "id review source citation reference references page last_page agency agencies heading text lead date "
    "rule confidence corrected correction",
)
RECOMMENDATION_COLUMNS = pick(
    _OF_RECOMMENDATIONS,
    "citation text agency agency_kind theme_rank theme second_theme date response response_text "
    "response_page response_review heading lead reference page last_page source review id rule confidence "
    "correction",
)


def entries_of(found: Sequence[Recommendation], catalogue: Catalogue) -> tuple[RecommendationEntry, ...]:
    """Give recommendations with their reviews."""
    return tuple(
        RecommendationEntry(one, catalogue.records[one.review_id], catalogue.cite(one)) for one in found
    )


def pointer(one: Recommendation, catalogue: Catalogue) -> Json:
    """Name a recommendation in JSON."""
    return {
        "id": one.id,
        "review": one.review_id,
        "source": catalogue.source(one.review_id),
        "reference": one.reference,
        "corrected": one.corrected,
    }


def _omitted(omissions: Sequence[Omission]) -> str:
    lines: dict[str, int] = {}
    for omission in omissions:
        lines[omission.what] = lines.get(omission.what, 0) + omission.lines + omission.words
    return "; ".join(f"{what}: {count}" for what, count in lines.items())


def _left_out(part: Any) -> Json:
    return {"what": part.what, "pages": part.pages, "lines": part.lines, "words": part.words}


def _shares(explanation: Explanation | None) -> list[Json]:
    shares = explanation.shares if explanation else ()
    return [{"feature": name, "says": EVIDENCE.get(name, name), "share": value} for name, value in shares]


def _printings(explanation: Explanation | None) -> list[Json]:
    left_out = explanation.left_out if explanation else ()
    return [{"page": page, "text": text} for page, text in left_out]
