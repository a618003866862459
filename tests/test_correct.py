"""`srtminer correct`: out to a spreadsheet and back, asked for, applied, kept, marked, taken back."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from openpyxl import load_workbook

from srtminer.errors import StoreError
from srtminer.model import FOUND, Agency, Analysis, Correction, Fact, Recommendation, Section
from srtminer.read.compose_review import Block, compose
from srtminer.store import Store
from tests.stores import Call, Ended

POLICE = "Harrowmere Police should tell the school nurse of every incident – within “two” days."
BOARD = "=The Board should audit referrals:\n\n(a) each year;\n\n(b) of every agency."
COUNCIL = "Norwick Council should keep one record for a family, and share it with schools."
Row = dict[str, str]


def an_analysis(name: str, *texts: str, first: int = 1) -> Analysis:
    """Make a review, each text of which is a recommendation numbered 4.<first>, 4.<first + 1> and so on."""
    blocks = [Block(f"Review of {name}", role="heading", level=1), *(Block(text, page=2) for text in texts)]
    review = compose(
        blocks,
        source=f"reviews/{name}.pdf",
        format="pdf",
        page_count=2,
        facts=[Fact("subject", name, FOUND), Fact("year", "2012", FOUND)],
    )
    found = tuple(
        Recommendation(
            f"{review.id}-{number:08x}",
            review.id,
            (f"4.{number}",),
            place.start,
            place.end,
            text,
            2,
            2,
            heading=(f"Review of {name}",),
            agencies=(Agency(text.split(" should")[0].lstrip("="), ""),),
            date="March 2012",
            rule="numbered list",
        )
        for number, (place, text) in enumerate(zip(review.paragraphs[1:], texts, strict=True), first)
    )
    section = Section(f"Review of {name}", (f"Review of {name}",), "", 1, 1, 0, len(review.text))
    return Analysis(review, (section,), found)


CHILD_A = an_analysis("Child A", POLICE, BOARD, COUNCIL, first=9)
CHILD_B = an_analysis("Child B", "Saltby Police should train its officers.", "The Trust should audit cases.")


@pytest.fixture
def call(call: Call, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in a folder with a store of two reviews."""
    monkeypatch.setenv("COLUMNS", "80")
    with Store.open(Path("srtminer.db"), create=True) as store:
        store.add(CHILD_A)
        store.add(CHILD_B)
    return call


def exported(call: Call, *options: str) -> list[Row]:
    assert call("recommendations", "--output", "recs.csv", *options).code == 0
    return list(csv.DictReader(io.StringIO(Path("recs.csv").read_bytes().decode("utf-8-sig"), newline="")))


def save(
    rows: Sequence[Row],
    *,
    columns: Sequence[str] = (),
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    cell: Callable[[str], str] = str,
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    header = columns or list(rows[0])
    writer.writerow(header)
    writer.writerows([cell(row[column]) for column in header] for row in rows)
    Path("edited.csv").write_bytes(stream.getvalue().encode(encoding))


def excel_cell(text: str) -> str:
    """Take what looks like a number for one, and a month for a date."""
    if text.replace(".", "", 1).isdecimal() and "." in text:
        return f"{float(text):g}"
    return "Mar-12" if text == "March 2012" else text


def changes(ended: Ended) -> list[tuple[str, str]]:
    """Give (change, field: was -> now) of a JSON summary."""
    return [
        (change["change"], "; ".join(f"{f['field']}: {f['was']} -> {f['now']}" for f in change["fields"]))
        for review in json.loads(ended.out)["reviews"]
        for change in review["changes"]
    ]


def preview(call: Call, *options: str) -> list[tuple[str, str]]:
    ended = call("correct", "edited.csv", "--dry-run", "--format", "json", *options)
    assert ended.code == 0, ended.err
    return changes(ended)


def found(call: Call) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(call("recommendations", "--format", "json").out)[
        "recommendations"
    ]
    return listed


def test_an_export_that_comes_back_unchanged_changes_nothing(call: Call) -> None:
    exported(call, "--explain")
    ended = call("correct", "recs.csv", "--yes")
    assert (ended.code, ended.out, ended.err) == (0, "No differences.\n", "")


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "cp1252"), (",", "utf-8-sig"), ("\t", "utf-16")]
)
def test_no_habit_of_a_spreadsheet_is_a_correction(call: Call, delimiter: str, encoding: str) -> None:
    rows = exported(call)
    blank = dict.fromkeys(rows[0], "")
    some = ["text", "notes", "date", "id", "reference", "page", "agency", "corrected"]
    noted = [row | {"notes": "mine", "corrected": row["corrected"].upper()} for row in (*rows, blank)]
    save(noted, columns=some, delimiter=delimiter, encoding=encoding, cell=excel_cell)
    ended = call("correct", "edited.csv", "--yes")
    assert (ended.code, ended.out) == (0, "No differences.\n")
    notes = ended.err.splitlines()
    assert notes[0] == "note: ignored: notes (no export has these columns)"
    assert len(notes) == 2
    assert notes[1].startswith("note: line 3: reference was damaged by the spreadsheet; kept as it was")


