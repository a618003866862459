"""Which paragraphs of a review make one recommendation, and which make none."""

from dataclasses import replace

import pytest

from srtminer.model import Recommendation
from srtminer.read.compose_review import Block
from srtminer.recommendations.series_choice import SAME, SHORT, merge_repeats
from tests.recommendation_blocks import found_in, heading, item, row, text, why_none

LIST = heading("Recommendations")
TOLD = text("The child was seen by a nurse in March.")
ACT = "The Board should audit its files."
TELL = "Schools should tell the police."

UNSURE = pytest.mark.xfail(reason="the fitted score is not sure enough in a document of a few paragraphs")


def texts(*blocks: Block, kind: str = "", format: str = "pdf") -> list[str]:
    return [" ".join(found.text.split()) for found in found_in(*blocks, kind=kind, format=format)]


def references(*blocks: Block) -> list[tuple[str, ...]]:
    return [found.references for found in found_in(*blocks)]


def test_a_number_owns_the_bullets_below_it() -> None:
    blocks = (LIST, text("The Board should:", "1"), item("audit;"), item("train."), text(TELL, "2"))
    assert texts(*blocks) == ["The Board should: • audit; • train.", TELL]
    assert references(*blocks) == [("1",), ("2",)]


def test_a_bullet_owns_the_bullets_below_it() -> None:
    below = (replace(item(words), level=1) for words in ("audit its files;", "train its staff."))
    blocks = (LIST, item("The Board should:"), *below, item(TELL))
    assert texts(*blocks) == ["The Board should: • audit its files; • train its staff.", TELL]


def test_a_box_beside_the_list_is_no_part_of_its_last_item() -> None:
    side = replace(text("Child Q was four when the review began. The family helped."), boxed=True)
    assert texts(LIST, text(ACT, "1"), text(TELL, "2"), side) == [ACT, TELL]
    within = (text(TELL, "2"), text("They should do so at once."))
    boxed = [replace(block, boxed=True) for block in (text(ACT, "1"), *within)]
    assert texts(LIST, *boxed) == [ACT, f"{TELL} They should do so at once."]


def test_without_numbers_each_bullet_is_one() -> None:
    found = found_in(LIST, text("The Board should:"), item("audit its files;"), item("train its staff."))
    assert [one.text for one in found] == ["audit its files;", "train its staff."]
    assert {one.heading[-1] for one in found} == {"The Board should:"}


@UNSURE
def test_bullets_below_an_agency_count_beside_another_ones_numbers() -> None:
    blocks = (
        LIST,
        heading("Harle Partnership", 2),
        text(ACT, "1"),
        heading("Harle Police", 2),
        item("Officers to be told."),
    )
    assert texts(*blocks) == [ACT, "Officers to be told."]


@UNSURE
def test_a_line_over_numbers_says_who_is_asked() -> None:
    blocks = (LIST, text("Harle Works is recommended to:"), text("Inspect the hooks.", "2019/117"))
    (found,) = found_in(*blocks, text("Harle Yard is recommended to:"), text("Close.", "2019/118"))[:1]
    assert (found.text, found.heading[-1]) == ("Inspect the hooks.", "Harle Works is recommended to:")


def test_labels_carry_where_findings_stand_between_them() -> None:
    blocks = (
        heading("Findings and recommendations"),
        text("Files were lost and should have been found.", "2.1"),
        text(ACT, "Recommendation 1"),
        text("Nobody rang, though they should have done.", "2.2"),
        text(TELL, "Recommendation 2"),
    )
    assert references(*blocks) == [("Recommendation 1",), ("Recommendation 2",)]


@pytest.mark.parametrize(
    "ending",
    ["Learning points", "Safety observations", "Strengths", "Next steps", "Why this matters", "Background"],
)
def test_a_heading_inside_a_list_may_end_it(ending: str) -> None:
    assert texts(LIST, text(ACT, "1"), heading(ending, 2), text("Staff should be thanked.", "2")) == [ACT]


