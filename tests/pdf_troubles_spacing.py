"""Letters and words that are set too far apart or too close."""

from tests.pdf_troubles import BOARD, BOLD, LEFT, SCHOOL, TRUST, Sheet, head, says, text


@says(text(SCHOOL), head("CONCLUSIONS"), text(BOARD), text(TRUST))
def heading_typed_with_spaces_between_letters() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    sheet.at(LEFT, sheet.y, "C O N C L U S I O N S", BOLD, 14)
    sheet.y -= 24
    sheet.write(BOARD)
    sheet.write(TRUST)
    return sheet.done()


@says(head("LESSONS FOR SCHOOLS"), text(BOARD), text(TRUST))
def small_capitals() -> bytes:
    sheet = Sheet()
    x = LEFT
    for word in ("LESSONS", "FOR", "SCHOOLS"):
        for letters, points in ((word[0], 15.0), (word[1:], 12.0)):
            sheet.at(x, sheet.y, letters, BOLD, points)
            x += sheet.canvas.stringWidth(letters, BOLD, points) + 2.8
        x += 4
    sheet.y -= 24
    sheet.write(BOARD)
    sheet.write(TRUST)
    return sheet.done()
