"""From a document that was read to what is found in it: metadata, sections, recommendations, who is asked.

Why apart from `pipeline`: reading needs none of what finds themes, and finding themes none of this.
"""

from dataclasses import replace

from srtminer import agencies, metadata
from srtminer.language import in_english, not_english
from srtminer.model import Analysis, Review
from srtminer.recommendations import find_recommendations
from srtminer.structure import outline


def analyse(review: Review, names: agencies.Names = ()) -> Analysis:
    """Find metadata, sections and recommendations; `names` are (name, kind) of the user's own agencies."""
    with agencies.own_names(names):
        return _analyse(review)


def _analyse(review: Review) -> Analysis:
    review, other = in_english(review)
    given = {fact.field for fact in review.facts}
    facts = (*review.facts, *(fact for fact in metadata.find_facts(review) if fact.field not in given))
    review = replace(review, facts=facts)
    sections = outline(review, agencies.is_agency_heading)
    kind = next((fact.value for fact in facts if fact.field == "kind"), "")
    found, why_none = find_recommendations(review, sections, kind)
    if other:
        found, why_none = (), not_english(other)
    opened = agencies.lead_ins(review, sections, found)
    sent_to = agencies.recipients(review)
    addressed = (agencies.address(one, lead_in, sent_to) for one, lead_in in zip(found, opened, strict=True))
    return Analysis(review, sections, tuple(addressed), why_none)
