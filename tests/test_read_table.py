"""Tables of ready recommendations, as spreadsheets and scripts write them."""

import codecs
import json
from pathlib import Path

import pytest

from srtminer.model import GIVEN, Agency, Fact, Omission, Recommendation, Review, Skipped
from srtminer.read.compose_review import content_id
from srtminer.read.table import read_table


def table(tmp_path: Path, content: str | bytes, name: str = "recs.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(tmp_path: Path, content: str | bytes, name: str = "recs.csv") -> tuple[Review, ...]:
    reviews = []
    for result in read_table(table(tmp_path, content, name)):
        assert isinstance(result, Review), result
        reviews.append(result)
    return tuple(reviews)


def skipped(tmp_path: Path, content: str | bytes, name: str = "recs.csv") -> str:
    (result,) = read_table(table(tmp_path, content, name))
    assert isinstance(result, Skipped)
    assert result.source == str(tmp_path / name)
    return result.reason


def ready(tmp_path: Path, content: str | bytes, name: str = "recs.csv") -> list[tuple[str, str]]:
    """Read (reference, text) of all recommendations."""
    return [(one.reference, one.text) for review in read(tmp_path, content, name) for one in review.ready]


FULL = (
    "Review,Reference,Text,Agency,Board,Year,Page,Kind\n"
    "Child M,4.2,Share information.,Zelby Police; GPs,Zelby LSCB,2010,6,scr\n"
    "Adult P,R1,Audit referrals.,,Harrowmere SAB,,,SAR\n"
    "Child M,4.3,“Train” staff.,The Board’s chair,Zelby LSCB,2010,p. 7-8,\n"
)


def test_each_review_with_all_it_says(tmp_path: Path) -> None:
    child, adult = read(tmp_path, FULL)
    text = "Share information.\n\n“Train” staff."
    assert child.id == content_id(f"Child M\n{text}")
    assert (child.source, child.format) == (str(tmp_path / "recs.csv"), "table")
    assert (child.text, child.page_count, child.omissions) == (text, 8, ())
    assert [(paragraph.start, paragraph.end, paragraph.page) for paragraph in child.paragraphs] == [
        (0, 18, 6),
        (20, 34, 7),
    ]
    assert child.facts == (
        Fact("subject", "Child M", GIVEN),
        Fact("board", "Zelby LSCB", GIVEN),
        Fact("kind", "SCR", GIVEN),
        Fact("year", "2010", GIVEN),
    )
    assert child.ready == (
        Recommendation(
            f"{child.id}-{content_id('Share information.')[:8]}",
            child.id,
            ("4.2",),
            0,
            18,
            "Share information.",
            6,
            6,
            agencies=(Agency("Zelby Police", ""), Agency("GPs", "")),
            rule="table",
            confidence=1.0,
        ),
        Recommendation(
            f"{child.id}-{content_id('“Train” staff.')[:8]}",
            child.id,
            ("4.3",),
            20,
            34,
            "“Train” staff.",
            7,
            8,
            agencies=(Agency("The Board's chair", ""),),
            rule="table",
            confidence=1.0,
        ),
    )
    assert [(one.reference, one.text, one.page) for one in adult.ready] == [("R1", "Audit referrals.", 1)]
    assert adult.facts == (
        Fact("subject", "Adult P", GIVEN),
        Fact("board", "Harrowmere SAB", GIVEN),
        Fact("kind", "SAR", GIVEN),
    )


TWO_ROWS = [("R1", "Act, now; and “well”."), ("R2", "Café")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("comma.csv", 'reference,text\nR1,"Act, now; and “well”."\nR2,Café\n'.encode()),
        ("semicolon.csv", 'reference;text\nR1;"Act, now; and “well”."\nR2;Café\n'.encode()),
        ("tab.tsv", "reference\ttext\nR1\tAct, now; and “well”.\nR2\tCafé\n".encode()),
        ("tab.csv", "reference\ttext\r\nR1\tAct, now; and “well”.\r\nR2\tCafé\r\n".encode()),
        ("bar.csv", "reference|text\nR1|Act, now; and “well”.\nR2|Café\n".encode()),
        ("sep.csv", 'sep=;\nreference;text\nR1;"Act, now; and “well”."\nR2;Café'.encode()),
        ("mac.csv", 'reference,text\rR1,"Act, now; and “well”."\rR2,Café\r'.encode()),
        ("bom.csv", codecs.BOM_UTF8 + 'REFERENCE, Text\nR1,"Act, now; and “well”."\nR2,Café\n'.encode()),
        ("utf16.csv", "reference\ttext\nR1\tAct, now; and “well”.\nR2\tCafé\n".encode("utf-16")),
        ("ansi.csv", 'reference;text\nR1;"Act, now; and “well”."\nR2;Café\n'.encode("cp1252")),
        ("commas.csv", b"text;reference\nAct, now, and, well;R1\n"),
        ("blank.csv", 'reference,text,\n\nR1,"Act, now; and “well”.",\n,,\nR2,Café\n,,\n'.encode()),
        (
            "a.jsonl",
            '{"reference":"R1","text":"Act, now; and “well”."}\n\n{"Text":"Café","reference":"R2"}'.encode(),
        ),
        ("a.json", json.dumps([{"reference": r, "text": t} for r, t in TWO_ROWS], indent=1).encode()),
        ("a.txt", json.dumps([{"reference": r, "text": t} for r, t in TWO_ROWS]).encode()),
        ("bom.jsonl", codecs.BOM_UTF8 + '{"reference":"R1","text":"Act, now; and “well”."}'.encode()),
    ],
)
def test_dialects_and_encodings(tmp_path: Path, name: str, content: bytes) -> None:
    found = ready(tmp_path, content, name)
    if name == "commas.csv":
        assert found == [("R1", "Act, now, and, well")]
    else:
        assert found == (TWO_ROWS[:1] if name == "bom.jsonl" else TWO_ROWS)


