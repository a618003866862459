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
from srtminer.cases import board_key, case_ids
from srtminer.compare.repeats import Candidates, find_earlier, find_repeats, is_earlier
from srtminer.compare.similarity import link_of
from srtminer.comparisons import CompareOptions, Repeats, ReviewComparison
from srtminer.errors import UsageError
from srtminer.model import FOUND, Fact, Recommendation, ReviewRecord
from srtminer.render import layout
from srtminer.render import made_before as render
from srtminer.render.result import Screen
from srtminer.render.wording import Catalogue
from srtminer.render.writers import to_csv, to_json, to_markdown
from srtminer.text.thesaurus import shared_words
from tests.encoding import index
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


def earlier(
    own: ReviewRecord,
    asked: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    others: Sequence[Recommendation],
    threshold: float | None = None,
    links: dict[tuple[str, str], bool] | None = None,
    hits: int = 3,
) -> ReviewComparison:
    options = CompareOptions(threshold=threshold, hits=hits)
    candidates = Candidates(index(others), others.__getitem__)
    return find_earlier(own, asked, index(asked), records, candidates, options, links or {})


def repeats(
    records: Sequence[ReviewRecord],
    found: Sequence[Recommendation],
    everything: Sequence[Recommendation] = (),
    links: dict[tuple[str, str], bool] | None = None,
) -> Repeats:
    by_id = {one.id: one for one in (*everything, *found)}
    return find_repeats(records, found, index([*by_id.values()]), CompareOptions(), links or {})


def compared(
    records: tuple[ReviewRecord, ...], texts: tuple[str, ...], own: ReviewRecord = NEW
) -> ReviewComparison:
    others = tuple(one for other in records for one in says(other, TAXIS, *texts))
    return earlier(own, says(own, BEDS_AGAIN, DOGS), (own, *records), others)


def figures(found: ReviewComparison) -> tuple[int, int, int]:
    counts = found.counts
    return counts["made_before"], counts["may_have_been"], counts["new"]


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
    assert compared((other,), (BEDS,)).counts["made_before"] == 0


def test_what_has_no_date_is_shown_and_does_not_count() -> None:
    undated = review("undated")
    found = compared((OLD, undated), (BEDS,))
    beds, dogs = found.asked
    assert found.undated == (undated,)
    assert [match.record for match in beds.earlier] == [OLD]
    assert [match.record for match in beds.may_be] == [undated]
    assert (beds.found, dogs.may_be) == (1, ())
    assert (found.compared, figures(found)) == (1, (1, 0, 1))
    assert "Not counted: 1 review without a date, which may be earlier or later." in render.scope(found)


def test_what_only_an_undated_review_asks_for_is_to_be_judged() -> None:
    undated = review("undated")
    catalogue, one = Catalogue.of((NEW, OLD, undated)), compared((undated,), (BEDS,))
    assert told(one, 0) == "may have been made before: 1 recommendation for you to judge"
    assert told(one, 1) == "new: nothing similar was found earlier"
    assert render.summary(one) == "Made before: 0 of 2 recommendations; perhaps: 1; new: 1."
    assert figures(one) == (0, 1, 1)
    body = json.loads(to_json(render.before_result(one, catalogue)))
    assert [len(entry["may_be"]) for entry in body["recommendations"]] == [1, 0]
    assert body["recommendations"][0]["may_be"][0]["year"] is None
    assert body["recommendations"][0]["may_be"][0]["years_earlier"] is None
    assert body["summary"]["undated_reviews"] == ["undated"]
    rows = list(csv.DictReader(io.StringIO(to_csv(render.before_result(one, catalogue)))))
    assert [(row["made_before"], row["match"], row["earlier_id"]) for row in rows] == [
        ("0", "may be", "undated-2"),
        ("0", "", ""),
    ]
    assert "undated, so it may be earlier or later" in to_markdown(render.before_result(one, catalogue))
    for width in (80, 120):
        assert "undated, so it may be earlier or later" in layout.write(
            render.before_result(one, catalogue), Screen(width)
        )


def told(found: ReviewComparison, place: int) -> str:
    """Give the story of one of the recommendations."""
    return render.story(found.asked[place])


def test_what_is_near_is_offered_and_not_counted() -> None:
    others = says(OLD, TAXIS, BEDS)
    found = earlier(NEW, says(NEW, BEDS_AGAIN, DOGS), (NEW, OLD), others, threshold=1.0)
    beds = found.asked[0]
    assert [match.recommendation.text for match in beds.may_be] == [BEDS]
    assert (beds.may_be[0].grade, beds.found, bool(beds.may_be[0].shared)) == ("may be", 0, True)
    assert figures(found) == (0, 1, 1)
    assert told(found, 0) == "may have been made before: 1 recommendation for you to judge"
    assert render.summary(found) == "Made before: 0 of 2 recommendations; perhaps: 1; new: 1."
    body = json.loads(to_json(render.before_result(found, Catalogue.of((OLD, NEW)))))
    assert [one["grade"] for one in body["recommendations"][0]["may_be"]] == ["may be"]
    assert body["summary"]["may_have_been"] == 1
    assert body["summary"]["precision"] is None  # nobody measured this threshold
    rows = list(csv.DictReader(io.StringIO(to_csv(render.before_result(found, Catalogue.of((OLD, NEW)))))))
    assert [(row["made_before"], row["match"]) for row in rows] == [("0", "may be"), ("0", "")]


