"""Series of a document: granularity from the tree of numbers, and which reading of a document is taken."""

import pytest

from tests.recommendation_blocks import found_in, heading, item, text

ARGUED = "The roof was looked at twice and nobody wrote down what was seen there."


def test_a_number_that_only_leads_in_gives_its_letters() -> None:
    blocks = (
        heading("Recommendations"),
        text("As to the files:", "1"),
        item("The Board should read them.", "a"),
        item("The council should keep them.", "b"),
        text("The nurses should ring back within a day.", "2"),
    )
    assert [found.reference for found in found_in(*blocks)] == ["1(a)", "1(b)", "2"]


@pytest.mark.parametrize("name", ["Improvement priorities", "Considerations for the Board"])
def test_labels_below_agencies_below_other_words_for_recommendations(name: str) -> None:
    blocks = [text(ARGUED), heading(name, 1)]
    for number, agency in enumerate(("Harle Police", "Harle School"), start=1):
        blocks += [heading(agency, 2), heading(f"Priority {number}", 3), text(f"{agency} should ring back.")]
    found = found_in(*blocks)
    assert [one.text for one in found] == ["Harle Police should ring back.", "Harle School should ring back."]
    assert [one.reference for one in found] == ["Priority 1", "Priority 2"]


def test_different_numbers_of_one_list_are_never_one() -> None:
    words = "The council should give each family a named worker who rings them every week of the year"
    blocks = (heading("Recommendations"), text(f"{words} by day.", "1"), text(f"{words} by night.", "2"))
    assert [found.reference for found in found_in(*blocks)] == ["1", "2"]


def test_one_bullet_that_asks_behind_a_finished_number_is_one_of_its_own() -> None:
    blocks = (
        heading("Recommendations"),
        text("The Board should read the files.", "1"),
        text("Harle Police should tell the school of each call.", "2"),
        item("Schools should keep each child's papers in one place."),
    )
    assert [found.reference for found in found_in(*blocks)] == ["1", "2", ""]


def test_a_plain_sentence_behind_the_last_number_is_no_part_of_it() -> None:
    blocks = (
        heading("Recommendations"),
        text("The Board should read the files.", "1"),
        text("Harle Police should tell the school of each call.", "2"),
        text("The council should name one nurse for each family.", "3"),
        text("These are owned by the chairs of the three bodies."),
    )
    assert found_in(*blocks)[-1].text == "The council should name one nurse for each family."
