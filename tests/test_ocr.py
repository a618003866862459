"""Text recognition: with a program that stands in for OCRmyPDF, since the real one takes seconds a page."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from srtminer.__main__ import main
from srtminer.model import Omission, Review, Skipped
from srtminer.read import programs
from srtminer.read.compose_review import Block, compose
from srtminer.read.pdf import SCAN_ADVICE
from srtminer.read.read_file import GARBLED, NO_TEXT, ReadOptions, read_file
from srtminer.store import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script with a #! line")

PROSE = "Harrowmere Police should tell the school nurse of every incident within two working days."
STAND_IN = """\
#!{python}
import json, os, shutil, sys
from pathlib import Path
arguments = sys.argv[1:]
*_, given, wanted = arguments
note = {{"options": arguments[:-2], "temporary": os.environ["TMPDIR"], "given": given}}
Path({folder!r}, "call.json").write_text(json.dumps(note))
if {code}:
    print("first line", file=sys.stderr)
    print({complaint!r}, file=sys.stderr)
    sys.exit({code})
shutil.copy(Path({folder!r}, "answer.pdf"), wanted)
"""


def pdf(path: Path, *pages: str) -> Path:
    """Make a PDF; a page without words has a grey box, as a scan has its picture."""
    canvas = Canvas(str(path), pagesize=A4)
    for words in pages:
        if words:
            canvas.drawString(72, 700, "Recommendations")
            canvas.drawString(72, 660, words)
        else:
            canvas.setFillGray(0.5)
            canvas.rect(72, 300, 400, 400, fill=1)
            canvas.setFillGray(0)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an `ocrmypdf` on the path that gives answer.pdf; returns its folder."""
    folder = tmp_path / "bin"
    folder.mkdir()
    install(folder)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def install(folder: Path, code: int = 0, complaint: str = "") -> None:
    program = folder / "ocrmypdf"
    program.write_text(
        STAND_IN.format(python=sys.executable, folder=str(folder), code=code, complaint=complaint)
    )
    program.chmod(0o755)


def call(folder: Path) -> dict[str, object]:
    note: dict[str, object] = json.loads((folder / "call.json").read_text())
    return note


def read(path: Path, *, recognise: bool = True) -> Review | Skipped:
    (result,) = read_file(path, ReadOptions(ocr=recognise))
    return result


def review(*omissions: Omission) -> Review:
    return compose(
        [Block(PROSE)],
        source="r.pdf",
        format="pdf",
        page_count=3,
        omissions=omissions,
        page_labels=("i", "1", "2"),
    )


def test_without_the_option_a_scan_is_skipped_with_that_advice(tmp_path: Path) -> None:
    scan = pdf(tmp_path / "scan.pdf", "", "")
    assert read(scan, recognise=False) == Skipped(str(scan), SCAN_ADVICE)
    assert "--ocr" in SCAN_ADVICE


def test_a_scan_is_read_from_a_copy_with_its_text(tmp_path: Path, stand_in: Path) -> None:
    scan = pdf(tmp_path / "scan.pdf", "", "")
    pdf(stand_in / "answer.pdf", PROSE, "")
    before = scan.read_bytes()
    result = read(scan)
    assert isinstance(result, Review)
    assert PROSE in result.text
    assert (result.source, result.page_count) == (str(scan), 2)
    assert Omission(programs.RECOGNISED, 1, 0) in result.omissions
    assert Omission(NO_TEXT, 2, 0) in result.omissions
    assert scan.read_bytes() == before
    assert call(stand_in)["options"] == ["--skip-text", "--output-type", "pdf", "--optimize", "0", "--quiet"]


def test_of_a_mixed_file_only_the_pages_without_text_are_recognised(tmp_path: Path, stand_in: Path) -> None:
    mixed = pdf(tmp_path / "mixed.pdf", PROSE, "", PROSE, "")
    pdf(stand_in / "answer.pdf", PROSE, "The Board should audit its training.", PROSE, "")
    plain = read(mixed, recognise=False)
    assert isinstance(plain, Review)
    assert [o.page for o in plain.omissions if o.what == NO_TEXT] == [2, 4]
    result = read(mixed)
    assert isinstance(result, Review)
    assert "audit its training" in result.text
    assert [o.page for o in result.omissions if o.what == programs.RECOGNISED] == [2]
    assert call(stand_in)["options"][:3] == ["--skip-text", "--pages", "2,4"]  # type: ignore[index]


def test_a_file_with_text_is_not_given_to_the_program(tmp_path: Path, stand_in: Path) -> None:
    assert isinstance(read(pdf(tmp_path / "text.pdf", PROSE)), Review)
    assert not (stand_in / "call.json").exists()


