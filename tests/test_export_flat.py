"""The flat CSV table and JSON Lines."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

from srtminer.export.flat_files import FLAT_COLUMNS, to_csv, to_jsonl
from srtminer.material import Material
from srtminer.render.recommendation_tables import recommendation_result, theme_result
from srtminer.render.review_tables import review_result
from srtminer.render.safe_text import visible
from srtminer.render.writers import plain
from tests.render_values import HOSTILE
from tests.test_export_material import SHARE, hostile, material


def table(of: Material) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(of), newline="")))


def lines(of: Material) -> list[dict[str, Any]]:
    return [json.loads(line) for line in to_jsonl(of).split("\n")[:-1]]


def test_a_row_a_recommendation_and_one_for_a_review_without() -> None:
    rows = table(material())
    shown = ("review_name", "recommendation_reference", "theme_label", "review_why_none")
    assert [tuple(row[name] for name in shown) for row in rows] == [
        ("Child P (2011)", "4.7", "Sharing of information", ""),
        ("Child P (2011)", "4.8", "", ""),
        ("Child Q (2014)", "", "Sharing of information", ""),
        (
            "Statement of the Board",
            "",
            "",
            "no heading of recommendations, and no sentence that asks an agency to act",
        ),
    ]


def test_the_values_of_a_row() -> None:
    row = table(material())[0]
    assert row["recommendation_text"] == SHARE
    assert row["recommendation_agency"] == "Eastmere Police; Norwick Primary Care Trust"
    assert row["recommendation_agency_kind"] == "police; commissioners"
    assert row["review_given"] == "kind"
    assert row["review_left_out"] == "running header or footer (1 line)"
    assert (row["review_year"], row["recommendation_confidence"], row["theme_share"]) == (
        "2011",
        "0.9124",
        "0.6667",
    )
    assert [row[f"theme_{name}"] for name in ("first_year", "last_year", "undated")] == ["2011", "2014", "0"]


def test_reviews_without_a_year_are_counted_beside_the_years() -> None:
    whole = material()
    first = replace(whole.table.themes[0], years=((2014, 1),))
    whole = replace(whole, table=replace(whole.table, themes=(first, *whole.table.themes[1:])))
    row = table(whole)[0]
    assert [row[f"theme_{name}"] for name in ("first_year", "last_year", "undated")] == ["2014", "2014", "1"]


def test_every_column_is_documented_once() -> None:
    header = next(csv.reader(io.StringIO(to_csv(material()))))
    assert header == [*(one.name for one in FLAT_COLUMNS), "generator"]
    assert len(set(header)) == len(header)
    assert all(one.meaning.endswith(".") for one in FLAT_COLUMNS)


def test_hostile_text_in_a_table_stays_text() -> None:
    row = table(hostile())[0]
    assert row["recommendation_text"] == visible(HOSTILE)
    assert row["recommendation_reference"] == "'=1+1"
    assert row["review_board"] == "'@SUM(A1)"
    assert "\x1b" not in to_csv(hostile())


def test_lines_come_in_order_with_their_type_first() -> None:
    found = lines(material())
    kinds = ["export", "theme", "review", "review", "review", *["recommendation"] * 3]
    assert [line["type"] for line in found] == kinds
    assert [next(iter(line)) for line in found] == ["type"] * len(found)
    assert found[0]["schema"] == "srtminer.export/1"


def test_lines_are_the_objects_of_the_json_results() -> None:
    one = material()
    found = lines(one)
    themes = theme_result(one.table, one.catalogue).body["themes"]
    assert [{"type": "theme"} | {k: v for k, v in t.items() if k != "members"} for t in themes] == found[1:2]
    reviews = plain(review_result(one.records, one.catalogue).body["reviews"])
    assert [{"type": "review"} | known(entry) for entry in reviews] == [
        one | {"check": ""} for one in found[2:5]
    ]
    entries = recommendation_result(one.recommendations, one.catalogue, answers={}).body["recommendations"]
    assert [{"type": "recommendation"} | known(entry) for entry in entries] == [
        {key: value for key, value in line.items() if key not in ("theme", "also")} for line in found[5:]
    ]
    assert [line["theme"] for line in found[5:]] == ["theme-1", "", "theme-1"]


def known(entry: dict[str, Any]) -> dict[str, Any]:
    """Write an unknown text as an empty one."""
    numbers = ("year", "response_page")
    return {key: "" if value is None and key not in numbers else value for key, value in entry.items()}


def shape(value: object) -> object:
    """Give the types inside a value; of a list those of its elements."""
    if isinstance(value, list):
        return {json.dumps(shape(one), sort_keys=True) for one in value}
    return {k: str(shape(v)) for k, v in value.items()} if isinstance(value, dict) else type(value).__name__


def test_the_first_line_has_every_field_with_its_type() -> None:
    """Why: polars and DuckDB learn columns and types from the first lines, and lose what comes later."""
    first, *others = lines(material())
    for line in others:
        assert line.keys() <= first.keys()
        for name in line.keys() - {"type", "agencies", "facts"}:
            number = name in ("year", "response_page") and line[name] is None
            assert number or line[name] == [] or shape(line[name]) == shape(first[name]), name
    (agencies,) = first["agencies"]
    assert agencies == {"agency": "", "recommendations": 0, "name": "", "kind": ""}


def test_hostile_text_in_lines_is_exact_and_harmless() -> None:
    text = to_jsonl(hostile())
    assert lines(hostile())[-1]["text"] == HOSTILE
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)
    assert text.count("\n") == 4
