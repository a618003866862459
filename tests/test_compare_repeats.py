"""How repetition is shown: chains, and the shares of boards by year, in every form."""

import csv
import io
import json
from dataclasses import replace

import pytest

from srtminer.comparisons import BoardYear, Chain, Repeats
from srtminer.model import ReviewRecord
from srtminer.render import layout
from srtminer.render import made_before as render
from srtminer.render.result import Screen
from srtminer.render.wording import Catalogue
from srtminer.render.writers import to_csv, to_json, to_markdown
from tests import render_values as values

CATALOGUE = Catalogue.of(values.RECORDS)
BOARD = "Norwick and Eastmere Safeguarding Children Board"
CHAIN = Chain(
    centre=values.SHARING,
    members=(values.SHARING, values.SHARING_AGAIN),
    similarities=(1.0, 0.71),
    reviews=2,
    years=(2011, 2014),
    boards=(BOARD, "Saltby LSCB"),
)
REPEATS = Repeats(
    chains=(CHAIN,),
    boards=((BoardYear(BOARD, 2011, 1, 4, 0), BoardYear(BOARD, 2014, 1, 8, 3)),),
    made_before=frozenset(),
    threshold=0.55,
    reviews=3,
    recommendations=12,
    left_out=(),
)
UNLISTED = "Not listed because the board or year is unknown: 1 review."


def test_csv_has_members_and_then_boards_by_year() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(render.repeats_result(REPEATS, CATALOGUE)))))
    assert [row["row"] for row in rows] == ["member", "member", "board", "board"]
    assert [(row["chain"], row["similarity"], row["centre"]) for row in rows[:2]] == [
        ("1", "0.7100", "false"),
        ("1", "1.0000", "true"),
    ]
    names = ("board", "year", "reviews", "recommendations", "repeated", "share_repeated", "text")
    assert [[row[name] for name in names] for row in rows[2:]] == [
        [BOARD, "2011", "1", "4", "0", "0.0000", ""],
        [BOARD, "2014", "1", "8", "3", "0.3750", ""],
    ]


def test_the_other_forms_say_which_reviews_are_of_no_board_and_year() -> None:
    body = json.loads(to_json(render.repeats_result(REPEATS, CATALOGUE)))
    assert body["reviews_without_board_or_year"] == 1
    assert [one["share"] for one in body["boards"]] == [0, 0.375]
    assert UNLISTED in to_markdown(render.repeats_result(REPEATS, CATALOGUE))
    for width in (80, 120):
        text = layout.write(render.repeats_result(REPEATS, CATALOGUE), Screen(width))
        assert UNLISTED in " ".join(text.split())
        assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ((), "likelihood 0.55 or more"),
        ((values.STATEMENT,), "left out, as they quote others (responses, statements): 1"),
        ((values.STATEMENT, values.CHILD_Q), "left out, as they quote others (responses, statements): 2"),
    ],
)
def test_what_quotes_is_counted(left_out: tuple[ReviewRecord, ...], said: str) -> None:
    assert render.chains_told(replace(REPEATS, left_out=left_out)).endswith(f" · {said}")
