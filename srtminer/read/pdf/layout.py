"""Pages become blocks: the order of the steps between a PDF library and `compose`."""

from collections.abc import Sequence
from dataclasses import replace

from srtminer.model import Omission
from srtminer.read.compose import Block
from srtminer.read.marks import split_mark
from srtminer.read.pdf import furniture, headings, metrics, paragraphs, tables
from srtminer.read.pdf.geometry import Line, Page
from srtminer.read.pdf.heads import is_wanted


def lay_out(pages: Sequence[Page]) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    """Give the paragraphs of a document in reading order, and what was left out of them."""
    ordered = tables.lines_of(pages)
    kept = furniture.drop_furniture(ordered, [page.height for page in pages])
    omissions = [*kept.omissions, *_turned(pages)]
    usual = metrics.measure(kept.pages)
    lines = [line for page in kept.pages for line in page]
    return _blocks(lines, usual), tuple(omissions)


def _turned(pages: Sequence[Page]) -> list[Omission]:
    return [Omission("text that is not upright", page.number, page.turned) for page in pages if page.turned]


def _blocks(lines: Sequence[Line], usual: metrics.Metrics) -> tuple[Block, ...]:
    words = paragraphs.words_of(lines)
    drafts = [(draft, paragraphs.join(draft.lines, words)) for draft in paragraphs.group(lines, usual)]
    heads = [not draft.first.cells and headings.is_heading(draft, text, usual) for draft, text in drafts]
    ranks = headings.levels([draft for (draft, _), head in zip(drafts, heads, strict=True) if head])
    blocks: list[Block] = []
    for (draft, text), head in zip(drafts, heads, strict=True):
        if draft.first.cells:
            blocks.append(_row(draft.first, words))
            continue
        level = ranks[headings.look(draft)] if head else 0
        blocks.append(_block(draft, text, level, usual, blocks[-1] if blocks else None))
    return tuple(blocks)


def _block(
    draft: paragraphs.Draft, text: str, level: int, usual: metrics.Metrics, above: Block | None
) -> Block:
    mark = split_mark(text)
    first = draft.first
    block = Block(
        text=mark.rest or text,
        page=first.page,
        number=mark.number if mark.rest else "",
        level=level,
        size=first.size,
        bold=all(line.bold for line in draft.lines),
        indent=round(first.x0 - usual.left, 1),
    )
    if level:
        return replace(block, role="heading")
    if mark.kind in ("bullet", "letter", "roman") or _is_unmarked_item(block, above, usual):
        return replace(block, role="item")
    return block


def _row(line: Line, words: frozenset[str]) -> Block:
    """Make a row; a printed number in a column without a head, or before the text, is the row's."""
    cells = [(head, paragraphs.join_texts(lines, words)) for head, lines in line.cells]
    number = ""
    for place, (head, text) in enumerate(cells):
        mark = split_mark(text)
        if mark.kind in ("", "bullet") or not (mark.rest or not head):
            continue
        if not head or is_wanted(head):
            number, cells[place] = mark.number, (head, mark.rest)
            break
    kept = tuple((head, text) for head, text in cells if head or text)
    return Block("", line.page, "row", number, size=line.size, bold=line.bold, cells=kept)


def _is_unmarked_item(block: Block, above: Block | None, usual: metrics.Metrics) -> bool:
    """Tell an item whose bullet is a drawing: indented below a text that ends in a colon.

    Why: browsers print bullets of web pages as graphics, so the text layer has none.
    """
    if above is None or block.number:
        return False
    deeper = block.indent - above.indent
    if above.role == "item" and not above.number:
        return abs(deeper) < 0.3 * usual.body_size
    return above.role == "text" and above.text.endswith(":") and deeper > 0.7 * usual.body_size
