"""Who is asked to act: proposed by the words, the lead-in, the heading and the table; weighed together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from srtminer.agencies.addressee_choice import (
    PERFORMED,
    Candidate,
    addressed_body,
    addresses_document,
    choose,
    heading_agencies,
    in_words,
    is_likely,
    lead_ins,
    recipients,
)
from srtminer.agencies.agency_names import UNSPECIFIED, Names, agency_kind, lexicon, own_names
from srtminer.model import Agency, Recommendation
from srtminer.text.words import fold

__all__ = [
    "Names",
    "address",
    "agency_kind",
    "agency_kinds",
    "candidates",
    "is_agency_heading",
    "lead_ins",
    "own_names",
    "recipients",
]

_NUMBER = re.compile(r"^\(?[0-9][0-9.]{0,8}\)?\s+(?=[A-Z])")
TAG = 90
"""Characters of a bracket at the end that may say who is asked."""
_TAGGED = re.compile(
    r"\((?:recommendation )?(?:to|for|action(?: by)?|directed to):? (?:the )?([^()]{2,70})\)[.;]?\s*$", re.I
)
"""Why: inspectors of prisons close each recommendation with "(To the governor)"."""
UNLESS_NAMED = frozenset({"heading may be the title", "column"})
"""What says who is asked only where the words do not: "Health", "Wexmoor Safeguarding Children Board"."""


def address(
    recommendation: Recommendation, lead_in: str = "", sent_to: tuple[Agency, ...] = ()
) -> Recommendation:
    """Fill in who is asked to act; agencies that are there already only get their kinds.

    `lead_in` is what opens the list that the recommendation stands in: "We recommend that the Board:";
    `sent_to` are the recipients of the document, who are asked where nobody else is.
    """
    given = recommendation.agencies
    if given:
        found = tuple(one if one.kind else replace(one, kind=agency_kind(one.name)) for one in given)
    else:
        found = choose(candidates(recommendation, lead_in)) or sent_to
    return replace(recommendation, agencies=found)


def candidates(recommendation: Recommendation, lead_in: str = "") -> tuple[Candidate, ...]:
    """Propose everybody who may be asked, in the order in which equals are named.

    Where the review asks in so many words ("we call upon the Board to"), its headings are topics.
    """
    text = _plain(recommendation.text)
    words = in_words(text)
    lead_in = lead_in or "".join(heading for heading in recommendation.heading[-1:] if heading.endswith(":"))
    if _performed(in_words(text.partition(". ")[0]) if lead_in else words):
        return (*words, *_marked(recommendation))
    if lead_in:
        words = in_words(f"{_plain(lead_in)} {text}")
    beside = (*_headed(recommendation.heading), *_marked(recommendation))
    named = any(map(is_likely, words))
    return (*words, *(one for one in beside if not (named and one.features & UNLESS_NAMED)))


def _performed(words: Sequence[Candidate]) -> bool:
    forms = {f"asked: {form}" for form in PERFORMED}
    return any(forms & one.features and is_likely(one) for one in words)


def agency_kinds() -> frozenset[str]:
    """Give the keys of the kinds of the data file that there are today."""
    return frozenset(lexicon().present.values()) - {UNSPECIFIED}


def is_agency_heading(heading: str) -> bool:
    """Tell whether a heading names an agency and nothing else, so that what is below is addressed to it."""
    return bool(heading_agencies(heading))


def _plain(text: str) -> str:
    return _NUMBER.sub("", fold(text))


def _headed(headings: Sequence[str]) -> Iterator[Candidate]:
    """Propose whom the nearest heading names that names somebody: those further out are shadowed by it."""
    for place, heading in reversed(tuple(enumerate(headings))):
        if agencies := heading_agencies(heading) or addressed_body(heading):
            outermost = place == 0 or (place == 1 and "recommendation" not in headings[0].lower())
            title = outermost and addresses_document(heading)
            yield Candidate(agencies, frozenset(["heading", *["heading may be the title"] * title]))
            return


def _marked(recommendation: Recommendation) -> Iterator[Candidate]:
    """Propose whom a bracket at the end names, "(To the governor)", and who leads in a table's column."""
    tag = _TAGGED.search(fold(recommendation.text[-TAG:]))
    for feature, name in (("bracket", tag[1] if tag else ""), ("column", fold(recommendation.lead))):
        name = " ".join(name.split()).strip(" .,;:")
        if kind := agency_kind(name):
            yield Candidate((Agency(name, kind),), frozenset({feature}))
