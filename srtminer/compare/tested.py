"""A theme table by groups, with what its differences are worth."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.counts import compare_groups
from srtminer.compare.findings import Measured, judge, measure, measure_trend
from srtminer.compare.membership import overlap_of, require_known, unplaced, without_recommendations
from srtminer.compare.occasions import cases
from srtminer.compare.resampling import EXACT
from srtminer.compare.sides import Sides, sides, sides_of, tallies
from srtminer.compare.terms import PresenceMatrix, distinctive_terms, words_of_names
from srtminer.comparisons import NOT_KNOWN, Finding, Overlap, Tested
from srtminer.model import Comparison, Group, Recommendation, ReviewRecord, ThemeTable

METHOD = (
    ("differences", "shares of recommendations; 95 % intervals with reviews as clusters (Student, Welch)"),
    ("tests", f"permutation of whole reviews, exact up to {EXACT:,} arrangements, else {EXACT - 1:,} drawn"),
    ("reviews", "documents about one case count as one"),
    ("lengths of reviews", "residuals in units of a beta-binomial of the review's length"),
    ("parts of one review on both sides", "also drawn within reviews, widened by the scatter observed"),
    (
        "several themes",
        "Benjamini-Hochberg over all themes and groups of the table, false discovery rate 5 %",
    ),
    ("effect", "Cohen's h"),
    ("too few to say", "fewer than 3 reviews, or no arrangement of them could have given p of 0.05 or less"),
    ("terms", "log-odds ratio with informative Dirichlet prior (Monroe et al. 2008)"),
)


def weigh_groups(
    table: ThemeTable,
    groups: Sequence[Group],
    fields: Sequence[str],
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    terms: PresenceMatrix,
    *,
    every: bool = False,
) -> Tested:
    """Compare two groups, or each of several with all others; `terms` has a row for each recommendation.

    `fields` make the groups; with `every` they are all groups that the only field makes.
    """
    if every:
        require_known(groups, fields[0])
    counts = compare_groups(table, groups, fields[0] if every else "")
    places = _places(table, counts)
    pairs = sides_of(groups)
    names = words_of_names(records, recommendations)
    case_of = cases(records)
    measured = [measure(tallies(pair, table, places, case_of)) for pair in pairs]
    same = [pair.contrast.alike for pair in pairs]
    return Tested(
        counts=counts,
        contrasts=tuple(pair.contrast for pair in pairs),
        findings=_by_row(judge(measured, same), len(places)),
        terms=tuple(distinctive_terms(pair, recommendations, terms, names) for pair in pairs),
        trend=False,
        overlap=overlap_of(groups),
        unplaced=unplaced(groups, fields, records, recommendations),
        without=len(without_recommendations(records, recommendations)),
        method=METHOD,
    )


def weigh_trend(
    table: ThemeTable,
    groups: Sequence[Group],
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    terms: PresenceMatrix,
) -> Tested:
    """Set periods side by side and test for a trend over the years of the reviews."""
    require_known(groups, "year")
    counts = compare_groups(table, groups, "year")
    places = _places(table, counts)
    periods = [group for group in groups if group.name != NOT_KNOWN]
    halves = _halves(periods)
    names = words_of_names(records, recommendations)
    measured = [_trend(periods, records, table, places)] if len(periods) > 1 else []
    return Tested(
        counts=counts,
        contrasts=tuple(half.contrast for half in halves),
        findings=_by_row(judge(measured, [False] * len(measured)), len(places)),
        terms=tuple(distinctive_terms(half, recommendations, terms, names) for half in halves),
        trend=True,
        overlap=Overlap(0, 0),
        unplaced=unplaced(groups, ("year",), records, recommendations),
        without=len(without_recommendations(records, recommendations)),
        method=METHOD,
    )


def _trend(
    periods: Sequence[Group], records: Sequence[ReviewRecord], table: ThemeTable, places: Sequence[int]
) -> Measured:
    everything = tuple(one for group in periods for one in group.recommendations)
    case_of = cases(records)
    tally = tallies(sides("", "", everything, ()), table, places, case_of).first
    years = _years({one.review_id for one in everything}, records, case_of)
    ends = sides("", "", periods[-1].recommendations, periods[0].recommendations)
    counted = tallies(ends, table, places, case_of)
    return measure_trend(years, tally, counted.second.shares, counted.first.shares)


def _years(
    reviews: set[str], records: Sequence[ReviewRecord], case_of: Mapping[str, str]
) -> NDArray[np.float64]:
    """Give the first year of each case, cases in their order."""
    first: dict[str, int] = {}
    for record in records:
        if record.id in reviews and record.year is not None:
            case = case_of[record.id]
            first[case] = min(record.year, first.get(case, record.year))
    return np.array([float(first[case]) for case in sorted(first)])


def _halves(periods: Sequence[Group]) -> tuple[Sides, ...]:
    """Set the later periods against the earlier ones, for their terms; without a middle one."""
    half = len(periods) // 2
    if not half:
        return ()
    early, late = periods[:half], periods[-half:]
    first, second = (tuple(one for group in part for one in group.recommendations) for part in (late, early))
    return (sides(_span(late), _span(early), first, second),)


def _span(periods: Sequence[Group]) -> str:
    first, last = periods[0].name.split("–")[0], periods[-1].name.split("–")[-1]
    return first if first == last else f"{first}–{last}"


def _places(table: ThemeTable, counts: Comparison) -> list[int]:
    shown = {row.theme.id for row in counts.rows}
    return [place for place, theme in enumerate(table.themes) if theme.id in shown]


def _by_row(findings: Sequence[tuple[Finding, ...]], rows: int) -> tuple[tuple[Finding, ...], ...]:
    return tuple(tuple(column[row] for column in findings) for row in range(rows))
