"""What only a person at a terminal sees: hints, bars, completion; and what a log sees instead."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.cli import session as progress
from srtminer.cli.commands import COMMANDS
from srtminer.cli.output import say, screen_of
from srtminer.cli.session import Session
from srtminer.render.result import Screen
from srtminer.store import Store
from tests.test_search import CHILD_P

POSIX = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a POSIX matter")


def on_a_terminal(folder: Path, *arguments: str) -> str:
    """Run srtminer with stdout and stderr on a pseudo-terminal; gives all that it writes there."""
    import pty

    leader, follower = pty.openpty()
    environment = os.environ | {"COLUMNS": "80", "TERM": "xterm"}
    environment.pop("SRTMINER_STORE", None)
    with subprocess.Popen(
        [sys.executable, "-m", "srtminer", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
    ) as process:
        os.close(follower)
        seen = b""
        try:
            while part := os.read(leader, 65536):
                seen += part
        except OSError:  # Linux says so when the other end is closed
            pass
        process.wait(30)
    os.close(leader)
    return seen.decode().replace("\r\n", "\n")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SRTMINER_STORE", raising=False)
    with Store.open(tmp_path / "srtminer.db", create=True) as opened:
        opened.add(CHILD_P)
    return tmp_path / "srtminer.db"


@pytest.mark.parametrize(
    ("out", "err", "arguments", "hint"),
    [
        (
            True,
            True,
            [],
            "next: `srtminer recommendations` shows what they recommend in full\n"
            "next: `srtminer themes` ranks the themes\n",
        ),
        (True, True, ["--quiet"], ""),
        (False, True, [], ""),
        (True, False, [], ""),
    ],
)
def test_hints_are_for_terminals(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    out: bool,
    err: bool,
    arguments: list[str],
    hint: str,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: out)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: err)
    assert main([*arguments, "reviews"]) == 0
    assert capsys.readouterr().err == hint


def test_a_hint_names_the_store_and_a_failed_command_gives_none(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store.rename(store.with_name("my store.db"))
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert main(["--store", "my store.db", "recommendations"]) == 0
    assert capsys.readouterr().err == "next: `srtminer --store 'my store.db' themes` ranks the themes\n"
    assert main(["recommendations"]) == 5
    assert "next:" not in capsys.readouterr().err


def test_a_message_is_broken_between_words_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    message = "error: " + "a long explanation " * 5 + "of/a/path-that-is-long.pdf"
    say(message)
    assert capsys.readouterr().err == f"{message}\n"
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    say(message)
    shown = capsys.readouterr().err
    assert shown.startswith("\x1b[1;31merror:\x1b[0m a long")
    monkeypatch.setenv("NO_COLOR", "1")
    say(message)
    lines = capsys.readouterr().err.splitlines()
    assert max(map(len, lines)) <= 40
    assert " ".join(lines) == message


def test_the_command_for_the_same_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SRTMINER_STORE", raising=False)
    assert Session().command("themes") == "srtminer themes"
    assert Session(Path("a b.db")).command("themes") == "srtminer --store 'a b.db' themes"
    monkeypatch.setenv("SRTMINER_STORE", "a b.db")
    assert Session(Path("a b.db")).command("themes") == "srtminer themes"


def test_waiting_in_a_log_is_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.05)
    with progress.progress(Session(), "finding\x1b[2J themes"):
        time.sleep(0.2)
    lines = capsys.readouterr().err.splitlines()
    assert lines
    assert set(lines) == {"finding␛[2J themes, 0 s so far"}
    with progress.progress(Session(quiet=True), "finding themes"):
        time.sleep(0.1)
    assert capsys.readouterr().err == ""


@POSIX
def test_waiting_on_a_terminal_leaves_nothing_behind(store: Path) -> None:
    seen = on_a_terminal(store.parent, "themes")
    before, _, result = seen.rpartition("\x1b[2K")
    assert "finding themes in 2 recommendations" in before
    assert "finding themes" not in result
    assert "Share" in result
    assert "next:" not in result


@pytest.mark.parametrize(
    ("columns", "width"), [("", 100), ("30", 40), ("110", 110), ("300", 120), ("x", 100)]
)
def test_what_goes_through_a_pipe_is_as_wide_as_columns_says(columns: str, width: int) -> None:
    assert screen_of(None, {"COLUMNS": columns}) == Screen(width)
    assert screen_of(Path("x.txt"), {}) == Screen(100)


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        ("srtminer sea", 1, ["search"]),
        ("srtminer themes --form", 2, ["--format"]),
        ("srtminer search --in ", 3, ["recommendations", "sections", "all"]),
        ("srtminer ingest rev", 2, []),  # then the shell completes file names
    ],
)
def test_completion(line: str, word: int, expected: list[str]) -> None:
    environment = os.environ | {
        "_SRTMINER_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(word),
    }
    done = subprocess.run(
        [sys.executable, "-m", "srtminer"], env=environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout.split(), done.stderr) == (expected, "")


@pytest.mark.parametrize(
    ("shell", "begins"),
    [("bash", "_srtminer_completion() {"), ("zsh", "#compdef srtminer"), ("fish", "complete")],
)
def test_the_completion_of_the_shell_that_is_named_is_shown(
    shell: str, begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--show-completion", shell]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_a_completion_that_fails_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--show-completion", "tcsh"]) == 1
    assert "error: no completion for 'tcsh'; name one" in capsys.readouterr().err
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("sh", "/bin/sh"))
    assert main(["--install-completion"]) == 1
    environment = os.environ | {"_SRTMINER_COMPLETE": "complete_tcsh"}
    done = subprocess.run([sys.executable, "-m", "srtminer"], env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "error: the shell asked for 'complete_tcsh'" in done.stderr


CODEBOOK = [f"codebook {name}" for name in ("init", "import", "diff", "merge", "rename", "split", "forbid")]


@pytest.mark.parametrize("command", ["", *(entry.name for entry in COMMANDS), *CODEBOOK])
def test_help_speaks_no_python_and_fits_80_columns(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*command.split(), "--help"]) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    for word in ("<bool>", "<list[", "<Path>", "<str>", "(120)"):
        assert word not in text


@pytest.mark.parametrize(
    ("name", "before", "code", "said"),
    [
        ("SIGTERM", "SIG_DFL", 143, "stopped; nothing was changed\n"),
        ("SIGHUP", "SIG_DFL", 129, "stopped; nothing was changed\n"),
        ("SIGHUP", "SIG_IGN", 0, ""),  # as nohup starts it
    ],
)
@POSIX
def test_another_program_may_stop_it(name: str, before: str, code: int, said: str) -> None:
    program = (
        "import os, signal; from srtminer.cli import app; from srtminer.cli.session import Job\n"
        f"signal.signal(signal.{name}, signal.{before})\n"
        f"job = Job(lambda: os.kill(os.getpid(), signal.{name}), 'stopped; nothing was changed')\n"
        "app._understand = lambda arguments: job\n"
        "raise SystemExit(app.run(['themes']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, said)


def test_paths_may_be_parted_by_nul(tmp_path: Path) -> None:
    names = [tmp_path / "a b.txt", tmp_path / "c\nd.txt"]
    for number, path in enumerate(names):
        path.write_text(f"Recommendations\n\n1. The Board should review its plan {number}.\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "srtminer", "--store", str(tmp_path / "s.db"), "ingest", "--jobs", "1", "-"],
        input="\0".join(map(str, names)) + "\0",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Ingested: 2 reviews, 2 recommendations" in done.stdout
