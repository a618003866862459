"""Reports to prevent future deaths: recipients, dates, area, concerns and requests."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.agencies import recipients
from srtminer.model import CONCERNS, FOUND, Analysis, Fact, Review
from srtminer.passages import find_concerns, find_rows
from srtminer.pipeline import analyse
from srtminer.read.compose_review import Block
from srtminer.read.read_file import ReadOptions, read_file
from tests.coroner_forms import LETTER, TEXT, table_docx, table_pdf
from tests.recommendation_blocks import heading, item, review_of, text

FORMS = {
    "table.pdf": table_pdf,
    "table.docx": table_docx,
    "plain.txt": TEXT.encode,
    "letter.txt": LETTER.encode,
}
TABLE = ("table.pdf", "table.docx")
TRUST = ["Chief Executive, Harle Bridge Hospitals NHS Trust", "Secretary of State for Health and Social Care"]


@cache
def analysed(name: str, folder: Path) -> Analysis:
    path = folder / name
    path.write_bytes(FORMS[name]())
    (review,) = read_file(path, ReadOptions())
    assert isinstance(review, Review)
    return analyse(review)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forms")


@pytest.mark.parametrize(
    ("name", "subject", "board", "published"),
    [
        *((name, "Tobias Arkwell", "East Wexmoor and the Vale", "2023-02-24") for name in TABLE),
        ("plain.txt", "Ines Farrow", "South Wexmoor", "2019-01-23"),
        ("letter.txt", "Ada Quint", "City of Kerrow", "2012-07-06"),
    ],
)
def test_a_report_says_what_it_is(folder: Path, name: str, subject: str, board: str, published: str) -> None:
    found = {fact.field: fact.value for fact in analysed(name, folder).review.facts}
    assert (found["kind"], found["subject"], found["board"]) == ("PFD", subject, board)
    assert (found["published"], found["year"]) == (published, published[:4])
    assert "SENT TO" not in found["title"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, TRUST) for name in TABLE),
        ("plain.txt", ["Chief Constable of Wexmoor Police", "Harle City Council"]),
        ("letter.txt", ["Tamblin Homes Limited"]),
    ],
)
def test_a_report_is_sent_to_somebody(folder: Path, name: str, expected: list[str]) -> None:
    assert [one.name for one in recipients(analysed(name, folder).review)] == expected


KEPT = "Consideration should be given to keeping one at the desk, so that a senior nurse can read it."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, [("3", KEPT, TRUST)]) for name in TABLE),
        (
            "plain.txt",
            [
                (
                    "2",
                    "The Council is asked to consider whether carers should have a number that is answered "
                    "at night.",
                    ["Council"],
                ),
                (
                    "3",
                    "It should be considered that each officer who takes such a call be told who the child's "
                    "social worker is.",
                    ["Chief Constable of Wexmoor Police", "Harle City Council"],
                ),
            ],
        ),
        (
            "letter.txt",
            [
                (
                    "",
                    "Consideration should be given to fitting restrictors that cannot be undone by hand in "
                    "all flats with children.",
                    ["Tamblin Homes Limited"],
                )
            ],
        ),
    ],
)
def test_what_asks_is_a_recommendation_to_the_recipients(
    folder: Path, name: str, expected: list[tuple[str, str, list[str]]]
) -> None:
    found = analysed(name, folder).recommendations
    assert [(one.reference, one.text, [to.name for to in one.agencies]) for one in found] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, [("1", "The"), ("2", "Letters"), ("3", "There")]) for name in TABLE),
        ("plain.txt", [("1", "Calls"), ("4", "Nobody")]),
        ("letter.txt", [("a", "The"), ("b", "Tenants")]),
    ],
)
def test_what_states_is_a_concern(folder: Path, name: str, expected: list[tuple[str, str]]) -> None:
    found = analysed(name, folder)
    rows = find_rows(CONCERNS, found.review, found.sections, found.recommendations)
    assert [(one.reference, one.text.split()[0]) for one in rows] == expected
    assert all(found.review.text[one.start : one.end] == one.text for one in rows)
    assert all(KEPT not in one.text for one in rows)


def concerns(*blocks: Block) -> list[str]:
    title = heading("Regulation 28: Report to Prevent Future Deaths")
    found = analyse(review_of(title, *blocks))
    return [one.text for one in find_concerns(found.review, found.sections, found.recommendations)]


def test_a_concern_has_all_its_paragraphs() -> None:
    assert concerns(
        heading("CORONER'S CONCERNS"),
        text("The evidence gave rise to concern."),
        text("The matters of concern are as follows:"),
        text("The gate stood open.", "1"),
        text("It had stood open for years."),
        text("Nobody was told. This is a matter of concern.", "2"),
        heading("ACTION SHOULD BE TAKEN"),
        text("In my opinion you have the power to take such action."),
    ) == [
        "The gate stood open.\n\nIt had stood open for years.",
        "Nobody was told. This is a matter of concern.",
    ]


def test_concerns_need_no_numbers_and_the_heading_no_looks() -> None:
    assert concerns(
        heading("Circumstances"),
        text("She walked to the weir on a winter evening, and nobody saw her there."),
        text("Matters of concern", "5"),
        text("The fence had fallen."),
        text("No light was lit at the weir."),
        text("Action should be taken", "6"),
        text("You have the power to take such action."),
    ) == ["The fence had fallen.", "No light was lit at the weir."]


def test_only_the_list_is_of_concern_where_no_heading_says_so() -> None:
    assert concerns(
        text("I have these concerns:"),
        item("The fence had fallen.", "a"),
        item("No light was lit.", "b"),
        text("You are required to answer within 56 days."),
    ) == ["The fence had fallen.", "No light was lit."]


def test_other_reviews_have_no_concerns() -> None:
    found = analyse(
        review_of(heading("Serious case review: Child F"), heading("Concerns"), text("The gate stood open."))
    )
    assert find_concerns(found.review, found.sections, found.recommendations) == ()
    assert recipients(found.review) == ()


def test_who_gets_a_copy_or_a_second_list_is_no_recipient() -> None:
    review = review_of(
        text("This report is being sent to:"),
        text("Harle Trust", "1"),
        text("The Wexmoor Police", "2"),
        text("Coroner", "1"),
        text("I have sent a copy to the Vale Council.", "8"),
    )
    review = analyse(review).review
    assert recipients(review) == ()  # nothing says that it is a coroner's

    named = replace(review, facts=(Fact("kind", "PFD", FOUND, 1),))
    assert [one.name for one in recipients(named)] == ["Harle Trust", "Wexmoor Police"]


def test_themes_of_concerns(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    analysed("table.pdf", folder)
    store = str(folder / "store.db")
    assert main(["--store", store, "--quiet", "ingest", str(folder / "table.pdf")]) == 0
    options = ["--of", "concerns", "--unthemed", "--format", "json"]
    assert main(["--store", store, "--quiet", "themes", *options]) == 0
    shown = capsys.readouterr().out
    assert '"schema": "srtminer.concerns/1"' in shown
    assert "Letters are sent by second class post." in shown
