"""What of a web page is not its text: hidden or deleted words, notes, and the site around the article.

Why no library: of six invented pages trafilatura kept 33 of 36 sentences (it drops tables that lay out a
page) and one line of the site, this module 36 and one; nor does it tell what is struck or hidden.
"""

import colorsys
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from srtminer.model import STRUCK, UNSEEN, Omission
from srtminer.read.structured import FAINT, WHITE, Unseen

_NUMBER = re.compile(r"(\d{0,6}\.?\d{1,6})(%?)")
_LENGTH = re.compile(r"(-?\d{0,6}\.?\d{1,6})(pt|px|cm|mm|in|em|rem)?$")
_POINTS = {"pt": 1.0, "px": 0.75, "cm": 28.35, "mm": 2.835, "in": 72.0, "em": 12.0, "rem": 12.0, None: 0.75}
CLEAR = -1
"""The colour of letters, or of what lies behind them, that is seen through."""
_COLORS = {"transparent": CLEAR, "snow": 0xFFFAFA, "ivory": 0xFFFFF0, "whitesmoke": 0xF5F5F5, "black": 0}
_COLORS |= {"white": 0xFFFFFF, "red": 0xFF0000, "blue": 0x0000FF, "green": 0x008000}
_COLORS |= {"navy": 0x000080, "gray": 0x808080, "grey": 0x808080, "purple": 0x800080, "maroon": 0x800000}

_ESCAPED = re.compile(r"\\([0-9a-f]{1,5})\s?")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_ANY_SCREEN = frozenset(["media", "only", "screen", "all", "and", "min-width", "px", "em", "rem"])
"""What "@media" may name and hold for any reader at a desk."""
_ELSEWHERE = frozenset(["print", "keyframes", "prefers-color-scheme", "page"])
_STATES = ("hover", "focus", "active", "visited", "link", "before", "after", "placeholder")
"""Of an element under the pointer, or what stands beside its text."""
_NAME = re.compile(r"[.#]?[\w-]+|\[[\w-]+\]|:root|\*")

Declarations = Mapping[str, str]


def declarations(style: str) -> dict[str, str]:
    """Split "color: red; display:none" into names and values, both in small letters.

    What is important stands there once more, as "!display".
    """
    style = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), _without_comments(style.lower()))
    said: dict[str, str] = {}
    for part in style.split(";"):
        name, _, text = map(str.strip, part.partition(":"))
        value, _, weight = map(str.strip, text.partition("!"))
        said |= {name: value, f"!{name}": value} if weight == "important" else {name: value}
    return said


def _without_comments(css: str) -> str:
    head, *rest = css.split("/*")
    return head + "".join(part.partition("*/")[2] for part in rest)


def color(value: str) -> int | None:
    """Give the colour that a value begins with as 0xRRGGBB or `CLEAR`, None if it is not known."""
    name, _, inside = value.partition("(")
    word = value.partition(" ")[0]
    if word.startswith("#"):
        digits = word[1:] if len(word) > 5 else "".join(digit * 2 for digit in word[1:])
        if len(digits) not in (6, 8) or not set(digits) <= set("0123456789abcdef"):
            return None
        parts = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
    elif name in ("rgb", "rgba", "hsl", "hsla"):
        of = (255.0, 255.0, 255.0, 1.0) if name.startswith("rgb") else (360.0, 1.0, 1.0, 1.0)
        found = zip(_NUMBER.findall(inside.partition(")")[0]), of, strict=False)
        parts = [
            min(float(number) / (100.0 if percent else whole), 1.0) for (number, percent), whole in found
        ]
        if len(parts) > 2 and name.startswith("hsl"):
            parts[:3] = colorsys.hls_to_rgb(parts[0], parts[2], parts[1])
    else:
        return _COLORS.get(word)
    if len(parts) > 3 and parts[3] * 255 < FAINT:
        return CLEAR
    return int.from_bytes(round(part * 255) for part in parts[:3]) if len(parts) > 2 else None


