"""Plain text: decoding, wrapped lines, headings, lists, and numbers torn from their paragraphs."""

import codecs
from collections import Counter
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.model import Omission, Review, Skipped
from srtminer.read.text_cleaning import clean
from srtminer.read.text_files import parse_text, read_text

Shown = tuple[str, str, str]


def blocks(text: str) -> list[Shown]:
    """Role, number and text of each paragraph of a text."""
    return shown(parse_text(text, source="invented.txt"))


def shown(review: Review) -> list[Shown]:
    return [(p.role, p.number, review.text[p.start : p.end]) for p in review.paragraphs]


def abridged(found: list[Shown], expected: list[Shown]) -> list[Shown]:
    """Give what was found with “…” where a text is expected to begin and to end in a way."""
    pairs = zip_longest(found, expected, fillvalue=("", "", ""))
    return [(role, number, _abridged(text, wanted)) for (role, number, text), (*_, wanted) in pairs]


def _abridged(text: str, wanted: str) -> str:
    first, dots, last = wanted.partition("…")
    return wanted if dots and text.startswith(first) and text.endswith(last) else text


TORN: dict[str, tuple[str, list[Shown]]] = {
    "number, heading, text": (
        """\
2.
Recommendations
2.1
Sharing information
The Wexmoor Board should agree with all of its partners how information about
unborn babies is shared before the birth, and test it once a year in practice.
2.2
The Trust should audit the records of all the families who were known to the
midwives in the year of the review and tell the Board what it finds in them.
""",
        [
            ("heading", "2", "Recommendations"),
            ("heading", "", "Sharing information"),
            ("text", "2.1", "The Wexmoor Board should agree with all of … test it once a year in practice."),
            ("text", "2.2", "The Trust should audit the records of all … the Board what it finds in them."),
        ],
    ),
    "a number between a list's opening and its items": (
        """\
6.3

Supervision
The Marden Board should satisfy itself that supervision in each of its member
agencies is regular, is recorded and covers these matters:
6.4

The safety of the worker on visits to the home
Decisions that were not made, and the reasons that were given for leaving
them open at the time
Cases that are about to be closed

Record keeping
Every agency should keep one chronology for a child, and open it at the point
of the first referral whatever becomes of that referral in the end.

6.5

The police should check addresses against the register before a visit is paid.
""",
        [
            ("heading", "", "Supervision"),
            ("text", "6.3", "The Marden Board should satisfy itself that … and covers these matters:"),
            ("item", "", "The safety of the worker on visits to the home"),
            ("item", "", "Decisions that were not made, and the reasons … leaving them open at the time"),
            ("item", "", "Cases that are about to be closed"),
            ("heading", "", "Record keeping"),
            ("text", "6.4", "Every agency should keep one chronology for … of that referral in the end."),
            ("text", "6.5", "The police should check addresses against the register before a visit is paid."),
        ],
    ),
    "two numbers, a list below the first": (
        """\
Midwifery

7.1

7.2

The lessons of the earlier review must be repeated in the training of all the
midwives who join the service, with a focus on:


the history of the father and of any other man in the home, which was not asked
for on any of the visits



the plan for the day of the discharge

Recommendation
The drug service should tell the named midwife of every pregnancy it hears of,
on the day on which it hears of it.
 7.3

Recommendation
The records of both parents should be read together before a plan is agreed on.
""",
        [
            ("heading", "", "Midwifery"),
            ("text", "7.1", "The lessons of the earlier review must be … the service, with a focus on:"),
            ("item", "", "the history of the father and of any other … not asked for on any of the visits"),
            ("item", "", "the plan for the day of the discharge"),
            ("heading", "", "Recommendation"),
            ("text", "7.2", "The drug service should tell the named … on the day on which it hears of it."),
            ("heading", "", "Recommendation"),
            ("text", "7.3", "The records of both parents should be read … before a plan is agreed on."),
        ],
    ),
    "the numbered paragraphs are the list": (
        """\
5.1

The panel makes these recommendations to the Board and to its member agencies:

5.2

The Board should publish its policy on home education and review it each spring.

5.3

The Council should visit each home-educated child once in every school term.
""",
        [
            ("text", "5.1", "The panel makes these recommendations to the Board and to its member agencies:"),
            ("text", "5.2", "The Board should publish its policy on home … and review it each spring."),
            ("text", "5.3", "The Council should visit each home-educated child once in every school term."),
        ],
    ),
    "two numbers, two paragraphs": (
        """\
3.8

3.9

The school did not know that the family had moved twice in the course of the
year before, because nobody had told it.

The housing officer knew, and had no reason to think that the school did not
know as well.

3.10

Both had been at the same meeting in the summer.
""",
        [
            ("text", "3.8", "The school did not know that the family had … because nobody had told it."),
            ("text", "3.9", "The housing officer knew, and had no reason … school did not know as well."),
            ("text", "3.10", "Both had been at the same meeting in the summer."),
        ],
    ),
    "a number after the items is the next paragraph's": (
        """\
8.1

The Trust should make sure that every discharge plan which is agreed on a ward
names the following people:

the health visitor
the social worker
the family doctor

8.2

The Council should keep to its own timescales for an assessment of a family in
which a child has been hurt.
""",
        [
            ("text", "8.1", "The Trust should make sure that every … on a ward names the following people:"),
            ("item", "", "the health visitor"),
            ("item", "", "the social worker"),
            ("item", "", "the family doctor"),
            ("text", "8.2", "The Council should keep to its own … a family in which a child has been hurt."),
        ],
    ),
    "bullets torn from their items": (
        """\
9.4 The partnership should ask every one of its agencies for a written account
of how it makes sure that:
•
•
•
new staff are trained within a month
managers read the case notes of their staff
complaints are answered

9.5 The partnership should publish what it is told, and what it thinks of what
it is told, in its annual report.
""",
        [
            ("text", "9.4", "The partnership should ask every one of its … of how it makes sure that:"),
            ("item", "", "new staff are trained within a month"),
            ("item", "", "managers read the case notes of their staff"),
            ("item", "", "complaints are answered"),
            ("text", "9.5", "The partnership should publish what it is … it is told, in its annual report."),
        ],
    ),
    "a number amid the items": (
        """\
2.4

The Council should write to every family that it has turned away in the past
year, and should tell them:

what was decided
who decided it
2.5
how to complain

Advice
The Council should keep an advice line open at night and at the weekend, and
count the calls.

2.6

The police should call it.
""",
        [
            ("text", "2.4", "The Council should write to every family … past year, and should tell them:"),
            ("item", "", "what was decided"),
            ("item", "", "who decided it"),
            ("item", "", "how to complain"),
            ("heading", "", "Advice"),
            ("text", "2.5", "The Council should keep an advice line open … weekend, and count the calls."),
            ("text", "2.6", "The police should call it."),
        ],
    ),
    "three numbers, three paragraphs under headings": (
        """\
Schools
1.1
1.2
1.3

Head teachers should read the letter that was sent to all of them in the spring
of the year.

Housing

Landlords should be asked whether they have seen the children whose names they
have on their lists.

Housing officers should be told what a worker has to look for in a home that
is cold.

1.4

The Board should ask again in a year, and should publish the answers that it
has been given.
""",
        [
            ("heading", "", "Schools"),
            ("text", "1.1", "Head teachers should read the letter that … them in the spring of the year."),
            ("heading", "", "Housing"),
            ("text", "1.2", "Landlords should be asked whether they have … names they have on their lists."),
            ("text", "1.3", "Housing officers should be told what a … to look for in a home that is cold."),
            ("text", "1.4", "The Board should ask again in a year, and … answers that it has been given."),
        ],
    ),
    "headings without blank lines between full paragraphs": (
        """\
3.1 The nurse had seen the child twice before she was told that the family was
to move to the town, and wrote so to her manager.
Working with fathers
3.2 The father was at home on both days. Nobody asked him who he was, and his
name is not in the records of the clinic.
Larkshire Police
3.3 The police knew him.
""",
        [
            ("text", "3.1", "The nurse had seen the child twice before … and wrote so to her manager."),
            ("heading", "", "Working with fathers"),
            ("text", "3.2", "The father was at home on both days. Nobody … in the records of the clinic."),
            ("heading", "", "Larkshire Police"),
            ("text", "3.3", "The police knew him."),
        ],
    ),
    "letters on lines of their own": (
        """\
2.1 The Board should see to it that all of its member agencies have done these
things by the end of the year:
(a)
Read the report
(b)
Told their staff of it
2.2 The Board should say so in public.
""",
        [
            ("text", "2.1", "The Board should see to it that all of its … things by the end of the year:"),
            ("item", "a", "Read the report"),
            ("item", "b", "Told their staff of it"),
            ("text", "2.2", "The Board should say so in public."),
        ],
    ),
    "labels on lines of their own": (
        """\
Conclusions and recommendations

Recommendation 1

That the Board and the health services of the county agree on one form for the
referral of a pregnant woman who uses drugs.

Recommendation 2

That the form is used.
""",
        [
            ("heading", "", "Conclusions and recommendations"),
            ("text", "Recommendation 1", "That the Board and the health … a pregnant woman who uses drugs."),
            ("text", "Recommendation 2", "That the form is used."),
        ],
    ),
    "numbered headings keep their numbers": (
        """\
3
Analysis
3.1
The first referral
3.1.1
The referral was made on a Friday and was read on the Tuesday after it, by a
worker who was new to the team.
3.1.2
No one had told her of the history.
""",
        [
            ("heading", "3", "Analysis"),
            ("heading", "3.1", "The first referral"),
            ("text", "3.1.1", "The referral was made on a Friday and was … worker who was new to the team."),
            ("text", "3.1.2", "No one had told her of the history."),
        ],
    ),
    "a heading with a full stop, a paragraph of two parts": (
        """\
4.6

Contact with the family and the end of the criminal case.
The Board will look at this review again when the criminal case has ended, and
will say whether its conclusions still hold.
The Board will write to the parents.
4.7 The Board will tell the inspectors when this has been done, and will do so
within the month.
""",
        [
            ("heading", "", "Contact with the family and the end of the criminal case."),
            ("text", "4.6", "The Board will look at this review again … its conclusions still hold."),
            ("text", "", "The Board will write to the parents."),
            ("text", "4.7", "The Board will tell the inspectors when this … will do so within the month."),
        ],
    ),
    "a number that finds no paragraph is kept": (
        """\
4.1
4.2 The Board should act on the findings of this review without any further delay
and say so in public.
""",
        [
            ("text", "", "4.1"),
            ("text", "4.2", "The Board should act on the findings of this … delay and say so in public."),
        ],
    ),
}