@pytest.mark.parametrize(
    "title",
    [
        "Progress on recommendations",
        "Recommendations from previous reviews",
        "Interim recommendations",
        "Terms of reference",
        "Response by Harle Works",
        "Immediate actions taken",
        "Actions that were taken after the death",
    ],
)
def test_others_recommendations_are_not_the_reviews_own(title: str) -> None:
    assert texts(TOLD, heading(title), text("We recommend that the Board act.", "1")) == []


def test_management_review_recommendations_are_the_reviews_own() -> None:
    assert texts(heading("Individual management review recommendations"), item(ACT)) == [ACT]


def test_an_author_closes_a_list_under_the_next_number() -> None:
    assert texts(LIST, text(ACT, "1"), text("I am grateful to all who wrote to me.", "2")) == [ACT]


def test_entries_of_a_contents_list_recur_as_headings() -> None:
    contents = (heading("Summary of recommendations"), text("Doors", "1"), text("Windows", "2"))
    assert texts(*contents, heading("Doors"), TOLD, heading("Windows"), TOLD) == []
    assert texts(LIST, text(ACT, "1"), heading("Doors"), TOLD) == [ACT]


def test_replies_and_outcomes_are_no_part() -> None:
    blocks = (LIST, text(ACT, "1"), text("Outcome: files are audited."), text(TELL, "2"))
    assert texts(*blocks) == [ACT, TELL]


def test_sentences_of_the_running_text() -> None:
    paragraph = "It was late. We recommend that the Board act. This should include schools. Nobody came."
    assert texts(TOLD, text(paragraph)) == ["We recommend that the Board act."]


def test_wishes_of_a_list_in_prose() -> None:
    paragraph = (
        "The review makes three proposals. They include asking the board to seek assurance that nurses ask; "
        "that doctors listen; and that schools tell."
    )
    assert texts(TOLD, text(paragraph)) == [
        "asking the board to seek assurance that nurses ask",
        "that doctors listen",
        "that schools tell",
    ]


def test_requests_in_prose_are_cut_where_each_begins() -> None:
    paragraph = (
        "The panel calls on the trust to write to each father; on the police to ring the school; and on "
        "the council to keep one list. It would like the nurse to visit, the doctor to ring, and the school "
        "to ask."
    )
    assert texts(TOLD, text(paragraph)) == [
        "The panel calls on the trust to write to each father",
        "on the police to ring the school",
        "on the council to keep one list",
        "It would like the nurse to visit",
        "the doctor to ring",
        "the school to ask",
    ]


def test_what_somebody_else_asks_in_prose_is_left_out() -> None:
    told = "The mother asked the school to ring her; to keep his coat; and to tell nobody."
    assert texts(TOLD, text(told)) == []


def test_numbered_wishes_of_a_list_in_prose() -> None:
    paragraph = (
        "The review recommends: (1) that pharmacies ask who lives in the home; "
        "(2) that the service supply a box; and (3) that schools tell."
    )
    assert texts(TOLD, text(paragraph)) == [
        "(1) that pharmacies ask who lives in the home",
        "(2) that the service supply a box",
        "(3) that schools tell",
    ]


@UNSURE
def test_what_stands_below_recommends_that() -> None:
    opener = text("Therefore, the Board recommends that")
    blocks = (opener, text("the Department require gates."), text("MSB Recommendation R19-01"))
    argued = text("There were no gates. Drivers are expected to look, as they should.")
    asked = "the Department require gates."
    assert texts(heading("Gates"), argued, *blocks) == [asked]
    assert texts(heading("Safety action required"), argued, *blocks) == [asked]
    assert texts(heading("Gates"), argued, *blocks[:2]) == [f"{opener.text} {asked}"]
    assert references(heading("Safety action required"), argued, *blocks) == [("R19-01",)]
    assert texts(heading("Gates"), text("It was here that"), text("the Department should look.")) == []


def test_codes_below_items_part_them() -> None:
    blocks = (
        text("The Board therefore recommends that:"),
        item("the Department require a survey of each boat."),
        text("MSB Recommendation M09-03"),
    )
    assert references(TOLD, *blocks) == [("M09-03",)]


@UNSURE
def test_a_blog_announces_its_own() -> None:
    blocks = (text("Here are my own three recommendations:"), item("Ask."), item("Listen."), item("Go back."))
    assert texts(TOLD, *blocks, kind="article") == ["Ask.", "Listen.", "Go back."]
    assert texts(TOLD, text("We recommend that the Board act."), kind="article") == []


