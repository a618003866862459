"""What was made before: by date, by board, not by responses, not within one case; and chains of it."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from srtminer.__main__ import main
from srtminer.compare import find_earlier, find_repeats
from srtminer.compare.occasions import board_key, cases, is_earlier
from srtminer.compare.wording import common_words
from srtminer.comparisons import ReviewComparison
from srtminer.errors import UsageError
from srtminer.model import FOUND, Fact, Recommendation, ReviewRecord
from srtminer.render import earlier as render
from srtminer.render.catalogue import Catalogue
from tests.render_values import record

BEDS = (
    "Midwives should discuss the risks of bed sharing with every mother and record that the advice was given."
)
BEDS_AGAIN = (
    "Maternity staff should talk with all mothers about the dangers of bed sharing and record the advice."
)
TAXIS = "The Council should vet taxi drivers who carry pupils with special needs."
DOGS = "The Trust should publish a leaflet on dangerous dogs for parents of babies."


def review(
    id: str, year: str = "", board: str = "Norwick LSCB", kind: str = "SCR", published: str = ""
) -> ReviewRecord:
    facts = {"subject": f"Child {id}", "board": board, "year": year, "kind": kind, "published": published}
    return replace(
        record(id, f"{id}.pdf", found=1),
        facts=tuple(Fact(name, value, FOUND) for name, value in facts.items() if value),
    )


def says(record: ReviewRecord, *texts: str) -> tuple[Recommendation, ...]:
    return tuple(
        Recommendation(f"{record.id}-{n}", record.id, (str(n),), n, n + len(text), text, 1, 1)
        for n, text in enumerate(texts, 1)
    )


NEW = review("new", "2015")
OLD = review("old", "2010")


def compared(
    records: tuple[ReviewRecord, ...], texts: tuple[str, ...], own: ReviewRecord = NEW
) -> ReviewComparison:
    others = tuple(one for other in records for one in says(other, TAXIS, *texts))
    return find_earlier(own, says(own, BEDS_AGAIN, DOGS), (own, *records), others, 0.55, 3)


def test_a_request_in_other_words_is_found_and_a_new_one_is_new() -> None:
    beds, dogs = compared((OLD,), (BEDS,)).asked
    assert [match.recommendation.text for match in beds.earlier] == [BEDS]
    assert beds.earlier[0].same_board
    assert beds.earlier[0].years_earlier == 5
    assert beds.board_years == (2010,)
    assert (dogs.found, dogs.earlier) == (0, ())


@pytest.mark.parametrize(
    "other",
    [
        review("later", "2016"),
        review("same", "2015"),
        review("quote", "2012", kind="response"),
        review("print", "2012", kind="statement"),
        replace(review("new", "2014"), id="summary"),
    ],
    ids=["later", "the same year", "a response", "a statement", "another document of the case"],
)
def test_what_is_not_made_before(other: ReviewRecord) -> None:
    assert compared((other,), (BEDS,)).made_before == 0


def test_what_has_no_date_is_left_out_and_told() -> None:
    undated = review("undated")
    found = compared((OLD, undated), (BEDS,))
    assert found.undated == (undated,)
    assert "Left out for want of a date: 1 review." in render.scope(found)


def test_a_review_without_a_date_is_compared_with_all_and_says_so() -> None:
    found = compared((OLD, review("late", "2030")), (BEDS,), review("new"))
    assert found.asked[0].found == 2
    assert render.scope(found).startswith("The review has no date: compared with all 2 other reviews")


def test_the_board_is_told_by_its_years() -> None:
    records = (review("a", "2006"), review("b", "2009", "Norwick Safeguarding Children Partnership"))
    asked = compared((*records, review("c", "2012"), review("d", "2013", "Saltby LSCB")), (BEDS,)).asked[0]
    assert render.story(asked) == "made before 4 times; asked of this board in 2006, 2009 and 2012"
    assert len(asked.earlier) == 3


def test_the_day_of_publication_orders_reviews_of_one_year() -> None:
    march, may = (review(day, "2012", published=f"2012-0{day}-01") for day in "35")
    assert is_earlier(march, may)
    assert not is_earlier(may, march)
    assert not is_earlier(march, review("x", "2012"))


@pytest.mark.parametrize(
    ("board", "key"),
    [
        ("WEXMOOR AND THORNLEY LOCAL SAFEGUARDING CHILDREN BOARD", "wexmoor thornley"),
        ("Wexmoor & Thornley Safeguarding Children Partnership", "wexmoor thornley"),
        ("Safeguarding Board", "safeguarding board"),
        ("", ""),
    ],
)
def test_a_board_is_known_by_its_place(board: str, key: str) -> None:
    assert board_key(review("x", board=board)) == key


def test_a_board_may_begin_again_with_child_a() -> None:
    first, report, again = (replace(review("x", year), id=year) for year in ("2008", "2009", "2020"))
    assert cases((first, report, again)) == {"2008": "2008", "2009": "2008", "2020": "2020"}


def test_common_words_are_marked_whatever_their_form() -> None:
    ((*places,),) = common_words(
        [("Domestic abuse training for nurses", "Train a nurse about violence at home.")]
    )
    text = "Train a nurse about violence at home."
    assert [text[start:end] for start, end in places] == ["Train", "nurse", "violence at home"]


def test_chains_gather_what_asks_for_the_same_and_boards_repeat_themselves() -> None:
    records = (OLD, NEW, review("other", "2012", "Saltby LSCB"), review("quote", "2016", kind="response"))
    found = find_repeats(records, [one for r in records for one in says(r, BEDS, f"{TAXIS} {r.id}")], 0.55)
    assert [len(chain.members) for chain in found.chains] == [3, 3]
    assert found.chains[0].years == (2010, 2012, 2015)
    assert found.chains[0].boards == ("Norwick LSCB", "Saltby LSCB")
    assert found.left_out == (records[3],)
    assert [(one.board, one.year, one.repeated) for one in found.boards] == [
        ("Norwick LSCB", 2010, 0),
        ("Norwick LSCB", 2015, 2),
        ("Saltby LSCB", 2012, 0),
    ]


@pytest.mark.parametrize("chosen", [slice(None), slice(1, 5)], ids=["all", "as --where leaves of them"])
def test_a_pair_is_as_similar_in_a_chain_as_to_an_earlier_one(chosen: slice) -> None:
    """Why the fillers: in the reviews that are earlier, other words are common than in the whole store."""
    records = (
        *(review(year, year) for year in ("2008", "2010", "2012", "2015")),
        *(review("undated"), review("quote", "2009", kind="response"), review("late", "2020", "Saltby LSCB")),
    )
    about = ("pupils", "mothers", "bed sharing", "taxi drivers", "records", "advice", "risks", "maternity")
    fillers = [f"Norwick Police should review {matter} in its annual report." for matter in about]
    asked = ((BEDS, TAXIS), (BEDS_AGAIN, f"{TAXIS} {DOGS}"))
    everything = [
        one for n, record in enumerate(records) for one in says(record, *asked[n % 2], *fillers[n:])
    ]
    ids = {record.id for record in records[chosen]}
    kept = [one for one in everything if one.review_id in ids]
    found = find_repeats(records[chosen], kept, 0.55, everything)
    pairs = [
        (chain.centre, member, similarity)
        for chain in found.chains
        for member, similarity in zip(chain.members, chain.similarities, strict=True)
        if member is not chain.centre and member.review_id != "undated"
    ]
    assert len(pairs) > 3
    assert [one[2] for one in pairs] == [_as_earlier(records, everything, *one[:2]) for one in pairs]


def _as_earlier(
    records: Sequence[ReviewRecord],
    everything: Sequence[Recommendation],
    *pair: Recommendation,
) -> float:
    """Give how similar the earlier of two recommendations is to the later one."""
    by_id = {record.id: record for record in records}
    first, second = sorted(pair, key=lambda one: by_id[one.review_id].year or 0)
    found = find_earlier(by_id[second.review_id], (second,), records, everything, 0.01, 99)
    (match,) = (match for match in found.asked[0].earlier if match.recommendation == first)
    return match.similarity


def test_nothing_to_compare_is_no_error() -> None:
    assert find_repeats((), (), 0.55).chains == ()
    assert find_earlier(NEW, says(NEW, BEDS), (NEW,), (), 0.55, 3).made_before == 0


def test_every_form_shows_the_match() -> None:
    found = compared((OLD,), (BEDS,))
    catalogue = Catalogue.of((OLD, NEW))
    body = json.loads(render.json(found, catalogue))
    assert body["schema"] == "srtminer.compare-review/1"
    assert body["recommendations"][0]["earlier"][0]["text"] == BEDS
    assert body["recommendations"][1]["earlier"] == []
    assert (
        body["summary"]["text"] == "1 of 2 was made before, 1 to the same board, 0 to the same agency; 1 new."
    )
    assert "**bed sharing**" in render.markdown(found, catalogue)
    rows = list(csv.DictReader(io.StringIO(render.csv(found, catalogue))))
    assert [row["earlier_id"] for row in rows] == ["old-2", ""]


def test_the_command_on_the_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Any
) -> None:
    examples = Path(__file__).parent.parent / "examples"
    monkeypatch.chdir(tmp_path)
    paths = [str(examples / name) for name in ("wexmoor-child-a-2008.txt", "wexmoor-child-n-2020.md")]
    assert main(["--quiet", "ingest", paths[0]]) == 0
    capsysbinary.readouterr()
    assert main(["compare", "--review", paths[1], "--format", "json"]) == 0
    new = json.loads(capsysbinary.readouterr().out)
    assert len(new["recommendations"]) == 8
    assert new["summary"]["compared_with"] == 1
    assert main(["compare", "--review", "Child A", "--format", "json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["summary"]["made_before"] == 0
    assert main(["compare", "--review", "Child Z"]) == UsageError.exit_code
    assert b"no such review in the store" in capsysbinary.readouterr().err
    assert main(["compare", "--repeats", "--format", "csv"]) == 0


def test_a_board_has_one_name_in_all_years_and_does_not_shout() -> None:
    records = (
        review("one", "2010", "Norwick Safeguarding Board"),
        review("two", "2012", "NORWICK LSCB"),
        review("three", "2014", "NORWICK PARTNERSHIP"),
    )
    found = find_repeats(records, [one for r in records for one in says(r, BEDS)], 0.55)
    assert found.chains[0].boards == ("Norwick Safeguarding Board",)
    assert {one.board for one in found.boards} == {"Norwick Safeguarding Board"}
    assert [one.review_ids for one in found.boards] == [(record.id,) for record in records]
