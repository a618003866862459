"""Paragraphs become sections: a heading and what stands below it, with the headings above.

Layout ranks headings by their look. Where headings look alike (plain text, bold lines of one size) their
meaning ranks them: "Individual agency recommendations" over "Health" over "Discharge planning" over
"Recommendation 3".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from srtminer.model import Paragraph, Review, Section

_CHAPTER = r"(?:chapter|part|volume|section|appendix|annex) [\w.]{1,6} ?[:.–—-] ?"
CHAPTER = re.compile(r"(chapter|part|volume|section|appendix|annex) ([\w.]{1,6}?) ?[:.–—-] ?", re.IGNORECASE)
"""What a chapter's heading begins with: "SECTION 5 - ", "Part 1.5: "."""
LIST_HEADING = re.compile(
    rf"(?:{_CHAPTER})?"
    r"(?:(?:[\w’']+[\s/-]+){0,5}(?:recommendations?|actions)(?:\s+and(?:\s+[\w’'-]+){1,5})?[:.]?"
    r"|recommendations (?:pursuant|under|made|arising|in accordance) .{2,100}|calls to action)",
    re.IGNORECASE,
)
"""A heading over a list of recommendations: "Individual Agency Recommendations", "Recommendations made under
section 8 of the Act"."""
LABEL_HEADING = re.compile(
    r"(?:safety\s+)?(?:recommendation|action|learning point|lesson|finding)(?:\s+\(.{1,40}\))?[:.]?"
    r"|.{1,60}\bmakes? the following .{0,20}recommendations?[:.]?",
    re.IGNORECASE,
)
"""A heading that only says what follows: "Recommendation", "Recommendation (Specific to the trust)"."""
ADDRESSED = re.compile(r"(?:to|for) (?:the )?.{3,80}:", re.IGNORECASE)
"""Why: a jury's recommendations stand below "To the Ministry of Youth Justice:"."""
FOR_WHOM = re.compile(r"(?:recommendations? )?(for|to) \S", re.IGNORECASE)
CLOSING_HEADING = re.compile(
    r"(?:conclusions?|(?:key )?(?:findings|events)|background information|analysis|chronology|next steps"
    r"|appendi(?:x|ces)\b.*|annex\b.*|references|bibliography|glossary\b.*"
    r"|acronyms.*"
    r"|implementation.*|monitoring.*|introduction|background|formal minutes|witnesses|list of .*"
    r"|acknowledge?ments?"
    r"|further (?:reading|information)|contacts?|signed)",
    re.IGNORECASE,
)
"""A heading that ends whatever stood open on its level."""

OWN_LINE = re.compile(
    r"(?!.{0,80}\b(?:makes?|made|are|is|was|were|has|have)\b)"
    rf"(?:{_CHAPTER}"
    r"|\d{1,2}(?:\.\d{1,2}){0,2}\.? )?(?:[\w’']+[\s/-]+){0,5}recommendations"
    r"(?:(?: (?:for|to) [\w’' -]{3,60})?:?| for changes? at .{3,120}:[ ·.,]{0,6})",
    re.IGNORECASE,
)
"""A line that is the heading of a list whatever it looks like: "SECTION 5 - RECOMMENDATIONS".

Why no verb: "Here are my own three recommendations:" announces a list and is a sentence.
Why "for changes": American fatality reviews have "County recommendations for changes at the local (county or
state) levels as identified in the county's report:" in the type of the text.
"""
TO_WHOM = re.compile(r"To the [A-Z].{2,80}:")
LINE = 160
"""Characters; a longer paragraph is never taken for a heading that has lost its look."""
WORDS = 6
"""Words that a line with no mark of its own may have to be a heading after a list."""

NO_TITLE = re.compile(r"\d|\b(?:should|must|shall|will|to|that)\b.{0,12}:$", re.IGNORECASE)
"""Why: "The Council should:" opens the next list, "MSB Recommendation M98-11" closes the one above."""

FLAT = 3
"""With no more levels than this, looks do not tell a chapter from a topic inside the list before it."""

LIST, AGENCY, TOPIC, LABEL = range(4)


@dataclass(frozen=True, slots=True)
class _Open:
    heading: str
    level: int
    rank: int
    number: str
    listed: bool = False
    """Whether numbered paragraphs or items stand straight below it."""


def outline(review: Review, is_agency: Callable[[str], bool]) -> tuple[Section, ...]:
    """Cut a review into sections; the text before the first heading has an empty heading.

    `is_agency` tells a heading that names an agency.
    """
    return tuple(_sections(review, is_agency))


def _sections(review: Review, is_agency: Callable[[str], bool]) -> Iterator[Section]:
    stack: list[_Open] = []
    flat = len({part.level for part in review.paragraphs if part.role == "heading"}) <= FLAT
    head: Paragraph | None = None
    first: Paragraph | None = None
    end = 0
    lost = _lost_headings(review)
    for paragraph in review.paragraphs:
        if paragraph.role == "heading" or paragraph.start in lost:
            if head or first:
                yield _section(review, stack, head, first, end)
            if paragraph.start in lost:
                paragraph = replace(paragraph, level=_level_of_lost(review, paragraph, stack))
            _push(stack, review.text[paragraph.start : paragraph.end], paragraph, is_agency, flat)
            head, first = paragraph, None
        elif first is None:
            first = paragraph
            _note_list(stack, paragraph)
        end = paragraph.end
    if head or first:
        yield _section(review, stack, head, first, end)


