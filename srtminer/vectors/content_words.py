"""A text becomes the stems of its content words; who is addressed and how it is phrased is masked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from srtminer.text.thesaurus import Vocabulary, is_term, vocabulary
from srtminer.text.words import Token, stem, tokens

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
