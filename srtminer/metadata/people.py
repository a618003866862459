"""Who wrote a document, and whom or what it is about: "Child F", "Baby K", a pseudonym, a ship."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from srtminer.metadata.front_page import Front, Line, rules
from srtminer.text.words import MONTHS

_NO_PERSON = rf"(?:{'|'.join(map(str.capitalize, (*rules()['names']['never'].split(), *MONTHS)))})\b"
_TITLE = r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Judge)\.? )?"
_WORD = (
    rf"(?:[A-Z]\.(?: ?[A-Z]\.){{0,3}}"
    rf"|(?!{_NO_PERSON})(?:O['’]|Mc|Mac|de |van |von )?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z]?[a-zà-ÿ]+)?)"
)
_NAME = rf"{_TITLE}{_WORD}(?: {_WORD}){{1,3}}(?:,? (?:[A-Z]{{2,4}}\b)){{0,2}}"
_NAMES = rf"{_NAME}(?:(?:, and |, | and | & ){_NAME}){{0,4}}"
_KIND = r"(?:lead |joint |independent |overview |report |scr |review |the )"
_SECOND = r"(?:independent |lead )?(?:chair(?:man|woman|person)?|author|reviewer|facilitator)"
_ROLE = rf"(?:{_KIND}{{0,4}}(?:report writer|author|reviewer|co-author)s?(?:(?:,| and| &|/) ?{_SECOND})?)"
_LABELLED = re.compile(rf"(?i:{_ROLE}) ?(?:[:,–—-]|(?i:is|was)) ?(?P<names>{_NAMES})(?=$|[.;,( ])")
_SIGNED = re.compile(rf"(?P<names>{_NAME})(?:,| ?[–—-]| ?\()? ?(?i:{_ROLE})\)?[.]?")
_WRITTEN_BY = re.compile(
    r"(?i:\b(?:written|prepared|compiled|authored)) by (?i:(?:the |an )?"
    rf"(?:{_KIND}{{0,3}}(?:author|reviewer|writer)s?,? )?)(?P<names>{_NAMES})(?=$|[.;,( ])"
)
_BETWEEN = re.compile(r", and |, (?![A-Z]{2,4}\b)| and | & ")


def find_authors(front: Front) -> tuple[str, int] | None:
    """Give the authors ("A. Name; B. Name") and the page that says so, or None.

    The title page goes first, then the signature, then what the first pages tell in running text.
    """
    for lines in (front.title_page, front.ending, front.opening):
        for names, page in _stated(lines):
            people = tuple(dict.fromkeys(filter(None, map(str.strip, _BETWEEN.split(names)))))
            if people:
                return "; ".join(people), page
    return None


def _stated(lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    """Give what stands where authors are named, line by line; name and role may have lines of their own."""
    texts = [line.text.strip(" *_") for line in lines]
    for line, text, after in zip(lines, texts, [*texts[1:], ""], strict=False):
        found = (_LABELLED.search(text) or _SIGNED.fullmatch(text)) if _says_role(text) else None
        found = found or _WRITTEN_BY.search(text)
        if found is None and (_says_role(text) or _says_role(after)):
            labelled = f"{text.strip(' .:')}: {after.strip(' .,')}"
            found = _LABELLED.fullmatch(labelled) or _SIGNED.fullmatch(f"{text}, {after.strip(' .:')}")
        if found is not None:
            yield found["names"], line.page


def _says_role(text: str) -> bool:
    """Why: what a name may be takes long to tell."""
    return any(map(text.casefold().__contains__, ("writer", "author", "reviewer")))


_CODE = r"(?:[A-Z]{1,3}\d{0,4}|[A-Z]?\d{1,4})"
_PERSON = (
    r"(?:Child(?:ren)?|Baby|Infant|Young Person|Family|Adult|Siblings?|Case|Patient|Twins?|Mr|Mrs|Ms|Miss)"
)
_CODED = re.compile(rf"\b(?P<name>{_PERSON} {_CODE}(?:(?:,| and| &) {_CODE}){{0,6}})(?![\w’'-])")
_TITLED = re.compile(r"\b(?P<name>(?:Mr|Mrs|Ms|Miss|Baby|Child) [A-Z][a-z]{1,20})(?= *(?:$|[,.(–-]))")
_LABEL = re.compile(
    r"^(?:deceased(?: name)?|name of (?:the )?deceased|subject(?: of the review)?)\s*: *(?P<name>.{2,60})$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:(?:review|report) ?[:–-]|review into the (?:death|case|care) of|in respect of|regarding|concerning"
    r"|in relation to|(?:into|following) the death of|case of|review of) "
    r"(?P<name>[“\"'‘]?[A-Z0-9][^,:;()]{0,40})",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:will be|is|are) (?:called|known as|referred to (?:here )?as) [“\"'‘]?"
    r"(?P<name>(?:Child |Baby |Adult )?[A-Z][a-z]{0,20}\b)"
)
_DEATH = re.compile(r"\b[Dd]eath of (?P<name>[A-Z][\w’'-]{1,20}(?: [A-Z][\w’'-]{1,20}){1,4})")
_REVIEW_LINE = re.compile(r"\b(?:review|executive summary|inquiry|report)\b", re.IGNORECASE)
_FIRST_NAME = r"[A-Z][a-z]{1,20}"
_NAME_LINE = re.compile(
    rf"[“\"'‘]?(?P<name>{_FIRST_NAME}(?:(?:,| and|, and| &) {_FIRST_NAME}){{0,4}}|[A-Z]\d{{1,3}})"
    r"[”\"'’]?(?:, .{0,60})?"
)
_NOT_NAMES = frozenset((*rules()["names"]["never"].split(), *MONTHS))
_CRAFT = re.compile(
    r"\b(?:M\.?V\.?|F\.?V\.?|S\.?S\.?|ferry|ship|vessel|carrier|tanker|trawler|yacht|barge|tug|boat|launch),?"
    r"(?: the| MV| M\.V\.)? (?P<name>[A-Z](?:[\w'’-]{1,20}|\.)(?: [A-Z](?:[\w'’-]{1,20}|\.|(?![a-z]))){0,3})"
)
_AFTER_NUMBER = re.compile(
    r"^[\w -]{0,40}\d-\d{3}\s?: (?P<name>[A-Z][\w'’-]{0,20}(?: [A-Z][\w'’-]{0,20}){0,3}),"
)
_REGISTRATION = re.compile(r"\b(?P<name>[A-Z]{1,2}-[A-Z]{3,4}|train [A-Z\d]{3,6})\b")
NAMED = frozenset({"SCR", "CSPR", "SAR", "DHR"})
"""Kinds of reviews of somebody: a name on their title page needs no other sign."""
ENOUGH = 3
"""Times that a coded name must stand in the opening if the title page has none."""


def find_subject(front: Front, kind: str, title: str, *, accident: bool) -> tuple[str, int] | None:
    """Give the subject and its page, or None; only people in reviews, only craft in accident reports."""
    if accident:
        page = front.title_page[0].page if front.title_page else 1
        lines = (Line(title, page, 0, True, False), *front.title_page)
        return next(_named((_CRAFT, _AFTER_NUMBER, _REGISTRATION), lines), None)
    if kind == "PFD":
        return next(_named((_LABEL, _DEATH), front.opening), None)
    if kind in {"inquiry", "article", "response"}:
        return next(_named((_LABEL,) if kind == "inquiry" else (), front.title_page), None)
    return (
        next(_people(front, least=kind not in NAMED), None)
        or next(_named((_LABEL, _CALLED), front.opening), None)
        or _often(front.opening)
    )


def _people(front: Front, *, least: int) -> Iterator[tuple[str, int]]:
    """Yield who a title page names, plainest first; `least` is as in `_is_name`."""
    yield from _named((_LABEL, _CODED, _TITLED), front.title_page)
    for line in front.title_page:
        if (found := _about(line)) and _is_name(found["name"], front, least):
            yield found["name"].strip(" .,“”\"'‘’"), line.page
    yield from _name_lines(front, least)


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


def _about(line: Line) -> re.Match[str] | None:
    found = _ABOUT.search(line.text)
    words = found["name"].strip(" “”\"'‘’").split() if found else []
    short = 0 < len(words) <= 3 and words[0].lower() not in _NOT_NAMES
    return found if short and all(word[0].isupper() or word == "and" for word in words) else None


def _name_lines(front: Front, least: int) -> Iterator[tuple[str, int]]:
    """Yield a line that is nothing but a name, below one that says "review"."""
    seen_review = False
    for line in front.title_page:
        found = _NAME_LINE.fullmatch(line.text)
        words = {word.lower() for word in found["name"].split()} if found else _NOT_NAMES
        if found and seen_review and not words & _NOT_NAMES and _is_name(found["name"], front, least):
            yield found["name"], line.page
        seen_review = seen_review or bool(_REVIEW_LINE.search(line.text))


def _is_name(name: str, front: Front, least: int) -> bool:
    """Tell "Maya" from "Focus" and "Foster Care Payments", which the text writes in small letters.

    With a capital each word stands there at least that many times more than without.
    """
    text = " ".join(line.text for line in front.opening if line not in front.title_page and not line.heading)
    words = re.findall(r"[A-Z][\w'’-]+", name)
    return not text or all(
        text.count(word.capitalize()) - text.count(word.lower()) >= least for word in words
    )


def _often(lines: tuple[Line, ...]) -> tuple[str, int] | None:
    """Find the coded name that the opening names most often."""
    places = [(found["name"], line.page) for line in lines for found in _CODED.finditer(line.text)]
    counts = Counter(name for name, _ in places)
    best = max(counts, key=lambda name: (counts[name], name), default="")
    return next((place for place in places if place[0] == best), None) if counts[best] >= ENOUGH else None
