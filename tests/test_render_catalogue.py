"""Names and citations."""

from dataclasses import replace

import pytest

from srtminer.model import Recommendation
from srtminer.render import layout
from srtminer.render.recommendation_tables import theme_result
from srtminer.render.result import Screen
from srtminer.render.wording import Catalogue, citation, percent, review_name, year_span, years_of
from srtminer.text.names import counted
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
    ("years", "span"), [((), ""), (((2010, 3),), "2010"), (((2014, 1), (2008, 2)), "2008–2014")]
)
def test_year_span(years: tuple[tuple[int, int], ...], span: str) -> None:
    assert year_span(years) == span


@pytest.mark.parametrize(
    ("reviews", "years", "told"),
    [
        (3, ((2008, 1), (2014, 2)), "2008–2014"),
        (2, ((2014, 1),), "2014, 1 undated"),
        (1200, (), "1,200 undated"),
    ],
)
def test_years_of_a_theme(reviews: int, years: tuple[tuple[int, int], ...], told: str) -> None:
    assert years_of(replace(values.SHARING_THEME, reviews=reviews, years=years)) == told


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (80, ["2014 +10 n.d.", "2008–2013", "–"]),
        (120, ["2014 +10 n.d.        █", "2008–2013      █    █", "–"]),
    ],
)
def test_a_table_says_how_many_reviews_have_no_year(width: int, told: list[str]) -> None:
    half = replace(values.TRAINING_THEME, rank=1, share=0.02, reviews=11, years=((2014, 1),), examples=())
    full = replace(half, rank=2, reviews=2, years=((2008, 1), (2013, 1)))
    none = replace(half, rank=3, years=())
    table = replace(values.TABLE, themes=(half, full, none))
    shown = layout.write(theme_result(table, Catalogue.of(values.RECORDS)), Screen(width))
    lines = shown.splitlines()
    assert [line[lines[0].index("Years") :] for line in lines[2:-4]] == told
    assert max(map(len, lines)) <= width
    assert lines[-3] == "n.d.: reviews without a known year"
    dated = layout.write(
        theme_result(replace(table, themes=(full,)), Catalogue.of(values.RECORDS)), Screen(width)
    )
    assert "n.d." not in dated


def test_counted() -> None:
    assert [counted(n, "review") for n in (0, 1, 1200)] == ["0 reviews", "1 review", "1,200 reviews"]
