"""Whether words ask for something, talk about recommendations, or number one."""

import pytest

from srtminer.recommendations import directives
from srtminer.recommendations import request_phrases as phrases
from srtminer.recommendations.printed_codes import (
    code_alone,
    code_in_front,
    label_behind,
    label_in_front,
)
from srtminer.text.sentences import sentences


@pytest.mark.parametrize(
    "words",
    [
        "The Board should audit its files.",
        "That meetings are held before discharge.",
        "To review the form.",
        "Ensure that files are kept.",
        "The Hospital Social Work Team to review its processes.",
        "A protocol is agreed by all.",
        "Schools must tell the police.",
        "We urge the Board to act.",
        "We recommend that schools do not share it.",
    ],
)
def test_words_that_ask(words: str) -> None:
    assert directives.is_directive(words)


@pytest.mark.parametrize(
    "words",
    [
        "The baby was weighed.",
        "They should have known.",
        "Files were kept.",
        "It was a cold house.",
        "We were asked whether a guard should ride along. We do not recommend that now.",
        "That was done in May.",
    ],
)
def test_words_that_tell(words: str) -> None:
    assert not directives.is_directive(words)


@pytest.mark.parametrize(
    ("words", "assigned"),
    [
        ("The local dental committee to hold a session each year.", True),
        ("NHS dental practices in Harle to have the number of the service on the wall.", True),
        ("Harle Council, as the largest employer, to adopt it first.", True),
        ("The named nurse to keep a list.", True),
        ("The mother agreed to meet her.", False),
        ("The nurse went to see her.", False),
        ("It was hard to find a way to begin.", False),
        ("Access to the house was refused.", False),
        ("The father, who was ill, to everybody's surprise came.", False),
    ],
)
def test_an_addressee_and_an_infinitive(words: str, assigned: bool) -> None:
    assert directives.assigns(words) is assigned


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("The following recommendations are made:", True),
        (
            "The Board finds it needful to propose two safety recommendations.",
            True,
        ),
        ("These recommendations will be monitored by the Board.", True),
        ("No recommendations arose from this review.", True),
        ("Additional specific recommendations are set out in annex B.", True),
        ("An additional recommendation to the Board should be made public.", True),
        ("An action plan has been drawn up by the Partnership.", True),
        ("Safety recommendations shall in no case create blame.", True),
        ("The Board should monitor its action plan.", False),
        ("The intent of this recommendation is to warn walkers.", False),
        ("Schools should keep files.", False),
    ],
)
def test_talk_about_recommendations(words: str, about: bool) -> None:
    assert directives.is_about(words) is about


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("We recommend that the Board act.", True),
        ("The Home Office is asked to consider it.", True),
        ("It was recommended that staff be trained.", True),
        ("It was furher recommended that staff be trained.", True),
        ("It was not recommended that staff be trained.", False),
        ("After a fire in 2013 it was recommended that doors be locked.", False),
        ("It is our recommendation that each home have a room.", True),
        ("My first recommendation is that doors be locked.", True),
        ("Our recommendation is on page 4.", False),
        ("It was their recommendation that doors be locked.", False),
        ("The Commission recommends further that doors be locked.", True),
        ("Accordingly, the Commission recommends that doors be locked.", True),
        ("Locally, a manual recommends that doors be locked.", False),
        ("In a previous case we recommended that doors be locked.", False),
        ("The bodies which we recommend are listed.", False),
        ("The doctor recommended rest.", False),
    ],
)
def test_the_reviews_own_recommending(words: str, own: bool) -> None:
    assert directives.recommends(words) is own


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("The Board should:", True),
        ("We recommend that:", True),
        ("The Board should check that:", False),
        ("It was late. The Board should:", False),
        ("The Board should act.", False),
    ],
)
def test_a_line_that_only_opens_a_list(words: str, bare: bool) -> None:
    assert directives.is_bare_lead_in(words) is bare


@pytest.mark.parametrize(
    ("words", "narrates"),
    [
        ("I am grateful to all who gave evidence.", True),
        ("We have completed our work.", True),
        ("We recommend that it end.", False),
        ("We would urge the Board to act.", False),
    ],
)
def test_an_authors_closing_words(words: str, narrates: bool) -> None:
    assert directives.narrates(words) is narrates


