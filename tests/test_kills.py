"""A batch that ends at a bad moment: the store stays whole, and the next run does the rest.

Real processes, killed at random moments of a fixed seed.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from srtminer.model import Analysis
from srtminer.read.read_file import ReadOptions
from srtminer.store import Store
from tests.batch import INTERRUPTED
from tests.hazards import thorough

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]

ROOT = Path(__file__).parents[1]
KILLS = 12
SERIES = 2
"""Stores that batches are killed over at the same time; most of such a test is waiting for processes."""
FILES = 120
PARAGRAPHS = 30
SECONDS_TO_LEAVE = 5.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviews")
    for number in range(FILES):
        lines = [f"District {number} should seek assurance on point {line}." for line in range(PARAGRAPHS)]
        (folder / f"{number:02}.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, Analysis]:
    results = [thorough(ReadOptions(), path)[0] for path in sorted(folder.iterdir())]
    return {item.review.id: item for item in results if isinstance(item, Analysis)}


@pytest.fixture(scope="module")
def duration(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that a whole batch takes from its first line on."""
    batch = begin(tmp_path_factory.mktemp("store") / "test.db", folder)
    started = time.monotonic()
    batch.communicate()
    assert batch.returncode == 0
    return time.monotonic() - started


def begin(store: Path, folder: Path, *more: str) -> subprocess.Popen[str]:
    """Start a batch, in a process group of its own as a shell does, and wait until it begins."""
    batch = subprocess.Popen(
        [sys.executable, "-m", "tests.batch", str(store), str(folder), *(more or ["2"])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd=ROOT,
        text=True,
    )
    assert batch.stdout
    assert batch.stdout.readline() == "begins\n"
    return batch


def finish(batch: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = batch.communicate(timeout=60)
    return batch.returncode, out, err


def living(session: int) -> Iterator[int]:
    """List the processes of a session that have not ended; each worker leads a group of its own in it."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session, *_ = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(its_session) == session and state != "Z":
            yield int(status.parent.name)


def assert_all_leave(session: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    while left := list(living(session)):
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.01)


def assert_whole(path: Path, expected: dict[str, Analysis]) -> int:
    """Check that every review in the store is what the file says, in full; gives their number."""
    with Store.open(path) as store:
        assert store.integrity() == "ok"
        records = store.records()
        for record in records:
            assert store.review(record.id) == expected[record.id].review
        ids = [record.id for record in records]
        found = [item for review_id in ids for item in expected[review_id].recommendations]
        sections = [(review_id, item) for review_id in ids for item in expected[review_id].sections]
        assert list(store.recommendations()) == found
        assert [(review_id, section) for review_id, section, _ in store.sections()] == sections
    return len(records)


def kill_again_and_again(
    seed: int, folder: Path, expected: dict[str, Analysis], duration: float, stores: Path
) -> int:
    """Kill batches into one store until it is complete, then the next; gives how many stopped half-way."""
    moments = random.Random(seed)
    path, complete, half_way = stores / f"{seed}.db", 0, 0
    for number in range(KILLS // SERIES):
        batch = begin(path, folder, str(1 + number % 2))
        time.sleep(moments.uniform(0, duration))
        batch.kill()
        finish(batch)
        assert_all_leave(batch.pid)
        stored = assert_whole(path, expected)
        half_way += 0 < stored < FILES
        if stored == FILES:
            complete += 1
            path = stores / f"{seed}-{complete}.db"
    assert finish(begin(path, folder)) == (0, f"{FILES} reviews, 0 skipped\n", "")
    assert assert_whole(path, expected) == FILES
    return half_way


def test_kills_at_any_moment(
    folder: Path, expected: dict[str, Analysis], duration: float, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(SERIES) as pool:
        series = [
            pool.submit(kill_again_and_again, seed, folder, expected, duration, tmp_path)
            for seed in range(SERIES)
        ]
    half_way = sum(future.result() for future in series)
    assert half_way >= KILLS / 6, "too few kills hit a batch half-way for the test to say anything"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6])
def test_control_c(
    share: float, folder: Path, expected: dict[str, Analysis], duration: float, tmp_path: Path
) -> None:
    for attempt in range(5):  # a machine that is less busy than before may be through by then
        path = tmp_path / f"{attempt}.db"
        batch = begin(path, folder)
        time.sleep(share * duration / 2**attempt)
        os.killpg(batch.pid, signal.SIGINT)
        ended = finish(batch)
        if ended[0] != 0:
            break
    assert ended == (INTERRUPTED, "", "")
    assert_all_leave(batch.pid)
    assert assert_whole(path, expected) < FILES
    assert finish(begin(path, folder))[0] == 0
    assert assert_whole(path, expected) == FILES


def test_a_killed_batch_leaves_no_hanging_process_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for word in ("HANG", "HANG-IN-C"):
        (tmp_path / "folder" / f"{word}.txt").write_text(word, encoding="utf-8")
    batch = begin(tmp_path / "test.db", tmp_path / "folder")
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    while len(list(living(batch.pid))) < 4 and time.monotonic() < deadline:  # with Python's resource tracker
        time.sleep(0.01)
    time.sleep(0.3)
    batch.kill()
    finish(batch)
    assert_all_leave(batch.pid)


def test_two_batches_into_one_store(folder: Path, expected: dict[str, Analysis], tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    both = [begin(path, folder, "1"), begin(path, folder, "1")]
    assert [finish(batch) for batch in both] == [(0, f"{FILES} reviews, 0 skipped\n", "")] * 2
    assert assert_whole(path, expected) == FILES


def test_a_disk_that_fills_up(folder: Path, expected: dict[str, Analysis], tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    code, out, err = finish(begin(path, folder, "2", str(400_000)))
    assert (code, out) == (5, "")
    assert err.count("\n") == 1
    assert 0 < assert_whole(path, expected) < FILES
    assert finish(begin(path, folder))[0] == 0
    assert assert_whole(path, expected) == FILES
