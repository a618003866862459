"""The batch script of the examples, run by a real shell."""

import csv
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "examples" / "nightly.sh"
BASH = shutil.which("bash")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix" or BASH is None, reason="needs bash")]

REVIEW = """\
Norwick Safeguarding Children Board

Serious Case Review

Child P

2011

Recommendations

1. Norwick Police should tell the school nurse of every incident of domestic abuse within two working days.

2. The Board should make sure that health visitors are trained to see the child alone.
"""


def nightly(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script in a folder, with a command `srtminer` of this Python."""
    command = folder / "bin" / "srtminer"
    command.parent.mkdir(exist_ok=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m srtminer "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    known = {
        key: value for key, value in os.environ.items() if key not in ("SRTMINER_STORE", "REVIEWS", "OUT")
    }
    path = f"{command.parent}{os.pathsep}{known['PATH']}"
    return subprocess.run(
        [str(BASH), str(SCRIPT)],
        cwd=folder,
        env=known | {"PATH": path} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_two_nights(tmp_path: Path) -> None:
    reviews, out = tmp_path / "my reviews", tmp_path / "my results"
    reviews.mkdir()
    (reviews / "p.txt").write_text(REVIEW, encoding="utf-8")
    first = nightly(tmp_path, REVIEWS=str(reviews), OUT=str(out))
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
    names = {"ingest.json", "reviews.csv", "recommendations.csv", "themes.csv", "report.html", "srtminer.db"}
    assert names <= {path.name for path in out.iterdir()} <= {*names, ".lock"}
    assert [
        entry["recommendations"] for entry in json.loads((out / "ingest.json").read_text())["ingested"]
    ] == [2]
    with (out / "recommendations.csv").open(newline="", encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == 2
    assert (out / "report.html").read_text(encoding="utf-8").endswith("</html>\n")
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}

    (reviews / "empty.pdf").write_bytes(b"")
    second = nightly(tmp_path, REVIEWS=str(reviews), OUT=str(out))
    assert (second.returncode, second.stdout) == (3, "")
    assert second.stderr.splitlines()[-1] == (
        f'nightly: done, but some files could not be read; "skipped" in {out}/ingest.json says why'
    )
    summary = json.loads((out / "ingest.json").read_text())
    assert (summary["ingested"], len(summary["unchanged"])) == ([], 1)
    assert [entry["reason"] for entry in summary["skipped"]] == ["empty (0 bytes)"]
    assert (out / "report.html").exists()


def test_what_goes_wrong_is_loud(tmp_path: Path) -> None:
    nowhere = nightly(tmp_path)
    assert (nowhere.returncode, nowhere.stderr) == (2, "nightly: there is no folder reviews; set REVIEWS\n")
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / "p.txt").write_text(REVIEW, encoding="utf-8")
    (tmp_path / "damaged.db").write_bytes(b"no database " * 1000)
    damaged = nightly(tmp_path, SRTMINER_STORE="damaged.db")
    assert damaged.returncode == 5
    assert damaged.stderr.startswith("error: store damaged.db: ")
    assert not (tmp_path / "results" / "themes.csv").exists()


def test_nothing_to_analyse_is_loud(tmp_path: Path) -> None:
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / "news.txt").write_text("The parade went through the town.\n", encoding="utf-8")
    done = nightly(tmp_path)
    assert done.returncode == 4
    assert "error: no recommendations in 1 review" in done.stderr
    assert "nightly: stopped in line " in done.stderr


def test_two_runs_at_once(tmp_path: Path) -> None:
    flock = shutil.which("flock")
    if flock is None:
        pytest.skip("needs flock")
    for name in ("reviews", "results"):
        (tmp_path / name).mkdir()
    with subprocess.Popen(
        [flock, str(tmp_path / "results" / ".lock"), "sh", "-c", "echo locked; read line"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        done = nightly(tmp_path)
        assert (done.returncode, done.stderr) == (75, "nightly: the run before is still going on\n")
        holder.communicate(b"\n")
