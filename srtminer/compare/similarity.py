"""How likely two recommendations ask for the same thing: nearness of meaning, and words in common.

Two figures are put together by a logistic regression: the cosine of the sentence encoder's vectors, and the
cosine of TF-IDF rows of stems (Spärck Jones 1972). Its weights stand in `data/same_request.toml`; they were
fitted on judged answers to queries (`tests/retrieval`), and `python -m tests.retrieval.calibrate` fits them
again. Of recommendations that ask several things the nearest parts that ask count as much as the whole: the
cosine of meanings is the mean of that of the wholes and that of the nearest two parts.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.model import Recommendation
from srtminer.text.thesaurus import content_stems
from srtminer.text.words import asks, sentences

Values = NDArray[np.float64]
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Vectors = Callable[[Sequence[str]], Floats]
"""Gives the encoder's vectors of texts, of length 1, one row a text."""
Links = Mapping[tuple[str, str], bool]
"""The analyst's judgements: of the ids of two recommendations, in order, whether they ask for the same."""

CACHED_TEXTS = 50_000
ITEM = re.compile(r"[\n;:•·▪–](?:(?<=\n)|\s)")
"""What separates the items of a list."""
FEWEST_WORDS = 6
"""Of a part. Why: "By March 2012." asks for nothing by itself."""
STEPS = 4096
"""Steps to 1 in TF-IDF rows, so that their products are exact: the same on every processor, in any order."""
DECIMALS = 4
"""Of likelihoods. Why: what is equal but for the last digits must be in the order of ids."""
BLOCK = 256
"""Recommendations that are compared with all others at a time."""
UNKNOWN_ROWS = 200
"""Recommendations without a word that are thought beside those of the store. Why: in two reviews every word
is rare."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How figures become a likelihood, and what that is worth; `data/same_request.toml`."""

    intercept: float
    meaning: float
    words: float
    same: float
    """Likelihood from which two recommendations ask for the same."""
    chains: float
    """The same for `--repeats`. Why more: among all pairs of a store far fewer ask for the same."""
    may_be: float
    """Likelihood below which nobody need look."""
    precision: float
    """Share of those called the same that a reader called the same, on queries that were not fitted."""


