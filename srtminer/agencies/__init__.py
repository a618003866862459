"""Who is asked to act: by the headings above a recommendation, and by its own words."""

import re
from dataclasses import replace

from srtminer.agencies.addressee import addressees, explicit_addressees, plain_addressees
from srtminer.agencies.headings import addressed_body, addresses_document, heading_agencies, is_pair, is_topic
from srtminer.agencies.names import kind_of, present_kind
from srtminer.agencies.tokens import fold, tokenise
from srtminer.model import Agency, Recommendation

__all__ = ["address", "agency_kind", "asked_in", "is_agency_heading"]

_NUMBER = re.compile(r"^\(?[0-9][0-9.]{0,8}\)?\s+(?=[A-Z])")
TAG = 90
"""Characters of a bracket at the end that may say who is asked."""
_TAGGED = re.compile(
    r"\((?:recommendation )?(?:to|for|action(?: by)?|directed to):? (?:the )?([^()]{2,70})\)[.;]?\s*$", re.I
)
"""Why: inspectors of prisons close each recommendation with "(To the governor)"."""
_ENUMERATED = re.compile(r"^(?:and )?\((?:[0-9]{1,2}|[a-z]|[ivx]{1,4})\) that\b")
"""Why: "The review recommends: (1) that the Board …; and (2) that schools …"."""


def address(recommendation: Recommendation) -> Recommendation:
    """Fill in who is asked to act; agencies that are there already only get their kinds.

    In this order: the deepest heading that names an agency, the grammatical addressee, a lead that is one.
    Below a heading that may be a topic ("Health") a plain addressee goes first ("GPs should …").
    """
    given = recommendation.agencies
    agencies = tuple(map(_with_kind, given)) if given else _find(recommendation)
    return replace(recommendation, agencies=agencies)


def asked_in(text: str) -> tuple[Agency, ...]:
    """Name who is asked to act by the words of a text, such as a lead-in: "15 The Board should:"."""
    folded = _ENUMERATED.sub("That", _NUMBER.sub("", fold(text)))
    return addressees(folded, tokenise(folded))


def agency_kind(name: str) -> str:
    """Give the key of the kind of agency that a name says it is, or an empty string.

    The name of a former body gives the kind that has its duties today.
    """
    tokens = tokenise(fold(name))
    known = kind_of(tokens, 0, len(tokens))
    return present_kind(known.kind) if known else ""


def is_agency_heading(heading: str) -> bool:
    """Tell whether a heading names an agency and nothing else, so that what is below is addressed to it."""
    return bool(heading_agencies(heading))


def _with_kind(agency: Agency) -> Agency:
    return agency if agency.kind else replace(agency, kind=agency_kind(agency.name))


def _find(recommendation: Recommendation) -> tuple[Agency, ...]:
    headings, text = recommendation.heading, recommendation.text
    if tagged := _tagged(text):
        return tagged
    asked = _explicitly_asked(text)
    above = _deepest(headings[_titles(headings) :]) or (
        None if _may_be_title(headings) else _deepest(headings[:1])
    )
    if above is None:
        return asked_in(text) or _lead(recommendation.lead) or heading_agencies("".join(headings[-1:]))
    if is_topic(above):
        return asked or _plainly_asked(text) or (() if is_pair(above) else _addressed_by(above))
    others = [agency for agency in asked or _plainly_asked(text) if agency.kind not in _kinds(above)]
    return (*_addressed_by(above), *others)


def _tagged(text: str) -> tuple[Agency, ...]:
    """Name whom the bracket at the end says: "(To the governor)", if it is an agency."""
    match = _TAGGED.search(fold(text[-TAG:]))
    kind = agency_kind(match[1]) if match else ""
    return (Agency(" ".join(match[1].split()), kind),) if match and kind else ()


def _kinds(heading: str) -> set[str]:
    return {agency.kind for agency in _addressed_by(heading)}


def _explicitly_asked(text: str) -> tuple[Agency, ...]:
    """Name those of a kind who are named after "recommends that", whatever the heading says.

    Why: below "Department of Family Welfare Recommendations:" it is the county that is to act.
    """
    folded = fold(text)
    return explicit_addressees(folded, tokenise(folded))


def _addressed_by(heading: str) -> tuple[Agency, ...]:
    """Name whom a heading addresses, a lead-in too: "Harle Hospital is recommended to:"."""
    lead_in = heading.rstrip().endswith(":")
    return heading_agencies(heading) or (lead_in and (asked_in(heading) or addressed_body(heading))) or ()


def _plainly_asked(text: str) -> tuple[Agency, ...]:
    """Name who is asked in plain words below a heading like "Health", which may be a topic only.

    Why: under "Health" stands "Harle Hospital should audit its surveys", and also "Systems are reviewed".
    """
    folded = fold(text)
    return plain_addressees(folded, tokenise(folded))


def _deepest(headings: tuple[str, ...]) -> str | None:
    return next((heading for heading in reversed(headings) if _addressed_by(heading)), None)


def _titles(headings: tuple[str, ...]) -> int:
    """Count the outermost headings that may be the document's title and publisher.

    Why: "Learning summary: Child V" and below it "Wexmoor Safeguarding Children Partnership".
    """
    publisher = len(headings) > 1 and addresses_document(headings[1])
    return 2 if publisher and "recommendation" not in headings[0].lower() else 1


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