@pytest.mark.parametrize("name", TORN)
def test_torn_numbers_find_their_paragraphs(name: str) -> None:
    text, expected = TORN[name]
    found = blocks(text)
    assert abridged(found, expected) == expected
    assert letters("".join(number + words for _, number, words in found)) == letters(text)


PROSE: dict[str, tuple[str, list[Shown]]] = {
    "one line a paragraph, points with dashes": (
        "What I would change after the Tarn End review\n\n24 Sep\n\n"
        "Being a social worker, I have some points to make about what we have all read this week.\n\n"
        "1- it needs to be heard by every manager that a visit takes time.\n\nThis is not about money "
        "alone.\n\n"
        "2 – supervision has to happen!\n\n3: Write it down.\n",
        [
            ("heading", "", "What I would change after the Tarn End review"),
            ("text", "", "24 Sep"),
            ("text", "", "Being a social worker, I have some points to … what we have all read this week."),
            ("text", "1", "it needs to be heard by every manager that a visit takes time."),
            ("text", "", "This is not about money alone."),
            ("text", "2", "supervision has to happen!"),
            ("text", "3", "Write it down."),
        ],
    ),
    "list items of every kind": (
        "The Board should:\n(a) publish it;\n(b) send it to:\n(i) the schools;\n(ii) the courts;\n"
        "• read it\no again\n– and again\n\uf0b7 and keep it\n",
        [
            ("text", "", "The Board should:"),
            ("item", "a", "publish it;"),
            ("item", "b", "send it to:"),
            ("item", "i", "the schools;"),
            ("item", "ii", "the courts;"),
            ("item", "", "read it"),
            ("item", "", "again"),
            ("item", "", "and again"),
            ("item", "", "and keep it"),
        ],
    ),
    "labels in front of their text": (
        "Recommendation 3: The Trust should act.\nR7. The police should act.\n\nRecommendation 4: Training\n"
        "Staff should be trained.\n",
        [
            ("text", "Recommendation 3", "The Trust should act."),
            ("text", "R7", "The police should act."),
            ("heading", "Recommendation 4", "Training"),
            ("text", "", "Staff should be trained."),
        ],
    ),
    "roman chapters, labels with titles": (
        "IV. RECOMMENDATIONS\nRecommendation 1: Training\nTrain the staff.\nV. CONCLUSION\nThat is all.\n",
        [
            ("heading", "IV", "RECOMMENDATIONS"),
            ("heading", "Recommendation 1", "Training"),
            ("text", "", "Train the staff."),
            ("heading", "V", "CONCLUSION"),
            ("text", "", "That is all."),
        ],
    ),
    "a chapter without those before it": (
        "7 Recommendations\nThe Board should act.\n24 Larkshire Road\n",
        [
            ("heading", "7", "Recommendations"),
            ("text", "", "The Board should act."),
            ("text", "", "24 Larkshire Road"),
        ],
    ),
    "short numbered points are no headings": (
        "4 Recommendations\n4.1 Review the policy\n4.2 Audit the files\n5 Conclusion\nThat is all.\n",
        [
            ("heading", "4", "Recommendations"),
            ("text", "4.1", "Review the policy"),
            ("text", "4.2", "Audit the files"),
            ("heading", "5", "Conclusion"),
            ("text", "", "That is all."),
        ],
    ),
}


