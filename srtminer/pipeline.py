"""The order of the steps, and nothing else."""

from dataclasses import replace

from srtminer import agencies, metadata
from srtminer.model import Analysis, Review
from srtminer.outline import outline
from srtminer.recommendations import find_recommendations


def analyse(review: Review) -> Analysis:
    """Find metadata, sections and recommendations of a review."""
    given = {fact.field for fact in review.facts}
    facts = (*review.facts, *(fact for fact in metadata.find_facts(review) if fact.field not in given))
    review = replace(review, facts=facts)
    sections = outline(review, agencies.is_agency_heading)
    kind = next((fact.value for fact in facts if fact.field == "kind"), "")
    found, why_none = find_recommendations(review, sections, kind)
    return Analysis(review, sections, tuple(map(agencies.address, found)), why_none)
