"""The codebook that a command names."""

from pathlib import Path
from typing import TYPE_CHECKING

from srtminer.cli.result_output import read_text
from srtminer.errors import UsageError

if TYPE_CHECKING:
    from srtminer.codebooks import Codebook


def load_codebook(named: str) -> "Codebook":
    """Read the codebook of that name, built in or a file; raises `UsageError`."""
    from srtminer.codebooks.parse import BUILT_IN, built_in, parse_codebook

    if named in BUILT_IN:
        return parse_codebook(built_in(named), named, named)
    return read_codebook(Path(named))[1]


def read_codebook(path: Path) -> "tuple[str, Codebook]":
    """Read the text of a codebook's file, and what it says; raises `UsageError`."""
    from srtminer.codebooks.parse import BUILT_IN, parse_codebook

    advice = f"write one with `srtminer codebook init`, or use {', '.join(BUILT_IN)}"
    text = read_text(path, "--codebook", advice)
    return text, parse_codebook(text, str(path), path.stem)


def chosen_codebook(named: str | None, number: int | None = None) -> "Codebook | None":
    """Read the codebook if one was named; raises `UsageError` also where a number of themes was asked for."""
    if named is None:
        return None
    if number is not None:
        raise UsageError("a codebook fixes the number of themes; give either --codebook or --themes")
    return load_codebook(named)
