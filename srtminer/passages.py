"""Sections to passages: the rows of `themes --of findings` and `themes --of sections`.

A passage is a paragraph under its heading; short ones (bullets, the line that opens them) are taken together.
The matters of concern of a coroner's report are passages too.

Why not whole sections: a chapter "Analysis" argues a dozen matters on ten pages, and no theme is that broad.
A paragraph is about as long as a recommendation, argues one matter, and has the page and the printed number
that a reader needs to find it.
"""

import hashlib
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from srtminer.model import CONCERNS, FINDINGS, PASSAGES, Paragraph, Recommendation, Review, Section, Unit
from srtminer.structure.conventions import says
from srtminer.text.words import single_spaced

LOWER_SHARE = 0.5
"""Share of the words that begin in lower case, at least.

Why: lists of names, and cells of a table that were read as lines, are words in capitals and figures.
"""
TEMPLATE_REVIEWS = 3
"""In so many reviews the same words are a template; in two they may be one review in two files."""
HEADING_WIDTH = 60
"""Characters of a heading that stands for a number: without either, nobody finds a passage in a text file."""
LONGEST_HEADING = 200
"""Characters; what is longer is a sentence that looks like a heading."""
TITLE_SHARE = 0.6
"""A heading over more than this share of the text, with which the review opens, is the title.

Why: in "Learning from the life of Baby D" not all is a finding.
"""
OPENING = 3
"""Sections with which a review opens."""
PASSAGE = "passage"
"""The rule by which a passage was found."""

Path = tuple[str, ...]
"""The headings above something, outermost first."""


