"""Everything in one text file: a flat CSV table, or JSON Lines.

CSV: a row a recommendation, with what is known of its review and its theme, and one for each review without,
which says why there are none. The form is that of the other CSV results: UTF-8, CR LF, and an apostrophe
before what a spreadsheet would take for a formula.

JSON Lines: one object a line, its `type` first. The objects are those of `--format json`, so their figures
cannot differ from it. Their types, in this order:

- export: the first line, `schema` and `made`, a list of [name, value] that says how the results were made;
- theme: as in `srtminer themes`, without `members`;
- review: as in `srtminer reviews`;
- recommendation: as in `srtminer recommendations`, with `theme` and `also`, the ids of its theme and of its
  second one; null if it has none, or one that is not listed.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from srtminer.export.export_data import Material, how_made, recommendation_entries, review_entries
from srtminer.render.as_csv import safe_cell
from srtminer.render.recommendation_table import recommendation_json
from srtminer.render.result import Value, cells
from srtminer.render.result_columns import RECOMMENDATION_COLUMNS, REVIEW_COLUMNS, RecommendationEntry
from srtminer.render.review_table import review_json
from srtminer.render.safe_text import ESCAPES
from srtminer.render.theme_columns import THEME_COLUMNS, ThemeEntry
from srtminer.render.theme_table import theme_objects

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


SCHEMA = "srtminer.export/1"


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
        found.setdefault(entry.one.review_id, []).append(entry)
    for review in review_entries(material):
        about = cells(REVIEW_COLUMNS, review)
        for entry in found.get(review.record.id, ()):
            yield (*about, *cells(_RECOMMENDATION, entry), *_theme(entry, material))
        if review.record.id not in found:
            yield (*about, *_empty(len(_RECOMMENDATION) + len(_THEME)))


def _theme(entry: RecommendationEntry, material: Material) -> tuple[Value, ...]:
    if entry.theme is None:
        return _empty(len(_THEME))
    return cells(_THEME, ThemeEntry(entry.theme, material.table, material.catalogue))


def _empty(number: int) -> tuple[Value, ...]:
    return (None,) * number


def to_jsonl(material: Material) -> str:
    """Give all lines."""
    return "".join(
        f"{json.dumps(line, ensure_ascii=False).translate(ESCAPES)}\n" for line in _lines(material)
    )


def _lines(material: Material) -> Iterator[dict[str, Any]]:
    catalogue, themes, seconds = material.catalogue, material.themes_of, material.seconds_of
    yield {"type": "export", "schema": SCHEMA, "made": how_made(material)}
    for theme in theme_objects(material.table, catalogue):
        yield {"type": "theme"} | {key: value for key, value in theme.items() if key != "members"}
    for record in material.records:
        yield {"type": "review"} | review_json(record)
    for entry in recommendation_json(material.recommendations, catalogue):
        theme_of, second = themes.get(entry["id"]), seconds.get(entry["id"])
        placed = {"theme": theme_of.id if theme_of else None, "also": second.id if second else None}
        yield {"type": "recommendation"} | entry | placed
