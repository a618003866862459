"""What every command is told: the options that stand before it, and what it hands back to be run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from srtminer.cli.output import say


@dataclass(frozen=True, slots=True)
class Session:
    """The options of the program itself."""

    store: Path = Path("srtminer.db")
    quiet: bool = False

    def note(self, message: str) -> None:
        """Tell on stderr what the reader of the result should know."""
        if not self.quiet:
            say(f"note: {message}")


@dataclass(frozen=True, slots=True)
class Job:
    """A command with its options lowered; it is run once the command line has been understood.

    Why: typer has ideas of its own about interrupts, closed pipes and exit codes; outside it they are ours.
    """

    action: Callable[[], None]
    on_stop: str = "stopped"
    """What to say after Ctrl-C."""
