"""Names and citations."""

from dataclasses import replace

import pytest

from srtminer.model import Recommendation
from srtminer.render.catalogue import Catalogue, citation, review_name
from srtminer.render.figures import counted, percent, year_span
from tests import render_values as values


@pytest.mark.parametrize(
    ("recommendation", "cited"),
    [
        (values.TRAINING, "Child P (2011) 4.8, p. 7"),
        (values.SHARING, "Child P (2011) 4.7, pp. 6–7"),
        (replace(values.TRAINING, references=()), "Child P (2011), p. 7"),
        (replace(values.TRAINING, last_page=0), "Child P (2011) 4.8, p. 7"),
    ],
)
def test_citation(recommendation: Recommendation, cited: str) -> None:
    assert citation(values.CHILD_P, recommendation) == cited


def test_a_text_without_pages_is_cited_without_page() -> None:
    recommendation = replace(values.TRAINING, page=1, last_page=1)
    assert citation(values.STATEMENT, recommendation) == "Statement of the Board 4.8"


def test_a_text_with_form_feeds_has_pages() -> None:
    assert citation(replace(values.STATEMENT, pages=9), values.TRAINING).endswith("4.8, p. 7")


def test_a_review_without_facts_goes_by_its_file_name() -> None:
    assert review_name(replace(values.CHILD_P, facts=())) == "child-p.pdf"


def test_a_long_title_is_cut_between_words() -> None:
    title = "A report of what was learnt in Norwick and Eastmere about children and their families"
    record = values.record("1", "x.pdf", title=title, year="2010")
    assert review_name(record) == "A report of what was learnt in Norwick and Eastmere about … (2010)"


def test_the_same_name_twice_is_told_apart_by_board_then_kind_then_file_then_id() -> None:
    other_board = replace(
        values.CHILD_P,
        id="1",
        facts=values.record("", "", subject="Child P", board="Saltby", year="2011").facts,
    )
    same_board = replace(values.CHILD_P, id="2", source="b/other.pdf")
    same_file = replace(same_board, id="3")
    other_year = replace(
        values.CHILD_P, id="4", facts=values.record("", "", subject="Child P", year="2012").facts
    )
    names = Catalogue.of((values.CHILD_P, other_board, same_board, same_file, other_year)).names
    assert names == {
        "aaaaaaaaaaaa": "Child P, child-p.pdf (2011)",
        "1": "Child P, Saltby (2011)",
        "2": "Child P, 2 (2011)",
        "3": "Child P, 3 (2011)",
        "4": "Child P (2012)",
    }


def test_a_review_and_the_statement_about_it_are_told_apart_by_kind() -> None:
    facts = values.record("", "", subject="Child P", board="Norwick", kind="statement", year="2011").facts
    board = values.record("", "", subject="Child P", board="Norwick", kind="SCR", year="2011").facts
    review, statement = replace(values.CHILD_P, facts=board), replace(values.STATEMENT, facts=facts)
    assert list(Catalogue.of((review, statement)).names.values()) == [
        "Child P, SCR (2011)",
        "Child P, statement (2011)",
    ]


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0%"), (0.0049, "<1%"), (0.0051, "1%"), (0.124, "12%"), (0.126, "13%"), (1, "100%")],
)
def test_percent(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("years", "span"),
    [((), ""), (((2010, 3),), "2010"), (((2014, 1), (2008, 2)), "2008–2014")],
)
def test_year_span(years: tuple[tuple[int, int], ...], span: str) -> None:
    assert year_span(years) == span


def test_counted() -> None:
    assert [counted(n, "review") for n in (0, 1, 1200)] == ["0 reviews", "1 review", "1,200 reviews"]
