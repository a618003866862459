"""The summary of an ingest, as people see it."""

from pathlib import Path

import pytest

from srtminer.cli.app import run
from srtminer.model import ReviewRecord, Skipped
from srtminer.read.read_file import search
from srtminer.render.ingest_table import FEW, MANY, shortened
from srtminer.render.ingest_table import as_table as ingest
from srtminer.render.result import Screen

NARROW = Screen(80)


def record(source: str, found: int = 1, why: str = "") -> ReviewRecord:
    return ReviewRecord(source, source, "pdf", (), 1, 1, 1, found, why)


def test_the_reviews_of_a_table_are_one_line() -> None:
    table = [record("all.csv") for _ in range(91)]
    some = [record("some.csv", n % 2, "" if n % 2 else "no such row") for n in range(4)]
    assert ingest([*table, *some, record("a.pdf", 12)], (), (), NARROW) == (
        "Ingested: 96 reviews, 105 recommendations\n"
        "  all.csv: 91 reviews, 91 recommendations\n"
        "  some.csv: 4 reviews, 2 recommendations, 2 without\n"
        "  a.pdf: 12 recommendations\n"
    )


@pytest.mark.parametrize(("files", "listed"), [(MANY, MANY), (MANY + 1, 0)])
def test_very_many_files_are_not_listed_one_by_one(files: int, listed: int) -> None:
    lines = ingest([record(f"{n}.pdf") for n in range(files)], (), (), NARROW).splitlines()[1:]
    assert len([line for line in lines if ".pdf: " in line]) == listed
    more = f"  {files} files with recommendations (srtminer --verbose ingest … lists them)"
    assert (more in lines) is (listed == 0)


@pytest.mark.parametrize(("files", "listed"), [(FEW, FEW), (FEW + 1, 0)])
def test_files_without_recommendations_are_folded(files: int, listed: int) -> None:
    without = [record(f"none{n}.pdf", 0, "a scan") for n in range(files)]
    lines = ingest([record("a.pdf", 12), *without], (), (), NARROW).splitlines()[1:]
    assert "  a.pdf: 12 recommendations" in lines
    assert len([line for line in lines if line.endswith(": no recommendations (a scan)")]) == listed
    assert ("  4 without recommendations (srtminer reviews says why)" in lines) is (listed == 0)


def test_many_files_end_in_a_total_and_are_all_there_if_wanted() -> None:
    records = [record(f"{n}.pdf", 2) for n in range(1000)]
    skipped = [Skipped("bad.pdf", "empty (0 bytes)")]
    assert ingest(records, records[:3], skipped, NARROW) == (
        "Ingested: 1,000 reviews, 2,000 recommendations\n"
        "  1,000 files with recommendations (srtminer --verbose ingest … lists them)\n"
        "Unchanged: 3 reviews, 6 recommendations\n"
        "Skipped: 1\n"
        "  bad.pdf: empty (0 bytes)\n"
    )
    every = ingest(records, records[:3], skipped, NARROW, every=True)
    assert len(every.splitlines()) == 1 + 1000 + 1 + 3 + 1 + 1
    assert "  999.pdf: 2 recommendations\n" in every


def test_a_long_name_is_cut_in_its_middle_and_the_line_is_not_wrapped() -> None:
    name = "reviews/of/the/past/years/" + "x" * 60 + "/child-p-overview-report.pdf"
    text = ingest([record(name, 3)], (), (), NARROW)
    assert text.splitlines()[1] == (
        "  reviews/of/the/past…xxxxxxxxxxx/child-p-overview-report.pdf: 3 recommendations"
    )
    assert name in ingest([record(name, 3)], (), (), NARROW, every=True).replace("\n  ", "")


@pytest.mark.parametrize(
    ("name", "width", "short"),
    [
        ("child-p.pdf", 11, "child-p.pdf"),
        ("child-p.pdf", 10, "chi…-p.pdf"),
        ("abcdefghij", 4, "a…ij"),
        ("", 4, ""),
    ],
)
def test_shortened(name: str, width: int, short: str) -> None:
    assert shortened(name, width) == short
    assert len(shortened(name, width)) <= width


def test_names_cannot_steer_the_terminal() -> None:
    assert (
        ingest([record("a\x1b[2J\nb.pdf")], (), (), NARROW).splitlines()[1]
        == "  a␛[2J b.pdf: 1 recommendation"
    )


def test_a_script_and_the_store_beside_the_reviews_are_not_worth_a_word(tmp_path: Path) -> None:
    for name in ("nightly.sh", "srtminer.db", "srtminer.db-wal", "p.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert search([tmp_path]).ignored == ()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert search([tmp_path]).ignored == (str(tmp_path / "picture.png"),)
    assert [path.name for path in search([tmp_path]).inputs if isinstance(path, Path)] == ["p.txt"]


def test_agencies_are_read_from_a_file_of_the_user(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = tmp_path / "q.txt"
    review.write_text(
        "Recommendations\n\nRecommendation 1: Visits to the quay are logged (To Lantern Row).\n"
    )
    known = tmp_path / "agencies.txt"
    known.write_text("# ours\nLantern Row = housing\n", encoding="utf-8")
    store = ["--quiet", "--store", str(tmp_path / "a.db")]
    assert run([*store, "ingest", "--jobs", "1", "--agencies", str(known), str(review)]) == 0
    capsys.readouterr()
    assert run([*store, "recommendations", "--format", "json"]) == 0
    assert '"name": "Lantern Row", "kind": "housing"' in " ".join(capsys.readouterr().out.split())
    known.write_text("Lantern Row = lamps\n", encoding="utf-8")
    assert run([*store, "ingest", "--agencies", str(known), str(review)]) == 2
    assert "“lamps” (Lantern Row) is not a kind of agency" in capsys.readouterr().err
