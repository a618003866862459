"""A text becomes the stems of its content words, and its noun phrases, without a tagger.

Who is addressed and how a recommendation is phrased is masked: it is no theme. In English a noun phrase ends
in its head, so every ending of an unbroken run of nouns and adjectives is one: "safe sleeping advice" gives
"safe sleeping advice", "sleeping advice" and "advice".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from srtminer.text.thesaurus import Vocabulary, is_term, matter, vocabulary
from srtminer.text.words import Phrase, Token, keys, stem, tokens

BREAK = re.compile(r"[^\s\-/&]|\n\s*\n")
"""Punctuation between two words ends a clause; a hyphen or a slash does not."""

SENTENCE_BREAK = re.compile(r"[.;:•\n!?]")

LONGEST_ADDRESSEE = 15
"""Words. Why: "the federal, provincial, territorial and municipal governments and all boards should"."""

Clause = list[Token]


def clauses(text: str) -> list[Clause]:
    """Split a text at punctuation and at masked boilerplate; what is left is what it is about.

    Function words stay in their places, since phrases need them ("voice of the child").
    """
    words = tokens(text)
    masked = mask(text, words)
    found: list[Clause] = [[]]
    for index, token in enumerate(words):
        if index and BREAK.search(text, words[index - 1].end, token.start):
            found.append([])
        if masked[index]:
            found.append([])
        else:
            found[-1].append(token)
    return [clause for clause in found if clause]


def mask(text: str, words: Sequence[Token]) -> list[bool]:
    """Mark the words that are boilerplate, one flag a word."""
    lists = vocabulary()
    masked = [False] * len(words)
    for start, end in wordings(words, lists):
        masked[start:end] = [True] * (end - start)
    for start, end in addressees(text, words, lists):
        for index in range(start, end):
            masked[index] |= words[index].key in lists.addressees or lists.is_boilerplate(words[index].key)
    return masked


def wordings(words: Sequence[Token], lists: Vocabulary) -> Iterator[tuple[int, int]]:
    """Find the fixed wordings ("with a view to"), longest first, as index ranges."""
    plain = [token.key for token in words]
    end = 0
    for position, word in enumerate(plain):
        if position >= end:
            for wording in lists.wordings.get(word, ()):
                if list(wording) == plain[position : position + len(wording)]:
                    end = position + len(wording)
                    yield position, end
                    break


def addressees(text: str, words: Sequence[Token], lists: Vocabulary) -> Iterator[tuple[int, int]]:
    """Find who is asked to act, as index ranges; of these, the words for kinds of organisation are masked.

    Why: "The Health Trust and the Board should ensure …" is about what follows; of "nursing schools should"
    or "museums and archives should" the other words are the matter as well.
    """
    for start, end in sentences(text, words):
        limit = min(end, start + LONGEST_ADDRESSEE + 1)
        opening = [token.key for token in words[start:limit]]
        if length := _before_modal(opening, lists):
            yield start, start + length


def sentences(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Split at full stops, semicolons, colons and bullets, as index ranges."""
    start = 0
    for index in range(1, len(words)):
        if SENTENCE_BREAK.search(text, words[index - 1].end, words[index].start):
            yield start, index
            start = index
    if words:
        yield start, len(words)


def _before_modal(opening: Sequence[str], lists: Vocabulary) -> int:
    """Give the words up to the modal, if what stands before it is an organisation: "The Board should"."""
    modal = next((i for i, key in enumerate(opening) if key in lists.modals), 0)
    head = opening[modal - 1] if modal else ""
    return modal + 1 if head in lists.addressees or head.isupper() else 0


CAPITAL_NEXT = re.compile(r" [^\W\d_a-z]\w")
"""Why: "Oakshire County visits" opens with a name, "Fathers should" does not."""


class Word(NamedTuple):
    """A content word: its stem and how it is printed, in lower case but for abbreviations and names."""

    stem: str
    surface: str


def content_words(text: str) -> list[Word]:
    """Give the content words of a recommendation, boilerplate left out, in reading order."""
    return words_of(text, (token for clause in clauses(text) for token in clause))


def words_of(text: str, found: Iterable[Token]) -> list[Word]:
    """Leave out function words, asking words, dates and numbers; stem the rest."""
    return [Word(stem(token.key), surface(text, token)) for token in found if is_term(token.key)]


def surface(text: str, token: Token) -> str:
    """Give a word as it is printed, without possessive and capitals that open sentences: "GP", "Oakshire"."""
    printed = text[token.start : token.end].lower() if token.joined else token.key
    if not text[token.start].isupper():
        return printed
    return printed.capitalize() if printed.islower() and is_name(text, token) else printed


def is_name(text: str, token: Token) -> bool:
    """Tell whether a word is a name: a capital that opens no sentence, or one before another."""
    if not text[token.start].isupper():
        return False
    before = text[max(0, token.start - 4) : token.start].rstrip(" \t\"'“‘(•–-")
    opens = not before or before[-1] in ".:;!?\n"
    return not opens or CAPITAL_NEXT.match(text, token.end) is not None


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
