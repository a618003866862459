"""Paragraphs become the pieces that passages are made of: cut at recommendations, short ones joined.

The matters of concern of a coroner's report are such pieces too: what stands under that heading or that line.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from srtminer.model import Paragraph, Recommendation, Review, Section
from srtminer.structure.conventions import says

SHORTEST = 12
"""Words of a passage, at least; what is shorter joins the paragraph before it, or the one that it opens."""
CAPTION = 25
"""Words; what has fewer and ends in no full stop is a caption, or a heading that has lost its look."""
LONGEST = 150
"""Words that a passage of short paragraphs has, at most."""
OPENING = 120
"""Characters at the end of a paragraph in which it opens a list of concerns."""
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ",", "”", "’", '"', ")", "…")
_LABEL = re.compile(
    r"(?:(?:key|systems?|practice|additional) )?(?:finding|lesson|learning point|learning) "
    r"(?:no\.? ?)?\d{1,2}[a-z]?(?=\s?(?:[:.–-]|$))",
    re.IGNORECASE,
)


def label_of(text: str) -> str:
    """Give the label that a finding begins with ("Finding 3"), or an empty string."""
    match = _LABEL.match(text)
    return match[0] if match else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or what of it stands outside the recommendations."""

    start: int
    end: int
    page: int
    number: str
    words: int
    """0 of what belongs to no passage: it parts what stands around it."""
    goes_on: bool = False
    """It begins within a sentence: the rest of a paragraph that a page end has cut."""
    ends: bool = False
    """It ends like a sentence, or need not: it is numbered, an item of a list or a row of a table."""


def by_section(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> Iterator[tuple[Section, list[Piece]]]:
    """Give the paragraphs of each section, cut at recommendations."""
    taken = sorted((one.start, one.end) for one in recommendations if one.start < one.end)
    headings = {section.heading.casefold() for section in sections}
    paragraphs = iter(review.paragraphs)
    paragraph = next(paragraphs, None)
    for section in sections:
        pieces: list[Piece] = []
        while paragraph is not None and paragraph.start < section.end:
            pieces += _pieces(review.text, paragraph, taken, headings)
            paragraph = next(paragraphs, None)
        yield section, pieces


def _pieces(
    text: str, paragraph: Paragraph, taken: Sequence[tuple[int, int]], headings: Container[str]
) -> Iterator[Piece]:
    """Give what of a paragraph stands outside the spans that are taken, and in place of these a break.

    A heading is a break, and so is a line that repeats one: an entry of the contents. Some findings are told
    in their headings: "Finding 3: nobody asked the school what it knew of the children and their father".
    """
    start, number, said = paragraph.start, paragraph.number, text[paragraph.start : paragraph.end]
    is_told = bool(label_of(said) or label_of(number)) and len(said.split()) >= SHORTEST
    if not is_told if paragraph.role == "heading" else said.casefold() in headings:
        yield Piece(start, start, paragraph.page, "", 0)
        return
    for first, last in taken:
        if first < paragraph.end and last > start:
            yield from _said(text, start, max(start, first), paragraph, number)
            yield Piece(first, first, paragraph.page, "", 0)
            # Of a table row what is left is who leads and by when.
            start, number = paragraph.end if paragraph.role == "row" else min(last, paragraph.end), ""
    yield from _said(text, start, paragraph.end, paragraph, number)


def _said(text: str, start: int, end: int, paragraph: Paragraph, number: str) -> Iterator[Piece]:
    """Give a stretch of a paragraph without the white space around it; a caption or a cell is a break."""
    said = text[start:end]
    start, said = start + len(said) - len(said.lstrip()), said.strip()
    if said:
        words = len(said.split())
        ends = paragraph.role != "text" or bool(number) or said.endswith(_SENTENCE_ENDS)
        goes_on = paragraph.role == "text" and not number and said[0].islower()
        counts = words if ends or goes_on or words >= SHORTEST else 0
        yield Piece(start, start + len(said), paragraph.page, number, counts, goes_on, ends)


def groups(pieces: Iterable[Piece], text: str) -> Iterator[list[Piece]]:
    """Take a short piece together with the one before it, or with the one that it opens; drop captions."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        words = sum(one.words for one in found[-1])
        short = min(words, piece.words) < SHORTEST and words + piece.words <= LONGEST
        if not found[-1] or not piece.words:
            found.append([piece] if piece.words else [])
        elif short or (piece.goes_on and text[found[-1][-1].end - 1] not in ".!?"):
            found[-1].append(piece)
        else:
            found.append([piece])
    for group in found:
        if group and (group[-1].ends or sum(one.words for one in group) >= CAPTION):
            yield group


def concerns_in(pieces: Sequence[Piece], text: str, headed: bool) -> list[list[Piece]]:
    """Give the concerns among the pieces of a section, each with the paragraphs that belong to it.

    `headed` says that the section's heading announces concerns. What stands before the line that opens them
    is the form's own; without such a heading only the numbered list that the line opens are concerns.
    """
    found: list[list[Piece]] = []
    inside, parted = headed, True
    for piece in pieces:
        said = text[piece.start : piece.end]
        if not piece.number and says("text", "opens concerns", said[-OPENING:]):
            found, inside = [], True
        elif says("heading", "concerns", said):
            headed = inside = True
        elif says("heading", "ends concerns", said) or (
            found and piece.words and not (headed or piece.number)
        ):
            break
        elif inside and piece.words and not parted and not piece.number and found[-1][0].number:
            found[-1].append(piece)
        elif inside and piece.words:
            found.append([piece])
        parted = not (found and piece.words)
    return found
