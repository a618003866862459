"""Work on files in processes of their own, so that a file that hangs or crashes a reader costs only itself.

Why no library: `concurrent.futures` and loky give up every waiting file when one process dies, and cannot end
one that hangs. pebble can, but its processes share one pipe, outlive a killed parent while they are busy, and
have no memory limit. Here every process has a pipe of its own and shares nothing.
"""

import atexit
import os
import pickle
import shutil
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import islice
from multiprocessing import connection, get_context, resource_tracker
from pathlib import Path
from typing import TypeVar

from srtminer.model import Skipped
from srtminer.read.file_kinds import printable
from srtminer.read.worker_process import LAST, READY, Limits, Result, Work, out_of_memory, out_of_time, serve

Key = TypeVar("Key")

FILES_AHEAD = 8
"""Files per process that are known before the oldest one's result is wanted; bounds the memory."""
START_SECONDS = 60.0
"""Granted to a process for its start, on top of the time limit of its first file."""

_FOLDER = "srtminer-work-"
"""How the names of the folders for temporary files begin."""

# "spawn" works everywhere and inherits nothing; "fork" would copy the threads of a progress bar half-way.
_PROCESSES = get_context("spawn")
# How PDFium and the C++ library end the process when they get no memory.
_DEATHS_FOR_WANT_OF_MEMORY = ("SIGABRT", "SIGTRAP", "SIGILL")


def work_through(
    work: Work, tasks: Iterable[tuple[Key, Path | None]], *, jobs: int = 1, limits: Limits | None = None
) -> Generator[tuple[Key, Result], None, None]:
    """Call `work` on each path in one of `jobs` processes; give (key, result) in the order of `tasks`.

    `work` must be picklable. A task without a path passes through with an empty result. `tasks` is consumed
    only `FILES_AHEAD`; of these several processes begin with the largest, so that they end together. Close
    the generator to end its processes at a known moment.
    """
    crew = Crew(work, jobs, limits or Limits())
    coming = iter(tasks)
    waiting: deque[tuple[Key, _Job]] = deque()
    try:
        while True:
            new = islice(coming, FILES_AHEAD * jobs - len(waiting))
            waiting.extend((key, _Job(path)) for key, path in new)
            if not waiting:
                return
            while crew.has_room() and (open_ := [job for _, job in waiting if not job.begun]):
                crew.take_up(max(open_, key=_Job.size) if jobs > 1 else open_[0])
            if waiting[0][1].done:
                key, job = waiting.popleft()
                yield key, job.result()
            else:
                crew.wait()
    finally:
        crew.dismiss()


