"""A text becomes tokens that know where they stand."""

import re
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?")
"""Letters and digits with apostrophes inside or at the end; linear, as no two parts share a character."""

PREFIXES = frozenset(
    [
        "anti",
        "co",
        "counter",
        "cross",
        "e",
        "ex",
        "inter",
        "intra",
        "mid",
        "mis",
        "multi",
        "non",
        "over",
        "post",
        "pre",
        "re",
        "self",
        "semi",
        "sub",
        "trans",
        "under",
    ]
)
"""Why: "multi-agency", "multi agency" and "multiagency" are one word in three spellings."""

SHORTEST_SHOUT = 20
"""Characters. Why: "CAF, CIN" is two abbreviations, "THE BOARD SHOULD ACT" is not four of them."""
JUDGED = 400
"""Characters by which a text is judged to be in capitals."""

ABBREVIATION = re.compile(r"[A-Z][A-Z0-9&]{1,6}s?\Z")


class Token(NamedTuple):
    """One word; `text[start:end]` is how it is printed."""

    key: str
    """How it compares: lower case without possessive; an abbreviation stays in capitals ("GP", "CAF")."""
    start: int
    end: int
    joined: bool = False
    """A prefix and its word: printed with a hyphen between, `key` without it."""


def tokens(text: str) -> list[Token]:
    """Split a text into words, the parts of a hyphenated word each for itself, prefixes joined."""
    shouting = is_shouting(text)
    found: list[Token] = []
    prefix: Token | None = None
    for match in WORD.finditer(text):
        token = Token(key_of(match.group(), shouting), match.start(), match.end())
        if prefix is not None and token.start == prefix.end + 1:
            token = Token(prefix.key + token.key.lower(), prefix.start, token.end, joined=True)
            found.pop()
        found.append(token)
        prefix = token if token.key in PREFIXES and text[token.end : token.end + 1] == "-" else None
    return found


def is_shouting(text: str) -> bool:
    """Tell whether a text is printed in capitals, so that they mean nothing."""
    beginning = text[:JUDGED]
    return len(beginning) >= SHORTEST_SHOUT and beginning.isupper()


def key_of(word: str, shouting: bool = False) -> str:
    """Give the form in which a word compares: "Child’s" and "child" are one, "IT" and "it" are two."""
    word = word.replace("’", "'").rstrip("'")
    if word[-2:] in ("'s", "'S"):
        word = word[:-2]
    if not shouting and ABBREVIATION.match(word):
        return word.removesuffix("s")
    return word.lower()
