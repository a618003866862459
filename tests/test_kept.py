"""Tables of themes in the store: the same again, at once, without the libraries that find them."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from srtminer import pipeline
from srtminer.__main__ import main
from srtminer.errors import StoreError
from srtminer.model import FINDINGS, Recommendation, ThemeOptions, ThemeTable
from srtminer.store import Store
from srtminer.store.kept_results import dump_table, load_table
from tests.stores import ingested
from tests.test_themes_corpus import recommendations

pytestmark = pytest.mark.slow

REVIEW = """\
Norwick Safeguarding Children Board

Serious Case Review

Child {name}

Overview Report

20{year}

Recommendations

1. Norwick Police should tell the school nurse of every incident of domestic abuse within two working days.

2. The Board should make sure that health visitors are trained to see the child alone.

3. Norwick Council should keep one chronology for a family in {name} and share it with schools.
"""

HEAVY = ("sklearn", "numpy", "scipy", "nltk", "rich.console", "pydantic")


def mined(rows: tuple[Recommendation, ...]) -> ThemeTable:
    return pipeline.mine(rows, (), ThemeOptions())


def test_a_table_comes_back_whole() -> None:
    rows = tuple(recommendations())
    table = mined(rows)
    assert len(table.themes) > 3
    assert load_table(dump_table(table, rows), rows) == table


def test_a_table_keeps_what_its_rows_are() -> None:
    rows = tuple(recommendations())[:3]
    table = pipeline.mine(rows, (), ThemeOptions(unit=FINDINGS))
    assert table.unit == FINDINGS
    assert load_table(dump_table(table, rows), rows) == table


def test_two_recommendations_that_differ_in_their_id_only_stay_two() -> None:
    first = recommendations()[0]
    rows = (first, replace(first, id="other"))
    table = ThemeTable((), rows, 1, 2, (), ("“é”\x1b",))
    assert load_table(dump_table(table, rows), rows) == table


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    years = {"P": 11, "Q": 14}
    store = ingested(tmp_path, {f"{name}.txt": REVIEW.format(name=name, year=years[name]) for name in years})
    return store.rename(tmp_path / "s.db")


@pytest.fixture
def mines(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time themes are found anew: the number of recommendations."""
    calls: list[int] = []
    whole = pipeline.mine

    def counted(rows: tuple[Recommendation, ...], *rest: object, **named: object) -> ThemeTable:
        calls.append(len(rows))
        return whole(rows, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "mine", counted)
    return calls


def call(*arguments: str) -> None:
    assert main(["--store", "s.db", *arguments]) == 0


def test_the_second_call_answers_from_the_store(
    store: Path, mines: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    call("themes")
    first = capsys.readouterr()
    call("themes")
    assert capsys.readouterr() == first
    assert "only 6 recommendations" in first.err
    assert mines == [6]


def test_every_command_shares_what_was_found(store: Path, mines: list[int]) -> None:
    call("themes")
    call("compare", "--by", "year")
    assert mines == [6]


@pytest.mark.parametrize(
    "options", [("--themes", "2"), ("--min-reviews", "2"), ("--examples", "1"), ("--where", "year=2011")]
)
def test_other_options_find_themes_anew(store: Path, mines: list[int], options: tuple[str, ...]) -> None:
    call("themes")
    call("themes", *options)
    call("themes", *options)
    assert len(mines) == 2


def change_facts(store: Path) -> None:
    Path("facts.csv").write_text("source,year\nP.txt,2012\n", encoding="utf-8")
    call("--quiet", "ingest", "P.txt", "--metadata", "facts.csv")


def change_reviews(store: Path) -> None:
    Path("R.txt").write_text(REVIEW.format(name="R", year=16), encoding="utf-8")
    call("--quiet", "ingest", "R.txt")


@pytest.mark.parametrize("change", [change_facts, change_reviews])
def test_a_changed_store_finds_themes_anew(
    store: Path, mines: list[int], change: Callable[[Path], None]
) -> None:
    call("themes")
    change(store)
    call("themes")
    assert len(mines) == 2


def test_a_store_that_cannot_be_written_still_gives_themes(
    store: Path, mines: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(self: Store, key: str, value: str) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Store, "cache", full)
    call("themes")
    assert "disk" not in capsys.readouterr().err
    call("--verbose", "themes")
    assert "note: the themes were not kept: the disk is full" in capsys.readouterr().err
    assert mines == [6, 6]


@pytest.mark.parametrize(
    "arguments", [["themes"], ["themes", "--format", "json"], ["themes", "--theme", "1"]]
)
def test_an_answer_from_the_store_loads_nothing_heavy(store: Path, arguments: list[str]) -> None:
    call("themes")
    code = (
        f"import sys\nfrom srtminer.__main__ import main\ncode = main(['--store', 's.db', *{arguments!r}])\n"
        f"print('loaded', code, sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded 0 []"
