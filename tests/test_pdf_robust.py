"""Damaged, hostile and odd PDFs become a review or a reason, never an exception."""

import io
import os
import random
import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import tests.pdf_troubles_tables  # enters its troubles
from srtminer.model import Review, Skipped
from srtminer.read.pdf import READERS, SCAN_ADVICE, read_pdf
from srtminer.read.pdf.geometry import DAMAGED, PROTECTED
from tests.pdf_troubles import NURSE, SCHOOL, TROUBLES, Sheet

MUTANTS = int(os.environ.get("SRTMINER_PDF_MUTANTS", "300"))
"""How many damaged files are tried; 5,000 take about two minutes."""
SEED = 20100603

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
    counts: Counter[str] = Counter()
    for number in range(MUTANTS):
        path = tmp_path / "mutant.pdf"
        path.write_bytes(mutated(whole[number % len(whole)], chance))
        counts[outcome(path, "pdfminer" if number % 10 == 0 else "auto")] += 1
    print(sorted(counts.items()))
    assert set(counts) <= {"read", DAMAGED, PROTECTED, SCAN_ADVICE}
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


def page_with(content: str, font: str) -> bytes:
    return pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        font,
    )


HOSTILE = {
    "empty": b"",
    "not a PDF": b"Dear Board, please find the review attached.",
    "header alone": b"%PDF-1.7\n",
    "pages that contain themselves": pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "two pages in a circle": pdf(
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"
    ),
    "deep arrays": pdf(f"<</Type/Catalog/Pages {'[' * 20000}>>"),
    "deep dictionaries": pdf(f"<</Type/Catalog/Pages {'<</A' * 5000}>>"),
    "a million pages that are not there": pdf(
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 1000000>>"
    ),
    "a content stream of brackets": page_with("[" * 50000, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
    "a form that draws itself": pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        "<</Length 5>>stream\n/X Do\nendstream",
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream",
    ),
}  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str, reader: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(HOSTILE[name])
    assert outcome(path, reader) in {DAMAGED, SCAN_ADVICE}


@pytest.mark.parametrize("reader", READERS)
def test_a_password_is_asked_for(reader: str, tmp_path: Path) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("open sesame", canPrint=0))
    canvas.drawString(72, 700, SCHOOL[:60])
    canvas.save()
    path = tmp_path / "locked.pdf"
    path.write_bytes(target.getvalue())
    assert outcome(path, reader) == PROTECTED


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_only_restricts_printing_is_read(reader: str, tmp_path: Path) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    canvas.drawString(72, 700, SCHOOL[:60])
    canvas.save()
    path = tmp_path / "restricted.pdf"
    path.write_bytes(target.getvalue())
    assert outcome(path, reader) == "read"


@pytest.mark.parametrize("reader", READERS)
def test_a_scan_says_what_to_do(reader: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.canvas.rect(50, 50, 400, 600, fill=1)
    sheet.page()
    path = tmp_path / "scan.pdf"
    path.write_bytes(sheet.done())
    assert outcome(path, reader) == SCAN_ADVICE


def test_every_trouble_opens_in_pdfium() -> None:
    assert all(len(pypdfium2.PdfDocument(trouble.make())) >= 1 for trouble in TROUBLES)
    assert NURSE in tests.pdf_troubles_tables.SCHOOL + NURSE