def test_letters_that_cannot_be_decoded_are_replaced(tmp_path: Path, stand_in: Path) -> None:
    path = pdf(tmp_path / "odd.pdf", "")
    pdf(stand_in / "answer.pdf", PROSE)
    readings = iter([review(Omission(GARBLED, 2, 0)), review()])
    result = programs.read_with_ocr(path, lambda _: next(readings), "scan", "garbled")
    assert isinstance(result, Review)
    assert result.omissions == (Omission(programs.RECOGNISED, 2, 0),)
    assert result.page_labels == ("i", "1", "2")
    assert call(stand_in)["options"][:3] == ["--force-ocr", "--pages", "2"]  # type: ignore[index]
    whole: Iterator[Review | Skipped] = iter([Skipped("odd.pdf", "garbled"), replace(review(), page_count=1)])
    assert isinstance(programs.read_with_ocr(path, lambda _: next(whole), "scan", "garbled"), Review)
    assert call(stand_in)["options"][:2] == ["--force-ocr", "--output-type"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("code", "complaint", "reason"),
    [
        (1, "no memory \x1b[31mleft", "no memory \\x1b[31mleft"),
        (4, "", "first line"),
        (8, "EncryptedPdfError", "EncryptedPdfError"),
    ],
)
def test_a_failure_costs_one_file_and_is_told(
    tmp_path: Path, stand_in: Path, code: int, complaint: str, reason: str
) -> None:
    install(stand_in, code, complaint)
    scan = pdf(tmp_path / "scan.pdf", "")
    assert read(scan) == Skipped(str(scan), f"it is a scan without a text layer; OCRmyPDF failed: {reason}")
    mixed = read(pdf(tmp_path / "mixed.pdf", PROSE, ""))
    assert isinstance(mixed, Review)
    assert PROSE in mixed.text
    assert mixed.omissions[-1] == Omission(f"not recognised: OCRmyPDF failed: {reason}", 2, 0)


def test_a_scan_of_nothing_says_so(tmp_path: Path, stand_in: Path) -> None:
    pdf(stand_in / "answer.pdf", "")
    scan = pdf(tmp_path / "blank.pdf", "")
    reason = "it is a scan without a text layer; OCR found no text in it either"
    assert read(scan) == Skipped(str(scan), reason)


def test_what_is_not_installed_is_said_how_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    scan = pdf(tmp_path / "scan.pdf", "")
    result = read(scan)
    assert result == Skipped(
        str(scan), f"it is a scan without a text layer; --ocr needs OCRmyPDF: {programs.INSTALL_OCR}"
    )
    assert main(["--store", str(tmp_path / "s.db"), "ingest", "--ocr", str(scan)]) == 2
    assert "error: --ocr needs OCRmyPDF: install OCRmyPDF (`apt install ocrmypdf`" in capsys.readouterr().err
    assert not (tmp_path / "s.db").exists()


def test_scans_are_remembered_until_they_are_read(
    tmp_path: Path, stand_in: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    scan = pdf(tmp_path / "scan.pdf", "")
    store = str(tmp_path / "s.db")
    assert main(["--store", store, "ingest", str(scan)]) == 3
    with Store.open(Path(store)) as opened:
        assert opened.skipped() == (Skipped(str(scan), SCAN_ADVICE),)
    capfd.readouterr()
    assert main(["--store", store, "reviews", "--format", "json"]) == 0
    listed = json.loads(capfd.readouterr().out)
    assert (listed["reviews"], listed["skipped"]) == ([], [{"source": str(scan), "reason": SCAN_ADVICE}])
    assert main(["--store", store, "reviews"]) == 0
    assert "Not read: 1 file" in capfd.readouterr().out
    pdf(stand_in / "answer.pdf", PROSE)
    assert main(["--store", store, "ingest", "--ocr", str(scan)]) == 0
    with Store.open(Path(store)) as opened:
        assert opened.skipped() == ()
        assert [record.source for record in opened.records()] == [str(scan)]
    temporary = Path(str(call(stand_in)["temporary"]))
    assert temporary.is_relative_to(Path(tempfile.gettempdir()))
    assert not temporary.exists()
    assert not temporary.parent.exists()


def test_a_file_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    scan = pdf(tmp_path / "scan.pdf", "")
    store = str(tmp_path / "s.db")
    main(["--store", store, "ingest", str(scan)])
    scan.unlink()
    assert main(["--store", store, "ingest", str(scan)]) == 3
    with Store.open(Path(store)) as opened:
        assert opened.skipped() == ()
