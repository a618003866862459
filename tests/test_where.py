"""`--where`: what is kept, and what is said about a condition that cannot be read."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from srtminer.__main__ import main
from srtminer.errors import ExitCode, UsageError
from srtminer.model import GIVEN, Agency, Fact, Recommendation, ReviewRecord
from srtminer.where import Where, advise, parse_where, select
from tests.stores import ingested

EXAMPLES = Path(__file__).parent.parent / "examples"


def record(review_id: str, source: str = "a.pdf", **facts: str) -> ReviewRecord:
    given = tuple(Fact(field, value, GIVEN) for field, value in facts.items())
    return ReviewRecord(review_id, source, "text", given, 1, 1, 1, 1, "")


def asked(review_id: str, number: int, *agencies: tuple[str, str]) -> Recommendation:
    addressees = tuple(Agency(*agency) for agency in agencies)
    return Recommendation(f"{review_id}-{number}", review_id, (), 0, 4, "Act.", 1, 1, agencies=addressees)


RECORDS = (
    record(
        "ab12", "in/m.pdf", year="2009", board="Zelby LSCB", kind="SCR", subject="Child M", title="Learning"
    ),
    record("ab34", "in/n.pdf", year="2011", board="St Osyth\u2019s Board", kind="CSPR", subject="Child N"),
    record("cd56", "Out/p.pdf", year="2014", board="Harrowmere", kind="SCR", subject="Adult P"),
    record("ab", "out/undated.pdf", board="Harrowmere"),
)
POLICE = ("Zelby Constabulary", "police")
BOARD = ("St Osyth's Board", "safeguarding-board")
ASKED = (
    asked("ab12", 1, POLICE),
    asked("ab12", 2, BOARD),
    asked("ab34", 1, BOARD, POLICE),
    asked("cd56", 1),
    asked("ab", 1, ("GPs", "")),
)


@pytest.mark.parametrize(
    ("expression", "where"),
    [
        ("year=2009", Where("year", "2009", 2009, 2009)),
        ("year=2009..2014", Where("year", "2009..2014", 2009, 2014)),
        (" Year = 2009 .. 2014 ", Where("year", "2009 .. 2014", 2009, 2014)),
        ("year=2009..", Where("year", "2009..", 2009, None)),
        ("year=..2014", Where("year", "..2014", None, 2014)),
        ("agency=Police", Where("agency", "police")),
        ("board=St Osyth’s", Where("board", "st osyths")),
        ("title=a=b", Where("title", "a=b")),
    ],
)
def test_what_is_understood(expression: str, where: Where) -> None:
    assert parse_where(expression) == where


FIELDS = (
    "write FIELD=VALUE, FIELD being one of review, source, title, subject, board, kind, year, published, "
    "agency, text, reference, date, confidence, theme"
)
YEARS = "write a year like year=2009, or years like year=2009..2014"


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("boards=Zelby", FIELDS),
        ("Zelby", FIELDS),
        ("board=", FIELDS),
        ("board='", FIELDS),
        ("=Zelby", FIELDS),
        ("", FIELDS),
        ("pages=2009", FIELDS),
        ("year=09", YEARS),
        ("year=2009-2014", YEARS),
        ("year=2009..2011..2014", YEARS),
        ("year=..", YEARS),
        ("year>2010", YEARS),
        ("year=x..2014", YEARS),
        ("year=２００９", YEARS),
        ("year=2014..2009", YEARS),
        ("board\n=", FIELDS),
    ],
)
def test_what_is_not_understood(expression: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_where(expression)
    assert str(caught.value) == f"--where {expression!r}: {message}"
    assert caught.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("expressions", "reviews"),
    [
        ([], ["ab12", "ab34", "cd56", "ab"]),
        (["year=2009..2011"], ["ab12", "ab34"]),
        (["year=2010.."], ["ab34", "cd56"]),
        (["year=..2010"], ["ab12"]),
        (["year=2010"], []),
        (["year=2009", "year=2014"], ["ab12", "cd56"]),
        (["board=harrow"], ["cd56", "ab"]),
        (["board=ST OSYTH'S"], ["ab34"]),
        (["kind=scr"], ["ab12", "cd56"]),
        (["kind=scr", "year=2014"], ["cd56"]),
        (["subject=child"], ["ab12", "ab34"]),
        (["title=learning"], ["ab12"]),
        (["source=out/"], ["cd56", "ab"]),
        (["year=none"], ["ab"]),
        (["title=learn …"], ["ab12"]),
        (["year=none", "year=2009"], ["ab12", "ab"]),
        (["year!=none", "kind=none"], []),
        (["review=none"], []),
        (["review=cd56"], ["cd56"]),
        (["review=cd"], []),
        (["review=AB12"], ["ab12"]),
        (["review=ab"], ["ab"]),
        (["review=zz"], []),
        # by what it is called, as commands name a review
        (["review=Child M"], ["ab12"]),
        (["review=child"], ["ab12", "ab34"]),
        (["review=learning"], ["ab12"]),
        (["review=in/m.pdf"], ["ab12"]),
        (["review=ab12", "review=cd56"], ["ab12", "cd56"]),
    ],
)
def test_reviews_that_are_kept_with_all_their_recommendations(
    expressions: list[str], reviews: list[str]
) -> None:
    records, recommendations = select(RECORDS, ASKED, [parse_where(expression) for expression in expressions])
    assert [record.id for record in records] == reviews
    assert recommendations == tuple(one for one in ASKED if one.review_id in reviews)


@pytest.mark.parametrize(
    ("expressions", "recommendations"),
    [
        (["agency=police"], ["ab12-1", "ab34-1"]),
        (["agency=constabulary"], ["ab12-1", "ab34-1"]),
        (["agency=safeguarding-board"], ["ab12-2", "ab34-1"]),
        (["agency=Safeguarding Board"], ["ab12-2", "ab34-1"]),
        (["agency=police", "agency=st osyth’s"], ["ab12-1", "ab12-2", "ab34-1"]),
        (["agency=police", "year=2011"], ["ab34-1"]),
        (["agency=gps"], ["ab-1"]),
        (["agency=none"], ["cd56-1"]),
        (["agency=housing"], []),
    ],
)
def test_an_agency_keeps_what_is_addressed_to_it(expressions: list[str], recommendations: list[str]) -> None:
    records, found = select(RECORDS, ASKED, [parse_where(expression) for expression in expressions])
    assert [one.id for one in found] == recommendations
    assert [one.id for one in records] == list(dict.fromkeys(one.review_id for one in found))


@pytest.mark.parametrize(
    ("value", "recommendations"),
    [
        ("children's social care", ["ab-1"]),
        ("Children’s Social Care", ["ab-1"]),
        ("social care", ["ab-1"]),
        ("gps", ["ab-2"]),
        ("gp", ["ab-2"]),
        ("services for children", []),
    ],
)
def test_a_kind_of_agency_may_be_written_in_words(value: str, recommendations: list[str]) -> None:
    found = (asked("ab", 1, ("Norwick CSC", "childrens-social-care")), asked("ab", 2, ("Practices", "gp")))
    _, kept = select(RECORDS, found, [parse_where(f"agency={value}")])
    assert [one.id for one in kept] == recommendations


@pytest.mark.parametrize(
    ("expressions", "advice"),
    [
        (["board=Zelbi"], "did you mean board='Zelby LSCB'?"),
        (["board=st osyht's board"], 'did you mean board="St Osyth’s Board"?'),
        (["kind=SCRR"], "did you mean kind=SCR?"),
        (["subject=chidl m"], "did you mean subject='Child M'?"),
        (["agency=polise"], "did you mean agency=police?"),
        (["agency=zelby constablary"], "did you mean agency='Zelby Constabulary'?"),
        (["agency=safegarding bord"], "did you mean agency='safeguarding boards'?"),
        (["source=in/mm.pdf"], "did you mean source=in/m.pdf?"),
        (["review=Chidl M"], "did you mean review='Child M'?"),
        # nothing like it
        (["board=Quex"], "known are Harrowmere, \"St Osyth’s Board\", 'Zelby LSCB'"),
        (["year=1999"], "the years are 2009, 2011, 2014"),
        (["year=2015.."], "the years are 2009, 2011, 2014"),
        # the first field that nothing fits
        (["year=2009", "board=Zelbi"], "did you mean board='Zelby LSCB'?"),
        (
            ["board=Zelby", "year=2014"],
            "each condition fits some reviews, but none fits all of them; leave one out",
        ),
    ],
)
def test_what_may_be_meant(expressions: list[str], advice: str) -> None:
    wheres = [parse_where(expression) for expression in expressions]
    assert select(RECORDS, ASKED, wheres)[0] == ()
    assert advise(wheres, RECORDS, ASKED) == advice


def test_what_is_not_known_of_any_review() -> None:
    assert advise([parse_where("title=x")], RECORDS[2:], ()) == (
        "no review has a known title; see `srtminer reviews`"
    )


def test_a_value_that_is_written_in_several_ways_is_listed_once() -> None:
    records = [
        record("r1", board="ZELBY BOARD"),
        record("r2", board="Zelby Board"),
        record("r3", board="LSCB"),
    ]
    assert advise([parse_where("board=Quex")], records, ()) == "known are 'Zelby Board', LSCB", (
        "the most frequent first"
    )


def test_a_long_list_of_values_is_cut() -> None:
    records = [record(f"r{n}", board=f"Board of {'x' * 70} {n}") for n in range(12)]
    said = advise([parse_where("board=Quex")], records, ())
    assert said.startswith("known are 'Board of xxxxxxx")
    assert said.endswith("xx …', …")
    assert len(said) < 8 * 70


DATED = (
    record("a1", published="2013-02-04", kind="SCR"),
    record("b2", published="2013-04", kind="response"),
    record("c3", kind="SCR"),
)
ROWS = (
    Recommendation(
        "a1-1", "a1", ("3", "R3"), 0, 4, "Train all staff.", 1, 1, confidence=0.9, date="May 2013"
    ),
    Recommendation("a1-2", "a1", ("4",), 0, 4, "Audit files.", 1, 1, confidence=0.6),
    Recommendation("b2-1", "b2", ("1",), 0, 4, "Train managers.", 1, 1, confidence=0.8),
)


@pytest.mark.parametrize(
    ("expressions", "reviews", "rows"),
    [
        (["kind!=response"], ["a1", "c3"], ["a1-1", "a1-2"]),
        (["kind!=response", "kind!=scr"], [], []),
        (["published=2013"], ["a1", "b2"], ["a1-1", "a1-2", "b2-1"]),
        (["published=2013-02"], ["a1"], ["a1-1", "a1-2"]),
        (["published=2012-04..2013-03"], ["a1"], ["a1-1", "a1-2"]),
        (["published=2013-03.."], ["b2"], ["b2-1"]),
        (["text=train"], ["a1", "b2"], ["a1-1", "b2-1"]),
        (["text!=train"], ["a1"], ["a1-2"]),
        (["reference=r3"], ["a1"], ["a1-1"]),
        (["date=2013"], ["a1"], ["a1-1"]),
        (["confidence=0.8.."], ["a1", "b2"], ["a1-1", "b2-1"]),
        (["confidence=0.5..0.7"], ["a1"], ["a1-2"]),
        (["confidence=0.8..", "kind=scr"], ["a1"], ["a1-1"]),
    ],
)
def test_more_fields_and_what_does_not_fit(
    expressions: list[str], reviews: list[str], rows: list[str]
) -> None:
    records, found = select(DATED, ROWS, [parse_where(one) for one in expressions])
    assert [one.id for one in records] == reviews
    assert [one.id for one in found] == rows


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("confidence=2", "write a number from 0 to 1"),
        ("published=May", "write a date like published=2024-04"),
        ("published=2014..2013", "write a date like published=2024-04"),
    ],
)
def test_a_range_that_is_not_understood(expression: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_where(expression)


def test_a_theme_chooses_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "s.db")
    files = [str(EXAMPLES / name) for name in ("wexmoor-child-a-2008.txt", "pellingshire-child-b-2009.txt")]
    assert main(["--quiet", "--store", store, "ingest", "--jobs", "1", *files]) == 0
    capsys.readouterr()

    def found(*arguments: str) -> Any:
        assert main(["--quiet", "--store", store, *arguments, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    themes = found("themes")
    theme, unthemed = themes["themes"][0], {one["id"] for one in themes["unthemed"]}
    chosen = found("recommendations", "--where", f"theme={theme['label']}")["recommendations"]
    assert [one["id"] for one in chosen] != []
    assert {one["id"] for one in chosen} == {one["id"] for one in theme["members"]}
    if unthemed:
        others = found("recommendations", "--where", "theme=none")["recommendations"]
        assert {one["id"] for one in others} == unthemed
    assert main(["--quiet", "--store", store, "recommendations", "--where", "theme=no such name"]) == 2
    assert "no theme 'no such name'" in capsys.readouterr().err


LONG = "Learning from the care of twins who were known to nine agencies of the county {} and to none well"


def test_a_review_is_chosen_by_the_name_that_citations_give_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "# {}\n\nPublished in March {}\n\n## Recommendations\n\n1. The Board should review its training.\n"
    ingested(tmp_path, {f"{year}.md": text.format(LONG.format(year), year) for year in (2011, 2012)})
    assert main(["show", "2011.md", "9"]) == 2
    told = capsys.readouterr().err
    assert " … (2011) has no recommendation 9" in told
    _, *arguments = shlex.split(told.split("`")[1])
    assert main([*arguments, "--format", "json"]) == 0
    assert [one["source"] for one in json.loads(capsys.readouterr().out)["recommendations"]] == ["2011.md"]
