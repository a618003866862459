"""A text becomes its terms: the stems of its content words."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from srtminer.text.form_words import is_term
from srtminer.text.words import Token, stem
from srtminer.vectors.boilerplate import clauses

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
