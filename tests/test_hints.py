"""What a person is told to type next: understood, and nothing where a command found nothing."""

import shlex
from pathlib import Path

import pytest

from srtminer.cli.app import _understand
from srtminer.cli.commands import COMMANDS, hint, texts
from srtminer.cli.session import Job, Session
from srtminer.errors import SrtminerError
from tests.test_terminal import store as store


def understood(line: str) -> Job:
    return _understand(shlex.split(line))


def test_every_hint_follows_a_command_and_is_one(store: Path) -> None:
    assert {"ingest"} <= set(texts()["next"]) <= {entry.name for entry in COMMANDS}
    for command in texts()["next"]:
        named = [line.split("`")[1] for line in hint(command, Session(), None).splitlines()]
        assert named
        for following in named:
            understood(following.removeprefix("srtminer "))  # a wrong command line would raise


def test_nothing_comes_after_nothing() -> None:
    assert hint("themes", Session(), 0) == hint("themes", Session(quiet=True), 3) == ""
    assert hint("themes", Session(), 3).startswith("next: `srtminer themes --theme NAME` shows one theme")


def test_commands_say_how_much_there_is_to_look_into(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert understood("--quiet themes").action() == 0
    assert understood("--quiet search police").action() == 1
    assert understood("--quiet search zeppelin").action() == 0
    with pytest.raises(SrtminerError):
        understood("--quiet themes --where year=1900").action()
