"""What a person is told to type next: right for what was asked and what came of it, and understood."""

import shlex
from pathlib import Path

import pytest

from srtminer.cli.app import _understand
from srtminer.cli.commands import COMMANDS
from srtminer.cli.hints import NEXT
from srtminer.cli.session import Job
from srtminer.errors import SrtminerError
from srtminer.store import Store
from tests.test_terminal import store as store

THEMES = ("themes --theme 1", "report --output report.html")


def steps(line: str, outcome: object = None) -> list[str]:
    """Give the commands that are named after a command line, none of which is run, with that outcome."""
    shown = understood(line).hint(outcome).splitlines()
    return [step.split("`")[1].removeprefix("srtminer ") for step in shown]


def understood(line: str) -> Job:
    return _understand(shlex.split(line))


@pytest.mark.parametrize(
    ("line", "outcome", "expected"),
    [
        ("ingest reviews", None, ["themes", "reviews"]),
        ("reviews", None, ["recommendations", "themes"]),
        (
            "reviews --where 'board=St Ann'",
            None,
            ["recommendations --where 'board=St Ann'", "themes --where 'board=St Ann'"],
        ),
        ("recommendations", None, ["themes"]),
        (
            "recommendations --where year=2009 --output 'my recs.csv'",
            None,
            ["correct --where year=2009 'my recs.csv'", "themes --where year=2009"],
        ),
        ("recommendations --output recs.json", None, ["themes"]),
        ("themes", 12, [*THEMES]),
        ("themes", None, [*THEMES]),
        ("themes", 0, ["recommendations"]),
        ("themes --min-reviews 3", 0, ["themes"]),
        ("themes --min-reviews 3 --where kind=SCR", 0, ["themes --where kind=SCR"]),
        ("themes --where kind=SCR", 0, ["themes"]),
        ("themes --theme 4", 12, ["themes", "report --output report.html"]),
        (
            "themes --themes 5 --min-reviews 2 --where year=2009 --where year=2010",
            5,
            [
                "themes --themes 5 --min-reviews 2 --where year=2009 --where year=2010 --theme 1",
                "report --output report.html --themes 5 --min-reviews 2 --where year=2009 --where year=2010",
            ],
        ),
        ("themes --of findings", 5, ["themes --of findings --theme 1"]),
        ("themes --level broad", 5, ["themes --level broad --theme 1"]),
        (
            "themes --codebook safeguarding",
            5,
            [
                "themes --codebook safeguarding --theme 1",
                "report --output report.html --codebook safeguarding",
            ],
        ),
        ("compare --by year", None, ["compare --repeats", "search WORDS"]),
        ("compare --review p.txt --where year=2009", None, ["compare --repeats --where year=2009"]),
        ("compare --repeats", None, ["report --output report.html"]),
        ("search police", 3, ["search --like TEXT", "compare --repeats"]),
        ("search --like police", 3, ["compare --repeats"]),
        ("search police", 0, []),
        ("report --output r.html --themes 4", None, ["export --output themes.xlsx --themes 4"]),
        ("export --output t.xlsx", None, ["report --output report.html"]),
        ("export --output t.qdpx", None, ["codebook import t.qdpx", "report --output report.html"]),
        ("doctor", None, ["themes", "reviews"]),
        ("check", None, ["recommendations --output recs.csv"]),
        ("correct", None, ["recommendations --output recs.csv"]),
        ("correct recs.csv --dry-run --complete", None, ["correct --complete recs.csv"]),
        ("correct recs.csv --yes", None, ["correct", "themes"]),
        ("correct --undo p.txt", None, ["correct", "themes"]),
        ("remove p.txt --yes", None, ["reviews"]),
        ("evaluate --sample 5 --output s.csv", None, ["evaluate s.csv"]),
        ("evaluate s.csv", None, ["codebook init"]),
        ("evaluate s.csv --codebook safeguarding", None, []),
        ("--quiet themes", 12, []),
        ("codebook diff safeguarding", None, []),
    ],
)
def test_what_comes_next(store: Path, line: str, outcome: object, expected: list[str]) -> None:
    named = steps(line, outcome)
    assert named == expected
    for following in named:
        understood(following)  # a wrong command line would raise


@pytest.mark.parametrize(("line", "expected"), [("doctor", ["ingest FOLDER"])])
def test_before_there_is_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, expected: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert steps(line) == expected
    with Store.open(tmp_path / "srtminer.db", create=True):
        pass
    assert steps(line) == expected


def test_where_no_review_makes_recommendations_nobody_is_sent_to_themes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "statement.txt").write_text("The Board is sorry.\n")
    assert _understand(["--quiet", "ingest", "--jobs", "1", "statement.txt"]).action() is None
    for line in ("ingest statement.txt", "reviews", "doctor"):
        assert steps(line) == ["--verbose reviews", "search WORDS"]


def test_every_hint_is_of_a_command() -> None:
    named = {key.partition(" ")[0].partition(".")[0] for key in NEXT} - {"empty", "without"}
    assert {entry.name for entry in COMMANDS} - named == {
        "case",
        "codebook",
        "doctor",
        "guide",
        "link",
        "set",
        "show",
        "summary",
    }


def test_commands_say_how_much_there_is_to_look_into(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert understood("--quiet themes").action() == 0
    assert understood("--quiet search police").action() == 1
    assert understood("--quiet search zeppelin").action() == 0
    with pytest.raises(SrtminerError):
        understood("--quiet themes --where year=1900").action()
