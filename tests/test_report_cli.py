"""`srtminer report` as a user types it."""

import json
import sys
from pathlib import Path

import pytest
from lxml import html as parser

from srtminer.__main__ import main
from tests.invented_reviews import OVERVIEW_P, SUMMARY_Q
from tests.stores import ingested

NORWICK = OVERVIEW_P.replace("the child alone.", "the child alone, as Ann Poole asked.")
SALTBY = f"""{SUMMARY_Q}\
<script>alert(1)</script> =HYPERLINK("http://x") [/b] \x1b[31m \u202e
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = ingested(tmp_path, {"ann-poole.txt": NORWICK, "saltby.txt": SALTBY})
    return store.rename(tmp_path / "reviews.db")


def run(store: Path, *arguments: str) -> int:
    return main(["--store", str(store), "report", *arguments])


def test_writes_one_file_and_nothing_to_the_terminal(
    store: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    target = tmp_path / "report.html"
    assert run(store, "--output", str(target), "--title", "Learning", "--date", "3 March 2026") == 0
    said = capsysbinary.readouterr()
    assert said.out == b""
    assert b"note: wrote" in said.err
    html = target.read_text(encoding="utf-8")
    assert '<h1 dir="auto">Learning</h1>' in html
    assert "3 March 2026" in html
    assert "<script>alert" not in html
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_goes_to_a_pipe_and_is_the_same_file_each_time(
    store: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    target = tmp_path / "report.html"
    assert main(["--quiet", "--store", str(store), "report"]) == 0
    said = capsysbinary.readouterr()
    assert said.err == b""
    assert main(["--quiet", "--store", str(store), "report", "--output", str(target)]) == 0
    assert target.read_bytes() == said.out


def test_figures_are_those_of_the_theme_table(
    store: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["--quiet", "--store", str(store), "themes", "--format", "json"]) == 0
    themes = json.loads(capsysbinary.readouterr().out)["themes"]
    assert main(["--quiet", "--store", str(store), "report"]) == 0
    document = parser.document_fromstring(capsysbinary.readouterr().out.decode())
    shown = [
        (body.get("data-label"), body.get("data-reviews"), body.get("data-size"))
        for body in document.xpath("//tbody[@data-rank]")
    ]
    assert shown == [(t["label"], str(t["reviews"]), str(t["recommendations"])) for t in themes]


def test_redaction_and_small_counts_are_recorded(
    store: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    names = tmp_path / "names"
    names.write_text("\ufeffAnn Poole\n\nNobody Here\nSaltby\n", encoding="utf-8")
    target = tmp_path / "report.html"
    arguments = (
        "--output",
        str(target),
        "--redact",
        str(names),
        "--small-counts",
        "2",
        "--where",
        "board=saltby",
        "--where",
        "board=norwick",
    )
    assert run(store, *arguments) == 0
    html = target.read_text(encoding="utf-8")
    assert "poole" not in html.casefold()
    assert "saltby" not in html.casefold()
    assert "replaced by [redacted]: 3 as listed" in html
    assert "under 2 withheld" in html
    assert "board=[redacted]" in html
    said = " ".join(capsysbinary.readouterr().err.decode().split())
    assert "1 of 3 names in " in said
    assert " occurs nowhere; check the spelling of number 2 note: wrote" in said


def test_what_stands_around_an_excerpt_is_shown_only_where_asked_for(
    store: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["--quiet", "--store", str(store), "report"]) == 0
    assert "In context" not in capsysbinary.readouterr().out.decode()
    assert main(["--quiet", "--store", str(store), "report", "--context", "1"]) == 0
    assert "In context" in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--output", "report.pdf"), 2, "or a Word document (.docx): write --output report.html"),
        (("--output", "reviews.db"), 2, "is the store itself"),
        (("--small-counts", "1"), 2, "--small-counts"),
        (("--themes", "0"), 2, "--themes"),
        (("--redact", "none.txt"), 2, "cannot be read"),
        (("--redact", "empty.txt"), 2, "has no names"),
        (("--redact", "marks.txt"), 2, "has no letter or digit"),
        (("--redact", "latin.txt"), 2, "is not UTF-8"),
        (("--where", "year=1999"), 4, "no review fits"),
        (("--where", "colour=red"), 2, "FIELD=VALUE"),
    ],
)
def test_mistakes(
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    arguments: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").write_text("\n \n")
    (tmp_path / "marks.txt").write_text("Ann\n***\n")
    (tmp_path / "latin.txt").write_bytes("José".encode("latin-1"))
    assert run(store, *arguments) == code
    said = capsysbinary.readouterr()
    assert said.out == b""
    assert message in " ".join(said.err.decode().split())
    assert said.err.decode().splitlines()[-1].startswith("error: ")


def test_no_report_is_dumped_onto_a_terminal(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(store) == 2
    assert b"--output report.html" in capsysbinary.readouterr().err
