"""Pages become blocks: the order of the steps between a PDF library and `compose`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from srtminer.model import Omission
from srtminer.read.compose_review import Block
from srtminer.read.list_marks import Mark, is_date, mark_name, split_code, split_mark
from srtminer.read.page_furniture import drop_from_pages
from srtminer.read.pdf import asking_tables, heading_looks, paragraphs
from srtminer.read.pdf.geometry import Line, Metrics, Page, body_size, measure
from srtminer.read.pdf.ruled_grid import is_wanted
from srtminer.read.text_cleaning import broken_words, join_lines

QUOTES = ("“", "‘", '"', "…")
"""What is set in below a colon and begins with these is a quotation, not an item."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph with what has been found out about it."""

    draft: paragraphs.Draft
    text: str
    """Without its mark."""
    mark: Mark
    number: str
    is_heading: bool
    is_item: bool = False


def lay_out(pages: Sequence[Page]) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    """Give the paragraphs of a document in reading order, and what was left out of them."""
    ordered = asking_tables.lines_of(pages)
    kept, omissions = drop_from_pages(ordered, [page.height for page in pages], body_size(ordered))
    lines = [line for page in kept for line in page]
    blocks = _blocks(lines, measure(kept), {page.number: page.height for page in pages})
    return blocks, (*omissions, *_turned(pages))


def _turned(pages: Sequence[Page]) -> list[Omission]:
    return [Omission("text that is not upright", page.number, page.turned) for page in pages if page.turned]


def _blocks(lines: Sequence[Line], usual: Metrics, heights: Mapping[int, float]) -> tuple[Block, ...]:
    texts = [text for line in lines for text in (line.text, *(row for _, rows in line.cells for row in rows))]
    words = broken_words(list(filter(None, texts)))
    parts = _parts(lines, usual, words)
    ranks = heading_looks.levels(
        [
            (part.draft, part.text, part.number)
            for part in parts
            if part.is_heading and not part.draft.first.cells
        ]
    )
    blocks = (
        _row(part.draft.first, words) if part.draft.first.cells else _block(part, ranks, usual)
        for part in parts
    )
    return tuple(_with_look(block, part.draft, heights) for block, part in zip(blocks, parts, strict=True))


def _parts(lines: Sequence[Line], usual: Metrics, words: frozenset[str]) -> list[Part]:
    parts: list[Part] = []
    for draft in paragraphs.group(lines, usual):
        text = join_lines([line.text for line in draft.lines], words)
        mark = split_mark(text)
        mark = Mark("", "", text) if is_date(mark) else mark
        mark = split_code(text) if draft.mark.kind == "label" and not mark.kind else mark
        head = not draft.first.cells and heading_looks.is_heading(draft, text, usual)
        item = mark.kind in ("bullet", "letter", "roman")
        part = Part(draft, mark.rest or text, mark, mark.number if mark.rest else "", head, item and not head)
        if not mark.kind and not head and parts and _is_unmarked_item(draft, parts[-1], usual):
            part = replace(part, is_item=True)
        parts.append(part)
    return parts


def _block(part: Part, ranks: dict[tuple[float, ...], int], usual: Metrics) -> Block:
    first = part.draft.first
    level = ranks[heading_looks.rank_key(part.draft, part.text, part.number)] if part.is_heading else 0
    return Block(
        text=part.text,
        page=first.page,
        role="heading" if part.is_heading else "item" if part.is_item else "text",
        number=part.number,
        level=level,
        indent=round(first.x0 - usual.left, 1),
        mark=mark_name(part.mark),
    )


def _with_look(block: Block, draft: paragraphs.Draft, heights: Mapping[int, float]) -> Block:
    """Tell how a block looks on its page, and where it stands."""
    first, lines = draft.first, draft.lines
    return replace(
        block,
        size=first.size,
        bold=all(line.bold for line in lines),
        italic=all(line.italic for line in lines),
        color=first.color,
        boxed=all(line.boxed for line in lines),
        column=first.column,
        top=round(first.y / (heights[first.page] or 1.0), 3),
    )


def _row(line: Line, words: frozenset[str]) -> Block:
    """Make a row; a printed number in a column without a head, or before the text, is the row's."""
    cells = [(head, join_lines(lines, words)) for head, lines in line.cells]
    number = ""
    for place, (head, text) in enumerate(cells):
        mark = split_mark(text)
        if mark.kind in ("", "bullet") or not (mark.rest or not head):
            continue
        if not head or is_wanted(head):
            number, cells[place] = mark.number, (head, mark.rest)
            break
    kept = tuple((head, text) for head, text in cells if head or text)
    return Block("", line.page, "row", number, cells=kept)


def _is_unmarked_item(draft: paragraphs.Draft, above: Part, usual: Metrics) -> bool:
    """Tell an item whose bullet is a drawing: indented below a text that ends in a colon.

    Why: browsers print bullets of web pages as graphics, so the text layer has none.
    """
    deeper = draft.first.x0 - above.draft.first.x0
    if draft.first.text.startswith(QUOTES):
        return False
    if above.is_item:
        return not above.mark.kind and abs(deeper) < 0.3 * usual.body_size
    return not above.is_heading and above.text.endswith(":") and deeper > 0.7 * usual.body_size
