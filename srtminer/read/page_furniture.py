"""What stands on pages without belonging to the text: running lines, contents pages, footnotes.

Of a PDF's page we know where a line stands and how large it is set, of a plain text only which lines are the
first and the last of a page. Everything that is dropped is reported as an `Omission`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from srtminer.model import Omission
from srtminer.read.line_marks import split_mark
from srtminer.text.names import ROMANS, roman

if TYPE_CHECKING:
    from srtminer.read.pdf.geometry import Line, Page
    from srtminer.read.text_cleaning import Line as TextLine

    PageLines = tuple[Line, ...]

RUNNING, CONTENTS, NOTE = "running header or footer", "contents page", "footnote"

EDGE_LINES, TEXT_EDGE = 4, 3
"""Running lines are among so many first or last lines of a page, of a PDF and of a text …"""
EDGE_SHARE = 0.15
"""… and in the top or bottom 15 % of a PDF's page."""
MIN_REPEATS, TEXT_SHARE = 3, 0.3
"""They stand on so many pages; in a text also on this share of all (left and right pages differ)."""
HEADING_SIZE = 1.15
"""Lines larger than this share of the body's size are headings."""

MIN_ENTRIES = 3
"""Entries below a heading "Contents" that make a contents page."""
MIN_ENTRIES_UNTITLED = 6
"""Without that heading, twice as many are asked for."""
ENTRY_SHARE = 0.4
"""And at least this share of the page's lines."""
LEADER_DOTS = 3

NOTE_SIZE = 0.96
"""Footnotes are set in less than this share of the body's font size."""

FOLIO_EDGE = 0.12
"""Share of the height in which printed page numbers stand."""
MOSTLY = 0.5
"""Share of the pages from its first to its last that bear a numbering; chapter openings bear none."""

_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
_PAGE_IN_LINE = re.compile(
    r"^[-–—| ]{0,3}([0-9]{1,4})(?![0-9.])|\bpage ([0-9]{1,4})\b"
    r"|\b([0-9]{1,4})(?:(?: ?/ ?| of )[0-9]{1,4})?[-–—| ]{0,3}$",
    re.IGNORECASE,
)
_PAGE_LINE = re.compile(r"page \d{1,4}(?: (?:of|/) \d{1,4})?|[-–—] ?[0-9]{1,4} ?[-–—]", re.IGNORECASE)
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})[.)]?(?:\s|$)")
_MARKING_WORDS = (
    "UK OFFICIAL SENSITIVE NOT PROTECTIVELY MARKED UNCLASSIFIED RESTRICTED PROTECT STRICTLY PRIVATE AND "
    "HIGHLY CONFIDENTIAL - – :"
)
_MARKING = frozenset(_MARKING_WORDS.split())
_FOLIO = re.compile(r"(?:^|(?<=\s)|(?<=[|–-]))(?:(?P<arabic>\d{1,4})|(?P<roman>[ivxl]{1,7}))(?=$|\s|[|–-])")
_CONTENTS_TITLES = frozenset(["contents", "table of contents", "contents page"])
_LEADERS = " .…·_"
_PAGE_ENDS = frozenset("0123456789ivxlc")


def drop_from_pages(
    pages: Sequence[PageLines], heights: Sequence[float], body: float
) -> tuple[tuple[PageLines, ...], tuple[Omission, ...]]:
    """Take running lines, contents pages and footnotes away from a PDF's pages; `body` is its font size."""
    running = _running_on_pages(pages, heights, body)
    kept = [tuple(line for line in page if id(line) not in running) for page in pages]
    listed = _without_contents(kept)
    noted = _without_notes(listed, body)
    counts = Counter[tuple[int, str]]()
    for what, before, after in ((RUNNING, pages, kept), (CONTENTS, kept, listed), (NOTE, listed, noted)):
        for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
            counts[number, what] = len(old) - len(new)
    return tuple(noted), _told(counts)


def drop_from_text(
    lines: Sequence[TextLine], page_count: int
) -> tuple[tuple[TextLine, ...], tuple[Omission, ...]]:
    """Take running lines, page numbers and contents pages away from a text."""
    running = _running_in_text(lines, page_count)
    contents = [index for index, line in enumerate(lines) if has_leaders(line.text)]
    dropped = {**dict.fromkeys(contents, CONTENTS), **dict.fromkeys(running, RUNNING)}
    dropped.update(dict.fromkeys(_at_page_lines(lines), RUNNING))
    kept = tuple(line for index, line in enumerate(lines) if index not in dropped)
    return kept, _told(Counter((lines[index].page, what) for index, what in dropped.items()))