def test_a_column_says_to_whom_a_recommendation_goes() -> None:
    (found,) = found_in(
        heading("Recommendations"), row(Recommendation="Keep a register.", To_whom="Harle Council")
    )
    assert found.lead == "Harle Council"


def test_rows_of_an_action_plan_keep_lead_and_date() -> None:
    plan = row(No="1", Recommendation=ACT, Lead="Head of Files", By_when="May 2012")
    (found,) = found_in(heading("Action plan"), plan)
    assert (found.text, found.reference, found.lead, found.date) == (ACT, "1", "Head of Files", "May 2012")
    assert texts(heading("Action plan"), row(No="1", Recommendation="-", Lead="A", By_when="B")) == []


@UNSURE
def test_further_actions_of_a_row_are_no_recommendations() -> None:
    plan = (row(Recommendation=ACT, Action="List them"), row(Action="Check them"))
    assert texts(heading("Action plan"), *plan) == [ACT]
    assert texts(heading("Action plan"), row(Action="List them"), row(Action="Check them")) == [
        "List them",
        "Check them",
    ]


@UNSURE
def test_a_paragraph_below_a_table_is_none_of_its_recommendations() -> None:
    plan = row(Recommendation=ACT, Lead="Head of Files")
    assert texts(heading("Action plan"), plan, text("Agencies should report each month.")) == [ACT]
    assert texts(heading("Action plan"), plan, text(TELL, "1"), text(TELL, "2")) != [ACT]
    assert texts(heading("Action plan"), plan, heading("Schools", 2), item(TELL)) == [ACT, TELL]


@pytest.mark.parametrize(
    ("title", "announces"),
    [
        ("What we recommend", True),
        ("What does the school need to do to improve further?", True),
        ("What did the school do?", False),
        ("What the panel recommends", True),
        ("Calls to Action", True),
        ("Chapter 4: Local actions for learning", True),
        ("Immediate and essential actions for all services", True),
        ("Required actions", True),
        ("Agreed action", True),
        ("Improvements needed", True),
        ("What needs to change", True),
        ("What we found", False),
        ("Local actions", True),
        ("Actions of the night staff", False),
        ("Local action group", False),
        ("What should have happened", False),
        ("Changes in the family", False),
    ],
)
def test_headings_that_announce(title: str, announces: bool) -> None:
    assert texts(heading(title), text(ACT), text(TELL)) == ([ACT, TELL] if announces else [])


def test_committees_answer_their_conclusions() -> None:
    blocks = (
        heading("Conclusions and recommendations"),
        text("The Department does not know how many there are.", "1"),
        text(f"Recommendation: {ACT}"),
        text("Nobody has asked. It should have been done in May.", "2"),
        text(f"Recommendation: {TELL}"),
        item("at once."),
    )
    assert texts(*blocks) == [ACT, f"{TELL} • at once."]
    assert references(*blocks) == [("1",), ("2",)]
    plain = (LIST, text(ACT, "1"), text("Recommendations: see above."), text(TELL, "2"))
    assert [words[:20] for words in texts(*plain)] == [ACT[:20], TELL[:20]]


@UNSURE
def test_a_line_recommendation_over_a_paragraph_of_the_chapters_count() -> None:
    single = heading("Recommendation")
    assert texts(single, text(ACT, "7"), text("Alarms should have been bought in May.", "8")) == [ACT]
    assert texts(single, text(ACT), text("Alarms should have been bought in May.", "8")) == [ACT]
    assert texts(single, text(ACT, "8.3"), text(TELL, "8.3.1"), text("It was cold.", "8.4")) == [ACT, TELL]
    assert texts(single, text(ACT, "1"), text(TELL, "2")) == [ACT, TELL]
    assert texts(single, heading("Files", 2), text(ACT, "8.1"), heading("Police", 2), text(TELL, "8.2")) == [
        ACT,
        TELL,
    ]
    assert texts(heading("Recommendations"), text(ACT, "7"), text(TELL, "8")) == [ACT, TELL]


