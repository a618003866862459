"""A text becomes the stems of its content words, and its noun phrases, without a tagger.

Who is addressed and how a recommendation is phrased is masked: it is no theme. In English a noun phrase ends
in its head, so every ending of an unbroken run of nouns and adjectives is one: "safe sleeping advice" gives
"safe sleeping advice", "sleeping advice" and "advice".
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from srtminer.text.thesaurus import is_term, matter, vocabulary
from srtminer.text.words import Phrase, Token, keys, stem, tokens

SENTENCE_ENDS = frozenset(".;:•\n!?")
LONGEST_ADDRESSEE = 15
"""Words. Why: "the federal, provincial, territorial and municipal governments and all boards should"."""

Clause = list[Token]


def clauses(text: str) -> list[Clause]:
    """Split a text at punctuation and at masked boilerplate; what is left is what it is about.

    A hyphen or a slash ends no clause. Function words stay in their places: "voice of the child" needs them.
    """
    words, found, end = tokens(text), list[Clause]([[]]), 0
    for token, is_masked in zip(words, mask(text, words), strict=True):
        gap = text[end : token.start]
        ends = end and gap != " " and ("".join(gap.split()).strip("-/&") or gap.count("\n") > 1)
        if ends or is_masked:
            found.append([])
        if not is_masked:
            found[-1].append(token)
        end = token.end
    return [clause for clause in found if clause]


def mask(text: str, words: Sequence[Token]) -> list[bool]:
    """Mark the words that are boilerplate, one flag a word: fixed wordings and who is asked to act.

    Of "The Health Trust and the Board should ensure …" only words for kinds of organisation are masked: of
    "nursing schools should" or "museums and archives should" the other words are the matter as well.
    """
    lists, plain = vocabulary(), [token.key for token in words]
    masked, end = [False] * len(words), 0
    for start, word in enumerate(plain):
        if start >= end:
            fixed = lists.wordings.get(word, ())  # longest first
            length = next((len(one) for one in fixed if list(one) == plain[start : start + len(one)]), 0)
            end = start + length
            masked[start:end] = [True] * length
    for start, end in _sentences(text, words):
        opening = plain[start : min(end, start + LONGEST_ADDRESSEE + 1)]
        modal = next((at for at, key in enumerate(opening) if key in lists.modals), 0)
        head = opening[modal - 1] if modal else ""
        if head in lists.addressees or head.isupper():
            for at in range(start, start + modal + 1):
                masked[at] |= plain[at] in lists.addressees or lists.is_boilerplate(plain[at])
    return masked


def _sentences(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Split at full stops, semicolons, colons and bullets, as index ranges."""
    gaps = (text[one.end : other.start] for one, other in pairwise(words))
    breaks = [at for at, gap in enumerate(gaps, 1) if gap != " " and not SENTENCE_ENDS.isdisjoint(gap)]
    return pairwise([0, *breaks, len(words)])


class Word(NamedTuple):
    """A content word: its stem and how it is printed, in lower case but for abbreviations and names."""

    stem: str
    surface: str


def content_words(text: str) -> list[Word]:
    """Give the content words of a recommendation in reading order.

    Boilerplate is left out, so are function words, asking words, dates and numbers.
    """
    found = []
    for token in (token for clause in clauses(text) for token in clause if is_term(token.key)):
        surface = text[token.start : token.end].lower() if token.joined else token.key
        is_plain = surface.islower() and is_name(text, token)
        found.append(Word(stem(token.key), surface.capitalize() if is_plain else surface))
    return found


def is_name(text: str, token: Token) -> bool:
    """Tell whether a word is a name: a capital that opens no sentence, or one before another.

    Why another: "Oakshire County visits" opens with a name, "Fathers should" does not.
    """
    if not text[token.start].isupper():
        return False
    before = text[max(0, token.start - 4) : token.start].rstrip(" \t\"'“‘(•–-")
    opens = not before or before[-1] in ".:;!?\n"
    after = text[token.end : token.end + 3]
    return not opens or (after[:1] == " " and after[1:2].isupper() and after[2:].isalnum())


LONGEST = 4
"""Content words in a phrase. Grows: longer labels, of which fewer stand in many texts."""

ARTICLES = frozenset(["the", "a", "an"])
LINKS = frozenset(["of", "for"])
NO_HEAD = ("ed", "ing", "ly", "ive", "ous", "able", "ible", "ful", "less", "al", "ary", "ical")
"""Endings of participles and adjectives. Why: "culturally appropriate and accessible" is cut to no noun."""