def test_sentences_do_not_end_at_abbreviations_or_numbers() -> None:
    words = "See para. 4.2 of the report. Dr. Harle agreed, e.g. Twice. “No,” he said."
    assert [words[a:b] for a, b in sentences(words)] == [
        "See para. 4.2 of the report.",
        "Dr. Harle agreed, e.g. Twice.",
        "“No,” he said.",
    ]


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("Act. (Recommendation, Paragraph 17)", "recommendation"),
        ("So it is. (Conclusion, Paragraph 4)", "conclusion"),
        ("So it is. (Paragraph 4)", ""),
        ("The (recommendation) was made.", ""),
    ],
)
def test_a_committees_tag(words: str, tag: str) -> None:
    assert directives.tag(words) == tag


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("2019/117 Have the boat surveyed.", "2019/117"),
        ("R/2022/181 The Office recommends it.", "R/2022/181"),
        ("R-16-02 Require it.", "R-16-02"),
        ("O/2022/160 Hospitals could look.", ""),
        ("2016/17 The year was wet.", ""),
        ("MO-2014-201 Fire on board.", ""),
        ("2019/117 is its number.", ""),
    ],
)
def test_a_code_in_front(words: str, code: str) -> None:
    found, begin = code_in_front(words)
    assert found == code
    assert words[begin:].startswith(words.removeprefix(code).lstrip() if code else words)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("MSB Recommendation M09-03", "M09-03"),
        ("Safety Recommendation 2021-014", "2021-014"),
        ("RSR-2019-04", "RSR-2019-04"),
        ("Action number: MO-2017-009-SR-021", "MO-2017-009-SR-021"),
        ("Action number: MO-2017-009-SAN-004", ""),
        ("Number: MO-2017-009-SI-01", ""),
        ("Recommendation 3", ""),
        ("It was recommended in 2021-014", ""),
    ],
)
def test_a_code_on_a_line_of_its_own(line: str, code: str) -> None:
    assert code_alone(line) == code


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Recommendation 1: The Board should act.", "Recommendation 1"),
        ("Recommendation 2.1 – Act.", "Recommendation 2.1"),
        ("RECOMMENDATION IV. The Board should act.", "RECOMMENDATION IV"),
        ("Recommendation 3 was accepted.", ""),
        ("Recommendation 3 The Board", ""),
        ("Recommendation of the Board: Act.", ""),
        ("The Recommendation 1: Act.", ""),
    ],
)
def test_a_label_in_front(words: str, label: str) -> None:
    found, begin = label_in_front(words)
    assert found == label
    assert not label or words[begin:] in ("The Board should act.", "Act.")


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("The Board should act. (Recommendation 4)", "Recommendation 4"),
        ("The Board should act [Rec. 12b].", "Rec. 12b"),
        ("The Board should act (R7).", "R7"),
        ("The Board should act (see Recommendation 4).", ""),
        ("The Board should act (Recommendation, Paragraph 4).", ""),
        ("It (Recommendation 4) was accepted.", ""),
    ],
)
def test_a_label_behind(words: str, label: str) -> None:
    found, end = label_behind(words)
    assert found == label
    assert words[:end] in (words, "The Board should act.", "The Board should act")


@pytest.mark.parametrize(
    ("title", "is_response"),
    [
        ("Response of the Harle Partnership to the review of Family W", True),
        ("Government response to the Committee's report", True),
        ("The trust's response to the inquiry", True),
        ("Police response to the floods: an inspection", False),
        ("Review of the response to children who go missing", False),
    ],
)
def test_titles_of_responses(title: str, is_response: bool) -> None:
    assert bool(phrases.RESPONSE.search(title)) is is_response


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ('The chair said: "We recommend that every nurse reads this."', True),
        ("“It was a shame. We recommend that the Board act,” he wrote.", True),
        ("“It was a shame,” he wrote. We recommend that the Board act.", False),
        ('Staff call it "the pit". We recommend that it be closed.', False),
        ("We recommend that the “open door” be kept open.", False),
        ("We recommend that the Board act.", False),
    ],
)
def test_what_others_are_quoted_with_is_theirs(words: str, quoted: bool) -> None:
    start = max(words.rfind(". ", 0, len(words) - 1) + 2, 0) if ". " in words[:-1] else 0
    assert directives.is_quoted(words, start, len(words)) == quoted


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("(Conclusion) Marshes hold back the sea. (Paragraph 31)", "conclusion"),
        ("[Recommendation] The Ministry should buy marshes.", "recommendation"),
        ("The Ministry should buy marshes. (Recommendation, Paragraph 17)", "recommendation"),
        ("The recommendation (of 2014) was lost.", ""),
    ],
)
def test_tags_stand_in_front_or_behind(words: str, tag: str) -> None:
    assert directives.tag(words) == tag
