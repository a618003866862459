"""Turns of phrase that read translated and do not come back: in messages, help, guides and the README."""

import ast
from pathlib import Path

import pytest

import srtminer

ROOT = Path(srtminer.__file__).parent
BANNED = (
    "is none of the",
    "is no year",
    "begin so",
    "called so",
    "for want of",
    "is told",
    "ask nobody",
    "nobody is here",
    "what there is to",
    "also if only",
    "stands there twice",
    "side by side",
    "put back a copy, or move",
    "is no valid",
    "is no store",
    "not there any more",
    "known of any",
    "stands nowhere",
    "here it stands",
    "begins so",
    "near it in meaning",
    "said nothing of",
)
PAGES = [ROOT.parent / "README.md", *sorted((ROOT / "data" / "guide").glob("*.md"))]


def shown_strings(path: Path) -> list[str]:
    """Give the strings of a module that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    ]


def test_no_message_uses_a_banned_turn() -> None:
    modules = sorted(ROOT.rglob("*.py"))
    assert len(modules) > 50
    texts = [(path.name, text) for path in modules for text in shown_strings(path)]
    assert [(name, turn) for name, text in texts for turn in BANNED if turn in text] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.exists()], ids=lambda page: page.name)
def test_no_page_uses_a_banned_turn(page: Path) -> None:
    text = " ".join(page.read_text(encoding="utf-8").split())
    assert [turn for turn in BANNED if turn in text] == []
