"""Sections to passages: the rows of `themes --of findings` and `themes --of sections`.

A passage is a paragraph under its heading; short ones (bullets, the line that opens them) are taken together.

Why not whole sections: a chapter "Analysis" argues a dozen matters on ten pages, and no theme is that broad.
A paragraph is about as long as a recommendation, argues one matter, and has the page and the printed number
that a reader needs to find it.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from srtminer.model import FINDINGS, Paragraph, Recommendation, Review, Section, Unit

_I = re.IGNORECASE

FOUND = re.compile(
    r"(?:(?:[\w’'&]+[\s/,:–-]{1,3}){0,5}"
    r"(?:findings?|analys[ei]s|appraisals?|lessons?|learning|conclusions?|discussion|good practice|strengths"
    r"|weaknesses|deficiencies|missed opportunities|learned|learnt)"
    r"|(?:(?:key|main|emerging|practice|overarching|common|further|the|and|other) ){1,3}(?:themes?|issues?))"
    r"(?: ?(?:[:–—-]|\d+\b|and|as|from|for|to|of|in|on|by|about|arising|points?|themes?|identified|learned"
    r"|learnt|drawn).{0,120})?\W{0,3}"
    r"|what .{1,50}\b(?:found|learn(?:s|ed|t)?|tells? us|concluded)\b.{0,60}",
    _I,
)
"""A heading over what a review found: "Analysis of practice", "What was learned", "Lessons for health"."""

LABEL = re.compile(
    r"(?:(?:key|systems?|practice|additional) )?(?:finding|lesson|learning point|learning) "
    r"(?:no\.? ?)?\d{1,2}[a-z]?(?=\s?(?:[:.–-]|$))",
    _I,
)
"""What numbers a finding: "Finding 3: nobody asked who the father was"."""

ASKING = re.compile(
    r"(?!.{0,60}\b(?:findings?|analysis|lessons?|learning|conclusions?|discussion)\b)"
    r".{0,120}\b(?:recommendations?|action plans?)\b",
    _I,
)
"""A heading over recommendations and nothing else."""

ASIDE = re.compile(
    r"^actions?\b|\bsafety actions?\b|^next steps\b|\bcriminal (?:investigation|proceedings)\b"
    r"|\blearning (?:disabilit|difficult|need)",
    _I,
)
"""Another heading below which, in a chapter of findings too, something else stands."""

APPENDIX = re.compile(r"append(?:ix|ices)\b|annex(?:es)?\b", _I)

LISTS = re.compile(
    r"(?:append(?:ix|ices)\b.{0,5}[:.–-] ?)?(?:list of |table of )?"
    r"(?:contents|references|bibliography|citations?|further reading|glossary|abbreviations|acronyms"
    r"|definitions|figures|tables|legend|end ?notes|foot ?notes|acknowledge?ments?|witnesses|formal minutes"
    r"|(?:published )?(?:written|oral) evidence|contacts?|contact details|current membership"
    r"|declarations? of interests?|notes to editors|important notes|publications?|publishing information"
    r"|document (?:retrieval|control|history)|distribution list|(?:general|further) information"
    r"|terms of reference|(?:(?:the )?review )?(?:process|method(?:s|ology)?)|conduct of th(?:e|is) \w+"
    r"|members(?:hip)?|leave a (?:comment|reply)|privacy notice)"
    r"(?: (?:and|of|for|in) .{1,80}| information)?\W{0,3}"
    r"|how .{1,40} (?:carried out|conducted|done)",
    _I,
)
"""A heading over what is not about the case: references, glossary, members, how the review was made."""

LONGEST_HEADING = 200
"""Characters; what is longer is a sentence that looks like a heading."""

SHORTEST = 12
"""Words of a passage, at least; what is shorter joins the paragraph before it, or the one that it opens."""

LONGEST = 150
"""Words that a passage of short paragraphs has, at most."""

TITLE_SHARE = 0.6
"""A heading over more than this share of the text is the title: "Learning from the life of Baby D"."""

LIST_SHARE = 0.2
"""A heading over more than this share of the text is not only over a list.

Why: where "Contents" has the looks of a title, all chapters seem to stand below it.
"""

LOWER_SHARE = 0.5
"""Share of words that begin in lower case, at least.

