"""A text made shorter, its request kept: what is asked often stands behind the finding that it answers."""

import re
import textwrap

_SENTENCE_START = re.compile(
    r"(?<=[a-z0-9)”’][.!?]) (?<!\b[DM]r\. )(?<!\bM[rs]s\. )(?<!\bM[sx]\. )(?<!\b(?:St|No)\. )(?=[A-Z“‘(])"
)
"""Why a small letter, figure or the like before: "Dr. A. Poole" is no end of a sentence."""
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
    if len(text) <= width:
        return text
    start = _start(text, width)
    kept = textwrap.shorten(text[start:], width, placeholder="\u00a0…")
    return f"…\u00a0{kept}" if start else kept


def _start(text: str, width: int) -> int:
    found = _RECOMMENDS.search(text) or _ASKS.search(text)
    if found is None or found.end() + width // BEFORE <= width:
        return 0
    start = max((end.end() for end in _SENTENCE_START.finditer(text, 0, found.start() + 1)), default=0)
    if found.end() - start <= width - width // BEFORE:
        return start
    return text.rfind(" ", 0, found.start() - width // BEFORE) + 1
