"""The same recommendation in summary, chapter and final list is one, with every reference kept."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from srtminer.model import Recommendation
from srtminer.recommendations import judge

SHINGLE = 4
"""Words in a row that are compared."""
SAME = 0.5
"""Share of the shorter text's shingles that also stand in the longer one …"""
SAME_SHORT = 0.75
SHORT = 12
"""… and where the shorter one has fewer shingles than this, as set phrases are much of it."""

LABELS = ("label", "labelled heading")
"""Rules whose texts end where the next label begins, so that more of it is still the recommendation."""
TITLE = 60
"""Characters; what is longer is no title."""
MOST = 4
"""The whole text may be so many times as long as its first sentence; more is the chapter around it."""

TAIL = 100
"""Characters at the end in which two entries of one list differ."""

_WORD = re.compile(r"[^\W_]+")


def merge_repeats(found: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """Merge repeats; the most confident (then the first) gives the text. Linear in the text's length."""
    ranked = sorted(_without_titles(found), key=lambda item: (-item.confidence, item.start))
    kept: list[Recommendation] = []
    sizes: list[int] = []
    index: dict[tuple[str, ...], list[int]] = {}
    for item in ranked:
        shingles = _shingles(item.text)
        twin = _twin(shingles, index, sizes)
        if twin is not None and not _beside(kept[twin], item):
            labels = kept[twin].rule in LABELS and item.rule in LABELS
            whole = item if labels and _goes_on(kept[twin].text, item.text) else kept[twin]
            kept[twin] = _with_references(whole, kept[twin] if whole is item else item)
            continue
        for shingle in shingles:
            index.setdefault(shingle, []).append(len(kept))
        sizes.append(len(shingles))
        kept.append(item)
    return tuple(sorted(kept, key=lambda item: (item.start, item.end)))


def _without_titles(found: Sequence[Recommendation]) -> list[Recommendation]:
    """Leave out the entries of a list of titles: the same label stands over a longer text.

    Why: the first pages of a volume list "Recommendation 6.2 Allowances".
    """
    asking = {item.reference for item in found if judge.is_directive(item.text)}
    return [
        item
        for item in found
        if len(item.text) > TITLE
        or not (item.reference[:1].isalpha() and item.reference in asking)
        or judge.is_directive(item.text)
    ]


def _goes_on(short: str, long: str) -> bool:
    """Tell a text that begins like the other one and has parts that the other one leaves out.

    Why: a summary gives the first sentence of a recommendation, the chapter its bullets too.
    """
    first, second = _WORD.findall(short.casefold()), _WORD.findall(long.casefold())
    return len(first) < len(second) <= MOST * len(first) and second[: len(first)] == first


def _beside(one: Recommendation, other: Recommendation) -> bool:
    """Tell two entries of one list: they may share the finding they answer, but not how they end."""
    same_list = (one.rule, one.heading[:-1]) == (other.rule, other.heading[:-1])
    numbered = one.reference and other.reference and one.reference != other.reference
    return bool(same_list and numbered) and one.text[-TAIL:] != other.text[-TAIL:]


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    width = min(SHINGLE, max(1, len(words)))
    return frozenset(tuple(words[i : i + width]) for i in range(len(words) - width + 1))


def _twin(
    shingles: frozenset[tuple[str, ...]], index: dict[tuple[str, ...], list[int]], sizes: Sequence[int]
) -> int | None:
    shared: Counter[int] = Counter()
    for shingle in shingles:
        shared.update(index.get(shingle, ()))
    best = [(count / max(1, min(len(shingles), sizes[other])), -other) for other, count in shared.items()]
    share, other = max(best, default=(0.0, 0))
    shorter = min(len(shingles), sizes[-other]) if best else 0
    return -other if share >= (SAME_SHORT if shorter < SHORT else SAME) else None


def _with_references(kept: Recommendation, repeat: Recommendation) -> Recommendation:
    extra = tuple(reference for reference in repeat.references if reference not in kept.references)
    return replace(
        kept,
        references=kept.references + extra,
        lead=kept.lead or repeat.lead,
        date=kept.date or repeat.date,
    )
