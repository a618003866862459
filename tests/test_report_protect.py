"""Small counts cannot be seen, nor worked out from the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srtminer.report.protect import Key, Line, withheld

A, B, C, D, T = (("a",), ("b",), ("c",), ("d",), ("total",))


@pytest.mark.parametrize(
    ("parts", "total", "least", "hidden"),
    [
        # nothing to hide
        ((5, 6), 11, 3, ""),
        ((0, 6), 6, 3, ""),
        ((3, 3), 6, 3, ""),
        # one small count takes the smallest other with it
        ((2, 5, 9), 16, 3, "ab"),
        ((5, 9, 2), 16, 3, "ac"),
        # where there is no other, a nought hides it; where there is none, the total
        ((2, 0), 2, 2, ""),
        ((1, 0), 1, 2, "at"),
        # two of them may do, unless they give a small sum away
        ((2, 1, 9), 12, 3, "ab"),
        ((1, 1, 9), 11, 3, "abc"),
        # all of them 1: a nought makes it uncertain which are
        ((1, 1, 1, 0), 3, 3, "abcd"),
        ((1, 1, 1), 3, 3, "abct"),
        # a small total is hidden, and a part with it
        ((2, 0), 2, 3, "at"),
    ],
)
def test_one_line(parts: tuple[int, ...], total: int, least: int, hidden: str) -> None:
    keys = (A, B, C, D)[: len(parts)]
    counts: dict[Key, int] = {**dict(zip(keys, parts, strict=True)), T: total}
    found = withheld(counts, (Line(T, keys),), least)
    assert "".join(key[0][0] for key in sorted(found)) == hidden


def test_a_count_withheld_in_one_line_is_covered_in_the_other() -> None:
    row, column = ("row",), ("column",)
    counts: dict[Key, int] = {A: 1, B: 7, C: 8, row: 8, column: 9}
    assert withheld(counts, (Line(row, (A, B)), Line(column, (A, C))), 3) == {A, B, C}


GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(GRIDS, st.integers(2, 5))
def test_no_line_can_be_solved(grid: list[list[int]], least: int) -> None:
    """In every row and column: no small count is shown, and none is the only one that is not."""
    counts, lines = _table(grid)
    hidden = withheld(counts, lines, least)
    assert all(key in hidden for key, count in counts.items() if 0 < count < least)
    for line in lines:
        out = [counts[key] for key in line.parts if key in hidden]
        if line.total in hidden:
            assert out
        elif out:
            assert len(out) > 1
            assert sum(out) >= least
            assert any(count != 1 for count in out)


@given(GRIDS)
def test_without_small_counts_nothing_is_withheld(grid: list[list[int]]) -> None:
    counts, lines = _table([[value + 5 for value in row] for row in grid])
    assert withheld(counts, lines, 5) == frozenset()


def _table(grid: list[list[int]]) -> tuple[dict[Key, int], tuple[Line, ...]]:
    rows, columns = range(len(grid)), range(len(grid[0]))
    counts: dict[Key, int] = {(f"cell {r} {c}",): grid[r][c] for r in rows for c in columns}
    counts |= {(f"row {r}",): sum(grid[r]) for r in rows}
    counts |= {(f"column {c}",): sum(row[c] for row in grid) for c in columns}
    lines = [Line((f"row {r}",), tuple((f"cell {r} {c}",) for c in columns)) for r in rows]
    lines += [Line((f"column {c}",), tuple((f"cell {r} {c}",) for r in rows)) for c in columns]
    return counts, tuple(lines)