def _points(value: str) -> float | None:
    """Give a length in points, None if it is none or relative to something unknown."""
    match = _LENGTH.match(value)
    return float(match[1]) * _POINTS[match[2]] if match else None


def font_size(style: Declarations) -> float | None:
    """Give the size that is set, in points; never 0, which is a size of which nothing is said."""
    said = (part.partition("/")[0] for part in (style.get("font-size") or style.get("font", "")).split())
    sizes = [_points(part) for part in said if part == "0" or not part.isdigit()]  # "700" is a weight
    known = [max(size, 0.1) for size in sizes if size is not None]
    return known[-1] if known else None


class StyleSheet:
    """The rules of a page's own style sheets: `p`, `.x`, `p.x`, `#y`, `[z]`, and those inside others."""

    def __init__(self, css: str) -> None:
        self.rules: dict[str, dict[tuple[frozenset[str], ...], dict[str, str]]] = {}
        """By a name of the element: what it, and each of those that it must stand in, are called."""
        self.not_followed: list[dict[str, str]] = []
        """What rules say that may hold: for some screens, or of elements that are chosen in other ways."""
        around: list[str] = []
        for chunk in _without_comments(css.lower().replace("<!--", "").replace("-->", "")).split("}"):
            *opened, body = chunk.split("{")
            if not opened:
                del around[-1:]
                continue
            around.extend(opened[:-1])
            when = frozenset(_WORD.findall(" ".join(around)))
            if when.isdisjoint(_ELSEWHERE) or "not" in when:
                for selector in opened[-1].rpartition(";")[2].split(","):
                    self._add(selector, declarations(body), always=when <= _ANY_SCREEN)
        by_names = (sorted(rules.items(), key=lambda rule: len(rule[0][-1])) for rules in self.rules.values())
        self.rules = dict(zip(self.rules, map(dict, by_names), strict=True))

    def _add(self, selector: str, said: dict[str, str], *, always: bool) -> None:
        if any(part.startswith(_STATES) for part in selector.split(":")[1:]):
            return
        steps = selector.replace(">", " ").split() or ["*"]
        named = [_NAME.findall(step) for step in steps]
        strange = ["".join(names) for names in named] != steps
        if not always or strange or any("var(" in value for value in said.values()):
            self.not_followed.append(said)
        else:
            rules = self.rules.setdefault(named[-1][-1], {})
            rules.setdefault(tuple(map(frozenset, named)), {}).update(said)

    def of(self, node: Any) -> Declarations:
        """Give what the page says of an element: what is important wins, then what stands at it itself."""
        found: dict[str, str] = {}
        if self.rules:
            for name in _names(node):
                for (*around, own), said in self.rules.get(name, {}).items():
                    if len(own) + len(around) == 1 or _stands_in(node, own, around):
                        found.update(said)
        style = node.get("style")
        found |= declarations(style) if style else {}
        return found | {name[1:]: value for name, value in found.items() if name.startswith("!")}


def _names(node: Any) -> list[str]:
    """Give the selectors of an element alone, the most general first."""
    tag, classes = node.tag, node.get("class", "").lower().split()
    names = ["*", ":root" if tag == "html" else "", tag, *(f".{name}" for name in classes)]
    return [*names, *(f"[{name}]" for name in node.attrib), f"#{node.get('id', '').lower()}"]


def _stands_in(node: Any, own: frozenset[str], around: list[frozenset[str]]) -> bool:
    """Tell whether an element has names and stands inside others, the outermost first."""
    left = list(around)
    if own.issubset(_names(node)):
        for above in node.iterancestors():
            if left and left[-1].issubset(_names(above)):
                left.pop()
        return not left
    return False


