"""Sections to recommendations: the order of the rules, and what each finds as a value."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from srtminer.model import Agency, Recommendation, Review, Section
from srtminer.recommendations import phrases, running, tables
from srtminer.recommendations.codes import code_behind, label_behind
from srtminer.recommendations.details import details_after
from srtminer.recommendations.merge import merge_repeats
from srtminer.recommendations.parts import (
    Part,
    Unit,
    is_foreign,
    parts_of,
    without_contents,
    without_quotations,
    zones,
)
from srtminer.recommendations.rules import CONFIDENCE, IMPURE
from srtminer.recommendations.units import labelled_units, units_of

__all__ = ["CONFIDENCE", "find_recommendations"]


def find_recommendations(
    review: Review, sections: Sequence[Section], kind: str = ""
) -> tuple[tuple[Recommendation, ...], str]:
    """Find a review's own recommendations, in the order of the text; if there are none, say why.

    `kind` is the kind of document; a response repeats what it answers and an article what it reports.
    """
    if review.ready:
        return review.ready, ""
    parts = tuple(without_quotations(without_contents(parts_of(review, sections), sections)))
    if kind == "response" or phrases.RESPONSE.search(_title(review, parts)):
        return (), "a response: the recommendations in it are those that it answers"
    found = _listed(review, parts, strict=kind in ("article", "statement"))
    if not found and not phrases.FOREIGN_DOCUMENT.search(_title(review, parts)):
        found = _running(review, parts, sentences=kind not in ("article", "statement"))
    merged = _with_ids(merge_repeats(_with_texts(found, review)), review)
    return merged, "" if merged else _why_none(review, parts, kind)


def _title(review: Review, parts: Sequence[Part]) -> str:
    """Give the title, and the headings that the document begins with."""
    title = next((fact.value for fact in review.facts if fact.field == "title"), "")
    return " ".join([title, *(heading for part in parts[:2] for heading in part.path[:1])])


def _listed(review: Review, parts: Sequence[Part], *, strict: bool) -> list[Recommendation]:
    """Follow headings, labels and tables; `strict` wants headings that announce nothing else."""
    if phrases.FOREIGN_DOCUMENT.search(_title(review, parts)):
        return []
    found: list[Recommendation] = []
    inside: set[int] = set()
    for zone in sorted(zones(parts), key=lambda zone: not zone.pure):
        if zone.pure or not strict:
            inside |= {id(part) for part in zone.parts}
            narrative = bool(found) and zone.is_mixed and not zone.is_tagged
            units = running.sentence_units(zone.parts) if narrative else units_of(zone)
            found += [_from_unit(review, unit, 0.0 if zone.pure else IMPURE) for unit in units]
    outside = [part for part in parts if id(part) not in inside and not is_foreign(part)]
    if not strict:
        labelled = [*labelled_units(outside), *running.labelled_by_word(outside)]
        found += [_from_unit(review, unit, 2 * IMPURE) for unit in labelled]
        known = {item.reference.casefold() for item in found}
        tagged = [unit for unit in running.tagged_units(outside) if unit.label.casefold() not in known]
        found += [_from_unit(review, unit, 2 * IMPURE) for unit in tagged]
    path_at = {part.paragraph.start: part.path for part in parts if not is_foreign(part)}
    found += [_from_row(row, review) for row in tables.rows_of(review, path_at)]
    return found


def _running(review: Review, parts: Sequence[Part], *, sentences: bool) -> list[Recommendation]:
    """Search the running text: announced lists first, else lists after a lead-in and sentences."""
    own = [part for part in parts if not is_foreign(part)]
    units = running.announced_units(own)
    if sentences and not units:
        units = [*running.led_units(own), *running.sentence_units(own)]
    return [_from_unit(review, unit) for unit in units]


def _from_unit(review: Review, unit: Unit, doubt: float = 0.0) -> Recommendation:
    first, last = unit.parts[0], unit.parts[-1]
    path = first.path[:-1] if first.label else first.path
    details = details_after(review, unit.span[1])
    codes = [*(part.code for part in unit.parts), code_behind(last.text), label_behind(last.text)[0]]
    return Recommendation(
        id="",
        review_id="",
        references=tuple(dict.fromkeys(filter(None, (unit.label, *codes)))),
        start=unit.span[0],
        end=unit.span[1],
        text="",
        page=first.paragraph.page,
        last_page=last.paragraph.page,
        heading=(*path, unit.lead_in) if unit.lead_in else path,
        agencies=(Agency(details.agency, ""),) if details.agency else (),
        lead=details.lead,
        date=details.date,
        rule=unit.rule,
        confidence=round(CONFIDENCE[unit.rule] - doubt, 2),
    )


def _from_row(row: tables.Row, review: Review) -> Recommendation:
    return Recommendation(
        id="",
        review_id=review.id,
        references=(row.number,) if row.number else (),
        start=row.cell.start,
        end=row.cell.end,
        text="",
        page=row.page,
        last_page=row.page,
        heading=row.path,
        lead=row.lead,
        date=row.date,
        rule="action plan",
        confidence=CONFIDENCE["action plan"],
    )


def _with_texts(found: Iterable[Recommendation], review: Review) -> list[Recommendation]:
    return [replace(item, text=review.text[item.start : item.end], review_id=review.id) for item in found]


def _with_ids(found: Iterable[Recommendation], review: Review) -> tuple[Recommendation, ...]:
    """Name each by its words, so that the name survives a change of the rules elsewhere in the review."""
    seen: Counter[str] = Counter()
    named = []
    for item in found:
        digest = hashlib.sha256(" ".join(item.text.split()).encode()).hexdigest()[:8]
        seen[digest] += 1
        suffix = f"-{seen[digest]}" if seen[digest] > 1 else ""
        named.append(replace(item, id=f"{review.id}-{digest}{suffix}"))
    return tuple(named)


def _why_none(review: Review, parts: Sequence[Part], kind: str) -> str:
    if kind in ("article", "statement"):
        return f"{'an article' if kind == 'article' else 'a statement'} that makes none of its own"
    for part in parts:
        if phrases.SAYS_NONE.search(part.text):
            return f"says that none were made (page {part.paragraph.page})"
    if any(phrases.OPENS.search(heading) for part in parts for heading in part.path):
        return "a heading announces recommendations, but nothing below it asks for anything"
    return "no heading or sentence that makes recommendations was found"
