"""What `srtminer --help` shows: options and commands in boxes, as typer draws them for a single command.

Why our own: typer draws through rich with its Markdown and syntax colours, which takes three times as long to
load as typer itself, and this page is the first thing that anybody sees.
"""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

Pair = tuple[str, str]
"""What to type, and what it does."""

LEAST_WIDTH = 40
GAP = 2
DIM, NAME, RESET = "\x1b[2m", "\x1b[1;36m", "\x1b[0m"


def overview(group: Any, context: Any) -> str:
    """Draw the help of a group of commands, as wide as the terminal."""
    width = max(LEAST_WIDTH, shutil.get_terminal_size().columns)
    color = sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    options = [found for one in group.get_params(context) if (found := one.get_help_record(context))]
    panels: dict[str, list[Pair]] = {}
    for command in group.commands.values():
        panels.setdefault(command.rich_help_panel, []).append((command.name, command.help))
    names = max(len(name) for pairs in panels.values() for name, _ in pairs)
    return "\n".join(
        [
            *_paragraph(group.get_usage(context), width),
            *_paragraph(group.help, width),
            "",
            *_box("Options", options, max(len(name) for name, _ in options), width, color),
            *(line for title, pairs in panels.items() for line in _box(title, pairs, names, width, color)),
            *_paragraph(group.epilog, width),
            "",
        ]
    )


def _paragraph(text: str, width: int) -> list[str]:
    return ["", *(f" {line}" for line in textwrap.wrap(text, width - 2, break_on_hyphens=False))]


def _box(title: str, pairs: Sequence[Pair], names: int, width: int, color: bool) -> list[str]:
    """Draw a box of two columns; the first is `names` characters wide."""
    dim, bold, plain = (DIM, NAME, RESET) if color else ("", "", "")
    lines = (
        f"{dim}│{plain} {bold}{name:{names}}{plain}{' ' * GAP}{about:{width - 4 - GAP - names}} {dim}│{plain}"
        for name, about in _rows(pairs, width - 4 - GAP - names)
    )
    top, bottom = f"╭─ {title} {'─' * (width - 5 - len(title))}╮", f"╰{'─' * (width - 2)}╯"
    return [f"{dim}{top}{plain}", *lines, f"{dim}{bottom}{plain}"]


def _rows(pairs: Sequence[Pair], width: int) -> Iterator[Pair]:
    for name, about in pairs:
        first, *rest = textwrap.wrap(about, max(width, 1), break_on_hyphens=False) or [""]
        yield name, first
        yield from (("", line) for line in rest)
