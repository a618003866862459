"""The invented reviews in examples/, their answer key, and the layouts that their PDFs are made in."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import reportlab

from tests.make_examples import EXAMPLES, MADE_WITH, SOURCES, make_examples, read_source
from tests.pdfs import LAYOUTS

KINDS = {"SCR", "CSPR", "SAR", "DHR", "PFD", "inquiry", "response", "statement", "article", "other"}
STANDARD_FONTS = {
    f"/{name}"
    for family in (
        "Helvetica Helvetica-Bold Helvetica-Oblique Helvetica-BoldOblique",
        "Times-Roman Times-Bold Times-Italic Times-BoldItalic ZapfDingbats",
    )
    for name in family.split()
}
UPPER_TIER_AUTHORITIES = """
Barking and Dagenham/Barnet/Barnsley/Bath and North East Somerset/Bedford/Bexley/Birmingham/Blackburn/
Blackpool/Bolton/Bournemouth/Bracknell/Bradford/Brent/Brighton/Bristol/Bromley/Buckinghamshire/Bury/
Calderdale/Cambridgeshire/Camden/Cheshire/Cornwall/Coventry/Croydon/Cumberland/Cumbria/Darlington/Derby/
Derbyshire/Devon/Doncaster/Dorset/Dudley/Durham/Ealing/East Riding/East Sussex/Enfield/Essex/Gateshead/
Gloucestershire/Greenwich/Hackney/Halton/Hammersmith/Hampshire/Haringey/Harrow/Hartlepool/Havering/
Herefordshire/Hertfordshire/Hillingdon/Hounslow/Isle of Wight/Isles of Scilly/Islington/Kensington/Kent/
Kingston/Kirklees/Knowsley/Lambeth/Lancashire/Leeds/Leicester/Leicestershire/Lewisham/Lincolnshire/
Liverpool/London/Luton/Manchester/Medway/Merton/Middlesbrough/Milton Keynes/Newcastle/Newham/Norfolk/
Northamptonshire/Northumberland/Nottingham/Nottinghamshire/Oldham/Oxfordshire/Peterborough/Plymouth/
Poole/Portsmouth/Reading/Redbridge/Redcar/Richmond/Rochdale/Rotherham/Rutland/Salford/Sandwell/Sefton/
Sheffield/Shropshire/Slough/Solihull/Somerset/South Tyneside/Southampton/Southend/Southwark/St Helens/
Staffordshire/Stockport/Stockton/Stoke/Suffolk/Sunderland/Surrey/Sussex/Sutton/Swindon/Tameside/Telford/
Thurrock/Torbay/Tower Hamlets/Trafford/Tyneside/Wakefield/Walsall/Waltham Forest/Wandsworth/Warrington/
Warwickshire/Westminster/Westmorland/Wigan/Wiltshire/Windsor/Wirral/Wokingham/Wolverhampton/
Worcestershire/York/Yorkshire
"""
"""Local authorities of England with children's services, 2008–2021, by the word that tells them apart."""


def records(name: str) -> list[dict[str, Any]]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


KEY = records("examples_key.jsonl")
METADATA = records("examples_metadata.jsonl")
FILES = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix != ".sh" and path.name[0] != ".")
PDFS = [name for name in FILES if name.endswith(".pdf")]


def one_line(text: str) -> str:
    return " ".join(text.split())


def plain(text: str) -> str:
    """As the key spells agencies and metadata: apostrophes plain, in lower case, on one line."""
    return one_line(text).replace("’", "'").casefold()


def written(name: str) -> str:
    """The text of an example as its author wrote it."""
    source = SOURCES / f"{Path(name).stem}.txt"
    if source.exists():
        return one_line(" ".join(part.plain for part in read_source(source).parts))
    return one_line((EXAMPLES / name).read_text(encoding="utf-8").replace("**", ""))


def pages(pdf: Path | bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document]
    finally:
        document.close()


def test_formats_are_mixed() -> None:
    assert Counter(Path(name).suffix for name in FILES) == {".txt": 5, ".md": 1, ".pdf": 7}
    assert sorted(f"{source.stem}.pdf" for source in SOURCES.glob("*.txt")) == PDFS
    assert {read_source(source).layout for source in SOURCES.glob("*.txt")} == set(LAYOUTS)


def test_metadata_describes_every_file() -> None:
    assert sorted(record["file"] for record in METADATA) == FILES


