"""What of a web page is not its text: hidden or deleted words, notes, and the site around the article.

Why no library: of six invented pages trafilatura kept 33 of 36 sentences (it drops tables that lay out a
page) and one line of the site, this module 36 and one; nor does it tell what is struck or hidden.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from srtminer.model import STRUCK, UNSEEN

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
        head, *rest = css.replace("<!--", "").replace("-->", "").split("/*")
        css = head + "".join(part.partition("*/")[2] for part in rest)
        for chunk in css.split("}"):
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


NAVIGATION, NOTE, COMMENT = "navigation", "footnote", "comment"

_SILENT = frozenset(
    ["head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas"]
)
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
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
FEWEST_LINKS = 3
SHARE_OF_LINKS = 0.8
"""Of the letters of a part that leads elsewhere, how many are links'."""
LARGEST_SITE_PART = 0.4
"""Of a page's letters; a larger part is no cookie banner, whatever its class is called."""


class WebParts:
    """Judges the elements of one page; sizes are counted once."""

    def __init__(self, root: Any) -> None:
        self.sizes: dict[Any, tuple[int, int, int]] = {}
        """Of an element: letters, letters in links, number of links that end like titles, not sentences."""
        for _, node in etree.iterwalk(root, events=("end",)):
            self.sizes[node] = self._size(node)
        self.letters = self.sizes[root][0]

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

    def why_left_out(self, node: Any, style: Declarations) -> str:
        """Name the kind of what is left out (`UNSEEN`, "navigation"), " " for silence, or nothing."""
        if not isinstance(node.tag, str) or node.tag in _SILENT:
            return " "
        return _unseen(node, style) or _apart(node, style) or (NAVIGATION if self._is_site(node) else "")

    def _is_site(self, node: Any) -> bool:
        # a site's banner, not the header of an article, which holds its title
        is_banner = node.tag == "header" and node.find(".//h1") is None
        if node.tag in _SITE or node.get("role") in _SITE_ROLES or is_banner:
            return True
        if self.sizes[node][0] > LARGEST_SITE_PART * self.letters:
            return False
        named = f"{node.get('class', '')} {node.get('id', '')}"
        return bool(_SITE_NAMES.search(named)) or self._leads_elsewhere(node) or self._is_over_links(node)

    def _leads_elsewhere(self, node: Any) -> bool:
        """Tell related links and menus by their evidence: several links and hardly anything else."""
        letters, linked, titles = self.sizes[node]
        return node.tag in _LISTS_OF_LINKS and titles >= FEWEST_LINKS and linked >= SHARE_OF_LINKS * letters

    def _is_over_links(self, node: Any) -> bool:
        """Tell "More on this story" from a heading with text below it."""
        below = node.getnext() if node.tag in _HEADINGS else None
        if below is None or not isinstance(below.tag, str) or not self._leads_elsewhere(below):
            return False
        after = below.getnext()
        return after is None or after.tag in _HEADINGS


def _unseen(node: Any, style: Declarations) -> str:
    line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if node.tag in ("del", "s", "strike") or "line-through" in line:
        return STRUCK
    hidden = "hidden" in node.attrib or style.get("display") == "none" or style.get("mso-hide") == "all"
    faint = style.get("visibility") in ("hidden", "collapse") or style.get("opacity") in ("0", "0.0", "0%")
    tiny = points(style.get("font-size", "")) == 0
    named = not _UNSEEN_NAMES.isdisjoint(node.get("class", "").split())
    return UNSEEN if hidden or faint or tiny or named else ""


def _apart(node: Any, style: Declarations) -> str:
    """Tell notes and comments, as Word saves them and as web pages mark them, and the marks of notes."""
    element, classes = style.get("mso-element", ""), node.get("class", "").split()
    if element.startswith("comment") or "MsoCommentReference" in classes:
        return COMMENT
    if element in _WORD_NOTES or node.get("role") in _NOTE_ROLES or "footnotes" in classes:
        return NOTE
    return " " if _is_note_mark(node) else ""


def _is_note_mark(node: Any) -> bool:
    """A raised link to a place in the same page: "[1]"."""
    if node.tag == "a" and node.get("href", "").startswith("#_ftn"):
        return True
    link = node.find(".//a") if node.tag == "sup" else None
    return link is not None and link.get("href", "").startswith("#")


def words_in(node: Any) -> Iterator[str]:
    """Give the texts in an element, those of scripts left out."""
    if node.tag not in _SILENT:
        for child in node.iter():
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                yield child.text or ""
            if child is not node:
                yield child.tail or ""
