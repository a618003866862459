"""Run the commands that the README shows, put their output below them, and draw its pictures.

    python -m tests.readme            tell whether the README and its pictures are true
    python -m tests.readme --write    make them true

A block that begins with ```console holds commands ("$ …") and what they print, stdout and stderr as a
terminal would show them. All run one after the other in one folder with `examples/` in it, after the commands
of `tests.pictures`, the first of which reads the examples. In a block that begins with ```fields are commands
that print JSON, of which only the fields are listed.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.pictures import PICTURES, draw, record
from tests.readme_fields import fields_of

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
FOLDER = ROOT / "tests" / "pictures"
_BLOCK = re.compile(r"^```(console|fields)\n(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
WIDTH = 80
_SLOW = re.compile(r": \d+ s so far$|^\d+ of \d+ files done, now ")
"""How a line on stderr ends or begins which only a slow or busy machine prints."""
SETUP = ("pip ", "python3 ", "make ", "git ", "source ")
"""Commands that set things up; what they print depends on the machine."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the program shows now."""

    text: str
    """The README with every console block run again."""
    pictures: Mapping[Path, str]
    """For each file in `FOLDER` what has to stand in it."""

    def stale(self) -> list[str]:
        """Name the files that do not hold it."""
        files = {README: self.text, **self.pictures}
        return [path.name for path, text in files.items() if text != path.read_text(encoding="utf-8")]

    def write(self) -> None:
        """Write the README and its pictures."""
        for path, text in {README: self.text, **self.pictures}.items():
            path.write_text(text, encoding="utf-8")


def show(text: str) -> Shown:
    """Run everything that a README shows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")
        surroundings = _environment(folder)
        pictures = {
            FOLDER / f"{picture.name}.svg": draw(picture, record(picture.command, folder, surroundings))
            for picture in PICTURES
        }
        return Shown(_BLOCK.sub(lambda match: _run_block(match[1], match[2], folder), text), pictures)


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
    shown = show(README.read_text(encoding="utf-8"))
    if arguments == ["--write"]:
        shown.write()
    return int(bool(shown.stale()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
