"""Blocks in reading order become a `Review`: one text, and paragraphs that point into it."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from srtminer.model import Cell, Fact, Omission, Paragraph, Review, Role

CELL_SEPARATOR = " | "
ID_LENGTH = 12
_NUMBER = re.compile(r"\d+(?:e\d+)?")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph before it has a place in the text; the fields are those of `Paragraph`."""

    text: str
    page: int = 1
    role: Role = "text"
    number: str = ""
    level: int = 0
    size: float = 0.0
    bold: bool = False
    cells: tuple[tuple[str, str], ...] = ()
    """(header, text) of each cell of a row; the block's own text is then ignored."""
    italic: bool = False
    boxed: bool = False


_SHARED = [field.name for field in fields(Block) if field.name not in ("text", "cells")]


def compose(
    blocks: Iterable[Block],
    *,
    source: str,
    format: str,
    page_count: int,
    page_labels: Sequence[str] = (),
    omissions: Sequence[Omission] = (),
    facts: Sequence[Fact] = (),
) -> Review:
    """Join blocks to a review's text; the id is a hash of the text, so it survives a new name or date."""
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    position = 0
    for block in blocks:
        body = CELL_SEPARATOR.join(text for _, text in block.cells) if block.cells else block.text
        if not body:
            continue
        mark = block.number
        if block.role == "item":
            mark = f"({mark})" if mark else "•"
        start = position + len(f"{mark} " if mark else "")
        end = start + len(body)
        shared: dict[str, Any] = {name: getattr(block, name) for name in _SHARED}
        paragraphs.append(Paragraph(start, end, cells=_cells(block, start), **shared))
        parts.append(f"{mark} {body}" if mark else body)
        position = end + 2
    text = "\n\n".join(parts)
    return Review(
        id=content_id(text),
        source=source,
        format=format,
        text=text,
        paragraphs=tuple(paragraphs),
        page_count=page_count,
        page_labels=tuple(page_labels),
        omissions=tuple(omissions),
        facts=tuple(facts),
    )


def content_id(text: str) -> str:
    """Hash a text to 12 hexadecimal digits that no spreadsheet takes for a number, as 123 or 1e45."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    parts = (digest[start : start + ID_LENGTH] for start in range(len(digest) - ID_LENGTH))
    return next((part for part in parts if not _NUMBER.fullmatch(part)), f"a{digest[: ID_LENGTH - 1]}")


def _cells(block: Block, start: int) -> tuple[Cell, ...]:
    cells = []
    for header, text in block.cells:
        cells.append(Cell(header, start, start + len(text)))
        start += len(text) + len(CELL_SEPARATOR)
    return tuple(cells)
