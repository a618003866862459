"""What of a document calls for a look: gaps in its numbers, nobody asked, odd lengths, what was not taken.

Pure: a review and what was found in it go in, an `Inspection` comes out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from srtminer.model import Paragraph, Recommendation, Review

SHORTEST, LONGEST = 5, 400
"""Words of a recommendation; fewer or more are odd."""
SERIES = 3
"""Numbers of one list from which gaps are looked for."""
_NUMBER = re.compile(r"(?P<number>\d{1,4})(?:\W?|(?: ?\(\w{1,4}\))+)\Z")
"""The number of "Recommendation 7" and of "76(i)", which is a part of 76."""
_RECOMMENDS = re.compile(
    r"\b(?:we|I|it is|is therefore|panel|committee|commission|inquiry|review|author|board)"
    r"(?: \w+){0,3} recommend(?:s|ed)?,? (?:that|the|to)\b|\bwe (?:strongly )?(?:call (?:up)?on|urge)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:should|must|needs? to)\b", re.IGNORECASE)
_ANNOUNCES = re.compile(r"\brecommendations?\b", re.IGNORECASE)
_SAYS_NONE = "says that none were made"
_OTHERS = ("a response", "an article", "a statement")
"""How the reason begins where what is recommended in a document is not its own."""
_WORD = re.compile(r"[a-z]{4,}")
SAME = 0.8
"""Share of the words of a request that a recommendation has where it is only printed twice."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A paragraph that asks for something and is in no recommendation."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """One document, looked through."""

    recommendations: int
    numbered: tuple[str, ...]
    """The lists of numbers that were found: "1–12", "4.1–4.9"."""
    missing: tuple[str, ...]
    """The gaps in them: "3", "34–51"."""
    without_addressee: int
    short: tuple[str, ...]
    """What the short ones are called: the reference, or the page ("p. 12")."""
    long: tuple[str, ...]
    not_taken: tuple[NotTaken, ...]
    says_none: bool
    """Whether the document itself says that no recommendations were made."""
    why_none: str

    @property
    def sound(self) -> bool:
        """Whether nothing calls for a look."""
        odd = (self.missing, self.without_addressee, self.short, self.long, self.not_taken)
        return not any(odd) and bool(self.recommendations or self.says_none)

    @property
    def verdict(self) -> str:
        """Shortly what calls for a look, by all but the text: "3, 34–51 not found", else "ok"."""
        if not self.recommendations:
            return "ok" if self.why_none.startswith((_SAYS_NONE, *_OTHERS)) else "none found"
        said = (
            f"{', '.join(self.missing)} not found" if self.missing else "",
            f"{self.without_addressee} without an addressee" if self.without_addressee else "",
            f"{len(self.short)} very short" if self.short else "",
            f"{len(self.long)} very long" if self.long else "",
        )
        return "; ".join(filter(None, said)) or "ok"


def inspect(
    recommendations: Sequence[Recommendation], why_none: str, review: Review | None = None
) -> Inspection:
    """Look through what was found in a document, and through its text if it is given."""
    numbered, missing = _numbers([one.reference for one in recommendations])
    sizes = [(one.reference or f"p. {one.page}", len(one.text.split())) for one in recommendations]
    others = why_none.startswith(_OTHERS)
    return Inspection(
        recommendations=len(recommendations),
        numbered=numbered,
        missing=missing,
        without_addressee=sum(not one.agencies for one in recommendations),
        short=tuple(name for name, size in sizes if size < SHORTEST),
        long=tuple(name for name, size in sizes if size > LONGEST),
        not_taken=() if others or review is None else tuple(_not_taken(review, recommendations)),
        says_none=why_none.startswith(_SAYS_NONE),
        why_none=why_none,
    )


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Give the runs of ascending numbers: 1, 2, 3, 7 -> (1, 3), (7, 7)."""
    runs = [[*run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return [(run[0][1], run[-1][1]) for run in runs]


def _numbers(references: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the lists of numbers among references, and what is missing in them.

    A list without a part in front ("7", "Recommendation 7") starts at 1; "4.3" need not follow on 4.1. Where
    every other number is missing, conclusions have them, and where more of "4.3" are missing than found, they
    count paragraphs: such numbers are no list.
    """
    lists: defaultdict[str, set[int]] = defaultdict(set)
    for reference in references:
        if found := _NUMBER.search(reference):
            lists[reference[: found.start()]].add(int(found["number"]))
    numbered, missing = list[str](), list[str]()
    for name, found_numbers in sorted(lists.items()):
        part = name if any(char.isdigit() for char in name) else ""
        first, last = (min(found_numbers) if part else 1), max(found_numbers)
        gaps = ranges(n for n in range(first, last + 1) if n not in found_numbers)
        absent = sum(end - start + 1 for start, end in gaps) if part else 0
        if len(found_numbers) < SERIES or max(2 * len(gaps) - 1, absent) > len(found_numbers):
            continue
        numbered.append(_span(part, first, last))
        missing.extend(_span(part, *gap) for gap in gaps)
    return tuple(numbered), tuple(missing)


def _span(part: str, first: int, last: int) -> str:
    return f"{part}{first}" if first == last else f"{part}{first}–{part}{last}"


def _not_taken(review: Review, recommendations: Sequence[Recommendation]) -> Iterator[NotTaken]:
    """Find paragraphs that recommend, or ask in a list of recommendations, and are in nothing taken."""
    taken = [(one.start, one.end, _words(one.text)) for one in recommendations]
    left, below = _left_in_lists(review, recommendations), False
    for paragraph in review.paragraphs:
        text = review.text[paragraph.start : paragraph.end]
        if paragraph.role == "heading":
            below = bool(_ANNOUNCES.search(text))
            continue
        request = _words(text if paragraph in left else _request(paragraph, text, below=below))
        if request and not any(
            max(start, paragraph.start) < min(end, paragraph.end)
            or len(request & words) >= SAME * min(len(request), len(words)) > 0
            for start, end, words in taken
        ):
            yield NotTaken(paragraph.page, text)


def _left_in_lists(review: Review, recommendations: Sequence[Recommendation]) -> frozenset[Paragraph]:
    """Give what is not taken of the lists, numbered alike below one heading, of which most is.

    Where it is the first alone, that introduces the others.
    """
    lists: defaultdict[tuple[int, str, bool], dict[Paragraph, bool]] = defaultdict(dict)
    heading = 0
    for paragraph in review.paragraphs:
        if paragraph.role == "heading":
            heading = paragraph.start
        elif number := paragraph.number:
            key = heading, number.rpartition(".")[0], number[-1].isdigit()
            lists[key][paragraph] = any(
                max(one.start, paragraph.start) < min(one.end, paragraph.end) for one in recommendations
            )
    left = set[Paragraph]()
    for listed in lists.values():
        first, *others = listed.values()
        if 1 < sum(listed.values()) > len(listed) / 2 and not (all(others) and not first):
            left.update(paragraph for paragraph, taken in listed.items() if not taken)
    return frozenset(left)


def _request(paragraph: Paragraph, text: str, *, below: bool) -> str:
    """Give the words of a paragraph from where it asks on, or nothing."""
    listed = below and bool(paragraph.number or paragraph.role == "item")
    if found := _RECOMMENDS.search(text):
        return text[found.start() :]
    return text if listed and _ASKS.search(text) else ""


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))