@pytest.mark.parametrize("name", PROSE)
def test_texts_with_one_line_a_paragraph(name: str) -> None:
    text, expected = PROSE[name]
    assert abridged(blocks(text), expected) == expected


WRAPPED = """\
The health visitor wrote to the named nurse about the child's safe-
guarding plan and about the ways of safeguarding in the town, inter-
agency working among them, but neither what was said in the pre-
and post-natal notes of the clinic nor the letters of the year 2008-
2009 reached the panel. It met in a hall that is said to be Anglo-
Saxon – as may be read at length in the report, in paragraph
4.12 of it – in order to hear what the inter-agency group and the
– by then quite large – group of officers had to say about it and
what it meant.
"""


def test_wrapped_lines_are_joined() -> None:
    ((_, _, text),) = blocks(WRAPPED)
    assert text == (
        "The health visitor wrote to the named nurse about the child's safeguarding plan and about "
        "the ways "
        "of safeguarding in the town, inter-agency working among them, but neither what was said in "
        "the pre- "
        "and post-natal notes of the clinic nor the letters of the year 2008-2009 reached the "
        "panel. It met "
        "in a hall that is said to be Anglo-Saxon – as may be read at length in the report, in "
        "paragraph 4.12 "
        "of it – in order to hear what the inter-agency group and the – by then quite large – group of "
        "officers had to say about it and what it meant."
    )


