"""Agreement of coders, checked against figures worked out by hand; and samples."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, repeat

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from srtminer.evaluation import (
    Interval,
    agreement,
    kappas_and_alphas,
    stratified,
)

# 50 essays, of which both readers let 20 pass and 15 fail: Cohen's kappa is 0.4 in every textbook.
TEXTBOOK = [
    *repeat(("yes", "yes"), 20),
    *repeat(("yes", "no"), 5),
    *repeat(("no", "yes"), 10),
    *repeat(("no", "no"), 15),
]


def pairs(codes: Sequence[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {f"i{number:03}": given for number, given in enumerate(codes)}


def test_kappa_and_alpha_by_hand() -> None:
    found = agreement(pairs(TEXTBOOK))
    # Observed 35/50 = 0.7; expected 0.5 x 0.6 + 0.5 x 0.4 = 0.5.
    assert found.kappa.value == pytest.approx((0.7 - 0.5) / (1 - 0.5))
    # 100 values, 55 yes and 45 no: 2 x 55 x 45 / (100 x 99) differ by chance, 15/50 differ.
    assert found.alpha.value == pytest.approx(1 - 0.3 / (2 * 55 * 45 / (100 * 99)))
    assert (found.items, found.same, len(found.disagreements)) == (50, 35, 15)
    low, high = found.kappa.low, found.kappa.high
    assert low is not None
    assert high is not None
    # Fleiss, Cohen and Everitt (1969) give a standard error of 0.127 for such a table: 0.15 to 0.65.
    assert low == pytest.approx(0.15, abs=0.03)
    assert high == pytest.approx(0.65, abs=0.03)


def test_a_theme_against_all_others_by_hand() -> None:
    codes = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b"), ("b", "c"), ("c", "c"), ("c", "c"), ("c", "a")]
    found = agreement(pairs(codes))
    assert [(one.theme, *one.counts, one.together) for one in found.themes] == [
        ("a", 3, 3, 2),
        ("c", 3, 3, 2),
        ("b", 2, 2, 1),
    ]
    # Of 8, 6 alike on having "a" or not; expected (3/8)² + (5/8)² = 34/64.
    assert found.themes[0].kappa.value == pytest.approx((6 / 8 - 34 / 64) / (1 - 34 / 64))
    # Overall 5 of 8 alike; expected 9/64 + 4/64 + 9/64.
    assert found.kappa.value == pytest.approx((5 / 8 - 22 / 64) / (1 - 22 / 64))


def test_full_agreement_under_other_names() -> None:
    found = agreement(pairs([("a", "x"), ("a", "x"), ("b", "y"), ("b", "y")]))
    assert (found.ami, found.ari) == (1, 1)
    assert found.kappa.value == 0
    assert found.same == 0


def test_one_code_only_is_not_defined() -> None:
    found = agreement(pairs([("a", "a"), ("a", "a")]))
    assert found.kappa == found.alpha == found.themes[0].kappa == Interval(None)
    assert found.same == 2


def test_full_agreement() -> None:
    found = agreement(pairs([("a", "a"), ("b", "b"), ("a", "a"), ("b", "b")]))
    assert found.kappa == found.alpha == Interval(1.0, 1.0, 1.0)
    assert found.disagreements == {}


def test_neither_order_nor_a_second_run_makes_a_difference() -> None:
    assert agreement(pairs(TEXTBOOK)) == agreement(dict(reversed(pairs(TEXTBOOK).items())))
    assert agreement(pairs(TEXTBOOK), seed=1).kappa.low != agreement(pairs(TEXTBOOK)).kappa.low


codes = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.tuples(codes, codes), min_size=2, max_size=12).filter(lambda c: len(set(sum(c, ()))) > 1))
def test_what_is_resampled_is_what_nltk_computes(codes: list[tuple[str, str]]) -> None:
    first, second = [one for one, _ in codes], [other for _, other in codes]
    task = AnnotationTask(
        [(coder, n, code) for coder, row in (("1", first), ("2", second)) for n, code in enumerate(row)]
    )
    kappa, alpha = kappas_and_alphas([first, second], np.ones((1, len(codes))))
    assert kappa[0] == pytest.approx(task.kappa())
    assert alpha[0] == pytest.approx(task.alpha())


@pytest.mark.parametrize(
    ("sizes", "wanted", "expected"),
    [
        ({"a": 60, "b": 30, "c": 10}, 10, {"a": 6, "b": 3, "c": 1}),
        ({"a": 98, "b": 1, "c": 1}, 10, {"a": 8, "b": 1, "c": 1}),
        ({"a": 3, "b": 2, "c": 1}, 2, {"a": 1, "b": 1, "c": 0}),
        ({"a": 3, "b": 2}, 9, {"a": 3, "b": 2}),
        ({}, 3, {}),
    ],
)
def test_every_group_has_its_share(sizes: dict[str, int], wanted: int, expected: dict[str, int]) -> None:
    drawn = stratified({name: [f"{name}{n}" for n in range(size)] for name, size in sizes.items()}, wanted, 0)
    assert Counter(item[0] for item in drawn) == Counter(expected)


def test_a_sample_is_the_same_again_and_another_with_another_seed() -> None:
    groups = {"a": [f"a{n}" for n in range(40)], "b": [f"b{n}" for n in range(20)], "c": []}
    drawn = stratified(groups, 30, 0)
    assert drawn == stratified({"b": groups["b"][::-1], "a": groups["a"]}, 30, 0)
    assert drawn != stratified(groups, 30, 1)
    assert Counter(item[0] for item in drawn) == {"a": 20, "b": 10}
    assert len(set(drawn)) == 30
    assert list(drawn) != sorted(drawn)


@pytest.mark.parametrize(
    ("first", "second", "few"),
    [
        ("aaaab", "aaaaa", False),
        ("aaabb", "aaaab", True),
        ("aabbb", "bbaab", True),
        ("aaabb", "bbaaa", False),
    ],
)
def test_a_theme_of_fewer_than_five_says_nothing(first: str, second: str, few: bool) -> None:
    found = agreement(pairs(list(zip(first, second, strict=True))))
    assert {theme.theme: theme.few for theme in found.themes}["a"] is few


# Fleiss (1971) in the worked example of most textbooks: 14 raters, 10 subjects, 5 categories, kappa 0.210.
FLEISS = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)


def test_fleiss_kappa_of_many_coders() -> None:
    rows = [tuple(chain(*(repeat(str(code), n) for code, n in enumerate(row)))) for row in FLEISS]
    coders = list(zip(*rows, strict=True))
    assert kappas_and_alphas(coders, np.ones((1, len(rows))))[0][0] == pytest.approx(0.2099, abs=1e-4)


def test_three_coders_by_hand() -> None:
    found = agreement(pairs([("a", "a", "a"), ("a", "a", "b"), ("b", "b", "b"), ("b", "a", "b")]))
    assert (found.same, len(found.disagreements)) == (2, 2)
    # Pairs alike: 3/3, 1/3, 3/3, 1/3, so 2/3; half of the codes are a: by chance 1/2.
    assert found.kappa.value == pytest.approx((2 / 3 - 1 / 2) / (1 - 1 / 2))
    assert [(one.first, one.second, one.same) for one in found.pairs] == [(0, 1, 3), (0, 2, 3), (1, 2, 2)]
    assert found.confusion == (("a", "a", 4), ("a", "b", 4), ("b", "b", 4))
    assert [(one.theme, one.counts, one.together) for one in found.themes] == [
        ("a", (2, 3, 1), 1),
        ("b", (2, 1, 3), 1),
    ]


@given(
    st.lists(st.tuples(codes, codes, codes), min_size=2, max_size=9).filter(
        lambda c: len(set(sum(c, ()))) > 1
    )
)
def test_alpha_of_three_is_what_nltk_computes(given: list[tuple[str, str, str]]) -> None:
    coders = list(zip(*given, strict=True))
    task = AnnotationTask([(str(c), n, code) for c, row in enumerate(coders) for n, code in enumerate(row)])
    assert kappas_and_alphas(coders, np.ones((1, len(given))))[1][0] == pytest.approx(task.alpha())


def test_how_many_rows_a_figure_takes() -> None:
    found = agreement(pairs(TEXTBOOK))
    assert replace(found, kappa=Interval(0.5, 0.3, 0.7)).needed == [(0.1, 200), (0.05, 800)]
    assert replace(found, kappa=Interval(None)).needed == []
