"""Structure to recommendations: candidate series, their features, the best set, and each as a value."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from srtminer.model import Agency, Explanation, Recommendation, Review, Section
from srtminer.recommendations.action_plans import details_after, tabled
from srtminer.recommendations.candidates import Series
from srtminer.recommendations.features import surroundings
from srtminer.recommendations.series import series_of
from srtminer.recommendations.series_choice import (
    Chosen,
    Described,
    Weights,
    calibrated,
    choose,
    describe,
    merge_repeats,
    second_look,
    shares,
    weights,
)
from srtminer.structure import Node, nodes_of
from srtminer.structure import conventions as codes
from srtminer.structure.conventions import heading_says, says

__all__ = ["find_recommendations"]


CUT = {
    "label": "label",
    "named": "label",
    "tag": "label",
    "number": "numbered list",
    "bullet": "listed item",
    "paragraph": "paragraph in a list",
    "table": "action plan",
    "sentence": "sentence",
    "wishes": "sentence",
}
"""How the items of each kind of series are cut, in the words of `render.columns`."""


def find_recommendations(
    review: Review, sections: Sequence[Section], kind: str = ""
) -> tuple[tuple[Recommendation, ...], str]:
    """Find a review's own recommendations, in the order of the text; if there are none, say why.

    `kind` is the kind of document; a response repeats what it answers and an article what it reports.
    """
    if review.ready:
        return review.ready, ""
    nodes = nodes_of(review, sections)
    kind = kind_of(review, nodes, kind)
    fitted = weights()
    found = describe(proposed(review, nodes), surroundings(nodes, kind))
    chosen = chosen_of(found, fitted)
    merged = _with_ids(merged_of(chosen, review), review)
    return merged, "" if merged else _why_none(nodes, kind)


def proposed(review: Review, nodes: Sequence[Node]) -> list[Series]:
    """Give all candidate series of a document."""
    return [*series_of(nodes), *tabled(review, nodes)]


def chosen_of(found: Described, fitted: Weights) -> Sequence[Chosen]:
    """Choose the recommendations of a document, each with how often such a choice is right."""
    reading = choose(second_look(found, fitted["first"]), fitted["second"])
    of = fitted.get("calibration", {})
    return [
        replace(
            one,
            confidence=calibrated(one.confidence, of),
            shares=shares(one.features, fitted["second"]),
        )
        for one in reading
    ]


def merged_of(chosen: Sequence[Chosen], review: Review) -> tuple[Recommendation, ...]:
    """Give what was chosen as recommendations, what is printed twice once."""
    return merge_repeats([_found(one, review) for one in chosen], [one.numbers for one in chosen])


def kind_of(review: Review, nodes: Sequence[Node], kind: str) -> str:
    """Give the kind of a document, its title asked too."""
    title = next((fact.value for fact in review.facts if fact.field == "title"), "")
    title = " ".join([title, *(heading for node in nodes[:2] for heading in node.path[:1])])
    if says("title", "response", title):
        return "response"
    return "foreign title" if says("title", "foreign", title) else kind


def _found(chosen: Chosen, review: Review) -> Recommendation:
    item = chosen.item
    first, last = item.nodes[0], item.nodes[-1]
    start, end = item.span
    path = first.path[:-1] if first.label and item.reference == first.label else first.path
    details = details_after(review, last.paragraph.end)
    chapters = first.paragraph.number if first.kind == "label" else ""
    references = (item.reference, chapters, first.code or last.code, codes.behind(last.text)[0])
    return Recommendation(
        id="",
        review_id=review.id,
        references=tuple(dict.fromkeys(filter(None, references))),
        start=start,
        end=end,
        text=review.text[start:end],
        page=first.paragraph.page,
        last_page=last.paragraph.page,
        heading=(*path, item.lead_in) if item.lead_in else path,
        agencies=(Agency(details.agency, ""),) if details.agency else (),
        lead=item.lead or details.lead,
        date=item.date or details.date,
        rule=CUT[chosen.maker],
        confidence=round(chosen.confidence, 2),
        explanation=Explanation(chosen.shares),
    )


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


def _why_none(nodes: Sequence[Node], kind: str) -> str:
    if kind == "response":
        return "a response: the recommendations in it are those that it answers"
    if kind in ("article", "statement"):
        return f"{'an article' if kind == 'article' else 'a statement'} that makes none of its own"
    for node in nodes:
        if says("text", "none", node.text):
            return f"says that none were made (page {node.paragraph.page})"
    if any(heading_says(heading) & {"own", "mixed"} for node in nodes for heading in node.path):
        return "a heading announces recommendations, but nothing below it asks for anything"
    return "no heading or sentence that makes recommendations was found"
