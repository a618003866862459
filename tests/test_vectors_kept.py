"""Vectors are made once and kept with the review, no longer than it."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from srtminer.__main__ import main
from srtminer.cli.session import Session
from srtminer.cli.themes import _phrases, encoded
from srtminer.model import Recommendation
from srtminer.store import Store
from srtminer.vectors import encoder
from srtminer.vectors.encoder import Encoded
from tests.invented_reviews import OVERVIEW_P
from tests.test_store import an_analysis

FIRST = an_analysis("Child M", "Police should share information.", "The Board should audit referrals.")
SECOND = an_analysis("Child N", "The Board should audit referrals.", "Schools should keep a log.")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    path = tmp_path / "srtminer.db"
    with Store.open(path, create=True) as store:
        store.add(FIRST)
        store.add(SECOND)
    return Session(path, quiet=True)


def rows_of(session: Session) -> tuple[Recommendation, ...]:
    with Store.open(session.store) as store:
        return store.recommendations()


def count(session: Session) -> int:
    connection = sqlite3.connect(session.store)
    try:
        return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])
    finally:
        connection.close()


def watch(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    made: list[str] = []
    encode = encoder.encode

    def watched(texts: list[str], progress: encoder.Progress | None = None) -> Encoded:
        made.extend(texts)
        return encode(texts, progress)

    monkeypatch.setattr(encoder, "encode", watched)
    return made


def test_a_second_run_makes_none_and_gives_the_same(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = watch(monkeypatch)
    rows = rows_of(session)
    first = encoded(session, rows)
    assert made == list(dict.fromkeys(row.text for row in rows))
    second = encoded(session, rows[::-1])
    assert len(made) == 3
    assert (second.frozen == first.frozen[::-1]).all()
    assert (second.tuned == first.tuned[::-1]).all()
    assert (first.frozen == encoder.encode([row.text for row in rows]).frozen).all()


def test_a_removed_review_leaves_no_vector(session: Session) -> None:
    encoded(session, rows_of(session))
    assert count(session) == 4
    with Store.open(session.store) as store:
        store.remove([FIRST.review.id])
    assert count(session) == 2
    with Store.open(session.store) as store:
        store.remove([SECOND.review.id])
    assert count(session) == 0


def test_vectors_of_another_encoder_go(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded(session, rows_of(session))
    monkeypatch.setattr(encoder, "ENCODER", "another")
    made = watch(monkeypatch)
    encoded(session, rows_of(session))
    assert len(made) == 3
    assert count(session) == 4


def test_what_stands_in_no_review_is_encoded_and_not_kept(session: Session) -> None:
    other = an_analysis("Child Z", "Housing officers should visit.").recommendations
    assert encoded(session, other).tuned.shape == (1, encoder.WIDTH)
    assert count(session) == 0


def test_nothing_gives_no_rows(session: Session) -> None:
    assert encoded(session, ()).frozen.shape == (0, encoder.WIDTH)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the owner of all may write anywhere")
def test_a_store_that_cannot_be_written_does_not_stop_it(session: Session) -> None:
    session.store.chmod(0o400)
    assert len(encoded(session, rows_of(session)).frozen) == 4


def test_ingest_encode(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "review.md"
    source.write_text("# Recommendations\n\n1. Schools should keep a log.\n2. Police should call back.\n")
    session = Session(tmp_path / "srtminer.db")
    assert main(["--store", str(session.store), "ingest", "--encode", str(source)]) == 0
    assert count(session) == len(rows_of(session)) == 2


def test_phrases_are_encoded_once_and_until_a_review_goes(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    encode = encoder.encode_frozen

    def watched(texts: list[str]) -> encoder.Floats:
        made.extend(texts)
        return encode(texts)

    monkeypatch.setattr(encoder, "encode_frozen", watched)
    first = _phrases(session, ["home visits", "a log"])
    again = _phrases(session, ["a log", "missing children", "home visits"])
    assert made == ["home visits", "a log", "missing children"]
    assert np.array_equal(again[[2, 0]], first)
    assert np.array_equal(first, encoder.encode(["home visits", "a log"]).frozen)
    session.opened().remove([FIRST.review.id])
    _phrases(session, ["a log"])
    assert made[-1] == "a log"
    session.close()


@pytest.mark.slow
def test_a_second_run_of_themes_and_repeats_encodes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("review.txt").write_text(OVERVIEW_P, encoding="utf-8")
    texts = 0
    run = encoder._vectors

    def watched(views: Sequence[Sequence[encoder.Layer]], batch: Sequence[Sequence[int]]) -> Any:
        nonlocal texts
        texts += len(batch)
        return run(views, batch)

    def find() -> int:
        nonlocal texts
        texts = 0
        assert main(["--quiet", "themes", "--output", "themes.json"]) == 0
        assert main(["--quiet", "compare", "--repeats", "--output", "repeats.json"]) == 0
        with closing(sqlite3.connect("srtminer.db")) as connection, connection:
            connection.execute("DELETE FROM cache")  # the results are found anew, the vectors are not
        return texts

    monkeypatch.setattr(encoder, "_vectors", watched)
    assert main(["--quiet", "ingest", "review.txt"]) == 0
    assert find() > 0
    assert find() == 0