@pytest.mark.parametrize("record", METADATA, ids=lambda record: record["file"])
def test_metadata_stands_in_the_text(record: dict[str, Any]) -> None:
    text = plain(written(record["file"]))
    assert record["kind"] in KINDS
    assert plain(record["board"]) in text
    assert plain(record["subject"]) in text
    assert str(record["year"]) in text
    assert [word for word in plain(record["title"]).split() if word.strip(":") not in text] == []


def test_themes_recur_in_several_reviews() -> None:
    reviews: dict[str, set[str]] = {}
    for record in KEY:
        reviews.setdefault(record["theme"], set()).add(record["file"])
    assert {theme: len(files) for theme, files in reviews.items() if len(files) < 3} == {"one-off": 1}


@pytest.mark.parametrize("name", sorted({record["file"] for record in KEY}))
def test_key_stands_in_the_text_in_its_order(name: str) -> None:
    text = written(name)
    position = text.casefold().rindex("recommendation", 0, text.rindex(first_start(name)))
    for record in (record for record in KEY if record["file"] == name):
        start = text.index(record["starts"], position)
        position = text.index(record["ends"], start) + len(record["ends"])
        assert 40 < position - start < 600, record


def first_start(name: str) -> str:
    return str(next(record["starts"] for record in KEY if record["file"] == name))


@pytest.mark.parametrize("record", KEY, ids=lambda record: f"{record['file']} {record['reference']}")
def test_agency_is_printed(record: dict[str, Any]) -> None:
    text = plain(written(record["file"]))
    assert [name for name in (record["agency"] or "").split("; ") if plain(name) not in text] == []


@pytest.mark.parametrize("name", PDFS)
def test_pdf_has_every_word_of_its_text(name: str) -> None:
    shown = Counter(one_line(" ".join(pages(EXAMPLES / name))).replace("-", " ").split())
    wanted = Counter(written(name).replace("-", " ").split())
    missing = wanted - shown
    # A footnote mark sticks to the word before it.
    assert [
        word for word in missing if not any(re.fullmatch(re.escape(word) + r"\d", w) for w in shown)
    ] == []


@pytest.mark.parametrize("name", PDFS)
def test_pdf_shows_the_key(name: str) -> None:
    shown = one_line(" ".join(pages(EXAMPLES / name)))
    for record in (record for record in KEY if record["file"] == name):
        assert record["starts"] in shown
        assert record["ends"] in shown


@pytest.mark.parametrize("name", PDFS)
def test_pdf_uses_standard_fonts_and_has_no_date(name: str) -> None:
    data = (EXAMPLES / name).read_bytes()
    assert b"/FontFile" not in data
    assert {font.decode() for font in re.findall(rb"/BaseFont (/[\w-]+)", data)} <= STANDARD_FONTS
    assert set(re.findall(rb"/(?:CreationDate|ModDate) \(D:(\d{8})", data)) == {b"20000101"}


def test_made_again_the_pdfs_are_the_same(tmp_path: Path) -> None:
    made = make_examples(tmp_path)
    assert [path.name for path in made] == PDFS
    for path in made:
        committed = EXAMPLES / path.name
        if reportlab.Version == MADE_WITH:
            assert path.read_bytes() == committed.read_bytes(), path.name
        else:
            again, before = (one_line(" ".join(pages(file))) for file in (path, committed))
            assert again == before, path.name


def real_authorities(text: str) -> list[str]:
    names = [name.strip() for name in UPPER_TIER_AUTHORITIES.split("/")]
    names += [name.upper() for name in names]  # as titles are printed
    return re.findall(rf"\b(?:{'|'.join(map(re.escape, names))})\b", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kent County Council", ["Kent"]),
        ("ISLE OF WIGHT", ["ISLE OF WIGHT"]),
        ("reading the file", []),
        ("Wexmoor and Thornley", []),
    ],
)
def test_real_authorities_are_recognised(text: str, found: list[str]) -> None:
    assert real_authorities(text) == found


@pytest.mark.parametrize("name", FILES)
def test_no_real_authority_is_named(name: str) -> None:
    assert real_authorities(written(name)) == []


@pytest.mark.parametrize("name", FILES)
def test_example_says_that_it_is_invented(name: str) -> None:
    assert "Invented example: no real child, family, place or agency is described." in written(name)[:600]
