"""The columns of themes, each with its meaning, in one place for all forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from srtminer.model import RECOMMENDATIONS, Theme, ThemeTable, Unit
from srtminer.render.catalogue import Catalogue
from srtminer.render.figures import undated, with_second, year_span
from srtminer.render.result import Column, Json, pick
from srtminer.render.result_columns import pointer


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme, its table, and the catalogue by which its examples are cited."""

    theme: Theme
    table: ThemeTable
    catalogue: Catalogue


def theme_columns(unit: Unit) -> tuple[Column[ThemeEntry], ...]:
    """Give all columns of themes; what is counted goes by the name of its unit."""
    counted = unit.plural
    return (
        Column("rank", "Place by number of reviews, then of recommendations.", lambda row: row.theme.rank, 7),
        Column("label", "A phrase from its recommendations.", lambda row: row.theme.label, 34),
        Column("reviews", "Reviews with a recommendation in it.", lambda row: row.theme.reviews, 9),
        Column(counted, f"{counted.capitalize()} in it.", lambda row: len(row.theme.members), 17),
        Column(
            "share",
            f"Its {counted} as a share of all, 0 to 1.",
            lambda row: round(row.theme.share, 4),
            8,
            percent=True,
        ),
        Column(
            "years",
            "Years of the earliest and the latest review in it.",
            lambda row: year_span(row.theme.years),
            json=lambda row: [{"year": year, "reviews": count} for year, count in row.theme.years],
        ),
        Column("first_year", "Year of the earliest review in it.", lambda row: _years(row.theme)[0], 11),
        Column("last_year", "Year of the latest review in it.", lambda row: _years(row.theme)[-1], 11),
        Column(
            "undated",
            "Reviews in it whose year is not known; they may be earlier or later than these years.",
            lambda row: undated(row.theme),
            9,
        ),
        Column(
            "examples",
            "Typical excerpts, each with its source.",
            _examples,
            90,
            joint="\n\n",
            json=_examples_json,
        ),
        Column(
            "agencies",
            "Who is asked to act, each with its number of recommendations.",
            lambda row: tuple(f"{agency} ({count})" for agency, count in row.theme.agencies),
            40,
            json=lambda row: [{"agency": agency, counted: count} for agency, count in row.theme.agencies],
        ),
        Column("terms", "Terms that set it apart.", lambda row: row.theme.terms, 34),
        Column("id", "The theme's id.", lambda row: row.theme.id, 26),
        Column("parts", "What a broad theme is made of.", lambda row: row.theme.parts),
        Column("members", "What is in it, by id.", lambda _: None, json=_members_json),
    )


def theme_list(unit: Unit) -> tuple[Column[ThemeEntry], ...]:
    """Give the columns of the CSV of themes, but for the examples."""
    return pick(
        theme_columns(unit), f"rank id label terms reviews {unit.plural} share years undated agencies"
    )


def theme_json(unit: Unit) -> tuple[Column[ThemeEntry], ...]:
    """Give the columns of a theme in JSON."""
    return pick(
        theme_columns(unit),
        f"rank id label terms reviews {unit.plural} share years undated agencies examples parts members",
    )


def _years(theme: Theme) -> Sequence[int | None]:
    return sorted(year for year, _ in theme.years) or (None,)


def _examples(row: ThemeEntry) -> tuple[str, ...]:
    cite = row.catalogue.cite
    return tuple(f"{example.excerpt}\n({cite(example.recommendation)})" for example in row.theme.examples)


def _examples_json(row: ThemeEntry) -> list[Json]:
    return [
        {
            "id": example.recommendation.id,
            "review": example.recommendation.review_id,
            "source": row.catalogue.source(example.recommendation.review_id),
            "citation": row.catalogue.cite(example.recommendation),
            "reference": example.recommendation.reference,
            "page": example.recommendation.page,
            "excerpt": example.excerpt,
            "corrected": example.recommendation.corrected,
        }
        for example in row.theme.examples
    ]


def _members_json(row: ThemeEntry) -> list[Json]:
    return [
        pointer(member, row.catalogue) | {"also": second.id if second else None}
        for member, second in with_second(row.table, row.theme)
    ]


THEME_COLUMNS = pick(
    theme_columns(RECOMMENDATIONS),
    "rank label reviews recommendations share first_year last_year undated examples agencies terms id",
)
