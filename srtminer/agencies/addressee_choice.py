"""Who of those proposed is asked: by the words, a heading, the lead-in of a list, a coroner's address.

A few features of each are weighed, with the weights of a logistic regression that is fitted on annotated
documents (tests/fit_agencies.py).
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import takewhile
from math import exp

from srtminer.agencies.addressee_phrases import AskedPhrase, asked_phrases
from srtminer.agencies.agency_names import (
    BASE_VERBS,
    MODALS,
    OF,
    UNSPECIFIED,
    Name,
    Token,
    agency_kind,
    ends_in_kind,
    is_acronym,
    is_thing,
    kind_of,
    lexicon,
    read_names,
    tokenise,
)
from srtminer.model import Agency, Paragraph, Recommendation, Review, Section
from srtminer.text.words import fold

QUANTIFIERS = frozenset({"all", "any", "both", "each", "every"})
PERFORMED = frozenset({"urged", "recommended"})
MOST = 40
"""Names looked at in one recommendation; the longest list seen has 9."""
FAR = 15_000
"""Characters of a recommendation that are looked at; the longest seen has 9,000."""
ENOUGH = 0.5
"""Probability from which somebody is named."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked, and what speaks for it and against it."""

    agencies: tuple[Agency, ...]
    features: frozenset[str]


def in_words(text: str) -> tuple[Candidate, ...]:
    """Propose who is asked by the words of a text."""
    folded = fold(text[:FAR])
    tokens = tokenise(folded)
    found = ((phrase, _names(tokens, phrase)) for phrase in asked_phrases(tokens)[:MOST])
    return tuple(
        Candidate(as_agencies(folded, tokens, names), _features(tokens, phrase, names))
        for phrase, names in found
        if names
    )


def choose(candidates: Sequence[Candidate]) -> tuple[Agency, ...]:
    """Name those who are probably asked, the likeliest first; each once."""
    weighed = [(probability(candidate.features), candidate) for candidate in candidates]
    likely = sorted((pair for pair in weighed if pair[0] >= ENOUGH), key=lambda pair: -round(pair[0], 9))
    return once_each(agency for _, candidate in likely for agency in candidate.agencies)


def is_likely(candidate: Candidate) -> bool:
    """Tell whether a candidate is more likely asked than not."""
    return probability(candidate.features) >= ENOUGH


