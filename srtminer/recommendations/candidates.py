"""What may be a recommendation, and series of such items."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from srtminer.recommendations.asks import asks, first_sentence, is_bare, recommends, talks
from srtminer.structure import Node
from srtminer.structure import conventions as codes
from srtminer.structure.conventions import says

MOST_FINDING = 2.25
"""A finding up to this many times as long as the recommendation behind it is kept with it."""
TITLE = 60
"""Characters; a longer first paragraph is no title of what stands below it."""


@dataclass(frozen=True, slots=True)
class Item:
    """What may be one recommendation: the paragraphs that it stands in."""

    nodes: tuple[Node, ...]
    reference: str = ""
    lead_in: str = ""
    """The line that opened the list it stands in."""
    begin: int = 0
    """Where it begins in the first node's text."""
    finish: int | None = None
    """Where it ends in the last node's text; None for all of it but a reference behind."""
    lead: str = ""
    date: str = ""
    asker: float = 0.0
    """Of a request in prose, how many of its sentence begin as requests do, if the review makes them."""

    @property
    def end(self) -> int:
        """Where it ends in the text of its last node."""
        return codes.behind(self.nodes[-1].text)[2] if self.finish is None else self.finish

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in the review's text."""
        return self.nodes[0].start + self.begin, self.nodes[-1].start + self.end

    @property
    def head(self) -> str:
        """The text of its first paragraph."""
        finish = self.end if len(self.nodes) == 1 else None
        return self.nodes[0].text[self.begin : finish]

    @property
    def share(self) -> float:
        """How much of its last paragraph it takes up, 0 to 1."""
        text = self.nodes[0].text
        whole = len(text) - codes.bare_label(text)[1]
        return (self.end - self.begin) / max(1, whole) if len(self.nodes) == 1 else 1.0

    @property
    def asks(self) -> bool:
        """Whether it asks for something, or the line that opens its list does."""
        if asks(self.head) or is_bare(self.lead_in):
            return True
        below = [node.text for node in self.nodes[1:] if not node.number]
        if below and len(self.head) <= TITLE and asks(below[0]):
            return True
        return any(recommends(first_sentence(text)) for text in below)


@dataclass(frozen=True, slots=True)
class Series:
    """Items that belong together: one list, one column, one kind of type."""

    maker: str
    items: tuple[Item, ...]
    rest: float = 0.0
    """Share that asks of what stands beside them: the other items of the list, else of the same chapter."""
    covers: float = 0.0
    """Share of the chapter's paragraphs that stands in its items."""
    outranked: float = 0.0
    """Of what asks in the chapter, the share that stands outside and has a stronger mark."""
    by_type: bool = False
    """Whether it is those items of a list that are set in one type."""


def unfolded(items: Sequence[Item]) -> tuple[Item, ...]:
    """Give the items of a list, or the numbered parts of those whose first line only leads in to them.

    Where most items with parts ask themselves, the parts of all belong to their items.
    """
    cleaned = [_without_title(_without_finding(item)) for item in items]
    starts = [_parts(item) for item in cleaned]
    leads_in = [
        _only_opens(item.nodes[0], [item.nodes[place] for place in places])
        for item, places in zip(cleaned, starts, strict=True)
    ]
    apart = 2 * sum(leads_in) >= sum(map(bool, starts))
    return tuple(
        part
        for item, places, leads in zip(cleaned, starts, leads_in, strict=True)
        for part in (_opened(item, places) if leads and apart else _apart(item))
    )


def _parts(item: Item) -> list[int]:
    """Give the places of the numbered parts below the first line."""
    head = item.nodes[0]
    return [place for place, node in enumerate(item.nodes) if node.number and node.parent == head.place]


def _opened(item: Item, starts: Sequence[int]) -> tuple[Item, ...]:
    ends = [*starts[1:], len(item.nodes)]
    return tuple(
        replace(
            item,
            nodes=item.nodes[start:end],
            reference=_below(item.reference, item.nodes[start].number),
            lead_in=item.nodes[0].text,
            begin=0,
            finish=None,
        )
        for start, end in zip(starts, ends, strict=True)
    )


def _without_finding(item: Item) -> Item:
    """Leave out the finding in front of "the Commission recommended that …" where it is much longer.

    Why: investigators print both under one number; a short finding says why, a long one is the chapter.
    """
    says_so = (place for place, node in enumerate(item.nodes) if recommends(first_sentence(node.text)))
    place = 0 if item.begin or len(item.nodes) < 2 else next(says_so, 0)
    lengths = [codes.behind(node.text)[2] for node in item.nodes] if place else []
    if sum(lengths[:place]) <= MOST_FINDING * sum(lengths[place:]):
        return item
    return replace(item, nodes=item.nodes[place:])


