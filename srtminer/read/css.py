"""The few style rules that decide what of a web page is seen and how it looks. Nothing is fetched."""

import re
from collections.abc import Mapping
from typing import Any

_COLOR = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})$|rgb\((\d{1,3}),\s?(\d{1,3}),\s?(\d{1,3})\)$")
_LENGTH = re.compile(r"(-?\d{0,6}\.?\d{1,6})(pt|px|cm|mm|in|em|rem)?$")
_POINTS = {"pt": 1.0, "px": 0.75, "cm": 28.35, "mm": 2.835, "in": 72.0, "em": 12.0, "rem": 12.0, None: 0.75}
_COLORS = {"black": 0, "white": 0xFFFFFF, "red": 0xFF0000, "blue": 0x0000FF, "green": 0x008000}
_COLORS |= {"navy": 0x000080, "gray": 0x808080, "grey": 0x808080, "purple": 0x800080, "maroon": 0x800000}

Declarations = Mapping[str, str]


def declarations(style: str) -> dict[str, str]:
    """Split "color: red; display:none" into names and values, both in small letters."""
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def color(value: str) -> int | None:
    """Give a colour as 0xRRGGBB, None if it is not known."""
    match = _COLOR.match(value)
    if match is None:
        return _COLORS.get(value)
    if match[1]:
        return int(match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1]), 16)
    red, green, blue = (min(int(part), 255) for part in match.groups()[1:])
    return red << 16 | green << 8 | blue


def points(value: str) -> float | None:
    """Give a length in points, None if it is none or relative to something unknown."""
    match = _LENGTH.match(value)
    return float(match[1]) * _POINTS[match[2]] if match else None


class Sheet:
    """The rules of a page's own style sheets: `p`, `.x`, `p.x`, `#y`, and those inside others: `#y p .x`."""

    def __init__(self, css: str) -> None:
        self.rules: dict[str, dict[tuple[str, ...], dict[str, str]]] = {}
        """By the element itself, then by what it must stand in, the outermost first."""
        depth = 0
        for chunk in _without_comments(css).split("}"):
            opened = chunk.count("{")
            if depth == 0 and opened == 1:
                selectors, _, body = chunk.partition("{")
                for selector in selectors.lower().split(","):
                    *around, own = selector.replace(">", " ").split() or [""]
                    rules = self.rules.setdefault(own, {})
                    rules.setdefault(tuple(around), {}).update(declarations(body))
            depth = max(depth + opened - 1, 0)  # rules inside @media are for other media than the screen

    def of(self, node: Any) -> Declarations:
        """Give what the page says of an element; what stands at the element itself wins."""
        found: dict[str, str] = {}
        if self.rules:
            for name in _names(node):
                for around, said in self.rules.get(name, {}).items():
                    if not around or _stands_in(node, around):
                        found.update(said)
        style = node.get("style")
        return found | declarations(style) if style else found


def _names(node: Any) -> list[str]:
    """Give the selectors of an element alone, the most general first."""
    tag, classes = node.tag, node.get("class", "").lower().split()
    names = [tag, *(f".{name}" for name in classes), *(f"{tag}.{name}" for name in classes)]
    return [*names, f"#{node.get('id', '').lower()}"]


def _stands_in(node: Any, around: tuple[str, ...]) -> bool:
    """Tell whether an element stands inside others, the outermost first."""
    left = list(around)
    for above in node.iterancestors():
        if left and left[-1] in _names(above):
            left.pop()
    return not left


def _without_comments(css: str) -> str:
    head, *rest = css.replace("<!--", "").replace("-->", "").split("/*")
    return head + "".join(part.partition("*/")[2] for part in rest)
