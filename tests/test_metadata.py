"""What a document says about itself: found on its first pages, and left out where it does not say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.metadata import find_facts
from srtminer.metadata.front_page import rules
from srtminer.model import FOUND, GIVEN, METADATA_FIELDS, Fact, Review
from srtminer.read.compose_review import Block, compose

BODY = "The family had been known to several agencies for some years, and many visits had been made. " * 4


def review(*lines: str | Block, facts: tuple[Fact, ...] = ()) -> Review:
    """Build a review from its title-page lines, a chapter and running text."""
    front = [line if isinstance(line, Block) else Block(line, role="heading", level=1) for line in lines]
    body = [Block("Introduction", role="heading", number="1", page=2), Block(BODY, number="1.1", page=2)]
    return compose([*front, *body], source="a.txt", format="text", page_count=2, facts=facts)


def found(*lines: str | Block) -> dict[str, str]:
    return {fact.field: fact.value for fact in find_facts(review(*lines))}


KINDS = [
    # no kind is said
    ("Health visiting in Harle", None),
    ("A year of learning", None),
    ("The committed practitioner", None),
    ("Responses to stress in early childhood", None),
]


EXAMPLES = [(line, entry["kind"]) for entry in rules()["kinds"].values() for line in entry["examples"]]


@pytest.mark.parametrize(("line", "kind"), [*EXAMPLES, *KINDS])
def test_kind_by_the_title_page(line: str, kind: str | None) -> None:
    assert found(line).get("kind") == kind


def test_a_chapter_on_the_title_page_makes_no_kind() -> None:
    assert found("The Harle Homes Inquiry", "The failure of inspection")["kind"] == "inquiry"
    assert found("The Harle Homes Inquiry", "Terms of reference")["kind"] == "inquiry"
    assert found("Serious Case Review: Child Q", "Terms of reference")["kind"] == "SCR"
    assert found("Rural Affairs Committee", "Government response to the Report")["kind"] == "response"


def article(*paragraphs: str) -> dict[str, str]:
    blocks = [Block("Boys were missed", role="heading", level=1), *map(Block, paragraphs)]
    made = compose(blocks, source="a.txt", format="text", page_count=1)
    return {fact.field: fact.value for fact in find_facts(made)}


def test_an_article_is_known_by_its_marks() -> None:
    facts = article(BODY, "Posted by harle on May 4, 2031 in Practice")
    assert (facts["kind"], facts["year"], facts["published"]) == ("article", "2031", "2031-05-04")


@pytest.mark.parametrize(
    ("line", "kind"),
    [("By Oona Varley, social affairs reporter", "article"), ("By Oona Varley, independent author", "SCR")],
)
def test_who_reports_comes_before_what_is_reported(line: str, kind: str) -> None:
    assert article(line, "A serious case review of the boys is out.", BODY)["kind"] == kind


def test_an_article_is_known_by_its_style_and_has_no_board() -> None:
    facts = article(
        "The report was published yesterday by Wexmoor Safeguarding Children Board.",
        "“We are sorry,” he said. A council spokeswoman said the case was closed. " + BODY,
    )
    assert facts["kind"] == "article"
    assert "board" not in facts
    assert "year" not in facts


def test_a_quotation_makes_no_article() -> None:
    assert "kind" not in article("“We are sorry,” he said. The visit was due yesterday. " + BODY)


def test_an_adults_board_makes_adults_reviews() -> None:
    assert found("Wexmoor Safeguarding Adults Board", "Seven deaths: a thematic review")["kind"] == "SAR"


DATES = [
    ("Published 14 March 2031", "2031", "2031-03-14"),
    ("Report published on 14th March, 2031", "2031", "2031-03-14"),
    ("Date of publication: March 14, 2031", "2031", "2031-03-14"),
    ("Embargoed until 00.01 on Thursday 8 May 2031", "2031", "2031-05-08"),
    ("Final – 7 December 2031", "2031", "2031-12-07"),
    ("Published: 2031-03-14", "2031", "2031-03-14"),
    ("Published 25/03/2031", "2031", "2031-03-25"),
    ("Agreed by the Board 12/11/2030; published 03.02.2031; plan reviewed May 2032", "2031", "2031-02-03"),
    ("Begun 2 May 2029 | Completed 7 Dec. 2030 | Published 3rd Feb. 2031", "2031", "2031-02-03"),
    ("Ordered to be printed 11 July 2031 and published 19 July 2031", "2031", "2031-07-19"),
    # a year, but no day of publication
    ("Approved for publication: June 2031", "2031", None),
    ("June 2031", "2031", None),
    ("Serious Case Review: Child Q (2031)", "2031", None),
    ("Review of the children of Lantern Street, October 2031", "2031", None),
    ("Updated 21 March 2031", "2031", None),
    ("Completed March 2031", "2031", None),
    ("Chair: Dr Ash. September 2031", "2031", None),
    ("Signed off by the Board: 3 December 2031", "2031", None),
    ("Presented to Parliament in February 2031", "2031", None),
    ("Presented to Parliament pursuant to section 26 of the Inquiries Act 2005", None, None),
    ("© Crown copyright 2031", "2031", None),
    ("Published 05/06/2031", "2031", None),
    ("Published 31 February 2031", "2031", None),
    ("Date of Report Finalized: 02/0112031", "2031", None),
    # no date of the document
    ("“Rosa”, killed in June 2031", None, None),
    ("Child Q died on 4 June 2031", None, None),
    ("Second Report of Session 2031–32", None, None),
    ("Annual Report 2031/32", None, None),
    ("Ref: 2031-0417", None, None),
    ("The Children Act 1989", None, None),
    ("Child Q, 2 June 20310", None, None),
]


@pytest.mark.parametrize(("line", "year", "published"), DATES)
def test_dates_of_the_document(line: str, year: str | None, published: str | None) -> None:
    facts = found("Serious Case Review", line)
    assert (facts.get("year"), facts.get("published")) == (year, published)


def test_the_title_page_of_an_accident_report_bears_the_date_of_the_accident() -> None:
    facts = found("Marine inquiry MI-2031-204", "Ferry Lady Moor, grounding", "25 July 2031")
    assert "year" not in facts
    facts = found("Marine inquiry MI-2031-204", "25 July 2031", "Approved for publication: May 2033")
    assert facts["year"] == "2033"


def test_dates_in_the_text_are_not_guessed_from() -> None:
    made = review("Serious Case Review: Child Q", Block("In March 2031 the board met. " + BODY))
    assert "year" not in {fact.field for fact in find_facts(made)}


def test_a_coroner_signs_with_a_date() -> None:
    blocks = [
        Block("Regulation 28: Report to Prevent Future Deaths", role="heading"),
        Block(BODY),
        Block("3 May 2031"),
    ]
    made = compose(blocks, source="a.txt", format="text", page_count=1)
    assert Fact("year", "2031", FOUND, 1) in find_facts(made)


BOARDS = [
    (("Wexmoor Safeguarding Children Board",), "Wexmoor Safeguarding Children Board"),
    (("Wexmoor, Harle and Vale Local Safeguarding", "Child Q"), None),
    (
        ("Wexmoor, Harle and Vale Local Safeguarding Children Board",),
        "Wexmoor, Harle and Vale Local Safeguarding Children Board",
    ),
    (("WEXMOOR SAFEGUARDING CHILDREN PARTNERSHIP",), "WEXMOOR SAFEGUARDING CHILDREN PARTNERSHIP"),
    (
        ("Wexmoor and District", "Safeguarding Children Board"),
        "Wexmoor and District Safeguarding Children Board",
    ),
    (
        ("Wexmoor, Harle and Vale Local Safeguarding", "Children Board"),
        "Wexmoor, Harle and Vale Local Safeguarding Children Board",
    ),
    (
        ("Learning from the death of Child Q the Harle and the Vale Safeguarding Children Board held this",),
        "Harle and the Vale Safeguarding Children Board",
    ),
    (("Harle Community Safety Partnership",), "Harle Community Safety Partnership"),
    (("Office of Rail Investigations. Report 04/2031",), "Office of Rail Investigations"),
    (("Commissioned by the Ministry of Harbours",), None),
    (("Published by: Harle Transport Safety Bureau",), "Harle Transport Safety Bureau"),
    (("Rural Affairs Committee",), "Rural Affairs Committee"),
    (("Statement on behalf of Harle Safeguarding Adults Board",), "Harle Safeguarding Adults Board"),
    (("Truth Commission of Wexmoor",), "Truth Commission of Wexmoor"),
    (("JURISDICTION : CORONERS COURT OF WEST HARLE",), "CORONERS COURT OF WEST HARLE"),
    (
        ("Presented to Parliament", "by the Secretary of State for Harbours"),
        "Secretary of State for Harbours",
    ),
    (("Statement by the Minister for Harbours, 12 March 2031",), "Minister for Harbours"),
    (("Response of the Harle Safeguarding Adults Board",), "Harle Safeguarding Adults Board"),
    (("Dear Local Safeguarding Partnership",), None),
    (("Published by the Authority of the House",), None),
    (("Author: Ida Quill, Chair of the Committee",), None),
    (("Safeguarding Children Board",), None),
    (("What the board should know",), None),
]


@pytest.mark.parametrize(("lines", "board"), BOARDS)
def test_the_publishing_body(lines: tuple[str, ...], board: str | None) -> None:
    assert found("Serious Case Review", *lines).get("board") == board


def test_the_board_is_found_in_the_text_of_a_review() -> None:
    text = "Arising from the death, Harle Safeguarding Children Board held this Serious Case Review. " + BODY
    made = compose([Block(text, page=3)], source="a.txt", format="text", page_count=3)
    assert find_facts(made) == (Fact("board", "Harle Safeguarding Children Board", FOUND, 3),)


SUBJECTS = [
    (("Serious Case Review: Child Q",), "Child Q"),
    (("SERIOUS CASE REVIEW: YOUNG PERSON M",), "Young Person M"),
    (("Serious Case Review", "Baby K and Child L"), "Baby K"),
    (("Domestic Homicide Review", "Overview Report: “Rowan”"), "Rowan"),
    (("Serious Case Review in respect of Children A, B and C (2031)",), "Children A, B and C"),
    (("Serious Case Review: Twins S and T",), "Twins S and T"),
    (("Safeguarding Adults Review: Mr Alder",), "Mr Alder"),
    (("Local Child Safeguarding Practice Review", "Maya"), "Maya"),
    (("Serious Case Review", "Jamie and Leo"), "Jamie and Leo"),
    (("Domestic Homicide Review", "“Rosa”, killed in June 2031"), "Rosa"),
    (("Regulation 28: Prevention of Future Deaths", "Deceased name: Bryony Hatch"), "Bryony Hatch"),
    (("Marine inquiry MI-2031-204: Grounding of the passenger ferry Lady Moor, Caddow",), "Lady Moor"),
    (("Inquiry MI-2031-204: Sea Holly, flooding of the hull",), "Sea Holly"),
    (("Harle Transport Safety Report", "In-flight engine failure", "VH-QXA"), "VH-QXA"),
    # nobody
    (("Serious Case Review", "Final"), None),
    (("Serious Case Review", "Child Protection in Harle"), None),
    (("Serious Case Review", "Family Services"), None),
    (("Wexmoor Flood Inquiry", "Report on Family Q"), None),
    (("Serious Case Review", "Overview Report"), None),
    (("Serious Case Review", "March 2031"), None),
]


@pytest.mark.parametrize(("lines", "subject"), SUBJECTS)
def test_the_subject(lines: tuple[str, ...], subject: str | None) -> None:
    assert found(*lines).get("subject") == subject


TITLES = [
    (
        ("Harle Safeguarding Children Board", "Executive Summary: Serious Case Review, Child Q"),
        "Executive Summary: Serious Case Review, Child Q",
    ),
    (("SERIOUS CASE REVIEW", "Jamie and Leo", "Author: Ida Quill"), "SERIOUS CASE REVIEW: Jamie and Leo"),
    (
        (
            "House of Commons",
            "Rural Affairs Committee",
            "School transport",
            "Second Report of Session 2031–32",
        ),
        "School transport",
    ),
    (("The Wexmoor Flood Inquiry", "Report", "Volume 1"), "The Wexmoor Flood Inquiry"),
    (("May 2031", "Confidential", "Learning from Child Q"), "Learning from Child Q"),
    (("Report to the Subcommittee on Piers and", "Harbour Defence, Upper House", "Dry docks"), "Dry docks"),
    (("REPORT ON THE DEATH OF", "R. S."), "REPORT ON THE DEATH OF R. S."),
    (("GOOD PRACTICE", "Lamps on piers", "Chapter 3"), "GOOD PRACTICE: Lamps on piers"),
    (("REPORT ON THE DEATH OF", "Born: 3 May 2029"), "REPORT ON THE DEATH"),
    (
        ("CORONER : ANN ASH", "DELIVERED : 3 MAY 2031", "FILE NO : 7", "FINDING INTO DEATH"),
        "FINDING INTO DEATH",
    ),
    (("Search", "Menu", "Purpose", "Recommendations"), None),
    (("Published 4 May 2031", "Final"), None),
]


@pytest.mark.parametrize(("lines", "title"), TITLES)
def test_the_title(lines: tuple[str, ...], title: str | None) -> None:
    assert found(*lines).get("title") == title


def test_the_title_of_a_pdf_is_its_largest_lines() -> None:
    blocks = [
        Block("Rural Affairs Committee", role="heading", size=15),
        Block("School transport", role="heading", size=27),
        Block("in sparse areas", role="heading", size=27),
        Block("Report of evidence", role="heading", size=13),
        Block(BODY, page=2, size=11),
    ]
    made = compose(blocks, source="a.pdf", format="pdf", page_count=2)
    assert Fact("title", "School transport in sparse areas", FOUND, 1) in find_facts(made)


def test_a_title_of_a_few_words_as_large_as_the_board_has_its_name() -> None:
    lines = [Block(one, role="heading", size=28) for one in ("Harbours Committee", "Calls to action")]
    made = compose([*lines, Block(BODY, page=2, size=11)], source="a.pdf", format="pdf", page_count=2)
    assert Fact("title", "Harbours Committee: Calls to action", FOUND, 1) in find_facts(made)
    lines = [Block("The Harle Inquiry", role="heading", size=28)]
    made = compose([*lines, Block(BODY, page=2, size=11)], source="a.pdf", format="pdf", page_count=2)
    assert Fact("title", "The Harle Inquiry", FOUND, 1) in find_facts(made)


def test_a_word_that_the_text_writes_small_is_no_name() -> None:
    for word, subject in (("Focus", None), ("Ferdy", "Ferdy")):
        lines = ("National Review", word)
        text = f"{subject or 'The focus'} was on visits, and {subject or 'focus'} was lost. {BODY}"
        made = compose(
            [
                *(Block(one, role="heading") for one in lines),
                Block("Background", role="heading"),
                Block(text),
            ],
            source="a.txt",
            format="text",
            page_count=1,
        )
        assert next((one.value for one in find_facts(made) if one.field == "subject"), None) == subject


def test_the_last_pages_date_what_the_first_do_not() -> None:
    released = Block("It was officially released on 16 April 2033.", page=2)
    assert Fact("published", "2033-04-16", FOUND, 2) in find_facts(review("Rail inquiry 31-204", released))
    dated = find_facts(review("Serious Case Review", "Published 4 May 2031", *([BODY] * 90), released))
    assert Fact("published", "2031-05-04", FOUND, 1) in dated


def test_text_that_does_not_stand_out_is_no_title() -> None:
    made = compose(
        [Block("Deaths", size=11), Block(BODY, size=11)], source="a.pdf", format="pdf", page_count=1
    )
    assert find_facts(made) == ()


def test_facts_tell_their_page_and_come_in_a_fixed_order() -> None:
    blocks = [
        Block("Harle Safeguarding Children Board", role="heading"),
        Block("Serious Case Review: Child Q", role="heading"),
        Block("Published 4 May 2031", page=2),
        Block(BODY, page=3),
    ]
    made = compose(blocks, source="a.txt", format="text", page_count=3)
    assert find_facts(made) == (
        Fact("title", "Serious Case Review: Child Q", FOUND, 1),
        Fact("subject", "Child Q", FOUND, 1),
        Fact("board", "Harle Safeguarding Children Board", FOUND, 1),
        Fact("kind", "SCR", FOUND, 1),
        Fact("year", "2031", FOUND, 2),
        Fact("published", "2031-05-04", FOUND, 2),
    )


def test_a_fact_that_is_there_already_is_not_repeated() -> None:
    made = review("Serious Case Review: Child Q", facts=(Fact("title", "My title", GIVEN),))
    assert [fact.field for fact in find_facts(made)] == ["subject", "kind"]


def test_an_empty_review_has_no_facts() -> None:
    assert find_facts(compose([], source="a.txt", format="text", page_count=0)) == ()


LINES = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "Serious Case Review",
            "Child Q",
            "Published 4 May 2031",
            "Final",
            "Harle Safeguarding",
            "Marine inquiry",
        ]
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=8))
def test_any_lines_give_facts_in_order_or_none(lines: list[str]) -> None:
    facts = find_facts(compose([Block(line) for line in lines], source="a", format="text", page_count=1))
    fields = [fact.field for fact in facts]
    assert fields == [field for field in METADATA_FIELDS if field in fields]
    assert all(fact.value.strip() and fact.origin == FOUND and fact.page == 1 for fact in facts)


def line(text: str, size: float, *, bold: bool = False) -> Block:
    return Block(text, role="heading", level=1, size=size, bold=bold)


@pytest.mark.parametrize(
    ("lines", "year", "published"),
    [
        (
            ("Serious Case Review: Child M", "Review completed: 12 May 2030. Published: 4 June 2031."),
            "2031",
            "2031-06-04",
        ),
        (("Harle Transport Safety Report", "Barge Moor, fire", "November 2032"), "2032", None),
        (("Harle Transport Safety Report", "Barge Moor, fire", "7 May 2031"), None, None),
        (("DELIVERED : 26 MAY 2033",), "2033", "2033-05-26"),
        (("Report of the Committee on Ports, dated 25 May 2034",), "2034", None),
    ],
)
def test_dates_inside_a_line_and_on_covers(
    lines: tuple[str, ...], year: str | None, published: str | None
) -> None:
    facts = found(*lines)
    assert (facts.get("year"), facts.get("published")) == (year, published)


def test_a_title_says_something() -> None:
    lines = (line("Te puka", 26), line("Barge Moor and tug Wren, collision near Harle Quay", 21))
    assert found(*lines)["title"] == "Barge Moor and tug Wren, collision near Harle Quay"
    assert (
        found(line("The Report", 40), line("Harle Flood Inquiry", 22), line("Overview and Lessons", 22))[
            "title"
        ]
        == "Harle Flood Inquiry: Overview and Lessons"
    )
    assert found(line("1 of 7", 40), line("Harle Harbour Lights", 22))["title"] == "Harle Harbour Lights"


def test_a_form_has_no_title_and_says_who_died() -> None:
    lines = ("JURISDICTION : CORONER'S COURT OF HARLE", "HEARD : 3 MAY 2031", "DECEASED : MOOR, JAN")
    facts = found(*lines)
    assert "title" not in facts
    assert (facts["subject"], facts["kind"]) == ("MOOR, JAN", "inquiry")


def test_a_body_in_two_lines_is_one() -> None:
    assert (
        found(line("Engagement with", 20), line("Harbours Committee", 20), line("Act Now", 42))["board"]
        == "Engagement with Harbours Committee"
    )
