"""Codings, and what is found when two are compared."""

from dataclasses import dataclass

NONE = "none"
"""The code of what fits no theme."""
FEW = 5
"""Recommendations with a theme, of either coder, below which its figures say nothing.

Why: where one coder gave it to four among many, each of these that the other gives it too moves kappa by 0.14
to 0.4, and resampling cannot see that.
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """One recommendation and the theme that either coder gave it."""

    item: str
    """Id of the recommendation."""
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and how sure it is; None where it is not defined, as of a code that nobody used."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """Agreement on whether a recommendation has one theme."""

    theme: str
    first: int
    """Recommendations to which the first coder gave it."""
    second: int
    both: int
    kappa: Interval
    alpha: Interval

    @property
    def few(self) -> bool:
        """Whether it was given too seldom for its figures to say anything about the coders."""
        return self.first + self.second - self.both < FEW


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree."""

    items: int
    same: int
    """Recommendations to which both gave the same theme."""
    kappa: Interval
    """Cohen's."""
    alpha: Interval
    """Krippendorff's, for names."""
    ami: float | None
    """Adjusted mutual information: agreement on what belongs together, whatever it is called."""
    ari: float | None
    """Adjusted Rand index: the same."""
    themes: tuple[ThemeAgreement, ...]
    """Most used first."""
    disagreements: tuple[Pair, ...]