@UNSURE
def test_chapters_argue_beside_headings_that_are_labels() -> None:
    blocks = (
        heading("Conclusions and recommendations"),
        text("The fund should have been closed in May.", "6.1"),
        heading("Recommendation 1", 2),
        text(ACT),
        heading("Costs", 2),
        text("Nobody should be out of pocket.", "6.2"),
    )
    assert texts(*blocks) == [ACT]


@pytest.mark.parametrize("ending", ["Introduction", "Key events", "Discussion", "Chronology"])
def test_what_tells_below_a_list_is_not_of_the_list(ending: str) -> None:
    blocks = (
        heading("RECOMMENDATIONS"),
        text(ACT, "1"),
        heading(ending, 2),
        text("It should have been.", "2"),
    )
    assert texts(*blocks, heading("Police", 2), text(TELL, "3")) == [ACT, TELL]


@UNSURE
def test_the_word_recommendation_in_front_of_a_paragraph() -> None:
    assert texts(heading("Leaving early"), TOLD, text(f"Recommendation: {ACT}"), TOLD) == [ACT]
    opened = (text("Recommendation: The Board should:"), item("audit;"), item("train."))
    assert texts(heading("Leaving early"), *opened) == ["The Board should: • audit; • train."]
    assert texts(heading("Leaving early"), text("Recommendation: see below.")) == []
    assert texts(heading("Progress on recommendations"), text(f"Recommendation: {ACT}")) == []


def test_an_addressee_and_an_infinitive_count_only_in_a_list() -> None:
    words = "The local dental committee to hold a session each year."
    assert texts(LIST, heading("Dentists", 2), text(words)) == [words]
    assert texts(heading("Dentists"), text(words)) == []


@UNSURE
def test_bullets_of_another_sign_below_one_that_opens_them() -> None:
    def below(words: str) -> Block:
        return Block(words, role="item", level=1)

    opened = (item("Improve the nights by:"), below("keeping one awake"), below("asking in the morning."))
    assert texts(LIST, *opened, item(ACT)) == [
        "Improve the nights by: • keeping one awake • asking in the morning.",
        ACT,
    ]
    assert len(texts(LIST, item("Improve the nights."), below("Keep one awake."), item(ACT))) == 3


def test_an_agencys_comments_are_no_part_of_the_last_entry() -> None:
    comments = text("In its response to our draft, the Bureau concurred and should be done in May.")
    assert texts(LIST, text(ACT, "1"), text(TELL, "2"), comments) == [ACT, TELL]
    noted = text("In its response to a call, a force should ask who is at home.")
    assert texts(LIST, noted) == []


@UNSURE
def test_letters_that_are_all_of_a_list() -> None:
    opener = text("The panel asks the Board to see that:")
    letters = [item(f"file {letter} is kept;", letter) for letter in "abcd"]
    assert len(texts(LIST, opener, *letters)) == 4
    assert len(texts(LIST, opener, *letters[:3])) == 1
    assert len(texts(LIST, opener, *(item(f"file {letter} is kept;") for letter in "abcd"))) == 1
    others = (
        text("It also asks the police to see that:"),
        item("doors are shut;", "a"),
        item("lamps lit.", "b"),
    )
    assert len(texts(LIST, opener, *letters, *others)) == 2


def test_a_letter_asks_its_reader() -> None:
    asked = text("I therefore ask that you consider the following:")
    points = (
        text("That the Trust should change its policy.", "1"),
        text("That addresses should be checked.", "2"),
    )
    assert len(texts(TOLD, asked, *points)) == 2
    assert texts(TOLD, text("I considered the following:"), text("Letters were lost.", "1")) == []


def test_labels_in_brackets_end_the_entries_of_a_list() -> None:
    blocks = (LIST, text(f"{ACT} (Recommendation 1)"), text(f"{TELL} (Recommendation 2)"))
    assert references(*blocks) == [("Recommendation 1",), ("Recommendation 2",)]
    assert references(LIST, text(f"{ACT} (Paragraph 12)")) == [()]


@pytest.mark.parametrize(
    ("column", "leads"), [("For", True), ("For action by", True), ("Reason for it", False), ("Found", False)]
)
def test_a_column_may_say_for_whom(column: str, leads: bool) -> None:
    (found,) = found_in(LIST, row(Theme="Files", Recommendation=ACT, **{column: "Harle Police"}))
    assert found.lead == ("Harle Police" if leads else "")