@cache
def calibration() -> Calibration:
    """Read the weights, once."""
    text = (files("srtminer") / "data" / "same_request.toml").read_text(encoding="utf-8")
    return Calibration(**tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Requests:
    """What recommendations ask for."""

    starts: Numbers
    """First row in `meaning` of each recommendation: that of the whole; those of its parts follow."""
    meaning: Floats
    """Vectors of the encoder, shape (rows, width)."""
    words: Callable[[Numbers], sp.csr_array]
    """Gives TF-IDF of the stems of some of them, shape (these, stems), rows of length 1."""

    def __len__(self) -> int:
        """Count the recommendations."""
        return len(self.starts)

    def chosen(self, numbers: Numbers) -> "Requests":
        """Give some of the recommendations, in this order."""
        ends = np.append(self.starts[1:], len(self.meaning))
        lengths = (ends - self.starts)[numbers]
        starts = np.cumsum(lengths) - lengths
        rows = np.arange(lengths.sum()) - np.repeat(starts - self.starts[numbers], lengths)
        return Requests(starts, self.meaning[rows], lambda some: self.words(numbers[some]))

    def rows(self, start: int, end: int) -> slice:
        """Give the rows of `meaning` of some recommendations in a row."""
        return slice(*(int(self.starts[n]) if n < len(self) else len(self.meaning) for n in (start, end)))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of recommendations that may ask for the same; the three arrays have one entry a pair."""

    first: Numbers
    second: Numbers
    likelihood: Values

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """Give the pairs one by one."""
        columns = (self.first.tolist(), self.second.tolist(), self.likelihood.tolist())
        return zip(*columns, strict=True)


@lru_cache(CACHED_TEXTS)
def parts(text: str) -> tuple[str, ...]:
    """Give a text, the items of its list if it is one, and the sentences that ask for something."""
    items = ITEM.split(text)
    said = [item[start:end] for item in items for start, end in sentences(item)]
    if len(said) == 1:  # most recommendations; to look at their words takes as long as all else
        return (text,)
    asking = filter(asks, said)  # of a long finding some sentence is near anything on its topic
    pieces = [piece.strip() for piece in (*(items if len(items) > 1 else ()), *asking)]
    whole = text.strip().removesuffix(".")
    long = (one for one in pieces if len(one.split()) >= FEWEST_WORDS and one.removesuffix(".") != whole)
    return tuple(dict.fromkeys((text, *long)))


def parts_of(recommendations: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    """Give recommendations whose texts are the parts of others: what comparing needs the vectors of."""
    return tuple(
        one if part == one.text else replace(one, text=part)
        for one in recommendations
        for part in parts(one.text)
    )


@dataclass(frozen=True, slots=True)
class StemCounts:
    """How common stems are."""

    texts: int
    times: Mapping[str, int]
    """In how many of the texts each stands."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """The stems of a store, and how much each says."""

    column: Mapping[str, int]
    idf: Values


def count_stems(everything: Iterable[Recommendation]) -> StemCounts:
    """Count stems in all there is, so that a pair is as similar whatever is chosen."""
    texts = {one.id: one.text for one in everything}
    times = Counter(key for text in texts.values() for key in set(stems(text)))
    return StemCounts(len(texts), dict(sorted(times.items())))


def rarity(counts: StemCounts) -> Rarity:
    """Weigh stems by how few texts they stand in."""
    times = np.array(list(counts.times.values()))
    idf = np.log((UNKNOWN_ROWS + counts.texts) / (1 + times))
    return Rarity({key: column for column, key in enumerate(counts.times)}, idf)


def requests_of(
    chosen: Sequence[Recommendation], rare: Rarity, vectors: Vectors, *, few: bool = False
) -> Requests:
    """Read what recommendations ask for; stems that `rare` does not know count for nothing.

    Where the words of only a `few` will be asked for, those of the others are not looked at.
    """
    texts = [parts(one.text) for one in chosen]
    wholes = [one.text for one in chosen]

    def words(numbers: Numbers) -> sp.csr_array:
        return _tf_idf([wholes[number] for number in numbers], rare)

    return Requests(
        starts=np.cumsum([0, *map(len, texts)])[:-1],
        meaning=vectors([part for found in texts for part in found]),
        words=words if few else _tf_idf(wholes, rare).__getitem__,
    )


@lru_cache(CACHED_TEXTS)
def stems(text: str) -> tuple[str, ...]:
    """Give the stems of the words of a text that say something, in order."""
    return tuple(content_stems(text))


def _tf_idf(texts: Sequence[str], rare: Rarity) -> sp.csr_array:
    """Weigh the stems of texts by how few recommendations have them; rows of length 1, in whole steps."""
    found = [[rare.column[key] for key in stems(text) if key in rare.column] for text in texts]
    columns = np.array([number for row in found for number in row], dtype=np.int64)
    rows = np.repeat(np.arange(len(found)), [len(row) for row in found])
    shape = (len(found), len(rare.column))
    matrix = sp.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
    matrix.sum_duplicates()
    matrix.data = (1 + np.log(matrix.data)) * rare.idf[matrix.indices]
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.repeat(np.maximum(lengths, 1e-12), np.diff(matrix.indptr))
    matrix.data = np.rint(matrix.data / scale * STEPS) / STEPS
    return matrix


def likelihood(meaning: Values, words: Values) -> Values:
    """Give how likely pairs with such cosines ask for the same, 0 to 1."""
    weights = calibration()
    score = weights.intercept + weights.meaning * meaning + weights.words * words
    likely: Values = np.round(1 / (1 + np.exp(-score)), DECIMALS)
    return likely


def all_pairs(first: Requests, second: Requests, least: float, *, after: bool = False) -> Pairs:
    """Give all pairs of a recommendation of the one and one of the other that are at least so likely.

    With `after`, blocks are compared with what comes after them only. Works block by block, so that memory
    grows with the pairs found and not with all there are.
    """
    starts = range(0, len(first) if len(second) else 0, BLOCK)
    return joined([_block(first, second, start, start if after else 0, least) for start in starts])


def _block(first: Requests, second: Requests, start: int, other: int, least: float) -> Pairs:
    """Compare a block with all from `other` on. Why meanings first: few are near enough to look at words."""
    meaning = meanings(first, second, start, other)
    rows, others = np.nonzero(meaning >= _least_meaning(least))
    near = meaning[rows, others].astype(np.float64)
    rows, others = rows + start, others + other
    words = np.asarray(first.words(rows).multiply(second.words(others)).sum(axis=1)).ravel()
    likely = likelihood(near, words)
    kept = likely >= least
    return Pairs(rows[kept], others[kept], likely[kept])


def meanings(first: Requests, second: Requests, start: int, other: int) -> Floats:
    """Give the means of the cosines of wholes and of nearest parts; shape (block, recommendations)."""
    end = min(start + BLOCK, len(first))
    one, two = first.rows(start, end), second.rows(other, len(second))
    cosines = first.meaning[one] @ second.meaning[two].T
    rows, columns = first.starts[start:end] - one.start, second.starts[other:] - two.start
    if cosines.shape == (len(rows), len(columns)):
        return cosines  # nobody asks several things
    whole = cosines.take(rows, axis=0).take(columns, axis=1)
    nearest = np.maximum.reduceat(np.maximum.reduceat(cosines, columns, axis=1), rows, axis=0)
    means: Floats = (whole + nearest) / np.float32(2)
    return means


def _least_meaning(least: float) -> float:
    """Give the cosine of meanings below which not even the same words make a pair so likely."""
    weights = calibration()
    clipped = float(np.clip(least, 10.0**-DECIMALS, 1 - 10.0**-DECIMALS))
    return float(
        (np.log(clipped / (1 - clipped)) - weights.intercept - weights.words) / weights.meaning - 0.01
    )


def joined(found: Sequence[Pairs]) -> Pairs:
    """Put pairs one after the other."""
    if not found:
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    columns = ([getattr(pairs, name) for pairs in found] for name in ("first", "second", "likelihood"))
    return Pairs(*(np.concatenate(column) for column in columns))


def link_of(one: Recommendation, other: Recommendation) -> tuple[str, str]:
    """Name a pair of recommendations, the same in either order."""
    first, second = sorted((one.id, other.id))
    return first, second


def judged(
    pairs: Pairs, first: Sequence[Recommendation], second: Sequence[Recommendation], links: Links
) -> Pairs:
    """Put the analyst's judgements in place of likelihoods: 1 for the same; what is different is left out."""
    if not links:
        return pairs
    told = {(one, other) for pair in links for one, other in (pair, pair[::-1])}
    rows = {one.id: row for row, one in enumerate(first)}
    others = {one.id: row for row, one in enumerate(second)}
    found = {(one, other): likely for one, other, likely in pairs.rows()}
    for one, other in sorted(told):
        if one in rows and other in others:
            place = rows[one], others[other]
            found.pop(place, None)
            if links.get((one, other), links.get((other, one))):
                found[place] = 1.0
    ordered = sorted((*place, likely) for place, likely in found.items())
    columns = list(zip(*ordered, strict=True)) or [(), (), ()]
    return Pairs(np.array(columns[0], np.int64), np.array(columns[1], np.int64), np.array(columns[2], float))
