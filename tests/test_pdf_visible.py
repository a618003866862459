"""Of a PDF the text that its pages show is read, and no other; what is left out is told."""

from pathlib import Path

import pytest

from srtminer.model import Review
from srtminer.read.pdf import read_pdf
from tests.hidden_pdfs import CASES, NAME, Case


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
