"""What stands on pages without being text: running headers and footers, page numbers, contents pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from srtminer.model import Omission
from srtminer.read.list_marks import split_mark
from srtminer.read.text_pieces import Line

HEADER_OR_FOOTER = "running header or footer"
CONTENTS = "contents page"

EDGE_LINES = 3
"""How many lines at a page's top and bottom may be a header or footer."""
REPEATS, REPEAT_SHARE = 3, 0.3
"""A header stands on at least so many pages, and on this share of them (left and right pages differ)."""
LEADER_DOTS = 3
LONGEST_ENTRY = 120
"""Characters; a contents entry is a title and a page number."""

_PAGE_NUMBERS = (
    re.compile(r"^[-–—| ]{0,3}([0-9]{1,4})(?![0-9.])"),
    re.compile(r"\bpage ([0-9]{1,4})\b", re.IGNORECASE),
    re.compile(r"\b([0-9]{1,4})(?: ?/ ?| of )[0-9]{1,4}$"),
    re.compile(r"\b([0-9]{1,4})[-–—| ]{0,3}$"),
)
_CONTENTS_HEADING = re.compile(r"(?:table of )?contents(?: page)?:?", re.IGNORECASE)
_MARKING = re.compile(
    r"(?:UK )?OFFICIAL(?:[ :–-]{1,3}SENSITIVE)?|NOT PROTECTIVELY MARKED|UNCLASSIFIED"
    r"|RESTRICTED|PROTECT|(?:STRICTLY |PRIVATE AND |HIGHLY )?CONFIDENTIAL"
)
_PAGE_LINE = re.compile(r"page [0-9]{1,4} (?:of|/) [0-9]{1,4}|[-–—] ?[0-9]{1,4} ?[-–—]", re.IGNORECASE)
_PAGE_AT_END = re.compile(r"(?:^|\s)([0-9]{1,3})$")
_LEADERS = " .…·_"


def drop_furniture(lines: Sequence[Line], page_count: int) -> tuple[tuple[Line, ...], tuple[Omission, ...]]:
    """Drop what is not text; what was dropped is told page by page."""
    running = _running(lines, page_count)
    contents = _contents(lines, [index for index in range(len(lines)) if index not in running])
    dropped = {**dict.fromkeys(contents, CONTENTS), **dict.fromkeys(running, HEADER_OR_FOOTER)}
    dropped.update(dict.fromkeys(_at_page_lines(lines), HEADER_OR_FOOTER))
    kept = tuple(line for index, line in enumerate(lines) if index not in dropped)
    counts = Counter((lines[index].page, what) for index, what in dropped.items())
    return kept, tuple(Omission(what, page, n) for (page, what), n in sorted(counts.items()))


def is_marking(text: str) -> bool:
    """Tell a protective marking on a line of its own, which says nothing: "OFFICIAL – SENSITIVE"."""
    return text.isupper() and bool(_MARKING.fullmatch(text))


def _at_page_lines(lines: Sequence[Line]) -> list[int]:
    """Give the indices of markings, of lines "Page 41 of 44" or "- 41 -", and of the header after these.

    Why: a converter may print page numbers and leave the page breaks out.
    """
    found = [
        index
        for index, line in enumerate(lines)
        if line.text[:1] in "Pp-–—" and _PAGE_LINE.fullmatch(line.text)
    ]
    tops = Counter(lines[index].text for index in {0, *(index + 1 for index in found)} if index < len(lines))
    headers = [index + 1 for index in found if index + 1 < len(lines) and tops[lines[index + 1].text] > 1]
    markings = [index for index, line in enumerate(lines) if is_marking(line.text)]
    return sorted({*found, *headers, *markings})


def _running(lines: Sequence[Line], page_count: int) -> frozenset[int]:
    """Give the indices of lines at page edges that stand on many pages, counting numbers with the page."""
    if page_count < REPEATS:
        return frozenset()
    candidates = [index for index in _edges(lines) if _may_be_running(lines[index].text)]
    keys = {index: _keys(lines[index]) for index in candidates}
    pages = Counter(key for key, _ in {(key, lines[index].page) for index in keys for key in keys[index]})
    least = max(REPEATS, REPEAT_SHARE * page_count)
    return frozenset(index for index in keys if any(pages[key] >= least for key in keys[index]))


def _edges(lines: Sequence[Line]) -> Iterable[int]:
    by_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        by_page.setdefault(line.page, []).append(index)
    for indices in by_page.values():
        yield from sorted({*indices[:EDGE_LINES], *indices[-EDGE_LINES:]})


def _may_be_running(text: str) -> bool:
    """Tell page numbers from printed numbers: "4.12" or "Recommendation 3" atop many pages is text."""
    return split_mark(text).kind in ("", "bare", "bullet")


def _keys(line: Line) -> tuple[str, ...]:
    """What headers share: the line, its page number as printed and as distance from the page."""
    matches = (pattern.search(line.text) for pattern in _PAGE_NUMBERS)
    spans = [match.span(1) for match in matches if match]
    return (line.text, *(_relative(line, start, end) for start, end in spans))


def _relative(line: Line, start: int, end: int) -> str:
    return f"{line.text[:start]}{int(line.text[start:end]) - line.page:+d}{line.text[end:]}"


def _contents(lines: Sequence[Line], candidates: Sequence[int]) -> frozenset[int]:
    """Give the indices of contents entries: dot leaders anywhere, page numbers below a contents heading."""
    texts = [lines[index].text for index in candidates]
    found = {index for index, text in enumerate(texts) if has_leaders(text)}
    for index, text in enumerate(texts):
        if index not in found and _CONTENTS_HEADING.fullmatch(text):
            end = _end_of_entries(texts, index + 1)
            found.update(range(index, end) if end > index + 1 else ())
    return frozenset(candidates[index] for index in found)


def _end_of_entries(texts: Sequence[str], start: int) -> int:
    """Go on as long as page numbers ascend; one line between entries may be a wrapped title."""
    end, last = start, 0
    for index in range(start, len(texts)):
        page = _page_of_entry(texts[index])
        if page is not None and page >= last:
            end, last = index + 1, page
        elif index > end:
            break
    return end


def _page_of_entry(text: str) -> int | None:
    """Give the page number at the end of a short line, None if there is none."""
    match = _PAGE_AT_END.search(text[-4:]) if len(text) <= LONGEST_ENTRY else None
    return int(match[1]) if match else None


def has_leaders(text: str) -> bool:
    """Tell whether a line ends in leader dots and a page number: "Introduction ..... 3"."""
    title = text.rstrip("0123456789")
    leaders = title[len(title.rstrip(_LEADERS)) :]
    return title != text and len(leaders.replace("…", "...").replace(" ", "")) >= LEADER_DOTS
