"""The runs of a Word paragraph: what it shows, and what is struck, hidden or deleted in it."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from srtminer.model import STRUCK, UNSEEN
from srtminer.read.structured import Run, Unseen, covered, why_unseen
from srtminer.read.word_styles import Look, Style, Styles, is_on

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHOICES = f"{_COMPATIBLE}AlternateContent"
_FALLBACK = f"{_COMPATIBLE}Fallback"
"""The same drawing once more, for older programs."""
TEXT_BOX = qn("w:txbxContent")
_DIAGRAM, _DIAGRAM_DATA, _CHART = qn("dgm:relIds"), qn("r:dm"), qn("c:chart")
CHART, EMBEDDED, ENTITY = "chart", "embedded file", "text that is held elsewhere (an XML entity)"
_TEXTS = (qn("w:t"), qn("m:t"))
_TAB, _HYPHEN, _SYMBOL = qn("w:tab"), qn("w:noBreakHyphen"), qn("w:sym")
_RUNS = (qn("w:r"), qn("m:r"))
_BREAKS = (qn("w:br"), qn("w:cr"))
_RENDERED_BREAK = qn("w:lastRenderedPageBreak")
_MOVED = (qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:instrText"), _FALLBACK)
"""What is no text, or stands elsewhere too."""
_MARK_GONE = [f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(name)}" for name in ("w:del", "w:moveFrom")]
_NOTES = (qn("w:footnoteReference"), qn("w:endnoteReference"))


def words_in(node: Any) -> str:
    """Give what stands in a part that is left out; python-docx makes `itertext` repeat it."""
    return " ".join(text.text or "" for text in node.iter(*_TEXTS, qn("w:delText")))


def mark_is_gone(paragraph: Any) -> bool:
    """Tell whether a paragraph runs on into the next one: its mark was deleted, moved away or hidden."""
    hidden = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:vanish')}")
    return is_on(hidden) or any(paragraph.find(path) is not None for path in _MARK_GONE)


class Inside:
    """Reads paragraphs one by one; what is not text of the paragraph itself is kept beside it."""

    def __init__(self, styles: Styles, *, rendered: bool) -> None:
        self.styles = styles
        self.rendered = rendered
        """Whether Word noted where its pages broke."""
        self.page = 1
        self.notes = 0
        self.unseen = Unseen()
        self.boxes: list[Any] = []
        """Text boxes, and relations of diagrams, of the paragraph that was read last."""
        self.diagrams: list[str] = []
        self.others: list[tuple[str, int]] = []
        """Charts and embedded files with their pages: told, not read."""

    def runs(self, node: Any, style: Style, *, ground: int) -> Iterator[tuple[Run, int]]:
        """Give the runs that are seen, each with its page; `ground`: the colour of the page, cell or box."""
        for child in node.iterchildren():
            if child.tag in _RUNS:
                look = self.styles.look(child, style)
                why = _why_left_out(look, ground)
                for text in self._texts(child):
                    if why:
                        self.unseen.add(why, self.page, text)
                    text = "" if why in (UNSEEN, STRUCK) else covered(text) if why else text
                    if text:
                        yield Run(text, look.b, look.i, max(look.color, 0), look.size), self.page
            elif child.tag == qn("w:del"):
                self.unseen.add(STRUCK, self.page, words_in(child))
            elif child.tag not in _MOVED:
                yield from self.runs(child, style, ground=ground)

    def _texts(self, run: Any) -> Iterator[str]:
        walk = etree.iterwalk(run, events=("start",))
        for _, node in walk:
            if node.tag in _MOVED or self._is_beside(node):
                walk.skip_subtree()
            else:
                yield self._character(node)

    def _is_beside(self, node: Any) -> bool:
        """Keep what stands in a box of its own apart from the paragraph's text."""
        if node.tag == TEXT_BOX:
            self.boxes.append(node)
        elif node.tag == _DIAGRAM:
            self.diagrams.append(node.get(_DIAGRAM_DATA, ""))
        elif node.tag in (_CHART, qn("w:object")):
            self.others.append((CHART if node.tag == _CHART else EMBEDDED, self.page))
        elif (shape := _hidden_shape(node)) is not None:
            self.unseen.add(UNSEEN, self.page, words_in(shape))
        else:
            return False
        return True

    def _character(self, node: Any) -> str:
        if node.tag in _TEXTS:
            self.others.extend((ENTITY, self.page) for _ in node.iterchildren(etree.Entity))
            return (node.text or "") + "".join(child.tail or "" for child in node)
        if node.tag == _SYMBOL:
            code = node.get(qn("w:char"), "")
            return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else " "
        if node.tag == _HYPHEN:
            return "-"
        if node.tag == _RENDERED_BREAK or (node.get(qn("w:type")) == "page" and node.tag in _BREAKS):
            self.page += node.tag == _RENDERED_BREAK or not self.rendered
            return ""
        self.notes += node.tag in _NOTES
        return "\n" if node.tag in _BREAKS else " " if node.tag == _TAB else ""


def _hidden_shape(node: Any) -> Any | None:
    """Give a drawing that is set not to be shown."""
    if node.tag != qn("w:drawing"):
        return None
    shape = next(node.iter(qn("wp:docPr")), None)
    return node if shape is not None and shape.get("hidden") in ("1", "true") else None


def _why_left_out(look: Look, ground: int) -> str:
    ink = max(look.color, 0) if look.highlighted else look.color
    unseen = why_unseen(ink, ground if look.behind is None else look.behind, look.size)
    return UNSEEN if look.vanish else unseen or (STRUCK if look.strike else "")
