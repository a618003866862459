"""`srtminer check`: gaps, nobody asked, odd lengths, what was not taken; and what it says of them."""

import csv
import io
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srtminer.cli.app import run
from srtminer.inspection import inspect, ranges
from srtminer.model import Agency, Recommendation, Review
from srtminer.read.compose_review import Block, compose

BOARD = (Agency("Board", "safeguarding-board"),)


def review(*blocks: Block | str) -> Review:
    made = [Block(block) if isinstance(block, str) else block for block in blocks]
    return compose(made, source="a.txt", format="text", page_count=1)


def one(
    reference: str = "", text: str = "The Board should read it all again.", start: int = 0
) -> Recommendation:
    return Recommendation(
        *(f"r{reference}", "v", (reference,) if reference else (), start, start, text, 4, 4), agencies=BOARD
    )


@pytest.mark.parametrize(
    ("references", "numbered", "missing"),
    [
        (("1", "2", "3"), ("1–3",), ()),
        (("2", "3", "7"), ("1–7",), ("1", "4–6")),
        (("4.3", "4.4", "4.6"), ("4.3–4.6",), ("4.5",)),
        (("Recommendation 1", "Recommendation 2", "Recommendation 4"), ("1–4",), ("3",)),
        (("4.3", "4.9", "4.12"), (), ()),
        (("1", "2"), (), ()),
        (("63", "91", "140"), (), ()),
        (("1", "3", "6", "8"), (), ()),
        (("1", "2(a)", "2(b)", "3 (i)", "4(a)(ii)"), ("1–4",), ()),
        (("a", "", "Annex"), (), ()),
    ],
)
def test_gaps_in_the_numbers(
    references: tuple[str, ...], numbered: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    found = inspect([one(reference) for reference in references], "", review("Text."))
    assert (found.numbered, found.missing) == (numbered, missing)


@pytest.mark.parametrize(
    ("found", "why_none", "said"),
    [
        ([one("1"), one("2"), one("3")], "", "ok"),
        ([one("2"), one("3"), one("7")], "", "1, 4–6 not found"),
        ([one("1"), one("2", "Act."), one("4")], "", "3 not found; 1 very short"),
        ([], "says that none were made (p. 1)", "ok"),
        ([], "a response", "ok"),
        ([], "no heading or sentence there", "none found"),
    ],
)
def test_a_verdict_in_few_words(found: list[Recommendation], why_none: str, said: str) -> None:
    assert inspect(found, why_none).verdict == said


@given(st.sets(st.integers(0, 50)))
def test_ranges_hold_each_number_once(numbers: set[int]) -> None:
    spans = list(ranges(sorted(numbers)))
    assert [n for first, last in spans for n in range(first, last + 1)] == sorted(numbers)
    assert all(after[0] > before[1] + 1 for before, after in pairwise(spans))


def test_nobody_asked_and_odd_lengths() -> None:
    short, long = one("1", "Act now."), one("2", "word " * 500)
    nobody = Recommendation("r", "v", (), 0, 0, "Files are kept in one good place.", 9, 9)
    found = inspect([short, long, nobody], "", review("Text."))
    assert (found.without_addressee, found.short, found.long, found.sound) == (1, ("1",), ("2",), False)
    assert inspect([one("1")], "", review("Text.")).sound


def test_what_asks_and_was_not_taken() -> None:
    document = review(
        "We recommend that Harle Council publish the survey of the quay.",
        "The panel recommends that the harbour lamps be lit at dusk every evening.",
        Block("Recommendations", role="heading", level=1),
        Block("The ferry should sound its horn.", number="1"),
        "Staff should have known.",
    )
    twice = one("1", "That the harbour lamps be lit at dusk every evening.")
    found = inspect([twice], "", document)
    assert [paragraph.text for paragraph in found.not_taken] == [
        "We recommend that Harle Council publish the survey of the quay.",
        "The ferry should sound its horn.",
    ]
    assert inspect([], "a response: the recommendations in it are others'", document).not_taken == ()


def test_what_is_left_of_a_list_of_which_most_is_taken() -> None:
    lamps, bells, ropes = ("lamps be lit.", "Reports come from the bells.", "the ropes be dry.")
    listed = [
        Block(text, number=f"4.{n}") for n, text in enumerate((lamps, bells, ropes, "Thanks to all."), 1)
    ]
    document = review(Block("What we ask", role="heading", level=1), *listed, "Lamps and ropes.")

    def taken(*texts: str) -> list[Recommendation]:
        starts = map(document.text.index, texts)
        return [
            replace(one("4"), text=t, start=s, end=s + len(t)) for s, t in zip(starts, texts, strict=True)
        ]

    def left(*texts: str) -> list[str]:
        return [paragraph.text for paragraph in inspect(taken(*texts), "", document).not_taken]

    assert left(lamps, ropes, "Thanks to all.") == [bells]
    assert left(bells, ropes, "Thanks to all.") == [], "the first introduces the others"
    assert left(lamps, bells) == [], "half is not most"


def test_none_said_is_not_nothing_found() -> None:
    said = inspect([], "says that none were made (page 1)", review("Text."))
    assert (said.says_none, said.sound) == (True, True)
    assert not inspect([], "no heading or sentence was found", review("Text.")).sound


@pytest.fixture
def store(tmp_path: Path) -> str:
    text = "# Serious Case Review: Child Q\n\n## Recommendations\n\n"
    for number in (1, 2, 4):
        text += f"Recommendation {number}: The Board should audit its work of year {number}.\n\n"
    (tmp_path / "q.md").write_text(text, encoding="utf-8")
    path = str(tmp_path / "a.db")
    assert run(["--store", path, "--quiet", "ingest", str(tmp_path / "q.md")]) == 0
    return path


def test_the_command_in_every_form(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["--store", store, "check"]) == 0
    out = capsys.readouterr().out
    assert "q.md" in out.replace("\n    ", "")  # a long path is broken
    assert "    Numbered: 1–4\n    Not found: 3\n" in out
    assert run(["--store", store, "check", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "srtminer.check/1"
    assert (document["documents"][0]["missing"], document["documents"][0]["sound"]) == (["3"], False)
    assert run(["--store", store, "check", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["Recommendations"], row["Not found"]) == ("3", "3")
    assert run(["--store", store, "check", "--format", "markdown"]) == 0
    assert "| Review |" in capsys.readouterr().out
