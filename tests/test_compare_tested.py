"""Periods, distinctive terms, and how differences are shown."""

import csv
import io
import json
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
import scipy.sparse as sp

from srtminer import comparisons
from srtminer.compare.contrasts import (
    distinctive_terms,
    log_odds,
    pair_of,
    sides_of,
    tallies,
    weigh,
    words_of_names,
)
from srtminer.compare.groups import group_by_period
from srtminer.comparisons import Contrast, Group
from srtminer.model import Agency, Recommendation, ReviewRecord
from srtminer.render import group_tables as render
from srtminer.render import layout
from srtminer.render.result import Screen
from srtminer.render.wording import Catalogue, bars
from srtminer.render.writers import to_csv, to_json, to_markdown
from tests import render_values as values

CATALOGUE = Catalogue.of(values.RECORDS)


class Terms(NamedTuple):
    matrix: sp.csr_array
    surfaces: tuple[str, ...]


def one(review: int, number: int = 0) -> Recommendation:
    return replace(values.SHARING, id=f"r{review:02}-{number}", review_id=f"r{review:02}", agencies=())


def dated(review: int, year: str) -> ReviewRecord:
    return values.record(f"r{review:02}", f"r{review:02}.pdf", year=year)


def periods(years: list[str]) -> list[tuple[str, int]]:
    records = [dated(number, year) for number, year in enumerate(years)]
    groups = group_by_period(records, [one(number) for number in range(len(years))])
    return [(group.name, len(group.recommendations)) for group in groups]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (["2011", "2014"], [("2011–2012", 1), ("2013–2014", 1)]),
        (["2011", "2011"], [("2011", 2)]),
        (["2011", ""], [("2011", 1), ("not known", 1)]),
        ([str(2001 + n) for n in range(8)], [("2001–2004", 4), ("2005–2008", 4)]),
        (["2001"] * 9 + ["2002", "2003", "2004"], [("2001–2002", 10), ("2003–2004", 2)]),
        (["1066", *["2010"] * 20, *["2012"] * 20], [("1066", 1), ("2010", 20), ("2012", 20)]),
    ],
)
def test_periods_are_of_equal_length_and_hold_enough_reviews(
    years: list[str], expected: list[tuple[str, int]]
) -> None:
    assert periods(years) == expected


def test_there_are_never_more_than_eight_periods() -> None:
    assert len(periods([str(1985 + n % 40) for n in range(400)])) == 8


def test_two_groups_are_set_against_each_other_and_more_against_all_others() -> None:
    a, b, c = (Group(name, (one(n), one(9))) for n, name in enumerate("abc"))
    both = comparisons.Overlap(1, 1)
    assert [pair.contrast for pair in sides_of((a, b))] == [Contrast("a", "b", both, (1, 1))]
    first, *_ = sides_of((a, b, c))
    assert first.contrast == Contrast("a", "all others", comparisons.Overlap(0, 0), (2, 2))
    assert [r.id for r in first.other] == ["r01-0", "r02-0"]
    assert sides_of((a, Group("not known", (one(5),)))) == ()


def test_distinctive_terms_have_counts_and_need_two_reviews() -> None:
    rows = [one(n) for n in range(20)]
    matrix = np.zeros((20, 4))
    matrix[:9, 0] = 1  # "chronology", in nine reviews of the first side
    matrix[12:19, 1] = 1  # "housing", in seven of the second
    matrix[:4, 2] = 1  # the name of a board
    matrix[:, 3] = 1
    terms = Terms(sp.csr_array(matrix), ("chronology", "housing", "Wexmoor", "child"))
    pair = pair_of("a", "b", tuple(rows[:10]), tuple(rows[10:]))
    found = distinctive_terms(pair, rows, *terms, frozenset(["wexmoor"]))
    assert [(term.term, term.first, term.second) for term in found] == [
        ("chronology", 9, 0),
        ("housing", 0, 7),
    ]
    same_review = [replace(row, review_id="r") for row in rows]
    assert (
        distinctive_terms(pair_of("a", "b", tuple(same_review[:10]), tuple(same_review[10:])), rows, *terms)
        == ()
    )
    assert distinctive_terms(pair_of("a", "b", tuple(rows), tuple(rows)), rows, *terms) == ()


