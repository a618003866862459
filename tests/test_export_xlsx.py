"""The workbook, read back with openpyxl and opened in LibreOffice."""

import csv
import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from srtminer.errors import UsageError
from srtminer.export import workbook as xlsx
from srtminer.export.workbook import CELL_LIMIT, in_words, to_xlsx
from srtminer.material import Making, Material
from srtminer.render.recommendation_tables import recommendation_result, theme_result
from srtminer.render.result_columns import RECOMMENDATION_COLUMNS, REVIEW_COLUMNS, THEME_COLUMNS
from srtminer.render.review_tables import review_result
from srtminer.render.safe_text import visible
from tests.render_values import HOSTILE
from tests.test_export_material import AGAIN_Q, SHARE_P, hostile, material, theme, without_themes

SHEETS = [
    *("Themes", "Reviews", "Recommendations", "Theme x agency", "Theme x year", "How it was made", "Columns")
]


def opened(of: Material) -> Any:
    return load_workbook(io.BytesIO(to_xlsx(of)[0]))


def machine_name(head: str) -> str:
    return head.lower().replace(" ", "_")


def rows(sheet: Any) -> list[dict[str, Any]]:
    """Give the rows by the names of columns as CSV has them."""
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(map(machine_name, head), row, strict=True)) for row in body]


def column(sheet: Any, name: str) -> list[Any]:
    return [row[name] for row in rows(sheet)]


def every_cell(book: Any) -> list[Any]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_sheets_have_fixed_heads_filters_widths_and_wrapped_text() -> None:
    book = opened(material())
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes.endswith("2")
        assert sheet.column_dimensions["B"].width > 5
        assert sheet.print_title_rows == "$1:$1"
    assert book["Recommendations"].auto_filter.ref == "A1:W4"
    assert book["Recommendations"]["B2"].alignment.wrap_text
    assert book["Recommendations"].row_dimensions[2].height == 15 * 5
    assert book["Themes"].row_dimensions[1].height is None  # one line
    assert book["Themes"]["A1"].alignment.horizontal == book["Themes"]["A2"].alignment.horizontal == "center"
    assert book["Themes"]["B1"].alignment.horizontal is None


def test_the_footer_is_no_part_of_the_filter() -> None:
    sheet = opened(material())["Theme x agency"]
    assert sheet.auto_filter.ref == "A1:F3"
    assert [row[1] for row in sheet.iter_rows(min_row=4, values_only=True)] == [
        "All recommendations",
        "Recommendations per review",
        "Reviews with one or more",
    ]


def test_figures_equal_those_of_the_json() -> None:
    one = material()
    book = opened(one)
    themes = theme_result(one.table, one.catalogue).body["themes"]
    names: tuple[str, ...] = ("rank", "id", "label", "reviews", "recommendations", "share")
    assert [[row[name] for name in names] for row in rows(book["Themes"])] == [
        [entry[name] for name in names] for entry in themes
    ]
    reviews = review_result(one.records, one.catalogue).body["reviews"]
    names = ("id", "source", "board", "year", "pages", "sections", "recommendations", "why_none")
    assert [[row[name] for name in names] for row in rows(book["Reviews"])] == [
        [entry[name] for name in names] for entry in reviews
    ]
    found = recommendation_result(one.recommendations, one.catalogue).body["recommendations"]
    names = ("id", "review", "page", "last_page", "text", "confidence")
    assert [[row[name] for name in names] for row in rows(book["Recommendations"])] == [
        [entry[name] for name in names] for entry in found
    ]


@pytest.mark.parametrize(
    ("sheet", "by", "figure"),
    [("Theme x agency", "by_agency", "recommendations"), ("Theme x year", "by_year", "reviews")],
)
def test_crossed_figures_equal_those_of_compare(sheet: str, by: str, figure: str) -> None:
    one = material()
    compared = getattr(one, by)
    listed = rows(opened(one)[sheet])
    counts = [(row.theme.label, row.counts) for row in compared.rows] + [("In no theme", compared.unthemed)]
    for row, (label, figures) in zip(listed, counts, strict=False):
        assert row["theme"] == label
        groups = [row[machine_name(group.name)] for group in compared.groups]
        assert groups == [getattr(count, figure) for count in figures]


def test_recommendations_a_review_by_agency() -> None:
    listed = rows(opened(material())["Theme x agency"])
    mean = next(row for row in listed if row["theme"] == "Recommendations per review")
    assert mean == {
        "rank": None,
        "theme": "Recommendations per review",
        "recommendations": 1.5,
        "commissioners": 1,
        "police": 0.5,
        "not_known": 0.5,
    }


def test_every_column_is_explained() -> None:
    explained = [(row["sheet"], row["column"]) for row in rows(opened(material())["Columns"])]
    tables: Sequence[tuple[str, Sequence[Any]]] = (
        ("Themes", THEME_COLUMNS),
        ("Reviews", REVIEW_COLUMNS),
        ("Recommendations", RECOMMENDATION_COLUMNS),
    )
    assert explained == [(name, in_words(entry.name)) for name, columns in tables for entry in columns]


