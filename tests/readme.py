"""Run the commands that the README shows, and put their output below them.

    python -m tests.readme            tell whether the README is true
    python -m tests.readme --write    make it true

A block that begins with ```console holds commands ("$ …") and what they print, stdout and stderr as a
terminal would show them. All run one after the other in one empty folder with `examples/` in it.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
SETUP = ("pip ", "python3 ", "make ", "git ", "source ")
"""Commands that set things up; what they print depends on the machine."""


def render(text: str) -> str:
    """Give the README with every console block run again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")
        return _BLOCK.sub(lambda match: _run_block(match[0], folder), text)


def _run_block(block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    if not commands or commands[0].startswith(SETUP):
        return block
    return "\n".join(f"$ {command}\n{_output(command, folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
    }
    done = subprocess.run(
        ["bash", "-c", f"({command}) 2>&1"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "".join(f"{line}\n" for line in lines).strip("\n") + "\n"


def main(arguments: list[str]) -> int:
    """Compare or write; returns 0 if the README is true."""
    before = README.read_text(encoding="utf-8")
    after = render(before)
    if arguments == ["--write"]:
        README.write_text(after, encoding="utf-8")
        return 0
    return int(before != after)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
