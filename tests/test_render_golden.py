"""Every form of every result, compared with files that were read by a person once."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from srtminer.render import as_csv, as_json, as_markdown, as_table, group_tests
from srtminer.render.catalogue import Catalogue
from srtminer.render.screen import Screen
from tests import render_values as values
from tests.compare_values import TESTED

GOLDEN = Path(__file__).parent / "golden"

CATALOGUE = Catalogue.of((*values.RECORDS, values.HOSTILE_RECORD))
INPUTS = ((values.CHILD_P, values.STATEMENT), (values.CHILD_Q,), values.SKIPPED)
OUTCOMES = (
    (
        as_json.Outcome(values.CHILD_P, "updated", "replaces review cccccccccccc"),
        as_json.Outcome(values.STATEMENT, "added", ""),
    ),
    (as_json.Outcome(values.CHILD_Q, "unchanged", ""),),
)
NARROW, WIDE = Screen(80), Screen(120)

CASES: dict[str, Callable[[], str]] = {
    "reviews.json": lambda: as_json.reviews(values.RECORDS),
    "reviews.csv": lambda: as_csv.reviews(values.RECORDS),
    "reviews.md": lambda: as_markdown.reviews(values.RECORDS),
    "reviews-80.txt": lambda: as_table.reviews(values.RECORDS, CATALOGUE, NARROW),
    "reviews-120.txt": lambda: as_table.reviews(values.RECORDS, CATALOGUE, WIDE, every=True),
    "recommendations.json": lambda: as_json.recommendations(values.RECOMMENDATIONS, CATALOGUE),
    "recommendations.csv": lambda: as_csv.recommendations(values.RECOMMENDATIONS, CATALOGUE),
    "recommendations.md": lambda: as_markdown.recommendations(values.RECOMMENDATIONS, CATALOGUE),
    "recommendations-80.txt": lambda: as_table.recommendations(values.RECOMMENDATIONS, CATALOGUE, NARROW),
    "themes.json": lambda: as_json.themes(values.TABLE, CATALOGUE),
    "themes.csv": lambda: as_csv.themes(values.TABLE, CATALOGUE),
    "themes.md": lambda: as_markdown.themes(values.TABLE, CATALOGUE),
    "themes-80.txt": lambda: as_table.themes(values.TABLE, CATALOGUE, NARROW),
    "themes-120.txt": lambda: as_table.themes(values.TABLE, CATALOGUE, WIDE),
    "theme.json": lambda: as_json.members(values.TABLE, values.SHARING_THEME, CATALOGUE),
    "theme.md": lambda: as_markdown.members(values.TABLE, values.SHARING_THEME, CATALOGUE),
    "theme-80.txt": lambda: as_table.members(values.TABLE, values.SHARING_THEME, CATALOGUE, NARROW),
    "findings.json": lambda: as_json.themes(values.FINDINGS_TABLE, CATALOGUE),
    "findings.csv": lambda: as_csv.themes(values.FINDINGS_TABLE, CATALOGUE),
    "findings.md": lambda: as_markdown.themes(values.FINDINGS_TABLE, CATALOGUE),
    "findings-80.txt": lambda: as_table.themes(values.FINDINGS_TABLE, CATALOGUE, NARROW),
    "finding.json": lambda: as_json.members(values.FINDINGS_TABLE, values.FINDING_THEME, CATALOGUE),
    "finding-80.txt": lambda: as_table.members(
        values.FINDINGS_TABLE, values.FINDING_THEME, CATALOGUE, NARROW
    ),
    "theme.csv": lambda: as_csv.members(values.TABLE, values.SHARING_THEME, CATALOGUE),
    "compare.json": lambda: group_tests.json(TESTED, CATALOGUE),
    "compare.csv": lambda: group_tests.csv(TESTED),
    "compare.md": lambda: group_tests.markdown(TESTED, CATALOGUE),
    "compare-80.txt": lambda: group_tests.table(TESTED, CATALOGUE, NARROW),
    "compare-120.txt": lambda: group_tests.table(TESTED, CATALOGUE, WIDE),
    "ingest.json": lambda: as_json.ingest(*OUTCOMES, values.SKIPPED),
    "ingest-80.txt": lambda: as_table.ingest(*INPUTS, NARROW),
    "hostile.json": lambda: as_json.themes(values.HOSTILE_TABLE, CATALOGUE),
    "hostile.csv": lambda: as_csv.members(values.HOSTILE_TABLE, values.HOSTILE_THEME, CATALOGUE),
    "hostile.md": lambda: as_markdown.themes(values.HOSTILE_TABLE, CATALOGUE),
    "hostile-80.txt": lambda: as_table.themes(values.HOSTILE_TABLE, CATALOGUE, NARROW),
}


@pytest.mark.parametrize("name", CASES)
def test_rendering_is_as_it_was_read(name: str) -> None:
    rendered = CASES[name]().encode()
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(rendered)
    assert rendered == path.read_bytes()


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {*CASES, "README.md"}