class _Job:
    """A file and, once it is done, what came of it."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.begun = self.done = path is None
        self._result: Result = ()
        self._packed: bytes | None = None

    def size(self) -> int:
        """Give how much there is to read."""
        try:
            return self.path.stat().st_size if self.path else 0
        except OSError:
            return 0  # told when it is read

    def finish(self, packed: bytes) -> None:
        """Keep the result as it came: packed it is several times smaller."""
        self._packed, self.done = packed, True

    def fail(self, reason: str) -> None:
        """Settle that the file is skipped."""
        self._result, self.done = (Skipped(printable(self.path or ""), reason),), True

    def result(self) -> Result:
        """Unpack what came of it; to be called once."""
        packed, self._packed = self._packed, None
        if packed is None:
            return self._result
        result: Result = pickle.loads(memoryview(packed)[1:])
        return result


class _Worker:
    """One process and the file it is at."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self.pipe, theirs = _PROCESSES.Pipe()
        self._folder = tempfile.mkdtemp(dir=private_folder())
        arguments = (theirs, work, limits, self._folder)
        self.process = _PROCESSES.Process(target=serve, args=arguments, daemon=True)
        self.job: _Job | None = None
        self.deadline = 0.0
        self._limits = limits
        self._started = False
        with _interrupts_held(), theirs:
            self.process.start()

    @property
    def usable(self) -> bool:
        """Whether it can be given a file."""
        return self.job is None and not self.pipe.closed and self.process.is_alive()

    def give(self, job: _Job) -> None:
        """Hand it a file."""
        self.job, job.begun = job, True
        self.deadline = time.monotonic() + self._limits.seconds + (0 if self._started else START_SECONDS)
        try:
            self.pipe.send(job.path)
        except OSError:
            self._bury()

    def hear(self) -> None:
        """Take in what it sent, or that it died."""
        try:
            message = self.pipe.recv_bytes()
        except (EOFError, OSError):
            self._bury()
            return
        if message == READY:
            self._started = True
            self.deadline = time.monotonic() + self._limits.seconds
        elif self.job:
            self.job.finish(message)
            self.job = None
            if message.startswith(LAST):
                self.end()

    def end_if_late(self, now: float) -> None:
        """Kill it if the file's time is up."""
        if self.job and now >= self.deadline:
            self.job.fail(out_of_time(self._limits))
            self.end()

    def end(self) -> None:
        """Kill it; there is nothing in it to lose."""
        self.job = None
        self._end_programs()
        self.process.kill()
        self.process.join()
        self.pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end_programs(self) -> None:
        """Kill what it started: it leads a group, of which its end leaves the others."""
        if self._started and sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):  # macOS refuses to kill what has ended
                os.killpg(self.process.pid or 0, signal.SIGKILL)

    def _bury(self) -> None:
        job = self.job
        self.process.join(1.0)
        code = self.process.exitcode
        self.end()
        if job and not self._started and code != 0:
            job.fail(f"no process could be started to read it (exit code {code})")
        elif job:
            job.fail(_cause_of_death(code, self._limits))


class Crew:
    """At most `jobs` workers, engaged when there is something to do."""

    def __init__(self, work: Work, jobs: int, limits: Limits) -> None:
        self._work, self._jobs, self._limits = work, jobs, limits
        self._workers: list[_Worker] = []

    def has_room(self) -> bool:
        """Whether another file can be taken up at once."""
        return sum(worker.job is not None for worker in self._workers) < self._jobs

    def take_up(self, job: _Job) -> None:
        """Give a file to an idle worker."""
        self._idle_worker().give(job)

    def wait(self) -> None:
        """Wait until a busy worker says something, dies or is late."""
        busy = [worker for worker in self._workers if worker.job]
        patience = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
        talking = connection.wait([worker.pipe for worker in busy], patience)
        for worker in busy:
            if worker.pipe in talking:
                worker.hear()
        now = time.monotonic()
        for worker in busy:
            worker.end_if_late(now)

    def done(self, path: Path) -> Result:
        """Wait for what comes of a file."""
        job = _Job(path)
        self.take_up(job)
        while not job.done:
            self.wait()
        return job.result()

    def dismiss(self) -> None:
        """End every worker."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _idle_worker(self) -> _Worker:
        self._workers = [worker for worker in self._workers if worker.job or worker.usable]
        idle = next((worker for worker in self._workers if worker.usable), None)
        if idle is None:
            idle = _Worker(self._work, self._limits)
            self._workers.append(idle)
        return idle


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


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start processes that never see Ctrl-C: they would print a traceback each; the parent ends them."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # when it starts with the first process, it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _cause_of_death(code: int | None, limits: Limits) -> str:
    """Say why a process ended that should not have; a negative exit code is a signal's number."""
    if code is None or code >= 0:
        return f"the reader crashed (exit code {code})"
    name = {known.value: known.name for known in signal.Signals}.get(-code, "")
    if name == "SIGALRM":
        return out_of_time(limits)
    if name == "SIGKILL":
        return "the reader was killed (signal 9), perhaps because the machine ran out of memory"
    advice = f", perhaps because it {out_of_memory(limits)}" if name in _DEATHS_FOR_WANT_OF_MEMORY else ""
    return f"the reader crashed (signal {-code}){advice}"
