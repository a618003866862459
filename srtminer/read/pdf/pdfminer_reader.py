"""Runs of text with pdfminer.six; the only module that names pdfminer.

Slow, but of another lineage: it decodes what PDFium does not, and checks PDFium in the tests. Which of the
characters are seen is for PDFium to say, which draws the page.
"""

import logging
import struct
import zlib
from collections.abc import Collection, Iterator
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTCurve, LTFigure, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from srtminer.model import Omission
from srtminer.read.pdf.asking_tables import read_closely
from srtminer.read.pdf.drawn import Frame
from srtminer.read.pdf.geometry import (
    BOLD,
    DAMAGED,
    DINGBATS,
    ITALIC,
    PROTECTED,
    WIDE_GAP,
    Page,
    Run,
    Unreadable,
    is_named,
    is_note_mark,
    is_upright,
)
from srtminer.read.pdf.lookout import Lookout
from srtminer.read.pdf.unseen import BLOCK, IS_COVERED, Letters, Sight, omissions, said

# what pdfminer says of damaged files is for its developers; without a handler it would stand on stderr
logging.getLogger("pdfminer").addHandler(logging.NullHandler())

BROKEN = (
    PSException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ArithmeticError,
    RecursionError, NotImplementedError, OSError, zlib.error, struct.error,
)  # fmt: skip
"""What pdfminer.six lets through on damaged files, beside its own exceptions."""

NOTE_CHARACTERS = "0123456789,–"

TOUCHING = 0.15
"""Characters further apart than this many font sizes have a space between them."""


def read_pages(path: Path, lookout: Lookout, only: Collection[int] | None = None) -> Iterator[Page]:
    """Yield the pages of a PDF (or only those of the given numbers), one at a time; raises `Unreadable`."""
    try:
        with path.open("rb") as file:
            yield from _pages(PDFDocument(PDFParser(file)), lookout, only)
    except PDFPasswordIncorrect as error:
        raise Unreadable(PROTECTED) from error
    except BROKEN as error:
        raise Unreadable(DAMAGED) from error


def _pages(document: PDFDocument, lookout: Lookout, only: Collection[int] | None) -> Iterator[Page]:
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams(boxes_flow=None, all_texts=True))
    interpreter = PDFPageInterpreter(resources, device)
    before: Page | None = None
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if only is not None and number not in only:
            continue
        x0, y0, x1, y1 = page.mediabox  # any two corners that face each other
        page.mediabox = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        interpreter.process_page(page)
        read = _page(number, page, device.get_result(), lookout, before)
        before = read
        yield read


def _page(number: int, page: PDFPage, layout: LTPage, lookout: Lookout, before: Page | None) -> Page:
    """Make a page, read closely if it may hold a table or go on with one of the page before."""
    found = [[char for char in line if isinstance(char, LTChar)] for line in _text_lines(layout)]
    left, bottom, right, top = page.mediabox
    frame = Frame((left, bottom, right, top), page.rotate % 360)
    sight = lookout.sight(number - 1)
    lines, hidden = _seen(found, layout.height, sight, frame)
    upright = [line for line in lines if line and is_upright(line[0].matrix[0], line[0].matrix[1])]
    runs = tuple(run for line in upright for run in _runs(line, layout.height))
    turned = sum(bool(line) for line in lines) - len(upright)
    if sight is not None:
        typed, covered = lookout.typed(sight, runs)
        across, down = _start_of(sight, frame)
        moved = (run._replace(x0=run.x0 + across, x1=run.x1 + across, y=run.y + down) for run in typed)
        runs, hidden = (*runs, *moved), (*hidden, *covered)
    plain = Page(number, page.label or "", layout.width, layout.height, runs, turned, hidden=hidden)
    return read_closely(
        plain,
        "\n".join(run.text for run in runs),
        before,
        lambda: _paths(layout, layout.height),
        lambda: (run for line in upright for run in _runs(line, layout.height, TOUCHING)),
    )


def _seen(
    lines: list[list[LTChar]], height: float, sight: Sight | None, frame: Frame
) -> tuple[list[list[LTChar]], tuple[Omission, ...]]:
    """Leave out of the lines of a page what it does not show, and tell how much that is."""
    if sight is None:
        return [], ()
    if not sight.places or not any(lines):
        return lines, ()
    characters = [char for line in lines for char in (*line, None)]
    letters = _letters(characters, height, _start_of(sight, frame))
    kinds = sight.judge(letters)
    for char, kind in zip(characters, kinds.tolist(), strict=True):
        if char is not None and kind:
            char._text = BLOCK if kind == IS_COVERED else " "  # a blank is in no run
    return lines, omissions(letters.text, kinds, sight.number)


