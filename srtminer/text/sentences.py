"""Where sentences end."""

import re

_END = re.compile(r"(?<=[a-z0-9)\]’”][.!?])[’”\"]?\s+(?=[“‘\"(A-Z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[a-z]|e\.g|i\.e|etc|cf|nos|para|paras|dr|mr|mrs|ms|prof|st|vol|ref|approx|art|fig)\.)$", re.I
)
"""Why also the small letter, figure or bracket before the stop: "A. Poole" is not the end of a sentence."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences; (start, end) of each, the space between them left out."""
    spans, start = [], 0
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text[max(0, match.start() - 8) : match.start()]):
            spans.append((start, match.start()))
            start = match.end()
    return [*spans, (start, len(text))]
