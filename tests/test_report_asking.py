"""What a text asks for is shown where there is room for a part of it."""

import pytest

from srtminer.report.view import gist

FINDING = "The owner and the master did not keep to the standards of navigation at the time. "


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The Board should ask.", "The Board should ask."),
        (f"{FINDING}The Board should ask all owners.", "…\u00a0The Board should ask all owners."),
        # a sentence is begun at its beginning, wherever in it the request stands
        (
            "Where nobody can tell who keeps the log of the ship the Board should ask.",
            "Where nobody can tell who keeps the log\u00a0…",
        ),
        (FINDING, "The owner and the master did not keep to\u00a0…"),
    ],
)
def test_gist(text: str, shown: str) -> None:
    assert gist(text, 42) == shown
