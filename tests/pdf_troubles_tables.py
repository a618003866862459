"""Small PDFs with tables of recommendations, and pages that are stored on their side."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table

from tests.pdf_troubles import BOARD, BOLD, LEFT, NURSE, SCHOOL, TRUST, Sheet, head, row, says, text

GRID = [("GRID", (0, 0), (-1, -1), 0.5, HexColor(0)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=11)
HEAD = ParagraphStyle("head", parent=CELL, fontName=BOLD)


def draw_table(
    sheet: Sheet,
    rows: Sequence[tuple[str, ...]],
    widths: tuple[float, ...],
    style: Any = GRID,
    heads: int = 1,
) -> None:
    """Draw a table below what has been written; the first `heads` rows are bold."""
    cells = [
        [
            Paragraph(cell.replace("\n", "<br/>"), HEAD if place < heads else CELL) if cell else ""
            for cell in line
        ]
        for place, line in enumerate(rows)
    ]
    table = Table(cells, colWidths=widths, style=style)
    _, height = table.wrapOn(sheet.canvas, sum(widths), sheet.height)
    sheet.y -= height
    table.drawOn(sheet.canvas, LEFT, sheet.y)
    sheet.y -= 24


COLUMNS = ("Recommendation", "Lead", "Timescale", "Outcome")
FIRST = ("Tell staff what to do when nobody opens the door.", "Board", "May 2020", "Audit done")
SECOND = ("Name a colleague for each nurse:\n• by day\n• by night", "Trust", "", "")
FOUR = (180.0, 90.0, 90.0, 90.0)
PLAN_ROWS = (
    row("Tell staff what to do when nobody opens the door. | Board | May 2020 | Audit done"),
    row("Name a colleague for each nurse: • by day • by night | Trust |  | "),
)


@says(head("Action plan"), *PLAN_ROWS, text(SCHOOL))
def action_plan() -> bytes:
    sheet = Sheet()
    sheet.write("Action plan", font=BOLD, points=14)
    draw_table(sheet, [COLUMNS, FIRST, SECOND], FOUR)
    sheet.write(SCHOOL)
    return sheet.done()


@says(text(SCHOOL), *PLAN_ROWS, *PLAN_ROWS, text(NURSE))
def action_plan_over_two_pages() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    sheet.y = 200
    draw_table(sheet, [COLUMNS, FIRST, (SECOND[0].replace("\n• by night", ""), *SECOND[1:])], FOUR)
    sheet.page()
    draw_table(sheet, [COLUMNS, ("• by night", "", "", ""), FIRST, SECOND], FOUR)
    sheet.write(NURSE)
    return sheet.done()


@says(text(SCHOOL), *PLAN_ROWS, *PLAN_ROWS, text(NURSE))
def action_plan_whose_head_is_not_repeated() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    sheet.y = 200
    draw_table(sheet, [COLUMNS, FIRST, SECOND], FOUR)
    sheet.page()
    draw_table(sheet, [FIRST, SECOND], FOUR, heads=0)
    sheet.write(NURSE)
    return sheet.done()


@says(row(f"R1 | {BOARD} | Every chair | May 2020"), row(f"R2 | {TRUST} | Matron | "))
def table_with_numbers_and_wrapped_head() -> bytes:
    sheet = Sheet()
    rows = [("Ref", "Action\nrequired", "By whom", "By\nwhen"), ("R1", BOARD, "Every chair", "May 2020")]
    draw_table(sheet, [*rows, ("R2", TRUST, "Matron", "")], (36, 250, 80, 80))
    return sheet.done()


@says(row(f"{BOARD} | Chair", "4.1"), row(f"{TRUST} | Matron", "4.2"))
def table_whose_numbers_have_no_head() -> bytes:
    sheet = Sheet()
    draw_table(
        sheet,
        [("", "Recommendation", "Owner"), ("4.1", BOARD, "Chair"), ("4.2", TRUST, "Matron")],
        (36, 300, 80),
    )
    return sheet.done()


@says(
    head("Plan"),
    text("For the Board and all who sit on it"),
    row(f"{BOARD} | Chair | May"),
    row(f"{TRUST} | Matron | "),
)
def table_with_joined_cells() -> bytes:
    sheet = Sheet()
    sheet.write("Plan", font=BOLD, points=14)
    rows = [
        ("Recommendation", "Lead", "Timescale"),
        ("For the Board and all who sit on it", "", ""),
        (BOARD, "Chair", "May"),
    ]
    draw_table(sheet, [*rows, (TRUST, "Matron", "")], (90, 260, 80), [*GRID, ("SPAN", (0, 1), (-1, 1))])
    return sheet.done()


@says(
    row("3 | Count the calls that nobody answers, and publish how many there are. | Larkshire Police | May"),
    row("4 | Name a colleague for each nurse. | The Trust | June"),
    text(SCHOOL),
)
def table_without_upright_rules() -> bytes:
    sheet = Sheet()
    lines = (
        ("No.", "Recommendation", "Lead", "By when"),
        ("3", "Count the calls that nobody answers,", "Larkshire", "May"),
        ("", "and publish how many there are.", "Police", ""),
        ("4", "Name a colleague for each nurse.", "The Trust", "June"),
    )
    for cells in lines:
        for x, cell in zip((LEFT, 110, 330, 430), cells, strict=True):
            sheet.at(x, sheet.y, cell)
        sheet.y -= 13
    sheet.y -= 13
    sheet.write(SCHOOL)
    return sheet.done()


SIX = ("No.", "Recommendation", "Action to take", "Lead agency", "Target date", "Progress / RAG")


@says(
    head("Appendix: action plan"),
    row(f"1 | {BOARD} | Write to partners | Board | May 2020 | Green"),
    row(f"2 | {TRUST} |  | Trust |  | Amber"),
    text(SCHOOL),
)
def landscape_page() -> bytes:
    sheet = Sheet(landscape(A4))
    sheet.write("Appendix: action plan", font=BOLD, points=14)
    rows = [
        SIX,
        ("1", BOARD, "Write to partners", "Board", "May 2020", "Green"),
        ("2", TRUST, "", "Trust", "", "Amber"),
    ]
    draw_table(sheet, rows, (30, 250, 140, 90, 80, 90))
    sheet.write(SCHOOL)
    return sheet.done()


def turned(degrees: int) -> bytes:
    """Make an upright page of a sheet that is stored on its side."""
    sheet = Sheet()
    width, height = A4
    sheet.canvas.setPageRotation(degrees)  # this also swaps the sides of the page
    sheet.canvas.translate(*{90: (height, 0), 180: (width, height), 270: (0, width)}[degrees])
    sheet.canvas.rotate({90: 90, 180: 180, 270: -90}[degrees])
    sheet.write(SCHOOL, 108, mark="1.1")
    draw_table(sheet, [COLUMNS, FIRST], FOUR)
    sheet.write(NURSE, 108, mark="1.2")
    return sheet.done()


TURNED = (text(SCHOOL, "1.1"), PLAN_ROWS[0], text(NURSE, "1.2"))


@says(*TURNED)
def page_turned_by_90() -> bytes:
    return turned(90)


@says(*TURNED)
def page_turned_by_180() -> bytes:
    return turned(180)


@says(*TURNED)
def page_turned_by_270() -> bytes:
    return turned(270)


@says(text(SCHOOL), *(text(words) for _ in range(3) for words in (NURSE, BOARD)), text(TRUST))
def other_table_is_read_across() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    draw_table(sheet, [(NURSE, BOARD)] * 3, (225, 225), heads=0)
    sheet.write(TRUST)
    return sheet.done()


@says(
    head("Action plan"),
    row("Tell staff what to do when nobody opens the door. | Larkshire Police | May 2020 | Audit done"),
    row("Name a colleague for each nurse. | Larkshire Police | June 2020 | "),
    row("Count the calls that nobody answers. | The Health Trust | June 2020 | Count shown"),
)
def agency_cell_beside_several_rows() -> bytes:
    sheet = Sheet()
    sheet.write("Action plan", font=BOLD, points=14)
    rows = [
        COLUMNS,
        ("Tell staff what to do when nobody opens the door.", "Larkshire Police", "May 2020", "Audit done"),
        ("Name a colleague for each nurse.", "", "June 2020", ""),
        ("Count the calls that nobody answers.", "The Health Trust", "June 2020", "Count shown"),
    ]
    draw_table(sheet, rows, FOUR, [*GRID, ("SPAN", (1, 1), (1, 2)), ("VALIGN", (1, 1), (1, 2), "MIDDLE")])
    return sheet.done()
