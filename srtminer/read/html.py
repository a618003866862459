"""HTML files, parsed by lxml; nothing is fetched, run or expanded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from srtminer.model import Omission, Review, Skipped
from srtminer.read.characters import clean
from srtminer.read.compose import compose
from srtminer.read.decode import NotText, decode
from srtminer.read.structured import Element, drop_contents, split_breaks, table_elements, to_blocks

NAVIGATION = "navigation"

_SILENT = frozenset(
    ["head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas"]
)
_FURNITURE = frozenset(["nav", "footer", "aside", "form", "button", "select", "dialog", "menu"])
_FURNITURE_ROLES = frozenset(["navigation", "banner", "search", "contentinfo", "complementary", "dialog"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TABLE_PARTS = ("table", "tbody", "td", "tfoot", "th", "thead", "tr", "caption")
_TEXT_PARTS = ("address", "blockquote", "center", "dd", "dl", "dt", "hr", "li", "ol", "p", "pre", "ul")
_PAGE_PARTS = (
    "article",
    "body",
    "details",
    "div",
    "fieldset",
    "figcaption",
    "figure",
    "header",
    "html",
    "legend",
)
_BLOCKS = frozenset([*_TABLE_PARTS, *_TEXT_PARTS, *_PAGE_PARTS, *_HEADINGS, "main", "section", "summary"])
_BOLD = frozenset(["b", "strong"])
MOST_SPANNED = 100
"""Columns or rows that one cell may span; larger numbers are mistakes or attacks."""


def read_html(path: Path) -> Review | Skipped:
    """Read an HTML file; what is no text, or shows none, is skipped with its reason."""
    try:
        elements, dropped = html_elements(decode(path.read_bytes()))
    except OSError as error:
        return Skipped(str(path), f"cannot be read: {error.strerror}")
    except NotText as error:
        return Skipped(str(path), f"{path.name} is not text: {error}")
    elements, contents = drop_contents(elements)
    review = compose(
        to_blocks(elements),
        source=str(path),
        format="html",
        page_count=1,
        omissions=(*contents, Omission(NAVIGATION, 1, dropped)) if dropped else contents,
    )
    return (
        review
        if review.text
        else Skipped(str(path), "it shows no text (only scripts, pictures or navigation)")
    )


def html_elements(text: str) -> tuple[tuple[Element, ...], int]:
    """Give the headings, paragraphs, list items and table rows of a page, and how many lines were navigation.

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
        return (), 0
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise NotText("its elements are nested too deeply")
    if root is None:
        return (), 0
    mains = root.findall(".//main")
    walker = _Walker(mains[0] if len(mains) == 1 else root)
    return tuple(walker.elements()), walker.dropped


@dataclass
class _List:
    """An open list; `style` is the type of an ordered one ("1", "a", "i"), empty for bullets."""

    style: str
    next_number: int


