"""What is masked as phrasing, and what must stay."""

import pytest

from srtminer.text.thesaurus import by_first_word, vocabulary
from srtminer.text.words import tokens
from srtminer.vectors.phrases import clauses, content_words, mask


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The LSCB should seek assurance that thresholds are understood.",
            ["LSCB", "thresholds", "understood"],
        ),
        ("The Board and its partner agencies should ensure that fathers are seen.", ["fathers", "seen"]),
        ("It is recommended that chronologies are kept.", ["chronologies", "kept"]),
        ("By March 2014, chronologies should be kept.", ["chronologies", "kept"]),
        ("Social workers should visit weekly.", ["visit", "weekly"]),
        ("Nursing schools should teach attachment.", ["nursing", "teach", "attachment"]),
        ("Co-sleeping and pre-birth plans", ["co-sleeping", "pre-birth", "plans"]),
        # must not change
        ("children subject to a plan", ["children", "subject", "plan"]),
        ("escalation of disagreement", ["escalation", "disagreement"]),
        ("bruising in babies", ["bruising", "babies"]),
        ("MARAC referrals", ["MARAC", "referrals"]),
        ("school attendance", ["school", "attendance"]),
    ],
)
def test_content_words(text: str, content: list[str]) -> None:
    assert [word.surface for word in content_words(text)] == content


def test_only_an_organisation_before_the_modal_is_an_addressee() -> None:
    text = "Children on a plan should be seen alone."
    assert mask(text, tokens(text)) == [False] * 8


def test_the_longest_wording_wins() -> None:
    assert by_first_word(["set out", "set", "set out in full"]) == {
        "set": [("set", "out", "in", "full"), ("set", "out"), ("set",)]
    }


def test_a_wording_at_the_end_of_a_text_is_no_longer_than_the_text() -> None:
    assert mask("make sure", tokens("make sure")) == [True, True]
    assert mask("in line", tokens("in line")) == [False, False]


def test_clauses_end_at_punctuation_and_keep_function_words() -> None:
    text = "the voice of the child, and/or home life"
    assert [[token.key for token in clause] for clause in clauses(text)] == [
        ["the", "voice", "of", "the", "child"],
        ["and", "or", "home", "life"],
    ]


def test_word_lists_are_lower_case_but_for_abbreviations() -> None:
    lists = vocabulary()
    assert all(word == word.lower() for word in lists.function | lists.phrasing | lists.verbs | lists.nouns)
    assert all(word == word.upper() for word in lists.abbreviations)
