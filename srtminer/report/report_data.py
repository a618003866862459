"""What a report is made of; all of it is given, nothing is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from srtminer.comparisons import BoardYear, Repeats
from srtminer.material import Material
from srtminer.model import Skipped
from srtminer.passages.passage_context import Surroundings


@dataclass(frozen=True, slots=True)
class BoardHistory:
    """A board and its years, ascending."""

    board: str
    years: tuple[BoardYear, ...]

    @property
    def id(self) -> str:
        """The id of its first review. Why not its name: redacted, it may be that of another board."""
        return self.years[0].review_ids[0]

    @property
    def later(self) -> tuple[BoardYear, ...]:
        """The years that may hold what was made before: all but the first, unless that does."""
        return self.years if self.years[0].repeated else self.years[1:]


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept back from the reader."""

    small_counts: int | None = None
    """Counts of 1 up to one less than this are withheld; None: none are."""
    names: tuple[str, ...] = ()
    """Names that are replaced wherever they stand."""
    folders: bool = True
    """Whether the files of reviews are named with their folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Material):
    """The results that a report shows."""

    title: str
    repeats: Repeats
    boards: tuple[BoardHistory, ...]
    """Those of `repeats` that have several reviews; gathered before names that are redacted look alike."""
    skipped: tuple[Skipped, ...] = ()
    """The files that could not be read; none of them is a review of the store."""
    around: Mapping[str, Surroundings] = field(default_factory=dict)
    """Where recommendations stand, by their ids; empty unless it was asked for."""


def histories(repeats: Repeats) -> tuple[BoardHistory, ...]:
    """Gather the years of each board that has more than one review: one alone can repeat nothing."""
    boards = [(board, tuple(years)) for board, years in groupby(repeats.boards, key=lambda one: one.board)]
    return tuple(
        BoardHistory(board, years) for board, years in boards if sum(one.reviews for one in years) > 1
    )
