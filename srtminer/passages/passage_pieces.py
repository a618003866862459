"""Paragraphs become the pieces that passages are made of: cut at recommendations, short ones joined."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from srtminer.model import Paragraph, Recommendation, Review, Section
from srtminer.passages.section_headings import label_of

SHORTEST = 12
"""Words of a passage, at least; what is shorter joins the paragraph before it, or the one that it opens."""

CAPTION = 25
"""Words; what has fewer and ends in no full stop is a caption, or a heading that has lost its look."""

LONGEST = 150
"""Words that a passage of short paragraphs has, at most."""

_SENTENCE_ENDS = (".", "!", "?", ":", ";", ",", "”", "’", '"', ")", "…")


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
    start, number = paragraph.start, paragraph.number
    if _is_heading(text[start : paragraph.end], paragraph, headings):
        yield Piece(start, start, paragraph.page, "", 0)
        return
    for first, last in taken:
        if first < paragraph.end and last > start:
            yield from _said(text, start, max(start, first), paragraph, number)
            yield Piece(first, first, paragraph.page, "", 0)
            # Of a table row what is left is who leads and by when.
            start, number = paragraph.end if paragraph.role == "row" else min(last, paragraph.end), ""
    yield from _said(text, start, paragraph.end, paragraph, number)


def _is_heading(text: str, paragraph: Paragraph, headings: Container[str]) -> bool:
    if paragraph.role == "heading":
        return not (label_of(text) or label_of(paragraph.number)) or len(text.split()) < SHORTEST
    return text.casefold() in headings


def _said(text: str, start: int, end: int, paragraph: Paragraph, number: str) -> Iterator[Piece]:
    """Give a stretch of a paragraph without the white space around it; a caption or a cell is a break."""
    said = text[start:end]
    start, said = start + len(said) - len(said.lstrip()), said.strip()
    if not said:
        return
    words = len(said.split())
    ends = paragraph.role != "text" or bool(number) or said.endswith(_SENTENCE_ENDS)
    goes_on = paragraph.role == "text" and not number and said[0].islower()
    counts = words if ends or goes_on or words >= SHORTEST else 0
    yield Piece(start, start + len(said), paragraph.page, number, counts, goes_on, ends)


def groups(pieces: Iterable[Piece], text: str) -> Iterator[list[Piece]]:
    """Take a short piece together with the one before it, or with the one that it opens."""
    group: list[Piece] = []
    words = 0
    for piece in pieces:
        if group and not _joins(group[-1], words, piece, text):
            yield from _closed(group)
            group, words = [], 0
        if piece.words:
            group.append(piece)
            words += piece.words
    yield from _closed(group)


def _closed(group: list[Piece]) -> Iterator[list[Piece]]:
    """Give a group again, unless it is none or a caption."""
    if group and (group[-1].ends or sum(one.words for one in group) >= CAPTION):
        yield group


def _joins(last: Piece, words: int, piece: Piece, text: str) -> bool:
    """Tell whether a piece belongs to the words before it, `last` being the last of them."""
    if not piece.words:
        return False
    short = min(words, piece.words) < SHORTEST and words + piece.words <= LONGEST
    return short or (piece.goes_on and text[last.end - 1] not in ".!?")