LEVELS = """\
Larkshire Safeguarding
Children Board
Serious Case Review: Child Q
4 Recommendations
4.1 These are the points.
Individual Agency Recommendations
Health
Training
4.2 Nurses should be trained.
Larkshire Constabulary
4.3 Officers should be trained.
4.4 Next steps
4.4.1 The Board will meet.
Recommendation 1: Meetings
The Board will meet again.
"""


def test_levels_of_headings() -> None:
    review = parse_text(LEVELS, source="invented.txt")
    headings = [(review.text[p.start : p.end], p.level) for p in review.paragraphs if p.role == "heading"]
    assert headings == [
        ("Larkshire Safeguarding", 1),
        ("Children Board", 3),
        ("Serious Case Review: Child Q", 4),
        ("Recommendations", 1),
        ("Individual Agency Recommendations", 4),
        ("Health", 3),
        ("Training", 4),
        ("Larkshire Constabulary", 3),
        ("Next steps", 2),
        ("Meetings", 4),
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("A review\n4.0 Recommendations\n4.1 The Board should act.\n4.2 It did.\n", ["4.0"]),
        ("A review\n4 Recommendations\n4.1 The Board should act.\n4.2 It did.\n", ["4"]),
        ("A review\n4.0 The Board should act.\n4.1 It did.\n", []),
        ("A review\n4.1 Recommendations\n4.2 The Board should act.\n", []),
        ("A review\n4.10 Recommendations\n4.11 The Board should act.\n", []),
    ],
)
def test_a_chapter_may_have_nought_behind_its_number(text: str, headings: list[str]) -> None:
    review = parse_text(text, source="invented.txt")
    assert [p.number for p in review.paragraphs if p.role == "heading" and p.number] == headings
    assert {p.level for p in review.paragraphs if p.role == "heading" and p.number} <= {1}


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        ("OFFICIAL SENSITIVE", False),
        ("OFFICIAL – SENSITIVE", False),
        ("NOT PROTECTIVELY MARKED", False),
        ("CONFIDENTIAL", False),
        ("Confidential", True),
        ("OFFICIAL RESPONSE", True),
        ("CONFIDENTIAL INFORMATION", True),
    ],
)
def test_protective_markings_are_dropped(line: str, is_kept: bool) -> None:
    review = parse_text(f"A review\n\n{line}\n\nThe Board met.\n", source="invented.txt")
    assert (line in review.text) is is_kept
    assert [omission.what for omission in review.omissions] == [] if is_kept else ["running header or footer"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("We recommend that the agency:", "text"),
        ("Appendix A: how we did the review", "heading"),
        ("Appendix A was lost.", "text"),
        ("How we did the review was asked", "heading"),
        ("What we recommend", "heading"),
        ("Recommended reading", "heading"),
        ("The agency:", "heading"),
    ],
)
def test_a_line_that_recommends_is_no_heading(line: str, role: str) -> None:
    review = parse_text(f"A review\n\nThe Board met.\n\n{line}\n\n• It met.\n", source="invented.txt")
    assert [p.role for p in review.paragraphs if review.text[p.start : p.end] == line] == [role]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("A review\n\n3. Recommendations\n\n1. The Board should act.\n\n2. It should tell.\n", ["3"]),
        ("A review\n\n3. Recommendations\n\n4. The Board should act.\n\n5. It should tell.\n", []),
        ("A review\n\n3. Doors and windows\n\n1. The Board should act.\n", []),
        ("A review\n\n6. ACTION SHOULD BE TAKEN\n\n1. The Board should act.\n", ["6"]),
        ("A review\n\n6. THE PANEL RECOMMENDS THAT:\n\n• the Board act.\n", []),
        ("A review\n\n3.1 Recommendations\n\n1. The Board should act.\n", ["3.1"]),
    ],
)
def test_a_known_chapter_stands_over_points_counted_from_one(text: str, numbers: list[str]) -> None:
    review = parse_text(text, source="invented.txt")
    assert [p.number for p in review.paragraphs if p.role == "heading" and p.number] == numbers


