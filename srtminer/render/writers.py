"""Results as JSON, CSV and Markdown.

JSON: `schema` and `generator` first, keys in a fixed order, text as it is, a final newline. CSV (RFC 4180):
UTF-8, lines end with CR LF, safe for spreadsheets: a cell that would be taken for a formula gets an
apostrophe in front, which stays visible; numbers are ours, and "-0.5000" is no formula. Markdown: GitHub's;
text from a review cannot act as markup, HTML, link or mention.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from srtminer.model import GENERATOR
from srtminer.render.result import Block, Ledger, Records, Result, Table, Text
from srtminer.render.safe_text import ESCAPES, one_line, visible


def to_json(result: Result) -> str:
    """Write what a result is under the schema of its name."""
    whole = {"schema": f"srtminer.{result.name}/1", "generator": GENERATOR} | result.body
    return json.dumps(plain(whole), ensure_ascii=False, indent=2).translate(ESCAPES) + "\n"


def plain(value: Any) -> Any:
    """Give what JSON knows: figures rounded to four places, and an object for a dataclass."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return list(map(plain, value))
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


MARK = "generator"
"""The last column. Why not a comment line: readers take the first line for the head."""
_FORMULA = tuple("=+-@＝＋－＠")
_LEADING_CONTROL = ("\t", "\r")


def to_csv(result: Result) -> str:
    """Write the rows of a result."""
    return write_table(result.table)


def write_table(table: Table) -> str:
    """Write a header and rows, every text made safe."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow((*table.names, MARK))
    for texts, row in zip(table.texts, table.rows, strict=True):
        pairs = zip(texts, row, strict=True)
        cells = (safe_cell(text) if isinstance(value, str) else text for text, value in pairs)
        writer.writerow((*cells, GENERATOR))
    return stream.getvalue()


def safe_cell(value: str) -> str:
    """Keep a spreadsheet from taking text for a formula.

    Source: OWASP, "CSV Injection". White space in front is looked through, since some programs trim it.
    """
    dangerous = value.startswith(_LEADING_CONTROL) or value.lstrip().startswith(_FORMULA)
    return f"'{visible(value)}" if dangerous else visible(value)


_PUNCTUATION = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: f"\\{mark}" for mark in "\\`*_[]#|~@$!"}
)
_LINKED = re.compile(r":(?=\S)|(?<=\bwww)\.", re.IGNORECASE)
"""What makes links ("http://…", "www.…") and emoji (":warning:")."""


def to_markdown(result: Result) -> str:
    """Write what people read of a result, and a mark that nobody sees."""
    return "\n\n".join((*_parts(result.blocks), f"<!-- generator: {GENERATOR} -->")) + "\n"


def escape(text: str) -> str:
    """Make text stand for itself in Markdown, on one line; paragraphs are parted by `<br>`."""
    lines = (one_line(line) for line in visible(text).split("\n"))
    return "<br>".join(_LINKED.sub(r"\\\g<0>", line.translate(_PUNCTUATION)) for line in lines if line)


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    listed: list[Text] = []
    for block in blocks:
        if isinstance(block, Text) and block.indent:
            listed.append(block)
            continue
        if listed:
            yield _list(listed)
            listed = []
        if isinstance(block, Ledger):
            yield from _ledger(block)
        elif isinstance(block, Records):
            heads = [*dict.fromkeys(text.head for row in block.rows for text in row if text.head)]
            if heads:
                yield _table(heads, ([_cell(row, head) for head in heads] for row in block.rows))
        elif block.text:
            yield _strong(_inline(block)) if block.style == "bold" else _inline(block)
    if listed:
        yield _list(listed)


def _list(texts: Sequence[Text]) -> str:
    lines: list[str] = []
    item = 0
    for text in texts:
        if lines and text.indent > item:
            lines[-1] += f"<br>{_inline(text)}"
        else:
            lines.append(f"- {_inline(text)}")
            item = text.indent
    return "\n".join(lines)


def _ledger(ledger: Ledger) -> Iterator[str]:
    yield _table([head.name for head in ledger.heads], (map(escape, entry.cells) for entry in ledger.entries))
    flexible = next((n for n, head in enumerate(ledger.heads) if head.flexible), 0)
    for entry in ledger.entries:
        if entry.below:
            yield _strong(escape(". ".join(entry.cells[: flexible + 1])))
            yield _list(entry.below)


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    lines = (map(escape, heads), ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(record: Sequence[Text], head: str) -> str:
    return "<br>".join(_marked(text) for text in record if text.head == head and text.text)


def _inline(text: Text) -> str:
    return f"{escape(text.before)} {_marked(text)}" if text.before else _marked(text)


def _marked(text: Text) -> str:
    """Write a text, what was looked for strong; white space at the ends of the other parts parts them."""
    if isinstance(text.text, str):
        return escape(text.text)
    return "".join(_strong(escape(part)) if is_mark else _around(part) for part, is_mark in text.text)


def _strong(text: str) -> str:
    return f"**{text}**"


def _around(text: str) -> str:
    if not text.strip():
        return " " if text else ""
    before, after = (" " if end.isspace() else "" for end in (text[0], text[-1]))
    return f"{before}{escape(text)}{after}"
