"""The term matrix: columns, weights, surfaces, and its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srtminer.vectors import term_matrix

TEXTS = ("Share chronologies.", "Sharing of a chronology", "Neglect of teeth", "")


def test_columns_are_sorted_stems_with_their_most_frequent_form() -> None:
    result = term_matrix(TEXTS)
    assert result.terms == ("chronolog", "neglect", "share", "teeth")
    assert result.surfaces == ("chronologies", "neglect", "share", "teeth")
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


@given(st.lists(st.text(alphabet="abcd ’-.\nGP1é", max_size=40), max_size=6))
def test_any_text_gives_one_finite_row(texts: list[str]) -> None:
    matrix = term_matrix(texts).matrix
    assert matrix.shape[0] == len(texts)
    assert np.isfinite(matrix.data).all()


def test_a_word_in_many_rows_weighs_less() -> None:
    result = term_matrix(["neglect bruising", "neglect", "fathers"])
    assert result.weights[result.terms.index("neglect")] < result.weights[result.terms.index("father")]
    assert term_matrix(["neglect"] * 3).weights.tolist() == [1.0]


def test_of_two_forms_as_frequent_the_first_is_shown() -> None:
    assert term_matrix(["chronology", "chronologies"]).surfaces == ("chronologies",)
    assert term_matrix(["chronology", "chronology", "chronologies"]).surfaces == ("chronology",)
