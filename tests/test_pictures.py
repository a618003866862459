"""The pictures of the README show what the program shows on a terminal."""

import os
import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, chromium
from tests.pictures import COLUMNS, PICTURES, THEME, Picture, draw, record
from tests.readme import FOLDER
from tests.test_report import contrast

BINARY = chromium()
NAMES = [picture.name for picture in PICTURES]
READABLE = 4.5
"""Contrast of text that WCAG 2 asks for at level AA."""
SVG = "{http://www.w3.org/2000/svg}"


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.svg"


def picture_of(output: str) -> ET.Element:
    return ET.fromstring(draw(Picture("made", "command"), output))


def rows_of(picture: ET.Element) -> list[str]:
    """Give what stands in each row, without the spaces between its pieces."""
    rows: dict[str, str] = {}
    for piece in picture.iter(f"{SVG}text"):
        rows[piece.attrib["y"]] = rows.get(piece.attrib["y"], "") + (piece.text or "")
    return [row.replace("\N{NO-BREAK SPACE}", " ").rstrip("\n") for row in rows.values()]


@pytest.mark.parametrize("name", NAMES)
def test_picture_fits_its_window_and_can_be_read(name: str) -> None:
    picture = ET.fromstring(path_of(name).read_text(encoding="utf-8"))
    width = float(picture.attrib["width"])
    pieces = [piece for piece in picture.iter(f"{SVG}text") if (piece.text or "").strip()]
    assert max(float(piece.attrib["x"]) + float(piece.attrib["textLength"]) for piece in pieces) < width
    colors = re.findall(r"fill: (#\w{6})", next(picture.iter(f"{SVG}style")).text or "")
    assert min(contrast(color, THEME.background_color.hex) for color in colors) >= READABLE


@pytest.mark.parametrize("name", NAMES)
def test_picture_names_nothing_outside(name: str) -> None:
    svg = path_of(name).read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|url\(|@import|href", svg)


@pytest.mark.skipif(BINARY is None, reason="no Chromium on this machine to open the pictures with")
def test_browser_draws_letters_in_their_columns(browser: Browser) -> None:
    """Each piece of text is as wide as its columns, and nothing is asked for."""
    browser.open(path_of("themes"))
    assert browser.complaints() == []
    assert browser.requests() == [path_of("themes").as_uri()]
    beside = browser.run(
        "[...document.querySelectorAll('text[textLength]')].filter(t => t.textContent.trim())"
        ".map(t => Math.abs(t.getBBox().width - t.textLength.baseVal.value))"
    )
    assert len(beside) > 20
    assert max(beside) < 2


@pytest.fixture
def browser() -> Iterator[Browser]:
    assert BINARY is not None
    with Browser(BINARY) as running:
        yield running


def test_terminal_is_one_with_colours_and_of_our_width(tmp_path: Path) -> None:
    command = "stty size | cut -d' ' -f2; echo $TERM; test -t 0 -a -t 1 -a -t 2 && echo all"
    assert record(command, tmp_path, os.environ) == f"{COLUMNS}\nxterm-256color\nall\n"


def test_command_that_fails_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        record("echo nothing here; exit 4", tmp_path, os.environ)
    assert (caught.value.returncode, caught.value.output) == (4, "nothing here\r\n")


def test_text_is_text() -> None:
    assert rows_of(picture_of("[b]<script>&amp;</script> {x} «é»")) == [
        "$ command",
        "[b]<script>&amp;</script> {x} «é»",
    ]
