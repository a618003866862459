"""Which theme is meant where none has the rank or id that was written."""

import pytest

from srtminer.cli.themes import find_theme
from srtminer.errors import UsageError
from tests import render_values as values

SHARING = f"1 ({values.SHARING_THEME.label})"
TRAINING = f"2 ({values.TRAINING_THEME.label})"
NUMBERED = "they are numbered 1 to 2; see `srtminer themes` with the same options"


@pytest.mark.parametrize(
    ("wanted", "advice"),
    [
        ("Training", f"did you mean {TRAINING}?"),
        ("health", f"did you mean {SHARING} or {TRAINING}?"),
        ("HEALTH VISITOR", f"did you mean {TRAINING}?"),
        ("shareing", f"did you mean {SHARING}?"),
        ("t-3c4", f"did you mean {TRAINING}?"),
        ("zeppelin", NUMBERED),
        ("3", NUMBERED),
    ],
)
def test_a_theme_that_is_not_there(wanted: str, advice: str) -> None:
    with pytest.raises(UsageError) as raised:
        find_theme(values.TABLE, wanted)
    assert str(raised.value) == f"no theme {wanted!r}; {advice}"


def test_a_rank_and_an_id_are_taken_as_they_are() -> None:
    assert find_theme(values.TABLE, "2") == find_theme(values.TABLE, "t-3c4d") == values.TRAINING_THEME
