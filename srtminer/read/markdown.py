"""Markdown files, parsed by markdown-it (CommonMark with tables)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from srtminer.model import Omission, Review, Skipped
from srtminer.read.characters import clean
from srtminer.read.compose import compose
from srtminer.read.decode import NotText, decode
from srtminer.read.html import html_elements
from srtminer.read.structured import Element, drop_contents, split_breaks, table_elements, to_blocks


def read_markdown(path: Path) -> Review | Skipped:
    """Read a Markdown file; what is no text, or empty, is skipped with its reason."""
    try:
        body, omissions = _without_front_matter(decode(path.read_bytes()))
        elements, contents = drop_contents(markdown_elements(body))
    except OSError as error:
        return Skipped(str(path), f"cannot be read: {error.strerror}")
    except NotText as error:
        return Skipped(str(path), f"{path.name} is not text: {error}")
    return compose(
        to_blocks(elements),
        source=str(path),
        format="markdown",
        page_count=1,
        omissions=(*omissions, *contents),
    )


def _without_front_matter(text: str) -> tuple[str, tuple[Omission, ...]]:
    """Drop the settings that site generators put between two lines of dashes at the top."""
    head, fence, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not fence or ":" not in head.partition("\n")[0]:
        return text, ()
    return body, (Omission("front matter", 1, head.count("\n") + 1),)


def markdown_elements(text: str) -> tuple[Element, ...]:
    """Give the headings, paragraphs, list items and table rows of a Markdown text.

    What is nested more deeply than the parser goes (20 levels) is taken as it stands.
    """
    parser = MarkdownIt("commonmark").enable("table")
    elements = tuple(_Walker(parser.parse(text)).elements())
    return elements or tuple(Element(line) for line in map(clean, text.split("\n")) if line)


class _Walker:
    """Goes through the tokens once; a list item's first paragraph carries its number."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.depth = -1
        self.item: str | None = None
        """The number of the list item that has no paragraph yet, empty for a bullet."""
        self.heading = 0
        self.rows: list[list[str]] | None = None

    def elements(self) -> Iterator[Element]:
        for token in self.tokens:
            self._enter(token)
            yield from self._content(token)
            if token.type == "table_close":
                yield from table_elements(self.rows or ())
                self.rows = None

    def _enter(self, token: Token) -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
        elif kind == "list_item_open":
            self.item = token.info
        elif kind == "heading_open":
            self.heading = int(token.tag[1:])
        elif kind == "heading_close":
            self.heading = 0
        elif kind == "table_open":
            self.rows = []
        elif kind == "tr_open" and self.rows is not None:
            self.rows.append([])

    def _content(self, token: Token) -> Iterator[Element]:
        if token.type == "inline":
            yield from self._inline(token)
        elif token.type in ("fence", "code_block"):
            yield from (Element(line) for line in map(clean, token.content.split("\n")))
        elif token.type == "html_block":
            yield from html_elements(token.content)[0]

    def _inline(self, token: Token) -> Iterator[Element]:
        text = _text(token)
        if self.rows is not None:
            self.rows[-1].append(text.replace("\n", " "))
        elif self.heading:
            yield Element(clean(text.replace("\n", " ")), "heading", self.heading)
        else:
            yield from (self._paragraph(part, _is_bold(token)) for part in split_breaks(text))

    def _paragraph(self, text: str, bold: bool) -> Element:
        if self.depth < 0:
            return Element(text, bold=bold)
        number, self.item = self.item or "", None
        return Element(text, "item", self.depth, number)


def _text(token: Token) -> str:
    """The text of inline tokens without markup, hard breaks as line ends; pictures give their description."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n" if child.type == "hardbreak" else " ")
        elif child.type == "image":
            parts.append(_text(child))
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
    return "".join(parts)


def _is_bold(token: Token) -> bool:
    """Tell whether a paragraph is bold from its beginning to its end."""
    children = [child for child in token.children or () if child.content or child.nesting]
    if len(children) < 3 or children[0].type != "strong_open":
        return False
    return [child.type for child in children].index("strong_close") == len(children) - 1
