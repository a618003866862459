"""HTML files, parsed by lxml: nothing is fetched, run or expanded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree

from srtminer.model import UNSEEN, Omission, Review, Skipped
from srtminer.read.compose_review import Block, compose
from srtminer.read.structured import (
    UNKNOWN,
    Run,
    document_blocks,
    drop_contents,
    paragraphs,
    why_unseen,
)
from srtminer.read.table_grid import GridCell, table_blocks
from srtminer.read.text_cleaning import NotText, decoded
from srtminer.read.web_parts import CLEAR, Declarations, WebPage, color, font_size
from srtminer.text.names import count

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_TAGS = (
    "table tbody td tfoot th thead tr caption address blockquote center dd dl dt hr li ol p pre ul article "
    "aside body details div fieldset figcaption figure footer form header html legend main nav section "
    "summary"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split()).union(_HEADINGS)
_BOLD, _ITALIC = frozenset(["b", "strong", "th"]), frozenset(["i", "em", "cite"])
_INK = {"font": "color", "body": "text"}
"""The attributes that colour letters without a style."""
_HEAVY = ("bold", "bolder", "600", "700", "800", "900")
MOST_SPANNED = 100
"""Columns or rows that one cell may span; larger numbers are mistakes or attacks."""
DEEPEST_TABLE = 30
"""Tables in each other; those below lay out the page."""


def read_html(path: Path) -> Review | Skipped:
    """Read an HTML file; what is no text, or shows none, is skipped with its reason."""
    text = decoded(path)
    return text if isinstance(text, Skipped) else html_review(text, source=str(path), format="html")


def html_review(
    text: str, *, source: str, format: str, omissions: tuple[Omission, ...] = ()
) -> Review | Skipped:
    """Make a review of a page, or say why it gives none."""
    try:
        blocks, left_out = html_blocks(text)
    except NotText as error:
        return Skipped(source, f"{Path(source).name} is not text: {error}")
    blocks, contents = drop_contents(blocks)
    omissions = (*omissions, *contents, *left_out)
    review = compose(document_blocks(blocks), source=source, format=format, page_count=1, omissions=omissions)
    nothing = "it shows no text (only scripts, pictures or navigation)"
    return review if review.text else Skipped(source, nothing)


def html_blocks(text: str) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    """Give the headings, paragraphs, list items and table rows of a page, and what was left out of it.

    A page without any element gives nothing; raises `NotText` where elements are nested so deeply (2,048)
    that the parser gives up.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    data = text.encode("utf-8", errors="replace")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # nothing in it is an element or text
        return (), ()
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise NotText("its elements are nested too deeply")
    if root is None:
        return (), ()
    page = WebPage(root)
    mains = root.findall(".//main")
    blocks = tuple(_Walker(page, mains[0] if len(mains) == 1 and page.shows(mains[0]) else root).blocks())
    return blocks, page.omissions()


