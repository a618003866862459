"""Answers of responses, and the paragraphs around excerpts, in the report."""

from dataclasses import replace

import pytest

from srtminer.excerpts import Shown
from srtminer.material import Material, Privacy
from srtminer.model import Answer, Recommendation
from srtminer.report.page import answer_grid, render_report
from srtminer.report.word import render_word
from tests.report_values import SMALL, many
from tests.test_report_word import read


def with_answers(content: Material, *verdicts: str, text: str = "The Board agrees.") -> Material:
    """Answer the first recommendations of the content in turn, in words of its first review."""
    response = content.records[0].id
    said = zip(content.recommendations, verdicts, strict=False)
    return replace(content, answers={one.id: Answer(verdict, text, 3, response) for one, verdict in said})


def with_context(content: Material, *texts: str) -> Material:
    shown = tuple(Shown(text, "", 1, False, place == 1) for place, text in enumerate(texts))
    quoted = (example.recommendation for theme in content.table.themes for example in theme.examples)
    return replace(content, around={one.id: shown for one in quoted})


def test_accepted_of_all_is_counted_for_each_review_and_for_all() -> None:
    content = with_answers(SMALL, "accepted", "rejected")
    grid = answer_grid(content)
    asked = [one for one in content.recommendations if one.review_id == content.recommendations[0].review_id]
    assert [row.total for row in grid.rows] == [len(asked)]
    assert grid.sizes.total == len(asked)
    assert grid.sizes.cells[:4] == (1, 0, 1, 0)
    assert "Accepted: 1 of 2 recommendations" in render_report(content)
    paragraphs, _ = read(render_word(content))
    assert any(text.startswith("Accepted: 1 of 2 recommendations") for _, text in paragraphs)
    assert any(text.startswith("accepted: “The Board agrees.”") for _, text in paragraphs)


def test_without_a_response_the_report_has_no_such_part() -> None:
    assert "What was answered" not in render_report(SMALL)
    assert "What was answered" not in [text for _, text in read(render_word(SMALL))[0]]


def test_answers_are_not_shown_where_counts_are_withheld() -> None:
    content = with_answers(many(6), *["accepted"] * 12, "rejected")
    assert "What was answered" in render_report(content)
    page = render_report(content, Privacy(small_counts=3))
    assert "What was answered" not in page
    assert "rejected: “" not in page, "an excerpt tells nothing of what is withheld"


@pytest.mark.parametrize(
    "render", [render_report, lambda *given: " ".join(t for _, t in read(render_word(*given))[0])]
)
def test_context_is_shown_only_where_asked_for_and_redacted(render) -> None:  # type: ignore[no-untyped-def]
    content = with_context(SMALL, "Mrs Ann", "Poole of Saltby met us", "and Jo-Ann")
    assert "met us" in render(content)
    assert "met us" not in render(SMALL)
    shown = render(content, Privacy(names=("Ann Poole",)))
    assert "Poole" not in shown
    assert "Mrs Ann" not in shown
    assert "Jo-Ann" in shown


def test_a_name_over_two_paragraphs_becomes_its_pseudonym_in_both() -> None:
    content = with_context(SMALL, "Mrs Ann", "Poole met us")
    page = render_report(content, Privacy(names=("Ann Poole = Mother",)))
    assert "Mrs Mother" in page
    assert "Mother met us" in page


def test_what_is_not_quoted_needs_no_place() -> None:
    one: Recommendation = SMALL.recommendations[0]
    assert one.id not in SMALL.around