def test_a_number_goes_on_from_the_paragraph_that_a_full_line_ends() -> None:
    wrapped = (
        "1. The committee thanks everybody who gave evidence to it in the\n"
        "long winter of that year. (Paragraph 4)\n"
        "2. The work that has been done must be made known to the panel at\n"
        "all times, and it must be kept informed of it too. (Paragraph 13)\n"
        "3. The role of the committee is a valuable one, as it was held in\n"
        "the spring. It should be invited at once, before it is (Paragraph\n"
        "20) too late.\n"
    )
    assert [p.number for p in parse_text(wrapped, source="invented.txt").paragraphs] == ["1", "2", "3"]


PLAN = "No\tRecommendation\tLead\n"


def table_rows(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    review = parse_text(text, source="invented.txt")
    return [
        (p.number, [(cell.header, review.text[cell.start : cell.end]) for cell in p.cells])
        for p in review.paragraphs
        if p.role == "row"
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"{PLAN}1\tAct\tPolice\n2\tTell\t\n", [("1", "Act", "Police"), ("2", "Tell", "")]),
        (f"{PLAN}1\tAct\tPolice\nNotes: none.\n", [("1", "Act", "Police")]),
        (f"{PLAN}1\tAct\tPolice\n{PLAN}2\tTell\tGP\n", [("1", "Act", "Police"), ("2", "Tell", "GP")]),
        ("\tBoard\tAct\n", []),
        ("Recommendations\t12\nAppendix\t14\n", []),
        ("(a)\tTake action now\n(b)\tTell\n", []),
        ("Recommendation 1\tThe Board should act\nRecommendation 2\tTell\n", []),
        ("The Board should take action.\tSo it was told.\nNobody\tcame.\n", []),
        ("Name\tRole\nA. Harle\tChair\n", []),
    ],
)
def test_fields_below_a_header_are_cells(text: str, rows: list[tuple[str, str, str]]) -> None:
    expected = [
        (number, [(head, cell) for head, cell in (("Recommendation", what), ("Lead", lead)) if cell])
        for number, what, lead in rows
    ]
    assert table_rows(f"Action plan\n\n{text}") == expected


