"""`srtminer remove`: reviews leave the store with all that is theirs, and can be read again."""

from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.model import GIVEN, Fact
from srtminer.store import Store
from tests.invented_reviews import OVERVIEW_P, SUMMARY_Q
from tests.stores import ingested


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    ingested(tmp_path, {"p.txt": OVERVIEW_P, "q.txt": SUMMARY_Q, "broken.pdf": "%PDF-1.4 no more"})
    return tmp_path


def subjects() -> list[str]:
    with Store.open(Path("srtminer.db")) as store:
        return [record.value("subject") for record in store.records()]


def unread() -> list[str]:
    with Store.open(Path("srtminer.db")) as store:
        return [skipped.source for skipped in store.skipped()]


def test_a_review_leaves_nothing_behind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["remove", "Child P", "--yes"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("Child P (2011), p.txt, ")
    assert shown.out.endswith(": 3 recommendations\n")
    assert subjects() == ["Child Q"]
    assert main(["--quiet", "search", "nurse"]) == 0
    assert capsys.readouterr().out == "found in 0 recommendations and 0 other sections · 0 of 0 hits shown\n"
    assert b"school nurse of every incident" not in (folder / "srtminer.db").read_bytes()
    with Store.open(Path("srtminer.db")) as store:
        assert store.integrity() == "ok"


def test_what_the_last_run_called_its_themes_goes_too(folder: Path) -> None:
    store = folder / "srtminer.db"
    with Store.open(store) as opened:
        opened.set_meta("themes run 3", "Label of the nurse Quillfeather")
    assert main(["remove", "Child P", "--yes"]) == 0
    assert b"quillfeather" not in store.read_bytes().lower()


def test_what_was_removed_can_be_read_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", "p.txt", "--yes"]) == 0
    capsys.readouterr()
    assert main(["ingest", "--jobs", "1", "p.txt", "q.txt"]) == 0
    assert capsys.readouterr().out.startswith("Ingested: 1 review, 3 recommendations\n  p.txt")
    assert subjects() == ["Child P", "Child Q"]


def test_a_file_that_could_not_be_read_is_forgotten(folder: Path) -> None:
    assert unread() == ["broken.pdf"]
    assert main(["remove", "broken.pdf", "--yes"]) == 0
    assert unread() == []
    assert subjects() == ["Child P", "Child Q"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("Child P",), 2, "there is no terminal to ask at; add --yes"),
        (("Child P", "--dry-run"), 0, "note: nothing was removed"),
        (("Child P", "--yes", "--dry-run"), 2, "give either --yes or --dry-run"),
        (("Child P", "Child X", "--yes"), 2, "Child X: no such review in the store; `srtminer reviews`"),
        ((), 2, "REVIEW is missing"),
    ],
)
def test_nothing_is_removed(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, told: str
) -> None:
    capsys.readouterr()
    assert main(["remove", *arguments]) == code
    assert told in capsys.readouterr().err
    assert subjects() == ["Child P", "Child Q"]


def test_of_a_file_with_another_text_than_before_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(Path("srtminer.db")) as store:
        before = store.records()[0].id
        store.set_facts(before, (Fact("year", "2012", GIVEN),))
    (folder / "p.txt").write_text(OVERVIEW_P.replace("two working days", "one day"), encoding="utf-8")
    capsys.readouterr()
    assert main(["ingest", "--jobs", "1", "p.txt", "q.txt"]) == 0
    told = capsys.readouterr().err
    assert "p.txt: this file had another text before, which is still in the store: " in told
    assert f": `srtminer remove {before}` takes it out, with what was given and corrected of it" in told
    assert "note: one case, counted as one review: p.txt, p.txt" not in told
    assert main(["ingest", "--jobs", "1", "p.txt"]) == 0
    assert "another text before" not in capsys.readouterr().err
    assert main(["remove", "p.txt"]) == 2
    told = capsys.readouterr().err
    assert "2 reviews are called that" in told
    assert told.count(before) == 1
    assert main(["remove", before, "--yes"]) == 0
    assert subjects() == ["Child P", "Child Q"]
