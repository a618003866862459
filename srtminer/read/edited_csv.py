"""Tables that people have filled in or edited, and that a command cannot do without."""

from collections.abc import Collection
from pathlib import Path

from srtminer.errors import UsageError
from srtminer.read.decode import NotText
from srtminer.read.file_kinds import because, printable
from srtminer.read.table_rows import NotATable, Rows, read_rows


def read_filled(path: Path, suffix: str, known: Collection[str], option: str = "") -> Rows:
    """Read a table whose columns may be those known; `option` is what named it, with a blank behind it.

    Raises `UsageError` if it cannot be read or is no table.
    """
    try:
        return read_rows(path.read_bytes(), suffix, known)
    except OSError as error:
        raise UsageError(f"{option}{printable(path)}: {because(error)}") from error
    except (NotText, NotATable) as error:
        raise UsageError(f"{option}{printable(path)}: {error}") from error
