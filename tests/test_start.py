"""What is imported decides how soon a command answers; modules are counted here, not seconds."""

import subprocess
import sys
from pathlib import Path

import pytest

from srtminer.__main__ import main
from tests.invented_reviews import OVERVIEW_P

NEVER = {"sklearn", "numpy", "scipy", "nltk", "pypdfium2", "pdfminer", "pydantic", "markdown_it", "pygments"}
"""What takes longer to load than a command that computes nothing may take."""
NOT_FOR_A_PAGE = {"rich", "sqlite3", "srtminer.model", "srtminer.store", "srtminer.render.layout"}
"""What `--version` and `--help` have no use for."""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """Run a command in a process of its own and give the modules that it imported."""
    code = "import sys\nfrom srtminer.__main__ import main\nmain(sys.argv[1:])\nprint('\\n', *sys.modules)"
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_first_page_needs_next_to_nothing(tmp_path: Path, option: str) -> None:
    modules = loaded(tmp_path, option)
    assert not modules & (NEVER | NOT_FOR_A_PAGE)
    assert len([name for name in modules if name.startswith("srtminer")]) <= 14


@pytest.mark.slow
def test_known_results_are_shown_without_what_finds_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("review.txt").write_text(OVERVIEW_P, encoding="utf-8")
    assert main(["--quiet", "ingest", "review.txt"]) == 0
    assert main(["--quiet", "themes", "--output", "themes.json"]) == 0
    for arguments in (["reviews"], ["search", "risk"], ["themes"]):
        modules = loaded(tmp_path, "--quiet", *arguments)
        assert not modules & NEVER, arguments
        assert len([name for name in modules if name.startswith("srtminer")]) <= 48
