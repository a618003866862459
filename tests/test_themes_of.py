"""`srtminer themes --of findings` and `--of sections`, as a user calls them."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from srtminer.__main__ import main
from srtminer.store import Store
from srtminer.text.thesaurus import vocabulary
from tests.stores import Call, ingested, of_examples
from tests.test_kept import mines as mines

pytestmark = pytest.mark.slow
FATHERS = {("wexmoor-child-a-2008.txt", "4.3"), ("wexmoor-child-n-2020.md", "3.1")}
"""Findings of two reviews, twelve years apart: nobody spoke with the father."""

BARE = """\
Norwick Safeguarding Children Board

Serious Case Review

Child {name}

Overview Report

20{year}

What happened

The family was known to nine agencies, and no two of them had met to say what each knew of the two boys.

Recommendations

1. Norwick Police should tell the school nurse of every incident of domestic abuse within two working days.
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return of_examples(tmp_path_factory.mktemp("examples"))


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A store of reviews whose headings say nothing of findings."""
    years = {"P": 11, "Q": 14}
    return ingested(tmp_path, {f"{name}.txt": BARE.format(name=name, year=years[name]) for name in years})


def as_json(capsys: pytest.CaptureFixture[str], store: Path, *arguments: str) -> Any:
    capsys.readouterr()  # what was ingested
    assert main(["--store", str(store), "--quiet", "themes", "--format", "json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_findings_are_counted_cited_and_shown_in_full(
    call: Call, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    table = call("--store", str(store), "themes", "--of", "findings", "--examples", "1")
    assert table.code == 0
    assert table.out.split("\n")[0].split() == ["#", "Theme", "Reviews", "Findings", "Share", "Years"]
    assert re.fullmatch(
        r"\d+ themes · 1\d reviews · 6\d findings · \d+ in no theme", table.out.splitlines()[-1]
    )
    assert "no findings in 1 of 13 reviews" in table.err
    first = call("--store", str(store), "themes", "--of", "findings", "--theme", "1")
    assert first.code == 0
    assert "  below: " in first.out


def test_what_several_reviews_found_is_one_theme(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    found = as_json(capsys, store, "--of", "findings")
    assert found["of"] == "findings"
    assert 60 <= found["corpus"]["findings"] < 70
    assert len(found["unthemed"]) < 20
    members = [
        {(Path(one["source"]).name, one["reference"]) for one in theme["members"]}
        for theme in found["themes"]
    ]
    assert all(theme["findings"] == len(theme["members"]) for theme in found["themes"])
    fathers = next(own for own in members if own >= FATHERS)
    assert len({source for source, _ in fathers}) >= 4


SECTIONS = ("--of", "sections", "--where", "year=..2012")


@pytest.mark.parametrize("of", [("--of", "findings"), SECTIONS], ids=["findings", "sections"])
def test_labels_are_no_sentences(
    capsys: pytest.CaptureFixture[str], store: Path, of: tuple[str, ...]
) -> None:
    labels = [theme["label"] for theme in as_json(capsys, store, *of)["themes"]]
    assert len(labels) > 8
    verbs = {verb for verb in vocabulary().verbs if not verb.endswith(("ed", "ing"))}
    verbs -= vocabulary().verb_or_noun | vocabulary().nouns
    for label in labels:
        words = re.findall(r"[\w'-]+", label.lower())
        assert verbs.isdisjoint(words), label
        assert not words[-1].endswith(("'s", "'"))


def test_labels_of_findings_stand_in_members(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    themes = as_json(capsys, store, "--of", "findings")["themes"]
    assert len(themes) > 8
    for theme in themes:
        shown = as_json(capsys, store, "--of", "findings", "--theme", theme["id"])["theme"]
        texts = [" ".join(member["text"].replace("’", "'").lower().split()) for member in shown["members"]]
        assert any(theme["label"].lower() in text for text in texts)


def test_all_sections_hold_the_recommendations_too(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    found = as_json(capsys, store, *SECTIONS)
    assert found["of"] == "sections"
    rows = [one for theme in found["themes"] for one in theme["members"]] + found["unthemed"]
    reviews = {row["review"] for row in rows}
    with Store.open(store) as opened:
        recommendations = {one.id for one in opened.recommendations() if one.review_id in reviews}
    assert len(recommendations) > 30
    assert recommendations <= {row["id"] for row in rows}
    assert len(rows) == len({row["id"] for row in rows}) == found["corpus"]["passages"]
    assert len(rows) > 2 * len(recommendations)


def test_members_keep_their_place_and_exact_words(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    theme = as_json(capsys, store, "--of", "findings", "--theme", "2")["theme"]
    assert theme["findings"] == len(theme["members"])
    with Store.open(store) as opened:
        for member in theme["members"]:
            assert member["text"] in opened.review(member["review"]).text
            assert member["reference"]
            assert member["page"] >= 1


def test_every_form_speaks_of_findings(
    capsys: pytest.CaptureFixture[str], store: Path, tmp_path: Path
) -> None:
    def written(*arguments: str) -> str:
        assert main(["--store", str(store), "--quiet", "themes", "--of", "findings", *arguments]) == 0
        return capsys.readouterr().out

    assert next(csv.reader(io.StringIO(written("--format", "csv"))))[5] == "findings"
    assert written("--format", "markdown").startswith("| \\# | Theme | Reviews | Findings |")
    assert written("--theme", "none").rstrip().endswith("findings")
    assert list(json.loads(written("--theme", "none", "--format", "json"))) == [
        "schema",
        "generator",
        "findings",
    ]
    plot = tmp_path / "plot.svg"
    written("--plot", str(plot))
    assert "Themes of findings" in plot.read_text(encoding="utf-8")


def test_a_codebook_is_for_findings_too(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    found = as_json(capsys, store, "--of", "findings", "--codebook", "safeguarding")
    supervision = next(theme for theme in found["themes"] if theme["id"] == "supervision-oversight")
    assert supervision["findings"] >= 3


def test_a_run_over_findings_is_not_held_against_one_over_recommendations(
    capsys: pytest.CaptureFixture[str], bare: Path
) -> None:
    options = ("--codebook", "safeguarding")
    as_json(capsys, bare, *options)
    with Store.open(bare) as opened:
        before = opened.meta("codebook run safeguarding")
    as_json(capsys, bare, "--of", "sections", *options)
    with Store.open(bare) as opened:
        assert opened.meta("codebook run safeguarding") == before


def test_broad_themes_of_findings(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    fine = as_json(capsys, store, "--of", "findings")["themes"]
    broad = as_json(capsys, store, "--of", "findings", "--level", "broad")["themes"]
    assert 1 < len(broad) < len(fine)


def test_reviews_can_be_chosen(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    found = as_json(capsys, store, "--of", "findings", "--where", "year=2008..2009")
    assert list(found["corpus"].items())[:2] == [("reviews", 2), ("findings", 11)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--of", "findings", "--where", "agency=police"), "findings ask nothing"),
        (("--of", "sections", "--where", "agency=police"), "passages ask nothing"),
        (("--of", "chapters"), "give recommendations, findings, concerns or sections"),
    ],
)
def test_what_cannot_be_asked(call: Call, store: Path, arguments: tuple[str, ...], says: str) -> None:
    done = call("--store", str(store), "themes", *arguments)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_without_findings_it_is_said_what_to_do(call: Call, bare: Path) -> None:
    done = call("--store", str(bare), "themes", "--of", "findings")
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("error: no findings in 2 reviews: no section of them is headed")
    assert "`srtminer themes --of sections`" in done.err
    assert call("--store", str(bare), "themes", "--of", "sections").code == 0


def test_each_kind_of_row_is_kept_for_itself(
    capsys: pytest.CaptureFixture[str], bare: Path, mines: list[int]
) -> None:
    kinds = ("recommendations", "sections")
    first = [as_json(capsys, bare, "--of", of) for of in kinds]
    assert [as_json(capsys, bare, "--of", of) for of in kinds] == first
    assert mines == [2, 4]
