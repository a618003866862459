"""Work on files in processes of their own, so that a file that hangs or crashes a reader costs only itself.

Each thread of a pool keeps one process and a pipe to it, here as on the machines of a Dask cluster. There a
file goes as its name and its bytes; Dask decides who takes it, and what becomes of those of a lost machine.
Why no pool of processes: `concurrent.futures` and loky give up every waiting file when one process dies, and
cannot end one that hangs. pebble can, but its processes outlive a killed parent while they are busy, and have
no memory limit.
"""

import atexit
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache, lru_cache, partial
from importlib import import_module
from itertools import islice
from multiprocessing import current_process, get_context, resource_tracker
from pathlib import Path
from typing import Any, TypeVar

from srtminer.errors import UsageError
from srtminer.model import Analysis, Skipped
from srtminer.read.read_file import because
from srtminer.read.worker_process import (
    TOO_BIG,
    USUAL,
    Limits,
    Result,
    Work,
    out_of_memory,
    out_of_time,
    serve,
)
from srtminer.text.names import printable

Key = TypeVar("Key")
Begin = Callable[[Path], Callable[[], Result]]
"""Takes a file up, and gives what waits for its result."""

FILES_AHEAD = 8
"""Files per process that are known before the oldest one's result is wanted; bounds the memory."""
START_SECONDS = 60.0
"""Granted to a process for its start, on top of the time limit of its first file."""
ANSWERS_WITHIN = 10
"""Seconds in which the scheduler of a cluster has to answer."""
INSTALL_DASK = "pip install 'srtminer[dask]'"

_FOLDER = "srtminer-work-"
"""How the names of the folders for temporary files begin."""

# "spawn" works everywhere and inherits nothing; "fork" would copy the threads of a progress bar half-way.
_PROCESSES = get_context("spawn")
_ALARM = getattr(signal, "SIGALRM", 0)  # Windows has none
_LOCK = threading.Lock()
"""Held while a process starts or its end is looked at: each of these may take note of another's end."""


def work_through(
    work: Work, tasks: Iterable[tuple[Key, Path | None]], *, jobs: int = 1, limits: Limits = USUAL
) -> Generator[tuple[Key, Result], None, None]:
    """Call `work` on each path in one of `jobs` processes; give (key, result) in the order of `tasks`.

    `work` must be picklable. A task without a path passes through with an empty result. `tasks` is consumed
    only `FILES_AHEAD`; of these several processes begin with the largest, so that they end together. Close
    the generator to end its processes at a known moment.
    """
    crew, pool = Crew(work, limits), ThreadPoolExecutor(jobs)

    def begin(path: Path) -> Callable[[], Result]:
        packed = pool.submit(crew.packed, path)
        return lambda: pickle.loads(packed.result())

    try:
        yield from _in_turn(begin, tasks, jobs)
    finally:
        crew.kill()
        pool.shutdown(cancel_futures=True)


def _in_turn(
    begin: Begin, tasks: Iterable[tuple[Key, Path | None]], jobs: int
) -> Generator[tuple[Key, Result], None, None]:
    coming = iter(tasks)
    waiting: deque[tuple[Key, Callable[[], Result]]] = deque()
    while True:
        if len(waiting) <= FILES_AHEAD * jobs // 2:
            new = [*islice(coming, FILES_AHEAD * jobs - len(waiting))]
            paths = [path for _, path in new if path]
            ordered = sorted(paths, key=_size, reverse=True) if jobs > 1 else paths
            begun = {path: begin(path) for path in ordered}
            waiting.extend((key, begun[path] if path else tuple) for key, path in new)
        if not waiting:
            return
        key, result = waiting.popleft()
        yield key, result()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # told when it is read


