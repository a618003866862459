"""Two sides whose shares of a theme are compared, counted review by review."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.groups import NOT_KNOWN
from srtminer.comparisons import Contrast
from srtminer.model import Group, Recommendation, ThemeTable

OTHERS = "all others"

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sides:
    """The recommendations of both sides; they may overlap."""

    contrast: Contrast
    first: tuple[Recommendation, ...]
    second: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one side, one row a review; both sides of a contrast have the same reviews."""

    sizes: Values
    """Recommendations, shape (reviews,)."""
    hits: Values
    """Of them with the theme, shape (reviews, themes)."""

    @property
    def shares(self) -> Values:
        """Share of all recommendations that have each theme; 0 for a side without any."""
        shares: Values = self.hits.sum(axis=0) / max(1.0, self.sizes.sum())
        return shares


def sides_of(groups: Sequence[Group]) -> tuple[Sides, ...]:
    """Set two groups against each other, of more groups each against what is only in the others."""
    known = [group for group in groups if group.name != NOT_KNOWN]
    if len(known) < 2:
        return ()
    if len(known) == 2:
        one, other = known
        return (Sides(Contrast(one.name, other.name), one.recommendations, other.recommendations),)
    return tuple(_against_others(group, known) for group in known)


def _against_others(group: Group, groups: Sequence[Group]) -> Sides:
    own = {one.id for one in group.recommendations}
    others = {one.id: one for other in groups for one in other.recommendations if one.id not in own}
    return Sides(Contrast(group.name, OTHERS), group.recommendations, tuple(others.values()))


def tallies(sides: Sides, table: ThemeTable, themes: Sequence[int]) -> tuple[Tally, Tally]:
    """Count both sides for the themes at the given places of the table; reviews in the order of their ids."""
    place = {
        member.id: column for column, theme in enumerate(themes) for member in table.themes[theme].members
    }
    reviews = sorted({one.review_id for one in (*sides.first, *sides.second)})
    row = {review: number for number, review in enumerate(reviews)}
    return _tally(sides.first, row, place, len(themes)), _tally(sides.second, row, place, len(themes))


def _tally(
    found: Sequence[Recommendation], row: dict[str, int], place: dict[str, int], n_themes: int
) -> Tally:
    sizes, hits = np.zeros(len(row)), np.zeros((len(row), n_themes))
    for one in found:
        sizes[row[one.review_id]] += 1
        if one.id in place:
            hits[row[one.review_id], place[one.id]] += 1
    return Tally(sizes, hits)
