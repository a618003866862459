"""The themes of examples/ against those that were written into them, and as a reader sees them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sklearn.metrics import adjusted_mutual_info_score

from srtminer.model import ThemeOptions, ThemeTable
from srtminer.pipeline import mine
from tests.bench_stability import Material, read_examples

pytestmark = pytest.mark.slow

KEY = Path(__file__).with_name("examples_key.jsonl")


@pytest.fixture(scope="module")
def material() -> Material:
    return read_examples()


@pytest.fixture(scope="module")
def table(material: Material) -> ThemeTable:
    return mine(material.recommendations, material.records, ThemeOptions())


def planned(material: Material) -> Iterator[tuple[str, str]]:
    """(id of the recommendation, theme that was written into it)"""
    files = {record.id: Path(record.source).name for record in material.records}
    by_place = {(files[one.review_id], one.reference): one.id for one in material.recommendations}
    for line in KEY.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if (row["file"], row["reference"]) in by_place:
            yield by_place[row["file"], row["reference"]], row["theme"]


def test_agreement_with_the_key_keeps_its_floor(material: Material, table: ThemeTable) -> None:
    """The floor only goes up; it fell when the word families went, which were written with these themes."""
    found = {member.id: theme.id for theme in table.themes for member in theme.members}
    key = dict(planned(material))
    assert len(key) >= 90
    score = adjusted_mutual_info_score(list(key.values()), [found.get(one, "") for one in key])
    assert score >= 0.34


def test_there_are_about_as_many_themes_as_were_planned(table: ThemeTable) -> None:
    assert 10 <= len(table.themes) <= 16
    assert len(table.unthemed) <= 0.1 * table.recommendations
    assert max(theme.share for theme in table.themes) < 0.25


def test_labels_are_phrases_that_stand_in_members(table: ThemeTable) -> None:
    labels = [theme.label for theme in table.themes]
    assert sum(" " in label for label in labels) >= 0.5 * len(labels)
    for theme in table.themes:
        texts = [" ".join(member.text.replace("’", "'").lower().split()) for member in theme.members]
        assert any(theme.label.lower() in text for text in texts)


def test_matters_that_were_written_in_are_found(table: ThemeTable) -> None:
    labels = {theme.label for theme in table.themes}
    assert {"Chronology", "Discharge planning", "Domestic abuse", "Neglect"} <= labels
