"""What a title page says: the title, who publishes and wrote the document, and whom or what it is about."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from textwrap import shorten

from srtminer.metadata.front_page import LONG, Front, Line, any_of, each_of, rules
from srtminer.text.words import MONTHS

_RULES = rules()["boards"]
_NAME = r"[A-Z][\w'’.&-]{0,30}(?:(?: &|,|(?:,? and| of| on| upon)(?: the)?)? [A-Z][\w'’.&-]{0,30}){0,8}?"
_BOARD = re.compile(
    rf"(?:(?!Dear|Report|Response|Review|Statement){_NAME} )?(?:{'|'.join(_RULES['names'])})\b"
)
_BOARD_WORDS = ("safeguarding", "protection committee", "safety partnership", "safer ")
"""One of them is in the name of every board: looking for them is far cheaper."""
_REST_OF_BOARD, _BODY, _NOT_A_BODY, _PUBLISHED, _PRESENTED, _IN_TEXT, _AREA = (
    any_of(_RULES[name])
    for name in ("rest", "bodies", "others", "published", "presented", "in_text", "coroner_area")
)
JOINING = re.compile(r"\b(?:and|for|into|of|on|the|with)$", re.IGNORECASE)
_SHORT_FORM = re.compile(r" \([A-Z]{2,8}\)$")


def find_board(front: Front, kind: str) -> tuple[str, int] | None:
    """Give the publishing body and its page, or None.

    Why nothing for an article: the board that it writes about did not publish it. Of a coroner's report it is
    the coroner's area: the bodies that it names are those that it was sent to.
    """
    if kind == "article":
        return None
    if kind == "PFD":
        return next(_found(_AREA, front.opening), None)
    return next(_candidates(front, kind), None)


def _found(pattern: re.Pattern[str], lines: Iterable[Line]) -> Iterator[tuple[str, int]]:
    for line in lines:
        if found := pattern.search(line.text):
            body = found["body"].strip(" .,:;")
            yield _small_letters(body) or body, line.page


def _candidates(front: Front, kind: str) -> Iterator[tuple[str, int]]:
    yield from _boards(front.title_page)
    yield from _found(_PUBLISHED, front.opening)
    yield from _lines(front.title_page)
    texts = [line.text for line in front.title_page]
    joined = (replace(one, text=" ".join(texts[at:])) for at, one in enumerate(front.title_page))
    yield from _found(_PRESENTED, joined)
    if kind == "inquiry":
        yield from _found(_IN_TEXT, front.opening)
    else:
        yield from _boards(front.opening)


def _boards(lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    for text, page in _printed(lines):
        folded = text.casefold()
        found = None
        if any(map(folded.__contains__, _BOARD_WORDS)):
            found = _BOARD.search(text) or _BOARD.search(_small_letters(text))
        if found is not None and not _REST_OF_BOARD.fullmatch(found.group()):
            yield text[found.start() : found.end()].removeprefix("The "), page


def _printed(lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    """Give lines, each with that before it where a name goes on: "Engagement with" / "Harbours Committee"."""
    for before, line in zip((None, *lines), lines, strict=False):
        text = line.text
        if before is not None and before.page == line.page and not _NOT_A_BODY.search(before.text):
            alone = JOINING.search(before.text) or " " not in text.strip()
            if alone or before.text.endswith("Safeguarding") or _REST_OF_BOARD.fullmatch(text):
                text = f"{before.text} {text}"
        yield text, line.page


def _small_letters(text: str) -> str:
    """Make a line in capitals match the patterns, length kept: "WEXMOOR SAFEGUARDING CHILDREN BOARD"."""
    small = re.sub(r"\b(?:And|Of|The|On|Upon)\b", lambda word: word.group().lower(), text.title())
    return small if text.isupper() and len(small) == len(text) else ""


def _lines(lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    for printed, page in _printed(lines):
        text = _SHORT_FORM.sub("", printed.partition(". ")[0].strip(" .:"))
        if _BODY.fullmatch(text) and not _NOT_A_BODY.search(text):
            yield text.rpartition(": ")[2].removeprefix("The "), page


_IMPRINT, _KIND_ALONE, _LABELLED = (
    any_of(rules()["titles"][name]) for name in ("imprint", "kind_alone", "form")
)
FORM = 3
"""Labelled lines that make a title page a form."""
MOST_LINES = 3
FEW_WORDS = 3
NAME_WORDS = 4
"""Of a name with which a title goes on."""
NEAR = 2
"""Lines between a short title and the kind of document that belongs to it."""
SHORT_FORM = 12
"""Characters that a body's name in brackets may have: "(OSCB)"."""
LONGEST = 200
"""Characters of a title."""
OF_SIZE = 2.5
"""Worth of the largest type, where `ENOUGH_WORDS` words are worth 1."""
ENOUGH_WORDS = 6
SAME_SIZE = 1.0
"""Points by which the lines of one title may differ."""


