"""Markdown files, which become HTML."""

from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from srtminer.model import Omission, Review, Skipped
from srtminer.read.html import html_review
from srtminer.read.text_cleaning import NotText, decode


def read_markdown(path: Path) -> Review | Skipped:
    """Read a Markdown file; what is no text, or empty, is skipped with its reason."""
    try:
        body, omissions = _without_front_matter(decode(path.read_bytes()))
        review = html_review(as_html(body), source=str(path), format="markdown", omissions=omissions)
    except OSError as error:
        return Skipped(str(path), f"cannot be read: {error.strerror}")
    except NotText as error:
        return Skipped(str(path), f"{path.name} is not text: {error}")
    return review


def _without_front_matter(text: str) -> tuple[str, tuple[Omission, ...]]:
    """Drop the settings that site generators put between two lines of dashes at the top."""
    head, fence, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not fence or ":" not in head.partition("\n")[0]:
        return text, ()
    return body, (Omission("front matter", 1, head.count("\n") + 1),)


def as_html(text: str) -> str:
    """Give Markdown as HTML; a picture gives its description.

    What is nested more deeply than the parser goes (20 levels) is taken as it stands.
    """
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    for token in tokens:
        for child in token.children or ():
            _describe(child)
    if not any(token.content for token in tokens):
        return f"<pre>{escape(text)}</pre>"
    return str(parser.renderer.render(tokens, parser.options, {}))


def _describe(token: Token) -> None:
    if token.type == "image":
        token.type, token.tag, token.attrs = "text", "", {}
