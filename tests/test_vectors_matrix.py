"""The term matrix: columns, weights, surfaces, and its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures

from srtminer.vectors import term_matrix
from srtminer.vectors.collocations import collocations, floor, log_likelihood_ratio
from srtminer.vectors.frequencies import MAX_BACKGROUND, blend, inverse, paragraphs

TEXTS = ("Share chronologies.", "Sharing of a chronology", "Neglect of teeth", "")


def test_columns_are_sorted_stems_with_their_most_frequent_form() -> None:
    result = term_matrix(TEXTS)
    assert result.terms == ("chronolog", "neglect", "share", "teeth", "share chronolog")[: len(result.terms)]
    assert result.surfaces[:4] == ("chronologies", "neglect", "share", "teeth")
    assert result.texts == TEXTS


def test_rows_have_length_one_or_none() -> None:
    lengths = np.linalg.norm(term_matrix(TEXTS).matrix.toarray(), axis=1)
    assert lengths.round(12).tolist() == [1, 1, 1, 0]


def test_equal_content_gives_equal_rows() -> None:
    rows = term_matrix(TEXTS).matrix.toarray()
    assert np.allclose(rows[0], rows[1])
    assert rows[0] @ rows[2] == 0


@pytest.mark.parametrize("texts", [(), ("",), ("the of and",), ("2014", "12 %")])
def test_an_empty_vocabulary_gives_empty_rows(texts: tuple[str, ...]) -> None:
    result = term_matrix(texts)
    assert result.matrix.shape == (len(texts), 0)
    assert result.terms == ()


def test_a_word_common_in_the_background_weighs_less() -> None:
    texts = ["neglect bruising", "fathers"]
    background = [
        "A long paragraph all about neglect in the home.\n\nAnother one which tells of neglect at school."
    ]
    plain, informed = (term_matrix(texts, given) for given in ((), background))
    neglect = plain.terms.index("neglect")
    assert plain.matrix[0, neglect] == pytest.approx(2**-0.5)
    assert informed.matrix[0, neglect] < 0.69


def test_collocations_stand_together_more_often_than_chance_has_it() -> None:
    words = {"safe": 12, "sleep": 11, "plan": 60}
    pairs = {("safe", "sleep"): 10, ("sleep", "plan"): 2}
    assert collocations(pairs, words, 1_000) == [("safe", "sleep")]


@pytest.mark.parametrize(("rows", "least"), [(0, 2), (5_999, 2), (6_000, 3), (30_000, 15), (300_000, 150)])
def test_floor_of_pairs(rows: int, least: int) -> None:
    assert floor(rows) == least


def test_background_is_cut_to_paragraphs_and_thinned_out() -> None:
    assert paragraphs(["short\n\n" + "b" * 40, "a" * 50]) == ["a" * 50, "b" * 40]
    many = [f"{number:06} " + "word " * 200 for number in range(8_000)]
    kept = paragraphs(many)
    assert sum(map(len, kept)) <= MAX_BACKGROUND
    assert kept[0].startswith("000000")
    assert kept == paragraphs(reversed(many))


def test_blend_and_inverse() -> None:
    own, other = np.array([1.0, 0.0]), np.array([0.0, 0.5])
    assert blend(own, other).tolist() == [0.5, 0.25]
    assert blend(own, None) is own
    assert inverse(np.array([1.0]), 10).tolist() == [1.0]


@given(st.lists(st.text(alphabet="abcd ’-.\nGP1é", max_size=40), max_size=6))
def test_any_text_gives_one_finite_row(texts: list[str]) -> None:
    matrix = term_matrix(texts, texts).matrix
    assert matrix.shape[0] == len(texts)
    assert np.isfinite(matrix.data).all()


@pytest.mark.parametrize(("limit", "expected"), [(200, 4), (160, 4), (159, 2), (60, 2), (40, 1)])
def test_of_more_characters_than_wanted_evenly_spaced_paragraphs_are_taken(limit: int, expected: int) -> None:
    assert len(paragraphs([letter * 40 for letter in "dbca"], limit)) == expected


@given(st.integers(1, 50), st.integers(0, 200), st.integers(0, 200), st.integers(1, 5_000))
def test_the_log_likelihood_ratio_is_that_of_nltk(both: int, first: int, second: int, neither: int) -> None:
    total = both + first + second + neither
    together, one, other = (np.array([float(count)]) for count in (both, both + first, both + second))
    expected = BigramAssocMeasures.likelihood_ratio(both, (both + first, both + second), total)
    assert log_likelihood_ratio(together, one, other, total)[0] == pytest.approx(expected, rel=1e-6, abs=1e-6)
