"""Names as people type them: slugs, and what a mistyped one may have meant."""

import re
import unicodedata
from collections.abc import Iterable

NOT_PLAIN = re.compile(r"[^a-z0-9]+")
LIKE = 0.75
"""Likeness from which a name may be another one mistyped.

Grows: "helth" is no "health" any more; at 0.6 "zeppelin" was a name that happened to be there.
"""
SHOWN = 3


def slug(name: str) -> str:
    """Give a name in lower-case ASCII with hyphens: "Children’s voice" → "childrens-voice"."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return NOT_PLAIN.sub("-", plain.replace("'", "")).strip("-") or "theme"


def unique(name: str, taken: set[str]) -> str:
    """Give the name itself, or with the first number from 2 that is free; and take it."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    taken.add(found)
    return found


def nearest(wanted: str, names: Iterable[str], most: int = SHOWN) -> list[str]:
    """Give the names that are most like one, the likeliest first; all are compared as they are."""
    from difflib import get_close_matches  # here, as few commands suggest anything

    return get_close_matches(wanted, sorted(set(names)), most, LIKE)


def suggestions(wanted: str, names: Iterable[str], most: int = SHOWN) -> list[str]:
    """Give the names that a mistyped one may have meant, by the likeness of all or of some of their words."""
    owners: dict[str, list[str]] = {}
    length = len(wanted.split())
    for name in sorted(set(names)):
        words = name.split()
        # Who types "Norwick" means the board of that name.
        runs = (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))
        for part in (name, *(runs if length else ())):
            owners.setdefault(part, []).append(name)
    near = nearest(wanted, owners, most)
    return list(dict.fromkeys(name for part in near for name in owners[part]))[:most]