def _without_title(item: Item) -> Item:
    """Leave out a title or "Recommendation:" in front, and the line at the end that opens what is below."""
    nodes = item.nodes
    while len(nodes) > 1 and item.finish is None and nodes[-1].text.endswith(":"):
        nodes = nodes[:-1]
    title = len(nodes) > 1 and len(nodes[0].text) <= TITLE and nodes[0].text[-1:].isalnum()
    goes_on = title and (nodes[1].kind or nodes[1].text.startswith(("This ", "These ", "It ", "They ")))
    if title and not (goes_on or asks(nodes[0].text)) and asks(nodes[1].text):
        return replace(item, nodes=nodes[1:], reference=item.reference or nodes[0].number, begin=0)
    begin = item.begin or codes.bare_label(nodes[0].text)[1]
    return replace(item, nodes=nodes, begin=begin) if (nodes, begin) != (item.nodes, item.begin) else item


def _apart(item: Item) -> tuple[Item, ...]:
    """Give one bullet that asks below a number that is finished an item of its own: one bullet is no list."""
    if len(item.nodes) != 2 or item.finish is not None:
        return (item,)
    head, below = item.nodes
    lone = head.kind == "1" and below.kind.startswith("bullet") and head.text.endswith(".")
    if not lone or not says("sentence", "modal", below.text):
        return (item,)
    return replace(item, nodes=(head,)), replace(item, nodes=(below,), reference="", begin=0)


def _below(reference: str, number: str) -> str:
    """Put the number of a part behind that of the whole: "6(a)"; "6.1.1" says it all."""
    return f"{reference}({number})" if reference and not number[0].isdecimal() else number


def _only_opens(head: Node, parts: Sequence[Node]) -> bool:
    """Tell a lead-in, or a title, whose parts each ask in words of their own."""
    if not parts or not head.text.endswith(":"):
        title = head.text[-1:].isalnum() and not asks(head.text)
        return bool(parts) and title and all(asks(part.text) for part in parts)
    whole = sum(says("sentence", "modal", part.text) for part in parts)
    return is_bare(head.text) or 2 * whole > len(parts)


# Where an item ends --------------------------------------------------------------------------------------


def owned(nodes: Sequence[Node], index: int) -> tuple[Node, ...]:
    """Give a node with its parts and the paragraphs below that go with it."""
    head = nodes[index]
    found, ancestors = [head], {head.place}
    for node in map(nodes.__getitem__, range(index + 1, len(nodes))):  # a slice copies thousands each time
        if node.section != head.section or node.role in ("heading", "row") or ends(node, found):
            break
        if node.number and (node.parent not in ancestors or not _belongs(head, node, found)):
            break
        if not node.kind and not _goes_with(head, node, found):
            break
        if node.kind.startswith("bullet") and head.kind.startswith("bullet") and node.parent != head.place:
            break
        ancestors |= {node.place} if node.kind else set()
        found.append(node)
    return tuple(found)


def _belongs(head: Node, node: Node, found: Sequence[Node]) -> bool:
    """Tell a plain number that is a part from one that the chapter only counts beside its paragraphs."""
    return node.kind != "1" or head.kind == "1" or any(one.text.endswith(":") for one in found)


def _goes_with(head: Node, node: Node, found: Sequence[Node]) -> bool:
    """Tell whether a paragraph without a number goes with the one above: what is set otherwise does not."""
    if breaks_off(found[-1].text, node.text):
        return True
    if not head.kind:
        return False
    if len(node.text) < SIGNATURE and node.text[-1:] not in ".:;!?)" and not found[-1].text.endswith(":"):
        return False
    return node.style == head.style and not head.kind.startswith("bullet")


SIGNATURE = 80
"""Characters; a shorter line below that is no sentence is a name, a date or a caption."""


def breaks_off(text: str, after: str) -> bool:
    """Tell a paragraph that a page or a column has cut."""
    return after[:1].islower() and text[-1:] not in ".;:!?)”"


def ends(node: Node, found: Sequence[Node]) -> bool:
    """Tell what stands below a recommendation and is no part of it: outcomes, replies, talk about all."""
    if says("text", "closes", node.text) or says("text", "reply", node.text):
        return True
    return node.role == "text" and talks(node.text) and "recommendations" in node.text.casefold()


def even(items: Sequence[Item]) -> tuple[Item, ...]:
    """Cut loose paragraphs behind the last item: nothing tells where it ends but those before it."""
    longest = max((_loose(item) for item in items[:-1]), default=0)
    last = items[-1]
    if len(items) > 1 and _loose(last) > longest and not asks(last.nodes[-1].text):
        keep = len(last.nodes) - _loose(last) + longest
        last = replace(last, nodes=last.nodes[:keep])
    return (*items[:-1], last)


def _loose(item: Item) -> int:
    """Count the paragraphs without a mark at its end."""
    count = 0
    for node in reversed(item.nodes[1:]):
        if node.kind:
            break
        count += 1
    return count