def test_a_table_leaves_the_text_around_it_as_it_is() -> None:
    around = "The Board met in the\nautumn and was told of it.\n\n"
    plain = parse_text(f"{around}Health\n\n{around}", source="invented.txt")
    tabled = parse_text(f"{around}{PLAN}1\tAct\tPolice\n\nHealth\n\n{around}", source="invented.txt")
    rows = [p for p in tabled.paragraphs if p.role == "row"]
    words = [tabled.text[p.start : p.end] for p in tabled.paragraphs if p not in rows]
    assert words == [plain.text[p.start : p.end] for p in plain.paragraphs]


def test_levels_of_items() -> None:
    review = parse_text("The Board should:\n• act\n  o now\n  o well\n• report\n", source="invented.txt")
    assert [(p.role, p.level) for p in review.paragraphs] == [
        ("text", 0),
        ("item", 0),
        ("item", 1),
        ("item", 1),
        ("item", 0),
    ]


def paged(*pages: str) -> Review:
    return parse_text("\f".join(pages), source="invented.txt")


def test_form_feeds_count_pages_and_headers_are_dropped() -> None:
    review = paged(
        "Larkshire SCB\n\nFindings\nThe Board met.\n\nPage 1 of 3",
        "Larkshire SCB\n\nRecommendation 1: The Board should act.\n\nPage 2 of 3",
        "Larkshire SCB\n\nRecommendation 2: The Trust should act.\n\nPage 3 of 3\n\f",
    )
    assert review.page_count == 3
    assert [(p.page, p.number, review.text[p.start : p.end]) for p in review.paragraphs] == [
        (1, "", "Findings"),
        (1, "", "The Board met."),
        (2, "Recommendation 1", "The Board should act."),
        (3, "Recommendation 2", "The Trust should act."),
    ]
    assert review.omissions == tuple(Omission("running header or footer", page, 2) for page in (1, 2, 3))


@pytest.mark.parametrize(("line", "kept"), [("- 2 -", 0), ("– 2 –", 0), ("- 2", 1), ("- 2 - 3", 1)])
def test_a_page_number_between_dashes_is_dropped_wherever_it_stands(line: str, kept: int) -> None:
    review = paged("Findings\nThe Board met.\n", f"It met again.\n{line}\n")
    assert len(review.paragraphs) == 3 + kept


def test_page_numbers_are_dropped_and_printed_numbers_are_not() -> None:
    review = paged(
        *(f"4.{n}\n\nThe Board should act on point {n} without delay.\n\n{n}" for n in range(1, 5))
    )
    assert [(p.page, p.number) for p in review.paragraphs] == [(1, "4.1"), (2, "4.2"), (3, "4.3"), (4, "4.4")]
    assert [omission.lines for omission in review.omissions] == [1, 1, 1, 1]


def test_headers_with_dates_and_addresses_are_dropped() -> None:
    days = ("Monday", "Tuesday", "Friday")
    review = paged(
        *(
            f"12/03/2014, 10:15\n\nThe Board met on {day}.\n\nhttps://larkshire.example/report {page}/3"
            for page, day in enumerate(days, start=1)
        )
    )
    assert [text for _, _, text in shown(review)] == [f"The Board met on {day}." for day in days]
    assert [omission.lines for omission in review.omissions] == [2, 2, 2]


def test_what_heads_both_of_two_pages_stays_on_the_first() -> None:
    review = paged("Recommendations\n\nThe Board met.", "Recommendations\n\nIt met again.")
    assert [text for _, _, text in shown(review)] == ["Recommendations", "The Board met.", "It met again."]
    assert [(omission.page, omission.lines) for omission in review.omissions] == [(2, 1)]


def test_page_numbers_beside_a_title_are_dropped_though_no_page_breaks_are_there() -> None:
    feet = [f"The Board met in room {page}.\nPage {page} Larkshire inquiry" for page in (7, 8, 9)]
    assert [text for _, _, text in shown(parse_text("\n\n".join(feet), source="x.txt"))] == [
        f"The Board met in room {page}." for page in (7, 8, 9)
    ]


