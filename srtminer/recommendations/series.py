"""Candidates: series of items that may be the report's recommendations; nothing is rejected here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import Any, TypeVar

from srtminer.recommendations.asks import asks, is_bare, recommended, talks
from srtminer.recommendations.candidates import Item, Series, breaks_off, ends, even, owned, unfolded
from srtminer.recommendations.prose_requests import parts_of, requests
from srtminer.structure import Node
from srtminer.structure import conventions as codes
from srtminer.structure.conventions import heading_says, is_label, says
from srtminer.text.words import sentences

HEADING_WORDS = 5
"""A heading with fewer words is no recommendation in one line."""


Scope = Sequence[Node]
T = TypeVar("T")


def series_of(nodes: Sequence[Node]) -> Iterator[Series]:
    """Propose all series of a document but those of its tables, each set of places once."""
    known: set[tuple[str, tuple[tuple[int, int], ...]]] = set()
    for one in _all(nodes):
        one = replace(one, items=unfolded(one.items))
        key = (one.maker, tuple(item.span for item in one.items))
        if one.items and key not in known:
            known.add(key)
            yield one


def _all(nodes: Sequence[Node]) -> Iterator[Series]:
    for one in _beside(nodes, _labelled(nodes), _named(nodes), _sentences(nodes), _counted_on(nodes)):
        yield replace(one, covers=0.0)
    yield from requests(nodes)
    for scope in _scopes(nodes):
        yield from _beside(scope, _numbered(scope), _bulleted(scope), _plain(scope))


def _beside(scope: Scope, *series: Iterable[Series]) -> Iterator[Series]:
    """Say of each series how much of the rest of its chapter asks, unless its rest is known."""
    running = {node.place for node in scope if node.role not in ("heading", "row")}
    asking = {node.place: _rank(node) for node in scope if node.place in running and asks(node.text)}
    for one in chain.from_iterable(series):
        if not one.items:
            continue
        inside = {node.place for item in one.items for node in item.nodes}
        strength = min(_rank(item.nodes[0], item) for item in one.items)
        outside = [rank for place, rank in asking.items() if place not in inside]
        strong = sum(rank < strength for rank in outside)
        yield replace(
            one,
            outranked=strong / max(1, len(asking)),
            covers=len(inside) / max(1, len(running)),
            rest=one.rest if one.by_type else len(outside) / max(1, len(running - inside)),
        )


def _rank(node: Node, item: Item | None = None) -> int:
    """Give how strongly a paragraph is marked: labels before numbers before letters before bullets."""
    if node.kind == "label" or node.label or node.code or (item and is_label(item.reference)):
        return 0
    if node.kind.startswith("1"):
        return 1
    return 2 if node.kind in ("a", "i") else 3 if node.kind else 4


def _share(nodes: Iterable[Node]) -> float:
    asking = [asks(node.text) for node in nodes if node.role not in ("heading", "row")]
    return sum(asking) / max(1, len(asking))


def _scopes(nodes: Sequence[Node]) -> Iterator[Scope]:
    """Give what stands below each heading that speaks of recommendations, and each section by itself."""
    below: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        for heading in dict.fromkeys(node.path):
            if heading_says(heading) & {"own", "mixed", "foreign"} and not is_label(heading):
                below[heading.casefold()].append(node)
    yield from below.values()
    for _, group in groupby(nodes, key=lambda node: node.section):
        section = list(group)
        if not any(asks(node.text) for node in section):
            continue
        yield section
        for place, node in enumerate(section):
            if says("text", "announces", node.text) and place + 1 < len(section):
                yield section[place:]


# Labels ---------------------------------------------------------------------------------------------------


def _labelled(nodes: Sequence[Node]) -> Iterator[Series]:
    """Take what stands below or behind each "Recommendation 3"; each count is a series of its own."""
    items: dict[tuple[str, bool], list[Item]] = defaultdict(list)
    taken: set[tuple[int, str]] = set()
    for place, node in enumerate(nodes):
        if node.role == "heading" and node.kind != "label":
            continue
        heads_section = node.label and (node.section, node.label) not in taken
        if node.kind == "label" and not (node.role == "heading" and not asks(node.text)):
            item = Item(owned(nodes, place), node.number)
        elif heads_section:
            taken.add((node.section, node.label))
            item = Item(_section_of(nodes, place), node.label)
        elif node.code:
            item = Item(owned(nodes, place), node.code)
        else:
            continue
        items[_stem(item.reference), bool(node.label)].append(item)
    for group in items.values():
        yield from (Series("label", even(run)) for run in _runs(group))


def _stem(reference: str) -> str:
    return "".join(character for character in reference.casefold() if character.isalpha())[:14]


def _section_of(nodes: Sequence[Node], place: int) -> tuple[Node, ...]:
    """Give what stands below a label's heading, up to a number of the chapter's own count."""
    first = nodes[place]
    found = [first]
    for node in nodes[place + 1 :]:
        other = node.role == "text" and {".", " "} & {*node.number} and "." not in first.number
        otherwise = not node.kind and node.style != first.style
        if node.section != first.section or other or otherwise or node.kind == "label" or ends(node, found):
            break
        found.append(node)
    return tuple(found)


def _runs(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut a series where its count begins again or its chapter ends."""
    run: list[Item] = []
    for item in items:
        first = item.nodes[0]
        again = run and _count(item.reference) <= _count(run[-1].reference)
        if run and again and first.path[:1] != run[-1].nodes[0].path[:1]:
            yield run
            run = []
        run.append(item)
    yield run


