"""Run the commands that the README and the guides show, put their output below them, and draw the pictures.

    python -m tests.readme            tell whether pages and pictures are true
    python -m tests.readme --write    make them true

A block that begins with ```console holds commands ("$ …") and what they print, stdout and stderr as a
terminal would show them. All run one after the other in one folder with `examples/` in it, those of the
README first. In a block that begins with ```fields are commands that print JSON, of which only the fields
are listed.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.pictures import PICTURES, draw, record
from tests.readme_fields import fields_of

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
GUIDES = ROOT / "srtminer" / "data" / "guide"
FOLDER = ROOT / "tests" / "pictures"
_BLOCK = re.compile(r"^```(console|fields)\n(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
WIDTH = 80
_SLOW = re.compile(r", \d+ s so far$")
"""How a line on stderr ends which only a slow or busy machine prints."""
SETUP = ("pip ", "python3 ", "make ", "git ", "source ")
"""Commands that set things up; what they print depends on the machine."""


def pages() -> list[Path]:
    """List the pages that show commands, in the order in which their commands are run."""
    return [README, *sorted(GUIDES.glob("*.md"))]


def show() -> dict[Path, str]:
    """Run everything that the pages show; gives for each page and picture what has to stand in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")
        shown = {
            page: _BLOCK.sub(
                lambda match: _run_block(match[1], match[2], folder), page.read_text(encoding="utf-8")
            )
            for page in pages()
        }
        return shown | {
            FOLDER / f"{picture.name}.svg": draw(
                picture, record(picture.command, folder, _environment(folder))
            )
            for picture in PICTURES
        }


def stale(shown: Mapping[Path, str]) -> list[str]:
    """Name the files that do not hold what they have to."""
    return [path.name for path, text in shown.items() if not path.exists() or text != path.read_text("utf-8")]


def _run_block(kind: str, block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    if not commands or commands[0].startswith(SETUP):
        return f"```{kind}\n{block}"
    output = _printed if kind == "console" else _fields
    return f"```{kind}\n" + "\n".join(f"$ {command}\n{output(command, folder)}" for command in commands)


def _printed(command: str, folder: Path) -> str:
    lines = _run(f"({command}) 2>&1", folder).splitlines()
    kept = [line.rstrip() for line in lines if not _SLOW.search(line)]
    return "".join(f"{line}\n" for line in kept).strip("\n") + "\n"


def _fields(command: str, folder: Path) -> str:
    return f"{fields_of(_run(command, folder), WIDTH)}\n"


def _run(command: str, folder: Path) -> str:
    """Run a command where there is no terminal; gives its stdout."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=_environment(folder) | {"COLUMNS": str(WIDTH)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
    }


def main(arguments: list[str]) -> int:
    """Compare or write; returns 0 if everything is true."""
    shown = show()
    if arguments == ["--write"]:
        for path, text in shown.items():
            path.write_text(text, encoding="utf-8")
    return int(bool(stale(shown)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
