"""What is typed on a PDF is read where it stands; of mere wrappers is said what they wrap."""

from pathlib import Path

import pytest

from srtminer.model import Review, Skipped
from srtminer.read.pdf import read_pdf
from tests.hidden_pdfs import LAST, PLAIN, file

TYPED = "The Trust should call the family back on the same day."
RECT = "/Rect[72 690 500 715]"
DRAWN = "BT /Helv 11 Tf {} 74 700 Td (" + TYPED + ") Tj ET"
READERS = pytest.mark.parametrize("reader", ["auto", "pdfminer"])


def appearance(color: str = "0 g", text: bool = True) -> str:
    stream = DRAWN.format(color) if text else "0 g 72 690 428 25 re f"
    return (
        "<</Type/XObject/Subtype/Form/BBox[72 690 500 715]/Resources<</Font<</Helv 5 0 R>>>>"
        f"/Length {len(stream)}>>\nstream\n{stream}\nendstream"
    )


def free_text(more: str = "/F 4", color: str = "0 g", *others: str) -> bytes:
    note = f"<</Type/Annot/Subtype/FreeText{RECT}/Contents({TYPED})/DA(/Helv 12 Tf)/AP<</N 7 0 R>>{more}>>"
    notes = "[6 0 R 8 0 R]" if others else "[6 0 R]"
    return file(PLAIN + LAST, page=f"/Annots{notes}", more=(note, appearance(color), *others))


def field(flags: str = "/F 4", more: str = "") -> bytes:
    item = (
        f"<</Type/Annot/Subtype/Widget/FT/Tx/T(answer)/V({TYPED}){RECT}/DA(/Helv 12 Tf 0 g)"
        f"/AP<</N 7 0 R>>{flags}{more}>>"
    )
    form = "/AcroForm<</Fields[6 0 R]/DR<</Font<</Helv 5 0 R>>>>/DA(/Helv 12 Tf 0 g)>>"
    return file(PLAIN + LAST, page="/Annots[6 0 R]", catalog=form, more=(item, appearance()))


def read(data: bytes, folder: Path, reader: str = "auto") -> Review | Skipped:
    path = folder / "typed.pdf"
    path.write_bytes(data)
    return read_pdf(path, reader)


@READERS
@pytest.mark.parametrize("data", [free_text(), field()], ids=["annotation", "field"])
def test_what_is_typed_is_read_in_its_place(data: bytes, reader: str, tmp_path: Path) -> None:
    review = read(data, tmp_path, reader)
    assert isinstance(review, Review)
    first, typed, last = (review.text.index(text) for text in ("The Board met", TYPED, "The Board thanks"))
    assert first < typed < last


@READERS
@pytest.mark.parametrize("size", ["0." + "0" * 320 + "1", "9" * 400, "0", "12.5.1", "-3"])
def test_a_font_size_that_cannot_be_costs_no_text(size: str, reader: str, tmp_path: Path) -> None:
    review = read(free_text().replace(b"/Helv 12 Tf", f"/Helv {size} Tf".encode()), tmp_path, reader)
    assert isinstance(review, Review)
    assert set(TYPED.split()) <= set(review.text.split())


SQUARE = (f"<</Type/Annot/Subtype/Square{RECT}/F 4/IC[0 0 0]/AP<</N 9 0 R>>>>", appearance(text=False))


@READERS
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (free_text("/F 2"), ()),
        (free_text("/F 4", "1 g"), ("words that are not shown",)),
        (field("/F 2"), ()),
        (field("/F 4", "/Ff 8192"), ()),
        (free_text("/F 4", "0 g", *SQUARE), ("covered words",)),
    ],
    ids=["hidden", "white", "hidden field", "password", "covered"],
)
def test_what_is_typed_and_not_shown_is_not_read(
    data: bytes, told: tuple[str, ...], reader: str, tmp_path: Path
) -> None:
    review = read(data, tmp_path, reader)
    assert isinstance(review, Review)
    assert "Trust" not in review.text
    assert tuple(one.what for one in review.omissions) == told


def attached(content: str) -> bytes:
    names = "/Names<</EmbeddedFiles<</Names[(child-z.pdf) 6 0 R]>>>>"
    return file(
        content,
        catalog=names,
        more=(
            "<</Type/Filespec/F(child-z.pdf)/EF<</F 7 0 R>>>>",
            "<</Type/EmbeddedFile/Length 4>>\nstream\n%PDF\nendstream",
        ),
    )


def test_a_portfolio_is_skipped_with_the_names_of_what_is_in_it(tmp_path: Path) -> None:
    skipped = read(attached(PLAIN), tmp_path)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("a portfolio")
    assert "(child-z.pdf)" in skipped.reason


def test_a_review_with_an_attachment_is_read_and_the_attachment_told(tmp_path: Path) -> None:
    lines = [LAST.replace("670", str(500 - 20 * number)) for number in range(10)]
    review = read(attached(PLAIN + "".join(lines)), tmp_path)
    assert isinstance(review, Review)
    assert [one.what for one in review.omissions] == ["attached file child-z.pdf"]


def test_a_form_that_only_one_program_shows_is_skipped(tmp_path: Path) -> None:
    says = "If this message is not eventually replaced with the proper contents of the document, wait."
    skipped = read(file(f"BT /F1 8 Tf 72 700 Td ({says}) Tj ET"), tmp_path)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("a form (XFA)")