def test_two_recommendations_make_no_distinctive_term() -> None:
    rows = [one(n) for n in range(99)]
    matrix = np.ones((99, 6))
    matrix[2:97, 0] = matrix[3:97, 1] = 0
    terms = Terms(sp.csr_array(matrix), ("twice", "thrice", *"abcd"))
    pair = pair_of("a", "b", tuple(rows[:4]), tuple(rows[4:]))
    first, second = matrix[:4].sum(axis=0), matrix[4:].sum(axis=0)
    assert log_odds(first, second, first + second)[0] > 1.96
    assert [term.term for term in distinctive_terms(pair, rows, *terms)] == ["thrice"]


def test_five_distinctive_terms_of_a_side_are_shown() -> None:
    rows = [one(n) for n in range(40)]
    matrix = np.ones((40, 26))
    matrix[20:, :7] = 0
    terms = Terms(sp.csr_array(matrix), tuple("gfedcbahijklmnopqrstuvwxyz"))
    found = distinctive_terms(pair_of("a", "b", tuple(rows[:20]), tuple(rows[20:])), rows, *terms)
    assert [term.term for term in found if term.z > 0] == ["a", "b", "c", "d", "e"]


def weighed(*, by_year: bool) -> comparisons.Tested:
    terms = Terms(sp.csr_array(np.zeros((3, 0))), ())
    given = (values.TABLE, values.RECORDS, values.RECOMMENDATIONS, *terms)
    if by_year:
        return weigh(*given, ("year",))
    groups = (
        Group("board=Norwick", (values.SHARING, values.TRAINING)),
        Group("board=Saltby", (values.SHARING_AGAIN,)),
    )
    return weigh(*given, ("board", "board"), groups)


def test_two_reviews_say_nothing() -> None:
    for result in (weighed(by_year=False), weighed(by_year=True)):
        assert {finding.verdict for row in result.findings for finding in row} == {"too few to say"}


def test_the_method_is_that_of_the_test_made() -> None:
    groups, trend = (dict(weighed(by_year=by_year).method) for by_year in (False, True))
    assert groups["tests"] == trend["tests"]
    assert "Welch" in groups["differences"]
    assert "slope" in trend["differences"]
    assert groups.keys() - trend.keys() == {"parts of one review on both sides"}


def test_a_group_and_itself() -> None:
    group = Group("year=2011", values.RECOMMENDATIONS)
    terms = Terms(sp.csr_array(np.zeros((3, 0))), ())
    fields = ("year", "year")
    given = (values.TABLE, values.RECORDS, values.RECOMMENDATIONS, *terms)
    result = weigh(*given, fields, (group, group))
    assert result.overlap == comparisons.Overlap(2, 3)
    assert result.contrasts[0].alike
    found = [finding for row in result.findings for finding in row]
    assert {(finding.difference, finding.low, finding.high) for finding in found} == {(0, 0, 0)}
    assert {finding.verdict for finding in found} == {"no difference found"}


def test_every_form_says_what_differences_are_worth() -> None:
    result = weighed(by_year=False)
    body = json.loads(to_json(render.comparison_result(result, CATALOGUE)))
    assert body["schema"] == "srtminer.compare/1"
    assert body["contrasts"][0]["second"] == "board=Saltby"
    assert body["themes"][0]["differences"][0]["verdict"] == "too few to say"
    assert body["themes"][0]["differences"][0]["difference"] == -0.5
    rows = list(csv.DictReader(io.StringIO(to_csv(render.comparison_result(result, CATALOGUE)))))
    assert (rows[0]["against"], rows[0]["difference"], rows[0]["q"]) == ("board=Saltby", "-0.5000", "")
    assert rows[1]["verdict"] == ""
    assert "too few to say" in to_markdown(render.comparison_result(result, CATALOGUE))
    for width in (80, 120):
        lines = layout.write(render.comparison_result(result, CATALOGUE), Screen(width)).splitlines()
        assert max(map(len, lines)) <= width
        assert any("too few" in line for line in lines)


