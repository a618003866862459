"""Markdown files."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.model import Omission, Review, Skipped
from srtminer.read.html import html_blocks
from srtminer.read.structured import to_blocks
from srtminer.read.text_files import as_html, read_markdown
from tests.paragraphs import Shown, shown


def read(tmp_path: Path, text: str) -> Review:
    path = tmp_path / "review.md"
    path.write_text(text, encoding="utf-8")
    review = read_markdown(path)
    assert isinstance(review, Review)
    return review


CASES: dict[str, tuple[str, list[Shown]]] = {
    "headings with and without numbers": (
        "# Child V\n\n## 4 Recommendations\n\n### 4.1 Training\n\nLast\n====\n",
        [
            ("heading", 1, "", "Child V"),
            ("heading", 2, "4", "Recommendations"),
            ("heading", 3, "4.1", "Training"),
            ("heading", 1, "", "Last"),
        ],
    ),
    "printed numbers in paragraphs": (
        "4.2 The *Board* should\nact [now](http://example.org).\n\n**Recommendation 3:** The Trust "
        "should act.\n",
        [
            ("text", 0, "4.2", "The Board should act now."),
            ("text", 0, "Recommendation 3", "The Trust should act."),
        ],
    ),
    "a label as a heading of its own": (
        "### Recommendation 1\n\nThe Board should act.\n\n### Recommendation 2\n\n### Recommendation "
        "3\n\n- one\n",
        [
            ("text", 0, "Recommendation 1", "The Board should act."),
            ("heading", 3, "", "Recommendation 2"),
            ("heading", 3, "", "Recommendation 3"),
            ("item", 0, "", "one"),
        ],
    ),
    "counted points and their nested items": (
        "3. The Board should:\n   - act;\n     1. now;\n   - report.\n4. The Trust should act.\n\n   It "
        "should act now.\n",
        [
            ("text", 0, "3", "The Board should:"),
            ("item", 1, "", "act;"),
            ("item", 2, "1", "now;"),
            ("item", 1, "", "report."),
            ("text", 0, "4", "The Trust should act."),
            ("item", 0, "", "It should act now."),
        ],
    ),
    "counted items below a numbered paragraph": (
        "4.2 The Board should:\n\n1. act\n2. report\n",
        [("text", 0, "4.2", "The Board should:"), ("item", 0, "1", "act"), ("item", 0, "2", "report")],
    ),
    "lettered lines, which Markdown does not know as lists": (
        "The Board should:\n\n(a) act\n\n(ii) report\n",
        [("text", 0, "", "The Board should:"), ("item", 0, "a", "act"), ("item", 0, "ii", "report")],
    ),
    "bold lines are headings, bold sentences are not": (
        "**Health**\n\nText.\n\n**The Board should act.**\n\nA **Health** note\n",
        [
            ("heading", 3, "", "Health"),
            ("text", 0, "", "Text."),
            ("text", 0, "", "The Board should act."),
            ("text", 0, "", "A Health note"),
        ],
    ),
    "hard breaks, quotes, code, HTML and comments": (
        "Board of Larkshire  \nMay 2012\n\n> quoted\n\n    code\n\n<!-- no -->\n\n<p>in "
        "<i>HTML</i></p>\n\na <b>tag</b>\n",
        [
            ("text", 0, "", "Board of Larkshire"),
            ("text", 0, "", "May 2012"),
            ("text", 0, "", "quoted"),
            ("text", 0, "", "code"),
            ("text", 0, "", "in HTML"),
            ("text", 0, "", "a tag"),
        ],
    ),
    "a table without actions": (
        "| Date | Event |\n|---|---|\n| May | Birth |\n",
        [("text", 0, "", "Date | Event"), ("text", 0, "", "May | Birth")],
    ),
    "what is struck through": ("Act ~~never~~ soon.\n", [("text", 0, "", "Act soon.")]),
    "dates and bare numbers": (
        "24 Sep\n\n12 Angry Men\n\n1 The Board should act.\n\n2 The Trust should act.\n",
        [
            ("text", 0, "", "24 Sep"),
            ("text", 0, "", "12 Angry Men"),
            ("text", 0, "1", "The Board should act."),
            ("text", 0, "2", "The Trust should act."),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks(tmp_path: Path, name: str) -> None:
    text, expected = CASES[name]
    assert shown(read(tmp_path, text)) == expected


def test_rows_of_an_action_plan(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "| No | Recommendation | Lead | By |\n|---|---|---|---|\n| 1.1 | Train **staff** | Police | |\n| "
        "2 | Audit | Trust | May |\n",
    )
    rows = [
        (p.role, p.number, [(c.header, review.text[c.start : c.end]) for c in p.cells])
        for p in review.paragraphs
    ]
    assert rows == [
        ("row", "1.1", [("Recommendation", "Train staff"), ("Lead", "Police")]),
        ("row", "2", [("Recommendation", "Audit"), ("Lead", "Trust"), ("By", "May")]),
    ]


def test_front_matter_and_contents_are_dropped_and_told(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "---\ntitle: x\nlayout: y\n---\n# Child V\n\n## Contents\n\n1. [Facts](#a)\n2. "
        "[Learning](#b)\n\n## Facts\n\nNone.\n",
    )
    assert shown(review) == [
        ("heading", 1, "", "Child V"),
        ("heading", 2, "", "Facts"),
        ("text", 0, "", "None."),
    ]
    assert review.omissions == (Omission("front matter", 1, 2), Omission("contents page", 1, 3))
    assert (review.format, review.page_count) == ("markdown", 1)


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    review = read(tmp_path, "---\nThe Board met.\n\n---\nIt left.\n")
    assert shown(review) == [("text", 0, "", "The Board met."), ("text", 0, "", "It left.")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "review.md is not text: it is empty"),
        (b"\x00\x01", "review.md is not text: it contains NUL bytes"),
    ],
)
def test_what_is_no_text_is_skipped(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "review.md"
    path.write_bytes(data)
    assert read_markdown(path) == Skipped(str(path), reason)


def test_a_missing_file_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "none.md"
    assert read_markdown(path) == Skipped(str(path), "cannot be read: No such file or directory")


def test_what_is_nested_too_deeply_is_kept_as_it_stands() -> None:
    assert html_blocks(as_html("> " * 3000 + "deep"))[0][0].text.endswith("> deep")


PARTS = st.sampled_from(
    ["# ", "- ", "  - ", "1. ", "4.2 ", "**", "|", "\n", "\n\n", "|-|-|\n", "<p>", "<!--", "word", "> "]
)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(), st.lists(PARTS, max_size=40).map("".join)))
def test_any_text_gives_blocks_with_text(text: str) -> None:
    assert all(block.text or block.cells for block in to_blocks(html_blocks(as_html(text))[0]))
