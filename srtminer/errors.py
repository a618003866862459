"""Every error that a user can cause, with its exit code and what to do next."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns; the README lists them."""

    DONE = 0
    BUG = 1
    USAGE = 2
    UNREADABLE = 3
    NOTHING_TO_ANALYSE = 4
    STORE = 5


class SrtminerError(Exception):
    """Base of all errors that end a command with one `error:` line."""

    exit_code = ExitCode.BUG


class UsageError(SrtminerError):
    """The command was called in a way that cannot work."""

    exit_code = ExitCode.USAGE


class UnreadableInput(SrtminerError):
    """None of the given files could be read, or one could not under `--strict`."""

    exit_code = ExitCode.UNREADABLE


class NothingToAnalyse(SrtminerError):
    """The store holds nothing of what the command needs."""

    exit_code = ExitCode.NOTHING_TO_ANALYSE


class StoreError(SrtminerError):
    """The store is missing, damaged, locked or newer than this program."""

    exit_code = ExitCode.STORE
