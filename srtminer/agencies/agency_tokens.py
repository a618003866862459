"""Text as words and marks with their places."""

import re
from functools import lru_cache
from typing import NamedTuple

from srtminer.text.words import singular

_TOKEN = re.compile(
    r"(?:[A-Z]\.)+"  # initials: "M.", "S.A."
    r"|(?:St|Dr|Mr|Mrs|Ms|No)\.(?=\s[A-Z0-9])"  # abbreviations that do not end a sentence
    r"|[^\W_]+(?:['&-][^\W_]+)*'?"  # words: "Children's", "NHS-funded", "Boards'"
    r"|(?:(?<=[.:;!?])\n\s*\n|\n\s*\n(?![a-z]))"  # the end of a paragraph, not of a page in a sentence
    r"|[^\s\w]"
)
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′‛", "'"))

BOUNDARIES = frozenset(".?!;:,()[]•–—|")
END = "\n"
"""What an end of a paragraph is called among the words."""


class Token(NamedTuple):
    """A word or mark of a text: `text[start:end]`."""

    text: str
    start: int
    end: int
    word: str
    """Lower case, without apostrophes and plural s, so that spellings compare equal."""

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()


def fold(text: str) -> str:
    """Make typographic apostrophes plain; the length stays the same."""
    return text.translate(_APOSTROPHES)


def tokenise(text: str) -> tuple[Token, ...]:
    """Split a folded text into words and marks."""
    return tuple(_token(found) for found in _TOKEN.finditer(text))


def _token(found: re.Match[str]) -> Token:
    text = found.group()
    if text.isspace():
        return Token(END, found.start(), found.end(), END)
    return Token(text, found.start(), found.end(), normal(text))


@lru_cache(maxsize=20_000)
def normal(word: str) -> str:
    """Make a word comparable: "Children's" -> "children", "Boards'" -> "board", "GPs" -> "gps"."""
    return singular(word.lower().replace("'", ""))
