"""How far the work has come, on stderr: a bar on a terminal, a line now and then in a log."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from srtminer.cli.output import say
from srtminer.cli.session import Session
from srtminer.render.safe_text import one_line

SECONDS_BETWEEN_LINES = 5.0
NAME_WIDTH = 36

Report = Callable[[int, int, str], None]
"""Takes how many are done, of how many, and the name of what is waited for."""


@contextmanager
def progress(session: Session, what: str) -> Iterator[Report]:
    """Show that work goes on, and how far it is where that is reported: `what` is such as "finding themes".

    Nothing may be written to stdout meanwhile: on a terminal both would stand on the same line.
    """
    if session.quiet or sys.stderr is None:
        yield lambda done, total, name: None
    elif sys.stderr.isatty():
        with _bar(what) as report:
            yield report
    else:
        with _lines(what) as report:
            yield report


@contextmanager
def _bar(what: str) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(20), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        task = bar.add_task(one_line(what), total=None)
        yield lambda done, total, name: bar.update(
            task, completed=done, total=total, description=_so_far(what, done, total, name)
        )


@contextmanager
def _lines(what: str) -> Iterator[Report]:
    """Say every few seconds how far the work is, also while one large file takes long."""
    latest, over, started = [what], threading.Event(), time.monotonic()

    def tell() -> None:
        while not over.wait(SECONDS_BETWEEN_LINES):
            say(f"{latest[0]}, {time.monotonic() - started:.0f} s so far")

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield lambda *report: latest.__setitem__(0, _so_far(what, *report))
    finally:
        over.set()
        thread.join()


def _so_far(what: str, done: int, total: int, name: str) -> str:
    """Say how far it is; of a long name the end, which says more than its beginning."""
    line = one_line(name)
    short = line if len(line) <= NAME_WIDTH else f"…{line[-NAME_WIDTH + 1 :]}"
    return f"{one_line(what)}: {done} of {total}{f', now {short}' if short else ''}"
