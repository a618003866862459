"""Whether a text asks for something, or only talks about recommendations."""

from srtminer.recommendations import request_phrases as phrases
from srtminer.text.sentences import sentences

LOOK_AT = 600
"""Characters of a paragraph that are looked at; what it asks for stands there."""

_RECOMMEND = (phrases.FIRST_PERSON, phrases.IMPERSONAL_PAST)
_ASKING = ("recommend", "consider", "urge", "call", "ask", "propose", "invited", "request")
"""Whatever `_RECOMMEND` matches has one of these; looking for them is far cheaper."""
TITLE_WORDS = 2
"""Words of a title that is set in front of a paragraph's first sentence."""


def first_sentence(text: str) -> str:
    """Give the first sentence of a text, behind a title in front of it: "Introduction. The Panel …"."""
    spans = sentences(text[:LOOK_AT])
    titled = len(spans) > 1 and len(text[slice(*spans[0])].split()) <= TITLE_WORDS
    return text[slice(*spans[int(titled)])]


def is_directive(text: str) -> bool:
    """Tell whether a text asks somebody to do something."""
    head = phrases.DECLINES.sub("", text[:LOOK_AT])
    patterns = (phrases.WISH, phrases.IMPERATIVE, phrases.TO_VERB)
    if any(pattern.match(head) for pattern in patterns):
        return True
    return any(
        pattern.search(head) for pattern in (phrases.MODAL, phrases.PERFORMATIVE, phrases.PASSIVE_NEED)
    )


def assigns(text: str) -> bool:
    """Tell "The local dental committee to hold a session each year." from "The mother agreed to meet her."

    No verb stands before the infinitive. Only to be asked of paragraphs of a list of recommendations.
    """
    match = phrases.INFINITIVE.match(text[:LOOK_AT])
    return match is not None and not phrases.FINITE.search(match[0])


def is_about(text: str) -> bool:
    """Tell a sentence about recommendations from one that makes one: nothing is asked before it."""
    first = first_sentence(text)
    match = phrases.ABOUT.search(first)
    if match is None or phrases.ITSELF.search(first):
        return False
    before = first[: match.start()]
    return not (
        phrases.MODAL.search(before)
        or phrases.PERFORMATIVE.search(before)
        or phrases.IMPERATIVE.match(before)
    )


def only_talks(text: str) -> bool:
    """Tell a paragraph that talks about recommendations, or opens a list, and never asks for anything."""
    if not is_directive(text):
        first = first_sentence(text)
        return bool(phrases.TALK.search(first)) and not phrases.WILL.search(first)
    if not is_about(text):
        return False
    later = (text[start:end] for start, end in sentences(text)[1:])
    return not any(
        is_directive(text) and not is_about(text) and not phrases.GOES_ON.match(text) for text in later
    )


def recommends(sentence: str) -> bool:
    """Tell a sentence in which the review itself recommends: "We recommend that …"."""
    if "“" in sentence[:3] or not any(map(sentence.casefold().__contains__, _ASKING)):
        return False
    if not any(pattern.search(sentence) for pattern in _RECOMMEND):
        return False
    return not (is_about(sentence) or phrases.TOLD.search(sentence))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether the words that recommend, in the sentence from `start` to `end`, stand in a quotation.

    Why: The chair said: "We recommend that every professional reads this."
    """
    matches = (pattern.search(text[start:end]) for pattern in _RECOMMEND)
    before = text[: start + min((match.start() for match in matches if match), default=0)]
    return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”")


def narrates(text: str) -> bool:
    """Tell the words with which an author closes a list, "I am grateful to …", from a recommendation."""
    return bool(phrases.NARRATES.match(text)) and not recommends(first_sentence(text))


def is_bare_lead_in(text: str) -> bool:
    """Tell a lead-in without content of its own: "The Board should:", not "… should check that:"."""
    return text.endswith(":") and len(sentences(text)) == 1 and bool(phrases.BARE_LEAD_IN.search(text[-200:]))


def tag(text: str) -> str:
    """Give the tag that opens or closes a committee's paragraph: "recommendation", "conclusion" or ""."""
    match = phrases.TAG_IN_FRONT.match(text) or phrases.TAG.search(text[-120:])
    return match[1].lower() if match else ""
