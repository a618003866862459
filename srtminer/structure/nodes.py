"""Paragraphs in their place: the headings above, the printed number and its place in the tree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from srtminer.model import Paragraph, Review, Section
from srtminer.structure import conventions as codes
from srtminer.structure.conventions import heading_says, is_label, says
from srtminer.text.names import follows


@dataclass(frozen=True, slots=True)
class Node:
    """A paragraph in its place."""

    paragraph: Paragraph
    text: str
    """Without a label in front."""
    place: int
    """Position among the nodes."""
    section: int
    """Index of its section."""
    path: tuple[str, ...]
    number: str = ""
    """The printed number, or the label or code in front."""
    kind: str = ""
    """Of its number: "label", "1", "1.1", "1.1.1", "a", "i", "bullet"; or empty."""
    label: str = ""
    """Printed label of the heading right above ("Recommendation 3"), or empty."""
    code: str = ""
    """Code that a line of its own above or below gives ("MSB Recommendation M09-03"), or empty."""
    parent: int = -1
    """Place of the numbered node that it stands below in the tree of numbers."""
    quoted: bool = False
    """Inside quotation marks that run over several paragraphs."""
    above: tuple[str, ...] = ()
    """The printed numbers of the nodes above it in the tree, outermost first."""

    def __hash__(self) -> int:
        """Hash what tells nodes apart: all of a paragraph would be hashed anew for every item it is in."""
        return hash((self.place, self.text))

    @property
    def role(self) -> str:
        """The role of the paragraph."""
        return self.paragraph.role

    @property
    def start(self) -> int:
        """Where its text begins in the review's text."""
        return self.paragraph.end - len(self.text)

    @property
    def style(self) -> tuple[bool, bool, bool]:
        """The type it is set in."""
        part = self.paragraph
        return part.bold, part.italic, part.boxed


def nodes_of(review: Review, sections: Sequence[Section]) -> tuple[Node, ...]:
    """Give the paragraphs of a review in order, those that are headings too."""
    coded = _with_codes(list(_plain(review, sections)))
    return tuple(_in_tree(_with_quotations(coded)))


def _plain(review: Review, sections: Sequence[Section]) -> Iterator[Node]:
    paragraphs = iter(review.paragraphs)
    paragraph = next(paragraphs, None)
    for index, section in enumerate(sections):
        label = _label_of(section)
        while paragraph is not None and paragraph.start < section.end:
            text = review.text[paragraph.start : paragraph.end]
            found, begin = codes.in_front(text)
            is_head = paragraph.role == "heading" or (section.heading and paragraph.start == section.start)
            part = replace(paragraph, role="heading") if is_head else paragraph
            number = found or part.number
            kind, above = _kind(part, number), "" if is_head else label
            yield Node(part, text[begin:], 0, index, section.path, number, kind, above)
            paragraph = next(paragraphs, None)


def _label_of(section: Section) -> str:
    """Give the label that a heading is: by its number, its words, or a code."""
    for text in (section.number, section.heading):
        if is_label(text):
            return text.rstrip(":. ")
        if code := codes.alone(text):
            return code
    return codes.in_front(section.heading)[0]


def _kind(paragraph: Paragraph, number: str) -> str:
    if is_label(number) or codes.alone(number):
        return "label"
    if not number:
        return f"bullet{paragraph.level}" if paragraph.role == "item" else ""
    if number[0].isdecimal():
        return ".".join("1" for part in number.split(".") if part)
    return "i" if set(number.lower()) <= set("ivxl") else "a"


def _with_quotations(nodes: Iterable[Node]) -> Iterator[Node]:
    """Mark what others say: inside quotation marks over several paragraphs of a section, and in replies.

    Why: an inquiry quotes the list of its interim report: “Recommendation 1: …, …, Recommendation 3: …”; and
    "On 18 June the trust replied:" stands over an answer in bullets.
    """
    open_, section = False, -1
    reply: Node | None = None
    for node in nodes:
        numbered = node.role == "text" and node.number
        if node.section != section or (numbered and "." in node.number):
            open_ = False
        opened, closed = node.text.rfind("“"), node.text.rfind("”")
        inside = open_ or (opened > closed and node.text.startswith("“"))
        open_ = inside and opened >= closed
        reply = reply if reply and node.section == section and _answers(reply, node) else None
        inside, section = inside or bool(reply), node.section
        if node.role != "heading" and node.text.endswith(":") and says("text", "reply", node.text):
            reply = node
        yield replace(node, quoted=True) if inside else node


def _answers(reply: Node, node: Node) -> bool:
    """Tell whether an answer still runs: nothing new is numbered or recommended."""
    if says("sentence", "recommends", node.text):
        return False
    return node.role != "text" or not node.number or node.number.startswith(f"{reply.number or '-'}.")


def _with_codes(nodes: Sequence[Node]) -> Iterator[Node]:
    """Give the codes on lines of their own to what they number: what they close, or what they open.

    Why: "MSB Recommendation M09-03" stands below the text, "Safety Recommendation 2021-014" above it.
    """
    alone = [codes.alone(node.text) if node.role != "heading" else "" for node in nodes]
    for before, node, code, behind in zip(["", *alone], nodes, alone, [*alone[1:], ""], strict=False):
        if before and says("sentence", "recommends", node.text):
            behind = before
        if not code:
            yield replace(node, code=behind) if behind and not node.text.endswith(":") else node


def _in_tree(nodes: Iterable[Node]) -> Iterator[Node]:
    """Hang each numbered node below the one that its number continues: 6, (a), (ii).

    A number of a kind that is open closes what stands below that kind; a new section closes all.
    """
    open_: list[Node] = []
    for place, node in enumerate(nodes):
        kind = _letter_or_roman(node, open_)
        node = replace(node, kind=kind) if kind != node.kind else node
        if open_ and open_[-1].section != node.section:
            open_ = []
        if node.kind.startswith("1."):
            open_ = [one for one in open_ if node.number.startswith(f"{one.number}.")]
        elif node.kind:
            depth = next((depth for depth, one in enumerate(open_) if one.kind == node.kind), len(open_))
            del open_[depth:]
        node = replace(node, place=place)
        if node.kind:
            above = tuple(one.number for one in open_ if one.number and not _only_names(one, node))
            node = replace(node, parent=open_[-1].place if open_ else -1, above=above)
            open_.append(node)
        yield node


def _only_names(above: Node, node: Node) -> bool:
    """Tell a number that is none of a list's: the chapter's, or the one that "4.12" already begins with."""
    chapter = above.role == "heading" and bool(heading_says(above.text) & {"own", "mixed", "foreign"})
    return chapter or node.number.startswith(f"{above.number}.")


def _letter_or_roman(node: Node, open_: Sequence[Node]) -> str:
    """Tell the letter "i" from the numeral by what is counted: after h it is the letter."""
    if node.kind != "i":
        return node.kind
    last = {one.kind: one.number for one in open_}
    if follows(last.get("i", ""), node.number):
        return "i"
    single = len(node.number) == 1
    return "a" if single and (follows(last.get("a", ""), node.number) or node.number.lower() == "l") else "i"
