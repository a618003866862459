"""A text made shorter, its request kept: what is asked often stands behind the finding that it answers."""

import re
import textwrap

from srtminer.text.sentences import sentences

_RECOMMENDS = re.compile(
    r"\brecommends\b|\b(?:[Ww]e|I|is|are|therefore|also) (?:(?:therefore|also|further) )?recommend(?:ed)?\b"
)
_ASKS = re.compile(
    r"\b(?:should|must|shall)\b(?! (?:not )?have\b)|\bought to\b(?! have\b)|\bneeds? to\b"
    r"|\b(?:is|are) (?:asked|requested|invited) to\b|\bto (?:ensure|consider|review|make sure)\b"
)
"""Why not "should have": that tells of what went wrong."""
BEFORE = 3
"""A request too far into its sentence is shown with a part of the width before it, one of so many."""


def shortened(text: str, width: int) -> str:
    """Give a text of about `width` characters at most, from the sentence that asks for something.

    A text in which nothing asks is shown from its beginning.
    """
    text = " ".join(text.split())
    found = _request(text)
    if len(text) <= width or found is None or found.end() + width // BEFORE <= width:
        return _cut(text, 0, width)
    start = _sentence(text, found)
    if found.end() - start > width - width // BEFORE:
        start = text.rfind(" ", 0, found.start() - width // BEFORE) + 1
    return _cut(text, start, width)


def gist(text: str, width: int) -> str:
    """Give the beginning of the sentence that asks for something, or else of the text."""
    text = " ".join(text.split())
    found = _request(text)
    start = _sentence(text, found) if found and found.end() > width else 0
    return _cut(text, start, width)


def _request(text: str) -> re.Match[str] | None:
    return _RECOMMENDS.search(text) or _ASKS.search(text)


def _sentence(text: str, found: re.Match[str]) -> int:
    """Give the start of the sentence in which something is found."""
    return max(start for start, _ in sentences(text) if start <= found.start())


def _cut(text: str, start: int, width: int) -> str:
    kept = textwrap.shorten(text[start:], width, placeholder="\u00a0…")
    return f"…\u00a0{kept}" if start else kept