def test_an_introduction_with_a_title_is_no_recommendation() -> None:
    intro = text(
        "Introduction. The panel's recommendations are listed below. They are to be read with it.", "1"
    )
    assert texts(LIST, intro, text(ACT, "2")) == [ACT]
    assert texts(LIST, text(f"Files. {ACT}", "1"), text(ACT, "2")) == [f"Files. {ACT}", ACT]


@pytest.mark.parametrize("last", ["The Board should be thanked.", "The Board was thanked."])
def test_labels_behind_the_number_of_a_paragraph(last: str) -> None:
    blocks = (
        heading("Conclusions and recommendations"),
        text("The death should have been prevented.", "5.1"),
        text(f"Recommendation 1: {ACT}", "5.2"),
        text(f"Recommendation 2 – {TELL}", "5.3"),
        text(last, "5.4"),
    )
    assert texts(*blocks) == [ACT, TELL]
    assert references(*blocks) == [("Recommendation 1", "5.2"), ("Recommendation 2", "5.3")]


def test_labels_behind_the_words_they_number() -> None:
    told = text(f"It was late. {ACT} (Recommendation 4)", "4.1")
    assert (texts(told), references(told)) == ([ACT], [("Recommendation 4",)])
    assert texts(text("That was done in May (Recommendation 4).", "4.1")) == []
    listed = text(ACT, "Recommendation 4")
    assert texts(heading("Files"), told, LIST, listed) == [ACT]


def test_a_label_that_is_pointed_to_numbers_nothing() -> None:
    assert texts(text("The Board should act (see Recommendation 4).", "4.1")) == []


@pytest.mark.parametrize(
    "block",
    [
        (heading("Agency", 4), heading("Harle Police", 4), text("By when"), text("May 2012")),
        (text("Agency: Harle Police"), text("By when: May 2012")),
    ],
)
def test_keys_and_values_below_a_recommendation(block: tuple[Block, ...]) -> None:
    (found,) = found_in(LIST, text(ACT, "Recommendation 1"), *block, text("Lead: of no recommendation"))[:1]
    assert ([agency.name for agency in found.agencies], found.date) == (["Harle Police"], "May 2012")


def test_keys_after_other_words_are_not_the_recommendations() -> None:
    (found,) = found_in(
        LIST, text(ACT, "Recommendation 1"), heading("Costs"), TOLD, text("Agency: Harle Police")
    )
    assert found.agencies == ()


@pytest.mark.parametrize(("times", "kept"), [(2.1, True), (2.4, False)])
def test_a_finding_is_kept_if_it_is_not_much_longer(times: float, kept: bool) -> None:
    asked = "On 3 May 2018 the Commission recommended that the Director act on the matter of hooks at sea."
    finding = ("The hook held. " * 30)[: int(times * len(asked))].strip() + "."
    (found,) = texts(LIST, text(finding, "1"), text(asked))
    assert found.startswith("The hook") is kept


@pytest.mark.parametrize(("asking", "found"), [pytest.param(5, 10, marks=UNSURE), (4, 4)])
def test_a_mixed_chapter_counts_whole_if_half_of_it_asks_and_else_what_asks(asking: int, found: int) -> None:
    numbered = [
        text(f"School {n} should open." if n <= asking else f"Door {n} was shut.", str(n))
        for n in range(1, 11)
    ]
    assert len(texts(TOLD, heading("Findings, lessons and recommendations"), *numbered)) == found


@pytest.mark.parametrize(("outside", "pure"), [(5, True), (9, False)])
def test_a_heading_over_most_of_the_document_is_its_title(outside: int, pure: bool) -> None:
    """With 8 paragraphs below it the heading has 8 of 13, and 8 of 17, of all."""
    assert (8 / (8 + outside) > 0.6) is pure
    below = [text(f"School {n} should open its doors to every family.", str(n)) for n in range(1, 5)]
    blocks = (LIST, TOLD, TOLD, TOLD, TOLD, *below, heading("Letters"), *[TOLD] * outside)
    assert len(texts(*blocks)) == 4