def _start_of(sight: Sight, frame: Frame) -> tuple[float, float]:
    """Give how far right and down of the frame of the media box the page as shown begins."""
    x0, y0, *_ = frame.shown(np.array([sight.frame.box]))[0].tolist()
    return x0, y0


def _narrowness(char: LTChar) -> float:
    """Tell how wide a character is set for its height, at most 1."""
    a, b, c, d, *_ = char.matrix
    return min(1.0, hypot(a, b) / (hypot(c, d) or 1.0))


def _letters(characters: list[LTChar | None], height: float, shift: tuple[float, float]) -> Letters:
    """Put characters in the frame that is shown; None ends a line."""
    boxes = [(0.0,) * 4 if c is None else (c.x0, height - c.y1, c.x1, height - c.y0) for c in characters]
    sizes = [0.0 if char is None else float(char.size) * _narrowness(char) for char in characters]
    baselines = [0.0 if char is None else _baseline(char, height) for char in characters]
    across, down = shift
    text = ["\n" if char is None else char.get_text()[:1] or " " for char in characters]
    return Letters(
        "".join(text),
        np.array(boxes).reshape(-1, 4) - (across, down, across, down),
        np.array(sizes),
        np.array(baselines) - down,
    )


def _paths(item: LTContainer[Any], height: float) -> Iterator[tuple[float, float, float, float]]:
    for child in item:
        if isinstance(child, LTCurve):
            yield child.x0, height - child.y1, child.x1, height - child.y0
        elif isinstance(child, LTFigure):
            yield from _paths(child, height)


def _text_lines(item: LTContainer[Any]) -> Iterator[LTTextLine]:
    for child in item:
        if isinstance(child, LTTextLine):
            yield child
        elif isinstance(child, LTContainer):
            yield from _text_lines(child)


def _runs(characters: list[LTChar], height: float, wide: float = WIDE_GAP) -> Iterator[Run]:
    """Cut a line at gaps of more than `wide` font sizes."""
    visible = sorted((char for char in characters if char.get_text().strip()), key=lambda char: char.x0)
    start = 0
    for index in range(1, len(visible) + 1):
        if index == len(visible) or _gap(visible, index) > wide * visible[index].size:
            if index > start:
                yield _run(visible[start:index], height)
            start = index


def _gap(characters: list[LTChar], index: int) -> float:
    return float(characters[index].x0 - characters[index - 1].x1)


def _run(characters: list[LTChar], height: float) -> Run:
    middle = characters[len(characters) // 2]
    size, y = _size(middle), _baseline(middle, height)
    parts = [
        (" " if index and _gap(characters, index) > TOUCHING * size else "") + _character(characters, index)
        for index, char in enumerate(characters)
        if index == 0 or not _is_mark(char, size, y, height)
    ]
    return Run(
        text=said("".join(parts).strip()),
        x0=round(characters[0].x0, 1),
        x1=round(characters[-1].x1, 1),
        y=y,
        size=size,
        bold=is_named(middle.fontname, BOLD),
        italic=is_named(middle.fontname, ITALIC),
        color=_color(middle.graphicstate.ncolor),
    )


def _character(characters: list[LTChar], index: int) -> str:
    """Give a character; a lone one at the beginning without a letter, or of signs, is a bullet."""
    char, text = characters[index], str(characters[index].get_text())
    alone = index == 0 and (len(characters) == 1 or _gap(characters, 1) > TOUCHING * char.size)
    return "•" if alone and (text.startswith("(cid:") or is_named(char.fontname, DINGBATS)) else text


def _is_mark(char: LTChar, size: float, y: float, height: float) -> bool:
    return char.get_text() in NOTE_CHARACTERS and is_note_mark(_size(char), _baseline(char, height), size, y)


def _color(value: object) -> int:
    """Give a colour as 0xRRGGBB; grey, RGB and CMYK come as numbers from 0 to 1."""
    parts = value if isinstance(value, (tuple, list)) else (value,)
    shares = [float(part) for part in parts if isinstance(part, (int, float))]
    if len(shares) == 4:
        shares = [(1 - share) * (1 - shares[3]) for share in shares[:3]]
    if len(shares) == 1:
        shares *= 3
    if len(shares) != 3:
        return 0
    red, green, blue = (round(255 * min(1.0, max(0.0, share))) for share in shares)
    return red << 16 | green << 8 | blue


def _size(char: LTChar) -> float:
    return round(float(char.size), 1)


def _baseline(char: LTChar, height: float) -> float:
    return round(height - float(char.matrix[5]), 1)
