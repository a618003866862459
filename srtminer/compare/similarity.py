"""How likely it is that two recommendations ask for the same thing.

Four figures that a person can follow are put together by a logistic regression: the weight of what both are
about, the weight of what only one is about, what is to be done in common, and whether one of them asks for a
thing of its own such as training. Their weights were fitted on annotated pairs;
`tests/test_compare_pairs.py` fits them again and guards what they reach.

What two texts have in common is weighted as in TF-IDF (Spärck Jones 1972, "A statistical interpretation of
term specificity"), and related acts count in part, as in soft cosine (Sidorov and others 2014, "Soft
similarity and soft cosine measure").
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.compare.asked import Bags, read
from srtminer.compare.meanings import meanings
from srtminer.compare.wording import Numbers, stem
from srtminer.model import Recommendation

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

INTERCEPT = -0.26
WEIGHTS = (2.61, -1.62, 1.93, -0.85)
"""Of the features, fitted on the annotated pairs (L2 penalty, C = 10)."""
SMALL_ACTS = 0.1
"""Added before the logarithm. Grows: having no act in common counts less."""
UNKNOWN_ACTS = 0.2
"""What two requests count to have in common of what is to be done where one of them does not tell."""
LEAST_COMMON = 0.1
"""Share of what two requests are about that both are about; below it they are never the same. Why: "train
staff about dogs" and "train staff about drugs" ask for one act, and among thousands of requests many do."""

DECIMALS = 6
"""Similarities are rounded so that sums in another order give the same matches."""
BLOCK = 256
"""Rows that are compared with all others at a time."""

UNKNOWN_SHARE, UNKNOWN_ROWS = 0.01, 200
"""A word counts as if it stood in one of a hundred of so many other recommendations.

Why: in a store of two reviews every word is rare."""
WEAK_SHARE = 0.5
"""At least so common are words that say little, whatever the store says."""
RAREST_SHARE = 0.002
"""No word counts as rarer. Why: a name or a misprint that two texts share does not make them one."""
MOST_COMMON_SHARE = 0.9
"""No word counts as more common, so that every word has some weight."""
MINOR_WEIGHT = 0.5
"""Of a topic that says how or when."""
FAMILY_WEIGHT = 0.7
"""Of a family of words. Grows: requests on one matter in other words come closer."""
LATER_ACT = 0.7
"""Weight of each act against the one before it. Grows: what is asked for in passing counts more."""
KIN_WEIGHT = 0.4
"""How far related acts count as one."""
COMMON_SHARE = 0.1
"""A unit is common if more requests have it. Pairs that share only common units are never the same, which
also keeps the pairs that are looked at few."""


@dataclass(frozen=True, slots=True)
class Requests:
    """What recommendations ask for, one row a recommendation."""

    rare: sp.csr_array
    """Square roots of the weights of the uncommon units that they are about: a product of two rows is the
    weight in common."""
    common: Values
    """The same of the common units, shape (rows, common units)."""
    totals: Values
    """Weight of all that each is about."""
    acts: Values
    """What is to be done, shape (rows, acts); the product of a row with its `kindred` is 1."""
    kindred: Values
    """Acts with the acts that they are related to."""
    leads: Numbers
    """The act that comes first, or the number of acts where there is none."""

    def __getitem__(self, rows: slice | Numbers) -> "Requests":
        """Give some of the rows, in the order asked for."""
        return Requests(
            rare=self.rare[rows],
            common=self.common[rows],
            totals=self.totals[rows],
            acts=self.acts[rows],
            kindred=self.kindred[rows],
            leads=self.leads[rows],
        )

    def __len__(self) -> int:
        """Count the recommendations."""
        return len(self.totals)


