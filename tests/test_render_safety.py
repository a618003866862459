"""Text from a review is data in every form of output."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srtminer.model import ThemeTable
from srtminer.render import layout
from srtminer.render.recommendation_tables import recommendation_result, theme_result
from srtminer.render.result import Screen
from srtminer.render.review_tables import ingest_result
from srtminer.render.safe_text import one_line, visible
from srtminer.render.wording import Catalogue
from srtminer.render.writers import escape, safe_cell, to_csv, to_json, to_markdown
from tests import render_values as values

CATALOGUE = Catalogue.of((*values.RECORDS, values.HOSTILE_RECORD))
ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\x07b\x00c", "a␇b␀c"),
        ("a\x7fb", "a␡b"),
        ("a\x9b2Jb", "a�2Jb"),
        ("a\u202eb\u2066c", "a�b�c"),
        ("a\udcffb", "a�b"),
        ("\u200f\u05d0\u200e \u0645\u06cc\u200c\u0631", "\u05d0 \u0645\u06cc\u200c\u0631"),
        ("a\tb", "a b"),
        ("a\u2028b", "a\nb"),
        ("line\nline", "line\nline"),
        ("‘Child P’ – 4.7 • naïve £5 مرحبا 😀", "‘Child P’ – 4.7 • naïve £5 مرحبا 😀"),
        ("[b]bold[/b] :smile:", "[b]bold[/b] :smile:"),
        ("", ""),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_one_line() -> None:
    assert one_line(" a\n\n b\r\nc ") == "a b␍ c"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+44 1234", "'+44 1234"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "'␍=1"),
        (" =1", "' =1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("4.7", "4.7"),
        ("a=b", "a=b"),
        ("'quoted'", "'quoted'"),
        ("– with a dash", "– with a dash"),
        ("", ""),
    ],
)
def test_safe_cell(cell: str, safe: str) -> None:
    assert safe_cell(cell) == safe


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a | b", "a \\| b"),
        ("<script>", "&lt;script&gt;"),
        ("&amp;", "&amp;amp;"),
        ("[x](http://y)", "\\[x\\](http\\://y)"),
        ("*a* _b_ `c` ~~d~~", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~"),
        ("![x]", "\\!\\[x\\]"),
        ("www.example.org", "www\\.example.org"),
        ("a@b.example #12 :smile:", "a\\@b.example \\#12 :smile:".replace(":smile", "\\:smile")),
        ("back\\slash", "back\\\\slash"),
        ("one\n\ntwo", "one<br>two"),
        ("Police: tell the nurse.", "Police: tell the nurse."),
        ("4.7 – “quoted”", "4.7 – “quoted”"),
    ],
)
def test_markdown_escape(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(ANY_TEXT)
def test_a_markdown_table_keeps_its_shape(text: str) -> None:
    theme = replace(values.SHARING_THEME, label=text, examples=())
    lines = to_markdown(theme_result(replace(values.TABLE, themes=(theme,)), CATALOGUE)).split("\n")
    assert len(lines) == 8
    assert lines[2].replace("\\|", "").count("|") == 8


@given(ANY_TEXT)
def test_a_csv_cell_is_never_a_formula_and_stays_one_cell(text: str) -> None:
    recommendation = replace(values.TRAINING, text=text)
    rendered = to_csv(recommendation_result([recommendation], CATALOGUE))
    header, row = csv.reader(io.StringIO(rendered, newline=""))
    assert len(header) == len(row)
    cell = row[header.index("text")]
    assert cell in (visible(text), f"'{visible(text)}")
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@given(ANY_TEXT)
def test_json_keeps_every_character(text: str) -> None:
    recommendation = replace(values.TRAINING, text=text)
    rendered = to_json(recommendation_result([recommendation], CATALOGUE))
    assert json.loads(rendered)["recommendations"][0]["text"] == text
    assert rendered.isprintable() or "\n" in rendered
    assert "\x9b" not in rendered
    assert "\u202e" not in rendered
    assert rendered.encode("utf-8").endswith(b"}\n")


@given(ANY_TEXT, st.sampled_from([40, 80, 120]))
def test_a_terminal_sees_no_control_character_and_no_line_too_long(text: str, width: int) -> None:
    theme = replace(values.SHARING_THEME, label=text)
    rendered = layout.write(theme_result(replace(values.TABLE, themes=(theme,)), CATALOGUE), Screen(width))
    assert visible(rendered) == rendered
    if width >= 80 and text.isascii():
        assert max(map(len, rendered.split("\n"))) <= width


def test_nothing_is_rendered_as_an_empty_table() -> None:
    nothing = ThemeTable((), (), 0, 0, ())
    assert layout.write(theme_result(nothing, CATALOGUE), Screen(80)).endswith(
        "\n0 themes · 0 reviews · 0 recommendations · 0 in no theme\n"
    )
    assert to_csv(theme_result(nothing, CATALOGUE)).count("\r\n") == 1
    assert to_markdown(theme_result(nothing, CATALOGUE)).startswith("| \\# | Theme |")
    assert json.loads(to_json(theme_result(nothing, CATALOGUE)))["themes"] == []
    assert layout.write(recommendation_result((), CATALOGUE), Screen(80)) == "0 recommendations\n"
    assert layout.write(ingest_result((), ()), Screen(80)) == ""


def test_markup_in_a_label_is_shown_and_not_obeyed() -> None:
    theme = replace(values.SHARING_THEME, label="see [Child A] and [redacted] plan[/b] :smile:", examples=())
    rendered = layout.write(theme_result(replace(values.TABLE, themes=(theme,)), CATALOGUE), Screen(120))
    assert "see [Child A] and [redacted] plan[/b] :smile:" in rendered


def test_colour_only_adds_to_what_is_written() -> None:
    plain = layout.write(theme_result(values.TABLE, CATALOGUE), Screen(100))
    colored = layout.write(theme_result(values.TABLE, CATALOGUE), Screen(100, color=True))
    assert "\x1b[1m" in colored
    assert "\x1b" not in plain
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[2m"):
        colored = colored.replace(code, "")
    assert "\n".join(line.rstrip() for line in colored.split("\n")) == plain
