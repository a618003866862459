"""Requests in the running text: "The review calls on the council to …; on the police to …; and wants …"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from srtminer.recommendations.asks import Span, recommended
from srtminer.recommendations.candidates import Item, Series
from srtminer.structure import Node
from srtminer.text.words import sentences

_REQUESTS = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|urg(?:es?|ed|ing)|call(?:s|ed|ing)? (?:up)?(?:on|for)|invit(?:es?|ed|ing)"
    r"|recommend(?:s|ed|ing)?|propos(?:es?|ed|ing)|suggest(?:s|ed)?|seek(?:s|ing)?|sought|request(?:ed|ing)?"
    r"|be grateful|(?:wants?|wanted|(?:would|[’']d)(?: \w+)? (?:like|want)|wish(?:es|ed)?)"
    r"(?! to\b(?! see\b)))\b",
    re.IGNORECASE,
)
"""Verbs that ask, whoever does so."""
_GIVEN = re.compile(
    r"(?:\binclud(?:es?|ed|ing)|(?<!\bwe )(?<!\bthey )\b(?:are|were)|\bfrom|:)(?: also)? "
    r"(?=(?!being|regarding)\w+ing\b|(?:\(\w{1,4}\) )?that\b)",
    re.IGNORECASE,
)
"""What stands right before a list of requests that is no part of the first."""
_NEXT = re.compile(r"([;,])(?: and| or| but)?(?: also| finally| lastly)? ", re.IGNORECASE)
_FORM = re.compile(
    r"(?:\(?\w{1,4}\) |to (?=\w+ing\b))?(?:(that(?! they\b)|to|if|on)\b|\w+(ing)\b"
    r"|(?:the|an?|each|every|all|its|[A-Z])[^,;]{1,80}?\b(?:to|is|are|was|were|that)\b)",
)
"""How a request begins, or what it says of whom it asks: those of one sentence begin alike."""
_OWN = re.compile(
    r"\b(?:reviews?|reviewers?|reports?|panel|inquiry|authors?|commissioner|scrutineer|coroner|proposals?"
    r"|proposes|recommendations?|requests|findings)\b"
    r"|\b(?:I|we)(?:[’']d| would| should)?(?: \w+)? \w+(?<!ed)(?<!ing)$",
    re.IGNORECASE,
)
"""A review, or "I" in front of a verb at the end, that asks."""
_NOBODY = re.compile(
    r"(?:and |so )?(?:it|he|she|they|these|among|others?|what|there|in addition|finally)\b"
    r"|[^;]*\b(?:is|are|was|were|be)(?: \w+)? (?:asked|urged|invited|requested|proposed|suggested|recommend)",
    re.IGNORECASE,
)
"""A sentence that does not say who asks."""


ONE_REQUEST = 0.5
"""A sentence that asks for one thing tells so much of what one that lists several does."""


def requests(nodes: Sequence[Node]) -> Iterator[Series]:
    """Take what a paragraph asks for in prose: "It calls on the council to …; and to …. It wants …"."""
    for index, node in enumerate(nodes):
        if node.role in ("heading", "row") or node.kind.startswith(("bullet", "label")):
            continue
        if not _REQUESTS.search(node.text) and not _GIVEN.search(node.text):
            continue  # most paragraphs: their sentences need not be told apart
        above = "\n".join(one.text for one in nodes[max(0, index - 2) : index])
        items: list[Item] = []
        for start, end in sentences(node.text):
            parts, alike = requests_in(node.text[start:end])
            if not alike:
                continue
            asker = alike * _review_asks(node.text[start:end], f"{above}\n{node.text[:start]}")
            if len(parts) == 1:
                asker *= ONE_REQUEST
            if len(parts) > 1 or asker:
                spans = ((start + one, start + other) for one, other in parts)
                items += [Item((node,), node.number, "", *span, asker=asker) for span in spans]
        if len(items) > 1:
            yield Series("wishes", tuple(items))


def parts_of(text: str) -> list[Span]:
    """Give the sentences that recommend, and each request of those that semicolons part."""
    found = []
    for start, end in recommended(text):
        parts, alike = requests_in(text[start:end])
        listed = ";" in text[start:end] and alike == 1
        found += [(start + one, start + other) for one, other in parts] if listed else [(start, end)]
    return found


@lru_cache(maxsize=8192)
def requests_in(sentence: str) -> tuple[tuple[Span, ...], float]:
    """Split "They include asking the board to check that …; that …; and reviewing …" at its requests.

    Where no semicolon parts them, at the commas behind which it goes on as it begins: ", that …, and that …".
    A sentence that asks for one thing, or nothing, is one part. Beside them the share that begins as
    requests do.
    """
    given = _GIVEN.search(sentence)
    lead = given or _REQUESTS.search(sentence)
    if lead is None:
        return ((0, len(sentence)),), 0.0
    begin, first = (given.end(), given.end()) if given else (0, lead.end() + 1)
    form = _form(sentence, first)
    commas = form not in ("", "to") and ";" not in sentence
    found = [
        one
        for one in _NEXT.finditer(sentence, first)
        if one[1] == ";" or (commas and _form(sentence, one.end()) == form)
    ]
    forms = [form, *(_form(sentence, one.end()) for one in found)]
    alike = sum(map(bool, forms)) / len(forms)
    if not found:
        return ((0, len(sentence)),), alike
    starts, ends = [begin, *(one.end() for one in found)], [one.start() for one in found]
    return tuple(zip(starts, [*ends, len(sentence.rstrip(".;"))], strict=True)), alike


def _form(sentence: str, place: int) -> str:
    """Say how a request begins: "that", "to", "if", "on", "ing", or "who" where somebody is named."""
    match = _FORM.match(sentence, place)
    if match is None:
        return ""
    return (match[1] or match[2] or "who").lower()


def _review_asks(sentence: str, before: str) -> bool:
    """Tell a sentence with a request in which the review or "I" ask from one in which somebody else does.

    Where it does not say who asks, the text before tells.
    """
    lead = _REQUESTS.search(sentence) or _GIVEN.search(sentence)
    if lead and _OWN.search(sentence[: lead.end()]):
        return True
    return bool(_NOBODY.match(sentence) and _OWN.search(before))