@dataclass
class _List:
    """An open list; `style` is the type of an ordered one ("1", "a", "i"), empty for bullets."""

    style: str
    next_number: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an element hands on to those in it."""

    run: Run
    like: Block
    ink: int = 0
    """The colour of the letters, below 0 where it is not known or they are seen through."""
    keeps_lines: bool = False
    behind: int | None = None
    """The colour behind the letters, None where the page does not say."""
    is_seen: bool = True
    """What CSS calls visible."""


class _Walker:
    """Goes through a tree once without recursion, so that deep nesting costs nothing but for tables."""

    def __init__(self, page: WebPage, root: Any, depth: int = 0) -> None:
        self.page, self.root, self.depth = page, root, depth
        self.lists: list[_List] = []
        self.frames = [self._around()]
        self.runs: list[Run] = []
        self.item = ""
        """Number of the list item that has no paragraph yet."""

    def _around(self) -> _Frame:
        """Give what a cell, or the main part, inherits: a table's head may be white on black."""
        frame = _Frame(Run(""), Block(""), behind=self.page.ground)
        for above in reversed(list(self.root.iterancestors())):
            frame = self._frame(frame, above, self.page.sheet.of(above))
        return replace(frame, run=Run("", size=frame.run.size), like=Block(""), keeps_lines=False)

    def _behind(self, behind: int | None, node: Any, style: Declarations) -> int | None:
        """Give the colour behind an element: its own, else that behind what it stands in; None: not known.

        A style sheet elsewhere may colour letters for which the page says nothing.
        """
        said = style.get("background-color") or style.get("background") or node.get("bgcolor", "")
        picture = style.get("background-image", "none") != "none" or "background" in node.attrib
        shade = CLEAR if said in ("", "none", "inherit") else color(said)
        if shade == CLEAR and not picture:
            return behind
        return None if picture or (self.page.styled_elsewhere and "color" not in style) else shade

    def blocks(self) -> Iterator[Block]:
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, node in walk:
            if event == "end":
                yield from self._end(node)
                continue
            style = self.page.sheet.of(node) if isinstance(node.tag, str) else {}
            is_root = node is self.root
            if not is_root and self.page.leaves_out(node, style):
                walk.skip_subtree()
                self.frames.append(self.frames[-1])
                continue
            yield from self._start(node, style)
            if node.tag == "table" and not is_root and self.depth < DEEPEST_TABLE:
                walk.skip_subtree()
                yield from self._table(node)

    def _start(self, node: Any, style: Declarations) -> Iterator[Block]:
        tag = node.tag
        if tag in _BLOCKS:
            yield from self._flush()
        if tag in ("ul", "ol"):
            style_of_list = node.get("type", "1")[:1] if tag == "ol" else ""
            self.lists.append(_List(style_of_list, _integer(node.get("start"), 1)))
        elif tag == "li" and self.lists:
            open_list = self.lists[-1]
            number = _integer(node.get("value"), open_list.next_number)
            open_list.next_number = number + 1
            self.item = count(number, open_list.style) if open_list.style else ""
        self.frames.append(self._frame(self.frames[-1], node, style))
        self._add("\n" if tag == "br" else node.text, keep=tag == "br")

    def _frame(self, above: _Frame, node: Any, style: Declarations) -> _Frame:
        """Let an element's own look and place win over those of the elements around it."""
        tag, weight, slant = node.tag, style.get("font-weight", ""), style.get("font-style", "")
        run = Run(
            "",
            bold=(above.run.bold or tag in _BOLD or weight in _HEAVY) and weight not in ("normal", "400"),
            italic=(above.run.italic or tag in _ITALIC or slant in ("italic", "oblique"))
            and slant != "normal",
            size=font_size(style) or above.run.size,
        )
        said = style.get("color", node.get(_INK[tag], "inherit") if tag in _INK else "inherit")
        said = style.get("-webkit-text-fill-color", said)  # it lies over the colour
        ink = above.ink if said == "inherit" else color(said)
        seen = style.get("visibility", "inherit")  # what is hidden may come into sight again further in
        return _Frame(
            run=run,
            like=_place(above.like, node, style),
            ink=UNKNOWN if ink is None else ink,
            keeps_lines=above.keeps_lines or tag == "pre",
            behind=self._behind(above.behind, node, style),
            is_seen=above.is_seen if seen == "inherit" else seen == "visible",
        )

    def _end(self, node: Any) -> Iterator[Block]:
        if node.tag in _BLOCKS:
            yield from self._flush()
        was_left_out = self.frames[-1] is self.frames[-2]
        if node.tag in ("ul", "ol") and self.lists and not was_left_out:
            self.lists.pop()
        self.frames.pop()
        if node is not self.root:
            self._add(node.tail)

    def _add(self, text: str | None, *, keep: bool = False) -> None:
        if text:
            frame = self.frames[-1]
            # a line break in the source is a space on the page
            text = text if keep or frame.keeps_lines else text.replace("\n", " ")
            hidden = frame.ink == CLEAR or not frame.is_seen
            why = UNSEEN if hidden else why_unseen(frame.ink, frame.behind, frame.run.size)
            self.runs.append(replace(frame.run, text=self.page.unseen.without(why, 1, text)))

    def _flush(self) -> Iterator[Block]:
        """Close the paragraph."""
        runs, self.runs = self.runs, []
        if not any(run.text.strip() for run in runs):
            return
        like = self.frames[-1].like
        if self.lists and like.role != "heading":
            like = replace(like, role="item", level=len(self.lists) - 1, number=self.item)
            self.item = ""
        yield from paragraphs(runs, like)

    def _table(self, node: Any) -> Iterator[Block]:
        rows: list[list[GridCell]] = []
        above: dict[int, tuple[int, GridCell]] = {}
        for child in self._children(node, "tr", "thead", "tbody", "tfoot"):
            for part in (child,) if child.tag == "tr" else self._children(child, "tr"):
                rows.append(self._row(part, above))
        for caption in self._children(node, "caption"):
            yield from _Walker(self.page, caption, self.depth + 1).blocks()
        yield from table_blocks(rows)

    def _children(self, node: Any, *tags: str) -> Iterator[Any]:
        """Give the parts of a table that are text of the page."""
        parts = node.iterchildren(*tags)
        return (part for part in parts if not self.page.leaves_out(part, self.page.sheet.of(part)))

    def _row(self, node: Any, above: dict[int, tuple[int, GridCell]]) -> list[GridCell]:
        """Lay one row out; `above` has for how many further rows a column is taken by a cell above."""
        row: list[GridCell] = []
        for cell in node.iterchildren("td", "th"):
            _take_above(row, above)
            seen = not self.page.leaves_out(cell, self.page.sheet.of(cell))
            inside = _Walker(self.page, cell, self.depth + 1)
            content = GridCell(tuple(inside.blocks()) if seen else ())
            width = max(min(_integer(cell.get("colspan"), 1), MOST_SPANNED), 1)
            height = min(_integer(cell.get("rowspan"), 1), MOST_SPANNED)
            places = [content, *[GridCell(goes_on="left")] * (width - 1)]
            if height > 1:
                again = replace(content, goes_on="above")
                above.update(
                    {len(row) + i: (height - 1, again if i == 0 else p) for i, p in enumerate(places)}
                )
            row.extend(places)
        _take_above(row, above)
        return row


def _place(like: Block, node: Any, style: Declarations) -> Block:
    tag = node.tag
    if tag in _HEADINGS or (tag == "p" and node.get("class") == "MsoTitle"):
        like = replace(like, role="heading", level=_HEADINGS.get(tag, 1))
    elif (level := style.get("mso-list", "").partition("level")[2][:1]) in tuple("123456789"):
        like = replace(like, level=int(level) - 1)
    drawn = tag in _BLOCKS and style.get("border", "none").split(" ")[0] not in ("none", "0", "0px", "")
    return replace(like, boxed=True) if drawn else like


def _take_above(row: list[GridCell], above: dict[int, tuple[int, GridCell]]) -> None:
    while above.get(len(row), (0,))[0] > 0:
        rows, cell = above[len(row)]
        above[len(row)] = rows - 1, cell
        row.append(cell)


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 6 else default
