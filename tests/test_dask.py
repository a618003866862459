"""Files read on a cluster: two machines made of processes, one of them killed half-way."""

import os
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from srtminer.__main__ import main
from srtminer.ingestion import IngestOptions, IngestResult, ingest
from srtminer.model import Skipped
from srtminer.read.worker import handed_over
from srtminer.read.worker_process import Limits
from srtminer.store import Store
from tests import hazards
from tests.invented_reviews import NEWSPAPER, OVERVIEW_P, SUMMARY_Q

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # of packages that are not ours


@pytest.fixture
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def folder_of(place: Path) -> Path:
    folder = place / "reviews"
    (folder / "deeper").mkdir(parents=True)
    for number in range(6):
        text = OVERVIEW_P.replace("two working days", f"{number + 2} working days")
        (folder / f"p{number}.txt").write_text(text, encoding="utf-8")
    (folder / "deeper" / "q.txt").write_text(SUMMARY_Q, encoding="utf-8")
    (folder / "news.txt").write_text(NEWSPAPER, encoding="utf-8")
    (folder / "torn.pdf").write_bytes(b"%PDF-1.4 torn")
    return folder


def contents(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        return list(connection.iterdump())


def brought_in(folder: Path, store: Path, cluster: str = "", kill: int = 0) -> IngestResult:
    def progress(done: int, total: int, name: str) -> None:
        if kill and done == 2:
            os.kill(kill, signal.SIGKILL)

    with Store.open(store, create=True) as opened:
        return ingest([folder], opened, IngestOptions(cluster=cluster), on_progress=progress)


@pytest.mark.slow
def test_a_cluster_gives_the_same_store_though_a_machine_is_killed(cluster: Any, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    here = brought_in(folder, tmp_path / "here.db")
    address = cluster.scheduler_address.removeprefix("tcp://")
    killed = next(iter(cluster.workers.values())).pid
    there = brought_in(folder, tmp_path / "there.db", address, killed)
    assert there == here
    assert [one.source for one in there.skipped] == [str(folder / "torn.pdf")]
    assert contents(tmp_path / "there.db") == contents(tmp_path / "here.db")


def test_what_cannot_be_sent_is_named_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    result = handed_over(None, hazards.plain, Limits(), path)
    assert result() == (Skipped(str(path), "no such file"),)


def test_a_cluster_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("srtminer.read.worker.ANSWERS_WITHIN", 1)
    Path("p.txt").write_text(OVERVIEW_P, encoding="utf-8")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    assert main(["ingest", "p.txt", "--executor", f"dask:127.0.0.1:{port}"]) == 2
    assert f"error: no Dask scheduler answers at 127.0.0.1:{port}" in capsys.readouterr().err
    assert main(["ingest", "p.txt", "--executor", "spark"]) == 2
    assert "write dask:HOST:PORT" in capsys.readouterr().err