def test_a_table_of_one_column_has_no_delimiter(tmp_path: Path) -> None:
    content = 'text\nAct now, with partners; and well.\n"Quoted, ""so""."\n'
    assert ready(tmp_path, content) == [("", "Act now, with partners; and well."), ("", 'Quoted, "so".')]


def test_without_a_review_column_the_file_gives_the_name(tmp_path: Path) -> None:
    (review,) = read(tmp_path, "reference,text\nR1,Act.\nR2,Do.\n", "zelby 2010.csv")
    assert review.facts == (Fact("subject", "zelby 2010", GIVEN),)
    assert len(review.ready) == 2


def test_a_row_without_a_review_is_the_files(tmp_path: Path) -> None:
    reviews = read(tmp_path, "review,text\nChild M,Act.\n,Do.\n", "zelby.csv")
    assert [(review.facts[0].value, review.text) for review in reviews] == [
        ("Child M", "Act."),
        ("zelby", "Do."),
    ]


def test_a_subject_column_comes_before_the_name(tmp_path: Path) -> None:
    reviews = read(tmp_path, "review,subject,text\nr1,Child M,Act.\nr2,,Do.\n")
    assert [review.facts[0].value for review in reviews] == ["Child M", "r2"]


def test_equal_texts_under_different_names_are_different_reviews(tmp_path: Path) -> None:
    reviews = read(tmp_path, "review,text\nChild M,Act.\nChild N,Act.\n")
    assert len({review.id for review in reviews}) == 2
    assert len({one.id for review in reviews for one in review.ready}) == 2


