"""Everything in one text file: a flat CSV table, or JSON Lines.

CSV: a row a recommendation, with what is known of its review and its theme, and one for each review without,
which says why there are none. The form is that of the other CSV results: UTF-8, CR LF, and an apostrophe
before what a spreadsheet would take for a formula.

JSON Lines: one object a line, its `type` first. The objects are those of `--format json`, so their figures
cannot differ from it; but a text that is not known is empty, not null. Their types, in this order:

- export: the first line, `schema` and `made`, a list of [name, value] that says how the results were made,
  and every field of the other lines with nothing in it. Why: polars and DuckDB learn the columns and their
  types from the first lines;
- theme: as in `srtminer themes`, without `members`;
- review: as in `srtminer reviews`;
- recommendation: as in `srtminer recommendations --with-response`, with `theme` and `also`, the ids of its
  theme and of its second one; empty if it has none, or one that is not listed.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from functools import reduce

from srtminer.export.export_data import (
    Material,
    how_made,
    recommendation_entries,
    review_entries,
    theme_entries,
)
from srtminer.model import (
    GENERATOR,
    RECOMMENDATIONS,
    Agency,
    Example,
    Fact,
    Omission,
    Recommendation,
    ReviewRecord,
    Theme,
    ThemeTable,
)
from srtminer.render.as_csv import MARK, safe_cell
from srtminer.render.as_json import plain
from srtminer.render.catalogue import Catalogue
from srtminer.render.result import Column, Json, Row, Value, as_object, cells, pick
from srtminer.render.result_columns import (
    ALSO,
    RECOMMENDATION_COLUMNS,
    RECOMMENDATION_JSON,
    RESPONSE,
    REVIEW_COLUMNS,
    REVIEW_JSON,
    RecommendationEntry,
    ReviewEntry,
)
from srtminer.render.safe_text import ESCAPES
from srtminer.render.theme_columns import THEME_COLUMNS, ThemeEntry, theme_json

_RECOMMENDATION = tuple(
    column
    for column in RECOMMENDATION_COLUMNS
    if column.name not in ("review", "source", "theme", "theme_rank")  # stand in the other two blocks
)
_THEME_LINE = pick(
    theme_json(RECOMMENDATIONS),
    "rank id label terms reviews recommendations share years undated agencies examples parts",
)
_THEME_ID: Column[RecommendationEntry] = Column(
    "theme", "Id of its theme.", lambda row: row.theme.id if row.theme else None
)
_RECOMMENDATION_LINE = (*RECOMMENDATION_JSON, *RESPONSE, _THEME_ID, *ALSO)
_NUMBERS = ("year", "response_page")
"""Fields that are null where the number is not known."""
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
    writer.writerow((*(name for name, _ in FLAT_COLUMNS), MARK))
    for row in _rows(material):
        texts = (safe_cell(cell) if isinstance(cell, str) else cell for cell in row)
        writer.writerow((*texts, GENERATOR))
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
        f"{json.dumps(plain(line), ensure_ascii=False).translate(ESCAPES)}\n" for line in _lines(material)
    )


def _lines(material: Material) -> Iterator[Json]:
    yield {
        "type": "export",
        "schema": SCHEMA,
        "generator": GENERATOR,
        "made": how_made(material),
    } | _nothing()
    for entry in theme_entries(material):
        yield {"type": "theme"} | _typed(_THEME_LINE, entry)
    for review in review_entries(material):
        yield {"type": "review"} | _typed(REVIEW_JSON, review)
    for one in recommendation_entries(material):
        yield {"type": "recommendation"} | _typed(_RECOMMENDATION_LINE, one)


def _typed(columns: Sequence[Column[Row]], row: Row) -> Json:
    """Give a row as an object whose texts are never null."""
    found = as_object(columns, row).items()
    return {key: "" if value is None and key not in _NUMBERS else value for key, value in found}


def _nothing() -> Json:
    """Give every field of the lines, each with a value of its type that says nothing."""
    one = Recommendation("", "", ("",), 0, 0, "", 0, 0, ("",), (Agency("", ""),))
    record = ReviewRecord("", "", "", (Fact("", "", "", 0),), 0, 0, 0, 0, "", (Omission("", 0, 0),))
    theme = Theme(0, "", "", ("",), (one,), (Example(one, ""),), 0, 0.0, ((0, 0),), (("", 0),), (), ("",))
    table = ThemeTable((theme,), (), 0, 0, ())
    lines = (
        _typed(_THEME_LINE, ThemeEntry(theme, table, Catalogue.of((record,)))),
        _typed(REVIEW_JSON, ReviewEntry(record)),
        _typed(_RECOMMENDATION_LINE, RecommendationEntry(one, record, "")),
    )
    return reduce(_united, lines) | dict.fromkeys(_NUMBERS, 0)


def _united(first: Json, second: Json) -> Json:
    """Unite objects; the agencies of a theme and of a recommendation hold different fields."""
    return first | {
        key: [first[key][0] | value[0]] if key == "agencies" and key in first else value
        for key, value in second.items()
    }
