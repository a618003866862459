"""`--metadata FILE.csv`: what is taken, and what is said about a line that cannot be."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from srtminer.errors import ExitCode, UsageError
from srtminer.model import GIVEN, Fact
from srtminer.read.table import read_metadata


def metadata(tmp_path: Path, content: str | bytes) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    path = tmp_path / "m.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_metadata(path)


def facts(**values: str) -> tuple[Fact, ...]:
    return tuple(Fact(field, value, GIVEN) for field, value in values.items())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "source,year,board\nin/m.pdf,2010,Zelby LSCB\nn.pdf,,\n",
            (("in/m.pdf", facts(board="Zelby LSCB", year="2010")), ("n.pdf", ())),
        ),
        (
            "\ufeffBoard; SOURCE ;Year\r\n Zelby  LSCB ; m.pdf ;2010.0\r\n;;\r\n",
            (("m.pdf", facts(board="Zelby LSCB", year="2010")),),
        ),
        (
            'source,title,subject,kind,published\nm.pdf,"Learning, and\nmore",Child M,dhr,2010-05\n',
            (
                (
                    "m.pdf",
                    facts(title="Learning, and more", subject="Child M", kind="DHR", published="2010-05"),
                ),
            ),
        ),
        ("source,kind\nm.pdf,thematic review\n", (("m.pdf", facts(kind="thematic review")),)),
        ("source,year\nm.pdf,2010\nm.pdf,2010\n", (("m.pdf", facts(year="2010")),)),
        ("source,year\na  b.pdf,2010\n", (("a  b.pdf", facts(year="2010")),)),
        ("source\tyear\nm.pdf\t2010\n".encode("utf-16"), (("m.pdf", facts(year="2010")),)),
        ("source;board\nm.pdf;Caf\xe9\n".encode("cp1252"), (("m.pdf", facts(board="Café")),)),
        ("source,year\n", ()),
    ],
)
def test_what_is_taken(
    tmp_path: Path, content: str | bytes, expected: tuple[tuple[str, tuple[Fact, ...]], ...]
) -> None:
    assert metadata(tmp_path, content) == expected


COLUMNS = "source, title, subject, board, kind, year, published, authors"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("file,year\nm.pdf,2010\n", f" has no column 'source': name the columns {COLUMNS}"),
        ("\nsource,boards\nm.pdf,Zelby\n", f": no column is named 'boards': use {COLUMNS}"),
        ("source,a\u202eb\nm.pdf,Zelby\n", f": no column is named 'ab': use {COLUMNS}"),
        (
            "source,year\nm.pdf,2010\nn.pdf,20x\n",
            ", line 3: '20x' is not a year; write four digits, like 2010",
        ),
        ("source,year\nm.pdf,2009/10\n", ", line 2: '2009/10' is not a year; write four digits, like 2010"),
        (
            "source,published\nm.pdf,spring\n",
            ", line 2: 'spring' is not a date; write it like 2010-05-03, 2010-05 or 2010",
        ),
        ("source,year\nm.pdf,0210\n", ", line 2: '0210' is not a year; write four digits, like 2010"),
        (
            "source,year\nm.pdf,2010\nn.pdf,2010\nm.pdf,2011\n",
            ", line 4: 'm.pdf' stands in line 2 with other values: keep one of them",
        ),
        ("source,year\n,2010\n", ", line 2: the cell 'source' is empty: write a file's path or name there"),
        (
            "source,board,year\nm.pdf,Zelby, North,2010\n",
            ", line 2: there are more cells than columns: put text with commas between quotes",
        ),
        ("source,year,Year\nm.pdf,2010,2011\n", ": there are two columns named year: rename or delete one"),
        (
            'source,board\n"a\nb.pdf",x\nm.pdf,"Zelby\n',
            ": the row that begins at line 4 has a quotation mark that is not closed, "
            "or that stands in a quoted cell without being doubled: mend it",
        ),
        ("", ": it is empty; save it as .xlsx or CSV"),
        (b"PK\x03\x04\x00\x00", ": it is not a workbook, or it is damaged; save it as .xlsx or CSV"),
    ],
)
def test_what_is_refused(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        metadata(tmp_path, content)
    assert str(caught.value) == f"--metadata {tmp_path / 'm.csv'}{message}"
    assert caught.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize(("name", "why"), [("no.csv", "no such file"), ("", "is a directory")])
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_metadata(tmp_path / name)
    assert str(caught.value) == f"--metadata {tmp_path / name}: {why}"


def test_an_edited_workbook_of_reviews_is_taken(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["What it means", "and nothing else"])
    page = book.create_sheet("Result")
    page.append(["ID", "Source", "Board", "Year", "Published", "Why none", "Left out"])
    page.append(["a1", "m.pdf", "Zelby LSCB", 2010.0, datetime(2011, 5, 3), None, "contents page"])
    book.save(tmp_path / "m.xlsx")
    assert metadata(tmp_path, (tmp_path / "m.xlsx").read_bytes()) == (
        ("m.pdf", facts(board="Zelby LSCB", year="2010", published="2011-05-03")),
    )


def test_a_workbook_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srtminer.read.table_rows.SIZE_LIMIT", 100)
    Workbook().save(tmp_path / "m.xlsx")
    with pytest.raises(UsageError, match="unpacks to more than"):
        metadata(tmp_path, (tmp_path / "m.xlsx").read_bytes())


def test_utf_8_that_was_read_as_windows_is_taken_for_what_it_is(tmp_path: Path) -> None:
    mangled = "\ufeffsource,board\nm.pdf,Zelby’s LSCB\n".encode().decode("cp1252").encode()
    assert metadata(tmp_path, mangled + "n.pdf,Caf\u00e9\n".encode()) == (
        ("m.pdf", facts(board="Zelby’s LSCB")),
        ("n.pdf", facts(board="Caf\u00e9")),
    )
