"""What a comparison leaves out, counts twice or does not count, and that it says so."""

import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from srtminer import comparisons
from srtminer.cli.commands import By
from srtminer.compare.groups import (
    GROUP_FIELDS,
    compare_groups,
    group_by,
    group_by_period,
    overlap_of,
    require_known,
    unplaced,
)
from srtminer.comparisons import NOT_KNOWN, Contrast, Group, Overlap, Unplaced
from srtminer.errors import ExitCode, NothingToAnalyse
from srtminer.model import FOUND, Agency, Fact, Recommendation, ReviewRecord
from srtminer.render.group_tables import remarks
from srtminer.render.wording import Catalogue
from tests import render_values as values
from tests.compare_values import DIFFERS, TESTED
from tests.stores import Call, ingested


def asked(review: str, number: int, *agencies: str) -> Recommendation:
    return replace(
        values.SHARING,
        id=f"{review}-{number}",
        review_id=review,
        agencies=tuple(Agency(name, name) for name in agencies),
    )


def review(name: str, *, board: str = "", year: str = "") -> ReviewRecord:
    facts = {"subject": f"Child {name.upper()}"}
    facts |= {field: value for field, value in (("board", board), ("year", year)) if value}
    return replace(
        values.record(name, f"{name}.txt"),
        facts=tuple(Fact(field, value, FOUND, 1) for field, value in facts.items()),
    )


A = review("a", year="2010", board="Norwick LSCB")
B, C = review("b", board="Saltby LSCB"), review("c", year="2012")
ONE, TWO = asked("a", 1, "police"), asked("a", 2, "police", "gp")
THREE, FOUR = asked("b", 1, "gp"), asked("b", 2)
NOTHING = ExitCode.NOTHING_TO_ANALYSE


def test_overlap_counts_what_stands_in_several_groups() -> None:
    police, gps = Group("police", (ONE, TWO)), Group("gp", (TWO, THREE))
    assert overlap_of((police, gps)) == Overlap(reviews=1, recommendations=1)
    assert overlap_of((police, Group(NOT_KNOWN, (ONE, TWO)))) == Overlap(0, 0)
    assert overlap_of((Group("police", (ONE,)), Group("gp", (TWO,)))) == Overlap(1, 0)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("year", "year"), (Unplaced("year", (B,), 2),)),
        (("board", "board"), ()),
        (("agency", "agency"), (Unplaced("agency", (B,), 1),)),
        (("source", "review"), ()),
        (("year", "agency"), (Unplaced("year", (B,), 2), Unplaced("agency", (B,), 1))),
    ],
)
def test_what_lacks_the_field_and_is_in_no_group(
    fields: tuple[str, ...], expected: tuple[Unplaced, ...]
) -> None:
    everything = (ONE, TWO, THREE, FOUR)
    assert unplaced((Group("x", (ONE, TWO)),), fields, (A, B, C), everything) == expected
    groups = (Group("x", (ONE, TWO)), Group(NOT_KNOWN, (THREE, FOUR)))
    assert unplaced(groups, fields, (A, B, C), everything) == expected
    assert unplaced((Group("x", everything),), fields, (A, B, C), everything) == ()


def test_reviews_without_recommendations_are_counted_by_group() -> None:
    boards = group_by((A, B, replace(C, facts=A.facts)), (ONE, THREE), "board")
    assert [(group.name, group.without) for group in boards] == [("Norwick LSCB", 1), ("Saltby LSCB", 0)]
    assert [size.without for size in compare_groups(values.TABLE, boards).groups] == [1, 0]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        ("2011", [1, 0]),
        ("2010", [1, 0]),
        ("2014", [1, 0]),
        ("2020", [0, 1]),
        ("2008", [0, 0]),
        ("2021", [0, 0]),
    ],
)
def test_a_review_without_recommendations_is_of_the_period_that_it_falls_into(
    year: str, expected: list[int]
) -> None:
    years = ("2010", "2012", "2012", "2012", "2018", "2020", "2020", "2020")
    records = [review(f"r{n}", year=known) for n, known in enumerate(years)]
    groups = group_by_period([*records, review("z", year=year)], [asked(record.id, 1) for record in records])
    assert [group.name for group in groups] == ["2009–2014", "2015–2020"]
    assert [group.without for group in groups] == expected


def test_the_command_offers_the_fields_that_make_groups() -> None:
    assert get_args(By) == GROUP_FIELDS


@pytest.mark.parametrize("field", GROUP_FIELDS)
def test_a_field_that_is_known_of_nothing(field: str) -> None:
    with pytest.raises(NothingToAnalyse, match=f"no review has a known {field}"):
        require_known((Group(NOT_KNOWN, (ONE,)),), field)
    require_known((Group("x", (ONE,)), Group(NOT_KNOWN, (ONE,))), field)


TWO_GROUPS = replace(
    TESTED,
    counts=replace(TESTED.counts, by="", groups=TESTED.counts.groups[:2]),
    contrasts=(Contrast("one", "other", Overlap(0, 0), (1, 1)),),
    overlap=Overlap(0, 0),
    unplaced=(),
    without=0,
)


def with_contrast(overlap: Overlap, own: tuple[int, int]) -> comparisons.Tested:
    return replace(TWO_GROUPS, contrasts=(Contrast("one", "other", overlap, own),))


