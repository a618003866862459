"""Searching a store: what is found, in which order, what is marked, and how it is shown."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from srtminer.excerpts import Hit, HitKind, window
from srtminer.model import Agency, Analysis, Fact, Recommendation, Section
from srtminer.read.compose_review import Block, compose
from srtminer.store import Scope, Store
from tests.stores import Call

BOTH: tuple[HitKind, ...] = ("recommendation", "section")


def review(name: str, prose: Sequence[str], wanted: Sequence[str]) -> Analysis:
    """Make a review of two sections: prose on page 1, numbered 3.1 on, and recommendations on page 2."""
    blocks = [
        Block("Routine practice", role="heading", level=1),
        *(Block(text, page=1, number=f"3.{number}") for number, text in enumerate(prose, 1)),
        Block("Recommendations", role="heading", level=1, page=2),
        *(Block(text, page=2, role="item", number=str(number)) for number, text in enumerate(wanted, 1)),
    ]
    made = compose(blocks, source=f"{name}.pdf", format="pdf", page_count=2, facts=facts(name))
    second = made.paragraphs[len(prose) + 1]
    sections = (
        Section("Routine practice", ("Routine practice",), "3", 1, 1, 0, made.paragraphs[len(prose)].end),
        Section("Recommendations", ("Recommendations",), "4", 1, 2, second.start, len(made.text)),
    )
    found = tuple(
        Recommendation(
            id=f"{name}-{paragraph.number}",
            review_id=made.id,
            references=(paragraph.number,),
            start=paragraph.start,
            end=paragraph.end,
            text=made.text[paragraph.start : paragraph.end],
            page=2,
            last_page=2,
            heading=("Recommendations",),
            agencies=(Agency("Harrowmere Police", "police"),)
            if "police" in paragraph_text(made, paragraph)
            else (),
        )
        for paragraph in made.paragraphs[len(prose) + 2 :]
    )
    return Analysis(made, sections, found)


def paragraph_text(made: Any, paragraph: Any) -> str:
    return str(made.text[paragraph.start : paragraph.end]).lower()


def facts(name: str) -> tuple[Fact, ...]:
    return (Fact("subject", name, "found in text", 1), Fact("year", "2011", "found in text", 1))


CHILD_P = review(
    "Child P",
    ["The midwife did not ask. Routine enquiry was unknown.", "A “child’s” multi-agency plan was missing."],
    ["Midwives should use routine enquiry.", "The police should tell the school nurse."],
)
CHILD_Q = review(
    "Child Q",
    ["Neglected teeth were seen by the dentist.", "The school nurse retired."],
    ["Dentists should learn about neglect.", "Schools should keep one file."],
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "srtminer.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, create=True) as opened:
        opened.add(CHILD_P)
        opened.add(CHILD_Q)
        yield opened


@pytest.fixture
def call(call: Call, store: Store) -> Call:
    return call


def places(hits: Sequence[Hit]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Tell of each hit its kind, its reference and what is marked."""
    return [(hit.kind, hit.one.reference, tuple(hit.one.text[a:b] for a, b in hit.marks)) for hit in hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dentists", [("recommendation", "1", ("Dentists",)), ("section", "3.1", ("dentist",))]),
        ('"dentists"', [("recommendation", "1", ("Dentists",))]),
        ("dentistry", []),
        ("should NOT (dentist OR police OR keeping)", [("recommendation", "1", ("should",))]),
        ("dentist*", [("recommendation", "1", ("Dentists",)), ("section", "3.1", ("dentist",))]),
        ("NEGLECT", [("recommendation", "1", ("neglect",)), ("section", "3.1", ("Neglected",))]),
        ('"neglect"', [("recommendation", "1", ("neglect",))]),
        ("neglect*", [("recommendation", "1", ("neglect",)), ("section", "3.1", ("Neglected",))]),
        (
            '"school nurse"',
            [("recommendation", "2", ("school nurse",)), ("section", "3.2", ("school nurse",))],
        ),
        ('"nurse school"', []),
        ("nurse NOT police", [("section", "3.2", ("nurse",))]),
        ("police AND nurse", [("recommendation", "2", ("police", "nurse"))]),
        ("multi-agency", [("section", "3.2", ("multi-agency",))]),
        ("child's", [("section", "3.2", ("child’s",))]),
        ("zebra", []),
    ],
)
def test_words(store: Store, query: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert places(store.search(query, BOTH, 20).hits) == expected


def test_a_hit_is_an_exact_piece_of_the_review(store: Store) -> None:
    found = store.search("enquiry OR school* OR neglect* OR plan", BOTH, 20)
    assert len(found.hits) == 6
    for hit in found.hits:
        text = {CHILD_P.review.id: CHILD_P, CHILD_Q.review.id: CHILD_Q}[hit.one.review_id].review.text
        assert hit.one.text == text[hit.one.start : hit.one.end]
        assert hit.whole[0] <= hit.one.start < hit.one.end <= hit.whole[1]
        assert hit.one.page == (2 if hit.kind == "recommendation" else 1)


def test_a_section_does_not_repeat_a_recommendation(store: Store) -> None:
    both = store.search("police", BOTH, 20)
    assert [hit.kind for hit in both.hits] == ["recommendation"]
    assert (both.recommendations, both.sections, both.repeated) == (1, 1, 1)
    alone = store.search("police", ("section",), 20)
    assert [(hit.kind, hit.one.heading, hit.one.page) for hit in alone.hits] == [
        ("section", ("Recommendations",), 2)
    ]
    # Each word stands in another recommendation: only the section has both.
    across = store.search("midwives police", BOTH, 20)
    assert places(across.hits) == [("section", "1", ("Midwives", "police"))]


def test_the_limit_holds_for_both_kinds_together(store: Store) -> None:
    found = store.search("school*", BOTH, 3)
    assert [hit.kind for hit in found.hits] == ["recommendation", "recommendation", "section"]
    assert (found.recommendations, found.sections) == (2, 3)


def test_a_heading_counts_more_than_a_word_in_the_text(store: Store) -> None:
    found = store.search("routine", ("section",), 20)
    assert [hit.one.text.startswith("Routine practice") for hit in found.hits] == [True, True, False]


def test_the_scope(store: Store) -> None:
    only_q = Scope(reviews=frozenset({CHILD_Q.review.id}))
    assert {hit.one.review_id for hit in store.search("school*", BOTH, 20, only_q).hits} == {
        CHILD_Q.review.id
    }
    one = Scope(recommendations=frozenset({"Child Q-2"}))
    found = store.search("school*", ("recommendation",), 20, one)
    assert ([hit.one.id for hit in found.hits], found.recommendations) == (["Child Q-2"], 1)
    assert store.search("school", BOTH, 20, Scope(frozenset(), frozenset())).hits == ()


def test_what_is_replaced_is_found_no_more(store: Store) -> None:
    store.add(Analysis(CHILD_Q.review, CHILD_Q.sections[:1], (), "none"))
    assert [hit.kind for hit in store.search("neglect*", BOTH, 20).hits] == ["section"]


# Texts and marks


@pytest.mark.parametrize(
    ("text", "marks", "width", "shown"),
    [
        ("short", [], 10, "short"),
        ("one two three four", [], 9, "one two"),
        ("aaaa bbbb cccc dddd eeee", [(10, 14)], 14, "aaaa bbbb cccc"),
        ("first one\nsecond line here", [(17, 21)], 12, "second line"),
        ("x " * 30 + "mark" + " y" * 30, [(60, 64)], 11, "x mark y y"),
        ("a1 " + "b " * 20 + "c1 c2", [(0, 2), (43, 45), (46, 48)], 8, "c1 c2"),
        ("w" * 50, [(0, 50)], 10, "w" * 50),
    ],
)
def test_windows(text: str, marks: list[tuple[int, int]], width: int, shown: str) -> None:
    start, end = window(text, marks, width)
    assert text[start:end] == shown


# The command


def test_json(call: Call) -> None:
    code, out, _ = call("search", "neglect*", "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert list(document) == ["schema", "generator", "query", "by", "matches", "hits"]
    assert (document["schema"], document["query"]) == ("srtminer.search/1", "neglect*")
    assert document["matches"] == {"recommendations": 1, "sections": 2, "repeated": 1}
    hit = document["hits"][0]
    assert {key: hit[key] for key in ("rank", "in", "reference", "page", "citation", "text", "marks")} == {
        "rank": 1,
        "in": "recommendations",
        "reference": "1",
        "page": 2,
        "citation": "Child Q (2011) 1, p. 2",
        "text": "Dentists should learn about neglect.",
        "marks": [[28, 35]],
    }


def test_a_hit_says_who_is_addressed_and_what_was_not_shown(call: Call) -> None:
    _, out, _ = call("search", "nurse", "--limit", "1")
    assert "    to Harrowmere Police\n" in out
    assert out.endswith("1 of 2 hits shown; --limit shows more\n")


def test_a_word_that_is_not_there_leads_to_the_nearest(call: Call) -> None:
    assert call("search", "midwfe")[2] == "note: nothing found; did you mean midwife?\n"
    for word in ("xylophones", "midden"):
        assert call("search", word)[2].startswith("note: nothing found; try fewer words")


def test_table(call: Call) -> None:
    code, out, err = call("search", "neglect*")
    assert (code, err) == (0, "")
    assert out == (
        " 1. Child Q (2011) 1, p. 2\n"
        "    recommendation: Recommendations\n"
        "    Dentists should learn about «neglect».\n"
        "\n"
        " 2. Child Q (2011) 3.1, p. 1\n"
        "    section: Routine practice\n"
        "    Routine practice\n"
        "    3.1 «Neglected» teeth were seen by the dentist.\n"
        "    3.2 The school nurse retired.\n"
        "\n"
        "found in 1 recommendation and 1 other section · 2 of 2 hits shown\n"
    )


def test_csv_and_markdown(call: Call) -> None:
    rows = list(csv.DictReader(io.StringIO(call("search", "neglect*", "--format", "csv")[1], newline="")))
    assert [(row["in"], row["reference"], row["marked"]) for row in rows] == [
        ("recommendations", "1", "neglect"),
        ("sections", "3.1", "Neglected"),
    ]
    police = list(csv.DictReader(io.StringIO(call("search", "police", "--format", "csv")[1], newline="")))
    assert next((row["in"], row["agency"], row["agency_kind"]) for row in police) == (
        *("recommendations", "Harrowmere Police", "police"),
    )
    lines = call("search", "neglect", "--format", "markdown")[1].splitlines()
    assert lines[2] == (
        "| Child Q (2011) 1, p. 2 | recommendation: Recommendations |  "
        "| Dentists should learn about **neglect**. |"
    )


def test_where_and_in(call: Call) -> None:
    _, out, _ = call(
        "search", "school*", "--where", "subject=Child Q", "--in", "sections", "--format", "json"
    )
    assert [hit["in"] for hit in json.loads(out)["hits"]] == ["sections", "sections"]
    _, out, _ = call(
        "search", "the", "--where", "agency=police", "--in", "recommendations", "--format", "json"
    )
    assert [hit["id"] for hit in json.loads(out)["hits"]] == ["Child P-2"]


def test_like(call: Call) -> None:
    code, out, _ = call(
        "search", "--like", "Every dentist should be taught what neglect is", "--format", "json"
    )
    document = json.loads(out)
    assert (code, document["by"]) == (0, "similarity")
    assert document["hits"][0]["id"] == "Child Q-1"
    first = document["hits"][0]
    assert [first["text"][a:b] for a, b in first["marks"]] == ["Dentists", "neglect"]
    assert 0 < first["score"] <= 1
    code, out, err = call("search", "--like", "zebra")
    assert (code, out) == (0, "0 shown of 0 recommendations close to it in meaning\n")
    assert err.startswith("note: no recommendation is close to it in meaning")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "error: give either words to search for or --like TEXT; see `srtminer search --help`"),
        (("a", "--like", "b"), "error: give either words to search for or --like TEXT"),
        (("--like", "b", "--in", "sections"), "error: --like searches recommendations only"),
        (('"a',), "error: the query cannot be understood: write it like '(school OR nursery) NOT "),
        (("a", "--limit", "0"), "error: --limit 0: give a whole number, 1 or more"),
    ],
)
def test_wrong_usage(call: Call, arguments: Sequence[str], message: str) -> None:
    code, out, err = call("search", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("zebra", "note: nothing found; try fewer words, the beginning of one (neglect*), or --like TEXT\n"),
        ("zebra or lion", "note: nothing found; or was searched for as a word: write OR to combine words\n"),
    ],
)
def test_nothing_found(call: Call, query: str, note: str) -> None:
    code, out, err = call("search", query, "--format", "json")
    assert (code, json.loads(out)["hits"], err) == (0, [], note)


