"""HTML files."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.model import Omission, Review, Skipped
from srtminer.read.html import html_blocks, read_html
from srtminer.read.structured import to_blocks
from srtminer.text.names import count
from tests.paragraphs import Shown, shown


def read(tmp_path: Path, text: str | bytes) -> Review:
    path = tmp_path / "review.html"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    review = read_html(path)
    assert isinstance(review, Review)
    return review


CASES: dict[str, tuple[str, list[Shown]]] = {
    "headings and paragraphs": (
        "<h1>Child V</h1><p>The <b>Board</b>\n met.<h2>4. Findings</h2><div>4.1 It <i>left</i>.</div>tail",
        [
            ("heading", 1, "", "Child V"),
            ("text", 0, "", "The Board met."),
            ("heading", 2, "4", "Findings"),
            ("text", 0, "4.1", "It left."),
            ("text", 0, "", "tail"),
        ],
    ),
    "lists with numbers of their own": (
        "<p>The Board should:</p><ol type=a start=2><li>act<li value=5>report</ol>"
        "<ul><li>one<ul><li>deep</li></ul></li><li><p>two</p><p>more</p></li></ul>",
        [
            ("text", 0, "", "The Board should:"),
            ("item", 0, "b", "act"),
            ("item", 0, "e", "report"),
            ("item", 0, "", "one"),
            ("item", 1, "", "deep"),
            ("item", 0, "", "two"),
            ("item", 0, "", "more"),
        ],
    ),
    "counted points": (
        "<ol start=3><li>The Board should act.<li>The Trust should act.</ol>",
        [("text", 0, "3", "The Board should act."), ("text", 0, "4", "The Trust should act.")],
    ),
    "line breaks": (
        "<p>Larkshire Board<br>May 2012<br/>• act<br>• report<br>and more</p>",
        [
            ("text", 0, "", "Larkshire Board"),
            ("text", 0, "", "May 2012"),
            ("item", 0, "", "act"),
            ("item", 0, "", "report and more"),
        ],
    ),
    "what is not shown": (
        "<head><title>x</title></head><script>no()</script><style>p{}</style><!-- no --><p hidden>no</p>"
        "<p style='display: none'>no</p><noscript>no</noscript><svg><text>no</text></svg><p>yes "
        "&amp; yes</p>",
        [("text", 0, "", "yes & yes")],
    ),
    "a table that lays out the page": (
        "<table><tr><td><h2>Findings</h2><p>One.</p></td></tr></table>",
        [("heading", 2, "", "Findings"), ("text", 0, "", "One.")],
    ),
    "a table without actions": (
        "<table><tr><th>Date<th>Event<tr><td>May<td>Birth</table>",
        [("text", 0, "", "Date | Event"), ("text", 0, "", "May | Birth")],
    ),
    "entities that point elsewhere are not followed": (
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>a &x; b</p></body></html>",
        [("text", 0, "", "]>"), ("text", 0, "", "a &x; b")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks(tmp_path: Path, name: str) -> None:
    text, expected = CASES[name]
    assert shown(read(tmp_path, text)) == expected


def test_rows_of_an_action_plan_with_spans(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "<table><thead><tr><th>Ref</th><th colspan=2>Recommendation</th><th>Lead</th></tr></thead><tbody>"
        "<tr><td rowspan=2>R1</td><td>Train<br>staff</td><td>all</td><td><p>Police</p></td></tr>"
        "<tr><td>Audit</td><td></td><td>Trust</td></tr></tbody></table>",
    )
    rows = [
        (p.role, p.number, [(c.header, review.text[c.start : c.end]) for c in p.cells])
        for p in review.paragraphs
    ]
    assert rows == [
        ("row", "R1", [("Recommendation", "Train staff"), ("", "all"), ("Lead", "Police")]),
        ("row", "", [("Recommendation", "Audit"), ("Lead", "Trust")]),
    ]


def test_a_frame_around_text_is_known(tmp_path: Path) -> None:
    page = (
        "<p>Before.</p><div style='border: 1px solid'><p>In a frame.</p></div><p style='border:0'>After.</p>"
    )
    assert [part.boxed for part in read(tmp_path, page).paragraphs] == [False, True, False]


def test_navigation_is_dropped_and_told(tmp_path: Path) -> None:
    review = read(
        tmp_path,
        "<header>Site</header><nav><a>Home</a> <a>About</a></nav><article><header><h1>Child V</h1></header>"
        "<p>Text.</p></article><aside>Ad</aside><div role=search>Find</div><footer>Copyright</footer>",
    )
    assert shown(review) == [("heading", 1, "", "Child V"), ("text", 0, "", "Text.")]
    assert review.omissions == (Omission("navigation", 1, 6),)
    assert (review.format, review.page_count) == ("html", 1)


def test_the_main_part_is_read_where_there_is_one(tmp_path: Path) -> None:
    assert shown(read(tmp_path, "<div>menu</div><main><p>Text.</p></main>")) == [("text", 0, "", "Text.")]


def test_contents_are_dropped_and_told(tmp_path: Path) -> None:
    review = read(tmp_path, "<h2>Contents</h2><ul><li>Facts<li>Learning</ul><h2>Facts</h2><p>None.</p>")
    assert shown(review) == [("heading", 2, "", "Facts"), ("text", 0, "", "None.")]
    assert review.omissions == (Omission("contents page", 1, 3),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    review = read(tmp_path, "<?xml version='1.0' encoding='x'?><p>“Café” – naïve</p>".encode(encoding))
    assert review.text == "“Café” – naïve"


SKIPPED = [
    (b"", "review.html is not text: it is empty"),
    (b"\x00", "review.html is not text: it contains NUL bytes"),
    (b"<script>x</script>", "it shows no text (only scripts, pictures or navigation)"),
    (b"<!-- x -->", "it shows no text (only scripts, pictures or navigation)"),
    (b"<div>" * 5000 + b"x", "review.html is not text: its elements are nested too deeply"),
]


@pytest.mark.parametrize(("data", "reason"), SKIPPED)
def test_what_shows_no_text_is_skipped(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "review.html"
    path.write_bytes(data)
    assert read_html(path) == Skipped(str(path), reason)


def test_a_missing_file_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "none.html"
    assert read_html(path) == Skipped(str(path), "cannot be read: No such file or directory")


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        (1, "1", "1"),
        (27, "a", "aa"),
        (3, "A", "C"),
        (4, "i", "iv"),
        (49, "I", "XLIX"),
        (0, "a", "0"),
        (400, "i", "400"),
    ],
)
def test_numbers_of_items(number: int, style: str, expected: str) -> None:
    assert count(number, style) == expected


TABLE_PARTS = ("<table>", "</table>", "<tr>", "<td>", "<td rowspan=3>", "<td colspan=2>", "</td>")
LIST_PARTS = ("<ul>", "</ul>", "<li>", "<ol start=x>", "</ol>", "<p>", "</p>", "<b>", "<br>", "<h2>", "</h2>")
OTHER_PARTS = ("word", "4.2", "&amp;", "<!--", "-->", "<script>", "</script>", "<main>", "<nav>")
PARTS = st.sampled_from((*TABLE_PARTS, *LIST_PARTS, *OTHER_PARTS))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(PARTS, max_size=40).map(" ".join)))
def test_any_text_gives_blocks_with_text(text: str) -> None:
    assert all(block.text or block.cells for block in to_blocks(html_blocks(text)[0]))
