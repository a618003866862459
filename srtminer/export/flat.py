"""Everything in one flat CSV table: a row a recommendation, and one for each review without.

A recommendation has with it what is known of its review and its theme; the row of a review without says why
there are none. The form is that of the other CSV results:
UTF-8, CR LF, and an apostrophe before what a spreadsheet would take for a formula.
"""

import csv
import io
from collections.abc import Iterator

from srtminer.export.columns import (
    RECOMMENDATION_COLUMNS,
    REVIEW_COLUMNS,
    THEME_COLUMNS,
    RecommendationEntry,
    ThemeEntry,
    Value,
    cells,
    recommendation_entries,
    review_entries,
)
from srtminer.export.material import Material
from srtminer.render.as_csv import safe_cell

_RECOMMENDATION = tuple(
    column
    for column in RECOMMENDATION_COLUMNS
    if column.name not in ("review", "source", "theme", "theme_rank")  # stand in the other two blocks
)
_THEME = tuple(column for column in THEME_COLUMNS if column.name not in ("agencies", "examples"))

FLAT_COLUMNS: tuple[tuple[str, str], ...] = (
    *((f"review_{column.name}", column.meaning) for column in REVIEW_COLUMNS),
    *((f"recommendation_{column.name}", column.meaning) for column in _RECOMMENDATION),
    *((f"theme_{column.name}", column.meaning) for column in _THEME),
)
"""Name and meaning of each column, in order. Of a review without recommendations those of `review_` only are
filled; `recommendation_id` is empty there, and nowhere else."""


def to_csv(material: Material) -> str:
    """Give the flat table."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(name for name, _ in FLAT_COLUMNS)
    for row in _rows(material):
        writer.writerow(safe_cell(cell) if isinstance(cell, str) else cell for cell in row)
    return stream.getvalue()


def _rows(material: Material) -> Iterator[tuple[Value, ...]]:
    found: dict[str, list[RecommendationEntry]] = {}
    for entry in recommendation_entries(material):
        found.setdefault(entry.recommendation.review_id, []).append(entry)
    for review in review_entries(material):
        about = cells(REVIEW_COLUMNS, review)
        for entry in found.get(review.record.id, ()):
            yield (*about, *cells(_RECOMMENDATION, entry), *_theme(entry, material))
        if review.record.id not in found:
            yield (*about, *_empty(len(_RECOMMENDATION) + len(_THEME)))


def _theme(entry: RecommendationEntry, material: Material) -> tuple[Value, ...]:
    if entry.theme is None:
        return _empty(len(_THEME))
    return cells(_THEME, ThemeEntry(entry.theme, material.catalogue))


def _empty(number: int) -> tuple[Value, ...]:
    return (None,) * number
