"""`srtminer codebook merge`, `rename`, `split`, `forbid`, `undo`, and `diff` of two files."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.codebooks.codebook_format import CodebookTheme, parse_codebook
from srtminer.codebooks.codebook_writing import rewritten
from tests.test_codebook_cli import as_json, failing, run, write_review
from tests.test_codebook_cli import folder as folder

BOOK = """\
# ours
title = "ours"

# the first
[[theme]]
name = "Domestic abuse"  # agreed in May
cues = ["domestic abuse", "incident"]

# the second
[[theme]]
id = "seen"
name = "Seen alone"
cues = ["see the child alone"]

[[theme]]
name = "Fire safety"
cues = [
    "smoke alarm",  # also detectors
]
"""


@pytest.fixture
def book(folder: Path) -> Path:
    path = folder / "codebook.toml"
    path.write_text(BOOK, encoding="utf-8")
    return path


def edit(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    return run(capsys, "codebook", *arguments)


def labels(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    found = as_json(capsys, "themes", "--codebook", "codebook.toml")
    return {theme["label"]: theme["recommendations"] for theme in found["themes"]}


def test_a_theme_is_renamed_and_comments_stay(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert edit(capsys, "rename", "domestic", "Violence at  home") == (
        "“Domestic abuse” is called “Violence at home”\n"
    )
    text = book.read_text(encoding="utf-8")
    assert text == BOOK.replace(
        'name = "Domestic abuse"  # agreed in May\n',
        'name = "Violence at home"  # agreed in May\nid = "domestic-abuse"\n',
    )
    assert Path("codebook.toml~").read_text(encoding="utf-8") == BOOK


def test_themes_are_merged_and_parted_again(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert edit(capsys, "merge", "Seen alone", "fire safety", "domestic-abuse") == (
        "“Seen alone” gains the parts “Fire safety”, “Domestic abuse”\n"
    )
    assert labels(capsys) == {"Seen alone": 6}
    assert edit(capsys, "undo") == "“Seen alone” loses the parts “Fire safety”, “Domestic abuse”\n"
    assert book.read_text(encoding="utf-8") == BOOK
    assert labels(capsys) == {"Domestic abuse": 2, "Fire safety": 2, "Seen alone": 2}
    edit(capsys, "undo")
    assert labels(capsys) == {"Seen alone": 6}
    assert edit(capsys, "diff") == "6 of 6 recommendations stayed where they were.\n"


def test_words_that_are_forbidden_leave_a_theme_of_the_codebook(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["codebook", "forbid", "fire"]) == 0
    assert "note: the theme “Fire safety” stays; `srtminer codebook rename`" in capsys.readouterr().err


def test_a_recommendation_is_kept_out(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert edit(capsys, "forbid", "fire", "Child P (2011) 3", "Child Q (2011) 3") == (
        "“Fire safety” gains 2 exclusions\n"
    )
    assert "Fire safety" not in labels(capsys)
    assert ", # Child P (2011) 3\n" in book.read_text(encoding="utf-8")


def test_a_theme_is_split(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "codebook.toml").write_text(
        '[[theme]]\nname = "All"\ncues = ["domestic abuse", "alone", "smoke alarm"]\n', encoding="utf-8"
    )
    assert labels(capsys) == {"All": 6}
    told = edit(capsys, "split", "all", "--into", "3").splitlines()
    found = as_json(capsys, "themes", "--codebook", "codebook.toml")["themes"]
    assert sorted(theme["recommendations"] for theme in found) == [2, 2, 2]
    assert next(theme["id"] for theme in found if theme["label"] == "All") == "all"
    assert sum(line.endswith(" is new") for line in told) == 2
    moved = as_json(capsys, "codebook", "diff", "codebook.toml~", "codebook.toml")
    assert (moved["recommendations"], moved["stayed"]) == (6, 2)
    assert moved["changes"] == told
    edit(capsys, "undo")
    assert labels(capsys) == {"All": 6}


def test_two_files_without_a_store(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(capsys, "rename", "Fire safety", "Fires")
    Path("srtminer.db").unlink()
    assert "“Fire safety” is called “Fires”" in edit(capsys, "diff", "codebook.toml~", "codebook.toml")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("rename", "fires", "X y"), "no theme 'fires'; did you mean “Fire safety”?"),
        (("merge", "ours.toml", "Fire safety"), "the codebook's file is named with --codebook FILE"),
        (("forbid", "ours.toml", "Child A (2012) 1"), "the codebook's file is named with --codebook FILE"),
        (("rename", "se", "X y"), "2 themes have 'se' in their names: “Domestic abuse”"),
        (("rename", "zzz", "X y"), "the codebook has Domestic abuse, Seen alone, Fire safety"),
        (("rename", "Fire safety", "seen ALONE"), "`srtminer codebook merge` combines the two"),
        (("split", "Fire safety"), "2 recommendations; they are too few to divide"),
        (("merge", "Fire safety", "Fire safety"), "cannot be merged twice, or into itself"),
        (("split", "Fire safety", "--into", "2", "--codebook", "none.toml"), "none.toml cannot be read"),
        (("forbid", "Fire safety", "Child X 9"), "no such recommendation"),
        (("undo",), "there is no codebook.toml~: no command has changed codebook.toml"),
        (("rename", "GP", "Doctors", "--codebook", "safeguarding"), "codebook init --codebook safeguarding"),
    ],
)
def test_what_goes_wrong_says_what_to_do_and_changes_nothing(
    arguments: tuple[str, ...], message: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in failing(capsys, "codebook", *arguments)
    assert book.read_text(encoding="utf-8") == BOOK
    assert not Path("codebook.toml~").exists()


# What is about the next theme stays with it


def test_new_keys_and_themes_stand_before_the_comments_on_the_next_theme() -> None:
    book = parse_codebook(BOOK, "ours.toml", "ours")
    abuse, seen = book.themes[:2]
    for changed in (
        book.changed(replace(abuse, merge=("seen",))),
        book.changed(replace(abuse, never=("r-1",))),
        book.changed(abuse, CodebookTheme("x", "X"), CodebookTheme("y", "Y")),
    ):
        text = rewritten(BOOK, book, changed, {"r-1": "Child A"})
        assert '\n\n# the second\n[[theme]]\nid = "seen"\n' in text
        assert text != BOOK
    renamed = rewritten(BOOK, book, book.changed(replace(seen, name="Seen")), {})
    assert renamed == BOOK.replace('"Seen alone"', '"Seen"')
    forbidding = rewritten(BOOK, book, replace(book, forbid=("a",)), {})
    assert forbidding == f'forbid = [\n    "a",\n]\n{BOOK}'


# What `themes` tells of the last run


def notes(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["themes", *arguments, "--format", "json"]) == 0
    shown = capsys.readouterr()
    json.loads(shown.out)
    return "\n".join(line for line in shown.err.splitlines() if "last run" in line)


def test_themes_say_whose_members_changed(
    folder: Path, capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    options = ("--codebook", "codebook.toml")
    assert notes(capsys, *options) == ""
    assert notes(capsys, *options) == ""
    assert main(["--quiet", "ingest", write_review(folder, "Child R")]) == 0
    edit(capsys, "forbid", "fire", "Child P (2011) 3")
    assert notes(capsys, *options, "--where", "year=2011") == ""
    assert notes(capsys, *options) == (
        "note: members of 2 themes have changed since the last run: "
        "“Fire safety” (+1 −1); “Domestic abuse” (+1 −0)"
    )
    assert notes(capsys, *options) == ""
