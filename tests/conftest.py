"""What all tests need: the shell's own settings must not reach them, nor they the analyst's store."""

import os

import pytest

for name in ("SRTMINER_STORE", "SRTMINER_TERMS"):
    os.environ.pop(name, None)

LONGEST = ("test_readme", "test_compare_retrieval", "test_themes_of", "test_processors", "test_kills")
"""Files that take longest go first, so that no process is left with one of them while the other has none."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, in their order; the others stay as they are."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))
