"""The same recommendation in summary, chapter and final list is one, with every reference kept."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import repeat

from srtminer.model import Explanation, Recommendation

SHINGLE = 4
"""Words in a row that are compared."""
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
        words = _shingles(item.text)
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


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    width = min(SHINGLE, max(1, len(words)))
    return frozenset(tuple(words[i : i + width]) for i in range(len(words) - width + 1))


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
