"""Headings and what stands below them."""

import pytest

from srtminer.read.compose_review import Block
from tests.recommendation_blocks import heading, item, sections_of, text

SENTENCE = text("A sentence that says enough to be one.")


def paths(*blocks: Block, format: str = "pdf") -> list[tuple[str, ...]]:
    return [section.path for section in sections_of(*blocks, format=format)]


def test_levels_nest_and_text_before_the_first_heading_has_none() -> None:
    blocks = (SENTENCE, heading("Findings"), heading("Health", 2), SENTENCE, heading("Conclusions"))
    assert paths(*blocks) == [(), ("Findings",), ("Findings", "Health"), ("Conclusions",)]


@pytest.mark.parametrize(
    ("above", "below", "nests"),
    [
        ("Recommendations", "Harle Police", True),
        ("Individual agency recommendations", "Health", True),
        ("Harle Police", "Recommendation 3", True),
        ("Harle Police", "Recommendation", True),
        ("Recommendations", "Conclusion", False),
        ("Recommendations", "Next steps", False),
        ("Recommendations", "Findings", False),
        ("Recommendations", "Appendix 2: Letters", False),
        ("Summary of recommendations", "Chapter 2: Waiting", False),
        ("Summary of recommendations", "Waiting", True),
        ("Findings", "Harle Police", False),
        ("Harle Police", "Recommendations", False),
        ("To the Harle Board:", "To the Ministry of Rope:", False),
        ("Recommendations pursuant to section 82 of the Act", "To the Ministry of Rope:", True),
        ("Recommendations arising from the inquest", "Harle Police", True),
        ("Chapter 4: Recommendations", "Harle Police", True),
        ("Recommendations for the Police", "Recommendations for Health", False),
        ("Chapter 4: Findings", "Harle Police", False),
        ("Calls to action", "Health", True),
        ("For the Home Office and police forces", "For safeguarding partners", False),
        ("Recommendations to the Police", "Recommendations to Health", False),
        ("Harle Police", "For the record", True),
    ],
)
def test_meaning_ranks_headings_that_look_alike(above: str, below: str, nests: bool) -> None:
    expected = [(above,), (above, below)] if nests else [(above,), (below,)]
    assert paths(heading(above), SENTENCE, heading(below), SENTENCE) == expected


@pytest.mark.parametrize(
    ("above", "below", "nests"),
    [
        ("Harle Police", "Training for crews", False),
        ("Harle Police", "Recommendation 3", False),
        ("Recommendations", "Training for crews", True),
    ],
)
def test_an_agency_with_a_list_of_its_own_is_above_no_heading_of_its_look(
    above: str, below: str, nests: bool
) -> None:
    found = paths(heading(above), text("The force should train crews.", "53"), heading(below), SENTENCE)
    assert found == ([(above,), (above, below)] if nests else [(above,), (below,)])


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("SECTION 5 - RECOMMENDATIONS", True),
        ("8 Safety recommendations", True),
        ("Recommendations for Change at the Local Level:", True),
        (
            "County recommendations for changes at the local (county or state) levels as the county has it:",
            True,
        ),
        ("To the Ministry of Rope:", True),
        ("The recommendations", True),
        ("We make six recommendations.", False),
        ("Recommendations for change were made.", False),
        ("To do this:", False),
        ("Here are my recommendations:", False),
        ("The panel makes recommendations", False),
        ("A recommendation", False),
        ("The Board should:", False),
    ],
)
def test_a_line_that_announces_is_a_heading_whatever_it_looks_like(line: str, is_heading: bool) -> None:
    assert (paths(SENTENCE, text(line), SENTENCE) == [(), (line,)]) is is_heading


@pytest.mark.parametrize(
    ("above", "below", "nests"),
    [
        (("2", "RECOMMENDATIONS"), ("3", "How it began"), False),
        (("2", "RECOMMENDATIONS"), ("2.1", "How it began"), True),
        (("2", "RECOMMENDATIONS"), ("", "How it began"), True),
        (("2", "RECOMMENDATIONS"), ("5", "How it began"), True),
        (("", "Section 4 - Findings"), ("", "SECTION 5 - ACTIONS"), False),
        (("", "Section 4 - Findings"), ("4.1", "ACTIONS"), True),
        (("", "Section 4 - Findings"), ("5.1", "ACTIONS"), True),
        (("", "Part 4 - Findings"), ("", "Chapter 5 - Actions"), True),
    ],
)
def test_numbers_rank_chapters_whatever_they_look_like(
    above: tuple[str, str], below: tuple[str, str], nests: bool
) -> None:
    blocks = (heading(above[1], 1, above[0]), SENTENCE, heading(below[1], 2, below[0]), SENTENCE)
    assert paths(*blocks)[-1] == ((above[1], below[1]) if nests else (below[1],))


@pytest.mark.parametrize(
    ("line", "nests"),
    [
        ("SECTION 5 - RECOMMENDATIONS", False),
        ("Part 1.5: Recommendations", False),
        ("5.2 Recommendations", True),
    ],
)
def test_a_line_that_says_it_is_a_chapter_is_one(line: str, nests: bool) -> None:
    above = ("SECTION 4 - ACTIONS", "4.1 Others")
    blocks = (heading(above[0]), SENTENCE, heading(above[1], 2), SENTENCE, text(line), SENTENCE)
    assert paths(*blocks)[-1] == ((above[0], line) if nests else (line,))


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("Next steps", True),
        ("Strengths", True),
        ("One two three four five six", True),
        ("One two three four five six seven", False),
        ("The Council should:", False),
        ("Code M98-11", False),
        ("and that", False),
        ("It ended.", False),
    ],
)
def test_a_short_line_after_bullets_in_plain_text_is_a_heading(line: str, is_heading: bool) -> None:
    blocks = (item("Doors are kept locked at night."), text(line), SENTENCE)
    assert ((line,) in paths(*blocks, format="text")) is is_heading
    assert (line,) not in paths(*blocks, format="pdf")


def test_a_short_bullet_among_short_bullets_is_none() -> None:
    blocks = (item("Cranes"), item("Ballast"), item("Winches and their drums"))
    assert paths(*blocks, format="text") == [()]
