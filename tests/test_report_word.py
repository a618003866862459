"""The report as a Word document."""

import io

from docx import Document

from srtminer.material import Privacy
from srtminer.report.word import render_word
from tests import render_values as values
from tests.report_values import HOSTILE, SMALL


def read(data: bytes) -> tuple[list[tuple[str, str]], list[list[list[str]]]]:
    """Give (style, text) of each paragraph, and the cells of each table."""
    document = Document(io.BytesIO(data))
    paragraphs = [(one.style.name, one.text) for one in document.paragraphs if one.style]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return paragraphs, tables


def test_headings_tables_and_quotations_have_words_own_styles() -> None:
    paragraphs, tables = read(render_word(SMALL))
    headings = [text for style, text in paragraphs if style == "Heading 1"]
    assert headings[:3] == ["Themes, most widespread first", "Themes over the years", "Themes by agency"]
    labels = [text for style, text in paragraphs if style == "Heading 2"]
    themes = [theme.label for theme in SMALL.table.themes]
    assert labels[: len(themes)] == themes
    assert any(style == "Quote" and text for style, text in paragraphs)
    assert [row[1] for row in tables[1]] == ["Theme", *themes]


def test_the_same_report_has_the_same_bytes() -> None:
    assert render_word(SMALL) == render_word(SMALL)


def test_counts_are_withheld_and_names_replaced() -> None:
    name = values.RECORDS[0].value("board")
    assert name
    data = render_word(SMALL, Privacy(small_counts=50, names=(name,)))
    paragraphs, tables = read(data)
    assert tables[0][0] == ["Reviews", "*"]
    everything = " ".join([text for _, text in paragraphs] + [cell for t in tables for r in t for cell in r])
    assert name not in everything


def test_hostile_text_is_text() -> None:
    paragraphs, tables = read(render_word(HOSTILE))
    text = " ".join([text for _, text in paragraphs] + [cell for t in tables for r in t for cell in r])
    assert "\x1b" not in text
    assert "<script>" in text or "script" in text
