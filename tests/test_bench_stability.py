"""What the bench of stability counts."""

import pytest

from tests.bench_stability import kept

BEFORE = {"a": "Neglect", "b": "Neglect", "c": "Fathers", "d": "Fathers", "e": ""}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, (1.0, 1.0)),
        ({"a": "Neglect", "b": "Neglect", "c": "Fathers"}, (1.0, 1.0)),
        ({"a": "Teeth", "b": "Teeth", "c": "Fathers", "d": "Fathers"}, (1.0, 0.5)),
        ({"a": "Neglect", "b": "Fathers", "c": "Fathers", "d": "Fathers"}, (0.75, 1.0)),
        ({"a": "Teeth", "b": "Teeth", "c": "Fathers", "d": "Fathers", "e": ""}, (1.0, 0.5)),
        ({"a": "X", "b": "X", "c": "X", "d": "X"}, (0.5, 0.0)),
    ],
)
def test_kept(after: dict[str, str], expected: tuple[float, float]) -> None:
    assert kept(BEFORE, after) == expected
