"""The words of a review, with where they stand, to whom they are said and what was answered."""

from dataclasses import dataclass

from srtminer.model import Recommendation
from srtminer.passages.passage_context import Shown
from srtminer.render.catalogue import Catalogue
from srtminer.report.report_data import Content
from srtminer.report.shown_counts import Counts


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a review and where they stand."""

    text: str
    source: str
    agencies: str
    answer: str
    """What a response says, or empty; empty too where counts are withheld that it would tell of."""
    around: tuple[Shown, ...]
    """The paragraphs around it, and its own, if they were asked for."""


def quote(
    recommendation: Recommendation, text: str, content: Content, known: Counts, catalogue: Catalogue
) -> Quote:
    """Quote `text` from a recommendation."""
    names = dict.fromkeys(agency.name for agency in recommendation.agencies)
    answer = "" if known.hidden else _answer(recommendation, content, catalogue)
    around = content.around.get(recommendation.id)
    return Quote(
        text, catalogue.cite(recommendation), ", ".join(names), answer, around.shown if around else ()
    )


def _answer(recommendation: Recommendation, content: Content, catalogue: Catalogue) -> str:
    answer = content.answers.get(recommendation.id)
    if answer is None:
        return ""
    said = " ".join(answer.text.split())
    return f"{answer.verdict}: “{said}” ({catalogue.names[answer.review_id]}, p. {answer.page})"