def find_title(front: Front) -> tuple[str, int] | None:
    """Give the title and its page, or None.

    On the first page that has one: the largest lines in a PDF, else the first lines of the title page; of a
    form ("DELIVERED : 3 MAY 2031") only what stands out and is no field of it.
    """
    board, _ = find_board(front, "") or ("", 0)
    free = tuple(_free(front.title_page))
    for page in sorted({line.page for line in front.title_page}):
        printed = tuple(line for line in free if line.page == page)
        lines = tuple(line for line in printed if not _is_body(line, board)) or printed
        text = any(len(line.text) > LONG for line in front.opening if line.page == page)
        stands_out = not text or any(line.heading or line.bold for line in lines)
        if lines and stands_out and (chosen := _choose(lines, front.title_page)):
            title = _ended(_join(chosen, printed), front.title_page, chosen[-1])
            sizes = [line.size for line in front.title_page if _is_body(line, board)]
            # "Calls to Action" needs the board's name, if that is printed as large.
            as_large = 0 < max(line.size for line in chosen) <= max(sizes, default=0.0) + SAME_SIZE
            named = len(title.split()) > FEW_WORDS or board in title or not as_large
            return title if named else f"{board}: {title}", page
    return None


def _free(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Give the lines that may be of a title: no imprint, nor what it goes on with, nor fields of a form."""
    form = sum(bool(_LABELLED.match(line.text)) for line in lines) >= FORM
    goes_on = False
    for line in lines:
        imprint = goes_on or _is_imprint(line)
        goes_on = imprint and bool(JOINING.search(line.text))
        if not imprint and not (form and (":" in line.text or not (line.heading or line.bold))):
            yield line


def _ended(title: str, lines: tuple[Line, ...], last: Line) -> str:
    """Finish a title that breaks off: "Report on the Death of" goes on with a name, or without its "of"."""
    if not JOINING.search(title):
        return title
    for after in lines[lines.index(last) + 1 :][:1]:
        words = after.text.split()
        if len(words) <= NAME_WORDS and all(word[0].isupper() for word in words):
            return f"{title} {after.text}"
    return JOINING.sub("", title).strip()


def _is_imprint(line: Line) -> bool:
    text = line.text.strip(" .:")
    return bool(_IMPRINT.fullmatch(text)) or not any(map(str.isalpha, text))


def _is_body(line: Line, board: str) -> bool:
    """Tell whether a line is nothing but the name of a body, or a part of the board's."""
    text = line.text.strip(" .:")
    if text in board:
        return True
    name, _ = find_board(Front((line,), (), ()), "") or ("", 0)
    return bool(name) and text.removeprefix("The ").startswith(name) and len(text) - len(name) < SHORT_FORM


def _choose(lines: tuple[Line, ...], title_page: tuple[Line, ...]) -> tuple[Line, ...]:
    """Choose the neighbouring lines of one size that speak most for a title; without sizes the first."""
    plain = tuple(line for line in lines if not _is_kind(line)) or lines
    largest = max(line.size for line in plain)
    if largest == 0:
        return _first_lines(lines)
    runs = []
    for start, first in enumerate(title_page):
        if first in plain:
            fits = (line in plain and abs(line.size - first.size) <= SAME_SIZE for line in title_page[start:])
            length = next((n for n, one in enumerate(fits) if not one), len(title_page) - start)
            runs.append(title_page[start : start + min(length, MOST_LINES)])
    return max(runs, key=lambda run: (_worth(run, largest), -title_page.index(run[0])))


def _worth(run: tuple[Line, ...], largest: float) -> float:
    """Weigh the size of a run against what it says: two large words in another language are no title."""
    words = sum(len(line.text.split()) for line in run)
    return OF_SIZE * max(line.size for line in run) / largest + min(words, ENOUGH_WORDS) / ENOUGH_WORDS


def _first_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Take the first line; after the kind of document, up to a plain one, after "BEST PRACTICES" one more."""
    kinds = len(tuple(takewhile(_is_kind, lines[: MOST_LINES - 1])))
    series = not kinds and lines[0].text.isupper() and len(lines[0].text.split()) <= FEW_WORDS
    return lines[: kinds + 1 + series]


def _is_kind(line: Line) -> bool:
    """Tell whether a line only says what kind of document it is."""
    return bool(_KIND_ALONE.fullmatch(line.text.strip(" .:")))


def _join(chosen: tuple[Line, ...], printed: tuple[Line, ...]) -> str:
    """Join the lines of a title: with a colon after what is only a kind of document, else with a space.

    A title of a word or two ("Child R") gets the kind that is printed near it.
    """
    words = sum(len(line.text.split()) for line in chosen)
    start = printed.index(chosen[0])
    near = printed[max(0, start - NEAR) : start + len(chosen) + NEAR]
    kind = next(filter(_is_kind, near), None)
    lines = (kind, *chosen) if kind and kind not in chosen and words <= FEW_WORDS else chosen
    title = lines[0].text.strip(" :")
    for before, line in pairwise(lines):
        apart = _is_kind(before) or (before.text.isupper() and not line.text.isupper())
        colon = ":" if apart and not line.text[:1].islower() else ""
        title = f"{title}{colon} {line.text.strip(' :')}"
    return shorten(title.strip(" ,;–-"), LONGEST, placeholder=" …")


# People and ships --------------------------------------------------------------------------------------

_NOT_NAMES = frozenset((*rules()["names"]["never"].split(), *MONTHS))
_MR = r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Judge)\.? )?"
_PERSON_WORD = (
    rf"(?:[A-Z]\.(?: ?[A-Z]\.){{0,3}}|(?!(?:{'|'.join(sorted(map(str.capitalize, _NOT_NAMES)))})\b)"
    r"(?:O['’]|Mc|Mac|de |van |von )?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z]?[a-zà-ÿ]+)?)"
)
_PERSON_NAME = rf"{_MR}{_PERSON_WORD}(?: {_PERSON_WORD}){{1,3}}(?:,? (?:[A-Z]{{2,4}}\b)){{0,2}}"
_PEOPLE = rf"(?P<names>{_PERSON_NAME}(?:(?:, and |, | and | & ){_PERSON_NAME}){{0,4}})(?=$|[.;,( ])"
_KIND = r"(?:lead |joint |independent |overview |report |scr |review |the )"
_SECOND = r"(?:independent |lead )?(?:chair(?:man|woman|person)?|author|reviewer|facilitator)"
_ROLE = rf"(?:{_KIND}{{0,4}}(?:report writer|author|reviewer|co-author)s?(?:(?:,| and| &|/) ?{_SECOND})?)"
_AUTHOR_LABELLED = re.compile(rf"(?i:{_ROLE}) ?(?:[:,–—-]|(?i:is|was)) ?{_PEOPLE}")
_SIGNED = re.compile(rf"(?P<names>{_PERSON_NAME})(?:,| ?[–—-]| ?\()? ?(?i:{_ROLE})\)?[.]?")
_WRITTEN_BY = re.compile(
    r"(?i:\b(?:written|prepared|compiled|authored)) by (?i:(?:the |an )?"
    rf"(?:{_KIND}{{0,3}}(?:author|reviewer|writer)s?,? )?){_PEOPLE}"
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
            found = _AUTHOR_LABELLED.search(text) or _SIGNED.fullmatch(text)
            found = found or _AUTHOR_LABELLED.fullmatch(f"{text.strip(' .:')}: {after.strip(' .,')}")
        if found is None and _says_role(after):
            found = _SIGNED.fullmatch(f"{text}, {after.strip(' .:')}")
        if found is not None:
            yield found["names"], line.page


def _says_role(text: str) -> bool:
    """Why: what a name may be takes long to tell."""
    return any(map(text.casefold().__contains__, ("writer", "author", "reviewer")))


_SUBJECTS = rules()["subjects"]
_ABOUT, _DEATH, _LABEL, _REVIEW_LINE = (
    any_of(_SUBJECTS[name]) for name in ("about", "death", "label", "review")
)
_CRAFT = each_of(_SUBJECTS["craft"])
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
MOST_PERSON_WORDS = 3
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
    return len(words) <= MOST_PERSON_WORDS and all(
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
