"""A store opened from Python."""

from pathlib import Path

import pytest

import srtminer
from srtminer import open_store
from srtminer.__main__ import main
from srtminer.errors import StoreError

REVIEW = """Serious Case Review: Child Z

Published in March 2012

Recommendations

1. The Board should review its threshold document.

2. =SUM(A1) must be read as text by the Board.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "z.txt").write_text(REVIEW, encoding="utf-8")
    store = tmp_path / "s.db"
    assert main(["--quiet", "--store", str(store), "ingest", "--jobs", "1", str(tmp_path / "z.txt")]) == 0
    return store


def test_data_frames(path: Path) -> None:
    found = open_store(path).recommendations()
    assert list(found["reference"]) == ["1", "2"]
    assert found["text"][1].startswith("=SUM(A1) must")
    assert found["page"].dtype.kind == "i"
    assert "theme" not in found.columns
    assert list(open_store(str(path)).reviews()["year"]) == [2012]


def test_rows_of_plain_values_without_pandas(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(srtminer, "find_spec", lambda name: None)
    rows = open_store(path).recommendations()
    assert [row["reference"] for row in rows] == ["1", "2"]
    assert list(rows[0])[:2] == ["citation", "text"]


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store at"):
        open_store(tmp_path / "none.db").reviews()