def test_page_lines_without_page_breaks_are_dropped_with_the_header_below() -> None:
    head, foot = "Larkshire SCB: Child Q\n\n", "\n\nPage {} of 44\n"
    page = "c) no child who is not yet mobile leaves the hospital\nat night until a doctor of the ward"
    rest = "has seen the child and\nwritten down the reason for it;"
    review = parse_text(f"{head}{page}{foot.format(41)}{head}{rest}{foot.format(42)}", source="invented.txt")
    words = " ".join(f"{page[3:]} {rest}".split())
    assert [review.text[p.start : p.end] for p in review.paragraphs][1:] == [words]
    assert [omission.what for omission in review.omissions] == ["running header or footer"]
    kept = parse_text("Larkshire SCB\n\nSee page 41 of 44.\nLarkshire SCB met.\n", source="invented.txt")
    assert kept.omissions == ()


def test_lines_with_leaders_are_dropped_wherever_they_stand() -> None:
    review = parse_text(
        "Findings ........ 3\nActions . . . . . 12\nThe Board met.\nName ........\n", source="x.txt"
    )
    assert [text for _, _, text in shown(review)] == ["The Board met.", "Name ........"]
    assert review.omissions == (Omission("contents page", 1, 2),)


DECODING = [
    ("“Café” – naïve".encode(), "“Café” – naïve"),
    (codecs.BOM_UTF8 + "“Café”".encode(), "“Café”"),
    ("“Café”".encode("utf-16"), "“Café”"),
    (codecs.BOM_UTF16_BE + "“Café”".encode("utf-16-be"), "“Café”"),
    ("“Café” – naïve".encode("cp1252"), "“Café” – naïve"),
    (b"one\r\ntwo", "one\n\ntwo"),
    (b"one\rtwo", "one\n\ntwo"),
    (b"sure \x81 thing", "sure \ufffd thing"),
]


