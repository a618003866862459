"""Which theme is meant: by rank, id, name or a part of it."""

import pytest

from srtminer.cli.themes import find_theme
from srtminer.errors import UsageError
from tests import render_values as values

SHARING, TRAINING = values.SHARING_THEME, values.TRAINING_THEME
NUMBERED = "they are numbered 1 to 2; see `srtminer themes` with the same options"


@pytest.mark.parametrize(
    ("wanted", "advice"),
    [
        (
            "health",
            f"2 themes have 'health' in their names: “{SHARING.label}”, “{TRAINING.label}”; write more",
        ),
        ("shareing", f"no theme 'shareing'; did you mean “{SHARING.label}”?"),
        ("t-3c4", f"no theme 't-3c4'; did you mean “{TRAINING.label}”?"),
        ("zeppelin", f"no theme 'zeppelin'; {NUMBERED}"),
        ("", f"no theme ''; {NUMBERED}"),
        ("3", f"no theme '3'; {NUMBERED}"),
    ],
)
def test_a_theme_that_is_not_there_or_not_the_only_one(wanted: str, advice: str) -> None:
    with pytest.raises(UsageError) as raised:
        find_theme(values.TABLE, wanted)
    assert str(raised.value).startswith(advice)


@pytest.mark.parametrize("wanted", ["2", "t-3c4d", "Training", "HEALTH VISITOR", TRAINING.label])
def test_a_rank_an_id_a_name_and_a_part_of_it(wanted: str) -> None:
    assert find_theme(values.TABLE, wanted) == TRAINING
