"""The numbers that Word counts by itself: what numbering.xml says, applied paragraph by paragraph."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from srtminer.model import MarkName
from srtminer.read.html import count, list_mark
from srtminer.read.word_styles import indent, value

DEEPEST = 9
"""Word's lists have nine levels."""

_STYLES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_PLACEHOLDER = re.compile(r"%([1-9])")
_AROUND = " .:()[]\t-–"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `style` as in `count`, empty for bullets; `text` is like "%1.%2."."""

    style: str
    text: str
    start: int
    indent: float = 0.0
    """Of the first line, in points."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a list puts before a paragraph: empty for a bullet, without closing mark."""

    number: str
    mark: MarkName
    indent: float


class Lists:
    """Counts the paragraphs of each list, as Word does when it shows the document."""

    def __init__(self, numbering: Any | None) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.keys: dict[str, str] = {}
        """Which lists count on with each other: those of one key."""
        self.counts: dict[str, list[int]] = {}
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Any) -> None:
        definitions = {
            node.get(qn("w:abstractNumId")): _levels(node) for node in numbering.iter(qn("w:abstractNum"))
        }
        for node in numbering.iter(qn("w:num")):
            number, link = node.get(qn("w:numId")), node.find(qn("w:abstractNumId"))
            abstract = link.get(qn("w:val")) if link is not None else None
            if number is not None and abstract is not None:
                self.keys[number] = _own_key(node, number, abstract)
                self.levels[number] = {**definitions.get(abstract, {}), **_levels(node)}

    def next(self, number: str, depth: int) -> Counted | None:
        """Count a paragraph and give what is printed before it; None outside any list."""
        levels = self.levels.get(number, {})
        level = levels.get(depth)
        if level is None:
            return None
        counts = self.counts.setdefault(self.keys[number], [0] * DEEPEST)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (DEEPEST - depth - 1)
        return Counted(_printed(level, levels, counts), list_mark(level.style), level.indent)


def _printed(level: Level, levels: Mapping[int, Level], counts: list[int]) -> str:
    if not level.style:
        return ""

    def write(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        shown = levels.get(depth, level)
        return count(counts[depth] or shown.start, shown.style or "1")

    return _PLACEHOLDER.sub(write, level.text).strip(_AROUND)


def _own_key(node: Any, number: str, abstract: str) -> str:
    """Lists of one definition count on together, unless one of them says where it starts."""
    return f"{abstract}/{number}" if node.find(f".//{qn('w:startOverride')}") is not None else abstract


def _levels(node: Any) -> dict[int, Level]:
    return {_depth(level): _level(level) for level in node.iter(qn("w:lvl"))}


def _depth(level: Any) -> int:
    value = level.get(qn("w:ilvl"), "0")
    return min(int(value), DEEPEST - 1) if value.isdecimal() else 0


def _level(level: Any) -> Level:
    kind = value(level, "w:numFmt") or "decimal"
    style = "" if kind in ("bullet", "none") else _STYLES.get(kind, "1")
    start = value(level, "w:start")
    first_line = indent(level.find(qn("w:pPr")), None) or 0.0
    return Level(style, value(level, "w:lvlText"), int(start) if start.isdecimal() else 1, first_line)
