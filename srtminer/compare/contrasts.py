"""Two sides whose shares of themes are compared: counted review by review, and told apart by their terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.cases import board_key
from srtminer.comparisons import NOT_KNOWN, Contrast, Group, Overlap, Term
from srtminer.model import Recommendation, ReviewRecord, Theme
from srtminer.text.words import RUN

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

    def without(self, other: "Tally") -> "Tally":
        """Give what is left when others are taken out."""
        return Tally(self.sizes - other.sizes, self.hits - other.hits)


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
        first = self.first.without(self.common)
        return Tally(first.sizes + self.second.sizes, first.hits + self.second.hits)

    @property
    def mixed(self) -> NDArray[np.bool_]:
        """Which reviews have recommendations that only the first side has, and others only the second."""
        common = self.common.sizes
        found: NDArray[np.bool_] = (self.first.sizes > common) & (self.second.sizes > common)
        return found


def sides_of(groups: Sequence[Group]) -> tuple[Sides, ...]:
    """Set two groups against each other, of more groups each against what is only in the others."""
    known = [group for group in groups if group.name != NOT_KNOWN]
    if len(known) < 2:
        return ()
    if len(known) == 2:
        one, other = known
        return (sides(one.name, other.name, one.recommendations, other.recommendations),)
    found = []
    for group in known:
        own = {one.id for one in group.recommendations}
        others = {one.id: one for other in known for one in other.recommendations if one.id not in own}
        found.append(sides(group.name, OTHERS, group.recommendations, tuple(others.values())))
    return tuple(found)


def sides(
    name: str, other: str, first: tuple[Recommendation, ...], second: tuple[Recommendation, ...]
) -> Sides:
    """Make two sides of the given names."""
    own, others = {one.id for one in first}, {one.id for one in second}
    reviews = {one.case_id for one in first} & {one.case_id for one in second}
    contrast = Contrast(
        first=name,
        second=other,
        overlap=Overlap(len(reviews), len(own & others)),
        own=(len(own - others), len(others - own)),
    )
    return Sides(contrast, first, second)


def tallies(sides: Sides, themes: Sequence[Theme], case_of: Mapping[str, str]) -> Counted:
    """Count both sides by themes; one row a case, in their order.

    Why cases: a full report and its summary, or the statement that quotes it, are not independent.
    """
    cases = sorted({case_of[one.review_id] for one in (*sides.first, *sides.second)})
    parts = (sides.first, sides.second, sides.common)
    return Counted(*(tally(part, themes, case_of, cases) for part in parts))


def tally(
    found: Sequence[Recommendation],
    themes: Sequence[Theme],
    case_of: Mapping[str, str],
    cases: Sequence[str],
) -> Tally:
    """Count recommendations by cases and themes."""
    column = {one.id: number for number, theme in enumerate(themes) for one in theme.members}
    row = {case: number for number, case in enumerate(cases)}
    counts = np.zeros((len(cases), len(themes) + 1))  # the last column is that of no theme
    for one in found:
        counts[row[case_of[one.review_id]], column.get(one.id, len(themes))] += 1
    return Tally(counts.sum(axis=1), counts[:, :-1])


PRIOR_SHARE, LARGEST_PRIOR = 1 / 15, 500.0
"""Size of the prior: a share of all occurrences, up to a limit. Grows: rare terms have to differ more."""
Z = 1.96
"""Standard deviations from which a term is shown."""
LEAST_COUNT, LEAST_REVIEWS = 3, 2
"""Recommendations and reviews that the side which uses it more must have it in.

Why recommendations: two of four of a small agency say little. Why reviews: a name that one long review
repeats is no difference between two boards.
"""
SHOWN = 5
"""Terms of each side, at most."""


def words_of_names(
    records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]
) -> frozenset[str]:
    """Give the words that are names: places and abbreviations in lower case, parts of names as printed.

    Why as printed: "hospital" is a word of the text, and "Hospital" a part of the name of a trust.
    """
    places = {word for record in records for word in board_key(record).split()}
    names = {agency.name for one in recommendations for agency in one.agencies}
    printed = {word for name in names for word in name.split() if word.istitle()}
    short = {word.lower() for name in names for word in RUN.findall(name) if len(word) > 1 and word.isupper()}
    return frozenset(places | printed | short)


def distinctive_terms(
    sides: Sides,
    recommendations: Sequence[Recommendation],
    terms: sp.csr_array,
    surfaces: Sequence[str],
    names: frozenset[str] = frozenset(),
) -> tuple[Term, ...]:
    """Give the terms that tell two sides apart, those of the first side first, most distinctive first.

    Log-odds ratio with an informative Dirichlet prior: Monroe, Colaresi and Quinn (2008), "Fightin' words".
    Words in `names` are no terms: that a board's texts name it is no finding. What stands on both sides says
    nothing of a difference and is left out. `terms` has a row for each of `recommendations`, and a
    column for each of `surfaces`, not 0 where it stands. The z values take recommendations as independent:
    they order, they do not test.
    """
    shared = {one.id for one in sides.common}
    row = {one.id: number for number, one in enumerate(recommendations)}
    there = (terms > 0).astype(np.float64)
    own = [
        [one for one in side if one.id not in shared and one.id in row]
        for side in (sides.first, sides.second)
    ]
    if not all(own):
        return ()
    parts = [there[[row[one.id] for one in side]] for side in own]
    first, second = (part.sum(axis=0) for part in parts)
    z = log_odds(first, second, there.sum(axis=0))
    words = [{*surface.split(), *surface.lower().split()} for surface in surfaces]
    usable = np.array([names.isdisjoint(said) for said in words], dtype=bool)
    found = []
    for side, part, apart in zip(own, parts, (z, -z), strict=True):
        _, review = np.unique([one.review_id for one in side], return_inverse=True)
        of_review = sp.csr_array((np.ones(len(side)), (review, np.arange(len(side)))))
        reviews = ((of_review @ part) > 0).sum(axis=0)
        often = usable & (part.sum(axis=0) >= LEAST_COUNT) & (reviews >= LEAST_REVIEWS)
        found += _chosen(np.where(often, apart, 0), surfaces)
    return tuple(Term(surfaces[term], int(first[term]), int(second[term]), float(z[term])) for term in found)


def log_odds(first: Values, second: Values, background: Values) -> Values:
    """Give the standardised log-odds ratio of each term; all three count occurrences, shape (terms,)."""
    total = max(1.0, background.sum())
    prior = min(LARGEST_PRIOR, PRIOR_SHARE * total) * background / total
    one, two = first + prior, second + prior
    ratio = np.log(one / (one.sum() - one)) - np.log(two / (two.sum() - two))
    z: Values = ratio / np.sqrt(1 / one + 1 / two)
    return z


def _chosen(z: Values, surfaces: Sequence[str]) -> list[int]:
    """Take the most distinctive terms, each word once."""
    chosen: list[int] = []
    told: set[str] = set()
    columns = np.flatnonzero(z >= Z).tolist()
    for column in sorted(columns, key=lambda c: (-round(float(z[c]), 6), -len(surfaces[c]), surfaces[c])):
        words = surfaces[column].split()
        if told.isdisjoint(words):
            chosen.append(column)
            told.update(words)
    return chosen[:SHOWN]
