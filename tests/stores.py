"""Commands as tests call them, and their stores: each set of files is read once a process, and copied."""

import io
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import chdir, redirect_stdout
from functools import cache
from pathlib import Path
from typing import NamedTuple

from srtminer.__main__ import main

EXAMPLES = Path(__file__).parents[1] / "examples"


class Ended(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Call = Callable[..., Ended]
MADE = tempfile.TemporaryDirectory(prefix="srtminer-stores-")


def ingested(folder: Path, texts: Mapping[str, str]) -> Path:
    """Write files into a folder, and beside them `srtminer.db` with what reading them gives."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Path(shutil.copy(_store(tuple(texts.items())), folder / "srtminer.db"))


@cache
def _store(texts: tuple[tuple[str, str], ...]) -> Path:
    folder = Path(tempfile.mkdtemp(dir=MADE.name))
    for name, text in texts:
        (folder / name).write_text(text, encoding="utf-8")
    with chdir(folder):
        _ingest(*(name for name, _ in texts))
    return folder / "srtminer.db"


def of_examples(folder: Path, *names: str) -> Path:
    """Put a store of all examples, or of those that are named, into a folder."""
    return Path(shutil.copy(_example_store(names), folder / "srtminer.db"))


@cache
def _example_store(names: tuple[str, ...]) -> Path:
    folder = Path(tempfile.mkdtemp(dir=MADE.name))
    with chdir(folder):
        _ingest(*(str(EXAMPLES / name) for name in names or ("",)))
    return folder / "srtminer.db"


def _ingest(*paths: str) -> None:
    with redirect_stdout(io.TextIOWrapper(io.BytesIO())):
        assert main(["--quiet", "--store", "srtminer.db", "ingest", "--jobs", "1", *paths]) == 0