def _told(counts: Counter[tuple[int, str]]) -> tuple[Omission, ...]:
    return tuple(Omission(what, page, count) for (page, what), count in sorted(counts.items()) if count)


def _running_on_pages(pages: Sequence[PageLines], heights: Sequence[float], body: float) -> set[int]:
    """Identify (by `id`) the lines that recur at the same height of several pages.

    Numbers change from page to page, but not in headings and labels: "Recommendation 4" may well stand atop
    three pages. A document of two pages has its header twice, and one of a single page a "Page 1 of 1".
    """
    edges: list[tuple[Line, str, int, str]] = []
    for page, height in zip(pages, heights, strict=True):
        for line in _edge_lines(page, height):
            mark, text = split_mark(line.text).kind, line.text.casefold()
            is_own = line.size > HEADING_SIZE * body or mark == "label"
            edges.append((line, text if is_own else _NUMBER.sub("#", text), round(line.y), mark))
    counts = Counter((shape, y) for _, shape, y, _ in edges)
    return {
        id(line)
        for line, shape, y, mark in edges
        if sum(counts[shape, near] for near in (y - 1, y, y + 1))
        >= (1 if _PAGE_LINE.fullmatch(line.text) else MIN_REPEATS if len(pages) > 2 or mark else 2)
    }


def _edge_lines(page: PageLines, height: float) -> list[Line]:
    down = sorted(page, key=lambda line: line.y)  # a column may end above the last line of the one before
    first, last = down[:EDGE_LINES], down[max(EDGE_LINES, len(page) - EDGE_LINES) :]
    edges = [line for line in first if line.y < EDGE_SHARE * height]
    edges += [line for line in (*first, *last) if line.y > (1 - EDGE_SHARE) * height]
    return [line for line in edges if not line.cells]


def _running_in_text(lines: Sequence[TextLine], page_count: int) -> frozenset[int]:
    """Give the indices of lines at page edges that stand on many pages, counting numbers with the page.

    Why: of two pages that begin alike the first stays, as it may be the heading of both.
    """
    if page_count < 2:
        return frozenset()
    by_page: defaultdict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        by_page[line.page].append(index)
    edges = {at for indices in by_page.values() for at in (*indices[:TEXT_EDGE], *indices[-TEXT_EDGE:])}
    # "4.12" or "Recommendation 3" atop many pages is text
    keys = {at: _keys(lines[at]) for at in edges if split_mark(lines[at].text).kind in ("", "bare", "bullet")}
    pages = Counter(key for key, _ in {(key, lines[index].page) for index in keys for key in keys[index]})
    least = max(min(MIN_REPEATS, page_count), TEXT_SHARE * page_count)
    running = (index for index in keys if any(pages[key] >= least for key in keys[index]))
    return frozenset(index for index in running if page_count > 2 or lines[index].page > 1 or keys[index][1:])


def _keys(line: TextLine) -> list[str]:
    """Give what headers share: the line, and the same with its page number as the distance from the page."""
    text = line.text
    spans = [match.span(match.lastindex or 0) for match in _PAGE_IN_LINE.finditer(text)]
    return [text, *(f"{text[:a]}{int(text[a:b]) - line.page:+d}{text[b:]}" for a, b in spans)]


def is_marking(text: str) -> bool:
    """Tell a protective marking on a line of its own, which says nothing: "OFFICIAL – SENSITIVE"."""
    return text.isupper() and _MARKING.issuperset(text.replace(":", " : ").split())


def _at_page_lines(lines: Sequence[TextLine]) -> set[int]:
    """Give the indices of markings, of lines "Page 41 of 44" or "- 41 -", and of the header after these.

    Why: a converter may print page numbers and leave the page breaks out. Beside the number the title of the
    report may stand, "Page 41 Harle inquiry": the same words on many lines.
    """
    shapes = [_PAGE_LINE.sub("#", line.text) for line in lines]
    many = Counter(shape for shape in shapes if "#" in shape)
    found = [
        index
        for index, line in enumerate(lines)
        if _PAGE_LINE.fullmatch(line.text) or many[shapes[index]] >= MIN_REPEATS
    ]
    tops = Counter(lines[index].text for index in {0, *(index + 1 for index in found)} if index < len(lines))
    headers = [index + 1 for index in found if index + 1 < len(lines) and tops[lines[index + 1].text] > 1]
    return {*found, *headers, *(index for index, line in enumerate(lines) if is_marking(line.text))}


