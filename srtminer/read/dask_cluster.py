"""Hand files to a Dask cluster: the same work within the same limits, on other machines.

A file goes there as its name and its bytes, and comes back as what it gave. Which machine takes which file,
and what becomes of the files of a machine that goes away, Dask decides: here is no queue and no retry.
"""

import pickle
import tempfile
import threading
import warnings
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from multiprocessing import current_process
from pathlib import Path
from typing import Any, TypeVar

from srtminer.errors import UsageError
from srtminer.model import Skipped
from srtminer.read.file_kinds import because, printable
from srtminer.read.worker import FILES_AHEAD, Crew, private_folder
from srtminer.read.worker_process import Limits, Result, Work

Key = TypeVar("Key")

ANSWERS_WITHIN = 10
"""Seconds in which a scheduler has to answer."""
INSTALL = "pip install 'srtminer[dask]'"

_here = threading.local()
"""What a thread of a machine of the cluster keeps from file to file: a process that reads."""


def work_on_cluster(
    work: Work, tasks: Iterable[tuple[Key, Path | None]], address: str, limits: Limits
) -> Generator[tuple[Key, Result], None, None]:
    """Do what `work_through` does on the cluster whose scheduler is at `address` (HOST:PORT).

    Raises `UsageError` where Dask is not installed, here or there, or no scheduler answers.
    """
    with _client(address) as client:
        ahead = FILES_AHEAD * max(1, sum(client.nthreads().values()))
        coming = iter(tasks)
        waiting: deque[tuple[Key, Path | None, Any]] = deque()
        while True:
            while len(waiting) < ahead and (task := next(coming, None)) is not None:
                waiting.append((*task, _handed_over(client, work, task[1], limits)))
            if not waiting:
                return
            key, path, outcome = waiting.popleft()
            yield key, _result(path, outcome) if path else ()


def _handed_over(client: Any, work: Work, path: Path | None, limits: Limits) -> Any:
    """Give the future of what a file gives, or the result if it cannot be opened here."""
    if path is None:
        return ()
    try:
        content = path.read_bytes()
    except OSError as error:
        return (Skipped(printable(path), because(error)),)
    # Not scattered first: what a lost machine held would be lost, and here the bytes are sent again.
    return client.submit(read_there, work, str(path), path.name, content, limits, pure=False)


def _result(path: Path, outcome: Any) -> Result:
    """Wait for what a file gives, and name it as it is named here."""
    from distributed.scheduler import KilledWorker

    try:
        return outcome if isinstance(outcome, tuple) else outcome.result()
    except KilledWorker:
        reason = (
            "the reader was lost with its machine several times; look into the cluster, then run it again"
        )
        return (Skipped(printable(path), reason),)
    except ImportError as error:
        raise UsageError(f"the machines of the cluster lack srtminer ({error}): {INSTALL} there") from error


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        connect: Any = import_module("distributed").Client
    except ImportError as error:
        raise UsageError(f"a Dask cluster needs the package distributed: {INSTALL}") from error
    warnings.filterwarnings("ignore", "Sending large graph")  # a file is as large as it is
    try:
        client = connect(address, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {printable(address)}: start one with `dask scheduler`, "
            "or leave --executor out"
        ) from error
    with client:
        yield client


def read_there(work: Work, source: str, name: str, content: bytes, limits: Limits) -> Result:
    """Work on the bytes of a file in a process of its own; runs on a machine of the cluster.

    `source` is the path of the file where it was sent from, by which what it gives is named.
    """
    with tempfile.TemporaryDirectory(dir=private_folder()) as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return tuple(_named(item, str(path), source) for item in _crew(work, limits).done(path))


def _crew(work: Work, limits: Limits) -> Crew:
    """Keep a process as long as the work is the same; it ends with this one."""
    key = pickle.dumps((work, limits))
    if getattr(_here, "key", None) != key:
        # Dask marks its processes as ones without children; the child here leaves with its parent.
        current_process()._config["daemon"] = False  # type: ignore[attr-defined]
        _here.key, _here.crew = key, Crew(work, 1, limits)
    crew: Crew = _here.crew
    return crew


def _named(item: Any, there: str, source: str) -> Any:
    if isinstance(item, Skipped):
        return replace(item, source=item.source.replace(printable(there), printable(source), 1))
    named = item.review.source.replace(printable(there), printable(source), 1)
    return replace(item, review=replace(item.review, source=named))