def find_rows(
    unit: Unit, review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Give the findings, the concerns or all passages of a review, whichever the unit says.

    A passage is given as a `Recommendation` by the rule "passage", since what mines, cites and prints rows
    needs what one has: an id, exact words, place, reference and headings.
    """
    finders = {FINDINGS: find_findings, CONCERNS: find_concerns, PASSAGES: find_passages}
    return finders[unit](review, sections, recommendations)


def find_passages(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Cut all that a review says into passages, in the order of the text; recommendations stay as they are.

    What introduces recommendations or tells how the review was made is left out; so are lists and notices.
    """

    def is_aside(one: Recommendation) -> bool:
        return _say("recommendations", one.heading[-1:]) or says("text", "tells of the review", one.text)

    cut = _passages(review, sections, recommendations, lambda one, told: told or not is_aside(one))
    return tuple(sorted((*recommendations, *cut), key=lambda one: (one.start, one.end)))


def find_findings(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Cut what a review found into passages: what headings say is findings, and what is labelled "Finding 3".

    The innermost heading that says what stands below it decides. Recommendations are left out.
    """
    return tuple(_passages(review, sections, recommendations, lambda _, told: told))


def find_concerns(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Give the matters of concern of a coroner's report one by one; those that ask are recommendations."""
    if not any(fact.field == "kind" and fact.value == "PFD" for fact in review.facts):
        return ()
    found = (
        _passage(review, section, group, group[0].number)
        for section, pieces in _by_section(review, sections, recommendations)
        for group in _concerns_in(pieces, review.text, _say("concerns", section.path))
    )
    return tuple({one.id: one for one in found}.values())


def without_template(rows: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """Leave out passages that several reviews say word by word.

    Why: "Serious case reviews are not inquiries into how a child died or who is to blame" stands in each.
    """
    reviews = Counter(words for _, words in {(one.review_id, _words(one.text)) for one in rows})
    return tuple(one for one in rows if one.rule != PASSAGE or reviews[_words(one.text)] < TEMPLATE_REVIEWS)


def is_prose(text: str) -> bool:
    """Tell what somebody wrote from lists of names, entries of a table and other scraps."""
    words = text.split()
    lower = sum(word[0].islower() for word in words)
    return len(words) >= SHORTEST and lower >= LOWER_SHARE * len(words)


def _words(text: str) -> str:
    return single_spaced(text.casefold())


def _id(review: Review, text: str) -> str:
    return f"{review.id}-p{hashlib.sha256(_words(text).encode()).hexdigest()[:8]}"


def _passages(
    review: Review,
    sections: Sequence[Section],
    recommendations: Sequence[Recommendation],
    wanted: Callable[[Recommendation, bool], bool],
) -> Iterator[Recommendation]:
    """Cut sections into passages, those that are `wanted`; what is repeated word by word counts once.

    `wanted` is asked of a passage, and whether it is told as a finding.
    """
    seen = {_id(review, one.text) for one in recommendations}
    titles = _titles(sections)
    for section, pieces in _by_section(review, sections, recommendations):
        path = section.path
        ways = (path[:depth] for depth in range(1, len(path) + 1))
        above = [way[-1:] for way in ways if way == path or way not in titles]
        if any(_say("list", heading) for heading in above):
            continue
        finding = _tell_findings(above, path)
        for group in _groups(pieces, review.text):
            one = _passage(review, section, group, path[-1] if path and path not in titles else "")
            told = finding or bool(_label_of(one.reference))
            if one.id not in seen and is_prose(one.text) and wanted(one, told):
                seen.add(one.id)
                yield one


def _titles(sections: Sequence[Section]) -> frozenset[Path]:
    """Find the headings with which a review opens and under which most of it stands."""
    sizes: Counter[Path] = Counter()
    for section in sections:
        for depth in range(len(section.path) + 1):
            sizes[section.path[:depth]] += section.end - section.start
    opening = {one.path[:depth] for one in sections[:OPENING] for depth in range(len(one.path) + 1)}
    return frozenset(path for path in opening if sizes[path] > TITLE_SHARE * sizes[()])


def _tell_findings(above: Sequence[Path], path: Path) -> bool:
    """Ask the headings from the innermost one outwards; nothing in an appendix is a finding."""
    for heading in reversed(above):
        if _say("recommendations", heading) or _say("no findings", heading):
            return False
        if _label_of(heading[0]) or _say("findings", heading):
            return not _say("appendix", path)
    return False


def _say(what: str, headings: Path) -> bool:
    """Tell whether one of the headings says what stands below it."""
    return any(says("heading", what, heading[:LONGEST_HEADING]) for heading in headings)


def _passage(review: Review, section: Section, pieces: Sequence["Piece"], place: str) -> Recommendation:
    """Make a passage; its label or number is its reference, else those of its section, else the place."""
    first, last = pieces[0], pieces[-1]
    text = review.text[first.start : last.end]
    labels = map(_label_of, (first.number, text, section.number, section.heading))
    numbers = (said for said in (first.number, section.number) if any(map(str.isdecimal, said)))
    shortened = textwrap.shorten(place, HEADING_WIDTH, placeholder=" …")
    return Recommendation(
        id=_id(review, text),
        review_id=review.id,
        references=tuple(filter(None, (*labels, *numbers, shortened)))[:1],
        start=first.start,
        end=last.end,
        text=text,
        page=first.page,
        last_page=last.page,
        heading=section.path,
        rule=PASSAGE,
    )


# Pieces --------------------------------------------------------------------------------------------

SHORTEST = 12
"""Words of a passage, at least; what is shorter joins the paragraph before it, or the one that it opens."""
CAPTION = 25
"""Words; what has fewer and ends in no full stop is a caption, or a heading that has lost its look."""
LONGEST = 150
"""Words that a passage of short paragraphs has, at most."""
END_OF_OPENING = 120
"""Characters at the end of a paragraph in which it opens a list of concerns."""
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ",", "”", "’", '"', ")", "…")
_LABEL = re.compile(
    r"(?:(?:key|systems?|practice|additional) )?(?:finding|lesson|learning point|learning) "
    r"(?:no\.? ?)?\d{1,2}[a-z]?(?=\s?(?:[:.–-]|$))",
    re.IGNORECASE,
)


def _label_of(text: str) -> str:
    """Give the label that a finding begins with ("Finding 3"), or an empty string."""
    match = _LABEL.match(text)
    return match[0] if match else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or what of it stands outside the recommendations."""

    start: int
    end: int
    page: int
    number: str = ""
    words: int = 0
    """0 of what belongs to no passage: it parts what stands around it."""
    goes_on: bool = False
    """It begins within a sentence: the rest of a paragraph that a page end has cut."""
    ends: bool = False
    """It ends like a sentence, or need not: it is numbered, an item of a list or a row of a table."""


def _by_section(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> Iterator[tuple[Section, list[Piece]]]:
    """Give the paragraphs of each section, cut at recommendations."""
    taken = sorted((one.start, one.end) for one in recommendations if one.start < one.end)
    headings = {section.heading.casefold() for section in sections}
    paragraphs = list(reversed(review.paragraphs))
    for section in sections:
        pieces: list[Piece] = []
        while paragraphs and paragraphs[-1].start < section.end:
            pieces += _pieces(review.text, paragraphs.pop(), taken, headings)
        yield section, pieces


def _pieces(
    text: str, paragraph: Paragraph, taken: Sequence[tuple[int, int]], headings: Container[str]
) -> Iterator[Piece]:
    """Give what of a paragraph stands outside the spans that are taken, and in place of these a break.

    A heading is a break, and so is a line that repeats one: an entry of the contents. Some findings are told
    in their headings: "Finding 3: nobody asked the school what it knew of the children and their father".
    """
    start, number, said = paragraph.start, paragraph.number, text[paragraph.start : paragraph.end]
    is_told = bool(_label_of(said) or _label_of(number)) and len(said.split()) >= SHORTEST
    if not is_told if paragraph.role == "heading" else said.casefold() in headings:
        yield Piece(start, start, paragraph.page)
        return
    for first, last in taken:
        if first < paragraph.end and last > start:
            yield from _said(text, start, max(start, first), paragraph, number)
            yield Piece(first, first, paragraph.page)
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


def _groups(pieces: Iterable[Piece], text: str) -> Iterator[list[Piece]]:
    """Take a short piece together with the one before it, or with the one that it opens; drop captions."""
    found: list[list[Piece]] = [[]]
    words = 0
    for piece in pieces:
        short = min(words, piece.words) < SHORTEST and words + piece.words <= LONGEST
        goes_on = short or (piece.goes_on and bool(found[-1]) and text[found[-1][-1].end - 1] not in ".!?")
        if found[-1] and piece.words and goes_on:
            found[-1].append(piece)
            words += piece.words
        else:
            found.append([piece] if piece.words else [])
            words = piece.words
    for group in found:
        if group and (group[-1].ends or sum(one.words for one in group) >= CAPTION):
            yield group


def _concerns_in(pieces: Sequence[Piece], text: str, headed: bool) -> list[list[Piece]]:
    """Give the concerns among the pieces of a section, each with the paragraphs that belong to it.

    `headed` says that the section's heading announces concerns. What stands before the line that opens them
    is the form's own; without such a heading only the numbered list that the line opens are concerns.
    """
    found: list[list[Piece]] = []
    inside, parted = headed, True
    for piece in pieces:
        said = text[piece.start : piece.end]
        if not piece.number and says("text", "opens concerns", said[-END_OF_OPENING:]):
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
