"""What every command is told and hands back to be run, how it asks, and shows how far it is."""

import os
import shlex
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from srtminer.cli.output import say
from srtminer.errors import UsageError
from srtminer.render.safe_text import one_line

if TYPE_CHECKING:
    from srtminer.store import Store

STORE = Path("srtminer.db")
STORE_VARIABLE, TERMS_VARIABLE = "SRTMINER_STORE", "SRTMINER_TERMS"


@dataclass(frozen=True, slots=True)
class Session:
    """The options of the program itself."""

    store: Path = STORE
    quiet: bool = False
    verbose: bool = False
    _open: list["Store"] = field(default_factory=list, compare=False, repr=False)

    def opened(self, *, create: bool = False) -> "Store":
        """Give the store, which is opened once a command; raises `StoreError` as `Store.open` does."""
        from srtminer.store import Store

        if not self._open:
            self._open.append(Store.open(self.store, create=create))
        return self._open[0]

    def close(self) -> None:
        """Let the store go."""
        while self._open:
            self._open.pop().close()

    def note(self, message: str) -> None:
        """Tell on stderr what the reader of the result should know."""
        if not self.quiet:
            say(f"note: {message}")

    def silent(self) -> "Session":
        """Give the same session without notes."""
        return replace(self, quiet=True)

    def command(self, arguments: str) -> str:
        """Give a command line for the same store: "srtminer --store FILE themes"."""
        known = self.store in (STORE, Path(os.environ.get(STORE_VARIABLE, STORE)))
        return f"srtminer {'' if known else f'--store {shlex.quote(str(self.store))} '}{arguments}"


STOPPED = "stopped; nothing is lost: run the same command again"


@dataclass(frozen=True, slots=True)
class Job:
    """A command with its options lowered; it is run once the command line has been understood.

    Why: typer has ideas of its own about interrupts, closed pipes and exit codes; outside it they are ours.
    """

    action: Callable[[], object]
    """May give a number of what there is to look into, for the hint: 0 is none."""
    on_stop: str = STOPPED
    """What to say after Ctrl-C."""
    hint: Callable[[object], str] = lambda _: ""
    """Says what to do next, for a person at a terminal, by what the action gave: one thing a line."""
    session: Session | None = None


def is_missing(store: Path) -> bool:
    """Tell whether there is no store yet."""
    try:
        return not store.exists()
    except OSError:  # there is something that may not be looked at; opening it says what
        return False


def require_either(*, yes: bool, dry_run: bool) -> None:
    """Raise `UsageError` where something is to be done and not done."""
    if yes and dry_run:
        raise UsageError("give either --yes or --dry-run: one changes the store, the other does not")


def agreed(question: str, show: Callable[[], None] = lambda: None) -> bool:
    """Show what is to be done, and ask; raises `UsageError`, before that, where nobody can answer.

    Ctrl-C at the question is a `KeyboardInterrupt` like any other.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask at; add --yes to go ahead, or --dry-run to look only")
    show()
    try:
        return typer.confirm(question, err=True)
    except typer.Abort as error:
        typer.echo(err=True)  # what is told next stands on a line of its own
        raise KeyboardInterrupt from error


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
        return
    with (_bar if sys.stderr.isatty() else _lines)(what) as report:
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
    """Say now and then how far the work is, also while one large file takes long."""
    latest, over, started = [what], threading.Event(), time.monotonic()

    def tell() -> None:
        wait = SECONDS_BETWEEN_LINES
        while not over.wait(wait):
            say(f"{latest[0]}, {time.monotonic() - started:.0f} s so far")
            wait *= 2  # a log of a long run stays short

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
