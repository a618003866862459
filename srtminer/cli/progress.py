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


@contextmanager
def progress(session: Session, done: str = "files done") -> Iterator[Report | None]:
    """Give a function that takes (done, total, what is waited for); `done` says what is counted."""
    if session.quiet or sys.stderr is None:
        yield None
    elif sys.stderr.isatty():
        with _bar(done) as report:
            yield report
    else:
        with _lines(done) as report:
            yield report


@contextmanager
def waiting(session: Session, what: str) -> Iterator[None]:
    """Show that work of unknown length goes on: `what` is such as "finding themes".

    Nothing may be written to stdout meanwhile: on a terminal both would stand on the same line.
    """
    if session.quiet or sys.stderr is None:
        yield
    elif sys.stderr.isatty():
        with _spinner(what):
            yield
    else:
        with _ticks(what):
            yield


@contextmanager
def _spinner(what: str) -> Iterator[None]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        bar.add_task(one_line(what), total=None)
        yield


@contextmanager
def _ticks(what: str) -> Iterator[None]:
    done = threading.Event()
    thread = threading.Thread(target=_tick, args=(what, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _tick(what: str, done: threading.Event) -> None:
    started = time.monotonic()
    while not done.wait(SECONDS_BETWEEN_LINES):
        say(f"{what}: {time.monotonic() - started:.0f} s so far")


@contextmanager
def _bar(done: str) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        MofNCompleteColumn(),
        BarColumn(bar_width=20),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        task = bar.add_task("", total=None, name="")
        yield lambda number, total, name: bar.update(
            task, completed=number, total=total, name=shortened(name) or done
        )


def shortened(name: str) -> str:
    """Keep the end of a long name, which says more than its beginning."""
    line = one_line(name)
    return line if len(line) <= NAME_WIDTH else f"…{line[-NAME_WIDTH + 1 :]}"


@contextmanager
def _lines(what: str) -> Iterator[Report]:
    """Say every few seconds how far the work is, also while one large file takes long."""
    latest: list[tuple[int, int, str]] = []
    over = threading.Event()

    def tell() -> None:
        while not over.wait(SECONDS_BETWEEN_LINES):
            for done, total, name in latest:
                say(f"{done} of {total} {what}{f', now {name}' if name else ''}")

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield lambda *report: latest.__setitem__(slice(None), [report])
    finally:
        over.set()
        thread.join()
