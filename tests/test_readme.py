"""The README shows what the program does."""

import re

from tests.pictures import PICTURES
from tests.readme import FOLDER, README, ROOT, show


def test_blocks_and_pictures_are_what_the_commands_show() -> None:
    assert show(README.read_text(encoding="utf-8")).stale() == [], "run `make readme`"


def test_every_picture_is_shown_once_with_words_for_those_who_do_not_see_it() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", README.read_text(encoding="utf-8"))
    assert all(words for words, _ in shown)
    assert sorted(ROOT / path for _, path in shown) == sorted(FOLDER.iterdir())
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(picture.name for picture in PICTURES)


def test_contents_list_every_chapter() -> None:
    text = README.read_text(encoding="utf-8")
    chapters = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert re.findall(r"\[([^\]]*)\]\(#", text.partition("\n## ")[0]) == chapters


def test_every_link_inside_leads_to_a_heading() -> None:
    """A heading is linked by its words in small letters, the second of the same name with -1 at its end."""
    text = re.sub(r"^```.*?^```$", "", README.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    anchors: list[str] = []
    for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE):
        anchor = re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
        anchors.append(f"{anchor}-1" if anchor in anchors else anchor)
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= set(anchors)


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
