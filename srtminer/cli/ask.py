"""Ask before something is changed."""

import sys

import typer

from srtminer.errors import UsageError


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