def test_the_size_of_a_trend_is_that_of_the_last_period_against_the_first() -> None:
    effects = [row[0].effect for row in weighed(by_year=True).findings]
    assert effects == pytest.approx([np.pi / 2, -np.pi / 2])


def trend(records: list[ReviewRecord], asked: list[Recommendation]) -> comparisons.Tested:
    table = replace(values.TABLE, themes=(replace(values.SHARING_THEME, members=tuple(asked[:2])),))
    terms = Terms(sp.csr_array(np.zeros((len(asked), 0))), ())
    return weigh(table, records, asked, *terms, ("year",))


def test_a_case_is_of_the_year_of_its_first_document() -> None:
    documents = [replace(dated(n, year), case="r00") for n, year in enumerate(("2011", "2013"))]
    records = [*documents, dated(2, "2015"), dated(3, "2015")]
    asked = [replace(one(n), case="r00" if n < 2 else "") for n in range(4)]
    ((found,),) = trend(records, asked).findings
    assert found.difference == pytest.approx(-1)


def test_terms_are_those_of_the_later_half_of_the_periods_against_the_earlier() -> None:
    records = [dated(n, str(2001 + n // 4)) for n in range(12)]
    result = trend(records, [one(n) for n in range(12)])
    assert [group.name for group in result.counts.groups] == ["2001", "2002", "2003"]
    assert [(one.first, one.second) for one in result.contrasts] == [("2003", "2001")]


def test_a_trend_is_drawn() -> None:
    text = layout.write(render.comparison_result(weighed(by_year=True), CATALOGUE), Screen(80))
    assert "First to last" in text
    assert ("▄█" in text, "█ " in text) == (True, True)


def test_a_trend_stands_in_the_rows_of_the_last_period() -> None:
    rows = list(
        csv.DictReader(io.StringIO(to_csv(render.comparison_result(weighed(by_year=True), CATALOGUE))))
    )
    against = [(row["group"], row["against"]) for row in rows]
    assert against[:2] == [("2011–2012", ""), ("2013–2014", "trend, first year to last")]


@pytest.mark.parametrize(
    ("shares", "drawn"), [([0, 0.5, 1], " ▄█"), ([0, 0], ""), ([], ""), ([0.2, 0.2], "██")]
)
def test_bars(shares: list[float], drawn: str) -> None:
    assert bars(shares) == drawn


def test_documents_about_one_case_are_one_review_to_the_tests() -> None:
    asked = [replace(one(n), case="r00" if n < 2 else "") for n in range(3)]
    pair = pair_of("a", "b", (asked[0], asked[1]), (asked[2],))
    counted = tallies(pair, ())
    assert counted.first.sizes.tolist() == [2, 0]
    assert (counted.first.reviews, counted.second.reviews) == (1, 1)


def test_log_odds_are_those_of_monroe_and_others() -> None:
    """Their equations 15, 16, 20 and 22, with a prior of a fifteenth of the 60 occurrences."""
    first, second, all_of_it = np.array([8.0, 12]), np.array([2.0, 18]), np.array([15.0, 45])
    one, two = 8 + 4 * 15 / 60, 2 + 4 * 15 / 60
    ratio = np.log(one / (20 + 4 - one)) - np.log(two / (20 + 4 - two))
    assert log_odds(first, second, all_of_it)[0] == pytest.approx(ratio / np.sqrt(1 / one + 1 / two))


def test_words_of_names_and_words_told_before_are_no_terms() -> None:
    rows = [one(n) for n in range(40)]
    matrix = np.ones((40, 6))
    matrix[18:, :3] = 0
    surfaces = ("domestic", "domestic abuse", "County", "child", "plan", "school")
    terms = Terms(sp.csr_array(matrix), surfaces)
    agencies = (Agency("Norwick County Council", "council"),)
    names = words_of_names((), [replace(rows[0], agencies=agencies)])
    found = distinctive_terms(pair_of("a", "b", tuple(rows[:20]), tuple(rows[20:])), rows, *terms, names)
    assert [term.term for term in found if term.z > 0] == ["domestic abuse"]
