"""Answers of responses beside the recommendations that they quote."""

import csv
import io
import json
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.model import Recommendation, Review
from srtminer.read.compose_review import Block
from srtminer.responses import answers
from tests.recommendation_blocks import found_in, heading, item, review_of, text
from tests.stores import ingested

KEYS = "The Harle Board should keep one record of all keys to the harbour locks and read it each spring."
BOATS = "The Harle Council should name a keeper of boats who answers at night and on Sundays."
REPORT = (heading("Recommendations"), text(KEYS, "1"), text(BOATS, "2"))


def said(*blocks: Block, report: tuple[Block, ...] = REPORT) -> list[tuple[str, str] | None]:
    """Give (verdict, words) of the answer to each recommendation of the report."""
    source: Review = review_of(*report)
    found: tuple[Recommendation, ...] = found_in(*report)
    assert found
    answered = answers(found, [review_of(*blocks)], lambda _: source.text)
    return [
        (answered[one.id].verdict, answered[one.id].text) if one.id in answered else None for one in found
    ]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("The Government agrees.", "accepted"),
        ("Accepted.", "accepted"),
        ("We accept this recommendation in principle.", "accepted in part"),
        ("Accepted, subject to funding.", "accepted in part"),
        ("This is partially accepted.", "accepted in part"),
        ("The Council does not agree with this.", "rejected"),
        ("Not accepted.", "rejected"),
        ("This has already been done.", "done"),
        ("Keys matter to all of us.", "answered"),
        ("The Board agrees that keys matter.", "answered"),
        ("The Board has already published a paper.", "answered"),
        ("It will be agreed in Harle.", "answered"),
    ],
)
def test_the_first_sentence_says_whether_it_is_accepted(answer: str, verdict: str) -> None:
    (keys, boats) = said(text(KEYS), text(f"{answer} There is more to say of it, and nobody would agree."))
    assert keys == (verdict, answer)
    assert boats is None


def test_quotations_one_after_the_other_have_one_answer() -> None:
    assert (
        said(text(KEYS), text(BOATS), text("The Board agrees. It will do so."))
        == [("accepted", "The Board agrees.")] * 2
    )


def test_each_has_the_answer_below_it_whatever_its_number() -> None:
    assert said(
        heading("Response of the Board"),
        heading("Recommendation 7"),
        text(BOATS),
        text("No. We do not accept it."),
        heading("Recommendation 8"),
        text(KEYS.replace("The Harle Board", "The HB")),
        text("Accepted."),
    ) == [("accepted", "Accepted."), ("answered", "No.")]


def test_what_goes_on_quoting_is_no_answer() -> None:
    more = "boats at the quay, the list of their owners and the names of those who look after them"
    report = (heading("Recommendations"), text(f"{KEYS[:-1]}, and of:", "1"), item(more), text(BOATS, "2"))
    (keys, _) = said(text(f"{KEYS[:-1]}, and of:"), item(more), text("The Board agrees."), report=report)
    assert keys == ("accepted", "The Board agrees.")


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("Response of the Board", ("answered", "Keys are kept.")),
        ("Our response: partially accepted", ("accepted in part", "Our response: partially accepted")),
        ("Costs", None),
    ],
)
def test_a_heading_opens_the_answer_or_gives_it_or_ends_it(
    above: str, expected: tuple[str, str] | None
) -> None:
    (keys, _) = said(text(KEYS), heading(above), text("Keys are kept. It costs much."))
    assert keys == expected


def test_without_a_quotation_or_an_answer_there_is_none() -> None:
    assert said(text("The Board agrees with all that was said of keys.")) == [None, None]
    assert said(text(KEYS)) == [None, None]
    assert said(text(KEYS), heading("Recommendation 2"), text("Accepted.")) == [None, None]


@pytest.fixture
def store(tmp_path: Path) -> str:
    body = "\n\n".join(["Serious Case Review: Child Q", "Recommendations", f"1. {KEYS}", f"2. {BOATS}"])
    answer = ["Response to the Serious Case Review report on Child Q", KEYS, "The Board agrees. It costs 1."]
    return str(ingested(tmp_path, {"report.txt": body, "response.txt": "\n\n".join(answer)}))


def test_the_command_puts_answers_beside(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", store, "recommendations", "--with-response"]) == 0
    shown = capsys.readouterr()
    assert "accepted: “The Board agrees.”" in shown.out
    assert "1 of 2 recommendations answered: accepted 1" in shown.err
    assert main(["--store", store, "recommendations", "--with-response", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["response"] for row in rows] == ["accepted", ""]
    assert main(["--store", store, "recommendations", "--with-response", "--format", "json"]) == 0
    first, second = json.loads(capsys.readouterr().out)["recommendations"]
    assert (first["response_text"], first["response_page"], second["response"]) == (
        "The Board agrees.",
        1,
        None,
    )


def test_without_the_option_nothing_changes(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", store, "recommendations", "--format", "csv"]) == 0
    assert "response" not in capsys.readouterr().out.split("\n")[0]


def test_an_answer_that_neither_accepts_nor_rejects_is_called_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = "\n\n".join(["Serious Case Review: Child Q", "Recommendations", f"1. {KEYS}", f"2. {BOATS}"])
    answer = ["Response to the Serious Case Review report on Child Q", KEYS, "The Board met in the harbour."]
    store = str(ingested(tmp_path, {"report.txt": report, "response.txt": "\n\n".join(answer)}))
    assert main(["--store", store, "recommendations", "--with-response"]) == 0
    assert "1 of 2 recommendations answered: no clear verdict 1" in capsys.readouterr().err


def test_a_store_without_responses_says_so(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", store, "recommendations", "--with-response", "--where", "text=boats"]) == 0
    assert "no response in the store quotes them" in capsys.readouterr().err


def test_the_report_counts_answers(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", store, "report", "--output", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Accepted: 1 of 2 recommendations" in page
