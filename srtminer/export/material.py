"""What is exported, gathered once for all kinds of file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from srtminer import __version__
from srtminer.model import Comparison, Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.render.catalogue import Catalogue

NO_DATE = date(1980, 1, 1)
"""Stands where a format asks for a date and the user gave none; the first day that a ZIP archive can name.

Why not today: the same input must give the same file.
"""


@dataclass(frozen=True, slots=True)
class Making:
    """How the results came about, apart from the method, which the theme table tells."""

    where: tuple[str, ...] = ()
    """The conditions that chose the reviews, as given."""
    corpus: str = ""
    """Digest of everything in the store."""
    day: date | None = None
    """The date, if the user gave one."""

    @property
    def moment(self) -> datetime:
        """The date for formats that cannot do without, at midnight."""
        return datetime.combine(self.day or NO_DATE, datetime.min.time())


@dataclass(frozen=True, slots=True)
class Material:
    """The chosen reviews and recommendations, their themes, and how they were made."""

    records: tuple[ReviewRecord, ...]
    recommendations: tuple[Recommendation, ...]
    catalogue: Catalogue
    table: ThemeTable
    by_agency: Comparison
    """The themes by kind of agency addressed."""
    by_year: Comparison
    """The themes by year of the review."""
    making: Making = Making()

    @property
    def themes_of(self) -> dict[str, Theme]:
        """The theme of each recommendation, by the recommendation's id; those in no theme are left out."""
        return {member.id: theme for theme in self.table.themes for member in theme.members}


def how_made(material: Material) -> tuple[tuple[str, str], ...]:
    """Tell how the results were made, as pairs of a name and a value."""
    making, table = material.making, material.table
    listed = sum(len(theme.members) for theme in table.themes) + len(table.unthemed)
    unlisted = table.recommendations - listed
    return (
        ("program", f"srtminer {__version__}"),
        ("date", making.day.isoformat() if making.day else "not given"),
        ("reviews chosen", "; ".join(making.where) or "all in the store"),
        ("reviews", str(len(material.records))),
        ("recommendations", str(len(material.recommendations))),
        ("themes", str(len(table.themes))),
        ("recommendations in no theme", str(len(table.unthemed))),
        ("recommendations in themes not listed", str(unlisted)),
        ("digest of the store", making.corpus or "not known"),
        *((f"method: {name}", value) for name, value in table.method),
        *(("note", note) for note in table.notes),
    )


def reviews_with_recommendations(recommendations: Sequence[Recommendation]) -> int:
    """Count the reviews that have a recommendation."""
    return len({recommendation.review_id for recommendation in recommendations})
