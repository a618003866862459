"""The annual table."""

import csv
import io
import json
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.compare.groups import FINANCIAL_YEAR, group_by
from srtminer.comparisons import NOT_KNOWN
from srtminer.model import GIVEN, Fact, Recommendation, ReviewRecord
from tests.stores import ingested

pytestmark = pytest.mark.slow


def record(name: str, **facts: str) -> ReviewRecord:
    given = tuple(Fact(field, value, GIVEN) for field, value in facts.items())
    return ReviewRecord(name, f"{name}.txt", "text", given, 1, 1, 1, 1, "")


def asked(review: str, number: int) -> Recommendation:
    return Recommendation(f"{review}-{number}", review, (str(number),), 0, 4, "Act.", 1, 1)


RECORDS = (
    record("a", year="2010", published="2010-03-31", board="Castleby Board"),
    record("b", year="2011", published="2010-04", board="Castleby Board"),
    record("c", year="2012", published="2012"),
    record("d"),
)
FOUND = (asked("a", 1), asked("a", 2), asked("b", 1))


@pytest.mark.parametrize(
    ("field", "groups"),
    [
        ("year", [("2010", 2, 0), ("2011", 1, 0), ("2012", 0, 1), (NOT_KNOWN, 0, 1)]),
        ("board", [("Castleby Board", 3, 0), (NOT_KNOWN, 0, 2)]),
        (FINANCIAL_YEAR, [("2009–10", 2, 0), ("2010–11", 1, 0), (NOT_KNOWN, 0, 2)]),
    ],
)
def test_groups_hold_reviews_without_recommendations(field: str, groups: list[tuple[str, int, int]]) -> None:
    found = group_by(RECORDS, FOUND, field, every=True)
    assert [(one.name, len(one.recommendations), one.without) for one in found] == groups


EXAMPLES = Path(__file__).parent.parent / "examples"
OTHERS = {
    "A": "Ambulance crews should carry a list of hostels that take families at night.",
    "B": "The council must repair the lights in the underpass before the winter term.",
}


def review(child: str, year: int) -> str:
    return (
        f"Serious Case Review: Child {child}\n\nPublished in May {year}\n\nRecommendations\n\n"
        "1. The Board should make sure that supervision is recorded on the child's file.\n\n"
        f"2. {OTHERS[child]}\n"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    ingested(tmp_path, {"A.txt": review("A", 2010), "B.txt": review("B", 2012)})
    return tmp_path


def test_every_format_tells_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = {}
    for form in ("json", "csv", "markdown", "table"):
        capsys.readouterr()
        assert main(["--quiet", "summary", "--format", form]) == 0
        outputs[form] = capsys.readouterr().out
    document = json.loads(outputs["json"])
    assert document["schema"] == "srtminer.summary/1"
    rows = [(row["name"], row["recommendations"], row["made_before"]) for row in document["rows"]]
    assert rows == [("2010", 2, 0), ("2012", 2, 1)]
    listed = list(csv.DictReader(io.StringIO(outputs["csv"])))
    assert [(row["name"], row["made_before"]) for row in listed] == [("2010", "0"), ("2012", "1")]
    assert "| 2012 |" in outputs["markdown"]
    assert "Made before" in outputs["table"]


def test_how_far_to_trust_themes_is_told_where_they_are_looked_at(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summary"]) == main(["compare", "--by", "year"]) == 0
    assert "read the themes as tentative" not in capsys.readouterr().err
    for arguments in (["themes"], ["codebook", "init"], ["export", "--output", "themes.csv"]):
        assert main(arguments) == 0
        assert "read the themes as tentative" in capsys.readouterr().err


def test_made_before_is_what_comparing_each_review_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    store = ["--quiet", "--store", str(tmp_path / "s.db")]
    assert main([*store, "ingest", "--jobs", "1", *map(str, sorted(EXAMPLES.glob("*-child-*.txt")))]) == 0
    capsys.readouterr()
    assert main([*store, "reviews", "--format", "json"]) == 0
    reviews = [one["id"] for one in json.loads(capsys.readouterr().out)["reviews"] if one["recommendations"]]
    told = 0
    for review in reviews:
        assert main([*store, "compare", "--review", review, "--format", "json"]) == 0
        told += json.loads(capsys.readouterr().out)["summary"]["made_before"]
    assert main([*store, "summary", "--format", "json"]) == 0
    assert sum(row["made_before"] for row in json.loads(capsys.readouterr().out)["rows"]) == told > 0


def test_financial_years_are_years(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", "--by", "board", "--financial-years"]) == 2
    assert "--financial-years applies to --by year" in capsys.readouterr().err
