"""What Word's styles say of a paragraph and its runs: heading, list, contents, look, hidden or struck."""

import re
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from srtminer.read.structured import UNKNOWN, WHITE
from srtminer.text.names import count

LONGEST_CHAIN = 20
"""Styles that are based on each other; a longer chain is a loop."""
AUTOMATIC = -1
"""Of letters: black, or white on a dark shade."""
_NAMES = "black white yellow red blue green cyan magenta lightgray darkblue darkred darkgreen darkgray"
_COLORS = "000000 FFFFFF FFFF00 FF0000 0000FF 00FF00 00FFFF FF00FF C0C0C0 000080 800000 008000 808080"
_HIGHLIGHTS = dict(zip(_NAMES.split(), (int(color, 16) for color in _COLORS.split()), strict=True))
_HIGHLIGHTS |= {"darkcyan": 0x008080, "darkmagenta": 0x800080, "darkyellow": 0x808000}
_TOGGLES = {name: qn(f"w:{name}") for name in ("b", "i", "strike", "vanish")}
_LIGHT = ("background1", "light1", "bg1", "lt1")
"""Names of a theme's colour that is white."""
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


@dataclass(frozen=True, slots=True)
class Look:
    """How runs are set; a style's is what its runs inherit."""

    b: bool = False
    i: bool = False
    strike: bool = False
    vanish: bool = False
    color: int = AUTOMATIC
    size: float = 0.0
    """In points, 0 where nobody says."""
    narrow: float = 1.0
    """Width of the letters beside their usual one."""
    behind: int | None = None
    """The colour behind the letters, None for that of the page."""
    highlighted: bool = False
    """Whether that is a highlight: automatic letters stay black on it, and turn white on a dark shade."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph inherits and says itself."""

    heading: int = 0
    """1 is the highest, 0 is none."""
    list_id: str = ""
    depth: int = 0
    """Of the list, from 0."""
    is_contents: bool = False
    boxed: bool = False
    look: Look = Look()


class Styles:
    """The styles of a document by their id, with those they are based on."""

    def __init__(self, styles: Any | None) -> None:
        found = () if styles is None else styles.iter(qn("w:style"))
        self.nodes = {node.get(qn("w:styleId")): node for node in found}
        usual = (node for node in self.nodes.values() if node.get(qn("w:default")) == "1")
        self.usual = {node.get(qn("w:type")): node.get(qn("w:styleId")) for node in usual}
        path = f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        defaults = None if styles is None else styles.find(path)
        self.plain = Style(look=own_look(Look(), defaults))
        self.known: dict[str, Style] = {}

    def of(self, paragraph: Any) -> Style:
        """Give the style of a paragraph; what it says itself wins."""
        properties = paragraph.find(qn("w:pPr"))
        name = value(properties, "w:pStyle") or self.usual.get("paragraph", "")
        return _with_own(self.named(name), properties)

    def look(self, run: Any, style: Style) -> Look:
        """Give the look of a run in a paragraph of a style: its character style's, then its own."""
        properties = run.find(qn("w:rPr"))
        look = style.look
        for node in self._chain(value(properties, "w:rStyle")):
            look = own_look(look, node.find(qn("w:rPr")))
        return own_look(look, properties)

    def named(self, name: str) -> Style:
        """Give the style of that id."""
        if name not in self.known:
            style = self.plain
            for node in self._chain(name):
                called = value(node, "w:name").lower()
                heading = 1 if called == "title" else style.heading
                if called[:8] == "heading " and called[8:] in tuple("123456789"):
                    heading = int(called[8:])
                is_contents = style.is_contents or called.startswith(("toc ", "table of figures"))
                style = replace(style, heading=heading, is_contents=is_contents)
                style = _with_own(style, node.find(qn("w:pPr")))
                style = replace(style, look=own_look(style.look, node.find(qn("w:rPr"))))
            self.known[name] = style
        return self.known[name]

    def shades(self, table: Any) -> bool:
        """Tell whether a table, one of its rows, or its style says of some colour behind cells."""
        own = table.find(qn("w:tblPr"))
        rows = table.iterfind(f"{qn('w:tr')}/{qn('w:tblPrEx')}")
        style = self._chain(value(own, "w:tblStyle") or self.usual.get("table", ""))
        said = (node for node in (own, *rows, *style) if node is not None)
        return any(node.find(f".//{qn('w:shd')}") is not None for node in said)

    def _chain(self, name: str) -> list[Any]:
        """Give the nodes of a style and of those it is based on, the most general first."""
        chain: list[Any] = []
        while name in self.nodes and len(chain) < LONGEST_CHAIN:
            chain.append(self.nodes[name])
            name = value(chain[-1], "w:basedOn")
        return chain[::-1]


def own_look(look: Look, properties: Any | None) -> Look:
    """Let run properties win over what is inherited."""
    if properties is None:
        return look
    said = {
        name: is_on(switch) for name, tag in _TOGGLES.items() if (switch := properties.find(tag)) is not None
    }
    if (double := properties.find(qn("w:dstrike"))) is not None:
        said["strike"] = said.get("strike", False) or is_on(double)
    return replace(
        look,
        size=_number(properties, "w:sz", 2 * look.size) / 2,
        narrow=_number(properties, "w:w", 100 * look.narrow) / 100,
        **(said | _ink(properties) | _behind(properties)),
    )


def _number(properties: Any, name: str, otherwise: float) -> float:
    found = value(properties, name).removesuffix("%")
    return int(found) if found.isascii() and found.isdecimal() and len(found) < 5 else otherwise