def _without_contents(pages: Sequence[PageLines]) -> list[PageLines]:
    kept, open_contents = [], False
    for page in pages:
        entries = [index for index, line in enumerate(page) if _is_entry(line)]
        titles = [index for index, line in enumerate(page) if is_contents_title(line.text)]
        titled = bool(titles) and len(entries) >= MIN_ENTRIES
        goes_on = titled or open_contents or len(entries) >= MIN_ENTRIES_UNTITLED
        open_contents = bool(entries) and len(entries) >= ENTRY_SHARE * len(page) and goes_on
        if open_contents:
            page = page[: min([*titles[:1], entries[0]])] + page[entries[-1] + 1 :]
        kept.append(page)
    return kept


def _is_entry(line: Line) -> bool:
    """Tell an entry of a contents page: leaders, or a page number after a wide gap."""
    return has_leaders(line.text) or (len(line.runs) > 1 and _is_page_number(line.runs[-1].text.strip()))


def _is_page_number(text: str) -> bool:
    return 0 < len(text) < 8 and (set(text) <= set("ivxlc") or (text.isdecimal() and len(text) < 5))


def is_contents_title(text: str) -> bool:
    """Tell the heading of a list of contents."""
    return text.casefold().removesuffix(":") in _CONTENTS_TITLES


def has_leaders(text: str) -> bool:
    """Tell whether a line ends in leader dots and a page number: "Introduction ..... 3"."""
    if text[-1:] not in _PAGE_ENDS:  # most lines
        return False
    title = text.rstrip("0123456789" if text[-1].isdecimal() else "ivxlc")
    leaders = title[len(title.rstrip(_LEADERS)) :]
    return len(leaders.replace("…", "...").replace(" ", "")) >= LEADER_DOTS


def _without_notes(pages: Sequence[PageLines], body: float) -> list[PageLines]:
    kept, open_note = [], False
    for page in pages:
        start = len(page)
        while start and page[start - 1].size <= NOTE_SIZE * body and not page[start - 1].cells:
            start -= 1
        first = next((i for i in range(start, len(page)) if _NOTE.match(page[i].text)), len(page))
        if open_note and start < len(page):  # a note that runs on from the page before
            first = start
        # a page that is small throughout is an appendix or a table, not notes
        if first == 0:
            first = len(page)
        open_note = first < len(page)
        kept.append(page[:first])
    return kept


def printed_numbers(pages: Sequence[Page]) -> tuple[str, ...]:
    """Give the printed number of each page, or an empty string; nothing at all where none differs.

    Numbers of one kind run on with one distance from the page of the file; the distance that most pages
    bear counts, first for figures and then for roman numerals in front. Else the file's own labels count.
    Why not always those: most files have none, and many that there are name no printed number ("Sec1:3").
    """
    found = dict(_numbering(pages, "arabic"))
    found = dict(_numbering([page for page in pages if page.number not in found], "roman")) | found
    taken = set(found.values())
    for page in pages:
        is_free = page.number not in found and page.label not in taken
        if is_free and _is_page_number(page.label.lower()):
            found[page.number] = page.label
    labels = tuple(found.get(page.number, "") for page in pages)
    differs = any(label and label != str(page.number) for label, page in zip(labels, pages, strict=True))
    return labels if differs else ()


def _numbering(pages: Sequence[Page], kind: str) -> Iterator[tuple[int, str]]:
    bearing: defaultdict[int, list[int]] = defaultdict(list)
    for page in pages:
        for distance in {number - page.number for number in _at_edges(page, kind)}:
            bearing[distance].append(page.number)
    distance = max(bearing, key=lambda one: (len(bearing[one]), -abs(one)), default=0)
    on = bearing[distance]
    if len(on) >= MIN_REPEATS and len(on) >= MOSTLY * (on[-1] - on[0] + 1):
        for number in range(on[0], on[-1] + 1):
            yield number, roman(number + distance) if kind == "roman" else str(number + distance)


def _at_edges(page: Page, kind: str) -> Iterator[int]:
    """Give the numbers at the beginning or the end of what stands in the head and the foot of a page."""
    for run in page.runs:
        if FOLIO_EDGE * page.height < run.y < (1 - FOLIO_EDGE) * page.height:
            continue
        text = run.text.strip()
        for match in _FOLIO.finditer(text):
            number = match[kind] or ""
            value = ROMANS.get(number, 0) if kind == "roman" else int(number or 0)
            if value and (match.start() == 0 or match.end() == len(text)):
                yield value
