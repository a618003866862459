"""Which paragraphs are headings, and of which level, judged by how they look beside the body text."""

import re
from collections.abc import Sequence

from srtminer.read.heading_words import level_of
from srtminer.read.list_marks import split_mark
from srtminer.read.pdf.geometry import SIZE_STEP, Metrics
from srtminer.read.pdf.paragraphs import Draft

MAX_WORDS = 25
"""Longer texts are set large or bold for another reason (a quotation, a recommendation in bold)."""
MAX_PLAIN_WORDS = 10
"""A line in the body's own type is only a heading if it is short and stands alone."""

LONGEST_ABBREVIATION = 5
"""Letters; a longer word in capitals is set in capitals."""

_WORD = re.compile(r"[^\W\d_]+")
_CLOSED = (".", ";", ",", "!", "”", "-")
# the colour of a link is no heading's
_LINK = re.compile(r"https?:|www\.|@")
_LABEL_ALONE = re.compile(
    r"(?:safety )?(?:recommendation|action|finding|learning point|lesson)s?(?: \w[\w.]{0,7})?:?", re.I
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
    if all(line.bold for line in draft.lines) and not metrics.body_look[0]:
        return True
    if words > MAX_PLAIN_WORDS or len(draft.lines) > 1 or not text[:1].isupper() or _LINK.search(text):
        return False
    if draft.first.color != metrics.body_look[2] or draft.first.italic or (text.isupper() and len(text) > 3):
        return not text.endswith(":")
    return (
        draft.mark.kind in ("number", "count")
        and not text.endswith(":")
        and draft.before > 1.3
        and draft.after > 1.1
        and words <= 8
    )


def levels(headings: Sequence[tuple[Draft, str, str]]) -> dict[tuple[float, ...], int]:
    """Rank a document's headings, given as (draft, text, number): by their looks, then by their words.

    Larger stands above smaller, then bold, capitals, upright. Words only tell headings apart that look
    alike, and only where some of them are numbered chapters.
    """
    numbered = {look(draft) for draft, _, number in headings if number[:1].isdigit()}
    keys = {rank_key(*heading): look(heading[0]) for heading in headings}
    order = sorted({(*key[:-1], key[-1] if keys[key] in numbered else 0.0) for key in keys})
    ranks = {key: rank for rank, key in enumerate(order, start=1)}
    return {key: ranks[(*key[:-1], key[-1] if keys[key] in numbered else 0.0)] for key in keys}


def rank_key(draft: Draft, text: str, number: str) -> tuple[float, ...]:
    """Give what a heading's level depends on: its look, then its printed number or its words."""
    return (*look(draft), float(level_of(text, number)))


def look(draft: Draft) -> tuple[float, ...]:
    """What makes two headings look alike: size (to half a point), bold, capitals, italic; sorted by rank."""
    line = draft.first
    return (-round(line.size * 2) / 2, not line.bold, not is_capitals(line.text), line.italic)


def is_capitals(text: str) -> bool:
    """Tell capitals from a title of abbreviations alone: "LLR LSCB" is no other style than "Health"."""
    return text.isupper() and any(len(word) > LONGEST_ABBREVIATION for word in _WORD.findall(text))
