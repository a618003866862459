"""`srtminer codebook`: init, edit, assign, add a review, diff; and codes of other programs."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from srtminer.__main__ import main
from tests.stores import ingested

ITEMS = {
    "Child P": (
        "Norwick Police should tell the school nurse of every incident of domestic abuse within two days.",
        "Health visitors should make sure that they see the child alone and write down what the child says.",
        "Landlords in Norwick should fit smoke alarms in every flat in which a child under five lives.",
    ),
    "Child Q": (
        "Saltby Police should pass on every incident of domestic abuse to schools before they are asked.",
        "Social workers should see the child alone at each visit and write down what the child says.",
        "Landlords in Saltby should fit smoke alarms in flats with children under five.",
    ),
    "Child R": (
        "Every incident of domestic abuse should be told to the midwife by Eastmere Police within two days.",
        "Landlords should fit smoke alarms in each flat before a family with children moves in.",
        "Family court papers should be kept by one named clerk.",
    ),
}
REVIEW = """\
Norwick Safeguarding Children Board

Serious Case Review

{name}

Overview Report

2011

Recommendations

"""


def review_of(name: str) -> tuple[str, str]:
    """Give the name of a file and its text."""
    items = "\n\n".join(f"{number}. {item}" for number, item in enumerate(ITEMS[name], start=1))
    return f"{name.lower().replace(' ', '-')}.txt", f"{REVIEW.format(name=name)}{items}\n"


def write_review(folder: Path, name: str) -> str:
    file, text = review_of(name)
    (folder / file).write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a store of two reviews."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SRTMINER_STORE", raising=False)
    ingested(tmp_path, dict(map(review_of, ("Child P", "Child Q"))))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["--quiet", *arguments]) == 0
    return capsys.readouterr().out


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(run(capsys, *arguments, "--format", "json"))


def members(found: Any) -> dict[str, list[str]]:
    return {theme["id"]: sorted(one["id"] for one in theme["members"]) for theme in found["themes"]}


def failing(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["--quiet", *arguments]) in (2, 3, 4)
    return capsys.readouterr().err


def test_the_round_trip(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Init, edit, assign, add a review, diff."""
    mined = as_json(capsys, "themes", "--themes", "3")
    assert run(capsys, "codebook", "init", "--themes", "3") == ""
    book = folder / "codebook.toml"
    assert members(as_json(capsys, "themes", "--codebook", "codebook.toml")) == members(mined)
    assert (
        run(capsys, "codebook", "diff", "codebook.toml") == "6 of 6 recommendations stayed where they were.\n"
    )

    fire = next(theme for theme in mined["themes"] if "smoke alarms" in theme["examples"][0]["excerpt"])
    text = book.read_text(encoding="utf-8")
    book.write_text(text.replace(f'name = "{fire["label"]}"', 'name = "Fire safety"'), encoding="utf-8")
    table = as_json(capsys, "codebook", "diff", "codebook.toml")
    assert [(one["id"], one["before"]) for one in table["themes"] if one["state"] == "renamed"] == [
        (fire["id"], fire["label"])
    ]
    found = as_json(capsys, "themes", "--codebook", "codebook.toml")
    assert [theme["label"] for theme in found["themes"] if theme["id"] == fire["id"]] == ["Fire safety"]

    assert main(["--quiet", "ingest", write_review(folder, "Child R")]) == 0
    capsys.readouterr()
    moved = as_json(capsys, "codebook", "diff", "codebook.toml")
    assert (moved["schema"], moved["recommendations"], moved["stayed"]) == ("srtminer.codebook-diff/1", 6, 6)
    changes = {one["now"]: (one["state"], len(one["gained"]), len(one["lost"])) for one in moved["themes"]}
    assert changes["Fire safety"] == ("kept", 1, 0)
    assert changes[None] == ("kept", 1, 0)
    shown = run(capsys, "codebook", "diff", "codebook.toml")
    assert "Fire safety: 2 → 3\n  + Child R (2011) 2, new\n" in shown
    assert "No theme: 0 → 1\n  + Child R (2011) 3, new\n" in shown
    assert shown.endswith("6 of 6 recommendations stayed where they were.\n")

    again = as_json(capsys, "themes", "--codebook", "codebook.toml")
    assert [theme["id"] for theme in again["themes"] if theme["id"] not in members(found)] == []
    assert run(capsys, "codebook", "diff", "codebook.toml").startswith("9 of 9 ")


def test_a_diff_as_csv_and_markdown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "codebook", "init")
    book = folder / "codebook.toml"
    book.write_text('[[theme]]\nname = "=Fire"\ncues = ["smoke alarm"]\n', encoding="utf-8")
    rows = list(csv.reader(io.StringIO(run(capsys, "codebook", "diff", "codebook.toml", "--format", "csv"))))
    assert rows[0] == [
        *("theme", "name", "state", "change", "id", "recommendation", "other_theme", "other_name"),
        "generator",
    ]
    assert rows[1][:4] == ["fire", "'=Fire", "new", "new"]
    assert {row[3] for row in rows[1:]} == {"new", "gone", "gained", "lost"}
    shown = run(capsys, "codebook", "diff", "codebook.toml", "--format", "markdown")
    assert shown.startswith("**=Fire (new): 0 → 2**")
    assert "of 6 recommendations stayed where they were." in shown


