"""Results that are bytes, not text: workbooks, archives, pictures."""

import os
from pathlib import Path

from srtminer.cli.session import Session
from srtminer.errors import UsageError


def require_other_than_store(session: Session, output: Path, option: str = "--output") -> None:
    """Raise `UsageError` where a result would be written over the store."""
    if output.resolve() == session.store.resolve():
        raise UsageError(f"{output} is the store itself; name another file with {option}")


def emit_bytes(data: bytes, output: Path, option: str = "--output") -> None:
    """Write a result to a file that is there whole or not at all.

    Raises `UsageError` where it cannot be written.
    """
    target = output.resolve()
    if target.is_dir():
        raise UsageError(f"{option} {output} is a folder; name a file in it")
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent} to write {output.name} to; create it first")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a named pipe cannot be replaced
        else:
            _replace(target, data)
    except BrokenPipeError:
        return
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"{output} cannot be written ({why}); name another with {option}") from error


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name[:200]}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as stream:
            stream.write(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
