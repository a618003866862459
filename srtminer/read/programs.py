"""Other programs that read what we do not: OCRmyPDF, LibreOffice. They run here, in private folders.

They and their children belong to the process group of the worker that calls them, and end with it: at the
limits of time and memory, and when the parent is gone (see `child` and `worker`).
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from srtminer.read.file_kinds import printable

_TEMPORARY = "TMPDIR"
_LONGEST_REASON = 200


@contextmanager
def workspace() -> Iterator[None]:
    """Let this process and its children keep temporary files in a private folder that goes at the end.

    Why: a worker process that is killed for its time limit cannot tidy up, and leaves confidential text.
    """
    before = os.environ.get(_TEMPORARY)
    with tempfile.TemporaryDirectory(prefix="srtminer-", ignore_cleanup_errors=True) as folder:
        os.environ[_TEMPORARY] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ[_TEMPORARY]
            else:
                os.environ[_TEMPORARY] = before


def run_program(command: Sequence[str], folder: Path) -> tuple[int, str]:
    """Run a program with its temporary files in a folder; give its exit code and its last complaint.

    Raises `FileNotFoundError` where there is no such program.
    """
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {_TEMPORARY: os.fspath(folder)},
        check=False,
    )
    lines = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
    return done.returncode, printable(lines[-1].strip())[:_LONGEST_REASON] if lines else ""
