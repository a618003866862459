"""What says who is asked by what stands below: a heading, the lead-in of a list, a coroner's address."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

from srtminer.agencies.addressee_choice import PERFORMED, as_agencies, in_words, once_each
from srtminer.agencies.agency_names import Name, agency_kind, ends_in_kind, read_names
from srtminer.agencies.lexicon import UNSPECIFIED, Token, lexicon, tokenise
from srtminer.model import Agency, Paragraph, Recommendation, Review, Section
from srtminer.text.words import fold

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
    words = lexicon()
    while start < end and (
        (one := tokens[start]).text in MARKS or one.text.isdigit() or one.word in words.before
    ):
        start += 1
    while start < end and (tokens[end - 1].text in MARKS or tokens[end - 1].word in words.after):
        end -= 1
    return start, end


def _only_names(tokens: Sequence[Token], start: int, end: int) -> tuple[Name, ...]:
    """Read the names between two places if nothing else stands there, or give none."""
    first, end = _trim(tokens, start, end)
    part = tokens[:end]
    if first >= end or _is_activity(part[first:]):
        return ()
    names, reached = read_names(part, first)
    all_known = all(
        name.known and name.known.kind != UNSPECIFIED and ends_in_kind(part, name) for name in names
    )
    return names if reached == end and all_known else ()


def _is_activity(tokens: Sequence[Token]) -> bool:
    """Tell "Leaving hospital", a topic, from "Worthing Hospital" and "Commissioning"."""
    small = len(tokens) > 1 and tokens[1].text.islower()
    return small and tokens[0].text.endswith("ing") and not lexicon().at(tokens, 0)


def lead_ins(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[str, ...]:
    """Give of each recommendation the sentence that opens its list, or an empty string.

    It holds below its own heading up to the next lead-in; the next heading beside or above ends it.
    Why running text does not: lists are torn, and what is left of an item looks like running text.
    """
    starts = [section.start for section in sections]
    wanted = {one.start: index for index, one in enumerate(recommendations)}
    ordered = sorted(wanted)
    found = [""] * len(recommendations)
    current, path = "", tuple[str, ...]()
    for paragraph in review.paragraphs:
        here = sections[bisect_right(starts, paragraph.start) - 1].path if sections else ()
        if here[: len(path)] != path:
            current, path = "", ()
        for start in ordered[bisect_left(ordered, paragraph.start) : bisect_left(ordered, paragraph.end)]:
            found[wanted[start]] = current
        sentence = _opening(review.text[paragraph.start : paragraph.end])
        if sentence:
            current, path = sentence, here
    return tuple(found)


def _opening(text: str) -> str:
    """Give the last sentence of a paragraph if it asks somebody and leaves open for what."""
    text = text.rstrip()
    if not text.endswith(":"):
        return ""
    sentence = text.rsplit(". ", 1)[-1]
    asks = any(f"asked: {form}" in one.features for one in in_words(sentence) for form in PERFORMED)
    return sentence if asks else ""


_SENT = re.compile(
    r"\W*(?:th(?:is|e) )?(?:report|letter)(?: (?:is|was|has been))?(?: being)? "
    r"(?:sent|addressed|directed|made) to\b(?: the following)?\W*",
    re.IGNORECASE,
)
"""Opens the block: "THIS REPORT IS BEING SENT TO:"."""
_PARTS = re.compile(r";|\n|(?:^|\s)\(?\d{1,2}[.)]\s")
FRONT = 40
"""Paragraphs in which the block opens."""
ENTRY = 160
"""Characters of one recipient; what is longer is running text."""


def recipients(review: Review) -> tuple[Agency, ...]:
    """Name whom a coroner's report is sent to, as printed and in its order; nobody for other documents."""
    if not any(fact.field == "kind" and fact.value == "PFD" for fact in review.facts):
        return ()
    front = review.paragraphs[:FRONT]
    texts = [review.text[one.start : one.end].strip() for one in front]
    for place, text in enumerate(texts):
        if found := _SENT.match(text):
            after = text[found.end() :]
            entries = [after] if after else _listed(front[place + 1 :], texts[place + 1 :])
            return once_each(_as_agency(part) for entry in entries for part in _PARTS.split(entry) if part)
    address = list(takewhile(lambda text: not text.startswith("Dear "), texts))
    named = (agency for line in address for agency in heading_agencies(line))
    # The coroner's own name stands above "Dear …", too.
    return once_each(one for one in named if one.kind != "coroner") if len(address) < len(texts) else ()


def _listed(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> Iterator[str]:
    """Give the entries of a list up to what is of another kind: a heading, another count, running text."""
    seen: set[str] = set()
    for paragraph, text in zip(paragraphs, texts, strict=True):
        counted = bool(paragraph.number) == bool(paragraphs[0].number)
        if paragraph.role == "heading" or not counted or paragraph.number in seen or len(text) > ENTRY:
            return
        seen |= {paragraph.number} - {""}
        yield text


def _as_agency(text: str) -> Agency:
    name = " ".join(fold(text).split()).strip(" .,;:").removeprefix("The ").removeprefix("the ")
    return Agency(name, agency_kind(name))
