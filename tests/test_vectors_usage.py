"""Which words are verbs and adjectives is told by the texts themselves."""

import time

import pytest

from srtminer.vectors.phrases import phrases
from srtminer.vectors.usage import LEAST, SHARE, UNKNOWN, Usage, grammar, usage

TEXT = """\
The rule prescribes the form that is used. A manual prescribes a drill, and he prescribes it to crews.

Skippers alter the boats at will. They alter nothing on paper, and it is wrong to alter a hull in a yard.

The valve was rusty when it was fitted. The hatch is rusty, the alarm is rusty and none had looked.

They visit the home. The visit was late, each visit is recorded, and after the visit of the nurse they go.

The supervision the nurse had was good. Supervision her manager gave was late. Supervision the school had …

The pilots his father knew were old pilots, and ship pilots, sea pilots and port pilots should go.

Each boy lives with a carer. He lives in a town, who lives at a farm, and she never lives by herself.
"""


@pytest.fixture(scope="module")
def told() -> Usage:
    return usage([TEXT])


@pytest.mark.parametrize(
    ("word", "verb", "adjective", "noun"),
    [
        ("prescribes", True, False, False),
        ("alter", True, False, False),
        ("rusty", False, True, False),
        ("visit", False, False, True),
        ("supervision", False, False, False),  # nouns end so
        ("pilots", False, False, False),  # most places tell nothing
        ("wrong", False, False, False),  # one place
        ("the", False, False, False),
        ("absent", False, False, False),
    ],
)
def test_words_are_told_by_their_neighbours(
    told: Usage, word: str, verb: bool, adjective: bool, noun: bool
) -> None:
    assert (word in told.verbs, word in told.adjectives, word in told.nouns) == (verb, adjective, noun)


@pytest.mark.parametrize(
    ("times", "elsewhere", "expected"),
    [
        (LEAST - 1, 0, False),
        (LEAST, 0, True),
        (LEAST, round(LEAST / SHARE) - LEAST, True),
        (LEAST, round(LEAST / SHARE) - LEAST + 1, False),
    ],
)
def test_some_places_and_a_share_of_all_must_say_so(times: int, elsewhere: int, expected: bool) -> None:
    texts = ["Masters steer the ship along the coast. " * times, "Long tall steer green yellow. " * elsewhere]
    assert ("steer" in usage(texts).verbs) is expected


@pytest.mark.parametrize(("nouns", "expected"), [(2, True), (3, False)])
def test_places_of_nouns_are_outweighed(nouns: int, expected: bool) -> None:
    texts = ["Masters steer the ship along the coast. " * 3, "At last we had a steer of sorts here. " * nouns]
    assert ("steer" in usage(texts).verbs) is expected


@pytest.mark.parametrize("texts", [[], [""], ["Steer the ship."]])
def test_nothing_is_told_without_paragraphs(texts: list[str]) -> None:
    assert usage(texts) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "without", "with_usage"),
    [
        ("It says the rule prescribes.", {"rule prescribes", "prescribes"}, {"rule"}),
        ("Skippers alter boats.", {"skippers alter boats", "alter boats", "boats"}, {"skippers", "boats"}),
        ("a hatch rusty", {"hatch rusty", "rusty"}, {"hatch"}),
        ("a rusty hatch", {"rusty hatch", "hatch"}, {"rusty hatch", "hatch"}),
        ("a hatch alarm", {"hatch alarm", "alarm"}, {"hatch alarm", "alarm"}),
        ("pilots", {"pilots"}, {"pilots"}),
        ("a pilot lives in town", {"pilot lives", "lives", "town"}, {"pilot", "town"}),
        ("their lives at sea", {"lives", "sea"}, {"lives", "sea"}),
    ],
)
def test_phrases_hold_no_words_that_are_verbs(
    told: Usage, text: str, without: set[str], with_usage: set[str]
) -> None:
    assert {phrase.surface for phrase in phrases(text)} == without
    assert {phrase.surface for phrase in phrases(text, told)} == with_usage


def test_lists_do_not_contradict_one_another() -> None:
    lists = grammar()
    assert not lists.finite & (lists.determiners | lists.prepositions | lists.before_verb)
    assert not lists.determiners & lists.prepositions
    assert lists.before_adjective & lists.finite >= {"was", "were"}


def test_two_megabytes_are_told_in_time() -> None:
    started = time.process_time()
    usage([TEXT * 2_000, "a" * 1_000_000, "a'" * 500_000])
    assert time.process_time() - started < 10
