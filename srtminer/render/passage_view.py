"""A passage where it stands, for people and as JSON."""

from collections.abc import Iterator, Sequence

from srtminer.passages.passage_context import Shown
from srtminer.render.as_json import document
from srtminer.render.layout import to_text, wrapped
from srtminer.render.result import Screen, Text

MARK = "▌ "
"""Before each line of the passage: bold is not seen everywhere."""


def as_table(title: str, shown: Sequence[Shown], screen: Screen) -> str:
    """Show paragraphs under the title; the passage has a bar in front and stands out."""
    lines = [line for one in shown for line in _paragraph(one, screen)]
    return to_text([Text(title, style="bold"), *lines], screen)


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


def _paragraph(one: Shown, screen: Screen) -> Iterator[Text]:
    yield Text()
    text = f"{one.number} {one.text}".strip()
    if not one.is_marked:
        yield Text(text, 4, "bold" if one.is_heading else "")
        return
    for line in wrapped(text, max(20, screen.width - 4 - len(MARK))):
        yield Text(f"{MARK}{line}", 2, "bold")
