"""Printed numbers and list marks, from the line alone."""

import pytest

from srtminer.read.line_marks import marks_of, split_mark

MARKS = [
    ("4.17 The Board should act.", ("number", "4.17", "The Board should act.")),
    ("4.2", ("number", "4.2", "")),
    ("4.2.", ("number", "4.2", "")),
    ("4.2: to review the protocol", ("number", "4.2", "to review the protocol")),
    ("6.1.1 set a time within which", ("number", "6.1.1", "set a time within which")),
    ("6.1 set a time", ("", "", "6.1 set a time")),
    ("6.1.12 3 of the wagons", ("", "", "6.1.12 3 of the wagons")),
    ("4.10.3 “Working” is", ("number", "4.10.3", "“Working” is")),
    ("4.17The Board should", ("number", "4.17", "The Board should")),
    ("(4.12) The Board", ("number", "4.12", "The Board")),
    ("4.0 Recommendations", ("number", "4.0", "Recommendations")),
    ("B.2.1 Health", ("number", "B.2.1", "Health")),
    ("C.4 The Trust", ("number", "C.4", "The Trust")),
    ("4.3a The Trust", ("number", "4.3a", "The Trust")),
    ("4.", ("count", "4", "")),
    ("1. Introduction", ("count", "1", "Introduction")),
    ("1.The Board", ("count", "1", "The Board")),
    ("1. 16-year-olds should be seen alone", ("count", "1", "16-year-olds should be seen alone")),
    ("12) the Trust", ("count", "12", "the Trust")),
    ("(3) text", ("count", "3", "text")),
    ("➀ text", ("count", "1", "text")),
    ("⑫text", ("count", "12", "text")),
    ("1- it needs to change", ("count", "1", "it needs to change")),
    ("2 – professionals need", ("count", "2", "professionals need")),
    ("3: Blame", ("count", "3", "Blame")),
    ("4 Recommendations", ("bare", "4", "Recommendations")),
    ("4", ("bare", "4", "")),
    ("Conclusion 1. A council", ("label", "Conclusion 1", "A council")),
    ("Conclusion of the inquiry", ("", "", "Conclusion of the inquiry")),
    ("(a) training", ("letter", "a", "training")),
    ("b) training", ("letter", "b", "training")),
    ("c. training", ("letter", "c", "training")),
    ("(B) Training", ("letter", "B", "Training")),
    ("(a)(i) text", ("letter", "a", "(i) text")),
    ("(iv) training", ("roman", "iv", "training")),
    ("xii. training", ("roman", "xii", "training")),
    ("II. Findings", ("roman", "II", "Findings")),
    ("V. FINDINGS", ("roman", "V", "FINDINGS")),
    ("(i)", ("roman", "i", "")),
    ("Recommendation 3: The Board", ("label", "Recommendation 3", "The Board")),
    ("Recommendation 3", ("label", "Recommendation 3", "")),
    ("RECOMMENDATION 12 – the Trust", ("label", "RECOMMENDATION 12", "the Trust")),
    ("Recommendation 4.1 The Board", ("label", "Recommendation 4.1", "The Board")),
    ("Recommendation No. 5. The Board", ("label", "Recommendation No. 5", "The Board")),
    ("Recommendation one: the Board", ("label", "Recommendation one", "the Board")),
    ("Safety Recommendation 2:", ("label", "Safety Recommendation 2", "")),
    ("Recommendation1: the Board", ("label", "Recommendation1", "the Board")),
    ("Learning Point 2 (Health)", ("label", "Learning Point 2", "(Health)")),
    ("Rec. 7: the Board", ("label", "Rec. 7", "the Board")),
    ("R7. The Board", ("label", "R7", "The Board")),
    ("R7", ("label", "R7", "")),
    ("CP4: The Board", ("label", "CP4", "The Board")),
    ("• training", ("bullet", "", "training")),
    ("\uf0b7training", ("bullet", "", "training")),
    ("(cid:127) training", ("bullet", "", "training")),
    ("- training", ("bullet", "", "training")),
    ("– training", ("bullet", "", "training")),
    ("Policy Recommendation 1", ("label", "Policy Recommendation 1", "")),
    ("R3.2-1 Test the bolts.", ("label", "R3.2-1", "Test the bolts.")),
    ("R3-1: Test", ("label", "R3-1", "Test")),
    ("Essential action 2: Listening", ("label", "Essential action 2", "Listening")),
    ("* training", ("bullet", "", "training")),
    ("o training", ("bullet", "", "training")),
    ("o", ("bullet", "", "")),
    ("•", ("bullet", "", "")),
    ("§ training", ("bullet", "", "training")),
]

