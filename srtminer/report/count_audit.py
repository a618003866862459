"""What a reader could work out of the counts that are shown, by solving for those that are not.

Source: the auditing step of statistical disclosure control: the least and the largest value that a withheld
cell can have, by linear programming (Hundepool et al., Statistical Disclosure Control, Wiley 2012).
"""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import linprog

from srtminer.report.count_lines import Key, Line

GLANCES = 12
"""Solutions looked at before each count is asked for alone; most can be seen to vary in a few."""
SURE = 2.0
"""Between two solutions so far apart there are two whole numbers, whatever they are."""
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class _System:
    """One equation a line over the withheld counts, the columns."""

    left: sp.csr_array
    right: NDArray[np.float64]
    largest: float
    """No count can be more."""


def solvable(counts: Mapping[Key, int], lines: Sequence[Line], hidden: Set[Key]) -> frozenset[Key]:
    """Give the withheld counts that have one possible value only, no count being less than 0.

    Lines that do not add up are no equations, and nobody can reckon with them.
    """
    keys = sorted(hidden)
    exact = [line for line in lines if sum(counts[key] for key in line.parts) == counts[line.total]]
    touched = [line for line in exact if any(key in hidden for key in (*line.parts, line.total))]
    if not touched:
        return frozenset()
    system = _system(counts, touched, keys)
    return frozenset(keys[column] for column in _suspects(system) if _is_single(system, column))


def _system(counts: Mapping[Key, int], lines: Sequence[Line], keys: Sequence[Key]) -> _System:
    column = {key: n for n, key in enumerate(keys)}
    left = sp.lil_array((len(lines), len(keys)))
    right = np.zeros(len(lines))
    for row, line in enumerate(lines):
        for key, sign in (*((part, 1) for part in line.parts), (line.total, -1)):
            if key in column:
                left[row, column[key]] += sign
            else:
                right[row] -= sign * counts[key]
    return _System(sp.csr_array(left), right, 2.0 * sum(counts.values()) + 1)


def _suspects(system: _System) -> Iterable[int]:
    """Give the columns that hardly vary between some solutions."""
    draw = np.random.default_rng(0)
    columns = system.left.shape[1]
    found = np.array([_solve(system, draw.normal(size=columns)).x for _ in range(GLANCES)])
    return [int(n) for n in np.flatnonzero(np.ptp(found, axis=0) < SURE + ROUNDING)]


def _is_single(system: _System, column: int) -> bool:
    aim = np.zeros(system.left.shape[1])
    aim[column] = 1
    least, most = _solve(system, aim).fun, -_solve(system, -aim).fun
    return bool(math.ceil(least - ROUNDING) == math.floor(most + ROUNDING))


def _solve(system: _System, aim: NDArray[np.float64]) -> Any:
    return linprog(aim, A_eq=system.left, b_eq=system.right, bounds=(0, system.largest), method="highs")