def recommendation(words: str, start: int, reference: str = "", rule: str = "label") -> Recommendation:
    return Recommendation(
        "",
        "",
        (reference,) if reference else (),
        start,
        start + len(words),
        words,
        1,
        1,
        rule=rule,
        confidence=0.9,
    )


def words(start: int, stop: int) -> str:
    return " ".join(f"w{n}" for n in range(start, stop))


@pytest.mark.parametrize(("shared", "merged"), [(13, True), (12, False)])
def test_long_texts_merge_if_half_of_their_runs_of_words_are_shared(shared: int, merged: bool) -> None:
    """Of 20 runs of four words, 10 and 9 are shared."""
    assert SAME == 0.5
    one, other = words(0, 23), words(23 - shared, 46 - shared)
    assert (len(merge_repeats([recommendation(one, 0), recommendation(other, 500)])) == 1) is merged


@pytest.mark.parametrize(("shared", "merged"), [(11, True), (10, False)])
def test_short_texts_must_share_three_quarters(shared: int, merged: bool) -> None:
    """Of 11 runs of four words, 8 in 11 and 7 in 11 are below and above three quarters."""
    assert SHORT == 12
    one, other = words(0, 13), words(13 - shared, 26 - shared)
    size = 10
    assert (len(merge_repeats([recommendation(one, 0), recommendation(other, 500)])) == 1) is (
        (shared - 3) / size >= 0.75
    )
    assert merged is (shared == 11)


def test_numbers_of_one_list_are_never_one_from_whichever_list_each_was_chosen() -> None:
    words = "The council should give each family a named worker who rings them every week of the year"
    found = [recommendation(f"{words} by {part}.", start) for part, start in (("day", 0), ("night", 500))]
    assert len(merge_repeats(found, [{3: "5"}, {7: "1", 3: "6"}])) == 2
    assert len(merge_repeats(found, [{3: "5"}, {7: "1"}])) == 1


def test_repeats_keep_every_reference_and_the_whole_text() -> None:
    summary = recommendation("The Board should audit all of its files at once.", 0, "R1", "listed item")
    whole = recommendation(f"{summary.text} This includes: cards; letters.", 900, "Recommendation 1")
    (kept,) = merge_repeats([summary, whole])
    assert (kept.text, set(kept.references)) == (whole.text, {"R1", "Recommendation 1"})


@pytest.mark.parametrize(
    ("blocks", "kind", "reason"),
    [
        ((TOLD,), "", "no heading or sentence that makes recommendations was found"),
        (
            (TOLD, LIST, TOLD),
            "",
            "a heading announces recommendations, but nothing below it asks for anything",
        ),
        ((text("No recommendations were made."),), "", "says that none were made (page 1)"),
        ((TOLD,), "article", "an article that makes none of its own"),
        ((TOLD,), "statement", "a statement that makes none of its own"),
        (
            (LIST, text(ACT, "1")),
            "response",
            "a response: the recommendations in it are those that it answers",
        ),
        ((LIST, text(ACT, "1")), "", ""),
    ],
)
def test_silence_is_accounted_for(blocks: tuple[Block, ...], kind: str, reason: str) -> None:
    assert why_none(*blocks, kind=kind) == reason


def test_a_label_over_an_investigators_points_is_over_what_they_recommend() -> None:
    blocks = (
        LIST,
        heading("Recommendation one", 2),
        text("Safety issue: The harbour's plan forgets large ships.", "2.2"),
        text("The plan relies on masters who know the harbour, and others come too.", "2.2.1"),
        text("On 2 May 2031 the Commission recommended that the harbourmaster rewrite the plan.", "2.2.2"),
        text("On 9 May 2031 the harbourmaster replied:", "2.2.3"),
        text("We accept the recommendation."),
    )
    (found,) = texts(*blocks)
    assert found.endswith("the Commission recommended that the harbourmaster rewrite the plan.")
    assert "We accept" not in found
    assert references(*blocks) == [("Recommendation one",)]


def test_a_label_in_words_over_plain_points_is_over_all_of_them() -> None:
    blocks = (
        LIST,
        heading("Recommendation Two", 2),
        text(ACT),
        heading("Recommendation Three", 2),
        text(TELL),
    )
    assert references(*blocks) == [("Recommendation Two",), ("Recommendation Three",)]


