"""Which items of which series are the report's recommendations: the best set that does not conflict.

Each item is scored twice. The second look knows, too, how good the first one finds the item's own series, and
the best of the others: where a report has a list of its own, what else asks is explained away. The same
recommendation in summary, chapter and final list is one, with every reference kept.
"""

import json
import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from itertools import repeat
from operator import mul

from srtminer.model import Explanation, Recommendation
from srtminer.recommendations.candidates import Item, Series
from srtminer.recommendations.features import Features, Surroundings, features_of, shingles

Weights = Mapping[str, Mapping[str, float]]
"""Of "first" and "second" look the weight of each feature; "calibration": slope and offset."""
Described = Sequence[tuple[Series, Sequence[Features]]]
Span = tuple[int, int]

LEAST = 0.69
"""How sure an item must be, before calibration: after it about one half. Left out, F is lower with 0.65."""
RIVALS = 8
"""So many series of the greatest worth are looked at beside an item's own."""
SHARPER = 2.0
"""Factor of the log odds where the likely items of a list are counted. Grows: each counts as yes or no."""
EDGE = 0.001
"""Chances nearer to 0 or 1 are taken for this near."""
LISTS = ("number", "label", "named", "tag", "table", "bullet")
"""Kinds of series whose authors mark each item: where most are right, the rest is too."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item with what it was chosen for."""

    item: Item
    maker: str
    confidence: float
    features: Features
    numbers: Mapping[int, str] = field(default_factory=dict)
    """Of each series that begins an item here, the printed number of it."""
    shares: tuple[tuple[str, float], ...] = ()
    """(feature, what it adds to the log odds), the weightiest first."""


