"""Groups set against each other: how much their shares of themes differ, how surely, and by which terms."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from srtminer.cases import board_key, case_years, count_without
from srtminer.compare.groups import (
    compare_groups,
    fold_small,
    group_by,
    group_by_period,
    overlap_of,
    require_known,
    unplaced,
)
from srtminer.compare.inference import Measured, Sides, Tally, judge, measure, measure_trend, method
from srtminer.comparisons import NOT_KNOWN, Contrast, Group, Overlap, Term, Tested, ThemeRow
from srtminer.model import Recommendation, ReviewRecord, ThemeTable
from srtminer.text.words import RUN

OTHERS = "all others"

Values = NDArray[np.float64]
Found = tuple[Recommendation, ...]


def weigh(
    table: ThemeTable,
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    terms: sp.csr_array,
    surfaces: Sequence[str],
    fields: Sequence[str],
    groups: Sequence[Group] = (),
) -> Tested:
    """Compare two groups, or each of several with all others; `fields` make the groups.

    Without groups, all that the only field makes: years become periods, and their trend is tested; boards
    with few reviews are one group. `terms` has a row for each recommendation, not 0 where a term stands, and
    `surfaces` says how each is printed.
    """
    every, trend = not groups, not groups and fields[0] == "year"
    if trend:
        groups = group_by_period(records, recommendations)
    elif every:
        found = group_by(records, recommendations, fields[0])
        groups = fold_small(found) if fields[0] == "board" else found
    if every:
        require_known(groups, fields[0])
    counts = compare_groups(table, groups, fields[0] if every else "")
    periods = [group for group in groups if group.name != NOT_KNOWN]
    pairs = _halves(periods) if trend else sides_of(groups)
    if trend:
        measured = [_trend(periods, records, counts.rows)] if len(periods) > 1 else []
    else:
        measured = [measure(tallies(pair, counts.rows)) for pair in pairs]
    alike = [pair.contrast.alike and not trend for pair in pairs]
    findings = judge(measured, alike[: len(measured)])
    names = words_of_names(records, recommendations)
    distinctive = (distinctive_terms(pair, recommendations, terms, surfaces, names) for pair in pairs)
    return Tested(
        counts=counts,
        contrasts=tuple(pair.contrast for pair in pairs),
        findings=tuple(tuple(column[row] for column in findings) for row in range(len(counts.rows))),
        terms=tuple(distinctive),
        trend=trend,
        overlap=overlap_of(groups),
        unplaced=unplaced(groups, fields, records, recommendations),
        without=count_without(records, recommendations),
        method=method(trend=trend),
    )


class Pair(NamedTuple):
    """Recommendations that only the first side of a contrast has, only the second, and both."""

    contrast: Contrast
    own: Found
    other: Found
    common: Found


def sides_of(groups: Sequence[Group]) -> tuple[Pair, ...]:
    """Set two groups against each other, of more groups each against what is only in the others."""
    known = [group for group in groups if group.name != NOT_KNOWN]
    if len(known) < 2:
        return ()
    if len(known) == 2:
        one, other = known
        return (pair_of(one.name, other.name, one.recommendations, other.recommendations),)
    found = []
    for group in known:
        own = {one.id for one in group.recommendations}
        others = {one.id: one for other in known for one in other.recommendations if one.id not in own}
        found.append(pair_of(group.name, OTHERS, group.recommendations, tuple(others.values())))
    return tuple(found)


def _halves(periods: Sequence[Group]) -> tuple[Pair, ...]:
    """Set the later periods against the earlier ones, for their terms; without a middle one."""
    half = len(periods) // 2
    if not half:
        return ()
    late, early = periods[-half:], periods[:half]
    first, second = (tuple(one for group in part for one in group.recommendations) for part in (late, early))
    return (pair_of(_span(late), _span(early), first, second),)


def _span(periods: Sequence[Group]) -> str:
    first, last = periods[0].name.split("–")[0], periods[-1].name.split("–")[-1]
    return first if first == last else f"{first}–{last}"


def pair_of(name: str, other: str, first: Found, second: Found) -> Pair:
    """Set recommendations under one name against those under another."""
    ids, others = {one.id for one in first}, {one.id for one in second}
    cases = {one.case_id for one in first} & {one.case_id for one in second}
    common = tuple(one for one in first if one.id in others)
    own = tuple(one for one in first if one.id not in others)
    apart = tuple(one for one in second if one.id not in ids)
    contrast = Contrast(name, other, Overlap(len(cases), len(common)), (len(own), len(apart)))
    return Pair(contrast, own, apart, common)


def tallies(pair: Pair, rows: Sequence[ThemeRow]) -> Sides:
    """Count both sides by themes; one row a case, in their order."""
    parts = pair.own, pair.other, pair.common
    cases = sorted({one.case_id for part in parts for one in part})
    return Sides(*(_tally(part, rows, cases) for part in parts))


def _tally(found: Sequence[Recommendation], rows: Sequence[ThemeRow], cases: Sequence[str]) -> Tally:
    column = {one.id: number for number, row in enumerate(rows) for one in row.theme.members}
    place = {case: number for number, case in enumerate(cases)}
    counts = np.zeros((len(cases), len(rows) + 1))  # the last column is that of no theme
    for one in found:
        counts[place[one.case_id], column.get(one.id, len(rows))] += 1
    return Tally(counts.sum(axis=1), counts[:, :-1])


def _trend(periods: Sequence[Group], records: Sequence[ReviewRecord], rows: Sequence[ThemeRow]) -> Measured:
    """Measure the trend; rows have counts of the periods in their order, and of no year after them."""
    everything = [one for group in periods for one in group.recommendations]
    cases, years = sorted({one.case_id for one in everything}), case_years(records)
    early, late = (
        np.array([row.counts[period].share_of_recommendations for row in rows])
        for period in (0, len(periods) - 1)
    )
    dated = np.array([years[case] for case in cases], dtype=np.float64)
    return measure_trend(dated, _tally(everything, rows, cases), early, late)


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
    pair: Pair,
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
    row = {one.id: number for number, one in enumerate(recommendations)}
    there = (terms > 0).astype(np.float64)
    own = pair.own, pair.other
    if not all(own):
        return ()
    parts = [there[[row[one.id] for one in side]] for side in own]
    first, second = (part.sum(axis=0) for part in parts)
    z = log_odds(first, second, there.sum(axis=0))
    usable = np.array(
        [names.isdisjoint({*one.split(), *one.lower().split()}) for one in surfaces], dtype=bool
    )
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
