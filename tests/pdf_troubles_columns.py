"""Pages of several columns: full-width text above, between and below them, figures and notes across them."""

from collections.abc import Sequence

from reportlab.lib.utils import simpleSplit

from tests.pdf_troubles import BOARD, LEFT, NURSE, POLICE, SCHOOL, TIMES, TRUST, WIDTH, Sheet, says, text

OPENING = (
    "This chapter hears the five people who stood nearest to the family in that winter, each in turn, and "
    "asks what would have helped them to act on the day on which they first became worried."
)
SECOND, COLUMN = 310.0, 213.0
THIRDS = ((LEFT, 140.0), (227.0, 140.0), (382.0, 140.0))
HALVES = ((LEFT, COLUMN), (SECOND, COLUMN))


def set_columns(
    sheet: Sheet, columns: Sequence[Sequence[str]], places: Sequence[tuple[float, float]]
) -> None:
    """Write columns beside each other, and go on below the longest."""
    top, bottom = sheet.y, sheet.y
    for (x, width), words in zip(places, columns, strict=True):
        sheet.y = top
        for paragraph in words:
            sheet.write(paragraph, x, width)
        bottom = min(bottom, sheet.y)
    sheet.y = bottom


@says(text(OPENING), text(SCHOOL), text(NURSE), text(POLICE), text(BOARD))
def columns_below_a_full_width_paragraph() -> bytes:
    sheet = Sheet(font=TIMES)
    sheet.write(OPENING)
    set_columns(sheet, ((SCHOOL, NURSE), (POLICE, BOARD)), HALVES)
    return sheet.done()


@says(text(SCHOOL), text(NURSE), text(POLICE), text(BOARD), text(TRUST))
def figure_across_one_column() -> bytes:
    sheet = Sheet(font=TIMES)
    top = sheet.y
    sheet.canvas.rect(SECOND, top - 100, COLUMN, 110, fill=1)
    set_columns(sheet, ((SCHOOL, NURSE), ()), HALVES)
    bottom, sheet.y = sheet.y, top - 118
    for words in (POLICE, BOARD):
        sheet.write(words, SECOND, COLUMN)
    sheet.y = min(bottom, sheet.y)
    sheet.write(TRUST)
    return sheet.done()


@says(text(SCHOOL), text(NURSE), text(POLICE), text(BOARD))
def footnote_across_two_columns() -> bytes:
    sheet = Sheet(font=TIMES)
    set_columns(sheet, ((SCHOOL, NURSE), (POLICE, BOARD)), HALVES)
    sheet.at(LEFT, 90, "1", TIMES, 6)
    sheet.at(LEFT + 6, 88, "The school’s own log, which it gave us in June, has the same dates.", TIMES, 8.5)
    return sheet.done()


@says(text(OPENING), text(SCHOOL), text(BOARD), text(POLICE))
def three_columns() -> bytes:
    sheet = Sheet(font=TIMES, points=10)
    sheet.write(OPENING)
    set_columns(sheet, ((SCHOOL,), (BOARD,), (POLICE,)), THIRDS)
    return sheet.done()


@says(text(OPENING), text(SCHOOL), text(POLICE), text(TRUST), text(SCHOOL), text(BOARD), text(POLICE))
def two_bands_of_other_columns() -> bytes:
    sheet = Sheet(font=TIMES, points=10)
    sheet.write(OPENING)
    set_columns(sheet, ((SCHOOL,), (POLICE,)), HALVES)
    sheet.write(TRUST, width=WIDTH)
    set_columns(sheet, ((SCHOOL,), (BOARD,), (POLICE,)), THIRDS)
    return sheet.done()


@says(text(OPENING), text(SCHOOL, "1"), text(NURSE, "2"), text(POLICE, "3"), text(BOARD, "4"))
def columns_drawn_line_by_line() -> bytes:
    """Each line of the left column is drawn with the one of the right column beside it."""
    sheet = Sheet()
    sheet.write(OPENING)
    marks = iter("1234")
    columns: list[list[tuple[float, str]]] = []
    for x, pair in ((LEFT, (SCHOOL, NURSE)), (SECOND, (POLICE, BOARD))):
        lines: list[tuple[float, str]] = []
        for words in pair:
            broken = simpleSplit(f"{next(marks)}. {words}", sheet.font, sheet.points, COLUMN)
            lines += [(x, line) for line in broken]
        columns.append(lines)
    for place in range(max(map(len, columns))):
        for lines in columns:
            if place < len(lines):
                sheet.at(lines[place][0], sheet.y, lines[place][1])
        sheet.y -= sheet.points * 1.2
    return sheet.done()


@says(text(NURSE + " " + SCHOOL + " " + POLICE), text("What was asked"), text(BOARD), text(TRUST))
def heading_like_the_text_at_the_top_of_a_page() -> bytes:
    sheet = Sheet()
    sheet.write(NURSE + " " + SCHOOL + " " + POLICE)
    sheet.page()
    sheet.write("What was asked", gap=12)
    sheet.write(BOARD)
    sheet.write(TRUST)
    return sheet.done()


@says(text(NURSE + " " + SCHOOL), text(TRUST), text(BOARD))
def italics_begin_at_the_turn_of_a_page() -> bytes:
    sheet = Sheet()
    sheet.write(NURSE + " " + SCHOOL)
    sheet.page()
    sheet.write(TRUST, font="Helvetica-Oblique")
    sheet.write(BOARD)
    return sheet.done()


@says(text(SCHOOL, "1.1"), text(BOARD, "1.2"), text(TRUST, "1.3"))
def text_beside_a_number_stands_further_in_than_below_it() -> bytes:
    sheet = Sheet()
    for number, words in enumerate((SCHOOL, BOARD, TRUST), 1):
        sheet.write(words, 90, first=18, mark=f"1.{number}.")
    return sheet.done()
