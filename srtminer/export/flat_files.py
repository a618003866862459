"""Everything in one text file: a flat CSV table, or JSON Lines.

CSV: a row a recommendation, with what is known of its review and its theme, and one for each review without,
which says why there are none.

JSON Lines: one object per line, its `type` first: export, theme, review, recommendation, in this order. The
objects are those of `--format json`, so their figures cannot differ from it; but a text that is not known is
empty, not null. The first line says how the results were made, and has every field of the other lines with
nothing in it. Why: polars and DuckDB learn the columns and their types from the first lines.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from srtminer.material import Material, entries, how_made
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
from srtminer.render.result import Column, Json, Table, Value, as_object, cells, prefixed
from srtminer.render.result_columns import (
    ALSO,
    RECOMMENDATION_COLUMNS,
    RECOMMENDATION_JSON,
    RESPONSE,
    REVIEW_COLUMNS,
    REVIEW_JSON,
    THEME_COLUMNS,
    Entry,
    ReviewEntry,
    ThemeEntry,
    theme_columns,
)
from srtminer.render.safe_text import ESCAPES
from srtminer.render.wording import Catalogue
from srtminer.render.writers import plain, write_table

SCHEMA = "srtminer.export/1"
_THEME_LINE = theme_columns(
    "rank id label terms reviews recommendations share years undated agencies examples parts", RECOMMENDATIONS
)
_LINE = (*RECOMMENDATION_JSON, *RESPONSE, Column("theme", "Id of its theme.", "theme.id"), *ALSO)
_NUMBERS = ("year", "response_page")
"""Fields that are null where the number is not known."""


_ELSEWHERE = ("review", "source", "theme", "theme_rank")
_OWN = tuple(one for one in RECOMMENDATION_COLUMNS if one.name not in _ELSEWHERE)
_THEME = tuple(one for one in THEME_COLUMNS if one.name not in ("agencies", "examples"))
FLAT_COLUMNS = (
    *prefixed("review_", REVIEW_COLUMNS),
    *prefixed("recommendation_", _OWN),
    *prefixed("theme_", _THEME),
)
"""Of a review without recommendations those of `review_` only are filled; `recommendation_id` is empty there,
and nowhere else."""


def to_csv(material: Material) -> str:
    """Give the flat table."""
    return write_table(Table(FLAT_COLUMNS, tuple(_rows(material))))


def _rows(material: Material) -> Iterator[tuple[Value, ...]]:
    reviews, recommendations, _ = entries(material)
    found: dict[str, list[Entry]] = {}
    for entry in recommendations:
        found.setdefault(entry.one.review_id, []).append(entry)
    for review in reviews:
        for own in found.get(review.record.id, (None,)):
            named = own.theme if own else None
            theme = ThemeEntry(named, material.table, material.catalogue) if named else None
            yield (*cells(REVIEW_COLUMNS, review), *cells(_OWN, own), *cells(_THEME, theme))


def to_jsonl(material: Material) -> str:
    """Give all lines."""
    return "".join(
        f"{json.dumps(plain(line), ensure_ascii=False).translate(ESCAPES)}\n" for line in _lines(material)
    )


def _lines(material: Material) -> Iterator[Json]:
    first = {"type": "export", "schema": SCHEMA, "generator": GENERATOR, "made": how_made(material)}
    yield first | _nothing()
    reviews, recommendations, themes = entries(material)
    for name, columns, rows in (
        ("theme", _THEME_LINE, themes),
        ("review", REVIEW_JSON, reviews),
        ("recommendation", _LINE, recommendations),
    ):
        yield from ({"type": name} | _typed(columns, row) for row in rows)


def _typed(columns: Sequence[Column], row: Any) -> Json:
    found = as_object(columns, row).items()
    return {key: "" if value is None and key not in _NUMBERS else value for key, value in found}


def _nothing() -> Json:
    """Give every field of the lines, each with a value of its type that says nothing."""
    one = Recommendation("", "", ("",), 0, 0, "", 0, 0, ("",), (Agency("", ""),))
    record = ReviewRecord("", "", "", (Fact("", "", "", 0),), 0, 0, 0, 0, "", (Omission("", 0, 0),))
    theme = Theme(0, "", "", ("",), (one,), (Example(one, ""),), 0, 0.0, ((0, 0),), (("", 0),), (), ("",))
    table, catalogue = ThemeTable((theme,), (), 0, 0, ()), Catalogue.of((record,))
    of_theme = _typed(_THEME_LINE, ThemeEntry(theme, table, catalogue))
    united = of_theme | _typed(REVIEW_JSON, ReviewEntry(record)) | _typed(_LINE, Entry(one, catalogue))
    # the agencies of a theme and of a recommendation hold different fields
    united["agencies"] = [of_theme["agencies"][0] | united["agencies"][0]]
    return united | dict.fromkeys(_NUMBERS, 0)