@cache
def weights() -> Weights:
    """Give the fitted weights and the calibration; `tests/fit_series.py` makes them."""
    path = resources.files("srtminer.data").joinpath("series.json")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def shares(features: Features, of: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Give (feature, what it adds to the log odds) of an item, the weightiest first."""
    found = ((name, round(value * of.get(name, 0.0), 2)) for name, value in features.items())
    return tuple(sorted((one for one in found if one[1]), key=lambda one: (-abs(one[1]), one[0])))


def probability(features: Features, of: Mapping[str, float]) -> float:
    """Give the log-linear score of an item as a probability."""
    return _chance(sum(map(mul, features.values(), map(of.get, features, repeat(0.0)))))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _sure(chance: float) -> float:
    """Sharpen a chance, so that a list counts its likely items, and none tips at one half."""
    return _chance(SHARPER * log_odds(chance))


def log_odds(chance: float) -> float:
    """Give the log odds of a chance, within ±7."""
    chance = min(1 - EDGE, max(EDGE, chance))
    return math.log(chance / (1 - chance))


def calibrated(chance: float, of: Mapping[str, float]) -> float:
    """Give how often such a chance is right in documents of publishers that nothing was fitted on (Platt)."""
    return _chance(of["slope"] * log_odds(chance) + of["offset"]) if of else chance


def describe(series: Sequence[Series], around: Surroundings) -> Described:
    """Give each series with the features of its items, for a first look."""
    return [(one, features_of(one, around)) for one in series]


def second_look(found: Described, first: Mapping[str, float]) -> Described:
    """Add to the features of each item what the first look's weights say of its own and the other series."""
    scored = [[probability(values, first) for values in rows] for _, rows in found]
    rivals = _rivals(zip((one for one, _ in found), scored, strict=True))
    looked = []
    for (one, rows), chances in zip(found, scored, strict=True):
        mean = sum(map(log_odds, chances)) / len(chances)
        likely = sum(map(_sure, chances))
        more = []
        for item, values, chance in zip(one.items, rows, chances, strict=True):
            others = likely - _sure(chance)
            fellows = math.log((others + 1) / (len(chances) - others)) if one.maker in LISTS else 0.0
            beside = {"mean": mean, "fellows": fellows, "elsewhere": _elsewhere(item.span, rivals)}
            more.append(values | beside)
        looked.append((one, more))
    return looked


def choose(found: Described, of: Mapping[str, float]) -> list[Chosen]:
    """Give the likely items that do not overlap and together add most (weighted interval scheduling)."""
    likely: dict[Span, Chosen] = {}
    printed: dict[Span, str] = {}
    numbers: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for place, (series, rows) in enumerate(found):
        for item, values in zip(series.items, rows, strict=True):
            chance, span = probability(values, of), item.span
            if chance >= LEAST and (span not in likely or chance > likely[span].confidence):
                likely[span] = Chosen(item, series.maker, chance, values)
            if item.reference:
                printed[span] = numbers[span[0]][place] = item.reference
    return [
        replace(
            one,
            item=replace(one.item, reference=one.item.reference or printed.get(one.item.span, "")),
            numbers=numbers[one.item.span[0]],
        )
        for one in _best_apart(sorted(likely.values(), key=lambda one: one.item.span[::-1]))
    ]


def _best_apart(items: Sequence[Chosen]) -> list[Chosen]:
    """Of items in the order of their ends, give those that add most and do not overlap."""
    ends = [one.item.span[1] for one in items]
    before = [bisect_right(ends, one.item.span[0], 0, place) for place, one in enumerate(items)]
    worth = [0.0]
    for place, one in enumerate(items):
        worth.append(max(worth[place], worth[before[place]] + _gain(one.item, one.confidence)))
    taken, place = [], len(items)
    while place:
        if worth[place] > worth[place - 1]:
            taken.append(items[place - 1])
            place = before[place - 1]
        else:
            place -= 1
    return taken[::-1]


def _gain(item: Item, chance: float) -> float:
    """Give what an item is expected to add: as it is likelier right than wrong, for each of its parts.

    So one recommendation of three parts weighs as much as three, two wishes of one paragraph as one.
    """
    marked = sum(bool(node.kind) for node in item.nodes[1:])
    return max(0.0, 2 * chance - 1) * max(1, marked) * item.share


# The other series -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rival:
    """What a series is expected to add, as a logarithm, and the places of its likely items in order."""

    worth: float
    spans: tuple[Span, ...]

    def covers(self, span: Span) -> bool:
        """Whether one of its items overlaps a place."""
        after = bisect_left(self.spans, span[1], key=lambda one: one[0])
        return after > 0 and self.spans[after - 1][1] > span[0]


def _rivals(scored: Iterable[tuple[Series, Sequence[float]]]) -> list[_Rival]:
    """Give the series of the greatest worth, the greatest first."""
    found = []
    for series, chances in scored:
        likely = [(item, chance) for item, chance in zip(series.items, chances, strict=True) if chance > 0.5]
        if likely:
            worth = math.log1p(sum(_gain(item, chance) for item, chance in likely))
            found.append(_Rival(worth, tuple(sorted(item.span for item, _ in likely))))
    return sorted(found, key=lambda rival: (-rival.worth, rival.spans))[:RIVALS]


def _elsewhere(span: Span, rivals: Sequence[_Rival]) -> float:
    """Give the worth of the best series that does not cover a place."""
    return next((rival.worth for rival in rivals if not rival.covers(span)), 0.0)


# Printed twice -------------------------------------------------------------------------------------------

SAME = 0.5
"""Share of the shorter text's shingles that also stand in the longer one …"""
SAME_SHORT = 0.75
SHORT = 12
"""… and where the shorter one has fewer shingles than this, as set phrases are much of it."""
EQUAL = 0.95
"""Share of the shingles of both that they share, of texts that are the same wherever they stand."""
MOST = 4
"""The fuller printing may be so many times as long; more is the chapter around it."""


def merge_repeats(
    found: Sequence[Recommendation], numbers: Sequence[Mapping[int, str]] = ()
) -> tuple[Recommendation, ...]:
    """Merge repeats; the fuller printing gives the text. Linear in the text's length.

    `numbers` gives of each the lists that it is of and its number there: those that one list numbers
    differently are never merged, unless they are the same to the letter.
    """
    kept: list[Recommendation] = []
    lists: list[dict[int, str]] = []
    known: list[frozenset[tuple[str, ...]]] = []
    index: dict[tuple[str, ...], list[int]] = {}
    numbered = zip(numbers or repeat({}, len(found)), found, strict=True)
    for own, item in sorted(numbered, key=lambda pair: (-pair[1].confidence, pair[1].start)):
        words = shingles(item.text)
        fitting = [
            place
            for place in _alike(words, index, known)
            if all(lists[place].get(one, number) == number for one, number in own.items())
            or 2 * len(words & known[place]) > EQUAL * (len(words) + len(known[place]))
        ]
        twin = fitting[0] if fitting else None
        if twin is None:
            for shingle in words:
                index.setdefault(shingle, []).append(len(kept))
            known.append(words)
            kept.append(item)
            lists.append(dict(own))
        else:
            kept[twin] = _merged(kept[twin], item)
            lists[twin].update(own)
    return tuple(sorted(kept, key=lambda item: (item.start, item.end)))


def _alike(
    words: frozenset[tuple[str, ...]],
    index: dict[tuple[str, ...], list[int]],
    known: Sequence[frozenset[tuple[str, ...]]],
) -> Iterator[int]:
    """Give those that say the same, the likest first."""
    shared = Counter(place for shingle in words for place in index.get(shingle, ()))
    for place, count in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        shorter = max(1, min(len(words), len(known[place])))
        if count / shorter >= (SAME_SHORT if shorter < SHORT else SAME):
            yield place


def _merged(kept: Recommendation, repeat: Recommendation) -> Recommendation:
    """Keep the fuller text of one list, unless it is the chapter around it."""
    fuller = len(kept.text) < len(repeat.text) <= MOST * len(kept.text) and repeat.text.startswith(
        kept.text[:40]
    )
    first, second = (repeat, kept) if fuller else (kept, repeat)
    references = dict.fromkeys((*kept.references, *repeat.references))
    return replace(
        first,
        references=tuple(references),
        confidence=max(kept.confidence, repeat.confidence),
        lead=first.lead or second.lead,
        date=first.date or second.date,
        explanation=_told(first, second),
    )


def _told(first: Recommendation, second: Recommendation) -> Explanation | None:
    """Keep for the explanation what the other printing says in other words."""
    if first.explanation is None:
        return None
    earlier = second.explanation.left_out if second.explanation else ()
    printings = dict.fromkeys((*first.explanation.left_out, *earlier, (second.page, second.text)))
    same = " ".join(first.text.split())
    others = (one for one in printings if " ".join(one[1].split()) != same)
    return replace(first.explanation, left_out=tuple(others))
