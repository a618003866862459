import os
import pickle
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import pytest

from srtminer.model import Analysis, Skipped
from srtminer.read import worker
from srtminer.read.worker import FILES_AHEAD, work_through
from srtminer.read.worker_process import Limits, Result
from tests import hazards

pytestmark = pytest.mark.slow
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux only")
TIGHT = Limits(seconds=1.0, megabytes=512)


def write(folder: Path, texts: Iterable[str]) -> list[Path]:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number:03}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def outcomes(paths: Iterable[Path], jobs: int = 1, limits: Limits = TIGHT) -> list[tuple[int, Result]]:
    return list(work_through(hazards.perform, enumerate(paths), jobs=jobs, limits=limits))


def said(result: Result) -> str:
    (only,) = result
    return only.reason if isinstance(only, Skipped) else only.review.text


def test_results_come_in_the_order_of_the_tasks_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    paths = write(tmp_path, ["SLOW first", *(f"text {number}" for number in range(20)), "SLOW last"])
    one, three = outcomes(paths), outcomes(paths, jobs=3)
    assert one == three
    assert [key for key, _ in one] == list(range(22))
    assert said(one[0][1]) == "SLOW first"
    assert said(one[-1][1]) == "SLOW last"


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("HANG", "took longer than 1 s; raise --time-limit"),
        ("HANG-IN-C", "took longer than 1 s; raise --time-limit"),
        ("SEGFAULT", "the reader crashed (signal 11, perhaps for lack of memory: raise --memory-limit)"),
        pytest.param("EAT", "needed more than 512 MB; raise --memory-limit", marks=on_linux),
        ("KILL", "the reader crashed (signal 9, perhaps for lack of memory: raise --memory-limit)"),
        ("EXIT", "the reader crashed (exit code 7)"),
        ("NEST", "nested too deeply to be read"),
    ],
)
def test_a_bad_file_costs_only_itself(word: str, reason: str, tmp_path: Path) -> None:
    paths = write(tmp_path, ["before", f"about {word}", "after"])
    results = outcomes(paths)
    assert [said(result) for _, result in results] == ["before", reason, "after"]
    assert results[1][1] == (Skipped(str(paths[1]), reason),)


def test_bad_files_in_a_row_cost_only_themselves(tmp_path: Path) -> None:
    paths = write(tmp_path, ["KILL", "SEGFAULT", "one", "EXIT", "KILL", "two", "SEGFAULT"])
    read = [said(result) for _, result in outcomes(paths, jobs=2) if isinstance(result[0], Analysis)]
    assert read == ["one", "two"]


def test_an_unforeseen_error_is_told_on_one_line(tmp_path: Path) -> None:
    ((_, result),) = outcomes(write(tmp_path, ["RAISE"]))
    assert said(result).startswith(
        r"the reader failed, please report it: ValueError: odd\nvalue \x1b[31m (hazards.py:"
    )


def test_what_libraries_print_is_not_heard(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    outcomes(write(tmp_path, ["NOISE", "SEGFAULT"]))
    assert capfd.readouterr() == ("", "")


def test_a_task_without_a_path_passes_through_without_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_PROCESSES", None)
    assert list(work_through(hazards.plain, [("known", None), ("too", None)])) == [("known", ()), ("too", ())]


def test_known_and_new_files_keep_their_order(tmp_path: Path) -> None:
    (path,) = write(tmp_path, ["SLOW"])
    tasks = [("a", None), ("b", path), ("c", None)]
    assert [key for key, _ in work_through(hazards.perform, tasks, jobs=2)] == ["a", "b", "c"]


@pytest.mark.parametrize(("files", "processes"), [(1, 6), (2, 3), (5, 2), (6, 1)])
def test_a_process_is_used_again_and_replaced_after_its_share(
    files: int, processes: int, tmp_path: Path
) -> None:
    paths = write(tmp_path, ["text"] * 6)
    results = work_through(hazards.process_id, enumerate(paths), limits=Limits(files=files))
    assert len({said(result) for _, result in results}) == processes


def test_tasks_are_taken_up_only_as_far_as_needed(tmp_path: Path) -> None:
    paths = write(tmp_path, ["SLOW", *["quick"] * 40])
    taken = 0

    def count() -> Iterator[tuple[int, Path]]:
        nonlocal taken
        for number, path in enumerate(paths):
            taken += 1
            yield number, path

    with closing(work_through(hazards.perform, count(), jobs=2)) as results:
        next(results)
        assert taken <= 2 * FILES_AHEAD + 1


class AtOnce:
    """A crew that is done with each file as soon as it has it, and notes which it had."""

    begun: ClassVar[list[str]]

    def __init__(self, *_: object) -> None:
        AtOnce.begun = []

    def packed(self, path: Path) -> bytes:
        self.begun.append(path.name)
        return pickle.dumps(())

    def kill(self) -> None:
        pass


@pytest.mark.parametrize(
    ("jobs", "begun"), [(1, ["000.txt", "001.txt", "002.txt"]), (2, ["001.txt", "002.txt", "000.txt"])]
)
def test_several_processes_begin_with_the_largest_file(
    jobs: int, begun: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write(tmp_path, ["a", "a longer text", "longer"])
    monkeypatch.setattr(worker, "Crew", AtOnce)
    monkeypatch.setattr(worker, "ThreadPoolExecutor", lambda jobs: ThreadPoolExecutor(1))
    found = work_through(hazards.perform, enumerate(paths), jobs=jobs)
    assert [key for key, _ in found] == [0, 1, 2]
    assert AtOnce.begun == begun


def test_closing_ends_the_processes_at_once(tmp_path: Path) -> None:
    paths = write(tmp_path, ["fine", "HANG", "HANG"])
    results = work_through(hazards.perform, enumerate(paths), jobs=2, limits=Limits(seconds=60))
    next(results)
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < 1.0


def test_a_large_result_arrives_whole(tmp_path: Path) -> None:
    text = "The board should seek assurance. " * 200_000
    ((_, result),) = outcomes(write(tmp_path, [text]), limits=Limits())
    assert said(result) == text


def test_a_time_limit_does_not_hit_a_process_that_only_starts_slowly(tmp_path: Path) -> None:
    ((_, result),) = outcomes(write(tmp_path, ["quick"]), limits=Limits(seconds=0.05))
    assert said(result) == "quick"


class CannotStart:
    """Work that ends the process before it begins."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (3,)

    def __call__(self, path: Path) -> Result:
        raise NotImplementedError


def test_processes_that_cannot_start_are_told_from_files_that_crash(tmp_path: Path) -> None:
    paths = write(tmp_path, ["one", "two"])
    reason = "no process could be started to read it (exit code 3)"
    results = work_through(CannotStart(), enumerate(paths))
    assert [said(result) for _, result in results] == [reason, reason]
