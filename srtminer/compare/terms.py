"""Which words one side uses more than the other."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.compare.occasions import names_in
from srtminer.compare.sides import Sides
from srtminer.comparisons import Term
from srtminer.model import Recommendation, ReviewRecord

PRIOR_SHARE, LARGEST_PRIOR = 1 / 15, 500.0
"""Size of the prior: a share of all occurrences, up to a limit. Grows: rare terms have to differ more."""
Z = 1.96
"""Standard deviations from which a term is shown."""
LEAST_COUNT, LEAST_REVIEWS = 3, 2
"""Recommendations and reviews that the side which uses it more must have it in.

Why reviews: a name that one long review repeats is no difference between two boards.
"""
SHOWN = 5
"""Terms of each side, at most."""


class PresenceMatrix(Protocol):
    """What a term matrix has to offer: which recommendation (row) has which term (column)."""

    @property
    def matrix(self) -> sp.csr_array:
        """Shape (recommendations, terms), not 0 where a term stands."""
        ...

    @property
    def surfaces(self) -> tuple[str, ...]:
        """How each term is printed."""
        ...


def no_terms(records: Sequence[ReviewRecord], recommendations: Sequence[Recommendation]) -> frozenset[str]:
    """Give the words that are names: lower case, or as printed in an agency's name ("County").

    Why as printed: "hospital" is a word of the text, and "Hospital" a part of the name of a trust.
    """
    agencies = {agency.name for one in recommendations for agency in one.agencies}
    printed = {word for name in agencies for word in name.split() if word.istitle()}
    return names_in(records, recommendations) | printed


def distinctive_terms(
    sides: Sides,
    recommendations: Sequence[Recommendation],
    terms: PresenceMatrix,
    names: frozenset[str] = frozenset(),
) -> tuple[Term, ...]:
    """Give the terms that tell two sides apart, those of the first side first, most distinctive first.

    Log-odds ratio with an informative Dirichlet prior: Monroe, Colaresi and Quinn (2008), "Fightin' words".
    Words in `names` are no terms: that a board's texts name it is no finding. What stands on both sides says
    nothing of a difference and is left out. `terms` has a row for each of `recommendations`. The z values
    take recommendations as independent: they order, they do not test.
    """
    own, other = {one.id for one in sides.first}, {one.id for one in sides.second}
    only_first, only_second = own - other, other - own
    if not only_first or not only_second:
        return ()
    there = sp.csc_array(terms.matrix > 0).astype(np.float64)
    first = np.array([one.id in only_first for one in recommendations])
    second = np.array([one.id in only_second for one in recommendations])
    one, two = there.T @ first.astype(np.float64), there.T @ second.astype(np.float64)
    z = log_odds(one, two, np.asarray(there.sum(axis=0)))
    usable = [_is_term(surface, names) for surface in terms.surfaces]
    reviews = [one.review_id for one in recommendations]
    return (
        *_shown(np.where(usable, z, 0), first, one, two, there, reviews, terms.surfaces),
        *_shown(np.where(usable, -z, 0), second, one, two, there, reviews, terms.surfaces, sign=-1),
    )


def _is_term(surface: str, names: frozenset[str]) -> bool:
    return names.isdisjoint(surface.split()) and names.isdisjoint(surface.lower().split())


def log_odds(
    first: NDArray[np.float64], second: NDArray[np.float64], background: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the standardised log-odds ratio of each term; all three count occurrences, shape (terms,)."""
    total = max(1.0, background.sum())
    prior = min(LARGEST_PRIOR, PRIOR_SHARE * total) * background / total
    one, two = first + prior, second + prior
    ratio = np.log(one / (one.sum() - one)) - np.log(two / (two.sum() - two))
    z: NDArray[np.float64] = ratio / np.sqrt(1 / one + 1 / two)
    return z


def _shown(
    z: NDArray[np.float64],
    side: NDArray[np.bool_],
    one: NDArray[np.float64],
    two: NDArray[np.float64],
    there: sp.csc_array,
    reviews: Sequence[str],
    surfaces: Sequence[str],
    sign: int = 1,
) -> list[Term]:
    """Take the most distinctive terms that enough reviews of a side have, each word once."""
    counts = one if sign > 0 else two
    found: list[Term] = []
    told: set[str] = set()
    columns = np.flatnonzero((z >= Z) & (counts >= LEAST_COUNT)).tolist()
    for column in sorted(columns, key=lambda c: (-round(float(z[c]), 6), -len(surfaces[c]), surfaces[c])):
        rows = there.indices[there.indptr[column] : there.indptr[column + 1]]
        having = {reviews[row] for row in rows[side[rows]].tolist()}
        words = surfaces[column].split()
        if len(having) >= LEAST_REVIEWS and told.isdisjoint(words):
            found.append(Term(surfaces[column], int(one[column]), int(two[column]), sign * float(z[column])))
            told.update(words)
        if len(found) == SHOWN:
            break
    return found