NO_MARKS = [
    "",
    "The Board should act.",
    "4.5 million children",
    "10.30 am at the clinic",
    "10.05 Mother was seen",
    "24.09.2014 Mother was seen",
    "2014. The review",
    "3.5% of families",
    "2 – 3 years later",
    "3-year-old child",
    "653This appears",
    "12 weeks later",
    "A. Smith, chair",
    "I. Newton, author",
    "i.e. the Board",
    "e.g. the Board",
    "a child was seen",
    "I was told",
    "of the",
    "-5 degrees",
    "- - - -",
    "* * *",
    "-----",
    "Recommendation 3 was accepted",
    "recommendation 3. The Board",
    "Recommendations 3 and 4",
    "Recommendations",
    "Action plan",
    "Øresund",
    "(2009) Working Together",
    "(see above)",
    "A4 paper",
    "R3-year plan",
    "M1 motorway",
]


@pytest.mark.parametrize(("line", "expected"), MARKS)
def test_marks(line: str, expected: tuple[str, str, str]) -> None:
    assert split_mark(line) == expected


@pytest.mark.parametrize("line", NO_MARKS)
def test_lines_without_a_mark_stay_whole(line: str) -> None:
    assert split_mark(line) == ("", "", line)


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (["C1 Every home needs it.", "A wrapped line", "C2 Each council has it."], {0: "C1", 2: "C2"}),
        (["A1 All rise", "A2 Be seated", "A1 Again", "A2 And again"], {0: "A1", 1: "A2", 2: "A1", 3: "A2"}),
        (["M6 Motorway", "M1 Motorway", "M25 Motorway"], {}),
        (["C1 Every home needs it."], {}),
        (["C1 every home", "C2 every council"], {}),
        (["C2 Each council has it.", "C3 Each home has it."], {}),
        (["I. All sit", "II. See", "or not.", "III. Go", "IV. Stop"], {0: "I", 1: "II", 3: "III", 4: "IV"}),
        (["IV. Stop", "V. Woolf", "I. Newton", "V. Horta"], {0: "IV"}),
        (["A. All rise", "B. Be seated", "C. Go"], {0: "A", 1: "B", 2: "C"}),
        (["A. Smith", "B. Jones", "D. Brown"], {}),
        ([f"{letter}. Go" for letter in "ABCDEFGHIJ"], dict(enumerate("ABCDEFGHIJ"))),
    ],
)
def test_marks_that_may_be_words_are_told_by_their_series(lines: list[str], codes: dict[int, str]) -> None:
    assert {index: mark.number for index, mark in enumerate(marks_of(lines)) if mark.kind} == codes


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (["The wheel is worn. (Paragraph", "20) The quay is not."], ["", ""]),
        (["The wheel is worn (see paragraphs 4 and", "b) for both."], ["", ""]),
        (["The wheel is worn. (Paragraph 19)", "20) The quay is not."], ["", "count"]),
        (["The wheel (see above", "(20) The quay is not."], ["", "count"]),
        (["The wheel (see above", "20. The quay (on the left) is not."], ["", "count"]),
    ],
)
def test_what_closes_a_bracket_of_the_line_above_is_no_mark(lines: list[str], kinds: list[str]) -> None:
    assert [mark.kind for mark in marks_of(lines)] == kinds
