"""What themes need of a term matrix."""

from collections.abc import Sequence
from typing import Protocol, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]


class Rows(Protocol):
    """Rows of length 1, or shorter, which can be set against one another; an index chooses some."""

    @property
    def words(self) -> sp.csr_array:
        """TF-IDF, shape (rows, terms)."""

    @property
    def meaning(self) -> NDArray[np.float16]:
        """A sentence encoder's view, shape (rows, width); of width 0 where there is none."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: Sequence[int] | NDArray[np.integer], /) -> Self: ...

    def products(self, other: Self, /) -> Matrix:
        """Give the product of each row with each other row, shape (rows, other rows)."""

    def squares(self) -> Matrix:
        """Give the product of each row with itself."""

    def means(self, labels: Labels, number: int, /) -> Self:
        """Give the mean row of each label, 0 … number-1; negative labels belong to none."""


class Phrase(Protocol):
    """A phrase as it stands in a text: the stems of its content words, and how it is printed."""

    @property
    def key(self) -> tuple[str, ...]:
        """Stems of the content words."""

    @property
    def surface(self) -> str:
        """The phrase as printed."""

    @property
    def known(self) -> str:
        """What people in the field call the matter that it names, or nothing."""


class Terms(Protocol):
    """What `find_themes` needs of a term matrix; row i belongs to the i-th recommendation given."""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Printed form of each column of the words."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each row."""

    def rows(self, order: Sequence[int] | Labels, /) -> Rows:
        """What is clustered, one row a recommendation, in an order."""

    @property
    def method(self) -> tuple[tuple[str, str], ...]:
        """Named steps of making it."""

    def phrases(self, row: int, /) -> Sequence[Phrase]:
        """Give the phrases that could name a theme and stand in a row's text."""

    def name_rows(self, names: Sequence[str], /) -> Rows:
        """Give rows of names, whose products with `features` tell how near texts are to them."""
