"""Results beside the reviews are not taken for reviews."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.model import Review
from srtminer.read.read_file import is_own, search
from srtminer.read.table import read_table
from srtminer.store import Store
from tests.test_search import CHILD_P, CHILD_Q

pytestmark = pytest.mark.slow

WRITTEN = [
    ("reviews", "reviews.csv"),
    ("reviews", "reviews.json"),
    ("reviews", "reviews.md"),
    ("recommendations", "recommendations.csv"),
    ("recommendations", "recommendations.md"),
    ("themes", "themes.csv"),
    ("themes", "themes.json"),
    ("themes", "themes.md"),
    ("themes", "themes.txt"),
    ("themes --of sections", "passages.csv"),
    ("themes --of sections", "passages.txt"),
    ("themes --of sections --theme 1", "theme.csv"),
    ("themes --of sections --theme 1", "theme.md"),
    ("themes --of sections --theme 1", "theme.txt"),
    ("compare --by year", "compare.csv"),
    ("compare --by year", "compare.md"),
    ("search nurse", "search.csv"),
    ("search nurse", "search.json"),
    ("search nurse", "search.md"),
    ("compare --repeats", "repeats.txt"),
    ("summary", "summary.csv"),
    ("evaluate --sample 2", "sheet.csv"),
    ("report", "report.html"),
    ("report", "report.docx"),
    ("export", "all.csv"),
    ("export", "all.jsonl"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a store and every kind of result."""
    made = tmp_path_factory.mktemp("results")
    with Store.open(made / "srtminer.db", create=True) as store:
        store.add(CHILD_P)
        store.add(CHILD_Q)
    for command, name in WRITTEN:
        arguments = ["--quiet", "--store", str(made / "srtminer.db"), *command.split()]
        assert main([*arguments, "--output", str(made / name)]) == 0
    return made


@pytest.mark.parametrize("name", [name for _, name in WRITTEN])
def test_results_are_recognised(folder: Path, name: str) -> None:
    assert is_own(folder / name)


@pytest.mark.parametrize(
    "text",
    [
        '{"schema": "srtminer.themes/1", "themes": []}',
        '{"type": "export", "schema": "srtminer.export/1"}\n{"type": "theme"}\n',
        "\ufeffid;theme;generator\r\n1;;srtminer\r\n",
        "Reviews  Year\n\ngenerator: srtminer\n\n",
    ],
)
def test_older_and_changed_results_are_recognised(tmp_path: Path, text: str) -> None:
    (tmp_path / "file").write_text(text, encoding="utf-8", newline="")
    assert is_own(tmp_path / "file")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "review,reference,text\n",
        "id,review,text\nid,review,source,subject,\n",
        '{"review": "a", "text": "b"}\n',
        '[{"schema": "other"}]',
        "<!DOCTYPE html><title>srtminer</title>",
        "The schema: srtminer.themes/1\n",
        "id,generator,text\n1,srtminer,a\n",
        "The Board bought a generator: srtminer was not told.\n",
    ],
)
def test_what_others_wrote_is_not(tmp_path: Path, text: str) -> None:
    (tmp_path / "file").write_text(text, encoding="utf-8")
    assert not is_own(tmp_path / "file")


def test_a_folder_is_read_without_them_and_a_file_that_is_named_is_read(folder: Path) -> None:
    found = search([folder])
    assert (found.inputs, len(found.ignored)) == ((), len(WRITTEN) + len(["sheet-themes.csv"]))
    assert search([folder / "recommendations.csv"]).inputs == (folder / "recommendations.csv",)


@pytest.mark.skipif(os.name != "posix", reason="runs a shell")
def test_ingesting_again_beside_the_results_counts_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("Recommendations\n\n1. The Board should act.\n", encoding="utf-8")
    program = f'"{sys.executable}" -m srtminer --quiet'
    script = f"{program} ingest . && {program} recommendations --output r.csv && {program} ingest ."
    environment = {key: value for key, value in os.environ.items() if key != "SRTMINER_STORE"}
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "Unchanged: 1 review, 1 recommendation"


def test_exported_recommendations_are_read_back_as_json_and_as_csv(folder: Path, tmp_path: Path) -> None:
    read = {}
    for name in ("recommendations.csv", "recommendations.json"):
        store = ["--quiet", "--store", str(folder / "srtminer.db")]
        assert main([*store, "recommendations", "--output", str(tmp_path / name)]) == 0
        reviews = [one for one in read_table(tmp_path / name) if isinstance(one, Review)]
        read[name] = [
            (one.references, one.agencies, one.page, one.text) for review in reviews for one in review.ready
        ]
    assert read["recommendations.json"] == read["recommendations.csv"] != []


def test_an_export_is_read_back_with_what_is_known_of_its_reviews(folder: Path, tmp_path: Path) -> None:
    store = str(folder / "srtminer.db")
    assert main(["--quiet", "--store", store, "export", "--output", str(tmp_path / "all.jsonl")]) == 0
    again = [one for one in read_table(tmp_path / "all.jsonl") if isinstance(one, Review)]
    with Store.open(folder / "srtminer.db") as opened:
        records, found = opened.reviews_and_recommendations()
    asked = {one.review_id for one in found}
    known = [{fact.value for fact in record.facts} for record in records if record.id in asked]
    assert len(again) == len(known)
    for review, facts in zip(again, known, strict=True):
        assert facts <= {fact.value for fact in review.facts}
    assert sorted(one.text for review in again for one in review.ready) == sorted(one.text for one in found)


def test_an_export_whose_ids_are_no_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "changed.jsonl").write_text(
        '{"schema": "srtminer.export/1"}\n{"type": "review", "id": ["a"], "board": "Marlow Board"}\n'
        '{"type": "recommendation", "review": ["a"], "text": "The Board should ask the family."}\n'
    )
    (read,) = read_table(tmp_path / "changed.jsonl")
    assert isinstance(read, Review)
    assert "Marlow Board" in [fact.value for fact in read.facts]


def test_a_table_of_our_own_names_a_review_after_its_file_and_not_its_id(tmp_path: Path) -> None:
    table = tmp_path / "r.csv"
    table.write_text("review,source,text\nab12cd34ef56,in/child-f.pdf,Act.\n", encoding="utf-8")
    (review,) = read_table(table)
    assert isinstance(review, Review)
    assert [fact.value for fact in review.facts] == ["child-f"]
