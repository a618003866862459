"""What runs inside a worker process: take a path, work on it, send the result, within limits."""

import gc
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path

from srtminer.model import Analysis, Skipped
from srtminer.text.names import printable

Result = tuple[Analysis | Skipped, ...]
Work = Callable[[Path], Result]

TEMPORARY = "TMPDIR"
"""Variable with the folder that temporary files go to."""
TOO_BIG = 86
"""Exit code of a process that got no more memory."""
GRACE_SECONDS = 10.0
"""How long after the time limit a process ends itself, in case no parent is left to do it."""
LONGEST_MESSAGE = 200
"""Of an exception's message, in characters."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: float = 120.0
    """Wall-clock time, from the moment a process takes the file up."""
    megabytes: int = 2048
    """Address space of the process. Enforced on Linux; macOS ignores it, Windows has no such limit."""
    files: int = 200
    """A process is replaced after so many, so that what a library leaks stays small."""


USUAL = Limits()


def out_of_time(limits: Limits) -> str:
    """Give the reason for a file that hangs."""
    return f"took longer than {limits.seconds:g} s; raise --time-limit"


def out_of_memory(limits: Limits) -> str:
    """Give the reason for a file that is too big."""
    return f"needed more than {limits.megabytes} MB; raise --memory-limit"


def serve(pipe: Connection, work: Work, limits: Limits, folder: str) -> None:
    """Work on one path after the other until the pipe closes; the process's main function.

    It and the programs that it starts keep their temporary files in `folder`.
    """
    _say_nothing()
    _lead_a_group()
    _leave_with_the_parent()
    os.environ[TEMPORARY] = folder
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would reserve memory for every core
    _limit_memory(limits.megabytes)
    pipe.send_bytes(b"")  # it has started
    gc.set_threshold(100_000)  # a document's lines live until it is read: to look for garbage costs 4 %
    with suppress(EOFError):
        while True:
            path = pipe.recv()
            _end_after(limits.seconds + GRACE_SECONDS)
            pipe.send_bytes(_attempt(work, path))
            _end_after(0)


def _attempt(work: Work, path: Path) -> bytes:
    """Pack the result of the work, or end this process where the memory does not suffice."""
    try:
        return pickle.dumps(_result(work, path), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(TOO_BIG)


def _result(work: Work, path: Path) -> Result:
    try:
        return work(path)
    except MemoryError:
        raise
    except RecursionError:
        return (Skipped(printable(path), "nested too deeply to be read"),)
    except Exception as error:
        # Why so broad: what a reader does not expect in one file must not cost the others theirs.
        return (Skipped(printable(path), _unexpected(error)),)


def _unexpected(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    message = printable(str(error))[:LONGEST_MESSAGE]
    where = f"{Path(place.filename).name}:{place.lineno}"
    return f"the reader failed, please report it: {type(error).__name__}: {message} ({where})"


def _say_nothing() -> None:
    # What libraries print about odd fonts helps nobody, and standard output belongs to the result.
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.close(silence)
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # elsewhere it starts with Ctrl-C blocked


def _lead_a_group() -> None:
    """Let the programs that this process starts end with it: the parent kills the group."""
    if sys.platform != "win32":
        os.setpgid(0, 0)


def _leave_with_the_parent() -> None:
    """End this process as soon as the parent is gone, also in the middle of a file."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        if sys.platform != "win32":
            os.killpg(0, signal.SIGKILL)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
    if sys.platform != "win32":
        _be_killed_at_the_end_of(parent.sentinel)


def _be_killed_at_the_end_of(pipe: int) -> None:
    # No thread runs while C code holds Python's lock. The system sends SIGIO to the group when something
    # happens to this pipe, and the parent's end is all that ever does. Linux then ends them; macOS does not.
    import fcntl

    fcntl.fcntl(pipe, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


def _end_after(seconds: float) -> None:
    """Let the system end this process, even while C code keeps Python from running; 0 calls it off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(megabytes: int) -> None:
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = megabytes * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