def _ink(properties: Any) -> dict[str, Any]:
    """Give the colour that letters are said to have, or that they are not filled: a filling lies over it."""
    outlined = properties.find(f"{_WORD_2010}textOutline/{_WORD_2010}solidFill") is not None
    if not outlined and properties.find(f"{_WORD_2010}textFill/{_WORD_2010}noFill") is not None:
        return {"vanish": True}
    color = properties.find(qn("w:color"))
    theme = color.get(qn("w:themeColor"), "") if color is not None else ""
    name = value(properties, "w:color")
    for node in properties.iterfind(f"{_WORD_2010}textFill/{_WORD_2010}solidFill/*"):
        name = theme = node.get(f"{_WORD_2010}val", "")
    automatic = WHITE if theme in _LIGHT else AUTOMATIC
    return {"color": _color(name, automatic)} if name else {}


def _color(text: str, otherwise: int) -> int:
    return int(text, 16) if re.fullmatch("[0-9A-Fa-f]{6}", text) else otherwise


def _behind(properties: Any) -> dict[str, Any]:
    """Give what is said of the colour behind the letters, or nothing; a highlight lies over a shade."""
    if (highlight := value(properties, "w:highlight")) not in ("", "none"):
        return {"behind": _HIGHLIGHTS.get(highlight.lower(), UNKNOWN), "highlighted": True}
    shade = fill(properties)
    return {"behind": shade} if shade not in (AUTOMATIC, WHITE) else {}


def fill(properties: Any | None) -> int:
    """Give the colour of a shade that run, paragraph or cell properties name."""
    shade = properties.find(qn("w:shd")) if properties is not None else None
    if shade is None:
        return AUTOMATIC
    pattern = shade.get(qn("w:val"), "clear")
    if pattern == "solid":  # it leaves nothing of the filling, and is black if automatic
        return _color(shade.get(qn("w:color"), "auto"), 0)
    if pattern not in ("clear", "nil"):
        return UNKNOWN
    name = shade.get(qn("w:fill"), "auto")
    return AUTOMATIC if name.lower() == "auto" else _color(name, UNKNOWN)


def is_on(switch: Any | None) -> bool:
    """Tell whether a switch such as `w:b` is there and not turned off."""
    return switch is not None and switch.get(qn("w:val"), "1") not in ("0", "false", "off")


def value(node: Any | None, name: str) -> str:
    """Give the value of a child, or an empty string."""
    child = node.find(qn(name)) if node is not None else None
    return str(child.get(qn("w:val"), "")) if child is not None else ""


def _with_own(style: Style, properties: Any | None) -> Style:
    """Let a paragraph's or style's own properties win; Word's outline level 9 is body text."""
    if properties is None:
        return style
    outline, numbering = value(properties, "w:outlineLvl"), properties.find(qn("w:numPr"))
    heading = (int(outline) + 1) % 10 if outline.isdecimal() else style.heading
    list_id = value(numbering, "w:numId") or style.list_id
    depth = value(numbering, "w:ilvl")
    look = replace(style.look, **_behind(properties))
    return replace(
        style,
        heading=heading,
        list_id="" if list_id == "0" else list_id,
        depth=min(int(depth), 8) if depth.isdecimal() else style.depth,
        boxed=style.boxed
        or look.behind is not None
        or properties.find(f"{qn('w:pBdr')}/{qn('w:left')}") is not None,
        look=look,
    )


DEEPEST = 9
"""Word's lists have nine levels."""
_STYLES = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "bullet": "",
    "none": "",
}
_PLACEHOLDER = re.compile(r"%([1-9])")
_AROUND = " .:()[]\t-–"

Level = tuple[str, str, int]
"""Of a list: the style as in `count`, empty for bullets; the text, like "%1.%2."; where it starts."""


class Lists:
    """Counts the paragraphs of each list, as Word does when it shows the document."""

    def __init__(self, numbering: Any | None) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.keys: dict[str, str] = {}
        """Which lists count on with each other: those of one key."""
        self.counts: dict[str, list[int]] = {}
        if numbering is None:
            return
        definitions = {
            node.get(qn("w:abstractNumId")): _levels(node) for node in numbering.iter(qn("w:abstractNum"))
        }
        for node in numbering.iter(qn("w:num")):
            number, abstract = node.get(qn("w:numId")), value(node, "w:abstractNumId")
            if number is not None and abstract:
                # lists of one definition count on together, unless one of them says where it starts
                apart = node.find(f".//{qn('w:startOverride')}") is not None
                self.keys[number] = f"{abstract}/{number}" if apart else abstract
                self.levels[number] = {**definitions.get(abstract, {}), **_levels(node)}

    def next(self, number: str, depth: int) -> str | None:
        """Count a paragraph and give its number, empty for a bullet; None outside any list."""
        levels = self.levels.get(number, {})
        if depth not in levels:
            return None
        style, text, start = levels[depth]
        counts = self.counts.setdefault(self.keys[number], [0] * DEEPEST)
        counts[depth] = counts[depth] + 1 if counts[depth] else start
        counts[depth + 1 :] = [0] * (DEEPEST - depth - 1)

        def write(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            style, _, start = levels.get(place, levels[depth])
            return count(counts[place] or start, style or "1")

        return _PLACEHOLDER.sub(write, text).strip(_AROUND) if style else ""


def _levels(node: Any) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for level in node.iter(qn("w:lvl")):
        depth, start = level.get(qn("w:ilvl"), "0"), value(level, "w:start")
        style = _STYLES.get(value(level, "w:numFmt") or "decimal", "1")
        place = min(int(depth), DEEPEST - 1) if depth.isdecimal() else 0
        levels[place] = style, value(level, "w:lvlText"), int(start) if start.isdecimal() else 1
    return levels
