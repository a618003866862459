"""Excerpts: chosen to be typical and different, cut at sentence ends."""

import numpy as np
import pytest
import scipy.sparse as sp

from srtminer.themes.naming import choose_examples, excerpt, shorten
from tests.test_themes_steps import rows_of

SENTENCE = "Fathers should be asked about their own childhood by a midwife who has met them before the birth."
LONG = "word " * 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # must not change
        ("Short.", "Short."),
        ("x" * 240, "x" * 240),
        (f"{SENTENCE} {SENTENCE}", f"{SENTENCE} {SENTENCE}"),
        # cut at the sentence
        (f"{SENTENCE} {SENTENCE} {SENTENCE}", f"{SENTENCE} {SENTENCE} …"),
        (f"{SENTENCE} Every {LONG}", f"{SENTENCE} …"),
        # cut at the word
        (LONG, ("word " * 40).strip() + " …"),
        # one endless word
        ("x" * 241, "x" * 200 + " …"),
    ],
)
def test_shorten(text: str, expected: str) -> None:
    assert shorten(text) == expected


def test_an_excerpt_shows_the_sentence_that_speaks_of_the_theme() -> None:
    opening = "We welcome the progress that has been made."
    text = f"{opening} {LONG.strip().capitalize()}. Bruising in babies must be referred. {LONG}"
    assert excerpt(text, ("bruising", "babies")).startswith("… Bruising in babies must be referred.")
    assert excerpt(text, ("progress", "bruising")).startswith("… Bruising in babies must be referred.")
    told = text.replace("must be referred", "was common")
    assert excerpt(told, ("progress", "bruising")).startswith("We welcome the progress")
    assert excerpt(told, ()).startswith("We welcome the progress")


def test_an_excerpt_keeps_the_words_and_makes_spaces_plain() -> None:
    assert excerpt("Keep  these\nwords.", ()) == "Keep these words."


def test_examples_differ_and_come_from_different_reviews() -> None:
    rows = rows_of(sp.csr_array(np.array([[1.0, 0.0], [1.0, 0.0], [0.8, 0.6], [0.6, 0.8]])))
    scores = np.array([1.0, 1.0, 0.92, 0.76])
    assert choose_examples(rows, scores, ["a", "b", "c", "d"], 2) == [0, 2]
    assert choose_examples(rows, scores, ["a", "a", "a", "b"], 2) == [0, 3]
    assert choose_examples(rows, scores, ["a", "a", "a", "a"], 9) == [0, 2, 1, 3]
    assert choose_examples(rows, scores, ["a", "a", "a", "a"], 0) == []