def test_no_cell_is_a_formula_or_a_link() -> None:
    book = opened(hostile())
    assert {cell.data_type for cell in every_cell(book)} == {"s", "n"}
    assert [cell.hyperlink for cell in every_cell(book) if cell.hyperlink] == []


def test_hostile_text_is_shown_as_it_is() -> None:
    book = opened(hostile())
    assert column(book["Recommendations"], "text") == [visible(HOSTILE)]
    assert column(book["Recommendations"], "reference") == ["=1+1"]
    assert column(book["Reviews"], "board") == ["@SUM(A1)"]
    assert column(book["Themes"], "label") == [visible(HOSTILE)]
    how = {row["what"]: row["value"] for row in rows(book["How it was made"])}
    assert how["For the record: reviews chosen"] == visible(HOSTILE)


def test_what_looks_like_a_formula_stays_text_when_it_is_edited() -> None:
    sheet = opened(hostile())["Recommendations"]
    quoted = {cell.value: cell.quotePrefix for cell in sheet[2] if cell.value is not None}
    assert quoted["=1+1"]
    assert not quoted["numbered list"]


@pytest.mark.parametrize(
    "text", ["_x0041_", "a_x000D_b", "2 < 3 & 4 > 1", "line\nline", " space ", "\ufffe?"]
)
def test_characters_come_through(text: str) -> None:
    found = (replace(SHARE_P, text=text),)
    assert column(opened(without_themes(*found))["Recommendations"], "text") == [
        text.replace("\ufffe", "\ufffd")
    ]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a" * CELL_LIMIT, 0),
        ("a" * (CELL_LIMIT + 1), 1),
        ("\U0001f600" * (CELL_LIMIT // 2), 0),
        ("\U0001f600" * (CELL_LIMIT // 2 + 1), 1),
        ("a" + "\U0001f600" * CELL_LIMIT, 1),
    ],
)
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(text: str, cut: int) -> None:
    one = without_themes(replace(SHARE_P, text=text))
    data, counted = to_xlsx(one)
    assert counted == cut
    book = load_workbook(io.BytesIO(data))
    (shown,) = column(book["Recommendations"], "text")
    assert len(shown.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert (shown == text) is not bool(cut)
    if cut:
        kept, note = shown.split(" […] ")
        assert text.startswith(kept)
        assert note == f"(cut: a cell holds no more than 32,767 characters, and this text has {len(text):,})"
    how = {row["what"]: row["value"] for row in rows(book["How it was made"])}
    assert how["Cells cut"].startswith("1;" if cut else "none")


def test_the_same_material_gives_the_same_bytes() -> None:
    assert to_xlsx(material()) == to_xlsx(material())


def test_the_date_is_the_one_given() -> None:
    assert opened(material()).properties.created == datetime(1980, 1, 1)
    dated = opened(material(making=Making(day="2026-03-01")))
    assert dated.properties.created == datetime(2026, 3, 1)
    assert {row["what"]: row["value"] for row in rows(dated["How it was made"])}[
        "For the record: date"
    ] == "2026-03-01"


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROW_LIMIT", 3)
    with pytest.raises(UsageError, match=r"4 rows for the sheet Reviews.*--where"):
        to_xlsx(material())


def test_libreoffice_shows_the_same_values(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    one = material(themes=(theme(1, "=Sharing", (SHARE_P, AGAIN_Q), 3),))
    (tmp_path / "book.xlsx").write_bytes(to_xlsx(one)[0])
    filter_options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, home, "--headless", "--convert-to", filter_options, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "book.xlsx")], check=False, capture_output=True, timeout=120)
    if not list(tmp_path.glob("book-*.csv")):
        pytest.skip("LibreOffice is installed without its spreadsheet")
    assert len(opened(one).sheetnames) > 4
    for sheet in opened(one):
        converted = (tmp_path / f"book-{sheet.title}.csv").read_text(encoding="utf-8")
        expected = [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
        assert list(csv.reader(io.StringIO(converted))) == expected


def _shown(cell: Any) -> str:
    """What LibreOffice writes to CSV; any percentage has two places there."""
    if cell.data_type != "n" or cell.value is None:
        return cell.value or ""
    return f"{cell.value:.2%}" if cell.number_format == "0%" else f"{cell.value:g}"


def test_text_of_a_result_is_no_formula_and_no_link() -> None:
    one = hostile()
    formula = replace(one.recommendations[0], text="=1+1")
    result = recommendation_result((*one.recommendations, formula), one.catalogue, explain=True)
    first, _ = load_workbook(io.BytesIO(xlsx.result_workbook(result))).worksheets
    found = [cell for row in first.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in found} == {"s", "n", "b"}
    assert not any(cell.hyperlink for cell in found)
    assert {visible(HOSTILE), "=1+1"} <= {cell.value for cell in found}
