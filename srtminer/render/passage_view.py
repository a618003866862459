"""A passage where it stands."""

from collections.abc import Iterator, Sequence

from srtminer.passages.passage_context import Shown
from srtminer.render.layout import wrapped
from srtminer.render.result import Column, Result, Screen, Table, Text, as_object

MARK = "▌ "
"""Before each line of the passage: bold is not seen everywhere."""


COLUMNS = (
    Column("text", "The paragraph."),
    Column("number", "The number printed before it."),
    Column("page", "Its page."),
    Column("heading", "Whether it is a heading.", "is_heading"),
    Column("marked", "Whether it is the passage that was asked for.", "is_marked"),
)


def passage_result(review: str, title: str, shown: Sequence[Shown]) -> Result:
    """Show paragraphs under the title; the passage has a bar in front and stands out."""

    def lines(screen: Screen) -> Iterator[Text]:
        yield Text(title, style="bold")
        yield from (line for one in shown for line in _paragraph(one, screen))

    paragraphs = [as_object(COLUMNS, one) for one in shown]
    body = {"review": review, "citation": title, "paragraphs": paragraphs}
    return Result("show", Table.of(COLUMNS, shown), body, lines)


def _paragraph(one: Shown, screen: Screen) -> Iterator[Text]:
    yield Text()
    text = f"{one.number} {one.text}".strip()
    if not one.is_marked:
        yield Text(text, 4, "bold" if one.is_heading else "")
        return
    for line in wrapped(text, max(20, screen.width - 4 - len(MARK))):
        yield Text(f"{MARK}{line}", 2, "bold")
