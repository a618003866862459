"""Some of the mutants of `tests.mutants`, which makes thousands."""

from pathlib import Path

import pytest

from tests.mutants import KINDS, survive

TIMES = 120


@pytest.mark.slow
@pytest.mark.parametrize("ending", KINDS)
def test_a_damaged_file_is_read_or_skipped(tmp_path: Path, ending: str) -> None:
    assert 0 < survive(ending, TIMES, tmp_path) < TIMES + (ending != ".docx")
