"""What a user can choose about themes; the command line reads its defaults from here."""

from dataclasses import dataclass


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

    def __post_init__(self) -> None:
        for name, least in (("n_themes", 1), ("min_reviews", 1), ("examples", 0)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise ValueError(f"{name} must be at least {least}, not {value}")
