"""Stars: each member is like the centre, related to most others, and at home nowhere else."""

import numpy as np
import pytest

from srtminer.compare.similarity import Pairs, requests
from srtminer.compare.stars import Star, find_stars

BEDS = "Midwives should tell every mother about the dangers of bed sharing."
BEDS_AGAIN = "Maternity staff should warn all mothers about the risks of bed sharing."
BEDS_STILL = "Health visitors should inform mothers about bed sharing and its dangers."
BEDS_MORE = "Advice on the dangers of bed sharing should be given to each mother by her midwife."
TAXIS = "The Council should inspect the taxis that carry pupils."
CABS = "The Council should inspect every taxi which carries a pupil."


def stars(texts: tuple[str, ...], *links: tuple[int, int, float]) -> list[Star]:
    first, second, similarity = (np.array(part) for part in zip(*links, strict=True))
    return find_stars(requests(texts), Pairs(first, second, similarity), np.arange(len(texts)))


def shape(found: list[Star]) -> list[tuple[int, list[int]]]:
    return [(centre, sorted(rows.tolist())) for centre, rows, _ in found]


def test_what_asks_for_the_same_is_one_star() -> None:
    found = stars((BEDS, BEDS_AGAIN, BEDS_STILL), (0, 1, 0.8), (0, 2, 0.7))
    assert shape(found) == [(0, [1, 2])]
    assert found[0][2].tolist() == [0.8, 0.7]


def test_what_is_related_to_no_majority_is_left_out() -> None:
    assert shape(stars((BEDS, BEDS_AGAIN, TAXIS), (0, 1, 0.8), (0, 2, 0.6))) == [(0, [1])]


@pytest.mark.parametrize(
    ("similarity", "expected"),
    [(0.95, [(0, [1, 4]), (2, [3])]), (0.75, [(0, [1, 2, 4])])],
    ids=["much nearer to another", "a little nearer"],
)
def test_what_has_a_much_nearer_fellow_stays_with_it(
    similarity: float, expected: list[tuple[int, list[int]]]
) -> None:
    texts = (BEDS, BEDS_AGAIN, BEDS_STILL, CABS, BEDS_MORE)
    assert shape(stars(texts, (0, 1, 0.6), (0, 2, 0.6), (2, 3, similarity), (0, 4, 0.6))) == expected


def test_no_pairs_make_no_stars() -> None:
    nothing = Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    assert find_stars(requests((BEDS, TAXIS)), nothing, np.arange(2)) == []
