"""What a report is made of; all of it is given, nothing is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from srtminer.comparisons import BoardYear, Repeats
from srtminer.model import Answer, Comparison, Recommendation, ReviewRecord, Skipped, ThemeTable
from srtminer.options import ThemeOptions
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


@dataclass(frozen=True, slots=True)
class Content:
    """The results that a report shows."""

    table: ThemeTable
    by_year: Comparison
    by_agency: Comparison
    recommendations: tuple[Recommendation, ...]
    """All that were chosen, in the order of `records`."""
    records: tuple[ReviewRecord, ...]
    """The reviews that were chosen."""
    everything: tuple[ReviewRecord, ...]
    """All reviews of the store: what a review is called must not depend on a filter."""
    chosen: ThemeOptions
    title: str
    repeats: Repeats
    boards: tuple[BoardHistory, ...]
    """The boards of `repeats` that have several reviews."""
    date: str = ""
    """As the user wrote it, or empty: a report knows no clock."""
    version: str = ""
    where: tuple[str, ...] = ()
    """The conditions that chose the reviews, as given."""
    codebook: str = ""
    """Title of the codebook whose themes they are, or empty."""
    skipped: tuple[Skipped, ...] = ()
    """The files that could not be read; none of them is a review of the store."""
    digest: str = ""
    """Hash of the corpus."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """What responses say to recommendations, by their ids."""
    around: Mapping[str, Surroundings] = field(default_factory=dict)
    """Where recommendations stand, by their ids; empty unless it was asked for."""
    context: int = 0
    """Paragraphs on either side in `around`."""
