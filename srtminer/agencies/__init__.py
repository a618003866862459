"""Who is asked to act: by the headings above a recommendation, and by its own words."""

from dataclasses import replace

from srtminer.agencies.addressee import addressees
from srtminer.agencies.headings import addresses_document, heading_agencies
from srtminer.agencies.lexicon import lexicon
from srtminer.agencies.names import kind_of, present_kind
from srtminer.agencies.tokens import fold, tokenise
from srtminer.model import Agency, Recommendation

__all__ = ["address", "agency_kind", "asked_in", "is_agency_heading", "kind_name", "same_body"]


def address(recommendation: Recommendation) -> Recommendation:
    """Fill in who is asked to act; agencies that are there already only get their kinds.

    In this order: the deepest heading that names an agency, the grammatical addressee, a lead that is one.
    """
    given = recommendation.agencies
    agencies = tuple(map(_with_kind, given)) if given else _find(recommendation)
    return replace(recommendation, agencies=agencies)


def asked_in(text: str) -> tuple[Agency, ...]:
    """Name who is asked to act by the words of a text, such as a lead-in: "The Board should:"."""
    folded = fold(text)
    return addressees(folded, tokenise(folded))


def agency_kind(name: str) -> str:
    """Give the key of the kind of agency that a name says it is, or an empty string.

    The name of a former body gives the kind that has its duties today.
    """
    tokens = tokenise(fold(name))
    known = kind_of(tokens, 0, len(tokens))
    return present_kind(known.kind) if known else ""


def kind_name(kind: str) -> str:
    """Give the readable name of a kind, or the key itself if it is none."""
    return lexicon().names.get(kind) or kind


def is_agency_heading(heading: str) -> bool:
    """Tell whether a heading names an agency and nothing else, so that what is below is addressed to it."""
    return bool(heading_agencies(heading))


def same_body(kind_a: str, kind_b: str) -> bool:
    """Tell whether two kinds are one body over time: a primary care trust and its commissioners today."""
    return bool(present_kind(kind_a)) and present_kind(kind_a) == present_kind(kind_b)


def _with_kind(agency: Agency) -> Agency:
    return agency if agency.kind else replace(agency, kind=agency_kind(agency.name))


def _find(recommendation: Recommendation) -> tuple[Agency, ...]:
    headings = recommendation.heading
    certain = _deepest(headings[1:]) or (() if _may_be_title(headings) else _deepest(headings[:1]))
    return certain or asked_in(recommendation.text) or _lead(recommendation.lead) or _deepest(headings[-1:])


def _deepest(headings: tuple[str, ...]) -> tuple[Agency, ...]:
    return next((found for heading in reversed(headings) if (found := heading_agencies(heading))), ())


def _may_be_title(headings: tuple[str, ...]) -> bool:
    """Tell whether the outermost heading may be the name of the publisher over the whole document.

    Why: "Wexmoor Safeguarding Children Board" as the title of a review addresses nobody.
    """
    return bool(headings) and addresses_document(headings[0])


def _lead(lead: str) -> tuple[Agency, ...]:
    """A lead counts if it is an agency: "Head of Safeguarding, ICB", not "J. Smith"."""
    name = " ".join(fold(lead).split()).strip(" .,;:")
    kind = agency_kind(name)
    return (Agency(name, kind),) if kind else ()
