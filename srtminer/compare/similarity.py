"""How likely two recommendations ask for the same thing: nearness of meaning, and words in common.

Two figures are put together by a logistic regression: the cosine of the sentence encoder's vectors, and the
cosine of TF-IDF rows of stems (Spärck Jones 1972). Its weights stand in `data/same_request.toml`; they were
fitted on judged answers to queries (`tests/retrieval`), and `python -m tests.retrieval.calibrate` fits them
again. Of recommendations that ask several things the nearest parts that ask count as much as the whole: the
cosine of meanings is the mean of that of the wholes and that of the nearest two parts.
"""

import io
import json
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

from srtminer.blended_rows import STEPS, counted, weighted
from srtminer.model import Recommendation
from srtminer.text.thesaurus import content_stems
from srtminer.text.words import asks, sentences

Values = NDArray[np.float64]
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Whole = NDArray[np.int16]
"""Vectors of the encoder in whole steps, of which `STEPS` are 1: sums of their products are exact."""
Links = Mapping[tuple[str, str], bool]
"""The analyst's judgements: of the ids of two recommendations, in order, whether they ask for the same."""

CACHED_TEXTS = 50_000
ITEM = re.compile(r"[\n;:•·▪–](?:(?<=\n)|\s)")
"""What separates the items of a list."""
FEWEST_WORDS = 6
"""Of a part. Why: "By March 2012." asks for nothing by itself."""
WORD_STEPS = 4096
"""Steps to 1 in TF-IDF rows, so that their products are exact: the same on every processor, in any order."""
DECIMALS = 4
"""Of likelihoods. Why: what is equal but for the last digits must be in the order of ids."""
BLOCK, WIDE = 256, 2048
"""Recommendations that are compared at a time, and with how many others."""
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
class RequestIndex:
    """What recommendations ask for, as arrays that a store can keep; each review's stand together.

    How much a word says is not in it, for that depends on what else there is.
    """

    reviews: Sequence[tuple[str, str, int]]
    """Of each review its id, its case, and how many of the recommendations are its own."""
    ids: Sequence[str]
    """Of the recommendations."""
    stems: Sequence[str]
    """All that there are, ascending."""
    starts: Numbers
    """First row in `meaning` of each recommendation: that of the whole; those of its parts follow."""
    meaning: Whole
    """Vectors of the encoder, shape (rows, width)."""
    counts: sp.csr_array
    """How often each stem stands in each recommendation, shape (recommendations, stems)."""


@dataclass(frozen=True, slots=True)
class Requests:
    """Recommendations as they are compared."""

    starts: Numbers
    """As in `RequestIndex`."""
    meaning: Whole
    words: sp.csr_array
    """TF-IDF of stems, shape (recommendations, stems), rows of length 1."""

    def __len__(self) -> int:
        """Count the recommendations."""
        return len(self.starts)

    def chosen(self, numbers: Numbers) -> "Requests":
        """Give some of the recommendations, in this order."""
        lengths = np.diff(np.append(self.starts, len(self.meaning)))[numbers]
        starts = np.cumsum(lengths) - lengths
        rows = np.arange(lengths.sum()) - np.repeat(starts - self.starts[numbers], lengths)
        return Requests(starts, self.meaning[rows], self.words[numbers])

    def blocks(self, size: int) -> Iterator[tuple[int, "Requests"]]:
        """Give the recommendations block by block, each with the number of its first one."""
        for start in range(0, len(self), size):
            yield start, self.chosen(np.arange(start, min(start + size, len(self))))


PAIR = np.dtype([("first", np.int64), ("second", np.int64), ("likelihood", np.float64)])
Pairs = NDArray[np.void]
"""Of dtype `PAIR`: recommendations that may ask for the same, by their numbers."""


def paired(first: Numbers, second: Numbers, likelihood: Values) -> Pairs:
    """Make pairs; the three arrays have one entry a pair."""
    pairs = np.empty(len(first), PAIR)
    pairs["first"], pairs["second"], pairs["likelihood"] = first, second, likelihood
    return pairs


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


def index_of(
    recommendations: Sequence[Recommendation],
    vectors: Callable[[Sequence[Recommendation]], Floats],
    cases: Iterable[tuple[str, str]] | None = None,
) -> RequestIndex:
    """Read what recommendations ask for, in their order, each review's together.

    `vectors` gives the encoder's vectors of the texts of `parts_of`, one row each. `cases` has the id and the
    case of all reviews there are, in the order of their recommendations; by default each is its own case.
    """
    number = Counter(one.review_id for one in recommendations)
    said = [stems(one.text) for one in recommendations]
    known = sorted(set().union(*said))
    column = {stem: place for place, stem in enumerate(known)}
    columns = np.array([column[stem] for found in said for stem in found], dtype=np.int32)
    lengths = [len(parts(one.text)) for one in recommendations]
    return RequestIndex(
        reviews=[(one, case, number[one]) for one, case in cases or ((one, one) for one in number)],
        ids=[one.id for one in recommendations],
        stems=known,
        starts=np.cumsum([0, *lengths])[:-1],
        meaning=np.rint(vectors(parts_of(recommendations)) * STEPS).astype(np.int16),
        counts=counted(columns, [*map(len, said)], len(known), np.uint16),
    )


def dump_index(index: RequestIndex) -> bytes:
    """Write an index as arrays of numpy; names are one of them, in JSON."""
    file, counts = io.BytesIO(), index.counts
    names = json.dumps([index.reviews, index.ids, index.stems]).encode()
    arrays = (index.starts, index.meaning, counts.indptr, counts.indices, counts.data)
    np.savez(file, np.frombuffer(names, np.uint8), *arrays)
    return file.getvalue()


