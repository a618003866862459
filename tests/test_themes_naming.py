"""Names of themes: near to what members mean, whole phrases, one name for one theme."""

from collections.abc import Sequence

import numpy as np
import pytest

from srtminer.blended_rows import Vectors, unit
from srtminer.text.words import Phrase
from srtminer.themes.naming import (
    Candidate,
    PhraseCounts,
    candidates,
    choose_names,
    cut_short,
    likely_names,
    printed,
    titled,
)
from srtminer.vectors import term_matrix


def phrase(score: float, *key: str) -> Candidate:
    return Candidate(key, " ".join(key), score)


def counts_of(*themes: list[list[str]]) -> PhraseCounts:
    counts = PhraseCounts(len(themes))
    for theme, rows in enumerate(themes):
        for row in rows:
            counts.add(theme, [Phrase(tuple(surface.lower().split()), surface) for surface in row])
    return counts


def test_half_a_phrase_is_no_name() -> None:
    assert cut_short(counts_of([["parental drug", "parental drug misuse"]]), 0) == {("parental", "drug")}


def test_the_beginning_of_two_phrases_is_a_name() -> None:
    counts = counts_of([["home visit", "home visit plan"], ["home visit", "home visit record"]])
    assert cut_short(counts, 0) == set()


def test_a_likely_name_is_frequent_inside_and_rare_outside() -> None:
    counts = counts_of(
        [["yard visit", "lost keys"], ["yard visit", "lost keys"]], [["lost keys"], ["lost keys"]]
    )
    assert [likely_names(counts, theme)[0][0] for theme in (0, 1)] == [("yard", "visit"), ("lost", "keys")]


def made_up(texts: Sequence[str]) -> Vectors:
    """Encode texts so that an infant and a baby are one, a file and a record too."""
    kinds = (("baby", "infant"), ("file", "record"))
    rows = [[float(any(word in text for word in words)) for words in kinds] for text in texts]
    return unit(np.array(rows, dtype=np.float32) + np.float32(0.1)).astype(np.float32)


def test_the_name_is_the_phrase_nearest_to_what_members_mean() -> None:
    texts = [
        "weigh the baby",
        "feed the infant",
        "bathe the infant",
        *["keep the file", "sign the record"] * 3,
    ]
    terms = term_matrix(texts, made_up)
    counts = counts_of([["baby"], ["scale"], ["scale"]], [["file"], ["file"]] * 3)
    owners = np.array([0] * 3 + [1] * 6)
    first, second = candidates(counts, [range(3), range(3, 9)], owners, terms, terms.features)
    assert (first[0].surface, second[0].surface) == ("baby", "file")


def test_by_words_alone_what_one_member_says_does_not_outweigh_what_all_say() -> None:
    texts = ["yard fence", "yard gate", "yard wall", *["record book", "file"] * 5, "yard file"]
    counts = counts_of([["yard", "fence"], ["yard"], ["yard"]], [["file"]] * 11)
    terms, owners = term_matrix(texts), np.array([0] * 3 + [1] * 11)
    first, _ = candidates(counts, [range(3), range(3, 14)], owners, terms, terms.features)
    assert first[0].surface == "yard"


def test_a_name_goes_to_the_theme_that_it_fits_best() -> None:
    weak, strong = phrase(1, "home", "visit"), phrase(2, "home", "visit")
    other = phrase(0.5, "case", "file")
    assert choose_names([[weak, other], [strong], []]) == [other, strong, None]


def test_names_are_distinct() -> None:
    first, wider, other = phrase(2, "neglect"), phrase(1, "chronic", "neglect"), phrase(0.5, "teeth")
    assert choose_names([[first], [first, wider, other], [wider]]) == [first, other, None]


def test_themes_without_a_name_are_called_by_terms_and_never_by_number() -> None:
    words = [("x", "y", "z"), ("x", "y", "z"), ("x",), ()]
    assert printed([None, None, None, phrase(1, "teeth")], words) == ("X, y", "X, y, z", "X", "Teeth")
    assert printed([None, None], [(), ()]) == ("Other", "Other 2")


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["threshold", "thresholds", "thresholds"], "thresholds"),
        (["threshold", "threshold", "thresholds"], "threshold"),
        (["child's wishes", "child wishes"], "child wishes"),
        (["CAF Forms", "CAF forms", "CAF forms"], "CAF forms"),
    ],
)
def test_of_two_forms_that_without_possessive_then_the_usual_one(forms: list[str], expected: str) -> None:
    counts = PhraseCounts(1)
    for form in forms:
        counts.add(0, [Phrase(("key",), form)])
    assert counts.surface(0, ("key",)) == expected


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("claimants'", "Claimants"),
        ("child's", "Child"),
        ("GP's records", "GP's records"),
        ("x", "X"),
        ("", ""),
    ],
)
def test_a_label_begins_with_a_capital_and_ends_in_no_possessive(label: str, title: str) -> None:
    assert titled(label) == title
