"""The measure itself, on cases small enough to count by hand."""

import json
from pathlib import Path

import pytest

from tests.scoring import Item, Score, match, overlap, read_expected, score, tokens

AUDIT = "The Board should audit ten records."
TRAIN = "Police should train all officers."


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("a b c d", "a b c d", 1.0),
        ("a b c d", "A, b; c - d.", 1.0),
        ("a b c d", "a b x y", 0.5),
        ("a a b", "a b", 0.8),
        ("a b", "c d", 0.0),
        ("", "", 0.0),
    ],
)
def test_overlap(one: str, other: str, value: float) -> None:
    assert overlap(tokens(one), tokens(other)) == pytest.approx(value)


def test_pairs_at_the_threshold_are_kept_and_below_it_dropped() -> None:
    assert match(["a b c d e"], ["a b c x y"]) == ((0, 0),)
    assert match(["a b c d e"], ["a b v x y"]) == ()


def test_matching_is_one_to_one_and_takes_the_best_sum() -> None:
    assert match(["a b c", "a b d"], ["a b d", "a b c"]) == ((0, 1), (1, 0))
    assert match([AUDIT], [AUDIT, AUDIT]) == ((0, 0),)


def test_nothing_against_nothing_is_perfect() -> None:
    assert score([], []) == Score()
    assert (Score().precision, Score().recall, Score().f1) == (1.0, 1.0, 1.0)


def test_a_duplicate_costs_precision_and_a_miss_costs_recall() -> None:
    result = score([Item(AUDIT), Item("Something else altogether")], [Item(AUDIT), Item(AUDIT), Item(TRAIN)])
    assert (result.expected, result.found, result.matched) == (2, 3, 1)
    assert result.precision == pytest.approx(1 / 3)
    assert result.recall == pytest.approx(1 / 2)
    assert result.f1 == pytest.approx(2 / 5)


def test_scores_add_up() -> None:
    assert Score(2, 3, 1, 1, 0) + Score(1, 1, 1, 0, 1) == Score(3, 4, 2, 1, 1)


@pytest.mark.parametrize(
    ("expected", "found", "right"),
    [
        ((("Children's Services", ""),), (("children’s services", ""),), 1),
        ((("the Board", ""),), (("Board", ""),), 1),
        ((("Vale Police", "police"),), (("the Constabulary", "police"),), 1),
        ((("Vale Police", "police"), ("Board", "")), (("Board", "safeguarding-board"),), 1),
        ((("Vale Police", ""),), (("Hill Police", ""),), 0),
        ((("Vale Police", "police"),), (), 0),
        ((), (("Vale Police", "police"),), 0),
        ((), (), 1),
    ],
)
def test_agencies(
    expected: tuple[tuple[str, str], ...], found: tuple[tuple[str, str], ...], right: int
) -> None:
    assert score([Item(AUDIT, (), expected)], [Item(AUDIT, (), found)]).agencies_right == right


@pytest.mark.parametrize(
    ("expected", "found", "right"),
    [
        (("4.2",), ("4.2",), 1),
        (("Recommendation 3",), ("3",), 1),
        (("R7",), ("r7.",), 1),
        (("8.3", "4.2"), ("4.2", "8.3"), 1),
        (("8.3", "4.2"), ("4.2",), 0),
        (("4.2",), (), 0),
        ((), ("4.2",), 0),
        ((), (), 1),
    ],
)
def test_references(expected: tuple[str, ...], found: tuple[str, ...], right: int) -> None:
    assert score([Item(AUDIT, expected)], [Item(AUDIT, found)]).references_right == right


def test_reading_annotations(tmp_path: Path) -> None:
    plain = {"reference": "", "agency": None, "kind": None, "text": AUDIT}
    full = {
        "reference": "8.1",
        "references": ["8.1", "R1"],
        "agency": "Vale Police",
        "kind": "police",
        "others": [{"agency": "Fire Service", "kind": None}],
        "text": TRAIN,
    }
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(plain)}\n{json.dumps(full)}\n", encoding="utf-8")
    assert read_expected(path) == (
        Item(AUDIT),
        Item(TRAIN, ("8.1", "R1"), (("Vale Police", "police"), ("Fire Service", ""))),
    )
