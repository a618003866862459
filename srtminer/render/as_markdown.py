"""Results as GitHub-flavoured Markdown; text from a review cannot act as markup, HTML, link or mention."""

import re
from collections.abc import Iterable, Sequence

from srtminer.render.result import Result, Table
from srtminer.render.safe_text import one_line, visible

_PUNCTUATION = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: f"\\{mark}" for mark in "\\`*_[]#|~@$!"}
)
_COLON_IN_WORD = re.compile(r":(?=\S)")
"""In links ("http://…") and emoji (":warning:")."""
_WWW = re.compile(r"\bwww\.", re.IGNORECASE)


def write(result: Result) -> str:
    """Write what a result is as Markdown."""
    return result.markdown


def escape(text: str) -> str:
    """Make text stand for itself in Markdown, on one line; paragraphs are parted by `<br>`."""
    lines = (one_line(line) for line in visible(text).split("\n"))
    return "<br>".join(_escape_line(line) for line in lines if line)


def around_marks(parts: Iterable[tuple[str, bool]]) -> str:
    """Join parts of a text, the marked ones strong; white space at the ends of the others parts them."""
    return "".join(f"**{escape(part)}**" if is_mark else _escape_around(part) for part, is_mark in parts)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a header and rows as a table, every cell escaped."""
    return ready_table(header, (tuple(map(escape, row)) for row in rows))


def ready_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table whose cells are Markdown already."""
    lines = (tuple(map(escape, header)), ["---"] * len(header), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def of_columns(listed: Table) -> str:
    """Write the columns of a result as they are."""
    return table(listed.names, listed.texts)


def _escape_around(text: str) -> str:
    if not text.strip():
        return " " if text else ""
    before, after = (" " if end.isspace() else "" for end in (text[0], text[-1]))
    return f"{before}{escape(text)}{after}"


def _escape_line(line: str) -> str:
    escaped = _WWW.sub(lambda match: f"{match[0][:-1]}\\.", line.translate(_PUNCTUATION))
    return _COLON_IN_WORD.sub(r"\\:", escaped)
