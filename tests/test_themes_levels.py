"""Broad themes, second themes, and how they and the years are shown."""

import json
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from srtminer.__main__ import main
from srtminer.blended_rows import Labels, Rows
from srtminer.model import ThemeTable
from srtminer.render.wording import sparkline
from srtminer.themes.clusters import broaden, fits, second_themes
from tests.test_themes_corpus import mine, recommendations
from tests.test_themes_steps import rows_of


@pytest.fixture(scope="module")
def fine() -> ThemeTable:
    return mine(recommendations())


@pytest.fixture(scope="module")
def broad() -> ThemeTable:
    return mine(recommendations(), broad=True)


def test_every_theme_is_in_one_broad_theme(fine: ThemeTable, broad: ThemeTable) -> None:
    assert 2 <= len(broad.themes) < len(fine.themes)
    parts = [part for theme in broad.themes for part in theme.parts]
    assert sorted(parts) == sorted(theme.label for theme in fine.themes)
    members = {theme.label: set(theme.members) for theme in fine.themes}
    for theme in broad.themes:
        assert set(theme.members) == set().union(*(members[part] for part in theme.parts))


def test_what_fits_no_theme_fits_no_broad_one(fine: ThemeTable, broad: ThemeTable) -> None:
    assert broad.unthemed == fine.unthemed


def test_themes_themselves_have_no_parts(fine: ThemeTable) -> None:
    assert {theme.parts for theme in fine.themes} == {()}


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_broad_themes_of_few_recommendations(number: int) -> None:
    table = mine(recommendations()[:number], broad=True)
    assert sum(len(theme.members) for theme in table.themes) + len(table.unthemed) == number


def rows(*words: str) -> Rows:
    """Unit rows with a one for each letter."""
    columns = sorted(set("".join(words)))
    return rows_of(sp.csr_array([[float(c in word) for c in columns] for word in words]))


def test_few_themes_are_their_own_broad_themes() -> None:
    assert broaden(rows("ab", "cd"), np.array([0, 1])).tolist() == [0, 1]
    assert broaden(rows("ab"), np.array([-1])).tolist() == []


def test_near_themes_are_joined_first() -> None:
    features = rows("ab", "ac", "xy", "xz", "mn")
    first, second, third, fourth, alone = broaden(features, np.arange(5)).tolist()
    assert (first, third) == (second, fourth)
    assert len({first, third, alone}) == 3


def test_a_row_between_two_themes_has_a_second() -> None:
    features = rows("ab", "ab", "abxy", "xy", "xy")

    def seconds(labels: Labels) -> Labels:
        return second_themes(fits(features, labels), labels)

    assert seconds(np.array([0, 0, 0, 1, 1])).tolist() == [-1, -1, 1, -1, -1]
    assert seconds(np.array([0, 0, -1, 1, 1])).tolist() == [-1] * 5
    assert seconds(np.zeros(5, dtype=np.int64)).tolist() == [-1] * 5
    assert seconds(np.full(5, -1)).tolist() == [-1] * 5


def test_second_themes_are_listed_ones(fine: ThemeTable) -> None:
    ids = {theme.id for theme in fine.themes}
    seconds = 0
    for theme in fine.themes:
        assert len(theme.also) == len(theme.members)
        assert theme.id not in theme.also
        assert set(theme.also) <= ids | {""}
        seconds += sum(map(bool, theme.also))
    assert seconds <= 0.25 * fine.recommendations


def test_a_second_theme_that_is_hidden_is_not_named() -> None:
    table = mine(recommendations(), min_reviews=6)
    ids = {theme.id for theme in table.themes}
    assert {second for theme in table.themes for second in theme.also} <= ids | {""}


@pytest.mark.parametrize(
    ("years", "span", "expected"),
    [
        ([(2010, 1), (2011, 8)], (2010, 2011), "▁█"),
        ([(2010, 1), (2012, 1)], (2009, 2013), " █ █"),
        ([(2010, 1), (2011, 2), (2012, 4)], (2010, 2012), "▂▄█"),
        ([(2010, 3)], (2010, 2010), "█"),
        ([(2000, 1), (2001, 1), (2019, 1)], (2000, 2019), "█        ▄"),
        ([], (2010, 2012), ""),
    ],
)
def test_sparkline(years: list[tuple[int, int]], span: tuple[int, int], expected: str) -> None:
    assert sparkline(years, *span) == expected


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [{"review": r.review_id, "reference": r.reference, "text": r.text} for r in recommendations()]
    Path("t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["--quiet", "ingest", "t.jsonl"]) == 0


def test_levels_on_the_command_line(store: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["themes", "--level", "broad", "--format", "json"]) == 0
    broad = json.loads(capsys.readouterr().out)
    assert main(["themes", "--format", "json"]) == 0
    fine = json.loads(capsys.readouterr().out)
    parts = sorted(part for theme in broad["themes"] for part in theme["parts"])
    assert parts == sorted(theme["label"] for theme in fine["themes"])
    ids = {theme["id"] for theme in fine["themes"]}
    seconds = [member["also"] for theme in fine["themes"] for member in theme["members"]]
    assert set(seconds) - {None} <= ids
