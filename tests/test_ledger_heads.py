"""The heads of a ledger on a narrow screen."""

import pytest
from rich.cells import cell_len

from srtminer.render.layout import write
from srtminer.render.result import Head, Ledger, LedgerRow, Result, Screen, Table, Text

HEADS = (Head("Year", flexible=True), Head("With recommendations", "right"), Head("Made before", "right"))


def shown(ledger: Ledger, width: int) -> list[str]:
    return write(Result("shown", Table((), ()), {}, (ledger,)), Screen(width)).splitlines()


@pytest.mark.parametrize(
    ("width", "first"),
    [(60, "Year  With recommendations  Made before"), (33, "Year             With    Made")],
)
def test_heads_go_on_in_a_second_line_before_a_word_is_broken(width: int, first: str) -> None:
    lines = shown(Ledger(HEADS, (LedgerRow(("2031", "7", "3")),)), width)
    assert lines[0] == first
    assert all(part in " ".join(lines).split() for part in ("recommendations", "before"))


def test_on_a_narrow_screen_the_columns_go_on_below_and_no_figure_is_broken() -> None:
    columns = (
        Head("Theme", flexible=True),
        *(Head(head, "right") for head in ("Reviews", "Recommendations")),
    )
    entries = (LedgerRow(("Domestic abuse", "1,234,567", "12,345,678"), (Text("below it", 4),)),)
    assert shown(Ledger(columns, entries), 40) == [
        "Theme             Reviews",
        "─" * 25,
        "Domestic abuse  1,234,567",
        "",
        "Theme           Recommendations",
        "─" * 31,
        "Domestic abuse       12,345,678",
        "    below it",
    ]


def test_a_cell_that_is_cut_stays_one_line() -> None:
    columns = (Head("Name", width=24, cut=True), Head("Check", width=8, cut=True))
    name = "Report on 子ども of the Harle Board"
    (row,) = shown(Ledger(columns, (LedgerRow((name, "none: no\nheading")),)), 34)[2:]
    assert cell_len(row) <= 34
    assert row.startswith("Report on 子ども")
    assert "…" in row
    assert row.endswith("  none: n…")
