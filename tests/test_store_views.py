"""The views of a store for other programs, as SQL sees them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.model import FOUND, GIVEN, Fact
from srtminer.store import Store
from tests.test_store import an_analysis

HOSTILE = "Act'; DROP TABLE reviews; -- <b>\x1b[31m"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "s.db"
    with Store.open(path, create=True) as store:
        for number, (board, year) in enumerate(
            (("North Board", "2010"), ("NORTH BOARD", "2010"), ("", "2011"))
        ):
            facts = (Fact("board", board, FOUND, 1), Fact("year", year, FOUND, 1))
            texts = ("Police should keep a chronology.", HOSTILE)
            store.add(an_analysis(f"Child {number}", *texts, facts=facts[not board :]))
        last = store.records()[-1].id
        store.set_facts(last, (Fact("year", "2012", GIVEN),))
    return path


@pytest.fixture
def rows(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def test_recommendations_per_board_and_year_are_one_query(rows: sqlite3.Connection) -> None:
    counted = rows.execute(
        "SELECT lower(board), year, count(*) FROM recommendation_view GROUP BY board, year ORDER BY year"
    ).fetchall()
    assert counted == [("north board", 2010, 4), (None, 2012, 2)]


def test_a_review_that_was_published_has_a_year(path: Path, rows: sqlite3.Connection) -> None:
    analysis = an_analysis("Child 9", HOSTILE)
    with Store.open(path) as store:
        store.add(analysis)
        store.set_facts(analysis.review.id, (Fact("published", "2013-05", GIVEN),))
    assert rows.execute("SELECT year, published FROM recommendation_view ORDER BY 1 DESC").fetchone() == (
        2013,
        "2013-05",
    )


def test_a_recommendation_has_its_reference_agency_and_words(rows: sqlite3.Connection) -> None:
    found = rows.execute("SELECT reference, agency, agency_kind, text FROM recommendation_view").fetchall()
    assert ("4.1", "Harrowmere Police", "police", "Police should keep a chronology.") in found
    assert any(text.startswith("Act'; DROP TABLE") for *_, text in found)


def test_themes_are_those_of_the_last_run(path: Path, rows: sqlite3.Connection) -> None:
    assert rows.execute("SELECT count(*) FROM theme_view").fetchone() == (0,)
    assert main(["--quiet", "--store", str(path), "themes", "--method", "words"]) == 0
    found = rows.execute("SELECT run, count(*) FROM theme_view GROUP BY run").fetchall()
    assert found == [("themes run  words", 6)]


def test_datasette_finds_the_words_of_recommendations(rows: sqlite3.Connection) -> None:
    """It looks for these very quotation marks."""
    looked = "SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE ?"
    assert rows.execute(looked, ('%VIRTUAL TABLE%USING FTS%content="recommendations"%',)).fetchall() == [
        ("recommendation_words",)
    ]
    hits = "SELECT count(*) FROM recommendation_words WHERE recommendation_words MATCH ?"
    assert rows.execute(hits, ("chronology",)).fetchone() == (3,)