def _level_of_lost(review: Review, line: Paragraph, stack: list[_Open]) -> int:
    """Give a heading without a look the level of the one that is open, or of a chapter if it says so."""
    is_chapter = CHAPTER.match(review.text, line.start, line.end)
    return 1 if is_chapter or not stack else stack[-1].level


def _lost_headings(review: Review) -> frozenset[int]:
    """Find the headings that were read as something else: where each starts.

    Why: in plain text, a line "Next steps" after a list of bullets looks like one more bullet.
    """
    triples = zip(review.paragraphs, review.paragraphs[1:], review.paragraphs[2:], strict=False)
    return frozenset(
        line.start
        for before, line, after in triples
        if line.role in ("text", "item") and not line.number and line.end - line.start <= LINE
        if _announces(review, line) or (review.format == "text" and _ends_list(review, before, line, after))
    )


def _announces(review: Review, line: Paragraph) -> bool:
    text = review.text[line.start : line.end]
    return bool(OWN_LINE.fullmatch(text) or TO_WHOM.fullmatch(text))


def _ends_list(review: Review, before: Paragraph, line: Paragraph, after: Paragraph) -> bool:
    """Tell a short line without a mark after bullets that end in one: "Strengths", "Deficiencies:"."""
    text = review.text[line.start : line.end]
    follows = before.role == "item" and review.text[before.end - 1] in ".;!?)"
    opens = after.role == "item" if text.endswith(":") else text[-1].isalnum()
    longer = after.role == "heading" or after.end - after.start > line.end - line.start
    titled = text[0].isupper() and len(text.split()) <= WORDS and not NO_TITLE.search(text)
    return follows and opens and longer and titled


def _section(
    review: Review, stack: list[_Open], head: Paragraph | None, first: Paragraph | None, end: int
) -> Section:
    begin = head or first
    assert begin is not None
    return Section(
        heading=stack[-1].heading if head else "",
        path=tuple(part.heading for part in stack),
        number=head.number if head else "",
        level=head.level if head else 0,
        page=begin.page,
        start=begin.start,
        end=end,
    )


def _push(
    stack: list[_Open], heading: str, paragraph: Paragraph, is_agency: Callable[[str], bool], flat: bool
) -> None:
    below = _Open(heading, paragraph.level, _rank(heading, paragraph, is_agency), paragraph.number)
    place = next((place for place, above in enumerate(stack) if _is_next(above, below)), len(stack))
    del stack[place:]
    while stack and not _contains(stack[-1], below, flat):
        stack.pop()
    stack.append(below)


def _note_list(stack: list[_Open], first: Paragraph) -> None:
    if stack and (first.number or first.role == "item"):
        stack[-1] = replace(stack[-1], listed=True)


def _say_for_whom(above: str, below: str) -> bool:
    """Tell "For the police" and "For schools", which stand side by side."""
    return bool(FOR_WHOM.match(above) and FOR_WHOM.match(below))


def _is_next(above: _Open, below: _Open) -> bool:
    """Tell "3" from what stands below "2", and "Section 5 - …" from what stands below "Section 4 - …".

    Why whatever they look like: some chapters are set in capitals and others are not.
    """
    (word, number), (other, following) = _chapter(above), _chapter(below)
    return word == other and bool(number and following) and int(following) == int(number) + 1


def _is_part(above: _Open, below: _Open) -> bool:
    """Tell "4.1" below "4" or "Section 4"."""
    _, number = _chapter(above)
    return bool(number) and below.number.startswith(f"{number}.")


def _chapter(part: _Open) -> tuple[str, str]:
    """Give the word and the number that count a chapter: ("", "2"), ("section", "4"); ("", "") for others."""
    match = CHAPTER.match(part.heading)
    word, number = (match[1].lower(), match[2]) if match else ("", part.number)
    return (word, number) if number.isdecimal() else ("", "")


def _rank(heading: str, paragraph: Paragraph, is_agency: Callable[[str], bool]) -> int:
    if (paragraph.number[:1].isalpha() and " " in paragraph.number) or LABEL_HEADING.fullmatch(heading):
        return LABEL
    if LIST_HEADING.fullmatch(heading):
        return LIST
    return AGENCY if is_agency(heading) or ADDRESSED.fullmatch(heading) else TOPIC


def _contains(above: _Open, below: _Open, flat: bool) -> bool:
    """Tell whether a heading stands below one that is open.

    Why an agency's list ends it: "Harbour Council" over items 53 to 56 says nothing of "Training" and 57.
    """
    if _is_part(above, below):
        return True
    if above.level == below.level and _say_for_whom(above.heading, below.heading):
        return False
    if above.level != below.level:
        return above.level < below.level
    if CHAPTER.match(below.heading):
        return False
    siblings = above.number and below.number and above.number.count(".") == below.number.count(".")
    if CLOSING_HEADING.fullmatch(below.heading) or (siblings and below.rank != LABEL):
        return False
    if above.rank == LIST and below.rank == TOPIC and not flat:
        return False
    return above.rank < below.rank and (above.rank == LIST or (above.rank == AGENCY and not above.listed))