def requests(texts: Sequence[str]) -> Requests:
    """Read recommendations; how common words are is learned from all of them together."""
    reading = read(texts)
    matter = _matter(reading.about)
    roots = matter.copy()
    roots.data = np.sqrt(roots.data)
    often = _shares(matter) > COMMON_SHARE
    acts = _acts(reading.acts)
    lengths = np.sqrt(np.einsum("ij,ij->i", acts, acts @ _kin()))
    acts = acts / np.maximum(lengths, 1e-12)[:, None]
    return Requests(
        rare=sp.csr_array(roots[:, np.flatnonzero(~often)]),
        common=roots[:, np.flatnonzero(often)].toarray(),
        totals=np.asarray(matter.sum(axis=1)).ravel(),
        acts=acts,
        kindred=acts @ _kin(),
        leads=reading.leads,
    )


def requests_among(chosen: Sequence[Recommendation], everything: Sequence[Recommendation]) -> Requests:
    """Read the chosen recommendations; how common words are is learned from them and everything together.

    So two recommendations of a store are as similar whichever others they are compared with.
    """
    texts = {one.id: one.text for one in (*everything, *chosen)}
    row = {one: number for number, one in enumerate(texts)}
    return requests(tuple(texts.values()))[np.array([row[one.id] for one in chosen], dtype=np.int64)]


def _presence(bags: Bags) -> sp.csr_array:
    """Give which units each text has: ones, each once, columns sorted."""
    shape = (bags.n_rows, len(bags.units))
    matrix = sp.coo_array((np.ones(len(bags.rows)), (bags.rows, bags.columns)), shape=shape).tocsr()
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def _shares(matrix: sp.csr_array) -> Values:
    """Give the share of rows that have each unit, smoothed."""
    counts = np.bincount(matrix.indices, minlength=matrix.shape[1])
    shares: Values = (counts + UNKNOWN_SHARE * UNKNOWN_ROWS) / (matrix.shape[0] + UNKNOWN_ROWS)
    return shares


def _matter(bags: Bags) -> sp.csr_array:
    """Give the distinct units of each text, weighted by minus the log of the share of texts with it."""
    lists = meanings()
    there = _presence(bags)
    shares = _shares(there)
    weak = {stem(word) for word in lists.weak}
    minor = {f"@{topic}" for topic in lists.minor}
    shares = np.where([unit in weak for unit in bags.units], np.maximum(shares, WEAK_SHARE), shares)
    factors = np.where([unit in minor for unit in bags.units], MINOR_WEIGHT, 1.0)
    factors = np.where([unit.startswith("~") for unit in bags.units], FAMILY_WEIGHT, factors)
    weights = -np.log(np.clip(shares, RAREST_SHARE, MOST_COMMON_SHARE)) * factors
    there.data = weights[there.indices]
    return there


def _ranks(bags: Bags) -> Numbers:
    """Give the place of each occurrence in its text, from 0."""
    first = np.searchsorted(bags.rows, bags.rows)
    ranks: Numbers = np.arange(len(bags.rows)) - first
    return ranks


def _acts(bags: Bags) -> Values:
    """Weigh the acts of each text: by how early they come, and how few texts ask for them."""
    acts = np.zeros((bags.n_rows, len(bags.units)))
    np.add.at(acts, (bags.rows, bags.columns), LATER_ACT ** _ranks(bags))
    rarity = -np.log(np.clip(_shares(sp.csr_array(acts)), RAREST_SHARE, WEAK_SHARE))
    weighted: Values = acts * np.sqrt(rarity)
    return weighted


def _kin() -> Values:
    """Give how far acts count as one, shape (acts, acts)."""
    place = {name: number for number, name in enumerate(meanings().acts)}
    kin = np.eye(len(place))
    for one, other in meanings().kin:
        kin[place[one], place[other]] = kin[place[other], place[one]] = KIN_WEIGHT
    return kin