def _count(reference: str) -> int:
    digits = "".join(character if character.isdigit() else " " for character in reference).split()
    return int(digits[-1]) if digits else 0


def _named(nodes: Sequence[Node]) -> Iterator[Series]:
    """Take "Recommendation: …", "Recommendation for the Board: …", and what "(Recommendation 4)" closes."""
    named, closed, tagged = [], [], []
    for place, node in enumerate(nodes):
        if node.role == "heading":
            continue
        label, begin = codes.bare_label(node.text)
        if begin:
            above = nodes[node.parent].number if node.parent >= 0 else (node.above or ("",))[-1]
            number = node.number or above or _number_above(nodes, place)
            named.append(Item(owned(nodes, place), number, label if " for " in label else "", begin))
        reference, tag, _ = codes.behind(node.text)
        if reference and is_label(reference):
            closed.append(Item((node,), reference, begin=_first_asking(node.text)))
        if tag == "recommendation":
            tagged.append(Item((node,), _reference(node, ())))
    yield from (Series(maker, tuple(items)) for maker, items in
                (("named", named), ("label", closed), ("tag", tagged)))  # fmt: skip


def _number_above(nodes: Sequence[Node], place: int) -> str:
    """Give the number of the conclusion that a recommendation answers."""
    above = map(nodes.__getitem__, range(place - 1, -1, -1))
    before = (node for node in above if node.section == nodes[place].section)
    return next((node.number for node in before if node.number and node.role == "text"), "")


def _first_asking(text: str) -> int:
    return next((start for start, end in sentences(text) if asks(text[start:end])), 0)


# Numbers --------------------------------------------------------------------------------------------------


def _counted_on(nodes: Scope) -> Iterator[Series]:
    """Take plain numbers that count on below several headings, whatever these say; each count by itself."""
    places = [index for index, node in enumerate(nodes) if node.kind == "1" and _carries(node)]
    run: list[Item] = []
    for item in (_numbered_item(nodes, index) for index in places):
        if run and _count(item.nodes[0].number) <= _count(run[-1].nodes[0].number):
            yield from _across(run)
            run = []
        run.append(item)
    yield from _across(run)


def _across(run: Sequence[Item]) -> Iterator[Series]:
    if len({item.nodes[0].section for item in run}) > 1:
        yield Series("number", even(run))
        yield from _by_type("number", even(run))


def _numbered(scope: Scope) -> Iterator[Series]:
    """Take the paragraphs of each kind of number, and those of each type of print."""
    carriers = [node for node in scope if _carries(node)]
    by_place = {node.place: index for index, node in enumerate(scope)}
    for _, group in _grouped(carriers, lambda node: node.kind):
        items = even([_numbered_item(scope, by_place[node.place]) for node in group])
        yield Series("number", items)
        yield from _by_type("number", items)


def _carries(node: Node) -> bool:
    if not node.number or node.kind == "label":
        return False
    if node.role == "heading":
        return asks(node.text) and len(node.text.split()) >= HEADING_WORDS
    return node.role != "row"


