"""The lines of a paragraph become one text; a word that was broken at a line's end is made whole."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def broken_words(lines: Sequence[str]) -> frozenset[str]:
    """Find the words, broken at a line's end, that stand elsewhere more often whole than with a hyphen."""
    halves = {_halves(above, below) for above, below in pairwise(lines) if _is_hyphened(above, below)}
    words = Counter(_WORD.findall(" ".join(lines).lower())) if halves else Counter[str]()
    return frozenset(left + right for left, right in halves if words[left + right] > words[f"{left}-{right}"])


def join_lines(lines: Sequence[str], broken: frozenset[str]) -> str:
    """Join lines to one string; a hyphen at a line's end goes if the word is one of the broken ones."""
    parts = list(lines[:1])
    for above, below in pairwise(lines):
        if not _is_hyphened(above, below):
            parts.append(" ")
        elif below[0].islower() and "".join(_halves(above, below)) in broken:
            parts[-1] = parts[-1][:-1]
        parts.append(below)
    return "".join(parts)


def _is_hyphened(above: str, below: str) -> bool:
    """Tell a hyphen that belongs to the word below from a dash and from "short- and long-term"."""
    return above.endswith("-") and above[-2:-1].isalnum() and not below.startswith(("and ", "or ", "to "))


def _halves(above: str, below: str) -> tuple[str, str]:
    first = below.split(maxsplit=1)[0]
    start = match[0] if (match := _WORD.match(first)) else first
    return above[-60:-1].split()[-1].lstrip("‘“'\"(").lower(), start.lower()
