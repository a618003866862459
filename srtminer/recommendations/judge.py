"""Whether a text asks for something, or only talks about recommendations."""

import re

from srtminer.recommendations import phrases

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]’”][.!?])[’”\"]?\s+(?=[“‘\"(A-Z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|no|nos|para|paras|dr|mr|mrs|ms|prof|st|vol|ref|approx|art|fig)\.)$", re.I
)
LOOK_AT = 600
"""Characters of a paragraph that are looked at; what it asks for stands there."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences; (start, end) of each."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[max(0, match.start() - 8) : match.start()]):
            spans.append((start, match.start()))
            start = match.end()
    return [*spans, (start, len(text))]


def first_sentence(text: str) -> str:
    """Give the first sentence of a text."""
    start, end = sentences(text[:LOOK_AT])[0]
    return text[start:end]


def is_directive(text: str) -> bool:
    """Tell whether a text asks somebody to do something."""
    head = text[:LOOK_AT]
    patterns = (phrases.WISH, phrases.IMPERATIVE, phrases.TO_VERB)
    if any(pattern.match(head) for pattern in patterns):
        return True
    return any(
        pattern.search(head) for pattern in (phrases.MODAL, phrases.PERFORMATIVE, phrases.PASSIVE_NEED)
    )


def is_about(text: str) -> bool:
    """Tell a sentence about recommendations from one that makes one: nothing is asked before it."""
    first = first_sentence(text)
    match = phrases.ABOUT.search(first)
    if match is None:
        return False
    before = first[: match.start()]
    return not (
        phrases.MODAL.search(before)
        or phrases.PERFORMATIVE.search(before)
        or phrases.IMPERATIVE.match(before)
    )


def only_talks(text: str) -> bool:
    """Tell a paragraph that begins with talk about recommendations and never asks for anything."""
    if not is_about(text):
        return False
    later = (text[start:end] for start, end in sentences(text)[1:])
    return not any(is_directive(sentence) and not is_about(sentence) for sentence in later)


def recommends(sentence: str) -> bool:
    """Tell a sentence in which the review itself recommends: "We recommend that …"."""
    if is_about(sentence) or "“" in sentence[:3]:
        return False
    return bool(phrases.FIRST_PERSON.search(sentence) or phrases.IMPERSONAL_PAST.search(sentence))


def is_lead_in(text: str) -> bool:
    """Tell a line that only opens a list: "The Board should:"."""
    return text.endswith(":") and bool(phrases.LEAD_IN.search(text[-300:]))


def tag(text: str) -> str:
    """Give the tag that closes a committee's paragraph: "recommendation", "conclusion" or nothing."""
    match = phrases.TAG.search(text[-120:])
    return match[1].lower() if match else ""
