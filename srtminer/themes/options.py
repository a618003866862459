"""What a user can choose about themes, and what themes need of a term matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import scipy.sparse as sp


@dataclass(frozen=True, slots=True)
class ThemeOptions:
    """How themes are found; the command line reads its defaults from here."""

    n_themes: int | None = None
    """Number of themes; None: chosen from the data. Fewer come out where the texts tell fewer apart."""
    min_reviews: int = 1
    """Themes in fewer reviews are not listed."""
    examples: int = 2
    """Excerpts a theme, at most."""
    random_state: int = 0
    """Seed of the steps that draw numbers; only sets above `points.MOST_ROWS` recommendations have any."""

    def __post_init__(self) -> None:
        for name, least in (("n_themes", 1), ("min_reviews", 1), ("examples", 0)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise ValueError(f"{name} must be at least {least}, not {value}")


class Phrase(Protocol):
    """A phrase as it stands in a text: the stems of its content words, and how it is printed."""

    @property
    def key(self) -> tuple[str, ...]:
        """Stems of the content words."""

    @property
    def surface(self) -> str:
        """The phrase as printed."""


class Terms(Protocol):
    """What `find_themes` needs of a term matrix; row i belongs to the i-th recommendation given."""

    @property
    def matrix(self) -> sp.csr_array:
        """TF-IDF, one unit row a recommendation."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Stem, or stems joined by a space, of each column."""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Printed form of each column."""

    @property
    def method(self) -> tuple[tuple[str, str], ...]:
        """Named steps of making it."""

    def phrases(self, row: int) -> Sequence[Phrase]:
        """Give the phrases that could name a theme and stand in a row's text."""