class Crew:
    """A process for each thread that hands it files; one that died or had its share is replaced."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._workers: dict[int, _Worker] = {}
        self._ended = False

    def packed(self, path: Path) -> bytes:
        """Wait for what comes of a file; pickled, it is several times smaller."""
        me = threading.get_ident()
        with _LOCK:
            if self._ended:
                return pickle.dumps(())
            if me not in self._workers or not self._workers[me].usable():
                self._workers[me] = _Worker(self._work, self._limits)
        return self._workers[me].packed(path)

    def kill(self) -> None:
        """End every process; what waits for one gets nothing."""
        with _LOCK:
            self._ended = True
            for worker in self._workers.values():
                worker.kill()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._pipe, theirs = _PROCESSES.Pipe()
        self._folder = tempfile.mkdtemp(dir=private_folder())
        arguments = (theirs, work, limits, self._folder)
        self._process = _PROCESSES.Process(target=serve, args=arguments, daemon=True)
        self._limits, self._left, self._started = limits, limits.files, False
        _hold_interrupts()
        with theirs:
            self._process.start()

    def usable(self) -> bool:
        """Tell whether it can be given a file."""
        return self._left > 0 and self._process.is_alive()

    def packed(self, path: Path) -> bytes:
        """Hand it a file and wait for the result, pickled, or for the reason why there is none."""
        self._left -= 1
        try:
            message = self._answer(path)
        except TimeoutError:
            reason = out_of_time(self._limits)
        except (EOFError, OSError):
            reason = self._cause_of_death()
        else:
            if not self._left:
                self.kill()
            return message
        self._left = 0
        self.kill()
        return pickle.dumps(_skipped(path, reason))

    def _answer(self, path: Path) -> bytes:
        self._pipe.send(path)
        if not self._started:
            self._received(START_SECONDS + self._limits.seconds)
            self._started = True
        return self._received(self._limits.seconds)

    def _received(self, seconds: float) -> bytes:
        if not self._pipe.poll(seconds):
            raise TimeoutError
        return self._pipe.recv_bytes()

    def kill(self) -> None:
        """Kill it and what it started: it leads a group, of which its end leaves the others."""
        if self._started and sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):  # macOS refuses to kill what has ended
                os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._started = False
        self._process.kill()
        self._process.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _cause_of_death(self) -> str:
        """Say why it ended when it should not have; a negative exit code is a signal's number."""
        with _LOCK:
            self._process.join(1.0)
            code = self._process.exitcode or 0
        if not self._started and code > 0:
            return f"no process could be started to read it (exit code {code})"
        if code == TOO_BIG:
            return out_of_memory(self._limits)
        if code == -_ALARM:
            return out_of_time(self._limits)
        what = (
            f"signal {-code}, perhaps for lack of memory: raise --memory-limit"
            if code < 0
            else f"exit code {code}"
        )
        return f"the reader crashed ({what})"


def _hold_interrupts() -> None:
    """Let what this thread starts never see Ctrl-C: each would print a traceback; the parent ends them."""
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        resource_tracker.ensure_running()  # its start would let Ctrl-C through again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@cache
def private_folder() -> Path:
    """Make the folder in which workers keep temporary files; it goes with this process.

    Why not theirs: one that is killed half-way would leave a copy of a confidential document. Where this
    process is killed too, the next one to come here removes what it left.
    """
    made = Path(tempfile.mkdtemp(prefix="srtminer-"))
    folder = made.with_name(f"{_FOLDER}{made.name}")
    if sys.platform != "win32":
        import fcntl

        for left in made.parent.glob(f"{_FOLDER}*"):
            _remove_if_left(left)
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(os.open(made, os.O_RDONLY), fcntl.LOCK_EX)  # as long as this process lives
    made.rename(folder)  # only now others look for it
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _remove_if_left(folder: Path) -> None:
    """Remove a folder if nobody holds its lock any more."""
    import fcntl

    with suppress(OSError):  # in use, or somebody else's
        opened = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
        finally:
            os.close(opened)


# On a Dask cluster --------------------------------------------------------------------------------------


def work_on_cluster(
    work: Work, tasks: Iterable[tuple[Key, Path | None]], address: str, limits: Limits
) -> Generator[tuple[Key, Result], None, None]:
    """Do what `work_through` does on the cluster whose scheduler is at `address` (HOST:PORT).

    Raises `UsageError` where Dask is not installed, here or there, or no scheduler answers.
    """
    with _client(address) as client:
        begin = partial(handed_over, client, work, limits)
        yield from _in_turn(begin, tasks, max(1, sum(client.nthreads().values())))


def handed_over(client: Any, work: Work, limits: Limits, path: Path) -> Callable[[], Result]:
    """Send a file to a machine of the cluster, if it can be opened here; gives what waits for its result."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return partial(_skipped, path, because(error))
    # Not scattered first: what a lost machine held would be lost, and here the bytes are sent again.
    future = client.submit(_read_there, work, str(path), path.name, content, limits, pure=False)
    return partial(_from_there, path, future)


def _from_there(path: Path, future: Any) -> Result:
    from distributed.scheduler import KilledWorker

    try:
        result: Result = future.result()
        return result
    except KilledWorker:
        return _skipped(path, "the reader was lost with its machine several times; look into the cluster")
    except ImportError as error:
        raise UsageError(
            f"the machines of the cluster lack srtminer ({error}): {INSTALL_DASK} there"
        ) from error


def _skipped(path: Path, reason: str) -> Result:
    return (Skipped(printable(path), reason),)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        connect: Any = import_module("distributed").Client
    except ImportError as error:
        raise UsageError(f"a Dask cluster needs the package distributed: {INSTALL_DASK}") from error
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


def _read_there(work: Work, source: str, name: str, content: bytes, limits: Limits) -> Result:
    """Work on the bytes of a file on a machine of the cluster; what they give is named after `source`."""
    # Dask marks its processes as ones without children; the child here leaves with its parent.
    current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory(dir=private_folder()) as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        result: Result = pickle.loads(_crew(pickle.dumps((work, limits))).packed(path))
        return tuple(_named(item, printable(source)) for item in result)


@lru_cache(maxsize=1)
def _crew(made_for: bytes) -> Crew:
    """Keep processes as long as the work is the same; they end with this one."""
    return Crew(*pickle.loads(made_for))


def _named(item: Analysis | Skipped, source: str) -> Analysis | Skipped:
    if isinstance(item, Skipped):
        return replace(item, source=source)
    return replace(item, review=replace(item.review, source=source))
