"""The members that show best what a theme is, and the part of each that does."""

import re
from collections.abc import Sequence

import numpy as np

from srtminer.text.words import sentences
from srtminer.themes.requirements import Matrix, Rows

LONGEST = 200
"""Characters of an excerpt, about; a text little longer is shown whole."""
TOLERANCE = 1.2
"""A text up to so many times `LONGEST` is not cut: an ellipsis for two words helps nobody."""
SHORTEST_PART = 0.4
"""An excerpt that ends at a sentence has at least this share of `LONGEST`."""
SHORTEST_CLAUSE = 0.6
"""An excerpt that ends at a comma or the like has at least this share of `LONGEST`."""
SENTENCES = 20
"""Sentences of a text that are looked at."""
OPENING = 1
"""Terms that a later sentence must say more to be preferred to the beginning."""
ASKING = 3
"""Terms that a sentence which asks for something is worth."""
UNLIKE = 0.5
"""Weight of being unlike the excerpts already chosen, against being typical."""
SAME_REVIEW = 0.5
"""What an excerpt from a review already shown loses: more than most differences in typicality."""

_ASKS = re.compile(r"\b(?:recommends?|recommended|should|must|shall|asked to|to ensure)\b(?! have\b)")
CLAUSE_END = re.compile(r"[,;:](?= )| (?=[–—(] ?)")
ELLIPSIS = " …"


def choose_examples(rows: Rows, typicality: Matrix, reviews: Sequence[str], wanted: int) -> list[int]:
    """Choose typical rows that differ, from different reviews where there are; positions in `rows`.

    Maximal marginal relevance after Carbonell and Goldstein (1998), the rows being in order of preference.
    """
    scale = typicality.max(initial=0) or 1.0
    closeness = rows.products(rows)
    chosen: list[int] = []
    while len(chosen) < min(wanted, len(typicality)):
        score = typicality / scale
        if chosen:
            score = score - UNLIKE * closeness[:, chosen].max(axis=1)
            shown = {reviews[row] for row in chosen}
            score = score - SAME_REVIEW * np.array([review in shown for review in reviews])
            score[chosen] = -np.inf
        chosen.append(int(np.argmax(np.round(score, 10))))
    return chosen


def excerpt(text: str, terms: Sequence[str]) -> str:
    """Give the part of a text that says most terms of a theme: whole sentences if possible, "…" where cut.

    Why: "We welcome recent announcements. The Government should license launches …" is about what follows.
    """
    text = " ".join(text.split())
    if len(text) <= LONGEST * TOLERANCE:
        return text
    last = len(text) - SHORTEST_PART * LONGEST
    starts = [0, *(start for start in sentence_starts(text)[:SENTENCES] if start < last)]
    parts = [shorten(text[start:]) for start in starts]
    said = [sum(term.lower() in part.lower() for term in terms) + ASKING * asks(part) for part in parts]
    best = max(range(len(parts)), key=lambda i: (said[i] - OPENING * (i > 0), -i))
    return parts[best] if best == 0 else f"… {parts[best]}"


def asks(text: str) -> bool:
    """Tell whether the first sentence of a text asks for something.

    Why: an investigation prints its finding before what it recommends; a board would quote the latter.
    """
    return bool(_ASKS.search(text, 0, sentences(text)[0][1]))


def sentence_starts(text: str) -> list[int]:
    """Give the positions at which the second and later sentences begin."""
    return [start for start, _ in sentences(text)[1:]]


def shorten(text: str) -> str:
    """Give a text's beginning, whole words only, cut at a sentence end where one is near; "…" where cut."""
    if len(text) <= LONGEST * TOLERANCE:
        return text
    end = last_sentence_end(text[: LONGEST + 3]) or last_clause_end(text[: LONGEST + 1])
    end = end or text.rfind(" ", 0, LONGEST + 1)
    return (text[:end] if end > 0 else text[:LONGEST]).rstrip(" ,;:–—(") + ELLIPSIS


def last_sentence_end(window: str) -> int:
    """Give the position after the last sentence end that is far enough on, or 0."""
    return max((at - 1 for at in sentence_starts(window) if at > SHORTEST_PART * LONGEST), default=0)


def last_clause_end(window: str) -> int:
    """Give the position of the last comma, semicolon, colon, dash or bracket that is far enough on, or 0."""
    ends = [match.start() for match in CLAUSE_END.finditer(window)]
    return max((end for end in ends if end >= SHORTEST_CLAUSE * LONGEST), default=0)
