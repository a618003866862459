"""Codings, and what is found when they are compared."""

from dataclasses import dataclass

NONE = "none"
"""The code of what fits no theme."""
FEW = 5
"""Recommendations with a theme, of any coder, below which its figures say nothing.

Why: where one coder gave it to four among many, each of these that the other gives it too moves kappa by 0.14
to 0.4, and resampling cannot see that.
"""


@dataclass(frozen=True, slots=True)
class Coded:
    """One recommendation and the theme that each coder gave it."""

    item: str
    """Id of the recommendation."""
    codes: tuple[str, ...]
    """In the order of the coders, two at least."""

    @property
    def alike(self) -> bool:
        """Whether all gave it the same theme."""
        return len(set(self.codes)) == 1


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
    counts: tuple[int, ...]
    """Recommendations to which each coder gave it."""
    together: int
    """Recommendations to which all gave it."""
    few: bool
    """Whether it was given too seldom for its figures to say anything about the coders."""
    kappa: Interval
    alpha: Interval


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two of several coders agree."""

    first: int
    """Place among the coders."""
    second: int
    same: int
    kappa: Interval
    """Cohen's."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree."""

    items: int
    same: int
    """Recommendations to which all gave the same theme."""
    kappa: Interval
    """Cohen's of two coders, Fleiss' of more."""
    alpha: Interval
    """Krippendorff's, for names."""
    ami: float | None
    """Adjusted mutual information: agreement on what belongs together, whatever it is called.

    Of more than two coders the mean over pairs.
    """
    ari: float | None
    """Adjusted Rand index: the same."""
    themes: tuple[ThemeAgreement, ...]
    """Most used first."""
    pairs: tuple[PairAgreement, ...]
    """Each two of more than two coders."""
    confusion: tuple[tuple[str, str, int], ...]
    """(code of one coder, code of the other, recommendations), most first; of all pairs of coders."""
    disagreements: tuple[Coded, ...]
