"""Whether a text asks for something, or only talks about recommendations; sentences and prose lists."""

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
_WISHES = re.compile(
    r"\b(?:recommend\w*|include|includes|including|asks?|asked|asking|urges?)\b", re.IGNORECASE
)
_WISH = re.compile(
    r"(?:^|(?<=[;:]) |(?<=,) (?=(?:and )?\())(?:and )?"
    r"(?=(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\) )?that\b(?! they\b))"
    r"|(?<=;) (?:and )?(?=\w+ing\b|to \w)",
    re.IGNORECASE,
)
_WISHING = ("recommends", "lists wishes")
_ASKED = re.compile(r"(?<=;) (?:and )?(?=the )", re.IGNORECASE)


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


@lru_cache(maxsize=4096)
def wishes(text: str) -> tuple[tuple[int, int], ...]:
    """Find the sentences, and parts of sentences, of a paragraph that recommend something; cached, too."""
    none = text.count(";") < 2 and not any(may_say("sentence", what, text) for what in _WISHING)
    if none or _QUOTE.match(text):
        return ()
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        sentence = text[start:end]
        split = _prose_list(sentence)
        if split:
            found += [(start + a, start + b) for a, b in split]
        elif recommends(sentence) and not is_quoted(text, start, end):
            found.append((start, end))
    return tuple(found)


def _prose_list(sentence: str) -> list[tuple[int, int]]:
    """Split "They include asking the board to check that …; that …; and reviewing …" at its wishes."""
    own = says("sentence", "recommends", sentence)
    listed = says("sentence", "lists wishes", sentence)
    lead = _WISHES.search(sentence) if own or listed or sentence.count(";") > 1 else None
    if lead is None:
        return []
    starts = [match.start() + 1 for match in _WISH.finditer(sentence) if match.start() > lead.start()]
    if not starts:
        starts = [match.start() + 1 for match in _ASKED.finditer(sentence)]
        pieces = zip([0, *starts], [*starts, len(sentence)], strict=True)
        starts = starts if all(says("sentence", "recommends", sentence[a:b]) for a, b in pieces) else []
    if starts and sentence[: starts[0]].rstrip().endswith(":"):
        starts = starts[1:]  # "The review recommends: (1) that …"
    if not starts or not (own or listed or " that " in sentence[lead.start() : starts[0]]):
        return []
    begin = lead.start() if listed and lead[0].endswith("ing") else 0
    return list(zip([begin, *starts], [*(start - 1 for start in starts), len(sentence)], strict=True))
