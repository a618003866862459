"""What is known of an item of a series, in figures from 0 to about 1, relative to its document."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from srtminer.recommendations.asks import (
    LOOK_AT,
    asks,
    first_sentence,
    is_bare,
    opens_asking,
    recommends,
    talks,
)
from srtminer.recommendations.candidates import Item, Series
from srtminer.structure import Node
from srtminer.structure import conventions as codes
from srtminer.structure.conventions import heading_says, is_label, says
from srtminer.text.words import plain_words, sentences

MAKERS = ("number", "wishes", "bullet", "paragraph", "sentence", "table")
"""Of the kinds of series, those that say something."""
WEAKER = ("bullet", "paragraph")
"""Those that count for more where nothing in a chapter of recommendations has a stronger mark."""
LISTS = ("own", "mixed")
"""Headings below which recommendations stand."""
IN_PROSE = ("wishes", "recommends", "quoted", "response", "foreign title", "article told")
"""What says something of a request in the midst of a paragraph, too."""
KINDS = ("response", "foreign title", "statement")
"""Of documents that print what others recommend."""
TITLE_SHARE = 0.6
"""A heading over more than this share of the paragraphs is the title."""
SHINGLE = 4
"""Words in a row that are compared."""
TWICE = 0.6
"""Share of its shingles that stand elsewhere too, of an item that is printed twice."""


Style = tuple[bool, bool, bool]
Features = dict[str, float]
"""Those that are not 0, by their name."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What features are relative to."""

    kind: str
    """Of the document: "response", "article", "statement", "foreign" or another."""
    titles: frozenset[str]
    repeated: frozenset[tuple[str, ...]]
    """The shingles of what asks in a list of recommendations that stand elsewhere too."""
    has_own: bool
    """Whether something asks below a heading that announces recommendations."""
    none: bool
    """Whether it says that it recommends nothing."""
    announced: bool
    """Whether a heading announces recommendations."""


