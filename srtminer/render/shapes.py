"""What a comparison looks like from here: rendering depends on the shape, not on the step that makes it."""

from collections.abc import Sequence
from typing import Protocol

from srtminer.model import Theme


class CountLike(Protocol):
    """How much of a group a theme makes up."""

    @property
    def reviews(self) -> int:
        """Reviews of the group with a member of the theme."""

    @property
    def recommendations(self) -> int:
        """Members of the theme in the group."""

    @property
    def share_of_reviews(self) -> float:
        """Of the group's reviews, 0 to 1."""

    @property
    def share_of_recommendations(self) -> float:
        """Of the group's recommendations, 0 to 1."""


class GroupLike(Protocol):
    """A group and its size."""

    @property
    def name(self) -> str:
        """What the group is called."""

    @property
    def reviews(self) -> int:
        """Number of its reviews."""

    @property
    def recommendations(self) -> int:
        """Number of its recommendations."""


class RowLike(Protocol):
    """A theme in every group."""

    @property
    def theme(self) -> Theme:
        """The theme."""

    @property
    def counts(self) -> Sequence[CountLike]:
        """One count per group."""


class ComparisonLike(Protocol):
    """Themes by groups; see `srtminer.compare`."""

    @property
    def by(self) -> str:
        """The field that makes the groups, or empty."""

    @property
    def groups(self) -> Sequence[GroupLike]:
        """The groups, in the order of every row's counts."""

    @property
    def rows(self) -> Sequence[RowLike]:
        """One row per theme."""

    @property
    def unthemed(self) -> Sequence[CountLike]:
        """What belongs to no theme, one count per group."""
