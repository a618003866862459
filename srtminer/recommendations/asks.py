"""Whether a text asks for something, or only talks about recommendations."""

import re
from functools import lru_cache

from srtminer.structure.conventions import may_say, opens, says
from srtminer.text.words import sentences

LOOK_AT = 600
"""Characters of a paragraph that are looked at; what it asks for stands there."""
TITLE_WORDS = 2
"""Words of a title that is set in front of a paragraph's first sentence."""
_TO_VERB = re.compile(
    r"[A-Z][^\s]{0,30}(?: [\w’'/&(),-]{1,30}){0,13}? to "
    r"(?!(?:the|all|those|every|any|each|a|an|which|whom|his|her|their)\b|be (?!\w+ed\b))[a-z]"
)
_FINITE = re.compile(
    r"\b(?:was|were|had|has|have|is|are|did|does|do|seems?|needs?|wants?|it|this|that|there|he|she|they|we|I"
    r"|(?!named|designated|registered|integrated|accredited)\w{2,20}ed)\b"
)
_QUOTE = re.compile(r"^[“\"‘']")


@lru_cache(maxsize=8192)
def first_sentence(text: str) -> str:
    """Give the first sentence of a text, behind a title in front of it: "Introduction. The Panel …"."""
    spans = sentences(text[:LOOK_AT])
    titled = len(spans) > 1 and len(text[slice(*spans[0])].split()) <= TITLE_WORDS
    return text[slice(*spans[int(titled)])]


@lru_cache(maxsize=8192)
def asks(text: str) -> bool:
    """Tell whether a text asks somebody to do something; cached, as each series asks again."""
    head = text[:LOOK_AT]
    kinds = ("modal", "wish", "imperative", "urges")
    return any(says("sentence", kind, head) for kind in kinds) or assigns(head)


def assigns(text: str) -> bool:
    """Tell "The local dental committee to hold a session each year." from "The mother agreed to meet her."

    No verb stands before the infinitive.
    """
    match = _TO_VERB.match(text)
    return match is not None and not _FINITE.search(match[0])


@lru_cache(maxsize=8192)
def opens_asking(text: str) -> bool:
    """Tell a text that asks from its first words on: "Ensure …", "That …", "The Board should …"."""
    if assigns(text) or recommends(first_sentence(text)):
        return True
    starts = (opens("sentence", kind, text) for kind in ("imperative", "wish"))
    return any(starts) or says("sentence", "modal", text[:OPENING])


OPENING = 120
"""Characters in which somebody is named and asked."""


@lru_cache(maxsize=8192)
def talks(text: str) -> bool:
    """Tell a text about recommendations from one that makes one: nothing is asked before it."""
    first = first_sentence(text)
    return says("text", "talks", first) and not says("sentence", "recommends", first)


@lru_cache(maxsize=8192)
def recommends(sentence: str) -> bool:
    """Tell a sentence in which the review itself recommends: "We recommend that …"."""
    if "“" in sentence[:3] or not says("sentence", "recommends", sentence):
        return False
    return not says("text", "talks", sentence)


def is_bare(text: str) -> bool:
    """Tell a line that opens a list and asks for nothing itself: "The Board should:".

    Nor does the text before it: "Replace the form. The new form must:" is one request with its parts.
    """
    if not text.endswith(":") or not says("text", "bare", text):
        return False
    *before, last = (text[slice(*span)] for span in sentences(text))
    return "recommend" in last or not any(map(asks, before))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence begins within a quotation.

    Why: The chair said: "We recommend that every professional reads this."
    """
    before = text[:start] + text[start:end].split("recommend")[0]
    return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”")


Span = tuple[int, int]


@lru_cache(maxsize=4096)
def recommended(text: str) -> tuple[Span, ...]:
    """Find the sentences of a paragraph in which the review itself recommends; cached, too."""
    if _QUOTE.match(text) or not may_say("sentence", "recommends", text):
        return ()
    spans = sentences(text)
    return tuple(one for one in spans if recommends(text[slice(*one)]) and not is_quoted(text, *one))
