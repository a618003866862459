"""What reports and exports are made of: the chosen reviews, their recommendations, themes and answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from srtminer import __version__
from srtminer.cases import count_cases
from srtminer.comparisons import Comparison
from srtminer.model import Answer, Recommendation, ReviewRecord, Theme, ThemeTable
from srtminer.redaction import redacted, without_folders
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import with_second
from srtminer.render.methodology import Making, Told, account
from srtminer.render.result_columns import Entry, ReviewEntry, ThemeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The chosen reviews and recommendations, their themes, and how they were made."""

    records: tuple[ReviewRecord, ...]
    recommendations: tuple[Recommendation, ...]
    """In the order of the records."""
    catalogue: Catalogue
    """Of all reviews of the store: what a review is called must not depend on a filter."""
    table: ThemeTable
    by_agency: Comparison
    """The themes by kind of agency addressed."""
    by_year: Comparison
    """The themes by year of the review."""
    making: Making = field(default_factory=Making)
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

    @property
    def counts(self) -> dict[str, int]:
        """How much there is; a recommendation may be in two themes, of which one is listed."""
        placed = {*self.themes_of, *(one.id for one in self.table.unthemed)}
        return {
            "reviews": count_cases(self.records),
            "with recommendations": len({one.case_id for one in self.recommendations}),
            "recommendations": len(self.recommendations),
            "themes": len(self.table.themes),
            "in no theme": len(self.table.unthemed),
            "in themes not listed": sum(one.id not in placed for one in self.recommendations),
        }


Some = TypeVar("Some", bound=Material)


def for_others(material: Some, names: Sequence[str], *, folders: bool = False) -> Some:
    """Prepare material to be passed on: names replaced, and no folder of the analyst's machine."""
    everything = tuple(material.catalogue.records.values())
    records = material.records
    if not folders:
        everything, records = without_folders(everything), without_folders(records)
    passed_on = redacted(replace(material, records=records), names)
    return replace(passed_on, catalogue=Catalogue.of(redacted(everything, names)))


def account_of(material: Material) -> tuple[Told, ...]:
    """Tell in words how the results were made."""
    return account(material.making, material.counts)


def how_made(material: Material) -> tuple[Told, ...]:
    """Tell for the record how the results were made, as pairs of a name and a value."""
    table = material.table
    return (
        ("program", f"srtminer {__version__}"),
        *material.making.choices,
        *(
            (f"recommendations {name}" if name.startswith("in ") else name, str(count))
            for name, count in material.counts.items()
            if name != "with recommendations"
        ),
        ("digest of the store", material.making.corpus or "not known"),
        *((f"method: {name}", value) for name, value in table.method),
        *(("note", note) for note in table.notes),
    )


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
