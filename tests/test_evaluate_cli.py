"""`srtminer evaluate`: draw a sheet, code it, compare."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srtminer.__main__ import main
from tests.test_codebook_cli import folder as folder
from tests.test_codebook_cli import run

BOOK = """\
[[theme]]
name = "Domestic abuse"
description = "Violence at home."
cues = ["domestic abuse"]

[[theme]]
id = "voice"
name = "Voice of the child"
cues = ["see the child alone"]

[[theme]]
name = "Unused"
cues = ["something else"]
"""
HEADER = ["number", "id", "review", "reference", "page", "text", "theme", "note", "generator"]


@pytest.fixture
def sheet(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (folder / "book.toml").write_text(BOOK, encoding="utf-8")
    assert run(capsys, "evaluate", "--sample", "6", "--codebook", "book.toml", "--output", "sheet.csv") == ""
    return folder / "sheet.csv"


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def code(sheet: Path, name: str, choose: Callable[[str], str], delimiter: str = ",") -> str:
    path = sheet.with_name(name)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(row | {"theme": choose(row["text"])} for row in rows_of(sheet))
    return name


def person(text: str) -> str:
    if "domestic abuse" in text:
        return "DOMESTIC  abuse"
    return "voice" if "alone" in text else "none"


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(run(capsys, "evaluate", *arguments, "--format", "json"))


def test_a_sheet_is_blind(sheet: Path) -> None:
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.reader(stream)) == HEADER
    rows = rows_of(sheet)
    assert len(rows) == 6
    assert {row["theme"] for row in rows} == {""}
    assert not any(word in sheet.read_text(encoding="utf-8") for word in ("Voice of", "New:", "Domestic"))


def test_the_themes_to_choose_from_stand_beside_it(sheet: Path) -> None:
    rows = rows_of(sheet.with_name("sheet-themes.csv"))
    assert [row["theme"] for row in rows] == [
        "Domestic abuse",
        "New: Smoke alarms",
        "Unused",
        "Voice of the child",
        "none",
    ]
    assert rows[0]["about"] == "Violence at home."


def test_a_person_against_the_program(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, code(sheet, "anna.csv", person, ";"), "--codebook", "book.toml")
    assert list(found) == [
        *(
            "schema",
            "generator",
            "first",
            "second",
            "seed",
            "recommendations",
            "same",
            "kappa",
            "alpha",
            "ami",
            "ari",
        ),
        *("rows_needed", "pairs", "themes", "confusion", "disagreements"),
    ]
    assert (found["schema"], found["first"], found["second"]) == (
        "srtminer.evaluate/1",
        "anna.csv",
        "srtminer",
    )
    assert (found["recommendations"], found["same"]) == (6, 4)
    # Both coders have three codes of two each, one of them under different names: 4/6 alike, 8/36 by chance.
    assert found["kappa"]["value"] == pytest.approx((4 / 6 - 8 / 36) / (1 - 8 / 36), abs=1e-4)
    assert (found["ami"], found["ari"]) == (1.0, 1.0)
    assert [(one["theme"], one["name"], one["both"]) for one in found["themes"]] == [
        ("domestic-abuse", "Domestic abuse", 2),
        ("voice", "Voice of the child", 2),
        ("new-smoke-alarms", "New: Smoke alarms", 0),
        ("none", "(no theme)", 0),
    ]
    assert {one["first"] for one in found["disagreements"]} == {"none"}


def test_two_people_without_a_store(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anna = code(sheet, "anna.csv", person)
    ben = code(sheet, "ben.csv", lambda text: "Fire" if "smoke" in text else person(text))
    (sheet.parent / "srtminer.db").unlink()
    shown = run(capsys, "evaluate", anna, ben)
    assert shown.startswith("First: anna.csv. Second: ben.csv.\n")
    assert "4 of 6 recommendations coded alike · AMI 1.00 · ARI 1.00" in shown
    assert "2 disagreements" in shown
    assert "(no theme) / Fire" in shown
    assert re.search(r"DOMESTIC abuse +2 +2 +2 +1\.00 +1\.00\n +too few +too few$", shown, re.MULTILINE)
    found = run(capsys, "evaluate", anna, ben, "--format", "csv").splitlines()
    assert found[0] == "id,review,reference,text,first,first_name,second,second_name,generator"
    assert len(found) == 3
    assert "| All | 6 | 6 | 4 | 0.57<br>" in run(capsys, "evaluate", anna, ben, "--format", "markdown")


def test_what_is_not_coded_is_left_out_and_told(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anna = code(sheet, "anna.csv", lambda text: "" if "smoke" in text else person(text))
    assert main(["evaluate", anna, "--codebook", "book.toml"]) == 0
    shown = capsys.readouterr()
    assert "anna.csv: 2 rows without a code, left out" in shown.err
    assert "4 of 4 recommendations coded alike" in shown.out


@pytest.mark.parametrize("swapped", [False, True])
def test_what_only_one_of_two_people_coded_is_told(
    sheet: Path, capsys: pytest.CaptureFixture[str], swapped: bool
) -> None:
    ben = code(sheet, "ben.csv", person)
    anna = code(sheet, "anna.csv", lambda text: "" if "smoke" in text else person(text))
    assert main(["evaluate", *((ben, anna) if swapped else (anna, ben))]) == 0
    shown = capsys.readouterr()
    assert "2 recommendations of ben.csv left out, as anna.csv gave them no code" in shown.err
    assert "of anna.csv left out" not in shown.err
    assert "4 of 4 recommendations coded alike" in shown.out


def test_unknown_codes_are_told(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anna = code(sheet, "anna.csv", lambda text: "Zeppelin" if "alone" in text else person(text))
    assert main(["evaluate", anna, "--codebook", "book.toml"]) == 0
    assert (
        "1 code not among the themes, counted as disagreement: “Zeppelin” (2 rows)\n"
        in capsys.readouterr().err
    )


def test_near_misses_are_told(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anna = code(sheet, "anna.csv", lambda text: "Voice of a child" if "alone" in text else person(text))
    assert main(["evaluate", anna, "--codebook", "book.toml"]) == 0
    shown = capsys.readouterr()
    assert "2 of 6 recommendations coded alike" in shown.out
    assert (
        "note: anna.csv: 1 code not among the themes, counted as disagreement: “Voice of a child” "
        "(2 rows, did you mean “Voice of the child”?)\n" in shown.err
    )


def test_three_people(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anna = code(sheet, "anna.csv", person)
    ben = code(sheet, "ben.csv", lambda text: "Fire" if "smoke" in text else person(text))
    chris = code(sheet, "chris.csv", lambda text: "fires" if "smoke" in text else person(text))
    (sheet.parent / "srtminer.db").unlink()
    assert main(["evaluate", anna, ben, chris]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("First: anna.csv. Second: ben.csv. Third: chris.csv.\n")
    assert "ben.csv and chris.csv: 4 alike, kappa 0.57, " in shown.out
    assert "Taken for each other: Fire / fires 2; Fire / (no theme) 2; fires / (no theme) 2." in shown.out
    assert "Kappa (Fleiss)" in shown.out
    assert "note: chris.csv: 1 code not among " in shown.err
    assert "“fires” (2 rows, did you mean “Fire”?)" in shown.err
    rows = run(capsys, "evaluate", anna, ben, chris, "--format", "csv").splitlines()
    assert rows[0].startswith(
        "id,review,reference,text,first,first_name,second,second_name,third,third_name,"
    )
    found = as_json(capsys, anna, ben, chris)
    assert (found["third"], found["same"], len(found["pairs"])) == ("chris.csv", 4, 3)
    assert sorted(one["all"] for one in found["themes"]) == [0, 0, 0, 2, 2]
    assert "| All | 6 | 6 | 6 | 4 | " in run(capsys, "evaluate", anna, ben, chris, "--format", "markdown")


def test_how_many_rows_are_needed_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--sample", "6", "--output", "all.csv"]) == 0
    codes, others = iter("abcabc"), iter("abcaba")
    mine = code(folder / "all.csv", "mine.csv", lambda text: next(codes))
    theirs = code(folder / "all.csv", "theirs.csv", lambda text: next(others))
    shown = run(capsys, "evaluate", mine, theirs)
    assert re.search(r"6 rows give kappa to within ±0\.\d\d; it takes about \d+ rows for ±0\.10 and", shown)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give either a coded sheet, or --sample N and --output FILE to draw one"),
        (("sheet.csv", "--sample", "3"), "give either a coded sheet, or --sample N"),
        (tuple(f"{n}.csv" for n in range(9)), "give 8 sheets at most"),
        (("a.csv", "b.csv", "--themes", "3"), "--where and --themes do not apply"),
        (("a.csv", "b.csv", "--where", "year=2011"), "--where and --themes do not apply"),
        (("--sample", "3"), "name it with --output sheet.csv"),
        (("--sample", "3", "--output", "sheet.json"), "name it with --output sheet.csv"),
        (("--sample", "3", "--output", "sheet.csv"), "sheet.csv exists already and may have been coded"),
        (("absent.csv",), "absent.csv: "),
        (("other.csv",), "other.csv has no column 'theme': draw a sheet with"),
        (("sheet.csv",), "no recommendation is coded in both; fill in the column theme"),
        (("twice.csv",), "twice.csv, line 3: a-b has two rows with different codes"),
        (("bare.csv",), "bare.csv, line 2: the cell id is empty"),
    ],
)
def test_what_goes_wrong_says_what_to_do(
    arguments: tuple[str, ...], message: str, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sheet.parent / "twice.csv").write_text("id,theme\na-b,x\na-b,y\n", encoding="utf-8")
    (sheet.parent / "other.csv").write_text("id,name\na-b,x\n", encoding="utf-8")
    (sheet.parent / "bare.csv").write_text("id,theme\n,x\n", encoding="utf-8")
    assert main(["--quiet", "evaluate", *arguments]) in (2, 4)
    assert message in capsys.readouterr().err


def test_a_sample_of_more_than_there_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--sample", "60", "--output", "all.csv"]) == 0
    assert "the sheet has only 6 recommendations: all there are" in capsys.readouterr().err
    assert len(rows_of(folder / "all.csv")) == 6
