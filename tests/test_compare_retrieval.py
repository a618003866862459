"""How well what was said before is found: a dense store, half of whose queries nothing was fitted on.

Floors only go up. `tests/retrieval/dense.py` says how the yardstick was made.
"""

import pytest

from srtminer.compare.similarity import calibration
from tests.retrieval.dense import answers, dense, ranking

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("fitted", "first", "among_three", "ndcg"),
    [(True, 0.85, 0.9, 0.75), (False, 0.85, 0.9, 0.73)],
    ids=["fitted", "untouched"],
)
def test_ranking(fitted: bool, first: float, among_three: float, ndcg: float) -> None:
    yard = dense()
    half = yard.fitted == fitted
    found = ranking(yard.scores()[half], yard.grades[half])
    assert (found.first >= first, found.among_three >= among_three, found.ndcg >= ndcg) == (True, True, True)


@pytest.mark.parametrize(
    ("fitted", "precision", "answered"),
    [(True, 0.82, 0.85), (False, 0.76, 0.85)],
    ids=["fitted", "untouched"],
)
def test_what_is_called_the_same(fitted: bool, precision: float, answered: float) -> None:
    yard = dense()
    half = yard.fitted == fitted
    found = answers(yard.scores()[half], yard.grades[half], calibration().same)
    assert (found.precision >= precision, found.answered >= answered, found.new) == (True, True, 0)


def test_the_precision_that_is_printed_was_measured_on_what_was_not_fitted() -> None:
    yard = dense()
    half = ~yard.fitted
    found = answers(yard.scores()[half], yard.grades[half], calibration().same)
    assert calibration().precision == pytest.approx(found.precision, abs=0.02)