Why: lists of names, and cells of a table that were read as lines, are words in capitals and figures.
"""

TEMPLATE_REVIEWS = 3
"""In so many reviews the same words are a template; in two they may be one review in two files."""

PASSAGE = "passage"
"""The rule by which a passage was found."""

_SENTENCE_ENDS = (".", "!", "?", ":", ";", ",", "”", "’", '"', ")", "…")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, or what of it stands outside the recommendations."""

    start: int
    end: int
    page: int
    number: str
    words: int
    """0 of what belongs to no passage: it parts what stands around it."""
    goes_on: bool = False
    """It begins within a sentence: the rest of a paragraph that a page end has cut."""


def find_rows(
    unit: Unit, review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Give the findings or all passages of a review, whichever the unit says; both are its own sections."""
    find = find_findings if unit == FINDINGS else find_passages
    return find(review, sections, recommendations)


def find_passages(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Cut all that a review says into passages, in the order of the text; recommendations stay as they are.

    A passage is given as a `Recommendation` by the rule "passage", since what mines, cites and prints rows
    needs what one has: an id, exact words, place, reference and headings. What stands between recommendations
    and introduces them is left out, and so are lists and notices.
    """

    def is_said(section: Section, reference: str) -> bool:
        return not _is_asking(section.heading)

    cut = _passages(review, sections, recommendations, is_said)
    return tuple(sorted((*recommendations, *cut), key=lambda one: (one.start, one.end)))


def find_findings(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """Cut what a review found into passages: what headings say is findings, and what is labelled "Finding 3".

    The innermost heading that says what stands below it decides. Recommendations are left out.
    """
    shares = _shares(sections)

    def is_finding(section: Section, reference: str) -> bool:
        return _tells_findings(section.path, shares) or bool(LABEL.match(reference))

    return tuple(_passages(review, sections, recommendations, is_finding))


def without_template(rows: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """Leave out passages that several reviews say word by word.

    Why: "Serious case reviews are not inquiries into how a child died or who is to blame" stands in each.
    """
    reviews = Counter(words for _, words in {(one.review_id, _words(one)) for one in rows})
    return tuple(one for one in rows if one.rule != PASSAGE or reviews[_words(one)] < TEMPLATE_REVIEWS)


def _words(one: Recommendation) -> str:
    return " ".join(one.text.casefold().split())


def _passages(
    review: Review,
    sections: Sequence[Section],
    recommendations: Sequence[Recommendation],
    wanted: Callable[[Section, str], bool],
) -> Iterator[Recommendation]:
    """Cut sections into passages, those that are `wanted`; one that is repeated word by word counts once."""
    seen: set[str] = set()
    shares = _shares(sections)
    for section, pieces in _by_section(review, sections, recommendations):
        if _stands_in_list(section.path, shares):
            continue
        for group in _groups(pieces, review.text):
            one = _passage(review, section, group)
            digest = hashlib.sha256(_words(one).encode()).hexdigest()[:8]
            if wanted(section, one.reference) and is_prose(one.text) and digest not in seen:
                seen.add(digest)
                yield replace(one, id=f"{review.id}-p{digest}")


def _passage(review: Review, section: Section, pieces: Sequence[_Piece]) -> Recommendation:
    first, last = pieces[0], pieces[-1]
    text = review.text[first.start : last.end]
    labels = (LABEL.match(said) for said in (first.number, text, section.number, section.heading))
    label = next((match[0] for match in labels if match), "")
    printed = (number for number in (first.number, section.number) if any(map(str.isdecimal, number)))
    return Recommendation(
        id="",
        review_id=review.id,
        references=tuple(filter(None, (label or next(printed, ""),))),
        start=first.start,
        end=last.end,
        text=text,
        page=first.page,
        last_page=last.page,
        heading=section.path,
        rule=PASSAGE,
    )


def is_prose(text: str) -> bool:
    """Tell what somebody wrote from lists of names, entries of a table and other scraps."""
    words = text.split()
    lower = sum(word[0].islower() for word in words)
    return len(words) >= SHORTEST and lower >= LOWER_SHARE * len(words)


def _by_section(
    review: Review, sections: Sequence[Section], recommendations: Sequence[Recommendation]
) -> Iterator[tuple[Section, list[_Piece]]]:
    """Give the paragraphs of each section, cut at recommendations."""
    taken = sorted((one.start, one.end) for one in recommendations if one.start < one.end)
    headings = {section.heading.casefold() for section in sections}
    paragraphs = iter(review.paragraphs)
    paragraph = next(paragraphs, None)
    for section in sections:
        pieces: list[_Piece] = []
        while paragraph is not None and paragraph.start < section.end:
            pieces += _pieces(review.text, paragraph, taken, headings)
            paragraph = next(paragraphs, None)
        yield section, pieces


def _pieces(
    text: str, paragraph: Paragraph, taken: Sequence[tuple[int, int]], headings: Container[str]
) -> Iterator[_Piece]:
    """Give what of a paragraph stands outside the spans that are taken, and in place of these a break.

    A heading is a break, and so is a line that repeats one: an entry of the contents. Some findings are told
    in their headings: "Finding 3: nobody asked the school what it knew of the children and their father".
    """
    start, number = paragraph.start, paragraph.number
    if _is_heading(text[start : paragraph.end], paragraph, headings):
        yield _Piece(start, start, paragraph.page, "", 0)
        return
    for first, last in taken:
        if first < paragraph.end and last > start:
            yield from _said(text, start, max(start, first), paragraph, number)
            yield _Piece(first, first, paragraph.page, "", 0)
            # Of a table row what is left is who leads and by when.
            start, number = paragraph.end if paragraph.role == "row" else min(last, paragraph.end), ""
    yield from _said(text, start, paragraph.end, paragraph, number)


def _is_heading(text: str, paragraph: Paragraph, headings: Container[str]) -> bool:
    if paragraph.role == "heading":
        return not (LABEL.match(text) or LABEL.match(paragraph.number)) or len(text.split()) < SHORTEST
    return text.casefold() in headings


def _said(text: str, start: int, end: int, paragraph: Paragraph, number: str) -> Iterator[_Piece]:
    """Give a stretch of a paragraph without the white space around it; a caption or a cell is a break."""
    said = text[start:end]
    start, said = start + len(said) - len(said.lstrip()), said.strip()
    if not said:
        return
    words = len(said.split())
    whole = paragraph.role == "item" or number or words >= SHORTEST or said.endswith(_SENTENCE_ENDS)
    goes_on = paragraph.role == "text" and not number and said[0].islower()
    yield _Piece(start, start + len(said), paragraph.page, number, words if whole or goes_on else 0, goes_on)


def _groups(pieces: Iterable[_Piece], text: str) -> Iterator[list[_Piece]]:
    """Take a short piece together with the one before it, or with the one that it opens."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and not _joins(group, piece, text):
            yield group
            group = []
        if piece.words:
            group.append(piece)
    if group:
        yield group


def _joins(group: Sequence[_Piece], piece: _Piece, text: str) -> bool:
    if not piece.words:
        return False
    words = sum(one.words for one in group)
    short = min(words, piece.words) < SHORTEST and words + piece.words <= LONGEST
    return short or (piece.goes_on and text[group[-1].end - 1] not in ".!?")


def _shares(sections: Sequence[Section]) -> dict[tuple[str, ...], float]:
    """Give the share of the text below each heading, by its path."""
    sizes: Counter[tuple[str, ...]] = Counter()
    for section in sections:
        for depth in range(len(section.path)):
            sizes[section.path[: depth + 1]] += section.end - section.start
    whole = sum(section.end - section.start for section in sections)
    return {path: size / whole for path, size in sizes.items()}


def _stands_in_list(path: tuple[str, ...], shares: Mapping[tuple[str, ...], float]) -> bool:
    return any(
        _is_list(path[depth - 1]) and (depth == len(path) or shares[path[:depth]] <= LIST_SHARE)
        for depth in range(1, len(path) + 1)
    )


def _tells_findings(path: tuple[str, ...], shares: Mapping[tuple[str, ...], float]) -> bool:
    """Ask the headings from the innermost one outwards; nothing in an appendix is a finding."""
    for depth in range(len(path), 0, -1):
        if shares[path[:depth]] > TITLE_SHARE:
            continue
        if _is_asking(path[depth - 1]) or _is_aside(path[depth - 1]):
            return False
        if _is_finding(path[depth - 1]):
            return not any(map(_is_appendix, path[: depth - 1]))
    return False


@lru_cache(maxsize=4096)
def _is_list(heading: str) -> bool:
    return bool(LISTS.fullmatch(heading[:LONGEST_HEADING]))


@lru_cache(maxsize=4096)
def _is_finding(heading: str) -> bool:
    return bool(LABEL.match(heading) or FOUND.fullmatch(heading[:LONGEST_HEADING]))


@lru_cache(maxsize=4096)
def _is_asking(heading: str) -> bool:
    return bool(ASKING.match(heading))


@lru_cache(maxsize=4096)
def _is_aside(heading: str) -> bool:
    return bool(ASIDE.search(heading[:LONGEST_HEADING]))


@lru_cache(maxsize=4096)
def _is_appendix(heading: str) -> bool:
    return bool(APPENDIX.match(heading))
