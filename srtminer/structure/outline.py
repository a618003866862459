"""Paragraphs become sections: a heading and what stands below it, with the headings above.

Layout ranks headings by their look. Where headings look alike (plain text, bold lines of one size) their
meaning ranks them: "Individual agency recommendations" over "Health" over "Discharge planning" over
"Recommendation 3".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from srtminer.model import Paragraph, Review, Section
from srtminer.structure.conventions import says

CHAPTER = re.compile(r"(chapter|part|volume|section|appendix|annex) ([\w.]{1,6}?) ?[:.–—-] ?", re.IGNORECASE)
"""What a chapter's heading begins with: "SECTION 5 - ", "Part 1.5: "."""
LINE = 160
"""Characters; a longer paragraph is never taken for a heading that has lost its look."""
WORDS = 6
"""Words that a line with no mark of its own may have to be a heading after a list."""
LIST, AGENCY, TOPIC, LABEL = range(4)


@dataclass(frozen=True, slots=True)
class _Open:
    heading: str
    level: int
    rank: int
    number: str
    listed: bool = False
    """Whether numbered paragraphs or items stand straight below it."""

    @property
    def chapter(self) -> tuple[str, str]:
        """The word and the number that count a chapter: ("", "2"), ("section", "4"); ("", "") of others."""
        match = CHAPTER.match(self.heading)
        word, number = (match[1].lower(), match[2]) if match else ("", self.number)
        return (word, number) if number.isdecimal() else ("", "")


def outline(review: Review, is_agency: Callable[[str], bool]) -> tuple[Section, ...]:
    """Cut a review into sections; the text before the first heading has an empty heading.

    `is_agency` tells a heading that names an agency.
    """
    return tuple(_sections(review, is_agency))


def _sections(review: Review, is_agency: Callable[[str], bool]) -> Iterator[Section]:
    stack: list[_Open] = []
    lost = _lost_headings(review)
    head: Paragraph | None = None
    first: Paragraph | None = None
    """Of the section that is open: its heading, and what stands straight below."""
    end = 0
    for paragraph in review.paragraphs:
        if paragraph.role == "heading" or paragraph.start in lost:
            if begin := head or first:
                yield _section(stack, begin, end, headed=begin is head)
            heading = review.text[paragraph.start : paragraph.end]
            if paragraph.start in lost:  # it has the level of what is open, or of a chapter if it says so
                paragraph = replace(
                    paragraph, level=stack[-1].level if stack and not CHAPTER.match(heading) else 1
                )
            rank = _rank(heading, paragraph.number, is_agency)
            _push(stack, _Open(heading, paragraph.level, rank, paragraph.number))
            head, first = paragraph, None
        elif first is None:
            first = paragraph
            if stack and (first.number or first.role == "item"):
                stack[-1] = replace(stack[-1], listed=True)
        end = paragraph.end
    if begin := head or first:
        yield _section(stack, begin, end, headed=begin is head)


def _section(stack: list[_Open], begin: Paragraph, end: int, *, headed: bool) -> Section:
    return Section(
        heading=stack[-1].heading if headed else "",
        path=tuple(part.heading for part in stack),
        number=begin.number if headed else "",
        level=begin.level if headed else 0,
        page=begin.page,
        start=begin.start,
        end=end,
    )


def _lost_headings(review: Review) -> frozenset[int]:
    """Find the headings that were read as something else: where each starts.

    Why: in plain text, a line "Next steps" after a list of bullets looks like one more bullet.
    """
    triples = zip(review.paragraphs, review.paragraphs[1:], review.paragraphs[2:], strict=False)
    return frozenset(
        line.start
        for before, line, after in triples
        if line.role in ("text", "item") and not line.number and line.end - line.start <= LINE
        if says("line", "heads a list", review.text[line.start : line.end])
        or (review.format == "text" and _ends_list(review, before, line, after))
    )


def _ends_list(review: Review, before: Paragraph, line: Paragraph, after: Paragraph) -> bool:
    """Tell a short line without a mark after bullets that end in one: "Strengths", "Deficiencies:"."""
    text = review.text[line.start : line.end]
    follows = before.role == "item" and review.text[before.end - 1] in ".;!?)"
    opens = after.role == "item" if text.endswith(":") else text[-1].isalnum()
    longer = after.role == "heading" or after.end - after.start > line.end - line.start
    titled = text[0].isupper() and len(text.split()) <= WORDS and not says("line", "is no title", text)
    return follows and opens and longer and titled


def _rank(heading: str, number: str, is_agency: Callable[[str], bool]) -> int:
    if (number[:1].isalpha() and " " in number) or says("heading", "labels", heading):
        return LABEL
    if says("heading", "heads a list", heading):
        return LIST
    return AGENCY if is_agency(heading) or says("heading", "addresses", heading) else TOPIC


def _push(stack: list[_Open], below: _Open) -> None:
    """Close what does not contain a heading; "3" ends "2" whatever they look like.

    Why: some chapters are set in capitals and others are not.
    """
    word, following = below.chapter
    numbers = [number if other == word else "" for other, number in (above.chapter for above in stack)]
    is_next = (bool(following and number) and int(following) == int(number) + 1 for number in numbers)
    del stack[next((place for place, ends in enumerate(is_next) if ends), len(stack)) :]
    while stack and not _contains(stack[-1], below):
        stack.pop()
    stack.append(below)


def _contains(above: _Open, below: _Open) -> bool:
    """Tell whether a heading stands below one that is open.

    Why an agency's list ends it: "Harbour Council" over items 53 to 56 says nothing of "Training" and 57.
    """
    if above.level != below.level:
        return above.level < below.level
    siblings = above.number and below.number and above.number.count(".") == below.number.count(".")
    if (siblings and below.rank != LABEL) or CHAPTER.match(below.heading):
        return False
    if says("heading", "closes", below.heading):
        return False
    return above.rank < below.rank and (above.rank == LIST or (above.rank == AGENCY and not above.listed))
