"""`srtminer set`: the analyst's word on what is known of a review."""

import json
from contextlib import chdir
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.read.table import EXPORTED, METADATA_COLUMNS
from tests.stores import ingested

REVIEW = """Serious Case Review: Child Z

Published by the Harrowmere Board in March 2012

Recommendations

1. The Board should review its threshold document.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    ingested(tmp_path, {"z.txt": REVIEW})
    return tmp_path


def known(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert main(["reviews", "--format", "json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)["reviews"][0]
    return found


def test_what_is_set_takes_precedence_and_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["set", "Child Z", "year=2010", "board=Castleby LSCB"]) == 0
    said = capsys.readouterr().err
    assert "board is now Castleby LSCB, year is now 2010" in said
    assert "title" not in said
    (folder / "z.txt").touch()
    assert main(["--quiet", "ingest", "--jobs", "1", "z.txt"]) == 0
    found = known(capsys)
    assert (found["year"], found["board"]) == (2010, "Castleby LSCB")


def test_one_field_or_all_are_taken_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = known(capsys)
    assert main(["--quiet", "set", "z.txt", "year=2010", "title=Another"]) == 0
    assert main(["--quiet", "set", "z.txt", "year="]) == 0
    assert known(capsys)["year"] == before["year"] == 2012
    assert known(capsys)["title"] == "Another"
    assert main(["--quiet", "set", "z.txt", "--undo"]) == 0
    assert known(capsys) == before


def test_a_date_of_publication_says_the_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with chdir(tmp_path):
        ingested(tmp_path, {"z.txt": REVIEW.replace(" in March 2012", "")})
        assert known(capsys)["year"] is None
        assert main(["--quiet", "set", "z.txt", "published=2010-03"]) == 0
        assert known(capsys)["year"] == 2010
        assert main(["reviews", "--where", "year=2010"]) == 0


def test_the_table_of_reviews_goes_back_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quiet", "reviews", "--output", "reviews.csv"]) == 0
    table = (folder / "reviews.csv").read_text(encoding="utf-8-sig")
    assert set(table.splitlines()[0].split(",")) <= {*METADATA_COLUMNS, *EXPORTED}
    (folder / "reviews.csv").write_text(table.replace("2012,", "2009,"), encoding="utf-8")
    assert main(["--quiet", "ingest", "--jobs", "1", "z.txt", "--metadata", "reviews.csv"]) == 0
    assert known(capsys)["year"] == 2009


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Child Z",), "give FIELD=VALUE, or --undo"),
        (("Child Z", "yaer=2010"), "write FIELD=VALUE; the fields are title, subject"),
        (("Child Z", "year=10"), "'10' is not a year"),
        (("Child Z", "published=2013-13-40"), "'2013-13-40' is not a date; write it like 2010-05-03"),
        (("Child Z", "published=20130502"), "'20130502' is not a date"),
        (("Child Z", "kind=novel"), "'novel' is not a kind of review; the kinds are SCR"),
        (("Child Y", "year=2010"), "no such review in the store; did you mean Child Z"),
    ],
)
def test_what_goes_wrong_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main(["set", *arguments]) == 2
    assert said in capsys.readouterr().err
