"""What themes need of a term matrix."""

from collections.abc import Sequence
from typing import Protocol

import scipy.sparse as sp


class Phrase(Protocol):
    """A phrase as it stands in a text: the stems of its content words, and how it is printed."""

    @property
    def key(self) -> tuple[str, ...]:
        """Stems of the content words."""

    @property
    def surface(self) -> str:
        """The phrase as printed."""

    @property
    def minor(self) -> bool:
        """Whether it names a person, a setting, a condition or nothing in particular."""


class Name(Protocol):
    """What a matter is called."""

    @property
    def key(self) -> tuple[str, ...]:
        """Stems of the content words."""

    @property
    def printed(self) -> str:
        """The name as it should be printed."""


class Matter(Protocol):
    """A matter that themes are often about, by the words that speak of it and what it is called."""

    @property
    def stems(self) -> frozenset[str]:
        """Stems of the words that speak of it."""

    @property
    def names(self) -> Sequence[Name]:
        """What it is called, the best name first."""


class Terms(Protocol):
    """What `find_themes` needs of a term matrix; row i belongs to the i-th recommendation given."""

    @property
    def matrix(self) -> sp.csr_array:
        """TF-IDF, one unit row a recommendation."""

    @property
    def features(self) -> sp.csr_array:
        """What is clustered: unit rows, one a recommendation, of any columns."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Stem, or stems joined by a space, of each column."""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Printed form of each column."""

    @property
    def matters(self) -> Sequence[Matter]:
        """Matters that a theme can be named by."""

    @property
    def method(self) -> tuple[tuple[str, str], ...]:
        """Named steps of making it."""

    def phrases(self, row: int) -> Sequence[Phrase]:
        """Give the phrases that could name a theme and stand in a row's text."""
