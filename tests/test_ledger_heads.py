"""The heads of a ledger on a narrow screen."""

import pytest

from srtminer.render.layout import Column, Entry, ledger, to_text
from srtminer.render.result import Screen

COLUMNS = (
    Column("Year", flexible=True),
    Column("With recommendations", "right"),
    Column("Made before", "right"),
)


@pytest.mark.parametrize(
    ("width", "first"),
    [(60, "Year  With recommendations  Made before"), (33, "Year             With    Made")],
)
def test_heads_go_on_in_a_second_line_before_a_word_is_broken(width: int, first: str) -> None:
    screen = Screen(width)
    lines = to_text(ledger(COLUMNS, (Entry(("2031", "7", "3")),), screen), screen).splitlines()
    assert lines[0] == first
    assert all(part in " ".join(lines).split() for part in ("recommendations", "before"))
