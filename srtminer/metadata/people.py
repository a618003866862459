"""Who wrote a document, and whom or what it is about: "Child F", "Baby K", a pseudonym, a ship."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from srtminer.metadata.front_page import Front, Line, any_of, each_of, rules
from srtminer.text.words import MONTHS

_NOT_NAMES = frozenset((*rules()["names"]["never"].split(), *MONTHS))
_TITLE = r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Judge)\.? )?"
_WORD = (
    rf"(?:[A-Z]\.(?: ?[A-Z]\.){{0,3}}|(?!(?:{'|'.join(sorted(map(str.capitalize, _NOT_NAMES)))})\b)"
    r"(?:O['’]|Mc|Mac|de |van |von )?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z]?[a-zà-ÿ]+)?)"
)
_NAME = rf"{_TITLE}{_WORD}(?: {_WORD}){{1,3}}(?:,? (?:[A-Z]{{2,4}}\b)){{0,2}}"
_NAMES = rf"(?P<names>{_NAME}(?:(?:, and |, | and | & ){_NAME}){{0,4}})(?=$|[.;,( ])"
_KIND = r"(?:lead |joint |independent |overview |report |scr |review |the )"
_SECOND = r"(?:independent |lead )?(?:chair(?:man|woman|person)?|author|reviewer|facilitator)"
_ROLE = rf"(?:{_KIND}{{0,4}}(?:report writer|author|reviewer|co-author)s?(?:(?:,| and| &|/) ?{_SECOND})?)"
_LABELLED = re.compile(rf"(?i:{_ROLE}) ?(?:[:,–—-]|(?i:is|was)) ?{_NAMES}")
_SIGNED = re.compile(rf"(?P<names>{_NAME})(?:,| ?[–—-]| ?\()? ?(?i:{_ROLE})\)?[.]?")
_WRITTEN_BY = re.compile(
    r"(?i:\b(?:written|prepared|compiled|authored)) by (?i:(?:the |an )?"
    rf"(?:{_KIND}{{0,3}}(?:author|reviewer|writer)s?,? )?){_NAMES}"
)
_BETWEEN = re.compile(r", and |, (?![A-Z]{2,4}\b)| and | & ")


def find_authors(front: Front) -> tuple[str, int] | None:
    """Give the authors ("A. Name; B. Name") and the page that says so, or None.

    The title page goes first, then the signature, then what the first pages tell in running text.
    """
    stated = (place for lines in (front.title_page, front.ending, front.opening) for place in _stated(lines))
    names, page = next(stated, ("", 0))
    return ("; ".join(dict.fromkeys(map(str.strip, _BETWEEN.split(names)))), page) if names else None


def _stated(lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    """Give what stands where authors are named, line by line; name and role may have lines of their own."""
    texts = [line.text.strip(" *_") for line in lines]
    for line, text, after in zip(lines, texts, [*texts[1:], ""], strict=False):
        found = _WRITTEN_BY.search(text)
        if found is None and _says_role(text):
            found = _LABELLED.search(text) or _SIGNED.fullmatch(text)
            found = found or _LABELLED.fullmatch(f"{text.strip(' .:')}: {after.strip(' .,')}")
        if found is None and _says_role(after):
            found = _SIGNED.fullmatch(f"{text}, {after.strip(' .:')}")
        if found is not None:
            yield found["names"], line.page


def _says_role(text: str) -> bool:
    """Why: what a name may be takes long to tell."""
    return any(map(text.casefold().__contains__, ("writer", "author", "reviewer")))


_RULES = rules()["subjects"]
_ABOUT, _DEATH, _LABEL, _REVIEW_LINE = (
    any_of(_RULES[name]) for name in ("about", "death", "label", "review")
)
_CRAFT = each_of(_RULES["craft"])
_CODE = r"(?:[A-Z]{1,3}\d{0,4}|[A-Z]?\d{1,4})"
_PERSON = (
    r"(?:Child(?:ren)?|Baby|Infant|Young Person|Family|Adult|Siblings?|Case|Patient|Twins?|Mr|Mrs|Ms|Miss)"
)
_CODED = re.compile(rf"\b(?P<name>{_PERSON} {_CODE}(?:(?:,| and| &) {_CODE}){{0,6}})(?![\w’'-])")
_TITLED = re.compile(r"\b(?P<name>(?:Mr|Mrs|Ms|Miss|Baby|Child) [A-Z][a-z]{1,20})(?= *(?:$|[,.(–-]))")
_NAME_LINE = re.compile(
    r"[“\"'‘]?(?P<name>[A-Z][a-z]{1,20}(?:(?:,| and|, and| &) [A-Z][a-z]{1,20}){0,4}|[A-Z]\d{1,3})"
    r"[”\"'’]?(?:, .{0,60})?"
)
_MARKS = " .,“”\"'‘’"
NAMED = frozenset({"SCR", "CSPR", "SAR", "DHR"})
"""Kinds of reviews of somebody: a name on their title page needs no other sign."""
ENOUGH = 3
"""Times that a coded name must stand in the opening if the title page has none."""
MOST_WORDS = 3
"""Of the name of somebody that a review is about."""


def find_subject(front: Front, kind: str, title: str, *, accident: bool) -> tuple[str, int] | None:
    """Give the subject and its page, or None; only people in reviews, only craft in accident reports."""
    if accident:
        page = front.title_page[0].page if front.title_page else 1
        return next(_named(_CRAFT, (Line(title, page, 0, True, False), *front.title_page)), None)
    if kind == "PFD":
        return next(_named((_LABEL, _DEATH), front.opening), None)
    if kind in {"inquiry", "article", "response"}:
        return next(_named((_LABEL,) if kind == "inquiry" else (), front.title_page), None)
    return next(_people(front, least=kind not in NAMED), None) or _often(front.opening)


def _people(front: Front, *, least: int) -> Iterator[tuple[str, int]]:
    """Yield who a title page names, plainest first; `least` is as in `_is_name`."""
    yield from _named((_LABEL, _CODED, _TITLED), front.title_page)
    below = False
    for line in front.title_page:
        found = _ABOUT.search(line.text) or (_NAME_LINE.fullmatch(line.text) if below else None)
        name = found["name"].strip(_MARKS) if found else ""
        if name and _is_name(name, front, least):
            yield name, line.page
        below = below or bool(_REVIEW_LINE.search(line.text))


def _named(patterns: Sequence[re.Pattern[str]], lines: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """Yield the names that the first of some patterns finds, then those of the next.

    "YOUNG PERSON M" and "Young Person M" are one subject.
    """
    for pattern in patterns:
        for line in lines:
            found = pattern.search(line.text)
            if found is None and pattern is _CODED and line.text.isupper():
                found = pattern.search(line.text.title())
            if found:
                yield found["name"].strip(" ."), line.page


def _is_name(name: str, front: Front, least: int) -> bool:
    """Tell "Maya" from "Focus" and "Foster Care Payments", which the text writes in small letters.

    With a capital each word stands there at least that many times more than without.
    """
    words = [word.strip(_MARKS) for word in name.split() if word not in ("and", "&")]
    lines = (line for line in front.opening if line not in front.title_page and not line.heading)
    text = " ".join(line.text for line in lines)
    return len(words) <= MOST_WORDS and all(
        word[:1].isupper()
        and word.lower() not in _NOT_NAMES
        and (not text or text.count(word.capitalize()) - text.count(word.lower()) >= least)
        for word in words
    )


def _often(lines: tuple[Line, ...]) -> tuple[str, int] | None:
    """Find the coded name that the opening names most often."""
    places = [(found["name"], line.page) for line in lines for found in _CODED.finditer(line.text)]
    counts = Counter(name for name, _ in places)
    best = max(counts, key=lambda name: (counts[name], name), default="")
    return next((place for place in places if place[0] == best), None) if counts[best] >= ENOUGH else None