def test_an_issue_below_a_colon_belongs_to_what_addresses_it() -> None:
    asked = "On 2 May 2031 the Commission recommended that the harbourmaster address the following issue:"
    issue = "Nobody is in charge of the tug. (034/31)"
    blocks = (LIST, text(asked, "7.1"), text(issue), text("The harbourmaster replied on 9 May:", "7.2"))
    assert texts(*blocks, text("We should wait.")) == [f"{asked} {issue}".removesuffix(" (034/31)")]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Recommendations from individual management reviews", 2),
        ("Appendix 2: Recommendations of the overview report", 2),
        ("Recommendations from previous management reviews", 0),
        ("Implementing the recommendations", 0),
        ("Box 2: Recommendations of the Coastal Commission, 2014", 0),
        ("Recommendations of the review panel, May 2014", 2),
        ("Volume 2: Recommendations", 2),
    ],
)
def test_recommendations_of_agencies_own_reviews_are_the_reports(title: str, found: int) -> None:
    told = text("All records to show who lives in the home.", "1")
    assert len(texts(heading(title), heading("Harle Police", 2), told, text(ACT, "2"))) == found


def test_a_list_keeps_what_asks_softly_among_what_asks() -> None:
    asked = [
        f"The {agency} should audit its files on {topic}."
        for agency in ("Board", "council")
        for topic in ("neglect", "fathers", "supervision", "handovers")
    ]
    soft = [
        "A protocol for handovers is agreed and put in place by both trusts.",
        "The Board will ensure that the review is opened again when the trial has ended.",
    ]
    listed = [*asked[:3], soft[0], *asked[3:6], soft[1], *asked[6:]]
    blocks = (text(words, f"4.{place}") for place, words in enumerate(listed, 2))
    assert texts(heading("Recommendations"), *blocks) == listed


def committee(*asked: str) -> list[str]:
    """Read a labelled list with what a chapter counts below it."""
    labelled = (text(ACT, "Recommendation 1"), text(TELL, "Recommendation 2"))
    return texts(LIST, *labelled, *(text(words, str(place)) for place, words in enumerate(asked, 1)))


def test_labels_carry_where_the_chapters_count_does_not_ask() -> None:
    told = (
        'Witnesses said that "the nurse should come back".',
        "The nurse had left in May.",
        "Nobody replaced her.",
    )
    assert committee(*told) == [ACT, TELL]


@UNSURE
def test_one_label_does_not_carry_alone() -> None:
    blocks = (
        LIST,
        text(ACT, "Recommendation 1"),
        text("Files to be kept.", "1"),
        text("Doors to be shut.", "2"),
    )
    assert len(texts(*blocks)) == 3


PREAMBLE = (text("Much has been done.", "9.1"), text("The Department should give each to a body.", "9.2"))
COUNTED = (text(ACT, "1"), text(TELL, "2"), text("Nurses must ring back.", "3"))


def test_a_preamble_in_the_chapters_count_is_no_part_of_the_list_below() -> None:
    assert references(LIST, *PREAMBLE, heading("Candour", 2), *COUNTED) == [("1",), ("2",), ("3",)]


@UNSURE
@pytest.mark.parametrize(
    "blocks",
    [
        (LIST, *PREAMBLE, *COUNTED[:2]),
        (LIST, *PREAMBLE, heading("Candour", 2), *COUNTED[:2]),
        (LIST, heading("Candour", 2), *COUNTED, heading("Costs", 2), *PREAMBLE),
    ],
)
def test_a_chapters_count_beside_or_behind_plain_numbers_stays(blocks: tuple[Block, ...]) -> None:
    assert "The Department should give each to a body." in " ".join(texts(*blocks))


def test_each_point_below_what_investigators_recommended_is_one() -> None:
    blocks = (
        LIST,
        text("On 2 May 2031 the Commission recommended to the manager that he:", "6.1"),
        text("set a time within which repairs are made (001/31)", "6.1.1"),
        text("check the wagons before each train leaves (002/31).", "6.1.2"),
        text("On 9 May 2031 the manager replied:", "6.2"),
        text("I will adopt 001/31, and staff should be told.", "6.2.1"),
    )
    assert references(*blocks) == [("6.1.1", "001/31"), ("6.1.2", "002/31")]
    assert (
        found_in(*blocks)[0].heading[-1] == "On 2 May 2031 the Commission recommended to the manager that he:"
    )


