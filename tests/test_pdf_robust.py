"""Damaged, hostile and odd PDFs become a review or a reason, never an exception."""

import io
import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest
import reportlab
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import tests.pdf_troubles_tables  # noqa: F401  (enters its troubles)
from srtminer.model import Review, Skipped
from srtminer.read.pdf import SCAN_ADVICE, read_pdf
from srtminer.read.pdf.geometry import DAMAGED, PROTECTED, UNDECODABLE
from srtminer.read.read_file import NOTHING_SHOWN
from tests.hidden_pdfs import CASES
from tests.pdf_troubles import SCHOOL, TROUBLES, Sheet
from tests.test_pdf_typed import field, free_text

READERS = ("auto", "pdfium", "pdfminer")
MUTANTS = int(os.environ.get("SRTMINER_PDF_MUTANTS", "300"))
"""How many damaged files are tried; 5,000 take about two minutes."""
SEED = 20100603
LARGE = 100_000
FONTS = Path(reportlab.__file__).parent / "fonts"

_NUMBER = re.compile(rb"\d+")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Damage a file in one of seven ways."""
    place, length = chance.randrange(len(data)), chance.randrange(1, 60)
    match chance.randrange(7):
        case 0:
            return data[:place]
        case 1:
            return data[:place] + data[place + length :]
        case 2:
            return data[:place] + chance.randbytes(length) + data[place + length :]
        case 3:
            return data[:place] + data[chance.randrange(len(data)) :]
        case 4:
            return data[:place] + data[max(0, place - 2000) : place] + data[place:]
        case 5:
            numbers = list(_NUMBER.finditer(data))
            number = numbers[chance.randrange(len(numbers))]
            value = chance.choice((b"0", b"-1", b"65536", b"99999999999", number.group() + b"7"))
            return data[: number.start()] + value + data[number.end() :]
        case _:
            changed = bytearray(data)
            for _ in range(chance.randrange(1, 30)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            return bytes(changed)


def outcome(path: Path, reader: str = "auto") -> str:
    read = read_pdf(path, reader)
    assert isinstance(read, (Review, Skipped))
    return read.reason if isinstance(read, Skipped) else "read"


def test_mutants(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    whole = [trouble.make() for trouble in TROUBLES]
    whole += [case.data for case in CASES if len(case.data) < LARGE] + [field(), free_text()]
    counts: Counter[str] = Counter()
    for number in range(MUTANTS):
        path = tmp_path / "mutant.pdf"
        path.write_bytes(mutated(whole[number % len(whole)], chance))
        counts[outcome(path, "pdfminer" if number % 10 == 0 else "auto")] += 1
    print(sorted(counts.items()))
    assert set(counts) <= {"read", DAMAGED, PROTECTED, SCAN_ADVICE, UNDECODABLE, NOTHING_SHOWN}
    assert counts["read"] > MUTANTS / 3


def pdf(*objects: str) -> bytes:
    """Put a file together from its objects, the first one being the catalog."""
    body, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF".encode()


CATALOG = "<</Type/Catalog/Pages 2 0 R>>"


def page_with(content: str, *fonts: str) -> bytes:
    return pdf(
        CATALOG,
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        *fonts,
    )


HOSTILE = {
    "empty": b"",
    "not a PDF": b"Dear Board, please find the review attached.",
    "header alone": b"%PDF-1.7\n",
    "pages that contain themselves": pdf(CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "pages in a circle": pdf(
        CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"
    ),
    "deep arrays": pdf(f"<</Type/Catalog/Pages {'[' * 20000}>>"),
    "deep dictionaries": pdf(f"<</Type/Catalog/Pages {'<</A' * 5000}>>"),
    "a million pages that are not there": pdf(
        CATALOG, "<</Type/Pages/Kids[]/Count 1000000>>"
    ),
    "a content stream of brackets": page_with("[" * 50000, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
    "a form that draws itself": pdf(
        CATALOG,
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        "<</Length 5>>stream\n/X Do\nendstream",
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
        "/Length 5>>stream\n/X Do\nendstream",
    ),
}  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str, reader: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(HOSTILE[name])
    assert outcome(path, reader) in {DAMAGED, SCAN_ADVICE}


@pytest.mark.parametrize("reader", ["auto", "pdfium", "pdfminer"])
def test_a_password_is_asked_for(reader: str, tmp_path: Path) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("open sesame", canPrint=0))
    canvas.drawString(72, 700, SCHOOL[:60])
    canvas.save()
    path = tmp_path / "locked.pdf"
    path.write_bytes(target.getvalue())
    assert outcome(path, reader) == PROTECTED


@pytest.mark.parametrize("reader", ["auto", "pdfium", "pdfminer"])
def test_a_file_that_only_restricts_printing_is_read(reader: str, tmp_path: Path) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    canvas.drawString(72, 700, SCHOOL[:60])
    canvas.save()
    path = tmp_path / "restricted.pdf"
    path.write_bytes(target.getvalue())
    assert outcome(path, reader) == "read"


@pytest.mark.parametrize("reader", ["auto", "pdfium", "pdfminer"])
def test_a_scan_says_what_to_do(reader: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.canvas.rect(50, 50, 400, 600, fill=1)
    sheet.page()
    path = tmp_path / "scan.pdf"
    path.write_bytes(sheet.done())
    assert outcome(path, reader) == SCAN_ADVICE


def without_unicode_map(font_file: bytes, words: str) -> bytes:
    """Show a text by the numbers of its glyphs, as PDFs do whose fonts have no Unicode map."""
    face = TTFont("Vera", "Vera.ttf").face
    codes = "".join(f"{face.charToGlyph[ord(letter)]:04X}" for letter in words)
    return page_with(
        f"BT /F 5 Tf 20 700 Td <{codes}> Tj ET",
        "<</Type/Font/Subtype/Type0/BaseFont/V/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/V/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>/FontDescriptor 7 0 R/CIDToGIDMap/Identity/DW 600>>",
        "<</Type/FontDescriptor/FontName/V/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900"
        f"/Descent -200/CapHeight 700/StemV 80{'/FontFile2 8 0 R' if font_file else ''}>>",
        f"<</Length {2 * len(font_file) + 1}/Filter/ASCIIHexDecode>>stream\n{font_file.hex()}>\nendstream",
    )


def test_pdfminer_reads_what_pdfium_cannot_decode(tmp_path: Path) -> None:
    path = tmp_path / "codes.pdf"
    path.write_bytes(without_unicode_map((FONTS / "Vera.ttf").read_bytes(), SCHOOL))
    read = read_pdf(path)
    assert isinstance(read, Review)
    assert read.text == SCHOOL
    assert outcome(path, "pdfium") == UNDECODABLE


def test_codes_without_characters_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "codes.pdf"
    path.write_bytes(without_unicode_map(b"", SCHOOL))
    assert [outcome(path, reader) for reader in READERS] == [UNDECODABLE] * 3
