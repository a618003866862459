"""Small counts cannot be seen, nor worked out from the others."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.report.small_counts import Key, Line, solvable, withheld

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


def test_noughts_that_hide_others_are_not_alone_in_their_own_lines() -> None:
    """Two noughts are withheld for the sake of the rows; the column must not give them away as noughts."""
    grid = [[1, 1, 1, 0], [1, 1, 1, 0], [9, 9, 9, 9]]
    counts, lines = _table(grid)
    hidden = withheld(counts, lines, 3)
    assert {("cell 0 3",), ("cell 1 3",), ("cell 2 3",)} <= hidden


@pytest.mark.parametrize(
    ("grid", "hidden", "single"),
    [
        # one unknown in a row
        ([[1, 4], [4, 4]], {"cell 0 0"}, {"cell 0 0"}),
        # a rectangle: each of the four may be 0 to 2
        ([[1, 1], [1, 1]], {"cell 0 0", "cell 0 1", "cell 1 0", "cell 1 1"}, set()),
        # no line has a single unknown, but the rows less the columns leave one
        (
            [[1, 2, 4], [3, 2, 4], [4, 4, 5]],
            {"cell 0 0", "cell 0 1", "cell 1 1", "cell 1 2", "cell 0 2", "column 1", "column 2"},
            {"cell 0 0"},
        ),
        # two that add up to nothing are noughts
        (
            [[0, 0, 4]],
            {"cell 0 0", "cell 0 1", "column 0", "column 1"},
            {"cell 0 0", "cell 0 1", "column 0", "column 1"},
        ),
    ],
)
def test_what_can_be_worked_out(grid: list[list[int]], hidden: set[str], single: set[str]) -> None:
    counts, lines = _table(grid)
    assert solvable(counts, lines, {(name,) for name in hidden}) == {(name,) for name in single}


def test_lines_that_do_not_add_up_are_no_equations() -> None:
    counts: dict[Key, int] = {A: 1, B: 7, T: 7}
    assert solvable(counts, (Line(T, (A, B)),), {A}) == frozenset()


@pytest.mark.parametrize("least", [2, 3])
@pytest.mark.parametrize(
    "grid", [[[2, 0, 1], [1, 0, 0]], [[1, 2], [3, 1], [0, 2]], [[1, 1, 2], [2, 3, 0]], [[0, 1, 3], [3, 1, 0]]]
)
def test_more_than_one_filling_fits_what_is_shown(grid: list[list[int]], least: int) -> None:
    """Fill the withheld cells in every way there is; no small cell comes out the same in all of them."""
    counts, lines = _table(grid)
    hidden = withheld(counts, lines, least)
    cells = [key for key in counts if key[0].startswith("cell")]
    fillings = list(_fillings(counts, lines, hidden, cells))
    for n, key in enumerate(cells):
        if 0 < counts[key] < least:
            assert len({filling[n] for filling in fillings}) > 1


def _fillings(
    counts: dict[Key, int], lines: tuple[Line, ...], hidden: frozenset[Key], cells: list[Key]
) -> Iterator[tuple[int, ...]]:
    for values in product(*(range(6) if key in hidden else (counts[key],) for key in cells)):
        now = dict(zip(cells, values, strict=True))
        if all(
            line.total in hidden or sum(now[key] for key in line.parts) == counts[line.total]
            for line in lines
        ):
            yield values


GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@settings(max_examples=30, deadline=None)
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


@settings(deadline=None)
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
