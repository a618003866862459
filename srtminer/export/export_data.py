"""What is exported, gathered once for all kinds of file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from srtminer import __version__
from srtminer.model import Answer, Comparison, Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.redaction import redacted, without_folders
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import with_second
from srtminer.render.methodology import Made, Told, account
from srtminer.render.result_columns import Entry, ReviewEntry, ThemeEntry

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
    number: int | None = None
    """Of themes, if the user asked for one."""
    min_reviews: int = 1
    """Themes in fewer reviews are not listed."""
    codebook: str = ""
    """Title of the codebook whose themes they are, or empty."""

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
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """What responses say to recommendations, by their ids."""

    @property
    def themes_of(self) -> dict[str, Theme]:
        """The theme of each recommendation, by the recommendation's id; those in no theme are left out."""
        return {member.id: theme for theme in self.table.themes for member in theme.members}

    @property
    def seconds_of(self) -> dict[str, Theme]:
        """The second theme of each recommendation that has one, by the recommendation's id."""
        pairs = (pair for theme in self.table.themes for pair in with_second(self.table, theme))
        return {member.id: second for member, second in pairs if second is not None}


def for_others(material: Material, names: Sequence[str], *, folders: bool = False) -> Material:
    """Prepare material to be passed on: names replaced, and no folder of the analyst's machine."""
    everything = tuple(material.catalogue.records.values())
    records = material.records
    if not folders:
        everything, records = without_folders(everything), without_folders(records)
    passed_on = redacted(replace(material, records=records), names)
    return replace(passed_on, catalogue=Catalogue.of(redacted(everything, names)))


def account_of(material: Material) -> tuple[Told, ...]:
    """Tell in words how the results were made."""
    making, table = material.making, material.table
    return account(
        Made(
            reviews=len(material.records),
            with_recommendations=reviews_with_recommendations(material.recommendations),
            recommendations=len(material.recommendations),
            themes=len(table.themes),
            unthemed=len(table.unthemed),
            unlisted=_unlisted(material),
            where=making.where,
            number=making.number,
            min_reviews=making.min_reviews,
            codebook=making.codebook,
        )
    )


def how_made(material: Material) -> tuple[Told, ...]:
    """Tell for the record how the results were made, as pairs of a name and a value."""
    making, table = material.making, material.table
    return (
        ("program", f"srtminer {__version__}"),
        ("date", making.day.isoformat() if making.day else "not given"),
        ("reviews chosen", "; ".join(making.where) or "all in the store"),
        ("codebook", making.codebook or "none"),
        ("themes asked for", "no number" if making.number is None else str(making.number)),
        ("reviews a theme, at least", str(making.min_reviews)),
        ("reviews", str(len(material.records))),
        ("recommendations", str(len(material.recommendations))),
        ("themes", str(len(table.themes))),
        ("recommendations in no theme", str(len(table.unthemed))),
        ("recommendations in themes not listed", str(_unlisted(material))),
        ("digest of the store", making.corpus or "not known"),
        *((f"method: {name}", value) for name, value in table.method),
        *(("note", note) for note in table.notes),
    )


def _unlisted(material: Material) -> int:
    """Count the recommendations in themes that are not listed; one may be in two that are."""
    placed = {*material.themes_of, *(one.id for one in material.table.unthemed)}
    return sum(one.id not in placed for one in material.recommendations)


def reviews_with_recommendations(recommendations: Sequence[Recommendation]) -> int:
    """Count the reviews that have a recommendation."""
    return len({recommendation.review_id for recommendation in recommendations})


def review_entries(material: Material) -> Iterator[ReviewEntry]:
    """Give the chosen reviews in their order."""
    for record in material.records:
        yield ReviewEntry(record, material.catalogue.names[record.id])


def recommendation_entries(material: Material) -> Iterator[Entry]:
    """Give the chosen recommendations in their order."""
    themes, seconds = material.themes_of, material.seconds_of
    for one in material.recommendations:
        linked = themes.get(one.id), seconds.get(one.id), material.answers.get(one.id)
        yield Entry(one, material.catalogue, *linked)


def theme_entries(material: Material) -> Iterator[ThemeEntry]:
    """Give the themes by rank."""
    for theme in material.table.themes:
        yield ThemeEntry(theme, material.table, material.catalogue)