def surroundings(nodes: Sequence[Node], kind: str) -> Surroundings:
    """Look at a document once, for all its series."""
    texts = [node for node in nodes if node.role != "heading"]
    below = Counter(heading for node in nodes for heading in dict.fromkeys(node.path))
    early = {heading for node in nodes[: max(3, len(nodes) // 20)] for heading in node.path}
    titles = frozenset(one for one in early if below[one] > TITLE_SHARE * len(nodes))
    announced = any(heading_says(one) & {*LISTS} for one in below if one not in titles)
    if not announced:
        titles = frozenset()
    asking = [node for node in texts if asks(node.text)]
    listed = [
        node for node in asking if _heading(node.path, titles) in LISTS and not _foreign(node.path, titles)
    ]
    again = frozenset(chain.from_iterable(shingles(node.text) for node in listed))
    printed = Counter(chain.from_iterable(again & shingles(node.text) for node in asking if again))
    return Surroundings(
        kind,
        titles,
        frozenset(shingle for shingle in again if printed[shingle] > 1),
        any(_heading(node.path, titles) == "own" and not _appended(node.path) for node in listed),
        any(says("text", "none", node.text) for node in texts),
        announced,
    )


@lru_cache(maxsize=4096)
def _foreign(path: tuple[str, ...], titles: frozenset[str]) -> bool:
    return any("foreign" in heading_says(one) for one in path if one not in titles)


def _appended(path: Sequence[str]) -> bool:
    return any(one.casefold().startswith(("appendi", "annex")) for one in path)


@lru_cache(maxsize=4096)
def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Give the runs of `SHINGLE` words of a text; cached, as each series asks again."""
    words = plain_words(text)
    width = min(SHINGLE, max(1, len(words)))
    return frozenset(zip(*(words[start:] for start in range(width)), strict=False))


def features_of(series: Series, around: Surroundings) -> list[Features]:
    """Give the features of each item of a series."""
    size = len(series.items)
    shared = Shared(
        sum(item.asks for item in series.items) / size, sum(map(_recommends, series.items)) / size
    )
    whole = _present(_of_series(series, shared, around))
    types = _types(series, shared.asking) if series.maker == "number" else {}
    found = (
        _present(
            whole
            | _of_item(item, around.titles)
            | _among(item, series, shared, around)
            | {"other type": types.get(item.nodes[0].style, 0.0)}
        )
        for item in series.items
    )
    if series.maker != "wishes":
        return list(found)
    return [
        {name: row[name] for name in IN_PROSE if name in row}
        | _present({"asks alone": item.asker * (not around.announced)})
        for row, item in zip(found, series.items, strict=True)
    ]


def _types(series: Series, usual: float) -> Mapping[Style, float]:
    """Give of each type of print how much more the other items of the list ask than its own do."""
    many = Counter(item.nodes[0].style for item in series.items)
    asking = Counter(item.nodes[0].style for item in series.items if item.asks)

    def share(asks: int, of: int) -> float:
        """Where there are few, the share is nearer to the usual one."""
        return (asks + usual / 2) / (of + 0.5)

    def others(style: Style) -> float:
        if series.by_type:
            return series.rest
        return share(asking.total() - asking[style], many.total() - many[style])

    return {style: max(0.0, others(style) - share(asking[style], many[style])) for style in many}


def _present(features: Features) -> Features:
    return {name: float(value) for name, value in features.items() if value}


class Shared(NamedTuple):
    """How much of a series asks, or recommends in so many words."""

    asking: float
    recommending: float


def _among(item: Item, series: Series, shared: Shared, around: Surroundings) -> Features:
    """Give what an item is beside the others of its series."""
    place = _heading(item.nodes[0].path, around.titles)
    own = place == "own"
    first = item.nodes[0]
    foremost = own and not series.outranked
    recommending = _recommends(item)
    return {
        "article told": float(around.kind == "article" and not _speaks(item)),
        "cut": 1.0 - item.share,
        f"first {series.maker}": foremost and series.maker in WEAKER,
        "mixed": place == "mixed",
        "outside": around.has_own and not own,
        "own share": own * shared.asking,
        "own fills": own * series.covers,
        "silent": (not recommending) * shared.recommending,
        "introduces": item is series.items[0] and not recommending and says_of_all(item),
        "foreign says": recommending and _foreign(first.path, around.titles),
    }


def _speaks(item: Item) -> bool:
    """Tell whether somebody speaks of what "I" or "we" want, in the item or what stands above it."""
    words = (item.lead_in, *item.nodes[0].path, first_sentence(item.head))
    return any({"i", "we", "my", "our"} & {*plain_words(text)} for text in words)


def says_of_all(item: Item) -> bool:
    """Tell an item that speaks of recommendations: "The review makes ten recommendations."."""
    return "recommendations" in item.head.casefold()


def _of_series(series: Series, shared: Shared, around: Surroundings) -> Features:
    items = series.items
    contrast = shared.asking - series.rest
    repeated = sum(_twice(item, around) for item in items) if series.by_type else 0
    twice = max(0, repeated - 1) / len(items)
    return {
        "one": 1.0,
        series.maker: series.maker in MAKERS,
        "contrast": contrast,
        "set apart twice": max(0.0, contrast) * twice,
        "size": math.log(len(items)) / 4,
        around.kind: around.kind in KINDS,
        "outranked": series.outranked,
        "none": around.none,
        "fills": series.covers,
    }


def _twice(item: Item, around: Surroundings) -> bool:
    found = shingles(item.head)
    return len(found & around.repeated) >= TWICE * max(SHINGLE, len(found))


@lru_cache(maxsize=8192)
def _of_item(item: Item, titles: frozenset[str]) -> Features:
    head, first = item.head[:LOOK_AT], item.nodes[0]
    place = _heading(first.path, titles)
    _, tag, _ = codes.behind(item.nodes[-1].text)
    own, asking = _recommends(item), item.asks
    labelled = first.kind == "label" or is_label(item.reference)
    announced = bool(item.lead_in) and (says("text", "announces", item.lead_in) or talks(item.lead_in))
    return _present(
        {
            "asks": asking,
            "talks": talks(item.head),
            "short": not asking and sum(len(node.text.split()) for node in item.nodes) < 5,
            "recommends": own,
            "conclusion": tag == "conclusion",
            "past": not (own or opens_asking(item.head)) and _tells(first_sentence(head)),
            "quoted": first.quoted or head[:1] in "“\"‘'",
            "foreign": _foreign(first.path, titles),
            "aside": place == "aside",
            "asking lead-in": is_bare(item.lead_in),
            "announced list": announced,
            "unannounced": place in ("", "aside") and not (announced or own or labelled),
            "announcing": first.role == "heading" and bool(heading_says(item.head) & {*LISTS}),
            "appendix": _appended(first.path),
            "reply": says("text", "reply", item.lead_in) or says("text", "reply", head),
            "lead-in": bool(item.lead_in),
            "part": first.parent >= 0 and first.kind != "label" and bool(first.above),
        }
    )


def _tells(sentence: str) -> bool:
    return says("sentence", "past", sentence) and not says("sentence", "modal", sentence)


@lru_cache(maxsize=8192)
def _recommends(item: Item) -> bool:
    """Tell an item in which the review itself recommends, at its beginning or in a paragraph of its own."""
    below = (node.text for node in item.nodes[1:])
    if recommends(first_sentence(item.head)) or any(map(recommends, below)):
        return True
    text = item.nodes[0].text
    if not item.begin and item.finish is None:
        return False
    around = (text[start:end] for start, end in sentences(text) if start <= item.begin < end)
    return any(map(recommends, around))


@lru_cache(maxsize=4096)
def _heading(path: tuple[str, ...], titles: frozenset[str]) -> str:
    """Ask the headings from the innermost one outwards; the title only where no other says anything."""
    if _foreign(path, titles):
        return ""
    for heading in reversed(path):
        found = heading_says(heading)
        if heading not in titles and found & {"own", "mixed", "aside"}:
            return "own" if "own" in found else "mixed" if "mixed" in found else "aside"
    return "mixed" if any(heading_says(one) & {"own", "mixed"} for one in path) else ""
