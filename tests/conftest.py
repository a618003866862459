"""What all tests need: the shell's own settings must not reach them, nor they the analyst's store."""

import os
from pathlib import Path

import pytest

from srtminer.__main__ import main
from tests.stores import MADE, Call, Ended

for name in ("SRTMINER_STORE", "SRTMINER_TERMS"):
    os.environ.pop(name, None)

LONGEST = ("test_readme", "test_compare_retrieval", "test_themes_of", "test_processors", "test_kills")
"""Files that take longest go first, so that no process is left with one of them while the other has none."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, in their order; the others stay as they are."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


def pytest_sessionfinish() -> None:
    """Remove what would go at the end of this process: those of pytest-xdist end without one."""
    MADE.cleanup()


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Run a command in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments: str) -> Ended:
        capsysbinary.readouterr()
        code = main(arguments)
        captured = capsysbinary.readouterr()
        return Ended(int(code), captured.out.decode(), captured.err.decode())

    return run
