"""The README shows what the program does."""

import re

from tests.readme import README, render


def test_console_blocks_are_what_the_commands_print() -> None:
    text = README.read_text(encoding="utf-8")
    assert render(text) == text, "run `make readme`"


def test_every_command_is_shown_with_its_help() -> None:
    from srtminer.cli.app import app

    text = README.read_text(encoding="utf-8")
    commands = (command for command in app.registered_commands if command.callback)
    names = [command.name or command.callback.__name__ for command in commands if command.callback]
    missing = [name for name in names if not re.search(rf"^\$ srtminer {name} --help$", text, re.MULTILINE)]
    assert missing == []


def test_python_blocks_run() -> None:
    blocks = re.findall(
        r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
