"""Run commands on a terminal and draw what a person sees there: the pictures of the README.

rich draws them. What it draws them with is our own: no font is fetched from anywhere, and every letter takes
the width of its column, whatever monospaced font a machine has. `tests.readme` runs it all.
"""

import io
import os
import pty
import re
import subprocess
import termios
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROWS, COLUMNS = 60, 100
"""Of the terminal. A hundred columns on a page of GitHub have letters of the size of its code."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A command whose output is worth looking at."""

    name: str
    """Of the file, without its ending."""
    command: str


PICTURES = (
    Picture("themes", "srtminer themes --min-reviews 7 --examples 1"),
    Picture("compare", 'srtminer compare --review "Child J" --hits 1'),
)
"""In the order in which they are run, all in one folder with the examples in its store."""

THEME = TerminalTheme(
    (22, 27, 34),
    (230, 237, 243),
    [
        (110, 118, 129),
        (255, 123, 114),
        (63, 185, 80),
        (255, 206, 92),
        (88, 166, 255),
        (188, 140, 255),
        (57, 197, 207),
        (177, 186, 196),
    ],
)
"""A dark window, which can be told from a light page and from a black one."""

FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{
font-family: ui-monospace, SFMono-Regular, Menlo, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace;
font-size: 21px;
}}
{styles}
</style>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
FONT_ASPECT_RATIO = 0.63
"""Width of a letter by 20 px. rich gives a line 24.4 px; upright strokes of a font of 21 px are as long."""

_TAKEN_BACK = re.compile(r"[^\n]*\n[^\n]*\x1b\[1A\x1b\[2K")
"""A line, and how rich removes it when the progress that it showed has come to its end."""

_CLIPPED = re.compile(r'clip-path="url\(#[^"]*\)"')
"""How rich cuts each row to its height, which leaves gaps in upright lines; a narrow font would have them in
level ones, because it is spaced out. So nothing is cut, and letters are stretched to the width of a column.
"""


def record(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """Run a command on a terminal; gives what stands there afterwards, colours as ANSI escapes.

    Raises `CalledProcessError` if the exit code is not 0.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (ROWS, COLUMNS))
    surroundings = {**environment, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    with subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env=surroundings, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        written = _read_all(ours)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, written)
    return _TAKEN_BACK.sub("", written.replace("\r\n", "\n"))


def _read_all(terminal: int) -> str:
    with open(terminal, "rb", buffering=0) as stream:
        pieces = bytearray()
        with suppress(OSError):  # so Linux says that nobody writes any more
            while piece := stream.read(1 << 16):
                pieces += piece
    return pieces.decode()


def draw(picture: Picture, output: str) -> str:
    """Draw a command and its output, as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.assemble(("$ ", "green"), (picture.command, "bold")))
    console.print(Text.from_ansi(output.rstrip()))
    drawn = console.export_svg(
        title="", theme=THEME, code_format=FORMAT, font_aspect_ratio=FONT_ASPECT_RATIO, unique_id=picture.name
    )
    return _CLIPPED.sub('lengthAdjust="spacingAndGlyphs"', drawn)