def probability(features: Iterable[str]) -> float:
    """Give the probability that who has these features is asked, 0 to 1."""
    known = weights()
    return 1 / (1 + exp(-known["always"] - sum(known.get(feature, 0.0) for feature in sorted(features))))


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Load the weights by feature."""
    text = (resources.files("srtminer") / "data" / "agency_weights.toml").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(text)["weights"].items()}


def once_each(agencies: Iterable[Agency]) -> tuple[Agency, ...]:
    """Name each once, by the fullest of its names: "The service" is the "Harle Drug Service" above."""
    kept: dict[frozenset[str], Agency] = {}
    for agency in agencies:
        words = frozenset(token.word for token in tokenise(fold(agency.name)))
        same = next((other for other in kept if words <= other or other <= words), None)
        if same is None:
            kept[words] = agency
        elif same < words:
            kept = {
                words if key is same else key: agency if key is same else one for key, one in kept.items()
            }
    return tuple(kept.values())


def as_agencies(text: str, tokens: Sequence[Token], names: Iterable[Name]) -> tuple[Agency, ...]:
    """Turn names into agencies, as printed; the same one is named once."""
    return once_each(Agency(_as_printed(text, tokens, name), name.kind) for name in names)


def _as_printed(text: str, tokens: Sequence[Token], name: Name) -> str:
    """Give the words of a name, without the "all" of "all GPs", which is no part of it."""
    quantified = tokens[name.start].text.lower() in QUANTIFIERS and not lexicon().at(tokens, name.start)
    start = name.start + int(quantified and name.end - name.start > 1)
    printed = " ".join(text[tokens[start].start : tokens[name.end - 1].end].split())
    follows = tokens[name.end].text if name.end < len(tokens) else ""
    return printed if follows in MODALS else printed.removesuffix("'s").rstrip("'")


def _names(tokens: Sequence[Token], phrase: AskedPhrase) -> tuple[Name, ...]:
    """Read the names that a phrase is made of; one that is no list of known names is one name."""
    names, end = read_names(tokens[: max(phrase.end, phrase.verb)], phrase.start)
    if names and end >= phrase.end:
        return names
    rest = [token.text for token in tokens[end : phrase.end]]
    if names and rest[0] == "(" and rest[-1] == ")":  # "Government (a)", "Harle Research Agency (HRA)"
        return names
    if rest.count(")") > rest.count("("):  # "3) HM Government"
        return ()
    if phrase.form not in PERFORMED and "," in rest:
        before = names if rest[0] == "," and all(name.known for name in names) else ()
        if not (before and tokens[end + 1].capital):  # as in "governments of the UK, Scotland and Wales"
            return before  # "the Board, having met,"; "However, the Board"
    return (Name(phrase.start, phrase.end, kind_of(tokens, phrase.start, phrase.end)),)


def _features(tokens: Sequence[Token], phrase: AskedPhrase, names: Sequence[Name]) -> frozenset[str]:
    first, words = names[0], tokens[phrase.start : phrase.end]
    head_end = next((i for i, token in enumerate(words) if i and token.word in OF), len(words))
    verb = tokens[phrase.verb].text if phrase.verb < len(tokens) else ""
    inner = words[int(phrase.opening) : head_end]
    found = {
        f"asked: {phrase.form}": True,
        "is known": any(name.known and not name.known.weak for name in names),
        "is known weakly": bool(first.known and first.known.weak),
        "capital": any(token.capital for token in inner),
        "capitals only": all(
            token.capital for token in words if token.text.isalpha() and token.word not in OF
        ),
        "acronym": any(is_acronym(token) for token in words[:head_end]),
        "head of a body": any(lexicon().head_at(tokens, phrase.start + i) for i in range(head_end)),
        "thing": is_thing(tokens, phrase.start, phrase.end),
        "people who do": words[head_end - 1].text.endswith(("ers", "ors", "ists", "ians")),
        "verb first": words[0].text.lower() in BASE_VERBS,
        "verb of somebody": verb in BASE_VERBS or verb.removesuffix("s") in BASE_VERBS,
        "opens": phrase.opening,
    }
    return frozenset(name for name, holds in found.items() if holds)


# Headings, lead-ins and addresses -----------------------------------------------------------------------

_TO_BODY = re.compile(r"To (?:the )?([A-Z][^:]{2,70}):")
LONGEST = 200
"""Characters; longer headings are sentences."""
MARKS = frozenset(".:;-–—()[]•")
DIVIDERS = frozenset(":-–—")


def heading_agencies(heading: str) -> tuple[Agency, ...]:
    """Name whom a heading addresses, or nobody: "Recommendations for the Police", "Health", "WH LSCB".

    Nothing but names may stand in the heading, beside its number and words like "Recommendations for".
    """
    text = fold(heading[:LONGEST])
    tokens = tokenise(text)
    parts = _parts(tokens) if len(heading) < LONGEST and not text.startswith("Dear ") else ()
    return as_agencies(
        text, tokens, next((names for part in parts if (names := _only_names(tokens, *part))), ())
    )


def addressed_body(heading: str) -> tuple[Agency, ...]:
    """Name the body after "To the" in a line like "To the Harle Youth Centre:", of whatever kind."""
    match = _TO_BODY.fullmatch(" ".join(fold(heading).split()))
    return (Agency(match[1], ""),) if match else ()


def addresses_document(heading: str) -> bool:
    """Tell whether a heading names a body that publishes reviews, so that it may be a document's title.

    Why: titles spell names out; "WH LSCB" above recommendations says to whom they go.
    """
    text = " ".join(fold(heading).split())
    spelt_out = not any(word.isupper() and lexicon().abbreviated(word) for word in text.split())
    agencies = heading_agencies(text)
    alone = [one.name for one in agencies] == [text.removeprefix("The ").removeprefix("the ")]
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