def test_a_file_opened_by_double_click_and_saved_as_utf_8(call: Call) -> None:
    rows = exported(call)

    def mangled(cell: str) -> str:
        return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in cell.encode())

    save(rows, cell=mangled)
    assert "â€“" in Path("edited.csv").read_text(encoding="utf-8")
    assert preview(call) == []
    ended = call("correct", "edited.csv", "--yes")
    assert ended.out == "No differences.\n"
    assert "characters such as “ or ’ came back as â€œ or â€™" in ended.err


def test_a_file_whose_byte_order_mark_was_read_as_windows_characters(call: Call) -> None:
    rows = exported(call)
    rows[0]["agency"] = "Harrowmere Police’s “desk”"
    save(rows)
    whole = Path("edited.csv").read_bytes()  # bytes without a meaning in Windows-1252 are passed on
    mangled = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in whole)
    assert mangled.startswith("ï»¿id,")
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        Path("edited.csv").write_bytes(mangled.encode(encoding))
        assert preview(call) == [("edited", "agency: Harrowmere Police -> Harrowmere Police's “desk”")]


# A workbook


def edit_workbook(name: str, edit: Callable[[Any], None], sheet: str) -> None:
    """Change cells of a sheet, given by the heads of its columns, as somebody in a spreadsheet would."""
    book = load_workbook(name)
    page = book[sheet]
    heads = [cell.value for cell in page[1]]
    edit(lambda row, head: page.cell(row, heads.index(head) + 1))
    book.save("edited.xlsx")


@pytest.mark.parametrize(("command", "sheet"), [("recommendations", "Result"), ("export", "Recommendations")])
def test_a_workbook_goes_straight_in(call: Call, command: str, sheet: str) -> None:
    assert call(command, "--output", "recs.xlsx").code == 0
    edit_workbook("recs.xlsx", lambda cell: None, sheet)
    unchanged = call("correct", "edited.xlsx", "--dry-run")
    assert unchanged.out == "No differences.\n"
    assert unchanged.err.count("\n") == ("theme is not read here" in unchanged.err) == (command == "export")

    def edit(cell: Callable[[int, str], Any]) -> None:
        cell(2, "Agency").value = "Harrowmere Constabulary"
        cell(2, "Date").value = datetime(2012, 3, 1)
        cell(3, "Reference").value = 4.1
        cell(4, "Page").value = 1.0

    edit_workbook("recs.xlsx", edit, sheet)
    ended = call("correct", "edited.xlsx", "--dry-run", "--format", "json")
    assert changes(ended) == [
        ("edited", "agency: Harrowmere Police -> Harrowmere Constabulary"),
        ("edited", "page: 2 -> 1–2"),
    ]
    assert "line 2: date was damaged by the spreadsheet; kept as it was" in ended.err
    assert "line 3: reference was damaged by the spreadsheet; kept as it was" in ended.err
    assert call("correct", "edited.xlsx", "--yes").code == 0
    assert found(call)[0]["agency"] == "Harrowmere Constabulary"
    assert call("correct", "--undo", "Child A", "--yes").code == 0
    assert found(call)[0]["agency"] == "Harrowmere Police"


