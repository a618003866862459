"""Runs of text with pdfminer.six; the only module that names pdfminer.

Slow, but of another lineage: it decodes what PDFium does not, and checks PDFium in the tests. Which of the
characters are seen is for PDFium to say, which draws the page.
"""

import logging
import struct
import zlib
from collections.abc import Collection, Iterator
from dataclasses import replace
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
    plain = Page(number, page.label or "", layout.width, layout.height, ())
    sight = lookout.sight(number - 1)
    if sight is None:
        return plain
    lines = [[char for char in line if isinstance(char, LTChar)] for line in _text_lines(layout)]
    left, bottom, right, top = page.mediabox
    frame = Frame((left, bottom, right, top), page.rotate % 360)
    across, down, *_ = frame.shown(np.array([sight.frame.box]))[0].tolist()  # where the page as shown begins
    text = "".join(char.get_text() for line in lines for char in line)
    hidden = _hide(lines, layout.height, sight, (across, down)) if sight.may_hide(text) and text else ()
    upright = [line for line in lines if line and is_upright(line[0].matrix[0], line[0].matrix[1])]
    runs = tuple(run for line in upright for run in _runs(line, layout.height))
    typed, covered = lookout.typed(sight, runs)
    moved = (run._replace(x0=run.x0 + across, x1=run.x1 + across, y=run.y + down) for run in typed)
    turned = sum(map(bool, lines)) - len(upright)
    plain = replace(plain, runs=(*runs, *moved), turned=turned, hidden=(*hidden, *covered))
    return read_closely(
        plain,
        "\n".join(run.text for run in plain.runs),
        before,
        lambda: _paths(layout, layout.height),
        lambda: (run for line in upright for run in _runs(line, layout.height, TOUCHING)),
    )


def _hide(
    lines: list[list[LTChar]], height: float, sight: Sight, start: tuple[float, float]
) -> tuple[Omission, ...]:
    """Blot out what a page does not show, whose frame starts there, and tell how much that is."""
    characters = [char for line in lines for char in (*line, None)]  # None ends a line
    boxes, sizes, baselines, text = [], [], [], ""
    for char in characters:
        x0, y0, x1, y1 = (0.0,) * 4 if char is None else char.bbox
        a, b, c, d, *_ = (0.0,) * 4 if char is None else char.matrix
        boxes.append((x0, height - y1, x1, height - y0))
        # what is set narrowly is as small as it is narrow
        sizes.append((char.size if char else 0.0) * min(1.0, hypot(a, b) / (hypot(c, d) or 1.0)))
        baselines.append(_baseline(char, height) if char else 0.0)
        text += (char.get_text()[:1] or " ") if char else "\n"
    shown = np.array(boxes) - start * 2
    kinds = sight.judge(Letters(text, shown, np.array(sizes), np.array(baselines) - start[1]))
    for char, kind in zip(characters, kinds.tolist(), strict=True):
        if char is not None and kind:
            char._text = BLOCK if kind == IS_COVERED else " "  # a blank is in no run
    return omissions(text, kinds, sight.number)


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
        if index == 0
        or char.get_text() not in NOTE_CHARACTERS
        or not is_note_mark(_size(char), _baseline(char, height), size, y)
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
