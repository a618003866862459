"""The words of a review, with where they stand and to whom they are said."""

from dataclasses import dataclass

from srtminer.model import Recommendation
from srtminer.render.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a review and where they stand."""

    text: str
    source: str
    agencies: str


def quote(recommendation: Recommendation, text: str, catalogue: Catalogue) -> Quote:
    """Quote `text` from a recommendation."""
    names = dict.fromkeys(agency.name for agency in recommendation.agencies)
    return Quote(text, catalogue.cite(recommendation), ", ".join(names))
