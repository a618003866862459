"""What is known of an item of a series, in figures from 0 to about 1, relative to its document."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from srtminer.recommendations.asks import LOOK_AT, asks, first_sentence, is_bare, recommends, talks
from srtminer.recommendations.candidates import Item, Series
from srtminer.structure import Node
from srtminer.structure import labels as codes
from srtminer.structure.conventions import heading_says, is_label, says
from srtminer.structure.nodes import follows
from srtminer.text.words import plain_words

MAKERS = ("pure", "number", "leaf", "bullet", "paragraph", "sentence", "wishes", "table")
"""Of the kinds of series, those that say something."""
TITLE_SHARE = 0.6
"""A heading over more than this share of the paragraphs is the title."""
SHINGLE = 4
"""Words in a row that are compared."""
TWICE = 0.6
"""Share of its shingles that stand elsewhere too, of an item that is printed twice."""


Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What features are relative to."""

    kind: str
    """Of the document: "response", "article", "statement", "foreign" or another."""
    titles: frozenset[str]
    repeated: frozenset[tuple[str, ...]]
    """The shingles that several of the paragraphs that ask have."""
    size: int
    """Number of paragraphs."""


def surroundings(nodes: Sequence[Node], kind: str) -> Surroundings:
    """Look at a document once, for all its series."""
    texts = [node for node in nodes if node.role != "heading"]
    below = Counter(heading for node in nodes for heading in dict.fromkeys(node.path))
    early = {heading for node in nodes[: max(3, len(nodes) // 20)] for heading in node.path}
    asking = [node for node in texts if asks(node.text)]
    printed = Counter(chain.from_iterable(shingles(node.text) for node in asking))
    return Surroundings(
        kind,
        frozenset(one for one in early if below[one] > TITLE_SHARE * len(nodes)),
        frozenset(shingle for shingle, count in printed.items() if count > 1),
        max(1, len(nodes)),
    )


@lru_cache(maxsize=4096)
def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Give the runs of `SHINGLE` words of a text; cached, as each series asks again."""
    words = plain_words(text)
    width = min(SHINGLE, max(1, len(words)))
    return frozenset(zip(*(words[start:] for start in range(width)), strict=False))


def features_of(series: Series, around: Surroundings) -> list[Features]:
    """Give the features of each item of a series."""
    whole = _of_series(series, around)
    return [whole | _of_item(item, around.titles) for item in series.items]


def _of_series(series: Series, around: Surroundings) -> Features:
    items = series.items
    contrast = sum(item.asks for item in items) / len(items) - series.rest
    twice = sum(_twice(item, around) for item in items) / len(items) if series.by_type else 0.0
    return {
        "one": 1.0,
        **{maker: float(series.maker == maker) for maker in MAKERS},
        "contrast": contrast,
        "set apart twice": max(0.0, contrast) * twice,
        "complete": _complete(items),
        "size": math.log(len(items)) / 4,
        "position": items[0].nodes[0].place / around.size,
        **{kind: float(around.kind == kind) for kind in ("response", "foreign title")},
    }


def _complete(items: Sequence[Item]) -> float:
    """Give the share of items whose number comes right after the one before, or begins a count."""
    numbers = [item.nodes[0].number or item.reference for item in items]
    pairs = zip(["", *numbers], numbers, strict=False)
    right = sum(_comes_after(before, number) for before, number in pairs if number)
    return right / len(items) if len(items) > 1 else 0.0


def _comes_after(before: str, number: str) -> bool:
    if number.rsplit(".", 1)[-1].lower() in ("1", "a", "i"):
        return True
    one, two = before.rsplit(" ", 1)[-1], number.rsplit(" ", 1)[-1]
    return follows(one, two) or follows(one.lower(), two.lower())


def _twice(item: Item, around: Surroundings) -> bool:
    found = shingles(item.head)
    return len(found & around.repeated) >= TWICE * max(SHINGLE, len(found))


@lru_cache(maxsize=8192)
def _of_item(item: Item, titles: frozenset[str]) -> Features:
    head, first = item.head[:LOOK_AT], item.nodes[0]
    words = sum(len(node.text.split()) for node in item.nodes)
    place = _heading(first.path, titles)
    _, tag, _ = codes.behind(item.nodes[-1].text)
    own = _recommends(item)
    announced = bool(item.lead_in) and (says("text", "announces", item.lead_in) or talks(item.lead_in))
    return {
        "asks": float(item.asks),
        "recommends": float(own),
        "modal": float(says("sentence", "modal", head)),
        "conclusion": float(tag == "conclusion"),
        "past": float(says("sentence", "past", first_sentence(head))),
        "quoted": float(first.quoted or head[:1] in "“\"‘'"),
        "short": float(words < 5),
        "own": float(place == "own"),
        "foreign": float(any("foreign" in heading_says(one) for one in first.path)),
        "aside": float(place == "aside"),
        "asking lead-in": float(is_bare(item.lead_in)),
        "announced list": float(announced),
        "unannounced": float(place in ("", "aside") and not announced and not own),
        "appendix": float(any(one.casefold().startswith(("appendi", "annex")) for one in first.path)),
        "lead-in": float(bool(item.lead_in)),
        "part": float(first.parent >= 0 and first.kind != "label" and bool(first.above)),
    }


@lru_cache(maxsize=8192)
def _recommends(item: Item) -> bool:
    """Tell an item in which the review itself recommends, at its beginning or in a paragraph of its own."""
    below = (node.text for node in item.nodes[1:] if not node.number)
    return recommends(first_sentence(item.head)) or any(map(recommends, below))


def _heading(path: Sequence[str], titles: frozenset[str]) -> str:
    """Ask the headings from the innermost one outwards; the title only where no other says anything."""
    for heading in reversed(path):
        found = heading_says(heading)
        if heading not in titles and found & {"own", "mixed", "aside"}:
            return "own" if "own" in found else "mixed" if "mixed" in found else "aside"
        if is_label(heading):
            return "own"
    return "mixed" if any(heading_says(one) & {"own", "mixed"} for one in path) else ""
