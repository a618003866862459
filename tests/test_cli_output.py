"""Where text goes and how wide it is."""

import os
import sys
from pathlib import Path

import pytest

from srtminer.cli import output
from srtminer.cli import session as progress
from srtminer.cli.output import Form, target_of
from srtminer.cli.session import Session
from srtminer.errors import UsageError
from srtminer.render.result import Screen


@pytest.mark.parametrize(
    ("environment", "screen"),
    [
        ({}, Screen(100)),
        ({"COLUMNS": "90"}, Screen(90)),
        ({"COLUMNS": "39"}, Screen(40)),
        ({"COLUMNS": "121"}, Screen(120)),
        ({"COLUMNS": "wide"}, Screen(100)),
        ({"COLUMNS": ""}, Screen(100)),
        ({"FORCE_COLOR": "1"}, Screen(100)),
    ],
)
def test_the_screen_of_a_file(environment: dict[str, str], screen: Screen) -> None:
    assert output.screen_of(Path("x.txt"), environment) == screen


@pytest.mark.parametrize(
    ("environment", "color"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
@pytest.mark.parametrize(("columns", "width"), [(20, 40), (80, 80), (300, 120)])
def test_the_screen_of_a_terminal(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], color: bool, columns: int, width: int
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1)
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((columns, 24)))
    assert output.screen_of(None, environment) == Screen(width, color)


def test_a_pager_shows_lines_that_fit_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "is_file", lambda given: given is not None)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "fileno", lambda: 2)
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((80, 24)))
    assert output.screen_of(None, {}) == Screen(80)
    assert output.screen_of(Path("x.txt"), {}) == Screen(100)


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    output.emit("new é\n", target)
    assert target.read_bytes() == "new é\n".encode()
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_that_is_closed_to_others_stays_closed(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.touch(mode=0o600)
    output.emit("new", target)
    assert target.read_text(encoding="utf-8") == "new"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="no space left on device"):
        output.emit("new", target)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    output.emit("new", link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    output.emit("gone", Path(os.devnull))
    assert not Path(os.devnull).is_file()


def test_a_folder_is_no_output_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be written .is a directory.; name another"):
        output.emit("text", tmp_path)


def test_bytes_of_a_name_that_are_no_utf8_can_be_written(tmp_path: Path) -> None:
    output.emit('"\udcff"\n', tmp_path / "out.json")
    assert (tmp_path / "out.json").read_bytes() == b'"\\udcff"\n'


@pytest.mark.parametrize(
    ("form", "path", "expected"),
    [
        (None, None, "table"),
        (None, Path("a.JSON"), "json"),
        (None, Path("a.csv"), "csv"),
        (None, Path("a.md"), "markdown"),
        (None, Path("a.markdown"), "markdown"),
        (None, Path("a.txt"), "table"),
        ("csv", Path("a.json"), "csv"),
        ("csv", None, "csv"),
    ],
)
def test_the_form_of_a_result(form: Form | None, path: Path | None, expected: Form) -> None:
    assert target_of(Session(), form, path).form is expected


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("child-p.pdf", "child-p.pdf"),
        ("x" * 36, "x" * 36),
        ("x" * 30 + "child-p.pdf", "…" + "x" * 24 + "child-p.pdf"),
        ("a\x1b[2Jb.pdf", "a␛[2Jb.pdf"),
    ],
)
def test_names_in_progress_are_short_and_harmless(name: str, short: str) -> None:
    assert progress._so_far("reading", 1, 2, name) == f"reading: 1 of 2, now {short}"


def test_quiet_has_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.progress(Session(quiet=True), "reading") as report:
        report(1, 2, "p.txt")
    assert capsys.readouterr().err == ""