def _grouped(values: Iterable[T], key: Callable[[T], Any]) -> list[tuple[Any, list[T]]]:
    groups: dict[Any, list[T]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return list(groups.items())


def _numbered_item(scope: Scope, index: int) -> Item:
    return Item(owned(scope, index), _reference(scope[index], scope), _lead_in(scope, index))


def _reference(node: Node, scope: Scope) -> str:
    """Put the printed numbers of the tree together, those within the scope: "6(a)(ii)"."""
    inside = {one.number for one in scope if one.place < node.place and one.number} if node.above else ()
    above = [number for number in node.above if number in inside]
    if not above or node.number[0].isdecimal():
        return node.number
    first, *rest = [*above, node.number]
    return first + "".join(f"({number})" for number in rest)


def _lead_in(scope: Scope, index: int) -> str:
    """Give the line that opens the list which a node stands in, or an empty string."""
    node = scope[index]
    for before in map(scope.__getitem__, range(index - 1, -1, -1)):
        if before.section != node.section or says("text", "reply", before.text):
            return ""
        opens = before.text.endswith(":") or says("text", "announces", before.text)
        if before.kind != node.kind and opens and not before.number:
            return before.text
        if before.kind not in (node.kind, "") and not before.kind.startswith("bullet"):
            if before.place == node.parent and before.text.endswith(":"):
                return before.text
            return ""
        if not before.kind and node.kind.startswith("bullet"):
            return ""
    return ""


# What has no number ---------------------------------------------------------------------------------------


def _bulleted(scope: Scope) -> Iterator[Series]:
    """Take bullets, those below each kind of lead-in for a series."""
    items: dict[str, list[Item]] = defaultdict(list)
    for index, node in enumerate(scope):
        if not node.kind.startswith("bullet") or node.role == "heading":
            continue
        if node.parent >= 0 and index and scope[index - 1].place >= node.parent and _is_open(scope, index):
            continue
        lead = _lead_in(scope, index)
        items[_kind_of_lead(lead)].append(Item(owned(scope, index), "", lead))
    yield from (Series("bullet", tuple(group)) for group in items.values())


def _is_open(scope: Scope, index: int) -> bool:
    """Tell a bullet below another bullet, which is a part of it."""
    parent = next((node for node in reversed(scope[:index]) if node.place == scope[index].parent), None)
    return parent is not None and parent.kind.startswith("bullet") and parent.section == scope[index].section


def _kind_of_lead(lead: str) -> str:
    if not lead:
        return ""
    return "asks" if is_bare(lead) or says("text", "announces", lead) or talks(lead) else "other"


def _plain(scope: Scope) -> Iterator[Series]:
    """Take paragraphs without a number, with their bullets and the paragraphs that go on."""
    items: list[Item] = []
    done = -1
    for index, node in enumerate(scope):
        if node.place <= done or node.kind or not _is_paragraph(node):
            continue
        parts = parts_of(node.text)
        nodes = owned(scope, index)
        if len(parts) > 1:
            items += [Item((node,), begin=start, finish=_within(node, end)) for start, end in parts]
        else:
            items.append(Item(nodes))
        done = nodes[-1].place
    yield Series("paragraph", tuple(items))
    yield from _by_type("paragraph", items)


def _by_type(maker: str, items: Sequence[Item]) -> Iterator[Series]:
    """Take the items of each type of print for a series, where there are several."""
    styles = _grouped(items, lambda item: item.nodes[0].style)
    for style, some in styles if len(styles) > 1 else ():
        rest = [item.nodes[0] for item in items if item.nodes[0].style != style]
        yield Series(maker, tuple(some), _share(rest), by_type=True)


def _is_paragraph(node: Node) -> bool:
    if node.role == "heading":
        return len(node.text.split()) >= HEADING_WORDS and asks(node.text)
    return node.role == "text" and not (is_bare(node.text) or says("text", "announces", node.text))


def _sentences(nodes: Sequence[Node]) -> Iterator[Series]:
    """Take "We recommend that …" in the running text."""
    found: list[Item] = []
    for index, node in enumerate(nodes):
        if node.role in ("heading", "row"):
            continue
        spans = [one for one in parts_of(node.text) if one in recommended(node.text)]
        for start, end in spans:
            cut = (
                end == len(node.text)
                and index + 1 < len(nodes)
                and breaks_off(node.text, nodes[index + 1].text)
            )
            if cut or (node.text[start:end].endswith(":") and len(spans) == 1):
                below = owned(nodes, index)
                if len(below) > 1 or not is_bare(node.text):
                    found.append(Item(below, node.number, begin=start))
            else:
                found.append(Item((node,), node.number, "", start, _within(node, end)))
    yield from (Series("sentence", tuple(some)) for _, some in _grouped(found, _in_a_list))


def _within(node: Node, end: int) -> int | None:
    """Give the end of a sentence; None at the end of its paragraph, where a reference behind is left out."""
    return end if end < len(node.text) else None


def _in_a_list(item: Item) -> bool:
    """Tell what stands in a chapter of recommendations from what chapters that argue say."""
    return any(heading_says(heading) & {"own", "mixed"} for heading in item.nodes[0].path)
