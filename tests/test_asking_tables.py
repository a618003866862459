"""A table's grid only puts words into cells: it loses none, whatever is drawn on the page."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srtminer.read.pdf.asking_tables import Box, lines_of
from srtminer.read.pdf.geometry import Page, Run

XS, YS = (60.0, 100.0, 300.0, 400.0), (100.0, 120.0, 160.0, 200.0, 240.0)
GRID = [(x, YS[0], x, YS[-1]) for x in XS] + [(XS[0], y, XS[-1], y) for y in YS]
HEAD = [(65, 117, "No"), (105, 117, "Recommendation"), (305, 117, "Lead")]
PLACES = st.tuples(st.sampled_from(range(20, 480, 30)), st.sampled_from(range(80, 260, 15)))
BOXES = st.tuples(PLACES, st.integers(1, 80), st.integers(1, 80))


ROWS = [(65, 140, "1"), (105, 140, "Count"), (200, 140, "calls."), (320, 140, "Wards")]


def _word(x: float, y: float, text: str) -> Run:
    return Run(text, x, x + 5.0 * len(text), y, 10.0)


def _words(page: Page) -> set[str]:
    lines = [line for lines in lines_of([page]) for line in lines]
    cells = [cell for line in lines for head, texts in line.cells for cell in (head, *texts)]
    return {word for text in (*cells, *(line.text for line in lines)) for word in text.split()}


@settings(suppress_health_check=[HealthCheck.too_slow])  # no timing decides a test
@given(st.lists(PLACES, min_size=4, max_size=24, unique=True), st.lists(BOXES, max_size=5), st.booleans())
def test_a_grid_loses_no_word(
    places: list[tuple[int, int]], drawn: list[tuple[tuple[int, int], int, int]], is_joined: bool
) -> None:
    words = tuple(_word(*place) for place in HEAD) + tuple(
        _word(x, y, f"w{place}") for place, (x, y) in enumerate(places)
    )
    boxes: list[Box] = [(x, y, x + width, y + height) for (x, y), width, height in drawn]
    page = Page(1, "", 500.0, 300.0, words)
    rules = (*GRID[is_joined:], *boxes)
    assert _words(replace(page, words=words, rules=rules)) == _words(page)


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param([(195, 128, 240, 142)], id="a highlighted word"),
        pytest.param([(310, 130 + 40 * row, 319, 139 + 40 * row) for row in range(3)], id="boxes to tick"),
        pytest.param([(105, 141, 240, 141.5), (150, 141, 240, 141.5)], id="underlined twice"),
    ],
)
def test_what_is_drawn_in_cells_is_no_rule_of_the_grid(drawn: list[Box]) -> None:
    words = tuple(_word(*place) for place in (*HEAD, *ROWS))
    page = Page(1, "", 500.0, 300.0, words, words=words, rules=(*GRID, *drawn))
    ((row,),) = lines_of([page])
    assert [" ".join(texts) for _, texts in row.cells] == ["1", "Count calls.", "Wards"]
