"""Who wrote a document, as its title page or its signature says."""

import re
from collections.abc import Iterator

from srtminer.metadata.front_page import Front, Line, rules
from srtminer.text.months import MONTHS

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
_ROLE_ALONE = re.compile(rf"(?i:{_ROLE})[:.]?")
_NAMES_ALONE = re.compile(rf"(?P<names>{_NAMES})[.,]?")
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
    """Give what stands where authors are named, line by line."""
    following = (*lines[1:], None)
    for line, after in zip(lines, following, strict=False):
        text = line.text.strip(" *_")
        found = _LABELLED.search(text) or _SIGNED.fullmatch(text) or _WRITTEN_BY.search(text)
        if found is not None:
            yield found["names"], line.page
        elif after is not None:
            yield from _pair(text, after.text.strip(" *_"), line.page)


def _pair(text: str, after: str, page: int) -> Iterator[tuple[str, int]]:
    """Read a name and a role on lines of their own, in either order."""
    for name, role in ((text, after), (after, text)):
        found = _NAMES_ALONE.fullmatch(name)
        if found is not None and _ROLE_ALONE.fullmatch(role):
            yield found["names"], page
