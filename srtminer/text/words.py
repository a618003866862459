"""Words: where they stand and what they compare by; sentences and months."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

CACHED_WORDS = 200_000
"""Printed words whose keys are remembered: more than a country's reviews use."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:(?<=[sS])['’])?")
"""Letters and digits with apostrophes inside or at the end; linear, as no two parts share a character."""

RUN = re.compile(r"[^\W_]+")
"""Letters and digits only: what two spellings of one text have in common."""

_PREFIXES = (
    "anti co counter cross e ex inter intra mid mis multi non over post pre re self semi sub trans under"
)
PREFIXES = frozenset(_PREFIXES.split())
"""Why: "multi-agency", "multi agency" and "multiagency" are one word in three spellings."""

PREFIXED = re.compile(
    rf"\b({'|'.join(sorted(PREFIXES | {prefix.capitalize() for prefix in PREFIXES}))})-(?=[^\W_])"
)
"""A prefix and its hyphen before a word."""

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


class Phrase(NamedTuple):
    """A phrase that stands in a text."""

    key: tuple[str, ...]
    """Stems of its content words: two phrases with one key are one phrase in two forms."""
    surface: str
    """As printed, in lower case but for abbreviations."""
    known: str = ""
    """What people in safeguarding call the matter that it names; then `key` is that of this label."""


def tokens(text: str) -> list[Token]:
    """Split a text into words, the parts of a hyphenated word each for itself, prefixes joined."""
    shouting, found = is_shouting(text), list[Token]()
    for match in WORD.finditer(text):
        token = Token(key_of(match.group(), shouting), *match.span())
        before = found[-1] if found else token
        if before.key in PREFIXES and text[before.end : token.start] == "-":
            found.pop()
            token = Token(before.key + token.key.lower(), before.start, token.end, joined=True)
        found.append(token)
    return found


def keys(text: str) -> list[str]:
    """Give the keys of a text's tokens only, several times as fast; a capital in a prefix stays its own word.

    >>> keys("Multi-agency CAFs, re-read")
    ['multiagency', 'CAF', 'reread']
    """
    shouting = is_shouting(text)
    return [key_of(word, shouting) for word in WORD.findall(PREFIXED.sub(r"\1", text))]


def is_shouting(text: str) -> bool:
    """Tell whether a text is printed in capitals, so that they mean nothing."""
    beginning = text[:JUDGED]
    return len(beginning) >= SHORTEST_SHOUT and beginning.isupper()


@lru_cache(CACHED_WORDS)
def key_of(word: str, shouting: bool = False) -> str:
    """Give the form in which a word compares: "Child’s" and "child" are one, "IT" and "it" are two."""
    word = word.replace("’", "'").rstrip("'")
    if word[-2:] in ("'s", "'S"):
        word = word[:-2]
    if not shouting and ABBREVIATION.match(word):
        return word.removesuffix("s")
    return word.lower()


_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‛ʼ′´", "'"))


def fold(text: str) -> str:
    """Make typographic apostrophes plain; the length stays the same."""
    return text.translate(_APOSTROPHES)


def composed(text: str) -> str:
    """Write a letter and its accent as one character. Why: file systems keep them as two."""
    return unicodedata.normalize("NFC", text)


def single_spaced(text: str) -> str:
    """Make texts comparable that differ in white space only."""
    return " ".join(text.split())


def plain_words(text: str) -> list[str]:
    """Give the runs of letters and digits of a text, case folded: what is left when only its wording counts.

    >>> plain_words("The Board’s (LSCB) 4.12")
    ['the', 'board', 's', 'lscb', '4', '12']
    """
    return RUN.findall(text.casefold())


@cache
def _stemmer() -> Any:
    import Stemmer  # most commands compare no words

    return Stemmer.Stemmer("english", 0)  # `stem` remembers words


APART = {"training": "training", "trained": "training", "trainer": "training", "trainers": "training"}
"""Why: where trains run, "training" is another matter than "trains"."""


@lru_cache(CACHED_WORDS)
def stem(key: str) -> str:
    """Give the Snowball (Porter2) stem of a token's key; an abbreviation is its own stem."""
    return APART.get(key) or (key if key.isupper() else str(_stemmer().stemWord(key)))


def stems(text: str) -> list[str]:
    """Give the stems of all words of a text, in reading order."""
    return [stem(token.key) for token in tokens(text)]


_ASKING = "should must shall ought ensur requir recommend request urg call ask need"
ASKING = frozenset(_ASKING.split())
"""Stems of words that ask for something."""


@lru_cache(CACHED_WORDS)
def is_asking(key: str) -> bool:
    """Tell whether a word asks for something."""
    return stem(key) in ASKING


def asks(text: str) -> bool:
    """Tell whether a text has a word that asks for something."""
    return any(map(is_asking, keys(text)))


def singular(word: str) -> str:
    """Give a word without the ending of a plural; what may be none ("gas", "process") is left as it is.

    >>> [singular(word) for word in ("policies", "boards", "process", "gps")]
    ['policy', 'board', 'process', 'gps']
    """
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_END = re.compile(r"[.!?](?<=[a-z0-9)\]’”].)[’”\"]?\s+(?=[“‘\"(A-Z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[a-z]|e\.g|i\.e|etc|cf|nos|para|paras|dr|mr|mrs|ms|prof|st|vol|ref|approx|art|fig)\.)$", re.I
)
"""Why also the small letter, figure or bracket before the stop: "A. Poole" is not the end of a sentence. It
is asked for behind the stop, so that stops are all that is looked for."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences; (start, end) of each, the space between them left out."""
    spans, start = [], 0
    for match in _END.finditer(text):
        end = match.start() + 1
        if not _ABBREVIATION.search(text[max(0, end - 8) : end]):
            spans.append((start, end))
            start = match.end()
    return [*spans, (start, len(text))]


_NAMES = "january february march april may june july august september october november december"
MONTHS = tuple(_NAMES.split())
"""Why not those of the module `calendar`: they follow the language of the machine."""
NUMBER_OF = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
"""The number of a month by the three letters that its name begins with, in small letters."""
