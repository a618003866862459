"""E-mails and pages saved as one file."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from srtminer.cli.app import run
from srtminer.model import STRUCK, Omission, Review, Skipped
from srtminer.read.read_file import ReadOptions, read_file
from tests.paragraphs import texts

HTML = "<p>Recommendations</p><ol><li>The Tarn Board should act.<li><s>Stop all visits.</s></ol>"


def read(path: Path) -> Review | Skipped:
    (result,) = read_file(path, ReadOptions())
    return result


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {"From": "chair@tarn.example", "Subject": "Review: Child T", **headers}.items():
        made[name] = value
    return made


def saved(tmp_path: Path, data: bytes, name: str = "a.eml") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_the_text_is_read_and_attachments_are_named(tmp_path: Path) -> None:
    made = message()
    made.set_content(
        "Recommendations\n\n1. The Tarn Board should act.\n\n2. The Trust – “ours” – should act.\n"
    )
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="final report.pdf")
    review = read(saved(tmp_path, made.as_bytes()))
    assert isinstance(review, Review)
    assert texts(review)[0] == "Review: Child T"
    assert texts(review)[-1] == "The Trust – “ours” – should act."
    assert review.omissions == (Omission("attached file final report.pdf", 1, 0),)
    assert review.format == "mail"


def test_the_page_is_preferred_to_its_plain_version(tmp_path: Path) -> None:
    made = message()
    made.set_content("See the page.")
    made.add_alternative(HTML, subtype="html")
    review = read(saved(tmp_path, made.as_bytes()))
    assert isinstance(review, Review)
    assert texts(review) == ["Review: Child T", "Recommendations", "The Tarn Board should act."]
    assert review.omissions == (Omission(STRUCK, 1, 0, 3),)


def test_a_page_saved_as_one_file(tmp_path: Path) -> None:
    made = EmailMessage()
    made.set_content(HTML, subtype="html")
    made.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<a>")
    review = read(saved(tmp_path, made.as_bytes(), "a.mht"))
    assert isinstance(review, Review)
    assert texts(review)[-1] == "The Tarn Board should act."


def test_an_alphabet_that_does_not_exist(tmp_path: Path) -> None:
    data = "Subject: Résumé\nContent-Type: text/plain; charset=nowhere\n\nThe Board’s plan.\n".encode(
        "cp1252"
    )
    review = read(saved(tmp_path, data))
    assert isinstance(review, Review)
    assert texts(review)[-1] == "The Board’s plan."


def test_an_empty_mail_with_attachments_says_what_to_do(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="final.pdf")
    path = saved(tmp_path, made.as_bytes())
    assert read(path) == Skipped(str(path), "an e-mail without text: save its attached file final.pdf")


def test_an_attachment_that_could_be_read_is_told_on_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = message(Subject="The review", From="a@example.org")
    made.set_content("Please find the review attached.")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="final.pdf")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="logo.gif")
    path = saved(tmp_path, bytes(made))
    assert run(["--store", str(tmp_path / "a.db"), "ingest", "--jobs", "1", str(path)]) == 0
    notes = [line for line in capsys.readouterr().err.splitlines() if "not read" in line]
    assert notes == [f"note: {path}: not read: attached file final.pdf; save it as a file, and ingest that"]