def test_what_the_codebook_does_not_know_is_marked_as_new(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "ours.toml").write_text(
        '[[theme]]\nname = "Abuse"\ncues = ["domestic abuse"]\n', encoding="utf-8"
    )
    assert main(["themes", "--codebook", "ours.toml"]) == 0
    shown = capsys.readouterr()
    assert "New: " in shown.out
    assert "not in the codebook 'ours' and called new" in shown.err
    grown = run(capsys, "codebook", "init", "--codebook", "ours.toml", "--output", "grown.toml")
    assert grown == ""
    labels = [theme["label"] for theme in as_json(capsys, "themes", "--codebook", "grown.toml")["themes"]]
    assert "Abuse" in labels
    assert len(labels) >= 2
    assert not any(label.startswith("New") for label in labels)


def test_the_built_in_codebook_can_be_copied(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "codebook", "init", "--codebook", "safeguarding", "--output", "ours.toml")
    text = (folder / "ours.toml").read_text(encoding="utf-8")
    assert 'title = "ours"' in text
    assert text.count("[[theme]]") >= 25
    built_in = members(as_json(capsys, "themes", "--codebook", "safeguarding"))
    copied = members(as_json(capsys, "themes", "--codebook", "ours.toml"))
    assert {key.removeprefix("new-"): ids for key, ids in built_in.items()} == copied


def test_comparisons_reports_and_exports_take_it_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compared = as_json(capsys, "compare", "--by", "year", "--codebook", "safeguarding")
    assert "Domestic abuse" in [theme["label"] for theme in compared["themes"]]
    rows = run(capsys, "export", "--to", "csv", "--codebook", "safeguarding")
    assert "Domestic abuse" in rows
    html = run(capsys, "report", "--codebook", "safeguarding")
    assert "Domestic abuse" in html
    assert "those of the codebook" in html


def test_codes_of_a_project_become_a_codebook(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "export", "--output", "project.qdpx")
    assert main(["codebook", "import", "project.qdpx", "--output", "theirs.toml"]) == 0
    assert "add cues" in capsys.readouterr().err
    labels = {theme["label"] for theme in as_json(capsys, "themes")["themes"]}
    text = (folder / "theirs.toml").read_text(encoding="utf-8")
    assert all(f'name = "{label}"' in text for label in labels)
    assert as_json(capsys, "themes", "--codebook", "theirs.toml")["themes"] != []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("themes", "--codebook", "none.toml"),
            "write one with `srtminer codebook init`, or use safeguarding",
        ),
        (("themes", "--codebook", "."), "cannot be read (is a directory)"),
        (("themes", "--codebook", "bad.toml"), "bad.toml is not UTF-8 text"),
        (("themes", "--codebook", "wrong.toml"), "wrong.toml, theme 1: unknown key 'nam'"),
        (("themes", "--codebook", "cue.toml"), "'—' in cues has no word of two letters or more"),
        (("compare", "--repeats", "--codebook", "safeguarding"), "--codebook is about themes"),
        (("themes", "--codebook", "safeguarding", "--themes", "3"), "give either --codebook or --themes"),
        (("codebook", "init", "--output", "cue.toml"), "cue.toml exists already"),
        (("codebook", "init", "--output", "book.txt"), "write --output book.toml"),
        (("codebook", "diff", "safeguarding"), "run `srtminer themes --codebook safeguarding` first"),
        (("codebook", "import", "cue.toml", "--output", "x.toml"), "not a QDA project or codebook"),
        (("codebook",), "Missing command"),
    ],
)
def test_what_goes_wrong_says_what_to_do(
    arguments: tuple[str, ...], message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "wrong.toml").write_text('[[theme]]\nnam = "A"\n', encoding="utf-8")
    (folder / "cue.toml").write_text('[[theme]]\nname = "A"\ncues = ["—"]\n', encoding="utf-8")
    error = failing(capsys, *arguments)
    assert message in error
    assert error.count("error:") == 1


def test_some_reviews_only_are_no_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "themes", "--codebook", "safeguarding", "--where", "year=2011")
    run(capsys, "themes", "--codebook", "safeguarding", "--min-reviews", "2")
    told = failing(capsys, "codebook", "diff", "safeguarding")
    assert "nothing has been assigned with 'safeguarding' yet" in told
    run(capsys, "themes", "--codebook", "safeguarding")
    assert run(capsys, "codebook", "diff", "safeguarding").endswith("stayed where they were.\n")
