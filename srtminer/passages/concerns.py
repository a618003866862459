"""Matters of concern of a coroner's report, one by one: what stands under that heading or that line."""

import re
from collections.abc import Sequence

from srtminer.passages.passage_pieces import Piece

HEADING = re.compile(r"(?:(?:[\w’']+|matters of) ){0,3}concerns?\W*", re.IGNORECASE)
"""“CORONER'S CONCERNS”, “Matters of concern”."""
OPENS = re.compile(
    r"\bconcerns?\b[^.]{0,40}(?:as follows\W*|[:–—-]\s*)$|\bfollowing (?:matters of )?concerns?\W*$",
    re.IGNORECASE,
)
"""The end of what opens the list: “The MATTERS OF CONCERN are as follows. –”, “I have these concerns:”."""
CLOSES = re.compile(r"(?:action (?:should|must|to) be taken|your response)\W*", re.IGNORECASE)
"""The next headings of the form, where their looks do not say that they are such."""
OPENING = 120
"""Characters at the end of a paragraph in which it opens a list."""


def concerns_in(pieces: Sequence[Piece], text: str, headed: bool) -> list[list[Piece]]:
    """Give the concerns among the pieces of a section, each with the paragraphs that belong to it.

    `headed` says that the section's heading announces concerns. What stands before the line that opens them
    is the form's own; without such a heading only the numbered list that the line opens are concerns.
    """
    found: list[list[Piece]] = []
    inside, parted = headed, True
    for piece in pieces:
        said = text[piece.start : piece.end]
        if not piece.number and OPENS.search(said[-OPENING:]):
            found, inside = [], True
        elif HEADING.fullmatch(said):
            headed = inside = True
        elif CLOSES.fullmatch(said) or (found and piece.words and not (headed or piece.number)):
            break
        elif inside and piece.words and not parted and not piece.number and found[-1][0].number:
            found[-1].append(piece)
        elif inside and piece.words:
            found.append([piece])
        parted = not (found and piece.words)
    return found
