"""Sections to passages: the rows of `themes --of findings` and `themes --of sections`.

A passage is a paragraph under its heading; short ones (bullets, the line that opens them) are taken together.

Why not whole sections: a chapter "Analysis" argues a dozen matters on ten pages, and no theme is that broad.
A paragraph is about as long as a recommendation, argues one matter, and has the page and the printed number
that a reader needs to find it.
"""

import hashlib
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from srtminer.model import CONCERNS, FINDINGS, PASSAGES, Recommendation, Review, Section, Unit
from srtminer.passages.passage_pieces import SHORTEST, Piece, by_section, concerns_in, groups, label_of
from srtminer.structure.conventions import says

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

    def is_aside(one: Recommendation) -> bool:
        return _asks(one.heading[-1:]) or says("text", "tells of the review", one.text)

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
        for section, pieces in by_section(review, sections, recommendations)
        for group in concerns_in(pieces, review.text, _say("concerns", section.path))
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
    return " ".join(text.casefold().split())


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
    for section, pieces in by_section(review, sections, recommendations):
        path = section.path
        ways = (path[:depth] for depth in range(1, len(path) + 1))
        above = [way[-1:] for way in ways if way == path or way not in titles]
        if any(_say("list", heading) for heading in above):
            continue
        finding = _tell_findings(above, path)
        for group in groups(pieces, review.text):
            one = _passage(review, section, group, path[-1] if path and path not in titles else "")
            told = finding or bool(label_of(one.reference))
            if one.id not in seen and is_prose(one.text) and wanted(one, told):
                seen.add(one.id)
                yield one


def _titles(sections: Sequence[Section]) -> frozenset[Path]:
    """Find the headings with which a review opens and under which most of it stands."""
    sizes: Counter[Path] = Counter()
    for section in sections:
        for depth in range(len(section.path) + 1):
            sizes[section.path[:depth]] += section.end - section.start
    opening = [section.path for section in sections[:OPENING]]
    return frozenset(
        path
        for path, size in sizes.items()
        if size > TITLE_SHARE * sizes[()] and any(first[: len(path)] == path for first in opening)
    )


def _tell_findings(above: Sequence[Path], path: Path) -> bool:
    """Ask the headings from the innermost one outwards; nothing in an appendix is a finding."""
    for heading in reversed(above):
        if _asks(heading) or _say("no findings", heading):
            return False
        if label_of(heading[0]) or _say("findings", heading):
            return not _say("appendix", path)
    return False


def _asks(headings: Path) -> bool:
    return _say("recommendations", headings)


def _say(what: str, headings: Path) -> bool:
    """Tell whether one of the headings says what stands below it."""
    return any(says("heading", what, heading[:LONGEST_HEADING]) for heading in headings)


def _passage(review: Review, section: Section, pieces: Sequence[Piece], place: str) -> Recommendation:
    first, last = pieces[0], pieces[-1]
    text = review.text[first.start : last.end]
    place = textwrap.shorten(place, HEADING_WIDTH, placeholder=" …")
    reference = _reference(first.number, text, section) or place
    return Recommendation(
        id=_id(review, text),
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
    labels = map(label_of, (number, text, section.number, section.heading))
    numbers = (said for said in (number, section.number) if any(map(str.isdecimal, said)))
    return next(iter((*filter(None, labels), *numbers)), "")
