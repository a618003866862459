"""The summary of an ingest, as people see it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from srtminer.cli.app import run
from srtminer.model import Ingested, IngestState, ReviewRecord, Skipped
from srtminer.read.read_file import search
from srtminer.render import layout
from srtminer.render.result import Screen
from srtminer.render.review_tables import MANY, ingest_result

NARROW = Screen(80)


def ingested(
    source: str, found: int = 1, why: str = "", state: IngestState = "added", **more: str
) -> Ingested:
    return Ingested(ReviewRecord(source, source, "pdf", (), 1, 1, 1, found, why), state, source, **more)


def shown(reviews: Sequence[Ingested], skipped: Sequence[Skipped] = (), *, every: bool = False) -> str:
    return layout.write(ingest_result(reviews, skipped, every=every), NARROW)


def test_the_reviews_of_a_table_are_one_line() -> None:
    table = [ingested("all.csv") for _ in range(91)]
    some = [ingested("some.csv", n % 2, "" if n % 2 else "no such row") for n in range(4)]
    assert shown([*table, *some, ingested("a.pdf", 12), ingested("b.pdf", 12, copy_of="a.pdf")]) == (
        "Ingested: 96 reviews, 105 recommendations\n"
        "  all.csv: 91 reviews, 91 recommendations\n"
        "  some.csv: 4 reviews, 2 recommendations, 2 without\n"
        "  a.pdf: 12 recommendations\n"
        "Copies: 1 file\n"
        "  b.pdf: a copy of a.pdf\n"
    )


def test_many_files_end_in_a_total_and_are_all_there_if_wanted() -> None:
    few = [ingested(f"{n}.pdf", 2) for n in range(MANY)]
    assert len(shown(few).splitlines()) == 1 + MANY
    new = [ingested(f"{n}.pdf", 2) for n in range(1000)]
    known = [ingested(f"k{n}.pdf", 2, state="unchanged") for n in range(3)]
    skipped = [Skipped("bad.pdf", "empty (0 bytes)")]
    assert shown([*new, *known], skipped) == (
        "Ingested: 1,000 reviews, 2,000 recommendations\n"
        "  1,000 files (srtminer --verbose ingest … lists them)\n"
        "Unchanged: 3 reviews, 6 recommendations\n"
        "Skipped: 1 file\n"
        "  bad.pdf: empty (0 bytes)\n"
    )
    every = shown([*new, *known], skipped, every=True)
    assert len(every.splitlines()) == 1 + 1000 + 1 + 3 + 1 + 1
    assert "  999.pdf: 2 recommendations\n" in every


def test_a_table_holds_what_was_skipped_too() -> None:
    table = ingest_result([ingested("a.pdf", 0, "a scan")], [Skipped("b.pdf", "empty")]).table
    assert [row[1:] for row in table.rows] == [
        ("a.pdf", 0, "a scan", "added", None),
        ("b.pdf", None, None, "skipped", "empty"),
    ]


def test_names_cannot_steer_the_terminal() -> None:
    assert shown([ingested("a\x1b[2J\nb.pdf")]).splitlines()[1] == "  a␛[2J b.pdf: 1 recommendation"


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
        "Recommendations\n\nRecommendation 1: Visits to the quay should be logged (To Lantern Row).\n"
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