@pytest.mark.parametrize("threshold", [0.5, 1.0])
def test_what_is_about_another_matter_is_never_near(threshold: float) -> None:
    found = earlier(NEW, says(NEW, DOGS), (NEW, OLD), says(OLD, TAXIS), threshold)
    assert found.asked[0].may_be == ()


def test_the_analyst_has_the_last_word() -> None:
    asked, others = says(NEW, BEDS_AGAIN, DOGS), says(OLD, TAXIS, BEDS)
    links = {link_of(asked[0], others[1]): False, link_of(asked[1], others[0]): True}
    beds, dogs = earlier(NEW, asked, (NEW, OLD), others, links=links).asked
    assert (beds.found, beds.may_be) == (0, ())
    (match,) = dogs.earlier
    assert (match.recommendation, match.grade, match.linked) == (others[0], "same", True)
    both = (*asked, *others)
    assert [chain.members for chain in repeats((NEW, OLD), both, links=links).chains] == [
        (others[0], asked[1])
    ]


def test_a_request_that_asks_two_things_finds_both() -> None:
    asked = says(NEW, f"{DOGS} {BEDS_AGAIN}")
    found = earlier(NEW, asked, (NEW, OLD), says(OLD, BEDS, DOGS, TAXIS)).asked[0]
    near = {match.recommendation.text for match in (*found.earlier, *found.may_be)}
    assert near == {BEDS, DOGS}


def test_a_review_without_a_date_is_compared_with_all_and_says_so() -> None:
    found = compared((OLD, review("late", "2030")), (BEDS,), review("new"))
    assert found.asked[0].found == 2
    assert render.scope(found).startswith("The review has no date: compared with all 2 other reviews")


def test_the_board_is_told_by_its_years() -> None:
    records = (review("a", "2006"), review("b", "2009", "Norwick Safeguarding Children Partnership"))
    asked = compared((*records, review("c", "2012"), review("d", "2013", "Saltby LSCB")), (BEDS,)).asked[0]
    assert render.story(asked) == "made before 4 times; this board was asked in 2006, 2009, 2012"
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
    assert case_ids((first, report, again)) == {"2008": "2008", "2009": "2008", "2020": "2020"}


def test_common_words_are_marked_whatever_their_form() -> None:
    text = "Trained nurse about the dangers of bed sharing."
    places = shared_words("Trainers of nurses on bed-sharing should be given", text)
    assert [text[start:end] for start, end in places] == ["Trained nurse", "bed sharing"]


def test_chains_gather_what_asks_for_the_same_and_boards_repeat_themselves() -> None:
    records = (OLD, NEW, review("other", "2012", "Saltby LSCB"), review("quote", "2016", kind="response"))
    found = repeats(records, [one for r in records for one in says(r, BEDS, f"{TAXIS} {r.id}")])
    assert [len(chain.members) for chain in found.chains] == [3, 3]
    assert found.chains[0].years == (2010, 2012, 2015)
    assert found.chains[0].boards == ("Norwick LSCB", "Saltby LSCB")
    assert found.left_out == (records[3],)
    assert [(one.board, one.year, one.repeated) for years in found.boards for one in years] == [
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
    found = repeats(records[chosen], kept, everything)
    pairs = [
        (chain.centre, member, similarity)
        for chain in found.chains
        for member, similarity in zip(chain.members, chain.similarities, strict=True)
        if member is not chain.centre and "undated" not in (member.review_id, chain.centre.review_id)
    ]
    assert len(pairs) > 3
    assert [one[2] for one in pairs] == [_as_earlier(records, everything, *one[:2]) for one in pairs]


def _as_earlier(
    records: Sequence[ReviewRecord], everything: Sequence[Recommendation], *pair: Recommendation
) -> float:
    """Give how similar the earlier of two recommendations is to the later one."""
    by_id = {record.id: record for record in records}
    first, second = sorted(pair, key=lambda one: by_id[one.review_id].year or 0)
    found = earlier(by_id[second.review_id], (second,), records, everything, 0.01, hits=99)
    (match,) = (match for match in found.asked[0].earlier if match.recommendation == first)
    return match.similarity


def test_nothing_to_compare_is_no_error() -> None:
    assert repeats((), ()).chains == ()
    assert earlier(NEW, says(NEW, BEDS), (NEW,), ()).counts["made_before"] == 0


def test_every_form_shows_the_match() -> None:
    found = compared((OLD,), (BEDS,))
    catalogue = Catalogue.of((OLD, NEW))
    body = json.loads(to_json(render.before_result(found, catalogue)))
    assert body["schema"] == "srtminer.compare-review/1"
    assert body["recommendations"][0]["earlier"][0]["text"] == BEDS
    assert body["recommendations"][1]["earlier"] == []
    assert (
        body["summary"]["text"]
        == "Made before: 1 of 2 recommendations (1 to the same board, 0 to the same agency); new: 1."
    )
    assert "**bed sharing**" in to_markdown(render.before_result(found, catalogue))
    rows = list(csv.DictReader(io.StringIO(to_csv(render.before_result(found, catalogue)))))
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
    found = repeats(records, [one for r in records for one in says(r, BEDS)])
    assert found.chains[0].boards == ("Norwick Safeguarding Board",)
    (years,) = found.boards
    assert [(one.board, one.year, one.reviews) for one in years] == [
        ("Norwick Safeguarding Board", year, 1) for year in (2010, 2012, 2014)
    ]
