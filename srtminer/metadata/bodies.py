"""The body that publishes a document, as printed."""

import re
from collections.abc import Iterator

from srtminer.metadata.front_page import Front, Line

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
    yield from _presented(front.title_page)
    if kind == "inquiry":
        yield from _found(_NAMED_IN_TEXT, front.opening)
    else:
        yield from _boards(front.opening)


def _boards(lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    for before, line in zip((None, *lines), lines, strict=False):
        text = line.text
        if before is not None and _goes_on_to_board(before.text, text):
            text = f"{before.text} {text}"
        found = _BOARD.search(text) or _BOARD.search(_small_letters(text))
        if found is not None and not _REST_OF_BOARD.fullmatch(found.group()):
            yield text[found.start() : found.end()].removeprefix("The "), line.page


def _goes_on_to_board(before: str, text: str) -> bool:
    """Tell a board in two lines: its place on one of its own, or a break in its name."""
    begun = len(before) < SHORT and not _NOT_A_BODY.search(before)
    broken = before.endswith("Safeguarding") and _BOARD.match(f"Safeguarding {text}")
    return begun and bool(broken or _REST_OF_BOARD.fullmatch(text))


def _small_letters(text: str) -> str:
    """Make a line in capitals match the patterns, length kept: "WEXMOOR SAFEGUARDING CHILDREN BOARD"."""
    small = re.sub(r"\b(?:And|Of|The|On|Upon)\b", lambda word: word.group().lower(), text.title())
    return small if text.isupper() and len(small) == len(text) else ""


def _presented(lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    """Give who presents a paper: "Presented to Parliament / by the Secretary of State for Harbours"."""
    if found := _PRESENTED_BY.search(" ".join(line.text for line in lines)):
        yield found["body"], next(line.page for line in lines if "resented" in line.text)


def _lines(lines: tuple[Line, ...]) -> Iterator[tuple[str, int]]:
    for before, line in zip((None, *lines), lines, strict=False):
        printed = f"{before.text} {line.text}" if before and _go_on(before, line) else line.text
        text = _SHORT_FORM.sub("", printed.partition(". ")[0].strip(" .:"))
        if _BODY_LINE.fullmatch(text) and not _NOT_A_BODY.search(text):
            yield text.rpartition(": ")[2].removeprefix("The "), line.page


def _go_on(before: Line, line: Line) -> bool:
    """Tell a name in two lines of one size: "Engagement with" and "Harbours Committee"."""
    joins = JOINING.search(before.text) or " " not in line.text.strip()
    return (
        bool(joins)
        and before.page == line.page
        and before.size == line.size
        and not _NOT_A_BODY.search(before.text)
    )
