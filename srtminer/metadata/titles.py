"""The title of a document, what stands out on its title page and is no imprint; and who publishes it."""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from textwrap import shorten

from srtminer.metadata.dates import MONTH
from srtminer.metadata.front_page import LONG, Front, Line, any_of, rules

_WORD = r"[A-Z][\w'’.&-]{0,30}"
_NAME = rf"{_WORD}(?:(?: &|,|(?:,? and| of| on| upon)(?: the)?)? {_WORD}){{0,8}}?"
_SAFEGUARDED = (
    r"(?:Child(?:ren)?|Adults?)(?:[’']s)?(?: (?:and|&) (?:Adults?|Children|Young People|Families))?"
)
_BOARD = re.compile(
    rf"(?:(?!Dear|Report|Response|Review|Statement){_NAME} )?"
    rf"(?:(?:Local )?(?:Child(?:ren)?(?:[’']s)? Safeguarding|Safeguarding {_SAFEGUARDED})"
    r"(?: (?:Local|Multi-Agency))? (?:Board|Partnership)"
    r"|Area Child Protection Committee|Community Safety Partnership|Safer [\w ]{0,30}Partnership"
    r"|Safeguarding (?:Partnership|Board))\b"
)
_BOARD_WORDS = ("safeguarding", "protection committee", "safety partnership", "safer ")
"""One of them is in the name of every board: looking for them is far cheaper."""
_REST_OF_BOARD = re.compile(
    r"(?:Local |Child |Children'?s? )?Safeguarding .*(?:Board|Partnership)", re.IGNORECASE
)
_PUBLISHED_BY = re.compile(
    r"^(?:published by|issued by|(?:statement )?on behalf of|statement (?:from|by)):? (?:the )?"
    r"(?!.*uthority of)"
    rf"(?P<body>{_WORD}.{{2,100}}?)(?:,? \d.*)?$",
    re.IGNORECASE,
)
_PRESENTED_BY = re.compile(
    rf"\b[Pp]resented to (?:{_WORD} ){{1,4}}by (?:the )?(?P<body>{_WORD}[^.]{{2,150}}?)(?= by |,? pursuant|$)"
)
_BODY_LINE = re.compile(
    r"(?:the )?[\w'’&., -]{0,80}\b(?:committee|commission|bureau|inspectorate|inquiry"
    r"|safety board(?: of [a-z]+)?|investigations? (?:office|branch|board)"
    r"|(?:audit|accounting|accountability|ombudsman[’']?s?) office)"
    r"|(?:the )?(?:[\w ]{1,40} )?(?:committee|commission|inspectorate) (?:on|of) [\w'’&., -]{1,60}"
    r"|(?:[\w ]{1,40} )?(?:department|ministry|office) (?:of|for) [\w'’&., -]{1,70}"
    r"|(?:jurisdiction ?: ?)?(?:[\w'’]{1,30} )?court of [\w' ]{3,40}"
    r"|[\w'’& -]{1,60} (?:council|associates|authority|constabulary|nhs (?:foundation )?trust)",
    re.IGNORECASE,
)
_NOT_A_BODY = re.compile(
    r"\b(?:report|review|response|volume|session|chair|author|commissioned|published)\b"
    r"|\binvestigation (?:into|of|report)\b|\d",
    re.IGNORECASE,
)
_MATTER = rf"(?: on {_WORD}(?:(?:,| and|, and)? (?!Dated){_WORD}){{0,5}})?"
_NAMED_IN_TEXT = re.compile(
    rf"\b[Tt]he (?P<body>{_WORD}(?: (?:of |and |for )?{_WORD}){{0,5}} "
    rf"(?:Commission|Safety Board of {_WORD}(?: {_WORD}){{0,2}}|Bureau|Committee{_MATTER}))\b"
)
_AREA = re.compile(
    r"\b(?i:coroner)(?:[’']?s)?(?: (?i:area) ?: ?|(?i:,? (?:for|in|of) (?:the )?"
    r"(?:coroner(?:[’']?s|ial)? )?(?:(?:area|jurisdiction) (?:of|for) )?(?:the )?))"
    r"(?P<body>[A-Z][^.;:(]{1,80})"
)
"""“Senior Coroner for the coroner area of East Wexmoor”, “Coroner area: Wexmoor”."""
SHORT = 60
"""Characters of a line that may be the place of a board."""
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


def _found(pattern: re.Pattern[str], lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    for line in lines:
        if found := pattern.search(line.text):
            body = found["body"].strip(" .,:;")
            yield _small_letters(body) or body, line.page


def _candidates(front: Front, kind: str) -> Iterator[tuple[str, int]]:
    yield from _boards(front.title_page)
    yield from _found(_PUBLISHED_BY, front.opening)
    yield from _lines(front.title_page)
    joined = " ".join(line.text for line in front.title_page)
    if found := _PRESENTED_BY.search(joined):  # "Presented to Parliament / by the Secretary of State"
        yield found["body"], next(line.page for line in front.title_page if "resented" in line.text)
    if kind == "inquiry":
        yield from _found(_NAMED_IN_TEXT, front.opening)
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
            broken = before.text.endswith("Safeguarding") and _BOARD.match(f"Safeguarding {text}")
            begun = len(before.text) < SHORT and (broken or _REST_OF_BOARD.fullmatch(text))
            if begun or (alone and before.size == line.size):
                text = f"{before.text} {text}"
        yield text, line.page


def _small_letters(text: str) -> str:
    """Make a line in capitals match the patterns, length kept: "WEXMOOR SAFEGUARDING CHILDREN BOARD"."""
    small = re.sub(r"\b(?:And|Of|The|On|Upon)\b", lambda word: word.group().lower(), text.title())
    return small if text.isupper() and len(small) == len(text) else ""


def _lines(lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    for printed, page in _printed(lines):
        text = _SHORT_FORM.sub("", printed.partition(". ")[0].strip(" .:"))
        if _BODY_LINE.fullmatch(text) and not _NOT_A_BODY.search(text):
            yield text.rpartition(": ")[2].removeprefix("The "), page


_IMPRINT = any_of(rules()["titles"]["imprint"])
_KIND_ALONE = any_of(rules()["titles"]["kind_alone"])
_DATE = re.compile(
    rf"(?:final|report)?[ ,–-]*(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH},? ?(?:\d{{1,2}}, )?)?"
    r"(?:(?:19|20)\d\d)?(?: [A-Z]{2}-[A-Z]{3})?",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?:[A-Z][\w'’.-]*\.? ?){1,4}")
_LABELLED = re.compile(r"[A-Z][A-Z/ ']{2,30} ?: \S")
FORM = 3
"""Labelled lines that make a title page a form."""
MOST_LINES = 3
FEW_WORDS = 3
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
    after = next(iter(lines[lines.index(last) + 1 :]), None)
    if after and after.page == last.page and _CAPITALS.fullmatch(after.text):
        return f"{title} {after.text}"
    return JOINING.sub("", title).strip()


def _is_imprint(line: Line) -> bool:
    text = line.text.strip(" .:")
    return bool(_IMPRINT.fullmatch(text) or _DATE.fullmatch(text)) or not any(map(str.isalpha, text))


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