ABSTRACT = ("ing", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship")
"""Endings of nouns in which a phrase may end though another noun follows."""
BEFORE_PARTICIPLE = (
    ARTICLES | frozenset({"any", "each", "every", "no", "its", "their", "his", "her", "our"}) | {"of", "in"}
)
"""Why: "their lived experience" is a noun phrase, "agencies shared advice" is none."""
BEFORE_VERB = frozenset({"to", "not", "and", "or", "who", "which"})


def phrases(text: str) -> tuple[Phrase, ...]:
    """Give the noun phrases of a text, each as often as it stands there."""
    found: list[Phrase] = []
    for clause in clauses(text):
        runs = list(_noun_runs(text, clause))
        for start, end in runs:
            found.extend(_endings(text, clause, start, end))
        for first, second in pairwise(runs):
            found.extend(_linked(text, clause, first, second))
    return tuple(phrase for phrase in found if phrase.key)


def _noun_runs(text: str, clause: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the unbroken runs of nouns and adjectives, as index ranges, cut back to end in a noun.

    A phrase ends in no participle or adjective, by its form.
    """
    nouns, start = vocabulary().nouns, 0
    for index in range(len(clause) + 1):
        if index < len(clause) and _is_nominal(text, clause, index):
            continue
        for end in range(index, start, -1):
            key = clause[end - 1].key
            if key in nouns or not key.endswith(NO_HEAD):
                yield start, end
                break
        start = index + 1


def _is_nominal(text: str, clause: Sequence[Token], index: int) -> bool:
    """Tell whether a word can be part of a noun phrase here: no verb, no name, no number, no boilerplate.

    "Record" or "support" is a verb where it is first in a clause, after "to", a modal or "not".
    """
    lists, key = vocabulary(), clause[index].key
    before = clause[index - 1].key if index else ""
    if key.isupper():
        return key in lists.abbreviations
    if key[0].isdigit() or len(key) < 2 or key in lists.unlabelled or is_name(text, clause[index]):
        return False
    if key in lists.verb_or_noun:
        return index > 0 and not (before in BEFORE_VERB or before in lists.modals)
    if key.endswith("ed") and key in lists.verbs:
        return index == 0 or before in BEFORE_PARTICIPLE
    return not (lists.is_boilerplate(key) or key in lists.verbs or key.endswith("ly"))


def _endings(text: str, clause: Sequence[Token], start: int, end: int) -> Iterator[Phrase]:
    """Give the endings of a run that say something, and those of two words or more of its beginnings.

    Why: "information sharing guidance" is about information sharing; but "parental drug" is half a phrase.
    """
    for last in range(end, start, -1):
        if last < end and not clause[last - 1].key.endswith(ABSTRACT):
            continue
        for first in range(max(start, last - LONGEST), last if last == end else last - 1):
            if last - first > 1 or _says_something(clause[first:last]):
                yield _phrase(text, clause[first:last])


def _linked(
    text: str, clause: Sequence[Token], first: tuple[int, int], second: tuple[int, int]
) -> Iterator[Phrase]:
    """Give the phrases of two runs joined by a link: "voice of the child"."""
    link = [token.key for token in clause[first[1] : second[0]] if token.key != "the"]
    length = second[1] - second[0]
    if len(link) != 1 or link[0] not in LINKS or length >= LONGEST:
        return
    for start in range(max(first[0], first[1] - LONGEST + length), first[1]):
        if _says_something([*clause[start : first[1]], *clause[second[0] : second[1]]]):
            yield _phrase(text, clause[start : second[1]])


def _says_something(words: Sequence[Token]) -> bool:
    """Tell whether a phrase names a matter: not only general words and kinds of organisation."""
    lists = vocabulary()
    empty = (
        key in lists.general or key in lists.addressees or lists.is_boilerplate(key) for key, *_ in words
    )
    return not all(empty)


def _phrase(text: str, words: Sequence[Token]) -> Phrase:
    """Give the phrase that consists of the given words of a text.

    Capitals of sentences and line breaks are made plain, and a possessive at the end is left off: in
    "looked-after children's reviews" stands "looked-after children".
    """
    function = vocabulary().function
    key = tuple(stem(token.key) for token in words if token.key not in function)
    label = matter(key)
    parts = [text[token.start : token.end] for token in words]
    parts = [part if token.key.isupper() else part.lower() for part, token in zip(parts, words, strict=True)]
    gaps = [text[one.end : other.start] for one, other in pairwise(words)]
    gaps = [" " if gap.isspace() else gap for gap in (*gaps, "")]
    surface = "".join(part + gap for part, gap in zip(parts, gaps, strict=True))
    surface = surface.replace("’", "'").rstrip("'").removesuffix("'s")
    return Phrase(tuple(map(stem, keys(label))) or key, surface, label)
