"""Results that are bytes, not text: workbooks, archives, pictures."""

from pathlib import Path

from srtminer.cli.output import emit_bytes, require_place
from srtminer.cli.session import Session
from srtminer.errors import UsageError

__all__ = ["emit_bytes", "require_other_than_store"]


def require_other_than_store(session: Session, output: Path, option: str = "--output") -> None:
    """Raise `UsageError` where a result would be written over the store, or has no folder to go to."""
    require_place(output, option)
    if output.resolve() == session.store.resolve():
        raise UsageError(f"{output} is the store itself; name another file with {option}")
