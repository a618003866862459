"""Two sides whose shares of a theme are compared, counted review by review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srtminer.comparisons import NOT_KNOWN, Contrast, Overlap
from srtminer.model import Group, Recommendation, ThemeTable

OTHERS = "all others"

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sides:
    """The recommendations of both sides; they may overlap."""

    contrast: Contrast
    first: tuple[Recommendation, ...]
    second: tuple[Recommendation, ...]

    @property
    def common(self) -> tuple[Recommendation, ...]:
        """Those on both sides."""
        other = {one.id for one in self.second}
        return tuple(one for one in self.first if one.id in other)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of recommendations, one row a review, or case of which there are several documents."""

    sizes: Values
    """Recommendations, shape (reviews,)."""
    hits: Values
    """Of them with the theme, shape (reviews, themes)."""

    @property
    def total(self) -> float:
        """Number of recommendations."""
        return float(self.sizes.sum())

    @property
    def reviews(self) -> int:
        """Number of reviews that have any."""
        return int((self.sizes > 0).sum())

    @property
    def shares(self) -> Values:
        """Share of all recommendations that have each theme; 0 where there are none."""
        shares: Values = self.hits.sum(axis=0) / max(1.0, self.total)
        return shares


@dataclass(frozen=True, slots=True)
class Counted:
    """Both sides of a contrast and what they have in common, over the same reviews."""

    first: Tally
    second: Tally
    common: Tally
    """Recommendations that both sides have."""

    @property
    def union(self) -> Tally:
        """What either side has."""
        return Tally(
            self.first.sizes + self.second.sizes - self.common.sizes,
            self.first.hits + self.second.hits - self.common.hits,
        )

    @property
    def whole_reviews(self) -> bool:
        """Whether each review is with all it has on one side, or on both."""
        in_first, in_second = self.first.sizes > 0, self.second.sizes > 0
        sizes, both = self.union.sizes, in_first & in_second
        return bool((self.common.sizes[both] == sizes[both]).all())


def sides_of(groups: Sequence[Group]) -> tuple[Sides, ...]:
    """Set two groups against each other, of more groups each against what is only in the others."""
    known = [group for group in groups if group.name != NOT_KNOWN]
    if len(known) < 2:
        return ()
    if len(known) == 2:
        one, other = known
        return (sides(one.name, other.name, one.recommendations, other.recommendations),)
    return tuple(_against_others(group, known) for group in known)


def _against_others(group: Group, groups: Sequence[Group]) -> Sides:
    own = {one.id for one in group.recommendations}
    others = {one.id: one for other in groups for one in other.recommendations if one.id not in own}
    return sides(group.name, OTHERS, group.recommendations, tuple(others.values()))


def sides(
    name: str, other: str, first: tuple[Recommendation, ...], second: tuple[Recommendation, ...]
) -> Sides:
    """Make two sides of the given names."""
    own, others = {one.id for one in first}, {one.id for one in second}
    reviews = {one.review_id for one in first} & {one.review_id for one in second}
    contrast = Contrast(
        first=name,
        second=other,
        overlap=Overlap(len(reviews), len(own & others)),
        own=(len(own - others), len(others - own)),
    )
    return Sides(contrast, first, second)


def tallies(sides: Sides, table: ThemeTable, themes: Sequence[int], case_of: Mapping[str, str]) -> Counted:
    """Count both sides for the themes at the given places of the table; one row a case, in their order.

    Why cases: a full report and its summary, or the statement that quotes it, are not independent.
    """
    return Counted(*_tallies((sides.first, sides.second, sides.common), table, themes, case_of))


def tally(
    found: Sequence[Recommendation], table: ThemeTable, themes: Sequence[int], case_of: Mapping[str, str]
) -> Tally:
    """Count recommendations in the same way."""
    (counted,) = _tallies((found,), table, themes, case_of)
    return counted


def _tallies(
    parts: Sequence[Sequence[Recommendation]],
    table: ThemeTable,
    themes: Sequence[int],
    case_of: Mapping[str, str],
) -> list[Tally]:
    column = {
        member.id: number for number, theme in enumerate(themes) for member in table.themes[theme].members
    }
    named = sorted({case_of[one.review_id] for part in parts for one in part})
    row = {case: number for number, case in enumerate(named)}
    shape = len(named), len(themes)
    return [
        _tally([(row[case_of[one.review_id]], column.get(one.id)) for one in part], shape) for part in parts
    ]


def _tally(found: Sequence[tuple[int, int | None]], shape: tuple[int, int]) -> Tally:
    """Count recommendations by their row and column; a column of None is that of no theme."""
    sizes, hits = np.zeros(shape[0]), np.zeros(shape)
    for row, column in found:
        sizes[row] += 1
        if column is not None:
            hits[row, column] += 1
    return Tally(sizes, hits)
