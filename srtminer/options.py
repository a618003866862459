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

    def __post_init__(self) -> None:
        for name, least in (("n_themes", 1), ("min_reviews", 1), ("examples", 0)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise ValueError(f"{name} must be at least {least}, not {value}")


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How recommendations are matched with earlier ones."""

    threshold: float | None = None
    """Likelihood from which two ask for the same, 0 to 1; None: as calibrated. Grows: fewer matches."""
    hits: int = 3
    """Earlier recommendations that ask for the same that are shown for each one, at most."""

    def __post_init__(self) -> None:
        if self.threshold is not None and not 0 < self.threshold <= 1:
            raise ValueError(f"threshold must be above 0 and at most 1, not {self.threshold}")
        if self.hits < 0:
            raise ValueError(f"hits must be at least 0, not {self.hits}")
