"""Where recommendations stand in the plain text of a QDA source.

REFI-QDA counts positions in Unicode code points of the text file, from 0, end exclusive, and a line end as
what the file holds: with LF one, with CR LF two. Python counts the same way. Offsets into `Review.text`
therefore hold as they are for a file with LF, and one more for every line end before them with CR LF.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
        if one.start < one.end:
            passages.append(Passage(one, one.start, one.end, text[one.start : one.end] == one.text))
        else:
            added = legal(one.text)
            body += f"\n\n{NOT_IN_TEXT}\n\n{added}"
            passages.append(Passage(one, len(body) - len(added), len(body)))
    if line_ends is LineEnds.LF:
        return body, tuple(passages)
    breaks = [position for position, character in enumerate(body) if character == "\n"]
    moved = (
        replace(
            passage,
            start=passage.start + bisect_left(breaks, passage.start),
            end=passage.end + bisect_left(breaks, passage.end),
        )
        for passage in passages
    )
    return body.replace("\n", "\r\n"), tuple(moved)
