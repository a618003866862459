"""The table of commands, the guides, and what a command imports."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.cli.commands import COMMANDS, options_of, texts, topics

HEAVY = ("sklearn", "scipy", "numpy", "nltk", "pypdfium2", "pdfminer", "docx", "lxml", "xlsxwriter", "jinja2")


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_the_help_of_a_command_begins_with_what_the_table_says(entry: object) -> None:
    from srtminer.cli.commands import Entry

    assert isinstance(entry, Entry)
    about = " ".join(entry.load().help.split())
    assert about.startswith(entry.about.rstrip("."))


def imported_by(arguments: str) -> set[str]:
    """Run srtminer in a process of its own and give what it imported."""
    code = (
        "import sys; from srtminer.__main__ import main; main(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments.split()], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", ["--version", "--help", "guide"])
def test_no_command_is_imported_before_it_is_called(arguments: str) -> None:
    modules = imported_by(arguments)
    commands = {f"srtminer.cli.{entry.module}" for entry in COMMANDS} - {"srtminer.cli.commands"}
    assert "srtminer.cli.app" in modules
    assert modules & (commands | set(HEAVY)) == set()
    assert sum(name.startswith("srtminer") for name in modules) < 20


def test_every_guide_is_listed_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide"]) == 0
    listed = capsys.readouterr().out
    for topic in topics():
        assert f"srtminer guide {topic} " in listed
        assert main(["guide", topic]) == 0
        assert capsys.readouterr().out.startswith("# ")


def test_an_unknown_guide_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "jsom"]) == 2
    assert "the guides are batch," in capsys.readouterr().err


def test_every_text_of_an_option_is_of_a_command_that_takes_it() -> None:
    entries = {entry.name: entry.load() for entry in COMMANDS}
    whole = entries | entries["codebook"].commands
    tables = texts().keys() - {"commands", "codebook", "next", "all"}
    assert len(tables) > 5
    for table in tables:
        names = table.split()
        taken = {
            one.name.rstrip("_").replace("format", "form") for name in names for one in whole[name].params
        }
        assert set(options_of(names[0])) - set(options_of("")) <= taken, table


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "themes --min-reviews x",
            "--min-reviews x: give a whole number, 1 or more; see `srtminer themes --h",
        ),
        ("ingest --jobs 0 .", "--jobs 0: give a whole number, 1 or more; see `srtminer ingest --help`"),
        ("ingest --time-limit nan .", "--time-limit nan: give a number, 1 or more"),
        ("compare --repeats --threshold 2", "--threshold 2: give a share above 0 and at most 1, such as 0.5"),
        ("themes --level wide", "--level wide: give fine or broad; see `srtminer themes --help`"),
        ("show", "REVIEW is missing; see `srtminer show --help`"),
        ("ingest a.pdf ''", "PATH is empty, perhaps because a variable of the shell is not set; see `srt"),
        ("export --output ' '", "--output is empty, perhaps because a variable of the shell is not set"),
        ("--store '' reviews", "--store is empty, perhaps because a variable of the shell is not set"),
        ("--terms '' reviews", "--terms is empty, perhaps because a variable of the shell is not set"),
        ("report --output -", "--output -: name a file; what goes to standard output needs no --output"),
        ("codebook rename b.toml A B", "the codebook's file is named with --codebook FILE"),
        ("search nurse -offending", "-offending is not an option; put words to search for in quotes"),
        ("correct --undo", "--undo needs a value after it; see `srtminer correct --help`"),
        (
            "compare --by year --by=board",
            "--by is given 2 times; give it once; see `srtminer compare --help`",
        ),
        ("--terms gone.toml reviews", "--terms gone.toml cannot be read (no such file or directory); name a"),
    ],
)
def test_what_cannot_be_understood_is_said_in_plain_words(
    line: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(shlex.split(line)) == 2
    assert message in capsys.readouterr().err


def test_a_word_may_be_called_as_the_argument_that_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["search", "words", "words"]) == 5
    assert "no store at srtminer.db" in capsys.readouterr().err
