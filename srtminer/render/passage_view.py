"""A passage where it stands, for people and as JSON."""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType

from srtminer.passages.passage_context import Shown
from srtminer.render.as_json import document
from srtminer.render.layout import Below, below, plain, to_text
from srtminer.render.result import Screen

MARK = "▌ "
"""Before each line of the passage: bold is not seen everywhere."""


def as_table(title: str, shown: Sequence[Shown], screen: Screen) -> str:
    """Show paragraphs under the title; the passage has a bar in front and stands out."""
    lines = [line for one in shown for line in _paragraph(one, screen)]
    return to_text([plain(title, "bold"), *lines], screen)


def as_json(review: str, title: str, shown: Sequence[Shown]) -> str:
    """Write them under `srtminer.show/1`."""
    paragraphs = [
        {
            "text": one.text,
            "number": one.number,
            "page": one.page,
            "heading": one.is_heading,
            "marked": one.is_marked,
        }
        for one in shown
    ]
    return document("show", {"review": review, "citation": title, "paragraphs": paragraphs})


def _paragraph(one: Shown, screen: Screen) -> Iterator[RenderableType]:
    yield plain("")
    text = f"{one.number} {one.text}".strip()
    if not one.is_marked:
        yield below(Below(text, 4, "bold" if one.is_heading else ""))
        return
    wrapped = plain(text).wrap(_console(screen), max(20, screen.width - 4 - len(MARK)))
    for line in wrapped:
        yield below(Below(f"{MARK}{line.plain.rstrip()}", 2, "bold"))


def _console(screen: Screen) -> Console:
    return Console(width=screen.width, _environ={})
