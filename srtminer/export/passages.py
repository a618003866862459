"""Where recommendations stand in the plain text of a QDA source.

REFI-QDA counts positions in Unicode code points of the text file, from 0, end exclusive, and a line end as
what the file holds: with LF one, with CR LF two. Python counts the same way. Offsets into `Review.text`
therefore hold as they are for a file with LF, and one more for every line end before them with CR LF.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from srtminer.model import Recommendation
from srtminer.render.safe_text import legal

NOT_IN_TEXT = "Added by the analyst, not in the document:"


class LineEnds(StrEnum):
    """How lines end in the text files of a project."""

    LF = "lf"
    CRLF = "crlf"


@dataclass(frozen=True, slots=True)
class Passage:
    """A recommendation and its place in the text file, in code points, end exclusive."""

    recommendation: Recommendation
    start: int
    end: int
    exact: bool = True
    """Whether the text there is the recommendation's own; an edited one keeps the place of what was found."""


def place(
    text: str, recommendations: Iterable[Recommendation], line_ends: LineEnds = LineEnds.LF
) -> tuple[str, tuple[Passage, ...]]:
    """Give the text of a source file and where each recommendation stands in it.

    A recommendation that stands nowhere in the review is put after its end, under a line that says so.
    """
    body, passages = legal(text), []
    for one in recommendations:
        start, end = one.start, one.end
        if start >= end:
            added = legal(one.text)
            body += f"\n\n{NOT_IN_TEXT}\n\n{added}"
            start, end = len(body) - len(added), len(body)
        passages.append((one, start, end))
    shift = _shifts(body) if line_ends is LineEnds.CRLF else int
    placed = tuple(
        Passage(one, shift(start), shift(end), one.start >= one.end or text[start:end] == one.text)
        for one, start, end in passages
    )
    return body if line_ends is LineEnds.LF else body.replace("\n", "\r\n"), placed


def _shifts(body: str) -> Callable[[int], int]:
    """Count a line end as the two characters that the file holds."""
    breaks = [position for position, character in enumerate(body) if character == "\n"]
    return lambda place: place + bisect_left(breaks, place)