def load_index(kept: bytes) -> RequestIndex:
    """Read what `dump_index` wrote."""
    with np.load(io.BytesIO(kept)) as file:
        names, starts, meaning, indptr, indices, data = file.values()
    reviews, ids, known = json.loads(names.tobytes())
    counts = sp.csr_array((data, indices, indptr), shape=(len(ids), len(known)))
    return RequestIndex(reviews, ids, known, starts, meaning, counts)


@lru_cache(CACHED_TEXTS)
def stems(text: str) -> tuple[str, ...]:
    """Give the stems of the words of a text that say something, in order."""
    return tuple(content_stems(text))


def requests_of(index: RequestIndex, among: Sequence[RequestIndex] = ()) -> Requests:
    """Weigh the stems of recommendations by how few texts have them; rows of length 1, in whole steps.

    `among` is all there is, the index itself by default: a pair is as similar whatever is chosen.
    """
    times = Counter[str]()
    for one in among or (index,):
        number = np.bincount(one.counts.indices, minlength=len(one.stems))
        times.update(dict(zip(one.stems, number.tolist(), strict=True)))
    texts, known = sum(len(one.ids) for one in among or (index,)), sorted(times)
    rarity = np.log((UNKNOWN_ROWS + texts) / (1 + np.array([times[stem] for stem in known])))
    place = {stem: column for column, stem in enumerate(known)}
    column, counts = np.array([place[stem] for stem in index.stems], dtype=np.int32), index.counts
    exact = (counts.data.astype(np.float64), column[counts.indices], counts.indptr)
    words = weighted(sp.csr_array(exact, shape=(len(index.ids), len(known))), rarity)
    words.data = np.rint(words.data * WORD_STEPS) / WORD_STEPS
    return Requests(index.starts, index.meaning, words)


def likelihood(meaning: Values, words: Values) -> Values:
    """Give how likely pairs with such cosines ask for the same, 0 to 1."""
    weights = calibration()
    score = weights.intercept + weights.meaning * meaning + weights.words * words
    likely: Values = np.round(1 / (1 + np.exp(-score)), DECIMALS)
    return likely


def all_pairs(first: Requests, second: Requests, least: float, *, after: bool = False) -> Pairs:
    """Give all pairs of a recommendation of the one and one of the other that are at least so likely.

    With `after`, blocks that come before another are not compared with it. Works block by block, so that
    memory grows with the pairs found and not with all there are.
    """
    found, weights, score = [], calibration(), _least_score(least)
    for row, some in first.blocks(BLOCK):
        for column, others in second.blocks(WIDE):
            if after and column + WIDE <= row:
                continue
            meaning = meanings(some, others).astype(np.float64)
            words = (some.words @ others.words.T).toarray()
            one, other = np.nonzero(weights.meaning * meaning + weights.words * words >= score)
            pairs = paired(one + row, other + column, likelihood(meaning[one, other], words[one, other]))
            found.append(pairs[pairs["likelihood"] >= least])
    pairs = np.concatenate([np.empty(0, PAIR), *found])
    ordered: Pairs = pairs[np.lexsort([pairs["second"], pairs["first"]])]
    return ordered


def meanings(first: Requests, second: Requests) -> Floats:
    """Give the means of the cosines of wholes and of nearest parts; shape (first, second)."""
    cosines = floats(first.meaning) @ floats(second.meaning).T
    rows, columns = first.starts, second.starts
    whole = cosines.take(rows, axis=0).take(columns, axis=1)
    means: Floats = (whole + _nearest(_nearest(cosines.T, columns).T, rows)) / np.float32(2)
    return means


def _nearest(cosines: Floats, starts: Numbers) -> Floats:
    """Give the greatest of the rows from each start to the next; most are one row, which reduceat minds."""
    nearest, lengths = cosines[starts], np.diff(np.append(starts, len(cosines)))
    for more in range(1, lengths.max(initial=0)):
        longer = np.flatnonzero(lengths > more)
        nearest[longer] = np.maximum(nearest[longer], cosines[starts[longer] + more])
    return nearest


def floats(whole: Whole) -> Floats:
    """Give vectors of about length 1."""
    return whole.astype(np.float32) / np.float32(STEPS)


def _least_score(least: float) -> float:
    """Give what the weighed cosines of a pair come to at least that is so likely: roundings cost a step."""
    low, high = least - 10.0**-DECIMALS, 10.0 ** -(DECIMALS + 1)
    clipped = float(np.clip(low, high, 1 - high))
    return float(np.log(clipped / (1 - clipped))) - calibration().intercept


def link_of(one: Recommendation, other: Recommendation) -> tuple[str, str]:
    """Name a pair of recommendations, the same in either order."""
    first, second = sorted((one.id, other.id))
    return first, second


def judged(pairs: Pairs, first: Sequence[str], second: Sequence[str], links: Links) -> Pairs:
    """Put the analyst's judgements in place of likelihoods: 1 for the same; what is different is left out.

    `first` and `second` are the ids of the recommendations that were compared.
    """
    if not links:
        return pairs
    rows, others = ({one: row for row, one in enumerate(ids)} for ids in (first, second))
    found = {(one, other): likely for one, other, likely in pairs.tolist()}
    for (one, other), same in links.items():
        for row, column in ((rows.get(one), others.get(other)), (rows.get(other), others.get(one))):
            if row is not None and column is not None:
                found[row, column] = float(same)
    ordered = sorted((*place, likely) for place, likely in found.items() if likely)
    return np.array(ordered, PAIR)
