"""Small PDFs, one for each trouble that layouts make, with the paragraphs that a person reads in them."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

LEFT, WIDTH = 72.0, 451.0
BOLD, TIMES, SYMBOL, DINGBATS = "Helvetica-Bold", "Times-Roman", "Symbol", "ZapfDingbats"

SCHOOL = (
    "The school told the duty team in March that the twins came to lessons hungry and that nobody at home "
    "had answered the telephone for two weeks, and the duty team wrote to their mother."
)
NURSE = (
    "A community nurse visited twice and was not let in. She recorded what she heard through the door and "
    "asked her manager for advice, which came nine days later and was that she should call again."
)
POLICE = (
    "Police officers went to the house after a neighbour rang at night. They spoke with both adults in one "
    "room, did not see the children, and sent no notification because no offence had been alleged."
)
BOARD = (
    "The Board should make sure that each partner tells its staff what to do when a family does not open "
    "the door, and should test with an audit within the year whether they do it."
)
TRUST = (
    "The Trust should give every community nurse a named colleague to ring on the same day, and should "
    "count how often that happens and how long an answer takes."
)

VOICE = (
    "“I rang four times. I was told that the case was closed and I should ring the school, and I was the "
    "school.”"
)

Read = tuple[str, str, str]
"""Role, number and text of a paragraph."""


class Sheet:
    """Pages that are written from top to bottom, or anywhere."""

    def __init__(self, size: tuple[float, float] = A4, font: str = "Helvetica", points: float = 11) -> None:
        self.target = io.BytesIO()
        self.canvas = Canvas(self.target, pagesize=size, invariant=1)
        self.height = size[1]
        self.font, self.points = font, points
        self.y = self.height - 72

    def at(self, x: float, y: float, text: str, font: str = "", points: float = 0) -> None:
        """Draw a text with its baseline `y` points above the page's bottom edge."""
        self.canvas.setFont(font or self.font, points or self.points)
        self.canvas.drawString(x, y, text)

    def write(
        self,
        text: str,
        x: float = LEFT,
        width: float = 0,
        *,
        mark: str = "",
        mark_x: float = LEFT,
        mark_font: str = "",
        font: str = "",
        points: float = 0,
        gap: float = 8,
        first: float = 0,
    ) -> float:
        """Write a paragraph and give the height of its first line."""
        points, top = points or self.points, self.y
        if mark:
            self.at(mark_x, self.y, mark, mark_font or font, points)
        for line in simpleSplit(text, font or self.font, points, width or LEFT + WIDTH - x - first):
            self.at(x + first, self.y, line, font, points)
            self.y -= points * 1.2
            first = 0
        self.y -= gap
        return top

    def page(self) -> None:
        self.canvas.showPage()
        self.y = self.height - 72

    def done(self) -> bytes:
        self.canvas.save()
        return self.target.getvalue()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A PDF and what it says."""

    name: str
    make: Callable[[], bytes]
    expected: tuple[Read, ...]


TROUBLES: list[Trouble] = []


def says(*expected: Read) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def enter(make: Callable[[], bytes]) -> Callable[[], bytes]:
        TROUBLES.append(Trouble(make.__name__, make, expected))
        return make

    return enter


def text(words: str, number: str = "") -> Read:
    return ("text", number, words)


def head(words: str, number: str = "") -> Read:
    return ("heading", number, words)


def item(words: str, number: str = "") -> Read:
    return ("item", number, words)


def row(words: str, number: str = "") -> Read:
    return ("row", number, words)


@says(head("Recommendations", "4"), text(SCHOOL, "4.9"), text(BOARD, "4.10"), text(TRUST, "4.11"))
def margin_numbers_after_the_text() -> bytes:
    sheet = Sheet()
    places = [sheet.write("Recommendations", 108, font=BOLD)]
    places += [sheet.write(words, 108) for words in (SCHOOL, BOARD, TRUST)]
    for place, number in zip(places, ("4.", "4.9", "4.10", "4.11"), strict=True):
        sheet.at(LEFT, place, number)
    return sheet.done()


@says(text(SCHOOL, "1"), text(NURSE, "2"), text(POLICE, "3"))
def hanging_numbers() -> bytes:
    sheet = Sheet(font=TIMES)
    for number, words in enumerate((SCHOOL, NURSE, POLICE), 1):
        sheet.write(words, 90, mark=f"{number}.")
    return sheet.done()


@says(
    text(SCHOOL, "2.1"), text(NURSE, "2.2"), text(POLICE, "2.3"), text(SCHOOL, "2.4"),
    head("Visits", "2.5"), text(BOARD), head("Advice", "2.6"), text(TRUST),
)  # fmt: skip
def number_on_the_line_of_a_heading() -> bytes:
    sheet = Sheet()
    for number, words in enumerate((SCHOOL, NURSE, POLICE, SCHOOL), 1):
        sheet.write(words, 108, mark=f"2.{number}")
    for count, title, words in (("2.5", "Visits", BOARD), ("2.6", "Advice", TRUST)):
        sheet.write(title, 108, mark=count, font=BOLD, gap=0)
        sheet.write(words, 108)
    return sheet.done()


@says(head("Two views of one winter"), text(SCHOOL), text(NURSE), text(POLICE), text(BOARD))
def two_columns() -> bytes:
    sheet = Sheet(font=TIMES)
    sheet.write("Two views of one winter", font="Times-Bold", points=18, gap=14)
    top = sheet.y
    for x, pair in ((LEFT, (SCHOOL, NURSE)), (310.0, (POLICE, BOARD))):
        sheet.y = top
        for words in pair:
            sheet.write(words, x, 213)
    return sheet.done()


@says(text(SCHOOL), text(NURSE), text(POLICE), text(BOARD))
def text_box_beside_the_text() -> bytes:
    sheet = Sheet()
    sheet.canvas.rect(372, 560, 160, 220)
    for words in (SCHOOL, NURSE, POLICE):
        sheet.write(words, width=280)
    sheet.y = sheet.height - 80
    sheet.write(BOARD, 380, 150, points=10)
    return sheet.done()


@says(text(SCHOOL), text(NURSE), text(POLICE), text(BOARD), text(TRUST), text(SCHOOL))
def running_headers_odd_and_even() -> bytes:
    sheet = Sheet()
    for number, words in enumerate((SCHOOL, NURSE, POLICE, BOARD, TRUST, SCHOOL), 1):
        sheet.at(LEFT if number % 2 else 400, 800, "Review of the twins" if number % 2 else "Confidential")
        sheet.at(500 if number % 2 else LEFT, 40, f"Page {number} of 6")
        sheet.write(words)
        sheet.page()
    return sheet.done()


ENTRIES = ("1. Introduction", "2. The family", "3. What happened", "4. Findings", "5. Recommendations")


@says(text(SCHOOL), text(NURSE), text(POLICE), text(BOARD, "1"), text(TRUST, "2"))
def two_pages_with_headers() -> bytes:
    sheet = Sheet()
    for number, page in enumerate(((SCHOOL, NURSE), (POLICE, BOARD, TRUST)), start=1):
        sheet.at(LEFT, sheet.height - 30, "Harle Safeguarding Board", points=8)
        sheet.at(400, 30, f"Page {number} of 2", points=8)
        for words in page:
            mark = {BOARD: "1.", TRUST: "2."}.get(words, "")
            sheet.write(words, 108 if mark else LEFT, mark=mark)
        sheet.page()
    return sheet.done()


@says(text(SCHOOL), text("31 December 2012"), text("4 January 2013"), text(BOARD))
def dates_are_no_numbers() -> bytes:
    sheet = Sheet()
    for words in (SCHOOL, "31 December 2012", "4 January 2013", BOARD):
        sheet.write(words)
    return sheet.done()


@says(head("A winter review"), head("Introduction", "1"), text(SCHOOL))
def contents_with_leaders() -> bytes:
    sheet = Sheet()
    sheet.write("A winter review", font=BOLD, points=20)
    sheet.page()
    sheet.write("Contents", font=BOLD, points=14)
    for page, entry in enumerate(ENTRIES, 3):
        sheet.write(f"{entry} {'.' * 60} {page}")
    sheet.page()
    sheet.write("1. Introduction", font=BOLD, points=14)
    sheet.write(SCHOOL)
    return sheet.done()


@says(head("A winter review"), head("Introduction", "1"), text(SCHOOL))
def contents_without_leaders() -> bytes:
    sheet = Sheet()
    sheet.write("A winter review", font=BOLD, points=20)
    sheet.page()
    sheet.write("Contents", font=BOLD, points=14)
    for page, entry in enumerate(ENTRIES, 3):
        sheet.at(500, sheet.y, str(page))
        sheet.write(entry)
    sheet.page()
    sheet.write("1. Introduction", font=BOLD, points=14)
    sheet.write(SCHOOL)
    return sheet.done()


@says(text(SCHOOL), text("The duty team wrote a letter. It was never found."), text(NURSE))
def footnotes_and_their_marks() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    line = sheet.canvas.beginText(LEFT, sheet.y)
    for part, points, rise in (
        ("The duty team wrote a letter.", 11, 0),
        ("1", 7, 4),
        (" It was never found.", 11, 0),
    ):
        line.setFont("Helvetica", points)
        line.setRise(rise)
        line.textOut(part)
    sheet.canvas.drawText(line)
    sheet.y -= 22
    sheet.write(NURSE)
    sheet.at(LEFT, 90, "1 The letter is quoted in the chronology of the council.", points=8)
    return sheet.done()


@says(text(SCHOOL), text(NURSE))
def watermark() -> bytes:
    sheet = Sheet()
    sheet.canvas.saveState()
    sheet.canvas.translate(150, 300)
    sheet.canvas.rotate(45)
    sheet.canvas.setFillGray(0.85)
    sheet.at(0, 0, "DRAFT", BOLD, 90)
    sheet.canvas.restoreState()
    sheet.write(SCHOOL)
    sheet.write(NURSE)
    return sheet.done()


KINDS = ("a map of the household", "a note of who has seen the children", "a named person to ring")


@says(
    text("Each file should hold:"), *map(item, KINDS),
    text("Each visit should end with:"), *map(item, KINDS),
    text("Each meeting should have:"), *map(item, KINDS),
    text("Each letter should give:"), *map(item, KINDS),
)  # fmt: skip
def bullets_of_every_kind() -> bytes:
    sheet = Sheet()
    kinds = (("•", ""), ("–", ""), ("\u2022", SYMBOL), ("n", DINGBATS))
    for lead, (mark, font) in zip(
        ("file should hold", "visit should end with", "meeting should have", "letter should give"),
        kinds,
        strict=True,
    ):
        sheet.write(f"Each {lead}:", gap=4)
        for words in KINDS:
            sheet.write(words, 108, mark=mark, mark_x=90, mark_font=font, gap=2)
        sheet.y -= 6
    return sheet.done()


@says(
    text(SCHOOL), text("The Board asks each partner to report on:"),
    *(item(words, letter) for words, letter in zip(KINDS, "abc", strict=True)),
    text("and, in its second report, on:"),
    *(item(words, numeral) for words, numeral in zip(KINDS, ("i", "ii", "iii"), strict=True)),
)  # fmt: skip
def lettered_and_roman_lists() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    for lead, marks in (
        ("The Board asks each partner to report on:", "abc"),
        ("and, in its second report, on:", ("i", "ii", "iii")),
    ):
        sheet.write(lead)
        for words, mark in zip(KINDS, marks, strict=True):
            sheet.write(words, 114, mark=f"({mark})", mark_x=90)
    return sheet.done()


@says(
    text(SCHOOL),
    text("Staff know safeguarding well and work in multi-agency teams."),
    text(
        "The panel spoke with forty of them in the spring of the year. They said that safeguarding is what "
        "they came into the work for, and that both it and multi-agency meetings need time that nobody has "
        "had since the two teams were joined."
    ),
)
def hyphens_at_line_ends() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    sheet.write("Staff know safeguarding well and work in multi-agency teams.")
    for line in (
        "The panel spoke with forty of them in the spring of the year. They said that safe-",
        "guarding is what they came into the work for, and that both it and multi-",
        "agency meetings need time that nobody has had since the two teams were joined.",
    ):
        sheet.write(line, gap=0)
    return sheet.done()


@says(text("The first office filed a co-ordinated plan for the family and its staff."))
def characters() -> bytes:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    sheet = Sheet(font="Vera")
    sheet.at(
        LEFT,
        sheet.y,
        "The \ufb01rst of\ufb01ce\u00a0filed a co-ordi\u00adnated plan\u00a0for the family and its staff.",
    )
    return sheet.done()


@says(
    head("A winter review"), head("Findings", "3"), text(SCHOOL), head("What was seen", "3.1"), text(NURSE),
    head("Visits at night"), text(POLICE), head("RECOMMENDATIONS"), text(BOARD), head("Health"), text(TRUST),
)  # fmt: skip
def headings_of_every_kind() -> bytes:
    sheet = Sheet()
    sheet.write("A winter review", font=BOLD, points=22)
    sheet.write("3. Findings", font=BOLD, points=16)
    sheet.write(SCHOOL)
    sheet.write("3.1 What was seen", font=BOLD, points=13)
    sheet.write(NURSE)
    sheet.write("Visits at night", font=BOLD)
    sheet.write(POLICE)
    sheet.write("RECOMMENDATIONS")
    sheet.write(BOARD)
    sheet.canvas.setFillColor(HexColor(0x1F3A5F))
    sheet.write("Health")
    sheet.canvas.setFillColor(HexColor(0))
    sheet.write(TRUST)
    return sheet.done()


@says(text(SCHOOL), text(f"{NURSE} {POLICE}"), text(BOARD))
def paragraph_across_a_page() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    lines = simpleSplit(f"{NURSE} {POLICE}", "Helvetica", 11, WIDTH)
    sheet.y = 100
    for line in lines[:3]:
        sheet.write(line, gap=0, width=500)
    sheet.page()
    for line in lines[3:]:
        sheet.write(line, gap=0, width=500)
    sheet.y -= 8
    sheet.write(BOARD)
    return sheet.done()


@says(text(SCHOOL), text("Each file should hold:"), *map(item, KINDS), text(NURSE))
def lost_bullets() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    sheet.write("Each file should hold:", gap=0)
    for words in KINDS:
        sheet.write(words, 108, gap=0)
    sheet.write(NURSE)
    return sheet.done()


@says(*map(text, (SCHOOL, NURSE, POLICE, BOARD)))
def first_lines_indented_without_gaps() -> bytes:
    sheet = Sheet(font=TIMES)
    for words in (SCHOOL, NURSE, POLICE, BOARD):
        sheet.write(words, gap=0, first=18)
    return sheet.done()


@says(*map(text, (SCHOOL, NURSE, BOARD)))
def short_last_lines_without_gaps() -> bytes:
    sheet = Sheet()
    for words in (SCHOOL, NURSE, BOARD):
        sheet.write(words, gap=0)
    return sheet.done()


@says(text(SCHOOL), text(VOICE), text(NURSE))
def quotation() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    sheet.write(VOICE, 120, 340)
    sheet.write(NURSE)
    return sheet.done()


@says(text(SCHOOL), text(NURSE))
def page_without_text() -> bytes:
    sheet = Sheet()
    sheet.write(SCHOOL)
    sheet.page()
    sheet.canvas.rect(100, 100, 300, 500, fill=1)
    sheet.page()
    sheet.write(NURSE)
    return sheet.done()


@says(
    head("Sallowmere Safeguarding Board"), head("Review of the twins"),
    text("Author: Imelda Stroud"), text("May 2020"),
    head("Summary", "1"), text(SCHOOL, "1.1"), text(NURSE, "1.2"),
)  # fmt: skip
def cover_page() -> bytes:
    sheet = Sheet()
    sheet.write("Sallowmere Safeguarding Board", font=BOLD, points=24, gap=120)
    sheet.write("Review of the twins", font=BOLD, points=18, gap=200)
    sheet.write("Author: Imelda Stroud", gap=30)
    sheet.write("May 2020")
    sheet.page()
    sheet.write("1. Summary", font=BOLD, points=14)
    sheet.write(SCHOOL, 108, mark="1.1")
    sheet.write(NURSE, 108, mark="1.2")
    return sheet.done()


def labelled() -> bytes:
    """Give pages the printed labels i, ii, 1."""
    sheet = Sheet()
    for words in (SCHOOL, NURSE, POLICE):
        sheet.write(words)
        sheet.page()
    sheet.canvas.addPageLabel(0, "ROMAN_LOWER")
    sheet.canvas.addPageLabel(2, "ARABIC", 1)
    return sheet.done()


@says(
    head("Recommendations"),
    text(BOARD, "C1"), text(TRUST, "C2"), text(SCHOOL),
)  # fmt: skip
def hanging_codes() -> bytes:
    """Codes without a closing mark in the margin, and a paragraph without one."""
    sheet = Sheet()
    sheet.write("Recommendations", font=BOLD, points=14)
    sheet.write(BOARD, 108, mark="C1")
    sheet.write(TRUST, 108, mark="C2")
    sheet.write(SCHOOL)
    return sheet.done()


@says(
    text(SCHOOL), head("Recommendation 1.1"), text(BOARD), head("Recommendation 1.2"), text(TRUST),
)  # fmt: skip
def plain_labels() -> bytes:
    """Labels of two parts alone on their lines, in the type of the text."""
    sheet = Sheet()
    for words in (SCHOOL, "Recommendation 1.1", BOARD, "Recommendation 1.2", TRUST):
        sheet.write(words)
    return sheet.done()
