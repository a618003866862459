"""The analyst's word on two recommendations: kept, followed by comparisons, taken back."""

import json
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.errors import UsageError
from srtminer.model import FOUND, Fact
from srtminer.store import Store
from tests.test_store import an_analysis

BEDS = "Midwives should tell every mother about the dangers of bed sharing."
DOGS = "Health visitors should ask every family whether there are dogs in the home."
TAXIS = "The Council should inspect the taxis that carry pupils to school."
BOATS = "The Harbour Trust should keep life jackets for children on its ferries."


def facts(year: str, child: str) -> tuple[Fact, ...]:
    return (Fact("year", year, FOUND), Fact("subject", child, FOUND), Fact("kind", "SCR", FOUND))


OLD = an_analysis("old", BEDS, TAXIS, facts=facts("2009", "Child Old"))
NEW = an_analysis("new", DOGS, BOATS, facts=facts("2015", "Child New"))
DOGS_ID, BOATS_ID = (one.id for one in NEW.recommendations)
BEDS_ID, TAXIS_ID = (one.id for one in OLD.recommendations)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open(Path("srtminer.db"), create=True) as store:
        store.add(OLD)
        store.add(NEW)


def made_before(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, bool]]:
    capsys.readouterr()
    assert main(["--quiet", "compare", "--review", "Child New", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["recommendations"]
    return [(match["id"], match["linked"]) for one in found for match in one["earlier"]]


def test_a_link_counts_until_it_is_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert made_before(capsys) == []
    assert main(["link", DOGS_ID, "Child Old (2009) 4.1, p. 2", "--as", "same"]) == 0
    assert made_before(capsys) == [(BEDS_ID, True)]
    assert main(["link", BEDS_ID, DOGS_ID, "--as", "different"]) == 0
    assert made_before(capsys) == []
    assert main(["link", DOGS_ID, BEDS_ID, "--undo"]) == 0
    assert made_before(capsys) == []


def test_the_page_of_a_citation_may_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", DOGS_ID, "Child Old (2009) 4.1", "--as", "same"]) == 0
    assert made_before(capsys) == [(BEDS_ID, True)]


@pytest.mark.parametrize("name", ["Child Old 4.1", "old 4.1", "child old (2009)  4.1"])
def test_the_review_is_named_as_anywhere_else(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", DOGS_ID, name, "--as", "same"]) == 0
    assert made_before(capsys) == [(BEDS_ID, True)]


def test_links_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link"]) == 0
    assert capsys.readouterr().out == "Nothing is linked.\n"
    assert main(["link", BOATS_ID, TAXIS_ID, "--as", "different"]) == 0
    told = capsys.readouterr().out
    assert main(["link"]) == 0
    assert capsys.readouterr().out.split(": ")[-1] == "different\n" == told.split(": ")[-1]


def test_a_link_outlives_a_new_reading_and_goes_with_its_review() -> None:
    assert main(["link", DOGS_ID, BEDS_ID, "--as", "same"]) == 0
    changed = an_analysis("new", DOGS, BOATS, facts=facts("2016", "Child New"))
    with Store.open(Path("srtminer.db")) as store:
        store.add(changed)
        assert list(store.links().values()) == [True]
        store.remove([changed.review.id])
        assert store.links() == {}
        store.add(NEW)
        assert store.links() == {}


@pytest.mark.parametrize(
    "arguments",
    [
        (DOGS_ID,),
        (DOGS_ID, BEDS_ID),
        (DOGS_ID, BEDS_ID, "--as", "same", "--undo"),
        (DOGS_ID, DOGS_ID, "--as", "same"),
        (DOGS_ID, "nothing", "--as", "same"),
        (DOGS_ID, BEDS_ID, "--undo"),
        ("--as", "same"),
    ],
    ids=["one", "no verdict", "both", "itself", "unknown", "not linked", "none named"],
)
def test_what_cannot_be_linked(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", *arguments]) == UsageError.exit_code
    assert capsys.readouterr().err.startswith("error: ")
