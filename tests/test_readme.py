"""The README shows what the program does."""

import re

import pytest

from srtminer.cli.commands import COMMANDS
from tests.pictures import PICTURES
from tests.readme import FOLDER, README, ROOT, pages, show, stale


@pytest.mark.slow
def test_blocks_and_pictures_are_what_the_commands_show() -> None:
    assert stale(show()) == [], "run `make readme`"


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
    assert set() < set(re.findall(r"\]\(#([^)]*)\)", text)) <= set(anchors)


def test_the_table_of_commands_says_what_the_help_says() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(entry.name, entry.about) for entry in COMMANDS]


def test_the_readme_is_short() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert len(text.encode()) <= 20_000


def test_no_page_is_empty_or_without_a_title() -> None:
    assert len(pages()) >= 6
    assert all(page.read_text(encoding="utf-8").startswith("# ") for page in pages())


def test_python_blocks_run() -> None:
    blocks = re.findall(
        r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
