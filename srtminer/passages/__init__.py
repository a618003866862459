"""Sections to passages: the rows of `themes --of findings` and `themes --of sections`.

A passage is a paragraph under its heading; short ones (bullets, the line that opens them) are taken together.

Why not whole sections: a chapter "Analysis" argues a dozen matters on ten pages, and no theme is that broad.
A paragraph is about as long as a recommendation, argues one matter, and has the page and the printed number
that a reader needs to find it.
"""

import hashlib
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from srtminer.model import CONCERNS, FINDINGS, PASSAGES, Recommendation, Review, Section, Unit
from srtminer.passages.concerns import HEADING, concerns_in
from srtminer.passages.passage_pieces import SHORTEST, Piece, by_section, groups
from srtminer.passages.section_headings import Headings, is_asking, label_of

MAKING = re.compile(
    r"[^.]{0,160}\b(?:(?:review|report|panel) (?:was|were|has been|have been) (?:also )?"
    r"(?:commissioned|chaired|led|written|conducted|carried out|undertaken|published|set up)\b"
    r"|(?:decided|agreed|commissioned|published|criteria)\b[^.]{0,80}"
    r"\b(?:serious case|practice|learning|adults?|homicide|this|overview) (?:review|report)\b"
    r"|individual management reviews?\b|apportion blame\b)",
    re.IGNORECASE,
)
"""A first sentence that tells how the review was made.

Why: "The Board decided that the criteria for a serious case review were met" opens every introduction.
"""

LOWER_SHARE = 0.5
"""Share of the words that begin in lower case, at least.

Why: lists of names, and cells of a table that were read as lines, are words in capitals and figures.
"""

TEMPLATE_REVIEWS = 3
"""In so many reviews the same words are a template; in two they may be one review in two files."""

Test = Callable[[Section, Recommendation], bool]
"""Of a passage in its section."""

HEADING_WIDTH = 60
"""Characters of a heading that stands for a number: without either, nobody finds a passage in a text file."""

PASSAGE = "passage"
"""The rule by which a passage was found."""


def find_rows(
    unit: Unit, review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Give the findings, the concerns or all passages of a review, whichever the unit says."""
    finders = {FINDINGS: find_findings, CONCERNS: find_concerns, PASSAGES: find_passages}
    return finders[unit](review, sections, recommendations)


def find_passages(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Cut all that a review says into passages, in the order of the text; recommendations stay as they are.

    A passage is given as a `Recommendation` by the rule "passage", since what mines, cites and prints rows
    needs what one has: an id, exact words, place, reference and headings. What introduces recommendations or
    tells how the review was made is left out, and so are lists and notices.
    """
    headings = Headings(sections)

    def is_said(section: Section, one: Recommendation) -> bool:
        is_aside = is_asking(section.heading) or MAKING.match(one.text)
        return not is_aside or _is_finding(headings, section, one)

    cut = _passages(review, sections, recommendations, headings, is_said)
    return tuple(sorted((*recommendations, *cut), key=lambda one: (one.start, one.end)))


def find_findings(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Cut what a review found into passages: what headings say is findings, and what is labelled "Finding 3".

    The innermost heading that says what stands below it decides. Recommendations are left out.
    """
    headings = Headings(sections)
    return tuple(_passages(review, sections, recommendations, headings, partial(_is_finding, headings)))


def find_concerns(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Give the matters of concern of a coroner's report one by one; those that ask are recommendations."""
    if not any(fact.field == "kind" and fact.value == "PFD" for fact in review.facts):
        return ()
    found = (
        _passage(review, section, group, group[0].number)
        for section, pieces in by_section(review, sections, recommendations)
        for group in concerns_in(pieces, review.text, any(map(HEADING.fullmatch, section.path)))
    )
    once = {_digest(one): one for one in found}
    return tuple(replace(one, id=f"{review.id}-p{digest}") for digest, one in once.items())


def without_template(rows: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """Leave out passages that several reviews say word by word.

    Why: "Serious case reviews are not inquiries into how a child died or who is to blame" stands in each.
    """
    reviews = Counter(words for _, words in {(one.review_id, _words(one)) for one in rows})
    return tuple(one for one in rows if one.rule != PASSAGE or reviews[_words(one)] < TEMPLATE_REVIEWS)


def _words(one: Recommendation) -> str:
    return " ".join(one.text.casefold().split())


def _digest(one: Recommendation) -> str:
    return hashlib.sha256(_words(one).encode()).hexdigest()[:8]


def _is_finding(headings: Headings, section: Section, one: Recommendation) -> bool:
    """Tell what stands below a heading that says so, or is labelled as a finding."""
    return headings.tell_findings(section.path) or bool(label_of(one.reference))


def _passages(
    review: Review,
    sections: Sequence[Section],
    recommendations: Sequence[Recommendation],
    headings: Headings,
    wanted: Test,
) -> Iterator[Recommendation]:
    """Cut sections into passages, those that are `wanted`; what is repeated word by word counts once."""
    seen = set(map(_digest, recommendations))
    for section, pieces in by_section(review, sections, recommendations):
        if headings.are_aside(section.path):
            continue
        for group in groups(pieces, review.text):
            one = _passage(review, section, group, headings.place(section.path))
            digest = _digest(one)
            if wanted(section, one) and is_prose(one.text) and digest not in seen:
                seen.add(digest)
                yield replace(one, id=f"{review.id}-p{digest}")


def _passage(review: Review, section: Section, pieces: Sequence[Piece], place: str) -> Recommendation:
    first, last = pieces[0], pieces[-1]
    text = review.text[first.start : last.end]
    place = textwrap.shorten(place, HEADING_WIDTH, placeholder=" …")
    reference = _reference(first.number, text, section) or place
    return Recommendation(
        id="",
        review_id=review.id,
        references=(reference,) if reference else (),
        start=first.start,
        end=last.end,
        text=text,
        page=first.page,
        last_page=last.page,
        heading=section.path,
        rule=PASSAGE,
    )


def _reference(number: str, text: str, section: Section) -> str:
    """Give the label or number of a passage, else those of its section, or an empty string."""
    for said in (number, text, section.number, section.heading):
        if label := label_of(said):
            return label
    return next((said for said in (number, section.number) if any(map(str.isdecimal, said))), "")


def is_prose(text: str) -> bool:
    """Tell what somebody wrote from lists of names, entries of a table and other scraps."""
    words = text.split()
    lower = sum(word[0].islower() for word in words)
    return len(words) >= SHORTEST and lower >= LOWER_SHARE * len(words)