def test_hostile_text_stays_text(path: Path, call: Call) -> None:
    hostile = "Mark [/b] <script>x</script> =HYPERLINK(1) **bold** |"
    with Store.open(path) as store:
        store.add(review("=Child [X]", ["nothing"], [hostile]))
    _, table, _ = call("search", "mark")
    assert "«Mark» [/b] <script>x</script> =HYPERLINK(1) **bold** |" in table
    _, markdown, _ = call("search", "mark OR bold", "--format", "markdown")
    assert "**Mark** [/b\\] &lt;script&gt;".replace("[", "\\[") in markdown
    assert "\\*\\***bold**\\*\\* \\|" in markdown
    _, cells, _ = call("search", "hyperlink", "--format", "csv")
    assert re.search(r",'=Child \[X\],", cells)


def test_marks_are_bold_on_a_terminal_too(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from srtminer.cli import output as result_output
    from srtminer.render.result import Screen

    monkeypatch.setattr(result_output, "screen_of", lambda output: Screen(80, color=True))
    assert "«neglect»" in call("search", "neglect")[1]


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes on POSIX")
def test_an_argument_that_is_no_utf8(call: Call) -> None:
    assert call("search", "a\udcff", "--format", "json")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("reviews", "--where", "subject=chidl"),
            "no review fits --where subject=chidl; did you mean subject='Child P'?",
        ),
        (
            ("reviews", "--where", "board=Norwick"),
            "no review fits --where board=Norwick; no review has a known board; see `srtminer reviews`",
        ),
        (("themes", "--output", "no/x.csv"), "there is no folder no to write x.csv to; create it first"),
        (("report", "--output", "no/x.html"), "there is no folder no to write x.html to; create it first"),
        (
            ("themes", "--format", "xlsx"),
            "a workbook cannot go to a terminal or a pipe; name a file: --output FILE.xlsx",
        ),
        (("correct", "x.ods"), "x.ods is a workbook of another kind; save it as .xlsx or CSV and give that"),
        (
            ("compare", "--by", "region"),
            "--by region: give year, board, agency or kind; see `srtminer compare --help`",
        ),
    ],
)
def test_a_slip_is_answered_with_what_to_type(call: Call, arguments: Sequence[str], message: str) -> None:
    _, out, err = call(*arguments)
    assert (out, err) == ("", f"error: {message}\n")


def test_help_is_a_command_too(call: Call) -> None:
    assert call("help", "search") == call("search", "--help")
    assert call("help") == call("--help")


def test_a_file_that_was_written_is_named(call: Call) -> None:
    assert call("recommendations", "--output", "r.csv") == (0, "", "note: wrote r.csv\n")
