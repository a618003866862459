"""What a user can choose; the command line reads its defaults from here."""

from dataclasses import dataclass

from srtminer.model import RECOMMENDATIONS, Unit


@dataclass(frozen=True, slots=True)
class ThemeOptions:
    """How themes are found."""

    n_themes: int | None = None
    """Number of themes; None: chosen from the data. Fewer come out where the texts tell fewer apart."""
    min_reviews: int = 1
    """Themes in fewer reviews are not listed."""
    examples: int = 2
    """Excerpts a theme, at most."""
    random_state: int = 0
    """Seed of the steps that draw numbers; only very large sets have any."""
    broad: bool = False
    """List the broad themes that the themes make up, not the themes themselves."""
    words: bool = False
    """Cluster by words alone, without the sentence encoder's view of what texts mean."""
    unit: Unit = RECOMMENDATIONS
    """What the rows are: table and notes call them so."""


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How recommendations are matched with earlier ones."""

    threshold: float | None = None
    """Likelihood from which two ask for the same, 0 to 1; None: as calibrated. Grows: fewer matches."""
    hits: int = 3
    """Earlier recommendations that ask for the same that are shown for each one, at most."""
