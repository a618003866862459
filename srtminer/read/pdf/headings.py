"""Which paragraphs are headings, and of which level, judged by how they look beside the body text."""

import re
from collections.abc import Sequence

from srtminer.read.marks import split_mark
from srtminer.read.pdf.metrics import SIZE_STEP, Metrics
from srtminer.read.pdf.paragraphs import Draft

MAX_WORDS = 25
"""Longer texts are set large or bold for another reason (a quotation, a recommendation in bold)."""
MAX_PLAIN_WORDS = 10
"""A line in the body's own type is only a heading if it is short and stands alone."""

_CLOSED = (".", ";", ",", "!", "”", "-")
# the colour of a link is no heading's
_LINK = re.compile(r"https?:|www\.|@")
_LABEL_ALONE = re.compile(
    r"(?:safety )?(?:recommendation|action|finding|learning point|lesson)s?(?: \w{1,6})?:?", re.I
)


def is_heading(draft: Draft, text: str, metrics: Metrics) -> bool:
    """Tell a heading from text by size, weight, slope, capitals or isolation."""
    rest = split_mark(text).rest
    words = len(text.split())
    if not any(character.isalpha() for character in text) or words > MAX_WORDS:
        return False
    if draft.mark.kind == "bullet" or (rest[:1].islower() and not _LABEL_ALONE.fullmatch(text)):
        return False
    if _LABEL_ALONE.fullmatch(text):
        return True
    if draft.first.size > metrics.body_size + SIZE_STEP:
        return not text.endswith((";", ","))
    return not text.endswith(_CLOSED) and _stands_out(draft, rest, words, metrics)


def _stands_out(draft: Draft, text: str, words: int, metrics: Metrics) -> bool:
    if draft.first.size < metrics.body_size - SIZE_STEP:
        return False
    if all(line.bold for line in draft.lines) and not metrics.bold_body:
        return True
    if words > MAX_PLAIN_WORDS or len(draft.lines) > 1 or not text[:1].isupper() or _LINK.search(text):
        return False
    if draft.first.color != metrics.body_color or draft.first.italic or (text.isupper() and len(text) > 3):
        return not text.endswith(":")
    return (
        draft.mark.kind in ("number", "count")
        and not text.endswith(":")
        and draft.before > 1.3
        and draft.after > 1.1
        and words <= 8
    )


def levels(headings: Sequence[Draft]) -> dict[tuple[float, bool, bool, bool], int]:
    """Rank the looks of a document's headings: larger, then bold, then capitals, then italic."""
    looks = sorted(
        {look(draft) for draft in headings}, key=lambda key: (-key[0], not key[1], not key[2], key[3])
    )
    return {key: rank for rank, key in enumerate(looks, start=1)}


def look(draft: Draft) -> tuple[float, bool, bool, bool]:
    """What makes two headings look alike: size (to half a point), bold, capitals, italic."""
    line = draft.first
    return (round(line.size * 2) / 2, line.bold, line.text.isupper(), line.italic)
