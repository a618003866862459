"""What a template prints below a recommendation: "Agency", "Lead", "By when", each with its value."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from srtminer.model import Review

_KEYS = {
    "agency": re.compile(r"(?:lead |responsible )?(?:agency|agencies|organisations?)", re.IGNORECASE),
    "lead": re.compile(
        r"(?:lead(?: officer| person| professional)?|owner|by whom|who|responsib\w+(?: \w+)?)", re.IGNORECASE
    ),
    "date": re.compile(
        r"(?:by when|when|timescales?|time ?frame|target date|date|deadline|completion date)", re.IGNORECASE
    ),
    "": re.compile(
        r"(?:evidence|(?:intended |expected |anticipated )?outcomes?|status|progress|priority|scope|impact"
        r"|success (?:measures?|criteria)|monitoring|response)",
        re.IGNORECASE,
    ),
}
"""The last one: what else such a block has, and is not kept."""
_INLINE = re.compile(r"([\w ]{3,30}?)\s?[:–]\s?(\S.*)")
LONGEST = 160
"""Characters of a key with its value."""


class Details(NamedTuple):
    """Who is to act, who leads and by when, as printed; empty where nothing is printed."""

    agency: str = ""
    lead: str = ""
    date: str = ""


def details_after(review: Review, end: int) -> Details:
    """Read the keys and values that follow the place where a recommendation ends."""
    found: dict[str, str] = {}
    for field, value in _pairs(review, end):
        found.setdefault(field, value)
    return Details(found.get("agency", ""), found.get("lead", ""), found.get("date", ""))


def _pairs(review: Review, end: int) -> Iterator[tuple[str, str]]:
    """Yield (field, value) until a paragraph is neither a key nor the value of the key above it."""
    first = bisect_left(review.paragraphs, end, key=lambda paragraph: paragraph.start)
    waiting: str | None = None
    for paragraph in review.paragraphs[first:]:
        text = review.text[paragraph.start : min(paragraph.end, paragraph.start + LONGEST + 1)].strip()
        inline = _INLINE.fullmatch(text)
        field = _field(inline[1] if inline else text.rstrip(":"))
        if len(text) > LONGEST or (field is None and waiting is None):
            return
        if field is None:
            yield waiting or "", text
        elif inline:
            yield field, inline[2]
        waiting = field if not inline else None


def _field(key: str) -> str | None:
    return next((field for field, pattern in _KEYS.items() if pattern.fullmatch(key.strip())), None)
