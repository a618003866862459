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
