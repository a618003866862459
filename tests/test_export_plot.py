"""The picture of the themes."""

import importlib.util
from dataclasses import replace

import pytest
from lxml import etree

from srtminer.errors import NothingToAnalyse, UsageError
from srtminer.export import plot
from srtminer.export.plot import MOST_THEMES, plot_themes
from srtminer.model import ThemeTable
from srtminer.render.safe_text import visible
from tests.render_values import HOSTILE, TABLE
from tests.test_export_material import SHARE_P, hostile, material, theme

pytestmark = pytest.mark.slow

pytest.importorskip("matplotlib")


def texts(table: ThemeTable) -> list[str]:
    root = etree.fromstring(plot_themes(table, "svg"))
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_every_theme_has_a_label_and_both_figures() -> None:
    shown = texts(material().table)
    assert "1. Sharing of information" in shown
    assert shown.count("2") >= 2
    assert {"reviews", "recommendations", "Themes of recommendations"} <= set(shown)
    assert "1 theme · 3 reviews · 3 recommendations · 1 in no theme" in shown


def test_long_labels_are_cut() -> None:
    (label,) = (text for text in texts(TABLE) if text.startswith("1. "))
    assert label == "1. Sharing information about domestic abuse …"


def test_the_same_table_gives_the_same_bytes() -> None:
    assert plot_themes(TABLE, "svg") == plot_themes(TABLE, "svg")
    assert plot_themes(TABLE, "png") == plot_themes(TABLE, "png")


def test_neither_clock_nor_foreign_font() -> None:
    svg = plot_themes(TABLE, "svg").decode()
    assert "dc:date" not in svg
    assert "DejaVu Sans" in svg


def test_a_png_is_a_png() -> None:
    assert plot_themes(TABLE, "png").startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    "label", ["Costs of $5 and $9", r"$\frac{1}{0}$ \alpha", "<script>alert(1)</script>", "%s %"]
)
def test_labels_are_no_formulas_and_no_markup(label: str) -> None:
    table = replace(TABLE, themes=(theme(1, label, (SHARE_P,), 1),))
    assert f"1. {label}" in texts(table)


def test_hostile_labels() -> None:
    assert any(text.startswith(f"1. {visible(HOSTILE)[:30]}") for text in texts(hostile().table))
    assert plot_themes(hostile().table, "png")


def test_more_themes_than_a_page_shows() -> None:
    many = tuple(theme(rank, f"Label {rank}", (SHARE_P,), 1) for rank in range(1, MOST_THEMES + 2))
    shown = texts(replace(TABLE, themes=many))
    assert f"{MOST_THEMES}. Label {MOST_THEMES}" in shown
    assert f"{MOST_THEMES + 1}. Label {MOST_THEMES + 1}" not in shown
    assert f"Themes of recommendations (the first {MOST_THEMES} shown)" in shown


def test_no_themes() -> None:
    with pytest.raises(NothingToAnalyse, match="no themes to plot"):
        plot_themes(replace(TABLE, themes=()), "svg")


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="pip install 'srtminer"):
        plot_themes(TABLE, "svg")
    assert importlib.util.find_spec("matplotlib") is not None
