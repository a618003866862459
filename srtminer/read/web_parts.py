"""What of a web page is not its text: hidden or deleted words, notes, and the site around the article.

Why no library: of six invented pages trafilatura kept 33 of 36 sentences (it drops tables that lay out a
page) and one line of the site, this module 36 and one; nor does it tell what is struck or hidden.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from srtminer.model import STRUCK, UNSEEN
from srtminer.read.css import Declarations, points

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
        if node.tag in _SITE or node.get("role") in _SITE_ROLES or _is_page_header(node):
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
    if node.tag in ("del", "s", "strike") or "line-through" in _line(style):
        return STRUCK
    hidden = "hidden" in node.attrib or style.get("display") == "none" or style.get("mso-hide") == "all"
    faint = style.get("visibility") in ("hidden", "collapse") or style.get("opacity") in ("0", "0.0", "0%")
    tiny = points(style.get("font-size", "")) == 0
    named = not _UNSEEN_NAMES.isdisjoint(node.get("class", "").split())
    return UNSEEN if hidden or faint or tiny or named else ""


def _line(style: Declarations) -> str:
    return style.get("text-decoration", "") + style.get("text-decoration-line", "")


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


def _is_page_header(node: Any) -> bool:
    """Tell a site's banner from the header of an article, which holds its title."""
    return node.tag == "header" and node.find(".//h1") is None


def words_in(node: Any) -> Iterator[str]:
    """Give the texts in an element, those of scripts left out."""
    if node.tag not in _SILENT:
        for child in node.iter():
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                yield child.text or ""
            if child is not node:
                yield child.tail or ""
