"""Results as JSON: a `schema` key first, keys in a fixed order, text as it is, one newline at the end.

Numbers between 0 and 1 are rounded to four places.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from srtminer.hits import Found, Hit
from srtminer.model import (
    METADATA_FIELDS,
    RECOMMENDATIONS,
    Comparison,
    Count,
    Example,
    Fact,
    Omission,
    Recommendation,
    ReviewRecord,
    Skipped,
    Theme,
    ThemeTable,
    Unit,
)
from srtminer.render.catalogue import Catalogue
from srtminer.render.characters import ESCAPES
from srtminer.render.coverage import LeftOut, left_out
from srtminer.render.figures import undated, with_second
from srtminer.render.rules import why

Json = dict[str, Any]


class Outcome(NamedTuple):
    """What an ingest made of a review: its record, "added", "updated" or "unchanged", and a note or ""."""

    record: ReviewRecord
    state: str
    note: str


def reviews(records: Sequence[ReviewRecord], skipped: Sequence[Skipped] = ()) -> str:
    """Render reviews, and files that could not be read, under `srtminer.reviews/1`."""
    return document(
        "reviews", {"reviews": [_review(record) for record in records], "skipped": _skipped(skipped)}
    )


def recommendations(
    found: Sequence[Recommendation],
    catalogue: Catalogue,
    *,
    explain: bool = False,
    unit: Unit = RECOMMENDATIONS,
) -> str:
    """Render recommendations under `srtminer.recommendations/1`; with `explain`, why each was found.

    Others than recommendations go by the name of their unit: `srtminer.findings/1`, `srtminer.passages/1`.
    """
    entries = [_recommendation(one, catalogue) | ({"why": why(one)} if explain else {}) for one in found]
    return document(unit.plural, {unit.plural: entries})


def themes(table: ThemeTable, catalogue: Catalogue) -> str:
    """Render a theme table under `srtminer.themes/1`; `of` says what is counted, and how that is called."""
    body = {
        "of": table.unit.name,
        "method": dict(table.method),
        "corpus": {
            "reviews": table.reviews,
            table.unit.plural: table.recommendations,
            "notes": list(table.notes),
        },
        "themes": [_theme(table, theme, catalogue) for theme in table.themes],
        "unthemed": [_pointer(recommendation, catalogue) for recommendation in table.unthemed],
    }
    return document("themes", body)


def members(table: ThemeTable, theme: Theme, catalogue: Catalogue) -> str:
    """Render one theme of the table under `srtminer.theme/1`, its members in full."""
    full = [
        _recommendation(member, catalogue) | {"also": second.id if second else None}
        for member, second in with_second(table, theme)
    ]
    whole = _theme(table, theme, catalogue) | {"members": full}
    return document("theme", {"of": table.unit.name, "theme": whole})


def comparison_body(compared: Comparison) -> Json:
    """Give what a comparison says, without its schema; counts stand in the order of `groups`."""
    names = [group.name for group in compared.groups]
    return {
        "by": compared.by or None,
        "groups": [
            {
                "name": group.name,
                "reviews": group.reviews,
                "recommendations": group.recommendations,
                "reviews_without_recommendations": group.without,
            }
            for group in compared.groups
        ],
        "themes": [
            {
                "rank": row.theme.rank,
                "id": row.theme.id,
                "label": row.theme.label,
                "reviews": row.theme.reviews,
                "recommendations": len(row.theme.members),
                "groups": _counts(names, row.counts),
            }
            for row in compared.rows
        ],
        "unthemed": _counts(names, compared.unthemed),
    }


def search(found: Found, catalogue: Catalogue) -> str:
    """Render what was found under `srtminer.search/1`; `marks` are positions in `text`, ends exclusive."""
    body = {
        "query": found.query,
        "by": found.by,
        "matches": {
            "recommendations": found.recommendations,
            "sections": found.sections,
            "repeated": found.repeated,
        },
        "hits": [_hit(rank, hit, catalogue) for rank, hit in enumerate(found.hits, 1)],
    }
    return document("search", body)


def ingest(ingested: Sequence[Outcome], unchanged: Sequence[Outcome], skipped: Sequence[Skipped]) -> str:
    """Render what became of the inputs under `srtminer.ingest/1`."""
    body = {
        "ingested": [_ingested(outcome) for outcome in ingested],
        "unchanged": [_ingested(outcome) for outcome in unchanged],
        "skipped": _skipped(skipped),
    }
    return document("ingest", body)


def _skipped(skipped: Sequence[Skipped]) -> list[Json]:
    return [{"source": skip.source, "reason": skip.reason} for skip in skipped]


def document(name: str, body: Json) -> str:
    """Write a body under the schema of the given name."""
    document = {"schema": f"srtminer.{name}/1"} | body
    return json.dumps(document, ensure_ascii=False, indent=2).translate(ESCAPES) + "\n"


def _review(record: ReviewRecord) -> Json:
    return (
        {"id": record.id, "case": record.case or record.id, "source": record.source, "format": record.format}
        | {field: record.value(field) or None for field in METADATA_FIELDS}
        | {
            "year": record.year,
            "pages": record.pages,
            "paragraphs": record.paragraphs,
            "sections": record.sections,
            "recommendations": record.recommendations,
            "why_none": record.why_none or None,
            "facts": [_fact(fact) for fact in record.facts],
            "corrections": record.corrections,
            "lost_corrections": record.lost_corrections,
            "left_out": [_left_out(part) for part in left_out(record.omissions)],
            "omissions": [_omission(omission) for omission in record.omissions],
        }
    )


def _fact(fact: Fact) -> Json:
    return {"field": fact.field, "value": fact.value, "origin": fact.origin, "page": fact.page}


def _left_out(part: LeftOut) -> Json:
    return {"what": part.what, "pages": part.pages, "lines": part.lines, "words": part.words}


def _omission(omission: Omission) -> Json:
    return {
        "what": omission.what,
        "page": omission.page,
        "lines": omission.lines,
        "words": omission.words,
    }


def _recommendation(recommendation: Recommendation, catalogue: Catalogue) -> Json:
    agencies = recommendation.agencies
    return {
        "id": recommendation.id,
        "review": recommendation.review_id,
        "source": catalogue.source(recommendation.review_id),
        "reference": recommendation.reference,
        "references": list(recommendation.references),
        "page": recommendation.page,
        "last_page": recommendation.last_page,
        "agency": agencies[0].name if agencies else None,
        "agencies": [{"name": agency.name, "kind": agency.kind} for agency in agencies],
        "heading": list(recommendation.heading),
        "text": recommendation.text,
        "lead": recommendation.lead,
        "date": recommendation.date,
        "rule": recommendation.rule,
        "confidence": round(recommendation.confidence, 4),
        "corrected": recommendation.corrected,
        "correction": recommendation.correction or None,
    }


def _hit(rank: int, hit: Hit, catalogue: Catalogue) -> Json:
    return {
        "rank": rank,
        "in": f"{hit.kind}s",
        "id": hit.id or None,
        "review": hit.review_id,
        "source": catalogue.source(hit.review_id),
        "citation": catalogue.cite(hit),
        "reference": hit.reference,
        "references": list(hit.references),
        "page": hit.page,
        "last_page": hit.last_page,
        "agencies": [agency.name for agency in hit.agencies],
        "heading": list(hit.heading),
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "marks": [list(mark) for mark in hit.marks],
        "score": float(f"{hit.score:.4g}"),
        "corrected": hit.corrected,
    }


def _theme(table: ThemeTable, theme: Theme, catalogue: Catalogue) -> Json:
    counted = table.unit.plural
    return {
        "rank": theme.rank,
        "id": theme.id,
        "label": theme.label,
        "terms": list(theme.terms),
        "reviews": theme.reviews,
        counted: len(theme.members),
        "share": round(theme.share, 4),
        "years": [{"year": year, "reviews": count} for year, count in theme.years],
        "undated": undated(theme),
        "agencies": [{"agency": agency, counted: count} for agency, count in theme.agencies],
        "examples": [_example(example, catalogue) for example in theme.examples],
        "parts": list(theme.parts),
        "members": [
            _pointer(member, catalogue) | {"also": second.id if second else None}
            for member, second in with_second(table, theme)
        ],
    }


def _example(example: Example, catalogue: Catalogue) -> Json:
    recommendation = example.recommendation
    return {
        "id": recommendation.id,
        "review": recommendation.review_id,
        "source": catalogue.source(recommendation.review_id),
        "citation": catalogue.cite(recommendation),
        "reference": recommendation.reference,
        "page": recommendation.page,
        "excerpt": example.excerpt,
        "corrected": recommendation.corrected,
    }


def _pointer(recommendation: Recommendation, catalogue: Catalogue) -> Json:
    return {
        "id": recommendation.id,
        "review": recommendation.review_id,
        "source": catalogue.source(recommendation.review_id),
        "reference": recommendation.reference,
        "corrected": recommendation.corrected,
    }


def _counts(names: Sequence[str], counts: Sequence[Count]) -> list[Json]:
    return [
        {
            "name": name,
            "reviews": count.reviews,
            "recommendations": count.recommendations,
            "share_of_reviews": round(count.share_of_reviews, 4),
            "share_of_recommendations": round(count.share_of_recommendations, 4),
        }
        for name, count in zip(names, counts, strict=True)
    ]


def _ingested(outcome: Outcome) -> Json:
    record = outcome.record
    return {
        "review": record.id,
        "source": record.source,
        "recommendations": record.recommendations,
        "why_none": record.why_none or None,
        "state": outcome.state,
        "note": outcome.note or None,
    }
