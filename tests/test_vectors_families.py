"""Families of words: rows that share no word but a matter come closer."""

import numpy as np

from srtminer.vectors import term_matrix
from srtminer.vectors.families import families, family_weights, membership, with_families
from srtminer.vectors.stems import stem


def similarity(first: str, second: str, *others: str) -> float:
    features = term_matrix([first, second, *others]).features.toarray()
    return float(features[0] @ features[1])


def test_words_of_one_family_bring_rows_together() -> None:
    other = ("Interpreters are booked.", "Keep chronologies.")
    assert similarity("Assess stepfathers and boyfriends.", "Ask who is in the household.", *other) > 0
    assert similarity("Bruising is photographed.", "Evictions are notified.", *other) == 0


def test_a_family_that_all_rows_share_counts_nothing() -> None:
    texts = ["neglect of teeth", "neglectful feeding", "obesity"]
    result = term_matrix(texts)
    assert np.allclose(result.features[:, [-1]].toarray(), 0)
    assert result.features.shape == (3, len(result.terms) + len(families()))
    assert np.allclose(result.features.toarray()[:, : len(result.terms)], result.matrix.toarray())


def test_membership() -> None:
    belongs = membership(("bruis", stem("eviction"), "GP", "tree")).toarray()
    names = list(families())
    found = [[names[i] for i in np.flatnonzero(row)] for row in belongs]
    assert found == [["injury"], ["housing"], ["general-practice"], []]


def test_rows_without_terms_stay_empty() -> None:
    result = term_matrix(["", "the"])
    assert with_families(result.matrix, result.terms, family_weights(result.matrix, result.terms)).nnz == 0


def test_families_hold_two_stems_or_more_and_no_stem_twice() -> None:
    for words in families().values():
        assert len(set(words)) >= 2
