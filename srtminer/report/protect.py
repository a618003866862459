"""Small counts are withheld, and what would give them away.

Source: complementary cell suppression by the rule of two, as in Hundepool et al., Statistical Disclosure
Control (Wiley 2012), chapter 4, done greedily: smallest cells first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Counts that add up, or nearly so, to another one that is shown too."""

    total: Key
    parts: tuple[Key, ...]


def withheld(counts: Mapping[Key, int], lines: Sequence[Line], least: int) -> frozenset[Key]:
    """Say which counts must not be shown so that none from 1 to `least` - 1 can be seen or worked out.

    A key may stand in many lines, and is withheld in all places or in none. 0 tells of nobody and is shown,
    unless it must hide where others stand.
    """
    hidden = {key for key, count in counts.items() if 0 < count < least}
    waiting = True
    while waiting:
        more = {key for line in lines for key in _cover(line, counts, hidden, least)}
        waiting = bool(more)
        hidden |= more
    return frozenset(hidden)


def _cover(line: Line, counts: Mapping[Key, int], hidden: set[Key], least: int) -> tuple[Key, ...]:
    """Give the one count more that a line must withhold, if any."""
    out = [counts[key] for key in line.parts if key in hidden]
    shown = sorted((counts[key], key) for key in line.parts if key not in hidden)
    noughts = tuple(key for count, key in shown if not count)
    others = tuple(key for count, key in shown if count)
    if line.total in hidden:
        return () if out else (*others, *noughts)[:1]
    if len(out) == 1:
        return (*others, *noughts, line.total)[:1]
    if 0 < sum(out) < least:
        return (*others, line.total)[:1]
    if out and all(count == 1 for count in out):
        # Three that add up to 3 are 1 each, unless one of four may be nought.
        return (*noughts, *others, line.total)[:1]
    return ()
