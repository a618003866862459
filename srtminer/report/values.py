"""What a report is made of; all of it is given, nothing is looked up."""

from dataclasses import dataclass

from srtminer.model import Comparison, Recommendation, ReviewRecord, Skipped, ThemeTable


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something that was recommended to the same body more than once."""

    what: str
    who: str
    """The body that published the reviews."""
    recommendations: tuple[Recommendation, ...]
    """At least two, of different reviews, earliest first."""


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
    title: str
    repeats: tuple[Repeat, ...] = ()
    date: str = ""
    """As the user wrote it, or empty: a report knows no clock."""
    version: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """What the user chose, by name."""
    skipped: tuple[Skipped, ...] = ()
    """The files that could not be read; none of them is a review of the store."""
    digest: str = ""
    """Hash of the corpus."""
