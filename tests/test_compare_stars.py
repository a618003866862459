"""Stars: each member is like the centre, and in one star only."""

import numpy as np

from srtminer.compare.repeats import Star, find_stars
from srtminer.compare.similarity import paired


def stars(n: int, *links: tuple[int, int, float]) -> list[Star]:
    first, second, likely = (np.array(part) for part in zip(*links, strict=True))
    return list(find_stars(paired(first, second, likely), np.arange(n)))


def shape(found: list[Star]) -> list[tuple[int, list[int]]]:
    return [(centre, sorted(rows.tolist())) for centre, rows, _ in found]


def test_what_asks_for_the_same_is_one_star() -> None:
    found = stars(3, (0, 1, 0.8), (0, 2, 0.7))
    assert shape(found) == [(0, [1, 2])]
    assert found[0][2].tolist() == [0.8, 0.7]


def test_the_most_cases_come_first_and_nobody_is_in_two_stars() -> None:
    links = ((0, 1, 0.9), (1, 2, 0.8), (1, 3, 0.8), (3, 4, 0.9), (4, 5, 0.6))
    assert shape(stars(6, *links)) == [(1, [0, 2, 3]), (4, [5])]


def test_a_tie_goes_to_the_lower_row() -> None:
    assert shape(stars(4, (2, 3, 0.9), (0, 1, 0.9))) == [(0, [1]), (2, [3])]


def test_no_pairs_make_no_stars() -> None:
    nothing = paired(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    assert list(find_stars(nothing, np.arange(2))) == []