def test_formulas_and_damage_in_a_workbook(call: Call) -> None:
    assert call("recommendations", "--output", "recs.xlsx").code == 0
    edit_workbook("recs.xlsx", lambda cell: setattr(cell(2, "Agency"), "value", '=CMD("x")'), "Result")
    ended = call("correct", "edited.xlsx", "--dry-run", "--format", "json")
    assert changes(ended) == [("edited", "agency: Harrowmere Police -> ")]
    whole = Path("recs.xlsx").read_bytes()
    Path("edited.xlsx").write_bytes(whole[: len(whole) // 2])
    ended = call("correct", "edited.xlsx")
    assert (ended.code, ended.out) == (2, "")
    assert (
        ended.err == "error: edited.xlsx: it is not a workbook, or it is damaged; save it as .xlsx or CSV\n"
    )


def test_an_export_has_a_byte_order_mark_as_a_file_and_none_in_a_pipe(call: Call) -> None:
    exported(call)
    data = Path("recs.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert call("recommendations", "--format", "csv").out == data.decode("utf-8-sig")


def test_a_formula_is_guarded_on_the_way_out_and_back(call: Call) -> None:
    rows = exported(call)
    assert rows[1]["text"].startswith("'=The Board")
    rows[1]["text"] = rows[1]["text"].replace("audit", "check")
    save(rows)
    assert call("correct", "edited.csv", "--yes").code == 0
    assert found(call)[1]["text"] == BOARD.replace("audit", "check")


def test_long_cells_come_back_whole(call: Call) -> None:
    long = an_analysis("Child L", "Agencies should act. " * 3000)
    with Store.open(Path("srtminer.db")) as store:
        store.add(long)
    rows = exported(call)
    save(rows)
    assert preview(call) == []
    save(rows, cell=lambda cell: cell[:32_767])  # Excel's limit
    ended = call("correct", "edited.csv", "--dry-run")
    assert ended.out == "No differences.\n"
    assert "text was damaged by the spreadsheet; kept as it was" in ended.err


def test_everything_that_an_analyst_may_do(call: Call) -> None:
    rows = exported(call)
    police, board, council, officers, trust = rows
    police["agency"] = "Norwick Police; The Board"
    police["text"] = police["text"].replace("two", "three")
    part = dict(board) | {"text": "Every agency should take part in the audit.", "reference": "4.10b"}
    council["text"] = f"{council['text']} {officers['text']}"
    new = dict.fromkeys(rows[0], "") | {
        "review": "Child B.pdf",
        "text": "Schools should be told.",
        "page": "1",
    }
    save([police, board, part, council, trust, new])
    assert [kind for kind, _ in preview(call)] == ["edited", "added", "edited", "deleted", "added"]
    shown = call("correct", "edited.csv", "--yes")
    assert shown.out == EVERYTHING
    assert "1 recommendation to be deleted, having no row in the table" in shown.err
    listed = found(call)
    assert [(one["reference"], one["corrected"], one["correction"]) for one in listed] == [
        ("4.9", True, "edited"),
        ("4.10", False, None),
        ("4.10b", True, "added"),
        ("4.11", True, "edited"),
        ("4.2", False, None),
        ("", True, "added"),
    ]
    assert listed[0]["agencies"] == [
        {"name": "Norwick Police", "kind": "police"},
        {"name": "The Board", "kind": "safeguarding-board"},
    ]
    assert listed[5]["review"] == CHILD_B.review.id
    assert call("correct", "edited.csv", "--yes").out == "No differences.\n"


EVERYTHING = f"""\
Child A (2012)
  {CHILD_A.review.id}  reviews/Child A.pdf
  edited: 4.9, p. 2 (line 2)
    text:
    - … of every incident – within “two” days.
    + … of every incident – within “three” days.
    agency:
    - Harrowmere Police
    + Norwick Police; The Board
  added: 4.10b, p. 2 (line 8)
    + Every agency should take part in the audit.
  edited: 4.11, p. 2 (line 9)
    text:
    - … and share it with schools.
    + … and share it with schools. Saltby Police should train its officers.

Child B (2012)
  {CHILD_B.review.id}  reviews/Child B.pdf
  deleted: 4.1, p. 2
    - Saltby Police should train its officers.
  added: without a number, p. 1 (line 11)
    + Schools should be told.

2 added · 1 deleted · 2 edited in 2 reviews
"""


def edit_first(call: Call) -> None:
    rows = exported(call)
    rows[0]["text"] = "Harrowmere Police should tell the school nurse."
    save([rows[0], *rows[2:]])
    assert call("correct", "edited.csv", "--yes").code == 0


def test_corrections_are_marked_in_every_form(call: Call) -> None:
    edit_first(call)
    assert "Child A (2012) 4.9, p. 2 (corrected)\n" in call("recommendations").out
    assert "4.9, p. 2 (corrected)" in call("recommendations", "--format", "markdown").out.replace("\\", "")
    assert [row["corrected"] for row in exported(call)] == ["true", "false", "false", "false"]
    assert "edited by correction" in call("recommendations", "--explain").out
    reviews = json.loads(call("reviews", "--format", "json").out)["reviews"]
    assert [(one["corrections"], one["lost_corrections"], one["recommendations"]) for one in reviews] == [
        (2, 0, 2),
        (0, 0, 2),
    ]
    assert "2 corrections by hand" in call("reviews").out
    hits = json.loads(call("search", "nurse", "--format", "json").out)["hits"]
    assert hits[0]["text"] == "Harrowmere Police should tell the school nurse."
    assert [hit["corrected"] for hit in hits if hit["id"]] == [True]
    assert "4.9, p. 2 (corrected)" in call("search", "nurse").out


def test_the_words_of_what_was_deleted_are_not_found(call: Call) -> None:
    edit_first(call)
    ended = call("search", "audit", "referrals", "--in", "recommendations", "--format", "json")
    assert ended.code != 0 or json.loads(ended.out)["hits"] == []


def test_corrections_survive_a_new_analysis(call: Call) -> None:
    edit_first(call)
    police, board, council = CHILD_A.recommendations
    other_rule = tuple(replace(one, rule="another", confidence=0.5) for one in (police, board, council))
    with Store.open(Path("srtminer.db")) as store:
        digest = store.corpus_digest()
        assert store.add(CHILD_A) == "unchanged"
        assert store.add(replace(CHILD_A, recommendations=other_rule)) == "updated"
        assert store.corpus_digest() != digest
    assert [(one["text"], one["rule"]) for one in found(call)][:2] == [
        ("Harrowmere Police should tell the school nurse.", "another"),
        (COUNCIL, "another"),
    ]


def test_a_correction_of_what_is_not_found_any_more_is_told(call: Call) -> None:
    edit_first(call)
    with Store.open(Path("srtminer.db")) as store:
        store.add(replace(CHILD_A, recommendations=CHILD_A.recommendations[2:]))
        (record, _) = store.records()
        assert (record.corrections, record.lost_corrections, record.recommendations) == (2, 2, 2)
    assert [one["text"] for one in found(call)][:2] == [
        "Harrowmere Police should tell the school nurse.",
        COUNCIL,
    ]
    listed = call("correct").out
    assert listed.count("what this corrects is no longer found; your version is kept") == 1
    assert listed.count("what this corrects is no longer found; found in other words, it is back") == 1
    assert "2 of them to recommendations no longer found: see `srtminer correct`" in " ".join(
        call("--verbose", "reviews").out.split()
    )
    rows = exported(call)
    rows[1]["lead"] = "Director"
    save(rows)
    assert call("correct", "edited.csv", "--yes").code == 0
    with Store.open(Path("srtminer.db")) as store:  # found again: the deletion still holds
        store.add(CHILD_A)
        assert [record.lost_corrections for record in store.records()] == [0, 0]
    assert [one["text"] for one in found(call)][:2] == [
        "Harrowmere Police should tell the school nurse.",
        COUNCIL,
    ]


def test_corrections_are_taken_back(call: Call) -> None:
    before = found(call)
    edit_first(call)
    ended = call("correct", "--undo", CHILD_A.review.id[:6], "--dry-run")
    assert ended.err == "note: nothing was changed\n"
    assert "1 edited · 1 restored in 1 review" in ended.out
    assert found(call) != before
    assert call("correct", "--undo", "child a.pdf", "--yes").code == 0
    assert found(call) == before
    assert call("correct").out == "No corrections in the store.\n"
    with Store.open(Path("srtminer.db")) as store:
        assert store.corrections() == ()
        assert store.add(CHILD_A) == "unchanged"
        assert store.integrity() == "ok"


def test_all_of_a_review_may_be_taken_out(call: Call) -> None:
    rows = [row for row in exported(call) if row["subject"] == "Child B"]
    save(rows)
    ended = call("correct", "edited.csv", "--dry-run")
    assert ended.out == "No differences.\n"
    assert "1 review left as before, having no row in the table (Child A (2012))" in ended.err
    assert call("correct", "edited.csv", "--complete", "--yes").code == 0
    (review, _) = json.loads(call("reviews", "--format", "json").out)["reviews"]
    assert (review["recommendations"], review["why_none"]) == (0, "corrections deleted all that were found")
    assert call("correct", "recs.csv", "--yes").code == 0  # the export from before brings them back
    assert [one["corrected"] for one in found(call)] == [False] * 5


def test_what_an_export_left_out_is_not_deleted(call: Call) -> None:
    where = ("--where", "agency=police")
    rows = exported(call, *where)
    assert len(rows) == 2
    save(rows)
    assert preview(call, *where) == []
    assert [kind for kind, _ in preview(call)] == ["deleted", "deleted", "deleted"]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda rows: rows[0].update(id="zzz"), "edited.csv, line 2: 1 id not in the store"),
        (lambda rows: rows[0].update(text=" "), "edited.csv, line 2: no text, or an error"),
        (lambda rows: rows[0].update(id="", review="", source=""), "line 2: a new row needs its review"),
        (lambda rows: rows[0].update(id="", review="no such", source=""), "no review is called 'no such'"),
        (lambda rows: [row.pop("id") for row in rows], "edited.csv has no column 'id'"),
        (lambda rows: [row.pop("text") for row in rows], "edited.csv has no column 'text'"),
        (lambda rows: [row.update(also="") for row in rows], "edited.csv lists one theme only, and rows"),
    ],
)
def test_a_table_that_cannot_be_used(call: Call, edit: Callable[[list[Row]], None], message: str) -> None:
    rows = exported(call)
    edit(rows)
    save(rows)
    ended = call("correct", "edited.csv", "--yes")
    assert ended.code == 2
    assert message in ended.err
    assert len(found(call)) == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.csv",), "none.csv: no such file"),
        (("recs.csv", "--undo", "Child A"), "either a table or --undo"),
        (("recs.csv", "--yes", "--dry-run"), "either --yes or --dry-run"),
        (("--undo", "Child A"), "Child A (2012) has no corrections"),
        (("--undo", "Child"), "Child: 2 reviews are called that: Child A (2012), id "),
        (("--undo", "Chidl A"), "no such review in the store; did you mean Child A (2012), id "),
        (("--undo", "-"), "no such review in the store; see `srtminer reviews`"),
    ],
)
def test_a_call_that_cannot_work(call: Call, arguments: tuple[str, ...], message: str) -> None:
    exported(call)
    ended = call("correct", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_a_cell_too_many_and_a_quotation_mark_too_few(call: Call) -> None:
    for content, message in (
        ('id,text\n,"a"\n,b,c\n', "line 3: more cells than columns"),
        ('id,text\n,"a\n', "quotation mark that is not closed"),
    ):
        Path("edited.csv").write_text(content)
        ended = call("correct", "edited.csv", "--yes")
        assert ended.code == 2
        assert message in ended.err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def answers(monkeypatch: pytest.MonkeyPatch, *given: bool | type[BaseException]) -> None:
    coming: Iterator[bool | type[BaseException]] = iter(given)

    def confirm(*_: object, **options: object) -> bool:
        assert options == {"err": True}
        answer = next(coming)
        if isinstance(answer, bool):
            return answer
        raise answer

    monkeypatch.setattr("typer.confirm", confirm)
    monkeypatch.setattr("sys.stdin", Terminal())


def test_it_asks_before_it_applies(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = exported(call)
    rows[0]["text"] = "Other."
    save(rows)
    ended = call("correct", "edited.csv")
    assert ended.code == 2
    assert "there is no terminal to ask at; add --yes" in ended.err
    answers(monkeypatch, False, typer.Abort, True)
    no, stopped, yes = (call("correct", "edited.csv") for _ in range(3))
    assert (no.code, no.err) == (0, "note: nothing was changed\n")
    assert (stopped.code, stopped.err) == (130, "\nstopped; nothing was changed\n")
    assert (yes.code, yes.err) == (0, "note: applied\n")
    assert no.out == stopped.out == yes.out
    assert found(call)[0]["text"] == "Other."
    answers(monkeypatch, False, True)
    assert [call("correct", "--undo", "child-a").err for _ in range(2)] == [
        "note: nothing was changed\n",
        "note: undone\n",
    ]
    assert found(call)[0]["text"] == POLICE


def test_a_store_that_changed_in_between_is_left_alone(call: Call) -> None:
    police, board, council = CHILD_A.recommendations
    with Store.open(Path("srtminer.db")) as store:
        store.correct(CHILD_A.review.id, (police,), CHILD_A.recommendations)
        with pytest.raises(StoreError, match="was changed in the meantime"):
            store.correct(CHILD_A.review.id, (council,), CHILD_A.recommendations)
        assert dict(store.corrections())[CHILD_A.review.id] == (
            Correction(board, None),
            Correction(council, None),
        )
        with pytest.raises(KeyError):
            store.correct("nothing", (), ())


def test_hostile_text_stays_text(call: Call) -> None:
    rows = exported(call)
    rows[0]["text"] = "[b]Act[/b] \x1b[31mnow\u202e <script>"
    save(rows)
    shown = call("correct", "edited.csv", "--yes")
    assert "[b]Act[/b]" in shown.out
    assert not {"\x1b", "\u202e"} & set(shown.out)