@pytest.mark.parametrize(
    ("tested", "expected"),
    [
        (TWO_GROUPS, []),
        (
            replace(TWO_GROUPS, unplaced=(Unplaced("year", (values.STATEMENT,), 3),)),
            [
                "No year is known of 1 review with 3 recommendations, left out of both groups: Statement of "
                "the Board; fill it in with `srtminer set` or `srtminer ingest --metadata FILE`."
            ],
        ),
        (
            with_contrast(Overlap(2, 5), (0, 0)),
            ["Both groups are the same recommendations: there is no difference to be found."],
        ),
        (
            with_contrast(Overlap(2, 5), (1, 0)),
            [
                "In both groups: 2 reviews, 5 recommendations among theirs. They count on both sides; the "
                "test allows for it."
            ],
        ),
        (
            with_contrast(Overlap(1, 0), (1, 1)),
            ["In both groups: 1 review. They count on both sides; the test allows for it."],
        ),
        (
            replace(
                TWO_GROUPS,
                findings=((replace(DIFFERS, low=-0.01),), (replace(DIFFERS, low=-0.3, high=-0.01),)),
            ),
            [
                "Found although the interval includes 0: 1 difference. The interval is that of the share of "
                "all recommendations, to which long reviews add most; the test counts reviews more evenly."
            ],
        ),
        (replace(TWO_GROUPS, without=3), ["Without recommendations, and not counted: 3 reviews."]),
    ],
)
def test_two_groups(tested: comparisons.Tested, expected: list[str]) -> None:
    assert list(remarks(tested, Catalogue.of(values.RECORDS))) == expected


def test_of_many_reviews_some_are_named() -> None:
    records = tuple(review(f"r{n}") for n in range(7))
    tested = replace(TWO_GROUPS, unplaced=(Unplaced("board", records, 9),))
    (said,) = remarks(tested, Catalogue.of(records))
    assert "Child R0, Child R1, Child R2, Child R3, Child R4, …;" in said


@pytest.fixture
def call(call: Call, tmp_path: Path) -> Call:
    """Run commands on three reviews, of which one has no date, and one asks for nothing."""
    asks = "Recommendations\n\n1. Norwick Police should tell the school nurse of every incident.\n\n"
    asks += "2. The Board should train health visitors to see the child alone.\n"
    head = "Serious Case Review\n\nChild {}\n\n{}\n\nNorwick Safeguarding Children Board\n\n{}"
    said = {"p": ("2011", asks), "q": ("", asks), "r": ("2014", asks), "s": ("2014", "End.")}
    ingested(tmp_path, {f"{one}.txt": head.format(one.upper(), *said[one]) for one in said})
    return call


def test_undated_reviews_are_named_in_every_form(call: Call) -> None:
    groups = ("compare", "year=..2012", "year=2013..")
    assert call(*groups)[1].count("No year is known of 1 review with 2 recommendations") == 1
    assert "No year is known of 1 review" in call(*groups, "--format", "markdown")[1]
    assert "note: No year is known of 1 review" in call(*groups, "--format", "csv")[2]
    told = json.loads(call(*groups, "--format", "json")[1])
    assert [(one["lacks"], one["recommendations"]) for one in told["left_out"]] == [("year", 2)]
    assert [group["reviews_without_recommendations"] for group in told["groups"]] == [0, 1]
    assert (told["reviews_without_recommendations"], len(told["notes"])) == (1, 2)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--by", "year", "--where", "subject=Child Q"), NOTHING, "no review has a known year"),
        (("subject=Child S", "year=2011"), NOTHING, "no recommendations in 1 review of"),
        (("subject=Child X", "year=2011"), NOTHING, "no review is in the group subject="),
        (("subject", "year=2011"), ExitCode.USAGE, "group 'subject': write FIELD=VALUE"),
        (("year=two", "year=2011"), ExitCode.USAGE, "group 'year=two': write a year like"),
        (("year=2011",), ExitCode.USAGE, "give either --by"),
        (("--by", "board", "--threshold", "0.5"), ExitCode.USAGE, "--threshold is for --review and"),
        (("year=2011", "year=2014", "--hits", "3"), ExitCode.USAGE, "--hits is for --review; leave it out"),
        (("--repeats", "--hits", "3"), ExitCode.USAGE, "--hits is for --review; leave it out"),
        (("--repeats", "--threshold", "0.5"), ExitCode.DONE, "likelihood 0.50 or more"),
        (
            ("--review", "Child P", "--threshold", "0.5", "--hits", "1"),
            ExitCode.DONE,
            "likelihood of 0.50 or",
        ),
        (("--by", "kind"), ExitCode.DONE, "There is only one group, and nothing to compare it with."),
        (("--by", "year", "--where", "year=2011"), ExitCode.DONE, "There is only one period"),
        (("board=Norwick", "board=norw"), ExitCode.DONE, "Both groups are the same recommendations"),
        (("year=2011", "year=2014"), ExitCode.DONE, "and not counted: 1 review (1 of"),
    ],
)
def test_degenerate_groups(call: Call, arguments: tuple[str, ...], code: ExitCode, said: str) -> None:
    ended, out, err = call("compare", *arguments)
    assert ended == code
    assert said in " ".join((err if code else out).split())
