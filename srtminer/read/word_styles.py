"""What Word's paragraph styles say of a paragraph: heading level, list, contents."""

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"heading ([1-9])$")
LONGEST_CHAIN = 20
"""Styles that are based on each other; a longer chain is a loop."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph inherits and says itself."""

    heading: int = 0
    """1 is the highest, 0 is none."""
    list_id: str = ""
    depth: int = 0
    """Of the list, from 0."""
    is_contents: bool = False


class Styles:
    """The paragraph styles of a document by their id, with those they are based on."""

    def __init__(self, styles: Any) -> None:
        self.nodes = {node.get(qn("w:styleId")): node for node in styles.iter(qn("w:style"))}
        self.known: dict[str, Style] = {}

    def of(self, paragraph: Any) -> Style:
        """Give the style of a paragraph; what it says itself wins."""
        properties = paragraph.find(qn("w:pPr"))
        base = self._named(_value(properties, "w:pStyle"))
        return _with_own(base, properties)

    def _named(self, name: str) -> Style:
        if name not in self.known:
            self.known[name] = self._resolve(name)
        return self.known[name]

    def _resolve(self, name: str) -> Style:
        chain: list[Any] = []
        while name in self.nodes and len(chain) < LONGEST_CHAIN:
            chain.append(self.nodes[name])
            name = _value(chain[-1], "w:basedOn")
        style = Style()
        for node in reversed(chain):
            style = _with_own(_with_name(style, _value(node, "w:name").lower()), node.find(qn("w:pPr")))
        return style


def _with_name(style: Style, name: str) -> Style:
    match = _HEADING.match(name)
    heading = int(match[1]) if match else 1 if name == "title" else style.heading
    is_contents = style.is_contents or name.startswith(("toc ", "table of figures"))
    return Style(heading, style.list_id, style.depth, is_contents)


def _with_own(style: Style, properties: Any | None) -> Style:
    """Let a paragraph's or style's own properties win; Word's outline level 9 is body text."""
    if properties is None:
        return style
    outline, numbering = _value(properties, "w:outlineLvl"), properties.find(qn("w:numPr"))
    heading = (int(outline) + 1) % 10 if outline.isdecimal() else style.heading
    list_id = _value(numbering, "w:numId") or style.list_id
    depth = _value(numbering, "w:ilvl")
    return Style(
        heading=heading,
        list_id="" if list_id == "0" else list_id,
        depth=min(int(depth), 8) if depth.isdecimal() else style.depth,
        is_contents=style.is_contents,
    )


def _value(node: Any | None, name: str) -> str:
    child = node.find(qn(name)) if node is not None else None
    return str(child.get(qn("w:val"), "")) if child is not None else ""
