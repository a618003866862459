"""Noun phrases of a text, without a tagger: what is left between function words, verbs and boilerplate.

In English a noun phrase ends in its head, so every ending of an unbroken run of nouns and adjectives is one:
"safe sleeping advice" gives "safe sleeping advice", "sleeping advice" and "advice".
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from srtminer.text.thesaurus import Vocabulary, matter, vocabulary
from srtminer.text.words import Token, keys, stem
from srtminer.vectors.content_words import clauses, is_name

LONGEST = 4
"""Content words in a phrase. Grows: longer labels, of which fewer stand in many texts."""

ARTICLES = frozenset(["the", "a", "an"])
LINKS = frozenset(["of", "for", "between"])
NO_HEAD = ("ed", "ing", "ly", "ive", "ous", "able", "ible", "ful", "less", "al", "ary", "ical")
"""Endings of participles and adjectives. Why: "culturally appropriate and accessible" is cut to no noun."""


ABSTRACT = ("ing", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship")
"""Endings of nouns in which a phrase may end though another noun follows."""
BEFORE_PARTICIPLE = (
    ARTICLES | frozenset({"any", "each", "every", "no", "its", "their", "his", "her", "our"}) | {"of", "in"}
)
"""Why: "their lived experience" is a noun phrase, "agencies shared advice" is none."""


class Phrase(NamedTuple):
    """A phrase that stands in a text."""

    key: tuple[str, ...]
    """Stems of its content words: two phrases with one key are one phrase in two forms."""
    surface: str
    """As printed, in lower case but for abbreviations."""
    known: str = ""
    """What people in safeguarding call the matter that it names; then `key` is that of this label."""


def phrases(text: str) -> tuple[Phrase, ...]:
    """Give the noun phrases of a text, each as often as it stands there."""
    found: list[Phrase] = []
    for clause in clauses(text):
        runs = list(noun_runs(text, clause))
        for start, end in runs:
            found.extend(endings(text, clause, start, end))
        for first, second in pairwise(runs):
            found.extend(linked(text, clause, first, second))
    return tuple(phrase for phrase in found if phrase.key)


def noun_runs(text: str, clause: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the unbroken runs of nouns and adjectives, as index ranges, cut back to end in a noun."""
    start = 0
    for index in range(len(clause) + 1):
        if index < len(clause) and is_nominal(text, clause, index):
            continue
        end = index
        while end > start and not is_end(clause[end - 1].key):
            end -= 1
        if end > start:
            yield start, end
        start = index + 1


def is_nominal(text: str, clause: Sequence[Token], index: int) -> bool:
    """Tell whether a word can be part of a noun phrase here: no verb, no name, no number, no boilerplate."""
    lists, key = vocabulary(), clause[index].key
    before = clause[index - 1].key if index else ""
    if key.isupper():
        return key in lists.abbreviations
    if key[0].isdigit() or len(key) < 2 or key in lists.unlabelled or is_name(text, clause[index]):
        return False
    if key in lists.verb_or_noun:
        return not follows_verb_marker(clause, index, lists)
    if key.endswith("ed") and key in lists.verbs:
        return index == 0 or before in BEFORE_PARTICIPLE
    return not (lists.is_boilerplate(key) or key in lists.modals or key in lists.verbs or key.endswith("ly"))


def follows_verb_marker(clause: Sequence[Token], index: int, lists: Vocabulary) -> bool:
    """Tell whether "record" or "support" is a verb: first in a clause, after "to", a modal or "not"."""
    if index == 0:
        return True
    before = clause[index - 1].key
    return (
        before in ("to", "not", "and", "or", "who", "which")
        or before in lists.modals
        or before.endswith("ly")
    )


def is_end(key: str) -> bool:
    """Tell whether a phrase can end in a word by its form: no participle, no adjective."""
    nouns = vocabulary().nouns
    return key in nouns or key.removesuffix("s") in nouns or not key.endswith(NO_HEAD)


def endings(text: str, clause: Sequence[Token], start: int, end: int) -> Iterator[Phrase]:
    """Give the endings of a run that say something, and those of two words or more of its beginnings.

    Why: "information sharing guidance" is about information sharing; but "parental drug" is half a phrase.
    """
    for last in range(end, start, -1):
        if last < end and not clause[last - 1].key.endswith(ABSTRACT):
            continue
        for first in range(max(start, last - LONGEST), last if last == end else last - 1):
            says = says_something([token.key for token in clause[first:last]])
            if says or last - first > 1:
                yield phrase(text, clause[first:last])


def linked(
    text: str, clause: Sequence[Token], first: tuple[int, int], second: tuple[int, int]
) -> Iterator[Phrase]:
    """Give the phrases of two runs joined by a link: "voice of the child"."""
    between = [token.key for token in clause[first[1] : second[0]]]
    link = [key for key in between if key != "the"]
    length = second[1] - second[0]
    if len(link) != 1 or link[0] not in LINKS or length >= LONGEST:
        return
    for start in range(max(first[0], first[1] - LONGEST + length), first[1]):
        words = [*clause[start : first[1]], *clause[second[0] : second[1]]]
        if says_something([token.key for token in words]):
            yield phrase(text, clause[start : second[1]])


def says_something(keys: Sequence[str]) -> bool:
    """Tell whether a phrase names a matter: not only general words and kinds of organisation."""
    lists = vocabulary()
    return not all(
        key in lists.general or key in lists.addressees or lists.is_boilerplate(key) for key in keys
    )


def phrase(text: str, words: Sequence[Token]) -> Phrase:
    """Give the phrase that consists of the given words of a text."""
    lists = vocabulary()
    key = tuple(stem(token.key) for token in words if token.key not in lists.function)
    label = matter(key)
    return Phrase(tuple(map(stem, keys(label))) or key, printed(text, words), label)


def printed(text: str, words: Sequence[Token]) -> str:
    """Give words as they are printed, capitals of sentences and line breaks made plain.

    A possessive at the end is left off: in "looked-after children's reviews" stands "looked-after children".
    """
    parts = [text[token.start : token.end] for token in words]
    parts = [part if token.key.isupper() else part.lower() for part, token in zip(parts, words, strict=True)]
    gaps = [text[a.end : b.start] for a, b in pairwise(words)]
    gaps = [" " if gap.isspace() else gap for gap in (*gaps, "")]
    surface = "".join(part + gap for part, gap in zip(parts, gaps, strict=True))
    return surface.replace("’", "'").rstrip("'").removesuffix("'s")