_HIDING = re.compile(
    r"display:none|mso-hide:all|content-visibility:hidden|(?:opacity|zoom|scale):(?:0(?:\.0\d*)?|\.0\d*)%?$"
    r"|(?:transform|filter|clip-path|clip):[^;]{0,99}(?:scale[xy]?|opacity|circle|rect)\("
    r"(?:[01]px|[0 ,.%])+\)|clip-path:inset\((?:50|100)%|filter:[^;]{0,99}blur\((?:[2-9]|\d\d)"
    r"|(?:left|right|top|bottom|text-indent|margin-left|transform:translate[xy]?\():?-\d{3}(?:\d|em)"
)
"""Declarations that hide an element, whatever stands in it."""
MAY_HIDE = "style rule that may hide text and is not followed"
NAVIGATION, NOTE, COMMENT = "navigation", "footnote", "comment"

_SILENT_TAGS = (
    "head script style noscript template svg math iframe noframes noembed object canvas audio video title"
    " datalist rp"
)
_SILENT = frozenset(_SILENT_TAGS.split())
_SITE = frozenset(["nav", "footer", "aside", "form", "button", "select", "dialog", "menu"])
_SITE_ROLES = frozenset(["navigation", "banner", "search", "contentinfo", "complementary", "dialog"])
_SITE_NAMES = re.compile(
    r"cookie|consent|onetrust|breadcrumb|(?:^|[\s_-])(?:related|share|sharing|social|newsletter|pagination"
    r"|sidebar|widget|menu|navbar|masthead|footer|comments|copyright|skip)(?=$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN_NAMES = frozenset(["visually-hidden", "govuk-visually-hidden", "sr-only"])
"""Why: what only screen readers say ("opens in a new tab") is not on the page; frameworks name it so."""
_WORD_NOTES = ("footnote-list", "endnote-list", "footnote", "endnote")
_NOTE_ROLES = ("doc-endnotes", "doc-footnote", "doc-endnote")
_LISTS_OF_LINKS = frozenset(["ul", "ol", "div", "section", "p", "td"])
FEWEST_LINKS = 3
SHARE_OF_LINKS = 0.8
"""Of the letters of a part that leads elsewhere, how many are links'."""
LARGEST_SITE_PART = 0.4
"""Of a page's letters; a larger part is no cookie banner, whatever its class is called."""


class WebPage:
    """What is known of a whole page, and what was left out of it."""

    def __init__(self, root: Any) -> None:
        styles = [node for node in root.iter("style") if node.get("media") != "print"]
        self.sheet = StyleSheet("\n".join("".join(node.itertext()) for node in styles))
        others = self.sheet.not_followed
        self.may_hide = sum(may_hide(said) for said in others)
        self.styled_elsewhere = any("stylesheet" in node.get("rel", "") for node in root.iter("link"))
        unknown = self.styled_elsewhere or any("background" in " ".join(said) for said in others)
        self.ground = None if unknown else WHITE
        """The colour of the page, None where rules that are not followed may say it."""
        self.unseen = Unseen()
        self.left_out: Counter[str] = Counter()
        """Lines of text in navigation, notes and comments."""
        self.sizes: dict[Any, tuple[int, int, int]] = {}
        """Of an element: letters, letters in links, number of links that end like titles, not sentences."""
        for _, node in etree.iterwalk(root, events=("end",)):
            self.sizes[node] = self._size(node)
        self.letters = self.sizes[root][0]

    def omissions(self) -> tuple[Omission, ...]:
        """Tell what was left out, and rules that may hide text."""
        parts = (Omission(what, 1, lines) for what, lines in sorted(self.left_out.items()))
        hiding = (Omission(MAY_HIDE, 1, self.may_hide),) if self.may_hide else ()
        return (*parts, *self.unseen.omissions(), *hiding)

    def leaves_out(self, node: Any, style: Declarations) -> bool:
        """Tell whether an element is no text of the page, and count what is left out."""
        if not isinstance(node.tag, str) or node.tag in _SILENT:
            return True
        why = _unseen(node, style)
        if why:
            self.unseen.add(why, 1, " ".join(_words_in(node)))
            return True
        why = _apart(node, style) or (NAVIGATION if self._is_site(node) else "")
        if why.strip():
            self.left_out[why] += sum(bool(text.strip()) for text in _words_in(node))
        return bool(why)

    def shows(self, node: Any) -> bool:
        """Tell an element from one that is hidden or deleted, in itself or with what it stands in."""
        return not any(_unseen(part, self.sheet.of(part)) for part in (node, *node.iterancestors()))

    def _size(self, node: Any) -> tuple[int, int, int]:
        if not isinstance(node.tag, str) or node.tag in _SILENT:
            return 0, 0, 0
        letters, linked, titles = len((node.text or "").strip()), 0, 0
        for child in node.iterchildren():
            below = self.sizes.get(child, (0, 0, 0))
            letters += below[0] + len((child.tail or "").strip())
            linked, titles = linked + below[1], titles + below[2]
        if node.tag == "a" and letters and not node.get("href", "#").startswith("#"):
            return letters, letters, 1 if not "".join(node.itertext()).strip().endswith(".") else 0
        return letters, linked, titles

    def _is_site(self, node: Any) -> bool:
        # a site's banner, not the header of an article, which holds its title
        is_banner = node.tag == "header" and node.find(".//h1") is None
        if node.tag in _SITE or node.get("role") in _SITE_ROLES or is_banner:
            return True
        letters, linked, titles = self.sizes[node]
        named = _SITE_NAMES.search(f"{node.get('class', '')} {node.get('id', '')}")
        # related links and menus: several links and hardly anything else
        leads_elsewhere = titles >= FEWEST_LINKS and linked >= SHARE_OF_LINKS * letters
        is_site = named or (node.tag in _LISTS_OF_LINKS and leads_elsewhere)
        return bool(is_site) and letters <= LARGEST_SITE_PART * self.letters


def _unseen(node: Any, style: Declarations) -> str:
    line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if node.tag in ("del", "s", "strike") or "line-through" in line:
        return STRUCK
    named = not _UNSEEN_NAMES.isdisjoint(node.get("class", "").split())
    return UNSEEN if named or "hidden" in node.attrib or "popover" in node.attrib or hides(style) else ""


def _apart(node: Any, style: Declarations) -> str:
    """Tell notes and comments, as Word saves them and web pages mark them; " " for the marks of notes."""
    element, classes = style.get("mso-element", ""), node.get("class", "").split()
    if element.startswith("comment") or "MsoCommentReference" in classes:
        return COMMENT
    if element in _WORD_NOTES or node.get("role") in _NOTE_ROLES or "footnotes" in classes:
        return NOTE
    # a raised link to a place in the same page, "[1]", or what Word makes of it
    link = node.find(".//a") if node.tag == "sup" else node if node.tag == "a" else None
    target = link.get("href", "") if link is not None else ""
    return " " if target.startswith("#" if node.tag == "sup" else "#_ftn") else ""


def hides(style: Declarations) -> bool:
    """Tell what takes all of an element out of sight: not drawn, seen through, shrunk, cut or moved off."""
    if any(_HIDING.match(f"{name}:{value}") for name, value in style.items()):
        return True
    sizes = (_points(style.get(name, "")) for name in ("height", "max-height", "width"))
    cut = style.get("overflow", "").startswith(("hidden", "clip"))
    return cut and any(size is not None and size < 1 for size in sizes)


def may_hide(said: Declarations) -> bool:
    """Tell a rule that hides what it holds for, or names a variable that may."""
    shown = said.get("display", "") + said.get("visibility", "")
    return hides(said) or "hidden" in shown or "var(" in shown


def _words_in(node: Any) -> Iterator[str]:
    """Give the texts in an element, those of scripts left out."""
    if node.tag not in _SILENT:
        for child in node.iter():
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                yield child.text or ""
            if child is not node:
                yield child.tail or ""
