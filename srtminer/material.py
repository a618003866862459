"""What reports and exports are made of, and how it was made, in words for those who read them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.resources import files

from srtminer import __version__
from srtminer.cases import count_cases
from srtminer.comparisons import Comparison, Repeats
from srtminer.excerpts import Shown
from srtminer.model import Answer, Recommendation, ReviewRecord, Skipped, Theme, ThemeTable
from srtminer.redaction import redacted, without_folders
from srtminer.render.result_columns import Entry, ReviewEntry, ThemeEntry
from srtminer.render.wording import Catalogue, with_second

NO_DATE = "1980-01-01"
"""Stands where a format asks for a date and the user gave none; the first day that a ZIP archive can name.

Why not today: the same input must give the same file.
"""
Told = tuple[str, str]
"""What it is about, and what is to be said of it."""

WORDS = tomllib.loads((files("srtminer") / "data" / "methodology.toml").read_text(encoding="utf-8"))
LIMITS: tuple[str, ...] = tuple(WORDS["limits"])
"""What the figures do not say."""


@dataclass(frozen=True, slots=True)
class Making:
    """How results came about, apart from the method, which the theme table tells."""

    where: tuple[str, ...] = ()
    """The conditions that chose the reviews, as given."""
    corpus: str = ""
    """Digest of everything in the store."""
    day: str = ""
    """The date, if the user gave one."""
    number: int | None = None
    """Of themes, if the user asked for one."""
    min_reviews: int = 1
    """Themes in fewer reviews are not listed."""
    codebook: str = ""
    """Title of the codebook whose themes they are, or empty."""

    @property
    def moment(self) -> datetime:
        """The date for formats that cannot do without, at midnight; the day is as in ISO 8601."""
        return datetime.fromisoformat(self.day or NO_DATE)

    @property
    def choices(self) -> tuple[Told, ...]:
        """What the user chose, for the record."""
        return (
            ("date", self.day or "not given"),
            ("reviews chosen", "; ".join(self.where) or "all in the store"),
            ("codebook", self.codebook or "none"),
            ("themes asked for", "no number" if self.number is None else str(self.number)),
            ("reviews a theme, at least", str(self.min_reviews)),
        )


Counts = Mapping[str, int | None]
"""How much there is, by name; None where it is withheld."""


def account(making: Making, counts: Counts) -> tuple[Told, ...]:
    """Tell what was read, how themes were found, how many, and what is left out."""
    shown = {name: "withheld" if number is None else f"{number:,}" for name, number in counts.items()}
    chosen = f"those that fit {'; '.join(making.where)}" if making.where else "all in the store"
    how = "" if making.codebook else WORDS["number"]
    if making.number is not None:
        how = f"As many as the user asked for: {making.number:,}. "
    least = f", found in {making.min_reviews:,} or more reviews" if making.min_reviews > 1 else ""
    left_out = {
        "in no theme": "In no theme, and not forced into one",
        "in themes not listed": "In themes of too few reviews to be listed",
    }
    left = "".join(f"{what}: {shown[name]}. " for name, what in left_out.items() if counts[name] != 0)
    return (
        (
            "What was read",
            f"Reviews: {shown['reviews']}, {chosen}. With recommendations: "
            f"{shown['with recommendations']}. Recommendations: {shown['recommendations']}.",
        ),
        ("What counts as a recommendation", WORDS["recommendation"]),
        (
            "How themes are found",
            WORDS["coded"].format(making.codebook) if making.codebook else WORDS["found"],
        ),
        ("How many themes", f"{how}Listed{least}: {shown['themes']}."),
        ("How they are ranked", WORDS["ranked"]),
        ("What is left out", f"{left}{WORDS['left_out']}"),
    )


def repeats_told(threshold: float) -> Told:
    """Tell how it was found what repeats."""
    return "How repeats are found", WORDS["repeats"].format(threshold)


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
    # Of a report only:
    title: str = ""
    repeats: Repeats = field(default_factory=Repeats)
    skipped: tuple[Skipped, ...] = ()
    """The files that could not be read; none of them is a review of the store."""
    around: Mapping[str, tuple[Shown, ...]] = field(default_factory=dict)
    """Where recommendations stand, by their ids; empty unless it was asked for."""

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


def for_others(material: Material, names: Sequence[str], *, folders: bool = False) -> Material:
    """Prepare material to be passed on: names replaced, and no folder of the analyst's machine."""
    everything = tuple(material.catalogue.records.values())
    records = material.records
    if not folders:
        everything, records = without_folders(everything), without_folders(records)
    passed_on = redacted(replace(material, records=records), names)
    return replace(passed_on, catalogue=Catalogue.of(redacted(everything, names)))


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


def entries(
    material: Material,
) -> tuple[tuple[ReviewEntry, ...], tuple[Entry, ...], tuple[ThemeEntry, ...]]:
    """Give the chosen reviews, their recommendations and the themes by rank, as the columns describe them."""
    catalogue, table, answers = material.catalogue, material.table, material.answers
    themes, seconds = material.themes_of, material.seconds_of
    return (
        tuple(ReviewEntry(record, catalogue.names[record.id]) for record in material.records),
        tuple(
            Entry(one, catalogue, themes.get(one.id), seconds.get(one.id), answers.get(one.id))
            for one in material.recommendations
        ),
        tuple(ThemeEntry(theme, table, catalogue) for theme in table.themes),
    )


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept back from the reader."""

    small_counts: int | None = None
    """Counts of 1 up to one less than this are withheld; None: none are."""
    names: tuple[str, ...] = ()
    """Names that are replaced wherever they stand."""
    folders: bool = True
    """Whether the files of reviews are named with their folders."""
