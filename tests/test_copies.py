"""Copies are called copies, on the first run too; names are compared as people read them."""

import json
import time
import unicodedata
from pathlib import Path

import pytest

from srtminer.cli import session as progress
from srtminer.cli.session import Session
from tests.stores import Call

TEXT = "Child Z\n\nRecommendations\n\n1. The Board should tell the school of every incident.\n"
LONG = f"{'a-very-long-name-of-a-review-of-a-board-' * 5}.txt"


def test_copies_are_named_and_the_sums_agree_with_reviews(call: Call, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT)
    for headline in ("Ingested: 1 review, 1 recommendation", "Unchanged: 1 review, 1 recommendation"):
        out = call("ingest", "a.txt", "b.txt", "c.txt").out
        assert out.splitlines()[0] == headline
        assert "Copies: 2 files\n  b.txt: a copy of a.txt\n" in out
    assert len(json.loads(call("reviews", "--format", "json").out)["reviews"]) == 1


def test_a_moved_file_is_no_copy(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    call("ingest", "a.txt")
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    again = call("ingest", "b.txt")
    assert "Copies" not in again.out
    assert "note: b.txt: known as a.txt until now\n" in again.err
    assert "moved" not in call("ingest", "b.txt").err
    (review,) = json.loads(call("reviews", "--format", "json").out)["reviews"]
    assert review["source"] == "b.txt"


@pytest.mark.parametrize("order", [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_a_changed_file_whose_copy_is_as_before_is_told(
    call: Call, tmp_path: Path, order: tuple[str, str]
) -> None:
    for name in order:
        (tmp_path / name).write_text(TEXT)
    call("ingest", "a.txt", "b.txt")
    (tmp_path / "a.txt").write_text(TEXT.replace("every incident", "each bruise"))
    told = call("ingest", *order).err
    assert "note: b.txt: known as a.txt until now\n" in told
    reviews = json.loads(call("reviews", "--format", "json").out)["reviews"]
    assert sorted(review["source"] for review in reviews) == ["a.txt", "b.txt"]
    assert "known as" not in call("ingest", *order).err


def test_a_long_name_is_whole_where_a_script_reads_it(call: Call, tmp_path: Path) -> None:
    (tmp_path / LONG).write_text(TEXT)
    assert f",{LONG},1,,added," in call("ingest", LONG, "--format", "csv").out


def test_names_are_compared_whatever_way_their_accents_are_written(call: Call, tmp_path: Path) -> None:
    composed = unicodedata.normalize("NFC", "Cafe\u0301 review.txt")
    (tmp_path / unicodedata.normalize("NFD", composed)).write_text(TEXT)
    (tmp_path / "given.csv").write_text(f"source,year\n{composed},2011\n", encoding="utf-8")
    call("ingest", "--metadata", "given.csv", unicodedata.normalize("NFD", composed))
    (review,) = json.loads(call("reviews", "--format", "json").out)["reviews"]
    assert review["year"] == 2011


def test_a_log_goes_on_inside_one_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.01)
    with progress.progress(Session(), "reading files") as report:
        report(0, 1, "large.pdf")
        lines = ""
        while lines.count("reading files: 0 of 1, now large.pdf, 0 s so far\n") < 3:
            time.sleep(0.01)
            lines += capsys.readouterr().err
