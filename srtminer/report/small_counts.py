"""Small counts are withheld, and what would give them away.

Source: cell suppression as in Hundepool et al., Statistical Disclosure Control (Wiley 2012). Other
counts are withheld line by line, the smallest first, so that no line has a single unknown; then the lines
together are audited by solving for what is withheld.
"""

from collections.abc import Iterable, Mapping, Sequence, Set

from srtminer.report.count_lines import Key, Line


def withheld(counts: Mapping[Key, int], lines: Sequence[Line], least: int) -> frozenset[Key]:
    """Say which counts must not be shown so that none from 1 to `least` - 1 can be seen or worked out.

    A key may stand in many lines, and is withheld in all places or in none. 0 tells of nobody and is shown,
    unless it must hide where others stand.
    """
    from srtminer.report.count_audit import solvable  # scipy's solver: half a second to import

    small = frozenset(key for key, count in counts.items() if 0 < count < least)
    hidden = _covered(small, counts, lines, least)
    while more := _more(small & solvable(counts, lines, hidden), counts, lines, hidden):
        hidden = _covered(hidden | more, counts, lines, least)
    return hidden


def _covered(
    hidden: Set[Key], counts: Mapping[Key, int], lines: Sequence[Line], least: int
) -> frozenset[Key]:
    """Withhold more until no line gives any count away by itself."""
    out = set(hidden)
    while more := {key for line in lines for key in _cover(line, counts, out, least)}:
        out |= more
    return frozenset(out)


def _more(
    given_away: Iterable[Key], counts: Mapping[Key, int], lines: Sequence[Line], hidden: Set[Key]
) -> frozenset[Key]:
    """Choose, for each count that the lines together give away, the smallest shown one near it."""
    chosen: set[Key] = set()
    for key in sorted(given_away):
        near = _near(key, lines, hidden)
        if near and not near & chosen:
            chosen.add(min(near, key=lambda other: (not counts[other], counts[other], other)))
    return frozenset(chosen)


def _near(key: Key, lines: Sequence[Line], hidden: Set[Key]) -> frozenset[Key]:
    """Give the shown counts in the lines of a key, or else in those of the withheld counts in them."""
    reached, before = {key}, set[Key]()
    while reached != before:
        before = reached
        touched = [{*line.parts, line.total} for line in lines if {*line.parts, line.total} & reached]
        everything = set[Key]().union(*touched)
        if everything - hidden:
            return frozenset(everything - hidden)
        reached = reached | everything
    return frozenset()


def _cover(line: Line, counts: Mapping[Key, int], hidden: Set[Key], least: int) -> tuple[Key, ...]:
    """Give the one count more that a line must withhold, if any."""
    out = [counts[key] for key in line.parts if key in hidden]
    shown = sorted((counts[key], key) for key in line.parts if key not in hidden)
    noughts = tuple(key for count, key in shown if not count)
    others = tuple(key for count, key in shown if count)
    if line.total in hidden:
        return () if out else (*others, *noughts)[:1]
    if len(out) == 1:
        return (*others, *noughts, line.total)[:1]
    if out and sum(out) < least:
        return (*others, line.total)[:1]
    if out and all(count == 1 for count in out):
        # Three that add up to 3 are 1 each, unless one of four may be nought.
        return (*noughts, *others, line.total)[:1]
    return ()
