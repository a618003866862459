"""How themes were made and what they do not say, in words for those who read the result."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

NO_DATE = "1980-01-01"
"""Stands where a format asks for a date and the user gave none; the first day that a ZIP archive can name.

Why not today: the same input must give the same file.
"""
Told = tuple[str, str]
"""What it is about, and what is to be said of it."""

LIMITS = (
    "A theme is a set of similar recommendations, found by statistics and named by a phrase from "
    "them. It is a way into the texts and not a finding in itself: read the excerpts, and the reviews.",
    "A theme in many reviews is often recommended. That does not make it more important than others, nor "
    "does it say that nothing was done.",
    "The reviews here are those that were read; they are not a sample. Differences between years and "
    "agencies may only reflect which reviews were read.",
    "Years are those of the reviews, as printed or as given by the user, and not those of the events.",
    "Addressees are recognised by name. Where a recommendation names nobody, its addressee is unknown.",
)
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
    return (
        ("What was read", _read(making, counts)),
        (
            "What counts as a recommendation",
            "What a review itself asks to be done: the points below a heading such as “Recommendations”, and "
            "sentences that are marked as one. Each is kept word for word, with its printed number and page.",
        ),
        ("How themes are found", _CODED.format(making.codebook) if making.codebook else _FOUND),
        ("How many themes", _number(making, counts["themes"])),
        (
            "How they are ranked",
            "By the number of reviews that have the theme, then by its recommendations, so that one long "
            "review does not outweigh several.",
        ),
        ("What is left out", _left_out(counts)),
    )


def repeats_told(threshold: float) -> Told:
    """Tell how it was found what repeats."""
    return (
        "How repeats are found",
        "Two recommendations of different cases count as asking for the same when their meaning and their "
        f"words make it likely: {threshold:.2f} or more on a scale from 0 to 1. A review and its summary are "
        "one case; a board and the partnership that followed it are one board.",
    )


_FOUND = (
    "Recommendations that share uncommon words are put together; nobody gave the program a list of themes. "
    "Phrases that are in all reviews (“should ensure that”) and whoever is addressed are set aside, and the "
    "forms of a word count as one (discharge, discharged). A theme is called by a phrase from its "
    "recommendations."
)


_CODED = (
    "The themes are those of the codebook “{}”. A recommendation belongs to one when it uses a "
    "phrase that the codebook gives, or is like its examples. What fits none is put together by the "
    "uncommon words that it shares; these themes are new."
)


def _read(making: Making, counts: Counts) -> str:
    chosen = f"those that fit {_conditions(making.where)}" if making.where else "all in the store"
    return (
        f"Reviews: {_figure(counts['reviews'])}, {chosen}. With recommendations: "
        f"{_figure(counts['with recommendations'])}. Recommendations: {_figure(counts['recommendations'])}."
    )


def _conditions(where: Sequence[str]) -> str:
    """Say it as `where.select` takes it: those of the same field are alternatives."""
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for one in where:
        fields[one.partition("=")[0].strip().lower()].append(one)
    return ", and ".join(" or ".join(same) for same in fields.values())


def _number(making: Making, listed: int | None) -> str:
    if making.number is not None:
        how = f"As many as the user asked for: {making.number:,}. "
    elif making.codebook:
        how = ""
    else:
        how = (
            "The program chose the number: it looked for the division in which the recommendations of one "
            "theme are most alike and least like those of the next. "
        )
    least = making.min_reviews
    return f"{how}Listed{f', found in {least:,} or more reviews' if least > 1 else ''}: {_figure(listed)}."


def _left_out(counts: Counts) -> str:
    unthemed, unlisted = counts["in no theme"], counts["in themes not listed"]
    none = f"In no theme, and not forced into one: {_figure(unthemed)}. " if unthemed != 0 else ""
    few = f"In themes that too few reviews have to be listed: {_figure(unlisted)}. " if unlisted != 0 else ""
    return (
        f"{none}{few}Running headers, contents pages, footnotes and the like are left out; the list of "
        "reviews says how much of each."
    )


def _figure(number: int | None) -> str:
    return "withheld" if number is None else f"{number:,}"
