"""The option --codebook, and the memory of what was assigned by one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srtminer.cli.parameters import option
from srtminer.cli.session import Session
from srtminer.errors import StoreError, UsageError

if TYPE_CHECKING:
    from srtminer.codebooks import Codebook
    from srtminer.codebooks.history import Run
    from srtminer.model import ThemeTable
    from srtminer.store import Store

LAST_RUN = "codebook run "
"""Beginning of the keys in the store's settings; the title of the codebook follows.

Why not in the cache: that is emptied when a review is added, which is when people ask what moved.
"""

CodebookOption = Annotated[
    str | None,
    option(
        "Use the themes of a codebook, a file or `safeguarding`; what fits none is shown as new themes.",
        "--codebook",
        panel="Theme table",
        metavar="FILE",
    ),
]


def load_codebook(named: str) -> "Codebook":
    """Read the codebook of that name, built in or a file; raises `UsageError`."""
    from srtminer.codebooks.parse import BUILT_IN, built_in, parse_codebook

    if named in BUILT_IN:
        return parse_codebook(built_in(named), named, named)
    path = Path(named)
    return parse_codebook(_read(path), str(path), path.stem)


def chosen_codebook(named: str | None, number: int | None = None) -> "Codebook | None":
    """Read the codebook if one was named; raises `UsageError` also where a number of themes was asked for."""
    if named is None:
        return None
    if number is not None:
        raise UsageError("a codebook fixes the number of themes; give either --codebook or --themes")
    return load_codebook(named)


def as_assigned(codebook: "Codebook | None") -> "Codebook | None":
    """Give the codebook with merged themes taken into those that merge them."""
    from srtminer.codebooks.codebook_entries import merged

    return merged(codebook) if codebook else None


def _read(path: Path) -> str:
    from srtminer.codebooks.parse import BUILT_IN

    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"--codebook {path} is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(
            f"--codebook {path} cannot be read ({why}); write one with `srtminer codebook init`, "
            f"or use {', '.join(BUILT_IN)}"
        ) from error


def remember_run(session: Session, codebook: "Codebook", table: "ThemeTable") -> None:
    """Keep what was assigned, for `srtminer codebook diff`."""
    from srtminer.codebooks.history import dump_run, run_of

    text = dump_run(run_of(table))
    try:
        if session.opened().meta(LAST_RUN + codebook.title) != text:
            session.opened().set_meta(LAST_RUN + codebook.title, text)
    except StoreError as error:
        session.note(f"`srtminer codebook diff` will not know this run: {error}")


def last_run(store: "Store", codebook: "Codebook") -> "Run | None":
    """Give what was assigned by the codebook the last time."""
    from srtminer.codebooks.history import load_run

    text = store.meta(LAST_RUN + codebook.title)
    return None if text is None else load_run(text)
