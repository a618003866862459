"""Old office files: a stand-in shows what LibreOffice is asked; the real one reads where it is installed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from srtminer.model import STRUCK, Review, Skipped
from srtminer.read import programs
from srtminer.read.read_file import ReadOptions, read_file
from srtminer.read.worker import private_folder, work_through
from srtminer.read.worker_process import Limits
from tests import hazards

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script with a #! line"),
]

RTF = (
    r"{\rtf1\ansi {\b Serious Case Review: Child T}\par {\b Recommendations}\par "
    r"1. The Tarn Board should act.\par 2. The Trust should {\strike not }call.\par}"
)
STAND_IN = """\
#!{python}
import json, os, shutil, subprocess, sys, time
from pathlib import Path
folder, arguments = Path({folder!r}), sys.argv[1:]
profile = Path(next(a for a in arguments if "UserInstallation" in a).partition("file://")[2])
settings = (profile / "user" / "registrymodifications.xcu").read_text()
note = {{"arguments": arguments, "settings": settings, "temporary": os.environ["TMPDIR"]}}
(folder / "call.json").write_text(json.dumps(note))
if {hangs}:
    child = subprocess.Popen(["sleep", "300"])
    (folder / "pids").write_text(f"{{os.getpid()}} {{child.pid}}")
    time.sleep(300)
if {complaint!r}:
    sys.exit({complaint!r})
target = arguments[arguments.index("--convert-to") + 1]
out = Path(arguments[arguments.index("--outdir") + 1]) / (Path(arguments[-1]).stem + "." + target)
shutil.copy(folder / ("answer." + target), out)
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    answer = docx.Document()
    answer.add_paragraph("The Tarn Board should act.")
    answer.save(str(folder / "answer.docx"))
    install(folder)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def install(folder: Path, complaint: str = "", *, hangs: bool = False) -> None:
    program = folder / "soffice"
    text = STAND_IN.format(python=sys.executable, folder=str(folder), complaint=complaint, hangs=hangs)
    program.write_text(text)
    program.chmod(0o755)


def read(path: Path) -> Review | Skipped:
    (result,) = read_file(path, ReadOptions())
    return result


def rtf(tmp_path: Path, name: str = "old file.rtf") -> Path:
    path = tmp_path / name
    path.write_text(RTF)
    return path


def test_a_copy_is_read_under_the_name_of_the_file(tmp_path: Path, stand_in: Path) -> None:
    path = rtf(tmp_path)
    review = read(path)
    assert isinstance(review, Review)
    assert (review.source, review.text) == (str(path), "The Tarn Board should act.")
    call = json.loads((stand_in / "call.json").read_text())
    assert call["arguments"][-1] == str(path)
    assert "--headless" in call["arguments"]
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true<' in call["settings"]
    assert not Path(call["temporary"]).exists()


def test_what_it_cannot_open_is_told(tmp_path: Path, stand_in: Path) -> None:
    install(stand_in, "source file could not be loaded")
    path = rtf(tmp_path)
    why = "LibreOffice could not open it (source file could not be loaded); save it as DOCX or PDF"
    assert read(path) == Skipped(str(path), why)


def test_what_is_not_installed_is_said_how_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "office_program", lambda: None)
    skipped = read(rtf(tmp_path))
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith(
        "LibreOffice, which opens such a file, is not installed: install LibreOffice"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_at_its_time_limit_it_ends_with_all_it_started(tmp_path: Path, stand_in: Path) -> None:
    install(stand_in, hangs=True)
    limits = Limits(seconds=3.0)
    ((_, result),) = work_through(hazards.read, [(0, rtf(tmp_path))], limits=limits)
    assert result == (Skipped(str(tmp_path / "old file.rtf"), "took longer than 3 s; raise --time-limit"),)
    assert_gone(stand_in)
    assert temporary(stand_in).is_relative_to(private_folder())
    assert not [*private_folder().iterdir()]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_when_the_caller_is_killed_it_ends_with_all_it_started(tmp_path: Path, stand_in: Path) -> None:
    install(stand_in, hangs=True)
    command = f"from tests.test_office import read_in_worker; read_in_worker({str(rtf(tmp_path))!r})"
    root = Path(__file__).parents[1]
    caller = subprocess.Popen([sys.executable, "-c", f"if __name__ == '__main__': {command}"], cwd=root)
    wait_until(lambda: (stand_in / "pids").exists())
    caller.kill()
    caller.wait()
    assert_gone(stand_in)
    assert (left := temporary(stand_in)).exists()
    private_folder.cache_clear()
    assert not left.is_relative_to(private_folder())
    assert not left.exists()


def read_in_worker(path: str) -> None:
    list(work_through(hazards.read, [(0, Path(path))], limits=Limits(seconds=60.0)))


def temporary(folder: Path) -> Path:
    return Path(json.loads((folder / "call.json").read_text())["temporary"])


def assert_gone(folder: Path) -> None:
    pids = [int(word) for word in (folder / "pids").read_text().split()]
    wait_until(lambda: not any(map(is_alive, pids)))


def is_alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def wait_until(done: Callable[[], bool]) -> None:
    for _ in range(600):
        if done():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within half a minute")


@pytest.mark.skipif(programs.office_program() is None, reason="LibreOffice is not installed")
def test_the_real_one_reads_what_the_page_shows(tmp_path: Path) -> None:
    path = rtf(tmp_path)
    review = read(path)
    assert isinstance(review, Review)
    assert review.text.endswith("1 The Tarn Board should act.\n\n2 The Trust should call.")
    assert [(o.what, o.words) for o in review.omissions] == [(STRUCK, 1)]
