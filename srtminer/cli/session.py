"""What every command is told and hands back to be run, and how it asks before it changes anything."""

import os
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from srtminer.cli.output import require_place, say
from srtminer.errors import UsageError

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


def no_hint(_outcome: object) -> str:
    """Say nothing."""
    return ""


@dataclass(frozen=True, slots=True)
class Job:
    """A command with its options lowered; it is run once the command line has been understood.

    Why: typer has ideas of its own about interrupts, closed pipes and exit codes; outside it they are ours.
    """

    action: Callable[[], object]
    """May give a number of what there is to look into, for the hint: 0 is none."""
    on_stop: str = STOPPED
    """What to say after Ctrl-C."""
    hint: Callable[[object], str] = no_hint
    """Says what to do next, for a person at a terminal, by what the action gave: one thing a line."""
    session: Session | None = None


def is_missing(store: Path) -> bool:
    """Tell whether there is no store yet."""
    try:
        return not store.exists()
    except OSError:  # there is something that may not be looked at; opening it says what
        return False


def require_other_than_store(session: Session, output: Path, option: str = "--output") -> None:
    """Raise `UsageError` where a result would be written over the store, or has no folder to go to."""
    require_place(output, option)
    if output.resolve() == session.store.resolve():
        raise UsageError(f"{output} is the store itself; name another file with {option}")


def agreed(question: str, alone: str) -> bool:
    """Ask a question; raises `UsageError` with what to do instead, `alone`, where nobody can answer.

    Ctrl-C at the question is a `KeyboardInterrupt` like any other.
    """
    require_somebody(alone)
    try:
        return typer.confirm(question, err=True)
    except typer.Abort as error:
        raise KeyboardInterrupt from error


def require_somebody(alone: str) -> None:
    """Raise `UsageError` with what to do instead where nobody can answer a question."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(alone)
