"""Sections cut into passages: what is a finding, what is left out, and where each stands."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.agencies import is_agency_heading
from srtminer.model import Recommendation, Review, Section
from srtminer.passages import (
    LONGEST,
    SHORTEST,
    TEMPLATE_REVIEWS,
    find_findings,
    find_passages,
    is_prose,
    without_template,
)
from srtminer.read.compose_review import Block
from srtminer.recommendations import find_recommendations
from srtminer.structure import outline
from tests.recommendation_blocks import heading, item, review_of, row, text

FATHER = "nobody asked who the father was, though he was at home for each of the visits"
SCHOOL = "the school had kept a careful record of it and did not know whom to send it to"
ASKED = "The Harle Board should ensure that every assessment says who lives in the household."


def read(*blocks: Block) -> tuple[Review, tuple[Section, ...], tuple[Recommendation, ...]]:
    review = review_of(*blocks)
    sections = outline(review, is_agency_heading)
    return review, sections, find_recommendations(review, sections)[0]


def findings(*blocks: Block) -> tuple[Recommendation, ...]:
    return find_findings(*read(*blocks))


def passages(*blocks: Block) -> tuple[Recommendation, ...]:
    return find_passages(*read(*blocks))


def texts(rows: Iterable[Recommendation]) -> list[str]:
    return [row.text for row in rows]


FILLER = (heading("Circumstances"), *(text(f"{SCHOOL}, for the {n}th time.") for n in range(10)))
"""Enough text that no chapter after it is most of the review."""


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Findings", True),
        ("Key findings:", True),
        ("Findings as to risk", True),
        ("Summarised findings", True),
        ("Analysis", True),
        ("Analysis of practice", True),
        ("Appraisal of professional practice", True),
        ("Agency involvement and analysis", True),
        ("Lessons learned", True),
        ("Lessons for health", True),
        ("Learning from the review", True),
        ("Key learning points", True),
        ("What the review found", True),
        ("What has been learned", True),
        ("What does this tell us?", True),
        ("Good practice", True),
        ("Key themes", True),
        ("Conclusions", True),
        ("Conclusions and recommendations", True),
        ("Finding 3", True),
        ("Theme 2: The man in the kitchen", True),
        ("Key line of enquiry 4", True),
        ("Predictability and preventability", True),
        ("Was the death preventable?", True),
        ("What worked well", True),
        ("What could have been done differently", True),
        ("Appendix 2: Findings of each agency", False),
        ("A theme park", False),
        ("What went on at home", False),
        ("Introduction", False),
        ("Circumstances", False),
        ("What happened", False),
        ("Recommendations", False),
        ("Recommendations arising from the findings", False),
        ("Action plan", False),
        ("Conclusion of the criminal investigation", False),
        ("Learning disability services", False),
        ("Spectrometric oil analysis program", False),
        ("References", False),
    ],
)
def test_headings_over_findings(title: str, told: bool) -> None:
    found = findings(*FILLER, heading(title), text(f"In both years {FATHER}."))
    assert texts(found) == ([f"In both years {FATHER}."] if told else [])


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (("Analysis", "The first visit"), True),
        (("Analysis", "Recommendations"), False),
        (("Recommendations", "Findings"), True),
        (("Appendix B", "Findings"), False),
        (("Learning", "Glossary"), False),
        (("Learning", "Action plan"), False),
    ],
)
def test_the_innermost_heading_that_says_something_decides(path: tuple[str, ...], told: bool) -> None:
    above = [heading(title, level) for level, title in enumerate(path, 1)]
    assert bool(findings(*FILLER, *above, text(f"In both years {FATHER}."))) is told


def test_a_title_is_no_heading_over_findings() -> None:
    title = heading("Learning from the life of Baby H", 1)
    parts = (heading("What happened", 2), text(f"All week {SCHOOL}."), heading("What we learned", 2))
    assert texts(findings(title, *parts, text(f"In both years {FATHER}."))) == [f"In both years {FATHER}."]


def test_a_long_chapter_is_no_title() -> None:
    blocks = [text(f"In the year {year} {FATHER}.") for year in range(40)]
    assert len(findings(heading("Visits"), text(f"All week {SCHOOL}."), heading("Findings"), *blocks)) == 40
    assert len(findings(heading("Findings"), *blocks)) == 40


def test_a_labelled_finding_counts_wherever_it_stands() -> None:
    found = findings(heading("Health"), text(f"Finding 2: {FATHER}."), text(f"All week {SCHOOL}."))
    assert [(one.reference, one.text) for one in found] == [("Finding 2", f"Finding 2: {FATHER}.")]


def test_a_finding_told_in_its_heading_is_one() -> None:
    found = findings(*FILLER, heading(f"Finding 2: {FATHER}"), text(f"All week {SCHOOL}."))
    assert [(one.reference, one.text) for one in found] == [
        ("Finding 2", f"Finding 2: {FATHER}"),
        ("Finding 2", f"All week {SCHOOL}."),
    ]


def test_recommendations_are_no_findings_and_whole_among_the_passages() -> None:
    blocks = (
        *FILLER[:4],
        heading("Findings"),
        text(f"In both years {FATHER}.", "4.1"),
        heading("Recommendations"),
        text(f"The recommendations below have been accepted by all, and {SCHOOL}.", "5"),
        text(ASKED, "5.1"),
    )
    assert texts(findings(*blocks)) == [f"In both years {FATHER}."]
    assert texts(passages(*blocks))[-2:] == [f"In both years {FATHER}.", ASKED]


def test_of_a_table_row_that_holds_a_recommendation_nothing_is_left_over() -> None:
    plan = row(Recommendation=ASKED, Lead="Harle Police and whoever works with it on the duty desk by then")
    blocks = (*FILLER[:3], heading("Conclusions"), heading("Action plan", 2), plan)
    assert [one.rule for one in passages(*blocks)] == ["passage", "passage", "action plan"]


def test_where_a_passage_stands() -> None:
    chapter = heading("Analysis", 1, "3")
    numbered = findings(
        *FILLER, chapter, text(f"In both years {FATHER}.", "3.2"), text(f"All week {SCHOOL}.")
    )
    assert [(one.reference, one.heading, one.page) for one in numbered] == [
        ("3.2", ("Analysis",), 1),
        ("3", ("Analysis",), 1),
    ]
    lettered = findings(*FILLER, heading("Analysis"), item(f"In both years {FATHER}.", "a"))
    assert lettered[0].references == ("Analysis",)
    assert passages(*FILLER)[0].references == ()


def test_short_paragraphs_are_taken_together() -> None:
    found = findings(
        *FILLER,
        heading("Findings"),
        text("The review found that:"),
        item("the father was not asked;"),
        item("the school was not told;"),
        item(f"in both years {FATHER}."),
        text("It was late."),
    )
    assert texts(found) == [
        "The review found that:\n\n• the father was not asked;\n\n• the school was not told;",
        f"in both years {FATHER}.\n\nIt was late.",
    ]


def test_many_short_paragraphs_are_not_one() -> None:
    bullets = [item(f"visit {number} was not written down by anybody;") for number in range(60)]
    found = findings(*FILLER, heading("Findings"), *bullets)
    assert len(found) == 4
    assert all(SHORTEST <= len(one.text.replace("•", "").split()) <= LONGEST for one in found)


def test_what_a_page_end_cut_is_put_together_again() -> None:
    rest = "visits that were made to the home in the two weeks before the birth of his second daughter."
    found = findings(
        *FILLER, heading("Findings"), text("Nobody asked the man who was there at each of the"), text(rest)
    )
    assert len(found) == 1


@pytest.mark.parametrize(
    "block",
    [
        text("Figure 3 The home"),
        text("Child, Family and Adult Services Team Manager Harle Town Council 14 March 2011 16 May 2011"),
        text("Findings"),
        text("Diagram of the visits that were made to the home by the three agencies in the winter of 2011"),
    ],
)
def test_scraps_are_left_out(block: Block) -> None:
    found = findings(*FILLER, heading("Findings"), text(f"In both years {FATHER}."), block)
    assert texts(found) == [f"In both years {FATHER}."]


@pytest.mark.parametrize(
    "title",
    [
        "Contents",
        "References",
        "Bibliography and further reading",
        "Glossary of terms",
        "Appendix 3: Glossary",
        "List of those who took part",
        "Membership of the panel",
        "Terms of reference",
        "How the review was carried out",
        "Methodology",
        "Notes to editors",
    ],
)
def test_lists_and_notices_are_left_out(title: str) -> None:
    found = passages(*FILLER[:5], heading(title), text(f"In both years {FATHER}."))
    assert len(found) == 4


@pytest.mark.parametrize("title", ["Contextual information", "The process of grief", "Members of the family"])
def test_other_headings_are_not_taken_for_lists(title: str) -> None:
    found = passages(*FILLER[:5], heading(title), text(f"In both years {FATHER}."))
    assert len(found) == 5


def test_chapters_below_a_heading_that_only_looks_like_one_of_theirs_stay() -> None:
    found = passages(heading("Contents", 1), *(heading("Visits", 2), text(f"In both years {FATHER}.")))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("sentence", "stays"),
    [
        ("The Harle Board decided in May 2011 that the criteria for a serious case review were met.", False),
        ("This review was commissioned by the Harle Board after the death of a boy who was three.", False),
        ("The social worker decided to hold a review of the plan with all who knew the two boys.", True),
        ("A strategy meeting was held in May 2011 and decided that the two boys were to stay at home.", True),
    ],
)
def test_how_the_review_was_made_is_left_out(sentence: str, stays: bool) -> None:
    assert (sentence in texts(passages(*FILLER, heading("Introduction"), text(sentence)))) is stays
    assert sentence in texts(findings(*FILLER, heading("Findings"), text(sentence)))


def test_what_a_review_repeats_counts_once() -> None:
    summary = (heading("Key findings"), text(f"In both years {FATHER}."))
    assert len(findings(*FILLER, *summary, heading("Findings"), text(f"In both  years {FATHER}."))) == 1


def test_a_template_is_left_out() -> None:
    def of(number: int, words: str) -> Recommendation:
        return Recommendation(f"{number}", f"{number}", (), 0, len(words), words, 1, 1, rule="passage")

    shared = [of(number, "The purpose is to learn.") for number in range(TEMPLATE_REVIEWS)]
    own = of(9, "Nobody was at home.")
    assert without_template([*shared, own]) == (own,)
    assert without_template([*shared[1:], own]) == (*shared[1:], own)


@pytest.mark.parametrize(
    ("said", "prose"),
    [
        (f"In both years {FATHER}.", True),
        ("It was late.", False),
        (
            "Harle Town Council, Harle Police, Harle Trust, Norwick School, Norwick Council, Norwick Police",
            False,
        ),
        ("", False),
    ],
)
def test_prose(said: str, prose: bool) -> None:
    assert is_prose(said) is prose


WORDS = st.lists(
    st.sampled_from(["the", "father", "Board", "knew;", "nobody", "12", "school.", "who:"]), max_size=30
)
LINES = WORDS.map(" ".join).filter(bool)
BLOCKS = st.one_of(
    st.builds(
        heading, st.sampled_from(["Findings", "Glossary", "Recommendations", "Visits"]), st.integers(1, 3)
    ),
    st.builds(text, LINES, st.sampled_from(["", "3.2"])),
    st.builds(item, LINES),
    st.just(text(ASKED)),
    st.builds(heading, LINES.map("Finding 2: {}".format)),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=12))
def test_no_text_is_mined_twice_and_each_passage_stands_in_its_section(blocks: list[Block]) -> None:
    review, sections, recommendations = read(*blocks)
    rows = find_passages(review, sections, recommendations)
    cut = [one for one in rows if one.rule == "passage"]
    assert all(one.text == review.text[one.start : one.end] == one.text.strip() for one in cut)
    assert all(
        first.end <= second.start
        for first, second in pairwise(rows)
        if "passage" in (first.rule, second.rule)
    )
    assert all(
        any(
            section.start <= one.start and one.end <= section.end and section.path == one.heading
            for section in sections
        )
        for one in cut
    )
    assert max(Counter(one.id for one in cut).values(), default=1) == 1
    assert {one for one in rows if one.rule != "passage"} == set(recommendations)
    findings = find_findings(review, sections, recommendations)
    assert {one.id for one in findings} <= {one.id for one in cut}