class _Walker:
    """Goes through the tree once without recursion, so that deep nesting costs nothing."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.lists: list[_List] = []
        self.parts: list[tuple[str, bool]] = []
        self.bold = 0
        self.heading = 0
        self.number = ""
        self.dropped = 0
        """Lines of text in navigation."""

    def elements(self) -> Iterator[Element]:
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, node in walk:
            tag = node.tag
            skipped = event == "start" and node is not self.root and self._is_skipped(node)
            table = _grid(node) if event == "start" and tag == "table" and not skipped else ()
            if skipped or table:
                walk.skip_subtree()
            if table:
                yield from self._flush()
                yield from table_elements(table)
            elif event == "start" and not skipped:
                yield from self._start(node, tag)
            elif event == "end":
                yield from self._end(tag)
            if event == "end" and node is not self.root:
                self._add(node.tail)

    def _is_skipped(self, node: etree._Element) -> bool:
        if node.tag in _SILENT or "hidden" in node.attrib or node.get("aria-hidden") == "true":
            return True
        if node.tag in _FURNITURE or node.get("role") in _FURNITURE_ROLES or _is_page_header(node):
            self.dropped += sum(bool(text.strip()) for text in node.itertext())
            return True
        return "display:none" in node.get("style", "").replace(" ", "").lower()

    def _start(self, node: etree._Element, tag: str) -> Iterator[Element]:
        if tag in _BLOCKS:
            yield from self._flush()
        if tag in ("ul", "ol"):
            style = node.get("type", "1")[:1] if tag == "ol" else ""
            self.lists.append(_List(style, _integer(node.get("start"), 1)))
        elif tag == "li":
            self._start_item(node)
        elif tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        elif tag == "br":
            self.parts.append(("\n", bool(self.bold)))
        self.bold += tag in _BOLD
        self._add(node.text)

    def _start_item(self, node: etree._Element) -> None:
        if self.lists:
            number = _integer(node.get("value"), self.lists[-1].next_number)
            self.lists[-1].next_number = number + 1
            self.number = count(number, self.lists[-1].style) if self.lists[-1].style else ""

    def _end(self, tag: str) -> Iterator[Element]:
        if tag in _BLOCKS:
            yield from self._flush()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in _HEADINGS:
            self.heading = 0
        self.bold -= tag in _BOLD

    def _add(self, text: str | None) -> None:
        if text:
            # a line break in the source is a space on the page
            self.parts.append((text.replace("\n", " "), bool(self.bold)))

    def _flush(self) -> Iterator[Element]:
        """Close the paragraph."""
        bold = all(is_bold for text, is_bold in self.parts if text.strip())
        text = "".join(text for text, _ in self.parts)
        self.parts.clear()
        for paragraph in split_breaks(text):
            yield self._element(paragraph, bold)

    def _element(self, text: str, bold: bool) -> Element:
        if self.heading:
            return Element(text, "heading", self.heading)
        if not self.lists:
            return Element(text, bold=bold)
        number, self.number = self.number, ""
        return Element(text, "item", len(self.lists) - 1, number)


def _is_page_header(node: etree._Element) -> bool:
    """Tell a site's banner from the header of an article, which holds its title."""
    return node.tag == "header" and node.find(".//h1") is None


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 6 else default


def count(number: int, style: str) -> str:
    """Write the number of a list item in its list's style: "1", "a", "A", "i" or "I"."""
    if style in ("a", "A") and number > 0:
        letters = chr(ord(style) + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if len(letters) < 4 else str(number)
    if style in ("i", "I") and 0 < number < 400:
        return roman(number) if style == "i" else roman(number).upper()
    return str(number)


def roman(number: int) -> str:
    """Write 1 to 399 in small roman numerals."""
    hundreds, rest = divmod(number, 100)
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")[rest // 10]
    return "c" * hundreds + tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[rest % 10]


def _grid(table: etree._Element) -> Sequence[Sequence[str]]:
    """Give the cells of a data table, spans filled with empty cells.

    A table that lays out a page (a table in it, or one column) gives nothing.
    """
    if table.find(".//table") is not None:
        return ()
    rows: list[list[str]] = []
    below: dict[int, int] = {}
    for node in table.iter("tr"):
        rows.append(_grid_row(node, below))
    return rows if max(map(len, rows), default=0) > 1 else ()


def _grid_row(node: etree._Element, below: dict[int, int]) -> list[str]:
    """Lay one row out; `below` says for how many further rows a column is taken by a cell above."""
    row: list[str] = []
    for cell in node.iterchildren("td", "th"):
        _skip_taken(row, below)
        width = min(_integer(cell.get("colspan"), 1), MOST_SPANNED)
        height = min(_integer(cell.get("rowspan"), 1), MOST_SPANNED)
        for column in range(len(row), len(row) + max(width, 1)):
            below[column] = height - 1
        row.extend([_cell_text(cell), *[""] * (width - 1)])
    _skip_taken(row, below)
    return row


def _skip_taken(row: list[str], below: dict[int, int]) -> None:
    while below.get(len(row), 0) > 0:
        below[len(row)] -= 1
        row.append("")


def _cell_text(cell: etree._Element) -> str:
    parts: list[str] = []
    for node in cell.iter():
        if node.tag in _BLOCKS or node.tag == "br":
            parts.append(" ")
        if node.tag not in _SILENT:
            parts.append(node.text or "")
        if node is not cell:
            parts.append(node.tail or "")
    return clean("".join(parts).replace("\n", " "))