def _parted() -> Flags:
    """Tell which leading acts tell requests apart, shape (acts + 1, acts + 1); the last is none at all."""
    names = list(meanings().acts)
    strong = np.array([*(name in meanings().deliverables for name in names), False])
    known = np.array([True] * len(names) + [False])
    related = np.zeros((len(names) + 1, len(names) + 1), dtype=bool)
    related[:-1, :-1] = _kin() > 0
    parted: Flags = (strong[:, None] | strong) & known[:, None] & known & ~related
    return parted


def features(first: Requests, second: Requests) -> Values:
    """Give the features of pairs, row by row, shape (pairs, 4)."""
    rare = np.asarray(first.rare.multiply(second.rare).sum(axis=1)).ravel()
    common = np.where(rare > 0, rare + np.einsum("ij,ij->i", first.common, second.common), 0.0)
    acts = np.einsum("ij,ij->i", first.acts, second.kindred)
    parted = _parted()[first.leads, second.leads]
    known = _known(first.acts) & _known(second.acts)
    return _features(common, first.totals + second.totals - 2 * common, acts, known, parted)


def likelihood(features: Values) -> Values:
    """Give how likely pairs with such features ask for the same, 0 to 1; 0 if about different matters."""
    common, single = np.expm1(features[:, 0]), np.expm1(features[:, 1])
    near = (common > 0) & (common >= LEAST_COMMON * (common + single))
    likely: Values = np.round(1 / (1 + np.exp(-(INTERCEPT + features @ np.array(WEIGHTS)))), DECIMALS)
    likely[~near] = 0.0
    return likely


def _features(common: Values, single: Values, acts: Values, known: Flags, parted: Flags) -> Values:
    single = np.maximum(single, 0)  # differences of sums may fall below it by a rounding error
    acts = np.where(known, acts, UNKNOWN_ACTS)
    return np.column_stack([np.log1p(common), np.log1p(single), np.log(SMALL_ACTS + acts), parted])


def _known(acts: Values) -> Flags:
    filled: Flags = np.asarray(acts.any(axis=1))
    return filled


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows that ask for the same; the three arrays have one entry a pair."""

    first: Numbers
    second: Numbers
    similarity: Values


def pairs_alike(first: Requests, second: Requests, threshold: float) -> Pairs:
    """Give all pairs of a row of the one and a row of the other that are at least so similar.

    Works block by block, so that memory grows with the pairs found and not with all there are.
    """
    blocks = range(0, len(first), BLOCK)
    return _joined([_block(first, second, start, 0, threshold) for start in blocks])


def pairs_within(rows: Requests, threshold: float) -> Pairs:
    """Give all pairs of two different rows that are at least so similar, the first with the lower number."""
    blocks = range(0, len(rows), BLOCK)
    found = _joined([_block(rows, rows, start, start, threshold) for start in blocks])
    kept = found.first < found.second
    return Pairs(found.first[kept], found.second[kept], found.similarity[kept])


def _joined(found: Sequence[tuple[Numbers, Numbers, Values]]) -> Pairs:
    if not found:
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    return Pairs(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _block(
    first: Requests, second: Requests, start: int, other_start: int, threshold: float
) -> tuple[Numbers, Numbers, Values]:
    one, two = first[slice(start, start + BLOCK)], second[slice(other_start, None)]
    products = (one.rare @ two.rare.T).tocoo()
    rows, others = products.row, products.col
    common = products.data + (one.common @ two.common.T)[rows, others]
    totals = one.totals[rows] + two.totals[others]
    near = common >= LEAST_COMMON * (totals - common)
    rows, others, common, totals = rows[near], others[near], common[near], totals[near]
    acts = (one.acts @ two.kindred.T)[rows, others]
    known = _known(one.acts)[rows] & _known(two.acts)[others]
    parted = _parted()[one.leads[rows], two.leads[others]]
    similarity = likelihood(_features(common, totals - 2 * common, acts, known, parted))
    alike = similarity >= threshold
    return (
        rows[alike].astype(np.int64) + start,
        others[alike].astype(np.int64) + other_start,
        similarity[alike],
    )
