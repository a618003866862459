"""Every form of every result, compared with files that were read by a person once."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from srtminer.model import Ingested
from srtminer.render import layout
from srtminer.render.group_tables import comparison_result
from srtminer.render.recommendation_tables import member_result, recommendation_result, theme_result
from srtminer.render.result import Result, Screen
from srtminer.render.review_tables import ingest_result, review_result
from srtminer.render.wording import Catalogue
from srtminer.render.writers import to_csv, to_json, to_markdown
from tests import render_values as values
from tests.compare_values import TESTED

GOLDEN = Path(__file__).parent / "golden"

CATALOGUE = Catalogue.of((*values.RECORDS, values.HOSTILE_RECORD))
INGESTED = (
    Ingested(values.CHILD_P, "updated", values.CHILD_P.source, "replaces review cccccccccccc"),
    Ingested(values.STATEMENT, "added", values.STATEMENT.source),
    Ingested(values.CHILD_Q, "unchanged", values.CHILD_Q.source),
)
NARROW, WIDE = Screen(80), Screen(120)

RESULTS: dict[str, Callable[[], Result]] = {
    "ingest": lambda: ingest_result(INGESTED, values.SKIPPED),
    "reviews": lambda: review_result(values.RECORDS, CATALOGUE, checks={"aaaaaaaaaaaa": "3 not found"}),
    "reviews-every": lambda: review_result(values.RECORDS, CATALOGUE, every=True),
    "recommendations": lambda: recommendation_result(values.RECOMMENDATIONS, CATALOGUE),
    "themes": lambda: theme_result(values.TABLE, CATALOGUE),
    "theme": lambda: member_result(values.TABLE, values.SHARING_THEME, CATALOGUE),
    "findings": lambda: theme_result(values.FINDINGS_TABLE, CATALOGUE),
    "finding": lambda: member_result(values.FINDINGS_TABLE, values.FINDING_THEME, CATALOGUE),
    "compare": lambda: comparison_result(TESTED, CATALOGUE),
    "hostile": lambda: theme_result(values.HOSTILE_TABLE, CATALOGUE),
    "hostile-theme": lambda: member_result(values.HOSTILE_TABLE, values.HOSTILE_THEME, CATALOGUE),
}
WRITERS: dict[str, Callable[[Result], str]] = {
    ".json": to_json,
    ".csv": to_csv,
    ".md": to_markdown,
    "-80.txt": lambda result: layout.write(result, NARROW),
    "-120.txt": lambda result: layout.write(result, WIDE),
}
ENDINGS = {
    "reviews": ".json .csv .md -80.txt",
    "recommendations": ".json .csv .md -80.txt",
    "themes": ".json .csv .md -80.txt -120.txt",
    "theme": ".json .csv .md -80.txt",
    "findings": ".json .csv .md -80.txt",
    "finding": ".json -80.txt",
    "compare": ".json .csv .md -80.txt -120.txt",
    "hostile": ".json .md -80.txt",
    "ingest": ".json -80.txt",
}


def _written(name: str, ending: str) -> str:
    return WRITERS[ending](RESULTS[name]())


CASES: dict[str, Callable[[], str]] = {
    **{
        f"{name}{ending}": partial(_written, name, ending)
        for name, endings in ENDINGS.items()
        for ending in endings.split()
    },
    "reviews-120.txt": lambda: WRITERS["-120.txt"](RESULTS["reviews-every"]()),
    "hostile.csv": lambda: to_csv(RESULTS["hostile-theme"]()),
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
