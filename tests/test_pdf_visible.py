"""Of a PDF the text that its pages show is read, and no other; what is left out is told."""

from pathlib import Path

import pytest

from srtminer.model import Review, Skipped
from srtminer.read.pdf import NOT_UPRIGHT, read_pdf
from tests.hidden_pdfs import ALL, BOX, CASES, NAME, SQUARES, Case, file


def read(data: bytes, folder: Path, reader: str) -> Review:
    path = folder / "review.pdf"
    path.write_bytes(data)
    review = read_pdf(path, reader)
    assert isinstance(review, Review)
    return review


@pytest.mark.parametrize("reader", ["pdfium", "pdfminer"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_shown_is_read_and_nothing_else(case: Case, reader: str, tmp_path: Path) -> None:
    review = read(case.data, tmp_path, reader)
    assert (NAME in review.text) is case.shown
    assert "The Board met in Marlow in May." in review.text
    assert "The Board thanks the family for its help." in review.text
    if case.said:
        assert case.said in review.text
    told = [(one.what, one.page) for one in review.omissions if one.words]
    assert [(what.startswith(case.told), page) for what, page in told] == ([(True, 1)] if case.told else [])


@pytest.mark.parametrize("reader", ["pdfium", "pdfminer"])
@pytest.mark.parametrize("data", SQUARES, ids=["after", "before"])
def test_what_black_squares_are_typed_over_is_not_read(data: bytes, reader: str, tmp_path: Path) -> None:
    review = read(data, tmp_path, reader)
    assert NAME not in review.text
    assert "The nurse [covered] rang the school twice." in review.text
    assert review.omissions[0].what == "covered words"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_turned(rotation: int, tmp_path: Path) -> None:
    data = file(f"{ALL}0 g {BOX} re f", page=f"/MediaBox[0 0 842 842]/Rotate {rotation}")
    lines = read(data, tmp_path, "pdfium").text.split("\n\n")
    assert lines == [
        "The Board met in Marlow in May.",
        "The nurse [covered] rang the school twice.",
        "The Board thanks the family for its help.",
    ]


def test_text_that_no_page_shows_upright_is_told(tmp_path: Path) -> None:
    path = tmp_path / "review.pdf"
    path.write_bytes(file(f".7 .7 -.7 .7 400 -200 cm {ALL}0 g {BOX} re f"))
    assert read_pdf(path) == Skipped(str(path), NOT_UPRIGHT)
