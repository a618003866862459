"""What a person may want to type after a command."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from srtminer.cli.output import say
from srtminer.cli.session import Job, Session

NEXT: dict[str, tuple[tuple[str, str], ...]] = {
    "ingest": (("themes", "ranks what recurs"), ("reviews", "lists what was read")),
    "reviews": (("recommendations", "shows them in full"), ("themes", "ranks what recurs")),
    "recommendations": (("themes", "ranks what recurs"),),
    "themes": (("themes --theme 1", "shows all of one"), ("report --output report.html", "writes it up")),
    "compare": (("search WORDS", "finds who said it"), ("report --output report.html", "writes it up")),
    "search": (("themes", "ranks what recurs"),),
    "report": (("export --output themes.xlsx", "writes a workbook"),),
    "export": (("report --output report.html", "writes a page to read"),),
    "doctor": (("ingest FOLDER", "reads reviews"),),
    "correct": (("themes", "ranks what recurs"),),
}
"""Arguments and what they do, by the command that has just been done."""


def with_hint(command: Callable[..., Job]) -> Callable[..., Job]:
    """Let the job of a command end with what to do next."""

    @wraps(command)
    def wrapped(**options: Any) -> Job:
        return replace(command(**options), hint=_hint(options["context"].obj, command.__name__))

    return wrapped


def tell(job: Job) -> None:
    """Give the hint of a job that is done, if a person sees it: never into a log or a pipe."""
    if job.hint and all(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr)):
        for line in job.hint.splitlines():
            say(line)


def _hint(session: Session, command: str) -> str:
    if session.quiet or command not in NEXT:
        return ""
    return "\n".join(f"next: `{session.command(arguments)}` {what}" for arguments, what in NEXT[command])