def test_the_same_table_elsewhere_gives_the_same_ids(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first, second = read(tmp_path, FULL), read(tmp_path / "b", FULL, "other.csv")
    assert [review.id for review in first] == [review.id for review in second]


def test_repeated_texts_have_ids_of_their_own(tmp_path: Path) -> None:
    (review,) = read(tmp_path, "review,reference,text\na,1,Act.\na,2,Do.\na,3,Act.\na,4,Act.\n")
    act = f"{review.id}-{content_id('Act.')[:8]}"
    assert [one.id for one in review.ready if one.text == "Act."] == [act, f"{act}-2", f"{act}-3"]
    assert len({one.id for one in review.ready}) == 4


def test_lines_of_a_cell_stay_lines_and_are_cleaned(tmp_path: Path) -> None:
    start = "The Board should all along the line of sight and of supervision"
    content = f'text\n"{start}:\r\n\u200b• train\u00a0 staff\n\n• \x1b[31maudit\u202e"\n'
    (review,) = read(tmp_path, content)
    assert review.text == f"{start}:\n• train staff\n• [31maudit"
    assert [one.text for one in review.ready] == [review.text]


def test_text_that_looks_like_markup_or_a_formula_is_kept(tmp_path: Path) -> None:
    assert ready(tmp_path, 'text\n"=HYPERLINK(""x"") [/b] <script>"\n') == [
        ("", '=HYPERLINK("x") [/b] <script>')
    ]


@pytest.mark.parametrize("separator", ["\u2028", "\x0b", "\x0c", "\x85"])
def test_line_ends_that_are_none_of_the_tables(tmp_path: Path, separator: str) -> None:
    expected = "Act now." if separator == "\u2028" else "Act\nnow."
    assert ready(tmp_path, f"text,x\nAct{separator}now.,1\n") == [("", expected)]
    if separator == "\u2028":
        assert ready(tmp_path, f'{{"text": "Act{separator}now."}}\n', "a.jsonl") == [("", expected)]


@pytest.mark.parametrize("name", ["long.csv", "long.jsonl"])
def test_a_cell_longer_than_the_csv_modules_limit(tmp_path: Path, name: str) -> None:
    text = "act " * 50_000 + "now"
    content = (
        f'review,text\na,"{text}"\n' if name.endswith("csv") else json.dumps({"review": "a", "text": text})
    )
    assert ready(tmp_path, content, name) == [("", text)]


def test_rows_and_cells_that_cannot_be_used_are_counted(tmp_path: Path) -> None:
    content = (
        "review,text,board,year\n"
        "a,Act, Zelby,2010\n"
        "a,,Zelby,2010\n"
        "a, \u200b ,Zelby,2010\n"
        "a,Do,Harrowmere,2011,and more,\n"
        "b,,,\n"
    )
    a, b = read(tmp_path, content)
    assert a.omissions == (
        Omission("table row without text", 1, 2),
        Omission("table cell beyond the last column", 1, 1),
        Omission("other value of board", 1, 1),
        Omission("other value of year", 1, 1),
    )
    assert a.facts[1:] == (Fact("board", "Zelby", GIVEN), Fact("year", "2010", GIVEN))
    assert (b.text, b.ready, b.page_count) == ("", (), 1)
    assert b.omissions == (Omission("table row without text", 1, 1),)


@pytest.mark.parametrize(
    ("cell", "pages"),
    [
        ("6", (6, 6)),
        ("p. 6", (6, 6)),
        ("pp.6–8", (6, 8)),
        ("Pages 6 - 8", (6, 8)),
        ("6.0", (6, 6)),
        ("8-6", (8, 8)),
        ("", (1, 1)),
        ("0", (1, 1)),
        ("iv", (1, 1)),
        ("-3", (1, 1)),
        ("1234567", (1, 1)),
    ],
)
def test_pages(tmp_path: Path, cell: str, pages: tuple[int, int]) -> None:
    ((one,),) = (review.ready for review in read(tmp_path, f"page;text\n{cell};Act.\n"))
    assert (one.page, one.last_page) == pages


def test_several_references(tmp_path: Path) -> None:
    ((one,),) = (review.ready for review in read(tmp_path, "reference,text\n4.2; R3 ;;4.2,Act.\n"))
    assert one.references == ("4.2", "R3")


def test_values_of_json(tmp_path: Path) -> None:
    row = {
        "text": "Act.",
        "page": 6,
        "year": 2010.0,
        "agency": ["Police", "GPs"],
        "board": None,
        "x": {"y": 1},
    }
    (review,) = read(tmp_path, json.dumps({**row, "review": "a\ud800b"}), "a.jsonl")
    assert review.facts == (Fact("subject", "ab", GIVEN), Fact("year", "2010", GIVEN))
    assert [(one.page, one.agencies) for one in review.ready] == [
        (6, (Agency("Police", ""), Agency("GPs", "")))
    ]


QUOTE = (
    "cannot be read as a table: the row that begins at line {} has a quotation mark that is not closed, "
    "or that stands in a quoted cell without being doubled: mend it"
)
NEEDED = (
    "needed text, and where known review, reference, agency, page, "
    "title, subject, board, kind, year, published, authors"
)
NO_TEXT = "the table has no column named 'text'; found"
NO_JSON = "is not valid JSON: give one object per line, or an array of them"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", "", "cannot be read as a table: it is empty"),
        ("a.csv", " \n\n", "cannot be read as a table: it holds nothing but white space"),
        ("a.csv", "review,text\n", "the table has no rows"),
        ("a.csv", "review,text\n,\n", "the table has no rows"),
        ("a.json", "[]", "the table has no rows"),
        ("a.csv", "Review;Recommendation\nChild M;Act.\n", f"{NO_TEXT} review, recommendation; {NEEDED}"),
        ("a.jsonl", '{"texts": "Act."}', f"{NO_TEXT} texts; {NEEDED}"),
        (
            "a.csv",
            "a sentence that is no header of a table, and goes on\nfor two lines\n",
            f"{NO_TEXT} a sentence that is no header o, and goes on; {NEEDED}",
        ),
        (
            "a.csv",
            ",".join(f"c{number}" for number in range(12)) + "\n1\n",
            f"{NO_TEXT} c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, …; {NEEDED}",
        ),
        (
            "a.csv",
            "text,Text\na,b\n",
            "cannot be read as a table: there are two columns named text: rename or delete one",
        ),
        ("a.csv", 'review,text\na,Act.\nb,"Do.\nc,Go.\n', QUOTE.format(3)),
        ("a.csv", 'review,text\na,"two\nlines"\nb,"The "Board" should act."\n', QUOTE.format(4)),
        ("a.csv", b"review,text\n\x00\x01\x02\n", "cannot be read as a table: it contains NUL bytes"),
        ("a.jsonl", '{"text": "Act."}\n{"text": \n', f"cannot be read as a table: line 2 {NO_JSON}"),
        (
            "a.jsonl",
            '{"text": "Act."}\n7\n',
            "cannot be read as a table: element 2 is no JSON object with named fields",
        ),
        ("a.json", "[1]", "cannot be read as a table: element 1 is no JSON object with named fields"),
        (
            "a.json",
            '[{"text": "Act."},\n{]',
            f"cannot be read as a table: line 2 {NO_JSON}",
        ),
        ("a.json", "[" * 200_000, f"cannot be read as a table: line 1 {NO_JSON}"),
        ("a.jsonl", '{"page": ' + "1" * 5000 + "}", f"cannot be read as a table: line 1 {NO_JSON}"),
    ],
)
def test_what_is_skipped_and_why(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    assert skipped(tmp_path, content, name) == reason


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert read_table(tmp_path / "no.csv") == (Skipped(str(tmp_path / "no.csv"), "no such file"),)
