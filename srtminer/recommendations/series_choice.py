"""Which items of which series are the report's recommendations: the best set that does not conflict."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat
from operator import mul

from srtminer.recommendations.candidates import Item, Series
from srtminer.recommendations.features import Features, Surroundings, features_of


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item with what it was chosen for."""

    item: Item
    maker: str
    confidence: float
    features: Features
    series: int
    """Which series it is an item of."""


Weights = Mapping[str, Mapping[str, float]]


@cache
def weights() -> Weights:
    """Give the fitted weights and the calibration; `tests/fit_series.py` makes them."""
    path = resources.files("srtminer.data").joinpath("series.json")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def probability(features: Features, of: Mapping[str, float]) -> float:
    """Give the log-linear score of an item as a probability."""
    return _chance(sum(map(mul, features.values(), map(of.get, features, repeat(0.0)))))


def shares(features: Features) -> tuple[tuple[str, float], ...]:
    """Give (feature, what it adds to the log odds) of an item, the weightiest first."""
    of = weights()["weights"]
    found = ((name, round(value * of.get(name, 0.0), 2)) for name, value in features.items())
    return tuple(sorted((one for one in found if one[1]), key=lambda one: (-abs(one[1]), one[0])))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def log_odds(chance: float) -> float:
    """Give the log odds of a chance, within ±7."""
    chance = min(1 - EDGE, max(EDGE, chance))
    return math.log(chance / (1 - chance))


EDGE = 0.001


def calibrated(chance: float, of: Mapping[str, float]) -> float:
    """Give how often such a chance is right in documents of publishers that nothing was fitted on (Platt)."""
    return _chance(of["slope"] * log_odds(chance) + of["offset"]) if of else chance


Described = list[tuple[Series, list[Features]]]


def describe(series: Sequence[Series], around: Surroundings) -> Described:
    """Give each series with the features of its items."""
    found = [(one, features_of(one, around)) for one in series]
    known = {item.span for one in series if one.maker in RULED for item in one.items}
    for one, features in found:
        for item, values in zip(one.items, features, strict=True):
            values["listed"] = float(item.span in known)
            values["nothing listed"] = float(not known)
    return found


RULED = ("pure", "impure", "outside", "only")
"""Kinds of series that are listed as most reports list theirs."""


STRONG = 5
"""A series that is expected to add so many recommendations explains loose paragraphs away."""


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _gain(item: Item, chance: float) -> float:
    """Give what an item is expected to add: as it is likelier right than wrong, for each of its parts.

    So one recommendation of three parts weighs as much as three, two wishes of one paragraph as one.
    """
    marked = sum(bool(node.kind) for node in item.nodes[1:])
    return max(0.0, 2 * chance - 1) * max(1, marked) * (item.share if len(item.nodes) == 1 else 1.0)


LEAST = 0.6
"""How sure an item must be …"""
INSIDE = 0.95
"""… one that stands between those of a list that was chosen …"""
BESIDE = 0.75
"""… and one anywhere else in a document with a list that adds as much as a strong one."""


def choose(found: Described, of: Mapping[str, float]) -> list[Chosen]:
    """Take the series that adds most, leave out of the others what it covers or explains away, and go on."""
    open_ = [
        [
            Chosen(item, series.maker, probability(values, of), values, place)
            for item, values in zip(series.items, features, strict=True)
        ]
        for place, (series, features) in enumerate(found)
    ]
    open_ = [[one for one in items if one.confidence >= LEAST] for items in open_]
    chosen: list[Chosen] = []
    floor = LEAST
    while open_ := [items for items in open_ if items]:
        best = max(open_, key=_worth)
        chosen += best
        if _worth(best)[0] >= STRONG:
            floor = BESIDE
        taken = [one.item.span for one in best]
        open_ = [[one for one in items if _stays(one, taken, floor)] for items in open_ if items is not best]
    return chosen


SURER = 0.1
"""So much surer must the fitted reading be, on average, than the usual one …"""
AGREES = 0.65
"""… and differ from it in more than this share of the items leaves, to be taken in its place."""
KEPT = 0.7
"""It must hold this share of what is right in the usual one, as far as the confidences say."""
FEW = 5
"""A usual reading with fewer items is only left for one with twice as many, and at least these."""
SURE = 0.7
"""How sure these must be, on average."""


def usual(found: Described, of: Mapping[str, float]) -> list[Chosen]:
    """Give what is listed as most reports list theirs, and the columns of tables that are its own."""
    return [
        Chosen(item, one.maker, probability(values, of), values, place)
        for place, (one, features) in enumerate(found)
        for item, values in zip(one.items, features, strict=True)
        if (one.maker in RULED and _told_by_type(one, item))
        or (one.maker == "table" and not values["foreign"])
    ]


APART = 0.5
"""By so much more of what is set in one type asks than of the rest, where type tells what is recommended."""


def _told_by_type(series: Series, item: Item) -> bool:
    """Tell whether an item counts where one type of print asks and the other does not."""
    style = item.nodes[0].style
    same = [one.asks for one in series.items if one.nodes[0].style == style]
    rest = [one.asks for one in series.items if one.nodes[0].style != style]
    if len(same) < 2 or len(rest) < 2:
        return True
    return sum(rest) / len(rest) - sum(same) / len(same) < APART


def better(one: Sequence[Chosen], other: Sequence[Chosen]) -> Sequence[Chosen]:
    """Choose between the usual reading of a document, `one`, and the fitted one: only for a clear reason.

    Why at all: where a report argues before it lists, or tells by its type alone what it recommends, the
    usual reading takes hundreds of paragraphs or none.
    """
    first, second = ({item.item.span for item in items} for items in (one, other))
    if len(first) < FEW or len(second) >= 2 * len(first):
        more = len(second) >= max(FEW, 2 * len(first)) and _mean(other) >= SURE
        more = more and 2 * len(first & second) <= len(first)
        return other if more else one
    agrees = len(first & second) >= AGREES * max(len(first), len(second))
    surer = bool(second) and _mean(other) >= _mean(one) + SURER and _rights(other) >= KEPT * _rights(one)
    return other if surer and not agrees else one


def _rights(items: Sequence[Chosen]) -> float:
    """Give how many of the items are right, as far as their confidences say."""
    return sum(item.confidence for item in items)


def _mean(items: Sequence[Chosen]) -> float:
    return _rights(items) / max(1, len(items))


def _worth(items: Sequence[Chosen]) -> tuple[float, int]:
    return sum(_gain(one.item, one.confidence) for one in items), -items[0].item.span[0]


def _stays(one: Chosen, taken: Sequence[tuple[int, int]], floor: float) -> bool:
    span = one.item.span
    if any(_overlap(span, other) for other in taken):
        return False
    inside = taken[0][0] < span[0] < taken[-1][1] and len(taken) > 1
    return one.confidence >= (INSIDE if inside else floor)
