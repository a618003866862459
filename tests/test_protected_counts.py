"""Small counts are withheld in results that hold no rows, and the option is refused where they do."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from srtminer.compare.groups import compare_by
from srtminer.comparisons import SummaryRow
from srtminer.render import layout
from srtminer.render.result import Screen
from srtminer.report.small_counts import protected_groups, protected_summary, protected_themes
from tests.report_values import many
from tests.stores import Call, ingested
from tests.test_report_cli import NORWICK, SALTBY

UNITS = ("reviews", "recommendations")
COLUMNS = ("reviews", "with_recommendations", "recommendations", "themes", "made_before")


def test_what_a_small_count_could_be_worked_out_from_is_withheld_too() -> None:
    row = SummaryRow("2010", 9, 8, 40, 6, 4, 0)
    result = protected_summary((row,), "year", COLUMNS, 3)
    (body,) = result.body["rows"]
    assert (body["recommendations"], body["themes"], body["made_before"]) == (40, 6, 4)
    assert None in (body["reviews"], body["with_recommendations"]), "9 − 8 is the one without any"
    assert result.body["withheld_below"] == 3


def test_a_large_table_is_shown_whole() -> None:
    row = SummaryRow("2010", 40, 30, 90, 6, 40, 0)
    (body,) = protected_summary((row,), "year", COLUMNS, 5).body["rows"]
    assert None not in body.values()


def test_themes_that_are_withheld_follow_by_name_and_no_words_of_a_review_are_shown() -> None:
    content = many(12, each=6, themes=9)
    result = protected_themes(content.table, 50)
    labels = [row["theme"] for row in result.body["rows"]]
    assert labels == sorted(labels)
    shown = layout.write(result, Screen(100))
    assert not any(one.text[:30] in shown for one in content.recommendations)
    assert "Child 1" not in shown


def test_no_theme_stands_where_its_withheld_size_can_be_seen_from_those_around_it() -> None:
    table = many(12, each=6, themes=9).table
    members = table.themes[0].members * 5
    wanted = (("a", 3, 5), ("b", 3, 4), ("c", 3, 4), ("d", 1, 1))
    themes = tuple(
        replace(table.themes[0], rank=rank, id=name, label=name, reviews=reviews, members=members[:size])
        for rank, (name, reviews, size) in enumerate(wanted, 1)
    )
    few = replace(table, themes=themes, unthemed=(), reviews=9, recommendations=14)
    rows = [tuple(row.values()) for row in protected_themes(few, 3).body["rows"]]
    assert rows == [("a", 3, 5), ("c", 3, 4), ("b", 3, None), ("d", None, None)]


@pytest.mark.parametrize("field", ["year", "agency"])
def test_no_count_below_is_shown_of_themes_by_groups(field: str) -> None:
    content = many(12, each=6, themes=9)
    compared = compare_by(content.table, content.records, content.recommendations, field)
    rows = protected_groups(compared, 4).body["rows"]
    counts = [row[unit] for row in rows for unit in ("reviews", "recommendations")]
    assert None in counts
    assert not any(count in (1, 2, 3) for count in counts if count is not None)


@pytest.fixture
def call(call: Call, tmp_path: Path) -> Call:
    ingested(tmp_path, {"p.txt": NORWICK, "q.txt": SALTBY})
    return call


def test_commands_that_count_withhold(call: Call) -> None:
    for command in (("summary",), ("themes",), ("compare", "--by", "board")):
        code, out, _ = call(*command, "--small-counts", "3", "--format", "json")
        body = json.loads(out)
        assert (code, body["withheld_below"]) == (0, 3)
        code, out, _ = call(*command, "--small-counts", "3", "--format", "csv")
        counts = [
            int(row[unit]) for row in csv.DictReader(io.StringIO(out)) for unit in UNITS if row[unit] != "*"
        ]
        assert code == 0
        assert not {1, 2} & set(counts)


@pytest.mark.parametrize(
    "command",
    [
        ("recommendations",),
        ("export", "--to", "csv"),
        ("compare", "--repeats"),
        ("themes", "--theme", "1"),
        ("themes", "--unthemed"),
    ],
)
def test_commands_that_give_rows_refuse_with_the_reason(call: Call, command: tuple[str, ...]) -> None:
    code, out, err = call(*command, "--small-counts", "3")
    assert (code, out) == (2, "")
    assert err.startswith("error: --small-counts would hide nothing here: anyone who has the rows can count")
