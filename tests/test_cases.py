"""One case, several documents: recognised, told, counted once; and the analyst's word on it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srtminer.cases import case_ids, case_years, count_cases, groups_of
from srtminer.cli.app import run
from srtminer.model import FOUND, Fact, Recommendation, ReviewRecord

ASKED = (
    "The Board should review the escalation policy within six months.",
    "Harle Police should share every notification with the school within a day.",
    "The Health Trust should follow up every missed appointment by telephone.",
)


def document(name: str, *, case: str = "", **facts: str) -> ReviewRecord:
    found = tuple(Fact(field, value, FOUND, 1) for field, value in facts.items())
    return ReviewRecord(name, f"{name}.pdf", "pdf", found, 9, 9, 9, 3, "", case=case)


def asked(name: str, *texts: str) -> list[Recommendation]:
    return [Recommendation(f"{name}-{n}", name, (), n, n, text, 1, 1) for n, text in enumerate(texts)]


BOARD = {"board": "Harle Safeguarding Children Board", "subject": "Child Q"}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({**BOARD, "year": "2018"}, True),
        ({**BOARD, "board": "Harle Safeguarding Children Partnership", "year": "2020"}, True),
        ({**BOARD, "year": "2031"}, False),
        ({**BOARD, "subject": "Child R"}, False),
        ({**BOARD, "board": "Wexmoor Safeguarding Children Board"}, False),
        ({}, False),
    ],
)
def test_one_board_one_subject_and_near_years(other: dict[str, str], same: bool) -> None:
    cases = case_ids([document("a", **BOARD, year="2018"), document("b", **other)])
    assert (cases["a"] == cases["b"]) is same


@pytest.mark.parametrize(
    ("facts", "texts", "same"),
    [
        ({}, ASKED, True),
        ({}, (*ASKED[:2], "The Council should mend the quay."), True),
        ({}, (ASKED[0], "The Council should mend the quay.", "Schools should record it."), False),
        ({"subject": "Child R"}, ASKED, False),
        ({"year": "2031"}, ASKED, False),
        ({"kind": "response"}, ASKED, False),
    ],
)
def test_documents_that_share_what_they_recommend(
    facts: dict[str, str], texts: tuple[str, ...], same: bool
) -> None:
    records = [document("a", **BOARD, year="2018"), document("b", **facts)]
    cases = case_ids(records, [*asked("a", *ASKED), *asked("b", *texts)])
    assert (cases["a"] == cases["b"]) is same


def test_the_analyst_has_the_last_word() -> None:
    records = [document(name, **BOARD) for name in "abc"]
    assert groups_of(case_ids(records)) == (("a", "b", "c"),)
    apart = case_ids(records, told={("a", "b"): False})
    assert apart["a"] != apart["b"]
    others = [document("x"), document("y")]
    assert groups_of(case_ids(others, told={("x", "y"): True})) == (("x", "y"),)


def test_a_case_that_is_known_stays() -> None:
    known = [document("a", **BOARD, case="a"), document("b", **BOARD, case="b")]
    assert case_ids(known) == {"a": "a", "b": "b"}
    assert count_cases(known) == 2
    assert case_years([document("a", year="2019", case="a"), document("b", year="2018", case="a")]) == {
        "a": 2018
    }


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_documents_has_no_influence(names: list[str]) -> None:
    records = {name: document(name, **(BOARD if name in "bcd" else {})) for name in "abcd"}
    expected = case_ids(records.values())
    assert case_ids([records[name] for name in names]) == expected
    named = [replace(records[name], case=expected[name]) for name in names]
    assert case_ids(named) == expected


@pytest.fixture
def store(tmp_path: Path) -> str:
    for name, title in (("final", "Serious Case Review: Child Q"), ("summary", "Executive Summary: Child Q")):
        text = f"{title}\n\nHarle Safeguarding Children Board\n\nPublished March 2018\n\nRecommendations\n\n"
        text += "\n\n".join(f"Recommendation {n}: {one}" for n, one in enumerate(ASKED, 1))
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return str(tmp_path / "a.db")


def reviews_of_themes(store: str, capsys: pytest.CaptureFixture[str]) -> int:
    capsys.readouterr()
    assert run(["--quiet", "--store", store, "themes", "--min-reviews", "1", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert max(theme["reviews"] for theme in document["themes"]) == document["corpus"]["reviews"]
    return int(document["corpus"]["reviews"])


def test_told_shown_counted_once_and_parted(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(tmp_path / "final.txt"), str(tmp_path / "summary.txt")]
    assert run(["--store", store, "ingest", "--jobs", "1", *files]) == 0
    assert "one case, counted as one review: final.txt, summary.txt" in capsys.readouterr().err
    assert run(["--store", store, "reviews"]) == 0
    assert "2 documents of 1 review" in capsys.readouterr().out
    assert reviews_of_themes(store, capsys) == 1
    assert run(["--store", store, "case", "--apart", "final.txt", "summary.txt"]) == 0
    assert "kept apart" in capsys.readouterr().out
    assert reviews_of_themes(store, capsys) == 2
    assert run(["--quiet", "--store", store, "ingest", "--jobs", "1", *files]) == 0
    assert reviews_of_themes(store, capsys) == 2
    assert run(["--store", store, "case", "--undo", "final.txt", "summary.txt"]) == 0
    assert reviews_of_themes(store, capsys) == 1
    assert run(["--store", store, "case", "final.txt", "summary.txt"]) == 0
    assert run(["--store", store, "case", "final.txt"]) == 2
    assert run(["--store", store, "case", "--undo", "final.txt", "final.txt"]) == 2
