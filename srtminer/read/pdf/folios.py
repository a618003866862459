"""The page numbers that are printed: those in running heads and feet that run on from page to page.

Why not the labels of the file: most files have none, and many of those that there are name no printed number
("Sec1:3", "C-4").
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from srtminer.read.list_marks import ROMANS
from srtminer.read.list_marks import roman as roman_of
from srtminer.read.pdf.geometry import Page

EDGE = 0.12
"""Share of the height in which heads and feet stand."""
FEWEST = 3
"""Pages that a numbering must be printed on."""
MOSTLY = 0.5
"""Share of the pages from its first to its last that bear it; chapter openings and pictures bear none."""
_NUMBER = re.compile(r"(?:^|(?<=\s)|(?<=[|–-]))(?:(?P<arabic>\d{1,4})|(?P<roman>[ivxl]{1,7}))(?=$|\s|[|–-])")
_LABEL = re.compile(r"\d{1,4}|[ivxl]{1,7}", re.IGNORECASE)


def printed_numbers(pages: Sequence[Page]) -> tuple[str, ...]:
    """Give the printed number of each page, or an empty string; nothing at all where none differs.

    Numbers of one kind run on with one distance from the page of the file; the distance that most pages
    bear counts, first for figures and then for roman numerals in front. Else the file's own labels count.
    """
    found = dict(_numbering(pages, roman=False))
    found = dict(_numbering([page for page in pages if page.number not in found], roman=True)) | found
    taken = set(found.values())
    for page in pages:
        if page.number not in found and page.label not in taken and _LABEL.fullmatch(page.label):
            found[page.number] = page.label
    labels = tuple(found.get(page.number, "") for page in pages)
    differs = any(label and label != str(page.number) for label, page in zip(labels, pages, strict=True))
    return labels if differs else ()


def _numbering(pages: Sequence[Page], *, roman: bool) -> Iterator[tuple[int, str]]:
    bearing: defaultdict[int, list[int]] = defaultdict(list)
    for page in pages:
        for distance in {number - page.number for number in _at_edges(page, roman=roman)}:
            bearing[distance].append(page.number)
    if not bearing:
        return
    distance = max(bearing, key=lambda one: (len(bearing[one]), -abs(one)))
    on = bearing[distance]
    if len(on) < FEWEST or len(on) < MOSTLY * (on[-1] - on[0] + 1):
        return
    for number in range(on[0], on[-1] + 1):
        yield number, roman_of(number + distance) if roman else str(number + distance)


def _at_edges(page: Page, *, roman: bool) -> Iterator[int]:
    """Give the numbers at the beginning or the end of what stands in the head and the foot of a page."""
    for run in page.runs:
        if EDGE * page.height < run.y < (1 - EDGE) * page.height:
            continue
        for match in _NUMBER.finditer(run.text.strip()):
            text = match["roman" if roman else "arabic"]
            if text and (match.start() == 0 or match.end() == len(run.text.strip())):
                value = ROMANS.get(text) if roman else int(text)
                if value:
                    yield value
