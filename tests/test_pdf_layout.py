"""Both PDF libraries give the paragraphs that a person reads, whatever the layout."""

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

import tests.pdf_troubles_columns
import tests.pdf_troubles_spacing
import tests.pdf_troubles_tables  # noqa: F401  (they enter their troubles)
from srtminer.model import Review
from srtminer.read.pdf import read_pdf
from srtminer.read.pdf.geometry import is_note_mark
from tests.pdf_troubles import LEFT, TROUBLES, Read, Sheet, Trouble, labelled

LIBRARIES = ("pdfium", "pdfminer")


def reviewed(data: bytes, folder: Path, library: str) -> Review:
    path = folder / "made.pdf"
    path.write_bytes(data)
    review = read_pdf(path, library)
    assert isinstance(review, Review)
    return review


def paragraphs(review: Review) -> list[Read]:
    return [(part.role, part.number, review.text[part.start : part.end]) for part in review.paragraphs]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)
def test_paragraphs(trouble: Trouble, library: str, tmp_path: Path) -> None:
    assert paragraphs(reviewed(trouble.make(), tmp_path, library)) == list(trouble.expected)


def test_first_letter_with_a_space_that_nobody_sees(tmp_path: Path) -> None:
    sheet = Sheet()
    for first, rest, gap in (("W", "e ask the Board to write.", 0.0), ("A", "nurse reads it.", 3.0)):
        sheet.at(LEFT, sheet.y, f"{first} ")
        sheet.at(LEFT + stringWidth(first, sheet.font, sheet.points) + gap, sheet.y, rest)
        sheet.y -= 40
    read = paragraphs(reviewed(sheet.done(), tmp_path, "pdfium"))
    assert [words for _, _, words in read] == ["We ask the Board to write.", "A nurse reads it."]


@pytest.mark.parametrize("library", LIBRARIES)
def test_page_labels(library: str, tmp_path: Path) -> None:
    assert reviewed(labelled(), tmp_path, library).page_labels == ("i", "ii", "1")


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_was_left_out_is_told(library: str, tmp_path: Path) -> None:
    by_name = {trouble.name: trouble for trouble in TROUBLES}

    def omitted(name: str) -> list[tuple[str, int, int]]:
        review = reviewed(by_name[name].make(), tmp_path, library)
        return [(omission.what, omission.page, omission.lines) for omission in review.omissions]

    assert omitted("page_without_text") == [("page without text", 2, 0)]
    assert omitted("contents_with_leaders") == [("contents page", 2, 6)]
    assert omitted("footnotes_and_their_marks") == [("footnote", 1, 1)]
    assert [what for what, _, _ in omitted("watermark")] == ["text that is not upright"]
    assert [page for _, page, _ in omitted("running_headers_odd_and_even")] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("library", LIBRARIES)
def test_levels_of_headings_follow_their_looks(library: str, tmp_path: Path) -> None:
    by_name = {trouble.name: trouble for trouble in TROUBLES}
    review = reviewed(by_name["headings_of_every_kind"].make(), tmp_path, library)
    assert [part.level for part in review.paragraphs if part.role == "heading"] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("size", "y", "is_mark"),
    [(7, 96, True), (7, 100, True), (11, 96, True), (7, 101.5, False), (11, 100, False), (10, 100, False)],
)
def test_small_or_raised_digits_are_note_marks_but_lowered_ones_are_not(
    size: float, y: float, is_mark: bool
) -> None:
    assert is_note_mark(size, y, line_size=11, line_y=100) is is_mark
