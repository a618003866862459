"""The counts that a report shows, which of them are withheld, and what would give those away.

Each count has a key, since the same count stands in several tables and is withheld in all of them or in none;
lines say which counts add up to which. So that no small count can be seen or worked out, others are withheld
line by line, the smallest first, until no line has a single unknown; then the lines together are audited by
solving for what is withheld.

Source: cell suppression and its audit by linear programming, as in Hundepool et al., Statistical Disclosure
Control (Wiley 2012).
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from srtminer.comparisons import BoardYear, Comparison, Repeats
from srtminer.material import Material
from srtminer.model import Skipped
from srtminer.passage_context import Surroundings

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class BoardHistory:
    """A board and its years, ascending."""

    board: str
    years: tuple[BoardYear, ...]

    @property
    def recommendations(self) -> int:
        """Those of all years."""
        return sum(one.recommendations for one in self.years)

    @property
    def repeated(self) -> int:
        """Those that an earlier review of the board made."""
        return sum(one.repeated for one in self.years)


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept back from the reader."""

    small_counts: int | None = None
    """Counts of 1 up to one less than this are withheld; None: none are."""
    names: tuple[str, ...] = ()
    """Names that are replaced wherever they stand."""
    folders: bool = True
    """Whether the files of reviews are named with their folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Material):
    """The results that a report shows."""

    title: str
    repeats: Repeats
    boards: tuple[BoardHistory, ...]
    """Those of `repeats` that have several reviews; gathered before names that are redacted look alike."""
    skipped: tuple[Skipped, ...] = ()
    """The files that could not be read; none of them is a review of the store."""
    around: Mapping[str, Surroundings] = field(default_factory=dict)
    """Where recommendations stand, by their ids; empty unless it was asked for."""


def histories(repeats: Repeats) -> tuple[BoardHistory, ...]:
    """Gather the years of each board that has more than one review: one alone can repeat nothing."""
    boards = [(board, tuple(years)) for board, years in groupby(repeats.boards, key=lambda one: one.board)]
    return tuple(
        BoardHistory(board, years) for board, years in boards if sum(one.reviews for one in years) > 1
    )


Key = tuple[str, ...]
"""("theme", its id, "reviews" or "size"); ("year" or "agency", a group, and a theme's id or nothing): reviews
of a year, recommendations to an agency; ("review", its id): its recommendations. Where counts are withheld,
what boards repeat and what responses answer are not shown at all."""
REVIEWS: Key = ("reviews",)
WITH, WITHOUT = ("reviews", "with recommendations"), ("reviews", "without recommendations")
RECOMMENDATIONS: Key = ("recommendations",)
UNTHEMED, UNLISTED = ("recommendations", "in no theme"), ("recommendations", "in themes not listed")
NO_THEME = ""
"""Stands for a theme's id in the keys of recommendations that are in none."""
GLANCES = 12
"""Solutions looked at before each count is asked for alone; most can be seen to vary in a few."""
SURE = 2.0
"""Between two solutions so far apart there are two whole numbers, whatever they are."""
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """Counts that add up, or nearly so, to another one that is shown too."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """All counts by key, and which of them are withheld."""

    values: Mapping[Key, int]
    hidden: frozenset[Key]

    def shown(self, *key: str) -> int | None:
        """Give a count, or None where it is withheld."""
        return None if key in self.hidden else self.values[key]


def count(content: Content, small_counts: int | None) -> Counts:
    """Count everything once, and withhold small counts if asked to."""
    values = dict(_counts(content))
    hidden = frozenset() if small_counts is None else withheld(values, tuple(_lines(content)), small_counts)
    return Counts(values, hidden)


def _counts(content: Content) -> Iterator[tuple[Key, int]]:
    whole = content.counts
    found = Counter(recommendation.review_id for recommendation in content.recommendations)
    yield from ((("review", record.id), found[record.id]) for record in content.records)
    yield from ((REVIEWS, whole["reviews"]), (WITH, whole[WITH[1]]))
    yield WITHOUT, whole["reviews"] - whole[WITH[1]]
    yield RECOMMENDATIONS, whole["recommendations"]
    yield from ((key, whole[key[1]]) for key in (UNTHEMED, UNLISTED))
    for one in content.table.themes:
        yield ("theme", one.id, "reviews"), one.reviews
        yield ("theme", one.id, "size"), len(one.members)
    yield from _compared("year", "reviews", content.by_year)
    yield from _compared("agency", "recommendations", content.by_agency)


def _compared(field: str, what: str, compared: Comparison) -> Iterator[tuple[Key, int]]:
    for n, group in enumerate(compared.groups):
        yield (field, group.name), getattr(group, what)
        if field == "agency":
            yield (field, group.name, NO_THEME), compared.unthemed[n].recommendations
        for row in compared.rows:
            yield (field, group.name, row.theme.id), getattr(row.counts[n], what)


def _lines(content: Content) -> Iterator[Line]:
    """Give the sums.

    Recommendations to two kinds of agency make some of them no sum; that errs on the safe side.
    """
    themes = [one.id for one in content.table.themes]
    years = [group.name for group in content.by_year.groups]
    kinds = [group.name for group in content.by_agency.groups]
    yield Line(REVIEWS, (WITH, WITHOUT))
    yield Line(RECOMMENDATIONS, (*(("theme", one, "size") for one in themes), UNTHEMED, UNLISTED))
    yield Line(RECOMMENDATIONS, tuple(("review", record.id) for record in content.records))
    yield Line(RECOMMENDATIONS, tuple(("agency", kind) for kind in kinds))
    yield Line(WITH, tuple(("year", year) for year in years))
    for kind in kinds:
        yield Line(("agency", kind), tuple(("agency", kind, one) for one in (*themes, NO_THEME)))
    for one in themes:
        yield Line(("theme", one, "reviews"), tuple(("year", year, one) for year in years))
        yield Line(("theme", one, "size"), tuple(("agency", kind, one) for kind in kinds))
    yield Line(UNTHEMED, tuple(("agency", kind, NO_THEME) for kind in kinds))


def withheld(counts: Mapping[Key, int], lines: Sequence[Line], least: int) -> frozenset[Key]:
    """Say which counts must not be shown so that none from 1 to `least` - 1 can be seen or worked out.

    A key may stand in many lines, and is withheld in all places or in none. 0 tells of nobody and is shown,
    unless it must hide where others stand.
    """
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


def solvable(counts: Mapping[Key, int], lines: Sequence[Line], hidden: Set[Key]) -> frozenset[Key]:
    """Give the withheld counts that have one possible value only, no count being less than 0.

    Lines that do not add up are no equations, and nobody can reckon with them.
    """
    keys = sorted(hidden)
    exact = [line for line in lines if sum(counts[key] for key in line.parts) == counts[line.total]]
    touched = [line for line in exact if any(key in hidden for key in (*line.parts, line.total))]
    if not touched:
        return frozenset()
    import numpy as np
    from scipy.optimize import linprog  # half a second to import

    left, right = _equations(counts, touched, keys)
    bounds = (0, 2.0 * sum(counts.values()) + 1)
    solve = partial(linprog, A_eq=left, b_eq=right, bounds=bounds, method="highs")
    draw = np.random.default_rng(0)
    found = np.array([solve(draw.normal(size=len(keys))).x for _ in range(GLANCES)])
    hardly_vary = np.flatnonzero(np.ptp(found, axis=0) < SURE + ROUNDING)
    return frozenset(keys[column] for column in hardly_vary if _is_single(solve, np.eye(len(keys))[column]))


def _equations(
    counts: Mapping[Key, int], lines: Sequence[Line], keys: Sequence[Key]
) -> "tuple[sp.csr_array, NDArray[np.float64]]":
    """Give one equation a line over the withheld counts, the columns: the left sides and the right ones."""
    import numpy as np
    import scipy.sparse as sp

    column = {key: n for n, key in enumerate(keys)}
    left, right = sp.lil_array((len(lines), len(keys))), np.zeros(len(lines))
    for row, line in enumerate(lines):
        for key, sign in (*((part, 1) for part in line.parts), (line.total, -1)):
            if key in column:
                left[row, column[key]] += sign
            else:
                right[row] -= sign * counts[key]
    return sp.csr_array(left), right


def _is_single(solve: Callable[..., Any], aim: "NDArray[np.float64]") -> bool:
    least, most = solve(aim).fun, -solve(-aim).fun
    return bool(math.ceil(least - ROUNDING) == math.floor(most + ROUNDING))
