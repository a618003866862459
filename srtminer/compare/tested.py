"""A theme table by groups, with what its differences are worth."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from srtminer.compare.chronology import cases
from srtminer.compare.counts import compare_groups
from srtminer.compare.findings import FEWEST, LEVEL, Measured, judge, measure, measure_trend
from srtminer.compare.membership import overlap_of, require_known, unplaced, without_recommendations
from srtminer.compare.resampling import EXACT
from srtminer.compare.sides import Sides, sides, sides_of, tallies, tally
from srtminer.compare.terms import PresenceMatrix, distinctive_terms, words_of_names
from srtminer.comparisons import NOT_KNOWN, Finding, Term, Tested
from srtminer.model import Comparison, Group, Recommendation, ReviewRecord, ThemeTable

_TESTS = (
    ("tests", f"permutation of whole reviews, exact up to {EXACT:,} arrangements, else {EXACT - 1:,} drawn"),
    ("reviews", "documents about one case count as one"),
    ("lengths of reviews", "residuals in units of a beta-binomial of the review's length"),
)
_SEVERAL = (
    "several themes",
    "Benjamini-Hochberg over all themes and groups of the table, false discovery rate 5 %",
)
_REST = (
    (
        "too few to say",
        f"fewer than {FEWEST} reviews on a side or with the theme, or no arrangement of them could have "
        f"given p of {LEVEL} or less",
    ),
    ("terms", "log-odds ratio with informative Dirichlet prior (Monroe et al. 2008)"),
)
METHOD = (
    ("differences", "shares of recommendations; 95 % intervals with reviews as clusters (Student, Welch)"),
    *_TESTS,
    ("parts of one review on both sides", "also drawn within reviews, widened by the scatter observed"),
    _SEVERAL,
    ("effect", "Cohen's h"),
    *_REST,
)
METHOD_OF_TREND = (
    (
        "differences",
        "slope of the share of recommendations over the years, least squares; 95 % intervals with reviews as "
        "clusters (Student)",
    ),
    *_TESTS,
    _SEVERAL,
    ("effect", "Cohen's h of the last period against the first"),
    *_REST,
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
    case_of = cases(records)
    measured = [measure(tallies(pair, table, places, case_of)) for pair in pairs]
    return Tested(
        counts=counts,
        contrasts=tuple(pair.contrast for pair in pairs),
        findings=_by_row(judge(measured, [pair.contrast.alike for pair in pairs]), len(places)),
        terms=_terms(pairs, records, recommendations, terms),
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
    periods = [group for group in groups if group.name != NOT_KNOWN]
    halves = _halves(periods)
    measured = [_trend(periods, records, table, counts)] if len(periods) > 1 else []
    return Tested(
        counts=counts,
        contrasts=tuple(half.contrast for half in halves),
        findings=_by_row(judge(measured, [False] * len(measured)), len(counts.rows)),
        terms=_terms(halves, records, recommendations, terms),
        trend=True,
        overlap=overlap_of(groups),
        unplaced=unplaced(groups, ("year",), records, recommendations),
        without=len(without_recommendations(records, recommendations)),
        method=METHOD_OF_TREND,
    )


def _terms(
    pairs: Sequence[Sides],
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    terms: PresenceMatrix,
) -> tuple[tuple[Term, ...], ...]:
    names = words_of_names(records, recommendations)
    return tuple(distinctive_terms(pair, recommendations, terms, names) for pair in pairs)


def _trend(
    periods: Sequence[Group], records: Sequence[ReviewRecord], table: ThemeTable, counts: Comparison
) -> Measured:
    """Measure the trend; `counts` has the periods in their order, and what has no year after them."""
    everything = [one for group in periods for one in group.recommendations]
    case_of = cases(records)
    years = _years({one.review_id for one in everything}, records, case_of)
    early, late = (
        np.array([row.counts[period].share_of_recommendations for row in counts.rows])
        for period in (0, len(periods) - 1)
    )
    return measure_trend(years, tally(everything, table, _places(table, counts), case_of), early, late)


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