ARGUED = (
    text("Nobody could tell us who watches over tall buildings.", "113.3"),
    text("One person should answer. We therefore recommend that the Ministry appoint one.", "113.4"),
    text("Some thought that there should be a levy.", "113.5"),
    text("Results were secret.", "113.6"),
    text("We recommend that results be published.", "113.7"),
)


@UNSURE
def test_a_chapter_that_argues_recommends_where_it_says_so() -> None:
    assert texts(LIST, *ARGUED) == [
        "We therefore recommend that the Ministry appoint one.",
        "We recommend that results be published.",
    ]


def test_a_list_in_which_everything_asks_does_not_argue() -> None:
    asked = (text(ACT, "7.1"), text("We recommend that the Board act.", "7.2"), text(TELL, "7.3"))
    assert references(LIST, *asked) == [("7.1",), ("7.2",), ("7.3",)]


@UNSURE
def test_a_list_of_wishes_without_verbs_of_asking_does_not_argue() -> None:
    wishes = (text("Records with all adults.", "7.1"), text("Weekly supervision.", "7.2"), text(TELL, "7.3"))
    assert references(LIST, *wishes) == [("7.1",), ("7.2",), ("7.3",)]


def test_a_title_behind_a_label_is_left_out() -> None:
    blocks = (LIST, text("A list of those who are safer in school", "Recommendation 2"), text(ACT))
    (found,) = found_in(*blocks)
    assert (found.text, found.references) == (ACT, ("Recommendation 2",))


@pytest.mark.parametrize(
    "words", ["Files to be kept", "A list is agreed by all of them", "Staff who are new, with a guide."]
)
def test_what_stands_behind_a_label_and_asks_or_ends_is_no_title(words: str) -> None:
    (found,) = found_in(LIST, text(words, "Recommendation 2"), text("This should be done by May."))
    assert found.text.startswith(words)


def test_a_label_inside_a_labelled_section_begins_another() -> None:
    blocks = (LIST, heading("Recommendation 1", 2), text(ACT), text(TELL, "Recommendation 2"))
    assert [(one.text, one.references) for one in found_in(*blocks)] == [
        (ACT, ("Recommendation 1",)),
        (TELL, ("Recommendation 2",)),
    ]


def test_entries_tagged_in_front_are_told_apart() -> None:
    blocks = (
        heading("Conclusions and recommendations"),
        text("(Conclusion) Marshes must be seen as a wall.", "1"),
        text("(Recommendation) The Ministry should buy them.", "2"),
    )
    assert references(*blocks) == [("2",)]


@pytest.mark.parametrize(
    ("words", "heading_below", "found"),
    [
        (
            "Recommendation for the Board: The Board should audit its files.",
            "Recommendation for the Board:",
            1,
        ),
        ("Recommendation: The Board should audit its files.", "Themes", 1),
        ("Recommendation for a friend: she was a good nurse.", "", 0),
        pytest.param(
            "Recommendations for the Board were made in May: it should have read them.", "", 0, marks=UNSURE
        ),
    ],
)
def test_a_title_run_in_says_that_it_recommends(words: str, heading_below: str, found: int) -> None:
    made = found_in(heading("Themes"), TOLD, text(words))
    assert [one.heading[-1] for one in made] == [heading_below] * found


@pytest.mark.parametrize(
    ("above", "found"),
    [
        ("Safety watchlist", 0),
        ("The Harle Watch List 2019", 0),
        pytest.param("Safety actions", 2, marks=UNSURE),
    ],
)
def test_a_standing_list_of_concerns_is_no_list_of_recommendations(above: str, found: int) -> None:
    """What stands on it was asked for elsewhere, and "will remain there until" it is done."""
    below = (heading("Action required", 2), item("Harle Port fits rails;"), item("crews wear harnesses."))
    assert len(texts(heading(above, 1), *below)) == found
