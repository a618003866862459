"""Headings that say who is addressed below them."""

import re
from collections.abc import Iterator, Sequence

from srtminer.agencies.addressee_choice import as_agencies
from srtminer.agencies.agency_names import Name, ends_in_kind, read_names
from srtminer.agencies.agency_tokens import Token, fold, tokenise
from srtminer.agencies.lexicon import UNSPECIFIED, lexicon
from srtminer.model import Agency

_TO_BODY = re.compile(r"To (?:the )?([A-Z][^:]{2,80}):")
_ARTICLE = re.compile(r"the ", re.IGNORECASE)
MOST_WORDS = 8
"""Words of the name of a body; more is a sentence."""

LONGEST = 200
"""Characters; longer headings are sentences."""
MARKS = frozenset(".:;-–—()[]•")
DIVIDERS = frozenset(":-–—")


def heading_agencies(heading: str) -> tuple[Agency, ...]:
    """Name whom a heading addresses, or nobody: "Recommendations for the Police", "Health", "WH LSCB".

    Nothing but names may stand in the heading, beside its number and words like "Recommendations for".
    """
    text, tokens, names = _read(heading)
    return as_agencies(text, tokens, names)


def addressed_body(heading: str) -> tuple[Agency, ...]:
    """Name the body after "To the" in a line like "To the Harle Youth Centre:", of whatever kind."""
    match = _TO_BODY.fullmatch(" ".join(fold(heading).split()))
    return (Agency(match[1], ""),) if match and len(match[1].split()) <= MOST_WORDS else ()


def _read(heading: str) -> tuple[str, tuple[Token, ...], tuple[Name, ...]]:
    """Give a heading folded, its tokens, and the names if nothing but names stands in it."""
    text = fold(heading[:LONGEST])
    tokens = tokenise(text)
    parts = _parts(tokens) if len(heading) < LONGEST and not text.startswith("Dear ") else ()
    return text, tokens, next((names for part in parts if (names := _only_names(tokens, *part))), ())


def addresses_document(heading: str) -> bool:
    """Tell whether a heading names a body that publishes reviews, so that it may be a document's title.

    Why: titles spell names out; "WH LSCB" above recommendations says to whom they go.
    """
    text = " ".join(fold(heading).split())
    spelt_out = not any(word.isupper() and lexicon().abbreviated(word) for word in text.split())
    agencies = heading_agencies(text)
    alone = len(agencies) == 1 and _ARTICLE.sub("", text[:4]) + text[4:] == agencies[0].name
    return alone and spelt_out and agencies[0].kind in lexicon().publishers


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give what may be the names: the heading, what its bracket says, what a dash or colon divides.

    "Harle Primary Care Trust (PCT)", "Licensing (Harle District Council)", "Recommendation 3: Police",
    "Health visiting – Harle Trust".
    """
    end = len(tokens)
    yield 0, end
    opening = next((i for i, token in enumerate(tokens) if token.text == "("), end)
    if 0 < opening < end and tokens[-1].text == ")":
        yield 0, opening
        yield opening + 1, end - 1
    for place in (i for i, token in enumerate(tokens) if token.text in DIVIDERS):
        if tokens[place].text != ":" and _only_names(tokens, 0, place):
            yield place + 1, end


def _trim(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Take numbers, marks and words like "Recommendations for" off both ends."""
    while start < end and (_is_mark(tokens[start]) or tokens[start].word in lexicon().before):
        start += 1
    while start < end and (tokens[end - 1].text in MARKS or tokens[end - 1].word in lexicon().after):
        end -= 1
    return start, end


def _is_mark(token: Token) -> bool:
    return token.text in MARKS or token.text.isdigit()


def _only_names(tokens: Sequence[Token], start: int, end: int) -> tuple[Name, ...]:
    """Read the names between two places if nothing else stands there, or give none."""
    first, end = _trim(tokens, start, end)
    part = tokens[:end]
    if first >= end or _is_activity(part[first:]):
        return ()
    names, reached = read_names(part, first)
    return names if reached == end and all(_is_agency(part, name) for name in names) else ()


def _is_activity(tokens: Sequence[Token]) -> bool:
    """Tell "Leaving hospital", a topic, from "Worthing Hospital" and "Commissioning"."""
    small = len(tokens) > 1 and tokens[1].text.islower()
    return small and tokens[0].text.endswith("ing") and not lexicon().at(tokens, 0)


def _is_agency(tokens: Sequence[Token], name: Name) -> bool:
    return name.known is not None and name.known.kind != UNSPECIFIED and ends_in_kind(tokens, name)
