"""The title of a document: what stands out on its title page and is no imprint."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile
from textwrap import shorten

from srtminer.metadata.bodies import JOINING, find_board
from srtminer.metadata.dates import MONTH
from srtminer.metadata.front_page import LONG, Front, Line, any_of, rules

_IMPRINT = any_of(rules()["titles"]["imprint"])
_KIND_ALONE = any_of(rules()["titles"]["kind_alone"])
_DATE = re.compile(
    rf"(?:final|report)?[ ,–-]*(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH},? ?(?:\d{{1,2}}, )?)?"
    r"(?:(?:19|20)\d\d)?(?: [A-Z]{2}-[A-Z]{3})?",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-Z][\w'’.-]*\.? ?){1,4}")
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
            named = len(title.split()) > FEW_WORDS or board in title or not _as_large(front, board, chosen)
            return title if named else f"{board}: {title}", page
    return None


def _as_large(front: Front, board: str, chosen: tuple[Line, ...]) -> bool:
    """Tell whether the board's name is printed as large as the title: "Calls to Action" needs it."""
    sizes = [line.size for line in front.title_page if _is_body(line, board)]
    return 0 < max(line.size for line in chosen) <= max(sizes, default=0.0) + SAME_SIZE


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
    if after and after.page == last.page and _NAME.fullmatch(after.text):
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
    runs = [_run(title_page[start:], plain) for start, first in enumerate(title_page) if first in plain]
    return max(runs, key=lambda run: (_worth(run, largest), -title_page.index(run[0])))


def _run(lines: tuple[Line, ...], plain: tuple[Line, ...]) -> tuple[Line, ...]:
    same = takewhile(lambda line: line in plain and abs(line.size - lines[0].size) <= SAME_SIZE, lines)
    return tuple(islice(same, MOST_LINES))


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