@pytest.mark.parametrize(("data", "expected"), DECODING)
def test_decoding(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "review.txt"
    path.write_bytes(data)
    review = read_text(path)
    assert isinstance(review, Review)
    assert review.text == expected
    assert (review.source, review.format, review.page_count) == (str(path), "text", 1)


SKIPPED = [
    (b"", "review.txt is not text: it is empty"),
    (b" \r\n\t\f ", "review.txt is not text: it holds nothing but white space"),
    (codecs.BOM_UTF8, "review.txt is not text: it holds nothing but white space"),
    (b"MZ\x90\x00\x03", "review.txt is not text: it contains NUL bytes"),
    (b"\x01\x02\x03 abc", "review.txt is not text: it contains many control characters"),
    (
        codecs.BOM_UTF16_LE + b"abc",
        "review.txt is not text: its byte order mark says UTF-16, its bytes do not keep to it",
    ),
]


@pytest.mark.parametrize(("data", "reason"), SKIPPED)
def test_what_is_no_text_is_skipped(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "review.txt"
    path.write_bytes(data)
    assert read_text(path) == Skipped(str(path), reason)


def test_a_missing_file_and_a_folder_are_skipped(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    assert read_text(missing) == Skipped(str(missing), "cannot be read: No such file or directory")
    assert read_text(tmp_path) == Skipped(str(tmp_path), "cannot be read: Is a directory")


TORN_OFF = (
    "4.2",
    "4.3",
    "(a) ",
    "• ",
    "•",
    "o ",
    "1. ",
    "2 ",
    "Recommendation 1: ",
    "Health",
    "Findings",
    "",
)
BROKEN = (
    "The Board should:",
    "\f",
    "page 3",
    "inter-",
    "agency",
    " x",
    "it ends.",
    "a sentence that goes on until",
)
FRAGMENTS = st.sampled_from((*TORN_OFF, *BROKEN))
DOCUMENTS = st.one_of(st.text(), st.lists(st.one_of(FRAGMENTS, st.text(max_size=60))).map("\n".join))


def letters(text: str) -> Counter[str]:
    """Letters and digits of a text; "o" and "(cid:1)" may be bullets and may go."""
    return Counter(c for c in text if c.isalnum() and c not in "oØcid" and not c.isdigit())


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_no_letter_is_lost(text: str) -> None:
    review = parse_text(text, source="any.txt")
    ends = [0, *(p.end for p in review.paragraphs)]
    assert all(a <= p.start < p.end for a, p in zip(ends, review.paragraphs, strict=False))
    assert all(review.text[p.start : p.end].strip() for p in review.paragraphs)
    if not review.omissions:
        assert letters(review.text) == letters("".join(map(clean, text.split("\n"))))


@settings(max_examples=50, deadline=None)
@given(DOCUMENTS)
def test_the_same_text_gives_the_same_review(text: str) -> None:
    assert parse_text(text, source="any.txt") == parse_text(text, source="any.txt")


@pytest.mark.parametrize("marks", [("A", "B", "C"), ("I", "II", "III")])
def test_capital_marks_count_chapters_and_points(marks: tuple[str, str, str]) -> None:
    names = ("Introduction", "Findings", "Recommendations")
    chapters = "".join(
        f"{mark}. {name}\n\nThe quay was dark.\n\n" for mark, name in zip(marks, names, strict=True)
    )
    review = parse_text(f"Ferry review\n\n{chapters}", source="any.txt")
    headings = [(one.number, review.text[one.start : one.end]) for one in review.paragraphs[1::2]]
    assert headings == list(zip(marks, names, strict=True))
    assert {one.role for one in review.paragraphs[1::2]} == {"heading"}
    points = parse_text("".join(f"{mark}. The crew should count.\n\n" for mark in marks), source="any.txt")
    assert [(one.role, one.number) for one in points.paragraphs] == [("text", mark) for mark in marks]


FULL_LINES = """\
The committee heard from eleven people who live on the moor and from the nurse there.
She asked what the department would do and was told to wait until after the autumn when
a new plan would be out. Nobody on the moor believed it. We urge the department to act by May.
"""


@pytest.mark.parametrize(
    ("below", "is_heading"),
    [
        ("\fFormal minutes\n", True),
        ("\fConclusions and recommendations\n", True),
        ("Conclusions and recommendations\n", True),
        ("\fMoor nurses, who are paid by the mile and not by the hour they spend, agreed with us.\n", False),
        ("Formal minutes\n", False),
    ],
)
def test_a_heading_below_a_full_last_line_is_no_part_of_it(below: str, is_heading: bool) -> None:
    text = (
        FULL_LINES + below + "The clerk read the report to the members, who agreed to it one by one then.\n"
    )
    found = [words for role, _, words in blocks(text) if role == "heading"]
    assert (below.strip() in found) == is_heading


def test_an_item_after_a_full_line_that_ends_in_and_is_one() -> None:
    text = (
        "The Department has eleven offices and none of them knows what the others have. It should:\n"
        "a. visit each school that has not said whether it has a roof of the sort that falls;\n"
        "b. publish the list of the schools with such roofs and bring it up to date each term; and\n"
        "c. work with the Treasury on the costs of new roofs, and say each year what they come to,\n"
        "school by school.\n"
    )
    assert [number for role, number, _ in blocks(text) if role == "item"] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("Recommendation for Health: The Trust should keep the chart.", True),
        ("Learning point: Every call counts.", True),
        ("Recommendation letters were lost: The clerk had them.", False),
        ("Moor nurses have one wish: They want to be paid by the hour.", False),
    ],
)
def test_a_title_run_in_begins_a_paragraph_below_a_full_line(line: str, begins: bool) -> None:
    text = FULL_LINES + line + "\n"
    assert any(words.startswith(line[:20]) for _, _, words in blocks(text)) == begins


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("R E C O M M E N D A T I O N S", "RECOMMENDATIONS"),
        ("5  F I N D I N G S   A N D   A C T I O N S", "5 FINDINGS AND ACTIONS"),
        ("A B C D", "A B C D"),
        ("I a m at a loss", "I a m at a loss"),
    ],
)
def test_headings_typed_with_a_space_after_each_letter_are_words(typed: str, plain: str) -> None:
    assert clean(typed) == plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("recom\u200cmend\u200d it", "recommend it"),
        (
            "\U0001f469\u200d\U0001f467 and \u0645\u06cc\u200c\u0631",
            "\U0001f469\u200d\U0001f467 and \u0645\u06cc\u200c\u0631",
        ),
        ("\u05d0\u05d1 (2)\u200f should", "\u05d0\u05d1 (2)\u200f should"),
        ("The Board\u200f should\u200e", "The Board should"),
        ("\u05d0\u202eevil\u2066", "\u05d0evil"),
    ],
)
def test_joiners_stay_where_they_join_and_marks_of_direction_where_words_run_to_the_left(
    typed: str, kept: str
) -> None:
    assert clean(typed) == kept
