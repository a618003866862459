"""The frozen values that comparing gives and rendering shows, beside those of `model`. Imports only `model`.

Similarities, shares and probabilities lie between 0 and 1; reviews with recommendations are counted by cases.
"""

from dataclasses import dataclass
from typing import Literal

from srtminer.model import Recommendation, ReviewRecord, Theme

NOT_KNOWN = "not known"
"""Name of the group of what lacks the field that makes the groups."""
COMPARED_WITH_ALL = 10_000
"""Recommendations of which all pairs are compared, in a few seconds; of more only the likely ones.

Grows: slower, with its square.
"""

Grade = Literal["same", "may be"]
"""Whether a recommendation was made before, or a person has to judge whether it was."""
Verdict = Literal["differs", "no difference found", "too few to say"]


@dataclass(frozen=True, slots=True)
class Group:
    """Recommendations under a name; groups may overlap."""

    name: str
    recommendations: tuple[Recommendation, ...]
    without: int = 0
    """Number of its reviews that recommend nothing."""


@dataclass(frozen=True, slots=True)
class GroupSize:
    """What the shares of a group are shares of."""

    name: str
    reviews: int
    recommendations: int
    without: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How much of a group something makes up."""

    reviews: int
    recommendations: int
    share_of_reviews: float
    share_of_recommendations: float


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme in every group."""

    theme: Theme
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table of themes by groups."""

    by: str
    """The field that makes the groups, or empty if they were given one by one."""
    groups: tuple[GroupSize, ...]
    rows: tuple[ThemeRow, ...]
    """In the order of the theme table."""
    unthemed: tuple[Count, ...]
    """What belongs to no theme, per group."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two groups, or any two of several, have in common."""

    reviews: int
    recommendations: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What is in no group because nobody knows the field that makes the groups."""

    field: str
    reviews: tuple[ReviewRecord, ...]
    recommendations: int


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two sides whose shares of recommendations are compared; they may overlap."""

    first: str
    second: str
    """Name of a group, or what the first is compared with: "all others"."""
    overlap: Overlap
    own: tuple[int, int]
    """Recommendations that only the first side has, and only the second."""

    @property
    def alike(self) -> bool:
        """Whether both sides are the same recommendations."""
        return self.own == (0, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the recommendations of two sides say about one theme."""

    difference: float
    """Share of the first side less that of the second, -1 to 1; of a trend, last year less first."""
    low: float | None
    high: float | None
    """Ends of the 95 % interval of the difference; None where a side has a single review, or a trend two."""
    p: float | None
    """Probability of a difference as large if there were none; None where there are too few reviews."""
    q: float | None
    """The same after Benjamini and Hochberg's control over the table; None where too few to say."""
    effect: float
    """Cohen's h of the two shares; 0.2 is small, 0.5 medium, 0.8 large."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Term:
    """A term that one side of a contrast uses more than the other."""

    term: str
    first: int
    second: int
    """Number of recommendations that have it and that only the first side has, or only the second."""
    z: float
    """Standardised log-odds ratio, positive for the first side."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A theme table by groups, and what its differences are worth."""

    counts: Comparison
    contrasts: tuple[Contrast, ...]
    """One between two groups; of more groups, each against all others; of years, one trend."""
    findings: tuple[tuple[Finding, ...], ...]
    """Of each row of `counts.rows`, one a contrast."""
    terms: tuple[tuple[Term, ...], ...]
    """Of each contrast, the most distinctive terms of both sides, first side first."""
    trend: bool
    """Whether the groups are periods in order, and the only contrast is a trend."""
    overlap: Overlap
    unplaced: tuple[Unplaced, ...]
    """What is in no group, by field."""
    without: int
    """Number of all reviews without recommendations, which are not counted."""
    method: tuple[tuple[str, str], ...]
    """How it was tested, in words."""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of the annual table."""

    name: str
    reviews: int
    """With recommendations or without."""
    with_recommendations: int
    recommendations: int
    themes: int
    """In which at least one of its recommendations stands."""
    made_before: int
    """Recommendations that an earlier review of another case made too."""
    new_themes: int
    """Themes that stand in no earlier group; 0 where the groups have no order in time."""


@dataclass(frozen=True, slots=True)
class Match:
    """A recommendation, earlier or undated, that asks for the same thing as another one, or may do so."""

    recommendation: Recommendation
    record: ReviewRecord
    similarity: float
    """How likely both ask for the same."""
    grade: Grade
    linked: bool
    """By the analyst."""
    same_board: bool
    same_agency: bool
    """One agency is asked both times, or agencies of one kind under one board."""
    years_earlier: int | None
    """None where a year is not known."""
    shared: tuple[tuple[int, int], ...] = ()
    """Where in its text the words stand that both have in common: (start, end), ascending."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation of the review in question and what was asked before."""

    recommendation: Recommendation
    earlier: tuple[Match, ...]
    """Nearest first, not more than were wanted."""
    found: int
    """Number of those that ask for the same, shown or not."""
    board_years: tuple[int, ...]
    """Years in which a review of the same board asked for it, ascending."""
    same_agency: bool
    may_be: tuple[Match, ...] = ()
    """The nearest of those of which a person has to judge whether they ask for the same, or are earlier."""


@dataclass(frozen=True, slots=True)
class ReviewComparison:
    """What of a review's recommendations was recommended before."""

    record: ReviewRecord
    asked: tuple[Asked, ...]
    threshold: float
    compared: int
    """Number of other reviews."""
    undated: tuple[ReviewRecord, ...]
    """Reviews of which nobody knows whether they are earlier; what they ask for is not made before."""
    precision: float | None
    """Share of what was called the same in tests that a reader called the same; None at other thresholds."""

    @property
    def counts(self) -> dict[str, int]:
        """Of its recommendations those made before, those that a person has to judge, and the new ones.

        Of those made before also how many a review of the same board made, and the same agency was asked.
        """
        before = sum(bool(one.found) for one in self.asked)
        to_judge = sum(bool(one.may_be) and not one.found for one in self.asked)
        return {
            "made_before": before,
            "may_have_been": to_judge,
            "same_board": sum(bool(one.board_years) for one in self.asked),
            "same_agency": sum(one.same_agency for one in self.asked),
            "new": len(self.asked) - before - to_judge,
        }


@dataclass(frozen=True, slots=True)
class Chain:
    """Recommendations of several reviews that all ask for the same as one of them, the centre."""

    centre: Recommendation
    members: tuple[Recommendation, ...]
    """With the centre; earliest first, undated last."""
    similarities: tuple[float, ...]
    """Of each member to the centre; of the centre 1."""
    reviews: int
    years: tuple[int, ...]
    """Distinct, ascending."""
    boards: tuple[str, ...]
    """Distinct, in the order in which they come."""

    @property
    def weakest_first(self) -> tuple[tuple[Recommendation, float], ...]:
        """The members with their similarities, the least like the centre first, the centre last.

        Why: who judges a chain looks at its weakest link.
        """
        pairs = zip(self.members, self.similarities, strict=True)
        return tuple(sorted(pairs, key=lambda pair: (pair[0] is self.centre, pair[1])))


@dataclass(frozen=True, slots=True)
class BoardYear:
    """How much of what a board's reviews of one year recommend is a repetition of its own."""

    board: str
    """The same in all years, whatever the board was called in each."""
    year: int
    reviews: int
    recommendations: int
    repeated: int
    """Of the recommendations, those that an earlier review of the same board made."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """What is recommended again and again."""

    chains: tuple[Chain, ...] = ()
    """Most reviews first."""
    boards: tuple[tuple[BoardYear, ...], ...] = ()
    """Of each board its years, ascending; names that are redacted may look alike."""
    made_before: frozenset[str] = frozenset()
    """Ids of the recommendations that a review known to be earlier made too, as `compare --review` counts."""
    threshold: float = 0.0
    """Likelihood from which recommendations make a chain."""
    reviews: int = 0
    recommendations: int = 0
    left_out: tuple[ReviewRecord, ...] = ()
    """Responses and statements: they quote."""


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How recommendations are matched with earlier ones."""

    threshold: float | None = None
    """Likelihood from which two ask for the same, 0 to 1; None: as calibrated. Grows: fewer matches."""
    hits: int = 3
    """Earlier recommendations that ask for the same that are shown for each one, at most."""
