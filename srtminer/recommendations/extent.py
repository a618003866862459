"""Where an item ends: what stands below a paragraph and goes with it."""

from collections.abc import Sequence
from dataclasses import replace

from srtminer.recommendations.asks import asks, talks
from srtminer.recommendations.candidates import Item
from srtminer.structure import Node
from srtminer.structure.conventions import says


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
