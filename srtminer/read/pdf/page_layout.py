"""Pages become blocks: the order of the steps between a PDF library and `compose`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from srtminer.model import Omission, Role
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
class _Part:
    """A paragraph with what has been found out about it."""

    draft: paragraphs.Draft
    text: str
    """Without its mark."""
    mark: Mark
    number: str
    role: Role


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
    headings = [(part.draft, part.text, part.number) for part in parts if part.role == "heading"]
    ranks = heading_looks.levels(headings)
    return tuple(_block(part, ranks, usual, heights, words) for part in parts)


def _parts(lines: Sequence[Line], usual: Metrics, words: frozenset[str]) -> list[_Part]:
    parts: list[_Part] = []
    for draft in paragraphs.group(lines, usual):
        text = join_lines([line.text for line in draft.lines], words)
        mark = split_mark(text)
        mark = Mark("", "", text) if is_date(mark) else mark
        mark = split_code(text) if draft.mark.kind == "label" and not mark.kind else mark
        role: Role = "text"
        if draft.first.cells:
            role = "row"
        elif heading_looks.is_heading(draft, text, usual):
            role = "heading"
        elif mark.kind in ("bullet", "letter", "roman") or (
            not mark.kind and parts and _is_unmarked_item(draft, parts[-1], usual)
        ):
            role = "item"
        parts.append(_Part(draft, mark.rest or text, mark, mark.number if mark.rest else "", role))
    return parts


def _block(
    part: _Part,
    ranks: Mapping[tuple[float, ...], int],
    usual: Metrics,
    heights: Mapping[int, float],
    words: frozenset[str],
) -> Block:
    first, lines = part.draft.first, part.draft.lines
    is_row = part.role == "row"
    number, cells = _row(first, words) if is_row else (part.number, ())
    is_heading = part.role == "heading"
    return Block(
        text=part.text,
        page=first.page,
        role=part.role,
        number=number,
        level=ranks[heading_looks.rank_key(part.draft, part.text, number)] if is_heading else 0,
        size=first.size,
        bold=all(line.bold for line in lines),
        indent=0.0 if is_row else round(first.x0 - usual.left, 1),
        cells=cells,
        italic=all(line.italic for line in lines),
        color=first.color,
        boxed=all(line.boxed for line in lines),
        column=first.column,
        top=round(first.y / (heights[first.page] or 1.0), 3),
        mark="" if is_row else mark_name(part.mark),
    )


def _row(line: Line, words: frozenset[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give number and cells: a printed number in a column without head, or before the text, is the row's."""
    cells = [(head, join_lines(lines, words)) for head, lines in line.cells]
    number = ""
    for place, (head, text) in enumerate(cells):
        mark = split_mark(text)
        if mark.kind in ("", "bullet") or not (mark.rest or not head):
            continue
        if not head or is_wanted(head):
            number, cells[place] = mark.number, (head, mark.rest)
            break
    return number, tuple((head, text) for head, text in cells if head or text)


def _is_unmarked_item(draft: paragraphs.Draft, above: _Part, usual: Metrics) -> bool:
    """Tell an item whose bullet is a drawing: indented below a text that ends in a colon.

    Why: browsers print bullets of web pages as graphics, so the text layer has none.
    """
    deeper = draft.first.x0 - above.draft.first.x0
    if draft.first.text.startswith(QUOTES):
        return False
    if above.role == "item":
        return not above.mark.kind and abs(deeper) < 0.3 * usual.body_size
    return above.role != "heading" and above.text.endswith(":") and deeper > 0.7 * usual.body_size
