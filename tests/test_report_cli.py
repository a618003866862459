"""`srtminer report` as a user types it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import html as parser

from tests.invented_reviews import OVERVIEW_P, SUMMARY_Q
from tests.stores import Call, ingested

NORWICK = OVERVIEW_P.replace("the child alone.", "the child alone, as Ann Poole asked.")
SALTBY = f"""{SUMMARY_Q}\
<script>alert(1)</script> =HYPERLINK("http://x") [/b] \x1b[31m \u202e
"""


@pytest.fixture
def call(call: Call, tmp_path: Path) -> Call:
    """Run a command in a folder with a store of two reviews."""
    ingested(tmp_path, {"ann-poole.txt": NORWICK, "saltby.txt": SALTBY})
    return call


def test_writes_one_file_and_nothing_to_the_terminal(call: Call) -> None:
    ended = call("report", "--output", "report.html", "--title", "Learning", "--date", "3 March 2026")
    assert (ended.code, ended.out) == (0, "")
    assert "note: wrote" in ended.err
    html = Path("report.html").read_text(encoding="utf-8")
    assert '<h1 dir="auto">Learning</h1>' in html
    assert "3 March 2026" in html
    assert "<script>alert" not in html
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_a_file_that_could_not_be_read_is_told_with_what_takes_it_out(call: Call) -> None:
    Path("empty.pdf").write_bytes(b"%PDF-1.4\n")
    assert call("ingest", "empty.pdf").code == 3
    told = "the report names empty.pdf as not read; `srtminer remove empty.pdf` leaves it out"
    assert told in call("report", "--output", "report.html").err
    assert call("remove", "empty.pdf", "--yes").code == 0
    assert told not in call("report", "--output", "report.html").err


def test_goes_to_a_pipe_and_is_the_same_file_each_time(call: Call) -> None:
    piped = call("--quiet", "report")
    assert (piped.code, piped.err) == (0, "")
    assert call("--quiet", "report", "--output", "report.html").code == 0
    assert Path("report.html").read_text(encoding="utf-8") == piped.out


def test_the_page_follows_the_bar_and_not_into_it(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    @contextmanager
    def waiting(*_: object) -> Iterator[None]:
        yield
        done.append("waited")

    monkeypatch.setattr("srtminer.cli.export.progress", waiting)
    monkeypatch.setattr("srtminer.cli.export.emit", lambda _: done.append("written"))
    assert call("report").code == 0
    assert done == ["waited", "written"]


def test_figures_are_those_of_the_theme_table(call: Call) -> None:
    themes = json.loads(call("themes", "--format", "json").out)["themes"]
    document = parser.document_fromstring(call("report").out)
    shown = [
        (body.get("data-label"), body.get("data-reviews"), body.get("data-size"))
        for body in document.xpath("//tbody[@data-rank]")
    ]
    assert shown == [(t["label"], str(t["reviews"]), str(t["recommendations"])) for t in themes] != []


def test_redaction_and_small_counts_are_recorded(call: Call) -> None:
    Path("names").write_text("\ufeffAnn Poole\n\nNobody Here\nSaltby\n", encoding="utf-8")
    words = "report --output report.html --redact names --small-counts 2"
    ended = call(*words.split(), "--where", "board=saltby", "--where", "board=norwick")
    assert ended.code == 0
    html = Path("report.html").read_text(encoding="utf-8")
    assert "poole" not in html.casefold()
    assert "saltby" not in html.casefold()
    assert "replaced by [redacted]: 3 as listed" in html
    assert "under 2 withheld" in html
    assert "board=[redacted]" in html
    said = " ".join(ended.err.split())
    assert "1 of 3 names in " in said
    assert " occurs nowhere; check the spelling of number 2 note: wrote" in said


def test_what_stands_around_an_excerpt_is_shown_only_where_asked_for(call: Call) -> None:
    assert "In context" not in call("report").out
    assert "In context" in call("report", "--context", "1").out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--output", "report.pdf"), 2, "or a Word document (.docx): write --output report.html"),
        (("--output", "srtminer.db"), 2, "is the store itself"),
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
def test_mistakes(call: Call, arguments: tuple[str, ...], code: int, message: str) -> None:
    Path("empty.txt").write_text("\n \n")
    Path("marks.txt").write_text("Ann\n***\n")
    Path("latin.txt").write_bytes("José".encode("latin-1"))
    ended = call("report", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert message in " ".join(ended.err.split())
    assert ended.err.splitlines()[-1].startswith("error: ")


def test_no_report_is_dumped_onto_a_terminal(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ended = call("report")
    assert ended.code == 2
    assert "--output report.html" in ended.err
