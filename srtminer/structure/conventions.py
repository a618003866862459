"""What words of headings, labels, columns and sentences mean; the entries are data/conventions.toml."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

HEADING_KINDS = ("own", "mixed", "foreign", "aside")


@cache
def entries() -> tuple[dict[str, str], ...]:
    """Give the conventions as they are written."""
    text = resources.files("srtminer.data").joinpath("conventions.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["entry"])


class _Convention(NamedTuple):
    words: tuple[str, ...]
    """One of them is in every text that fits, in small letters; an empty one where nothing is known."""
    pattern: re.Pattern[str]
    case: bool
    """Whether capitals matter."""


@cache
def _fitting(of: str, says: str) -> tuple[_Convention, ...]:
    """Give all conventions of one meaning."""
    return tuple(
        _Convention(tuple(entry.get("words", ("",))), re.compile(entry["pattern"]), bool(entry.get("case")))
        for entry in entries()
        if (entry["of"], entry["says"]) == (of, says)
    )


@lru_cache(maxsize=16384)
def says(of: str, what: str, text: str) -> bool:
    """Tell whether a text says something by one of the conventions; cached, as each series asks again."""
    folded = _folded(text)
    for words, pattern, case in _fitting(of, what):  # the loops that analysis spends most time in
        for word in words:
            if word in folded:
                if pattern.search(text if case else folded):
                    return True
                break
    return False


_folded = lru_cache(maxsize=256)(str.casefold)


def may_say(of: str, what: str, text: str) -> bool:
    """Tell whether a text has one of the words without which nothing in it says something."""
    folded = _folded(text)
    return any(word in folded for one in _fitting(of, what) for word in one.words)


def opens(of: str, what: str, text: str) -> bool:
    """Tell whether a text says something with its first words."""
    folded = _folded(text)
    return any(one.pattern.match(folded) for one in _fitting(of, what))


@lru_cache(maxsize=4096)
def heading_says(heading: str) -> frozenset[str]:
    """Give all that a heading says; cached, as every paragraph below it asks again."""
    found = {kind for kind in HEADING_KINDS if says("heading", kind, heading)}
    if not found and "recommendation" in heading.casefold() and not is_label(heading):
        return frozenset({"mixed"})
    return frozenset(found - {"own"} if found & {"mixed", "foreign"} else found)


def is_label(text: str) -> bool:
    """Tell a printed label that numbers a recommendation, "Recommendation 3", from "4.12"."""
    return len(text) < LONGEST_LABEL and says("label", "own", text)


LONGEST_LABEL = 60
"""Characters."""
