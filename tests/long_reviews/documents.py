"""Twelve long invented documents: how each prints its recommendations, and the key to them.

Run `python -m tests.long_reviews.documents FOLDER` to write the PDFs and `recommendations.jsonl`.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.long_reviews.pages import Book
from tests.long_reviews.writing import Request, Writer

CHAPTERS, PARAGRAPHS = 8, 18
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")


@dataclass(frozen=True, slots=True)
class Row:
    """One recommendation of the key."""

    id: str
    text: str
    agency: str


Printed = Callable[[Book, Writer], list[Row]]


def argue(book: Book, writer: Writer, chapter: int, after: Callable[[int], None] | None = None) -> None:
    """Print a chapter of numbered argument with quotations; `after` is called after each paragraph."""
    book.new_page()
    book.heading(f"{chapter}. {writer.title()}")
    for place in range(1, PARAGRAPHS + 1):
        book.text(writer.paragraph(), number=f"{chapter}.{place}")
        if place % 5 == 0:
            book.text(writer.quotation(), italic=True, leftIndent=60, rightIndent=40)
        if after:
            after(place)


def open_book(book: Book, writer: Writer, subtitle: str) -> None:
    """Print the cover, the contents and the terms of reference."""
    book.heading(book.title)
    book.text(subtitle)
    book.text("Chair: Dr A. Lindqvist. September 2021")
    book.new_page()
    book.heading("Contents")
    for chapter in range(1, CHAPTERS + 1):
        book.text(f"{chapter}. Chapter {chapter} {'.' * 60} {chapter * 5}")
    book.text(f"Recommendations {'.' * 60} {CHAPTERS * 5 + 6}")
    book.new_page()
    book.heading("Terms of reference", 2)
    book.text("The review was asked:")
    for letter, aim in zip("abcd", TERMS, strict=True):
        book.text(aim, number=f"({letter})")


TERMS = (
    "to establish what happened and what each agency should have known;",
    "to consider whether earlier recommendations were carried out;",
    "to identify what must change; and",
    "to make recommendations to the bodies concerned.",
)


def earlier_exercises(book: Book, writer: Writer, count: int = 9) -> None:
    """Print an appendix with a table of what earlier reviews recommended."""
    book.new_page()
    book.heading("Appendix A: Recommendations of earlier reviews")
    book.text("The table shows what was recommended before and what was answered.")
    rows = [["No.", "Recommendation", "Response"]]
    rows += [[str(number), *writer.earlier()] for number in range(1, count + 1)]
    book.table(rows, [0.1, 0.55, 0.35])


def _row(number: object, request: Request, text: str = "") -> Row:
    return Row(str(number), text or request.text, request.agency)


def boxed_and_listed(book: Book, writer: Writer) -> list[Row]:
    """Box each recommendation where it is argued, and print all again as a list at the end."""
    requests = writer.requests(14)
    rows = [_row(number, request) for number, request in enumerate(requests, 1)]
    waiting = list(rows)
    for chapter in range(1, CHAPTERS + 1):

        def box(place: int) -> None:
            if place in (9, 18) and waiting:
                row = waiting.pop(0)
                book.box(f"Recommendation {row.id}", row.text)

        argue(book, writer, chapter, box)
    book.new_page()
    book.heading("Summary of recommendations")
    for row in rows:
        book.text(row.text, number=f"{row.id}.")
    earlier_exercises(book, writer)
    return rows


def bold_in_argument(book: Book, writer: Writer) -> list[Row]:
    """Print recommendations in bold among numbered paragraphs, and again with a paragraph's number behind."""
    rows: list[Row] = []
    requests = writer.requests(12)
    listed: list[tuple[str, bool]] = []
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
        number = f"{chapter}.{PARAGRAPHS + 1}"
        conclusion = writer.paragraph()
        book.text(conclusion, number=number, italic=True)
        listed.append((f"{conclusion} (Paragraph {number})", False))
        for request in requests[:2] if chapter < 5 else requests[:1]:
            requests.remove(request)
            number = f"{chapter}.{PARAGRAPHS + 2 + len(rows) % 2}"
            text = f"We recommend that {request.agency} {_modal(request)}"
            book.text(text, number=number, bold=True)
            rows.append(
                _row(len(listed) + 1, request, f"We recommend that {request.agency} {_modal(request)}")
            )
            listed.append((f"{rows[-1].text} (Paragraph {number})", True))
    book.new_page()
    book.heading("Conclusions and recommendations")
    for place, (text, bold) in enumerate(listed, 1):
        book.text(text, number=f"{place}.", bold=bold)
    return rows


def _modal(request: Request) -> str:
    """Put "should" between the body and what it is asked to do."""
    return f"should {request.act}" if not request.act.startswith("to ") else request.act


def action_plan(book: Book, writer: Writer) -> list[Row]:
    """Print recommendations as a table with the agency in a column of its own."""
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
    book.new_page()
    book.heading("Action plan")
    rows = [_row(number, request) for number, request in enumerate(writer.requests(13), 1)]
    head = ["No.", "Recommendation", "Agency", "By when"]
    body = [[row.id, row.text, row.agency, "March 2022"] for row in rows]
    book.table([head, *body], [0.08, 0.52, 0.24, 0.16])
    earlier_exercises(book, writer)
    return rows


def by_agency(book: Book, writer: Writer) -> list[Row]:
    """Print unnumbered bullets under a heading for each agency."""
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
    book.new_page()
    book.heading("Recommendations of the panel")
    rows: list[Row] = []
    requests = sorted(writer.requests(14), key=lambda request: request.agency)
    for place, request in enumerate(requests):
        if not place or request.agency != requests[place - 1].agency:
            book.heading(f"For {request.agency}", 3)
        book.text(request.text, number="•")
        rows.append(_row("", request))
    book.heading("Next steps")
    book.text(writer.paragraph())
    return rows


def lettered_tree(book: Book, writer: Writer) -> list[Row]:
    """Print numbered recommendations, some of which only lead in to lettered parts."""
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
    book.new_page()
    book.heading("Recommendations")
    book.text("I therefore recommend that:")
    rows: list[Row] = []
    requests = writer.requests(15)
    for number in range(1, 7):
        if number % 2:
            request = requests.pop()
            book.text(request.text, number=f"{number}.")
            rows.append(_row(number, request))
            continue
        book.text("As to the next matter:", number=f"{number}.")
        for letter in "abc":
            request = requests.pop()
            book.text(request.text, number=f"({letter})", leftIndent=70, bulletIndent=36)
            rows.append(_row(f"{number}({letter})", request))
    return rows


def italics_for_conclusions(book: Book, writer: Writer) -> list[Row]:
    """Tell recommendations from conclusions by type alone: one series of numbers, recommendations bold."""
    rows: list[Row] = []
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
    book.new_page()
    book.heading("Conclusions and recommendations")
    requests = writer.requests(12)
    for number in range(1, 25):
        if number % 2 == 0:
            request = requests.pop()
            book.text(request.text, number=f"{number}.", bold=True)
            rows.append(_row(number, request))
        else:
            book.text(writer.paragraph(), number=f"{number}.", italic=True)
    return rows


def coded(book: Book, writer: Writer) -> list[Row]:
    """Print each recommendation under a code where it is argued, with the reply behind it."""
    rows: list[Row] = []
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
        if chapter < 3:
            continue
        request = writer.request()
        code = f"SR-2021-{chapter:02}"
        book.heading(f"Safety recommendation {code}", 3)
        book.text(request.text)
        replier = request.agency[:1].upper() + request.agency[1:]
        book.text(f"{replier} replied: {writer.paragraph()}", italic=True)
        rows.append(_row(code, request))
    earlier_exercises(book, writer)
    return rows


def priorities(book: Book, writer: Writer) -> list[Row]:
    """Call recommendations improvement priorities, labelled, under the agencies' names."""
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
    book.new_page()
    book.heading("Improvement priorities")
    rows: list[Row] = []
    requests = sorted(writer.requests(12), key=lambda request: request.agency)
    for number, request in enumerate(requests, 1):
        if number == 1 or request.agency != requests[number - 2].agency:
            book.heading(request.agency[:1].upper() + request.agency[1:], 2)
        book.heading(f"Priority {number}", 3)
        book.text(request.text)
        rows.append(_row(number, request))
    return rows


def calls_in_columns(book: Book, writer: Writer) -> list[Row]:
    """Print a numbered list in two columns, below headings of subjects."""
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
    book.new_page("two")
    book.heading("Calls to action", 2)
    rows = [_row(number, request) for number, request in enumerate(writer.requests(15), 1)]
    for place, row in enumerate(rows):
        if place % 4 == 0:
            book.heading(("Records", "Support", "Law", "Training")[place // 4], 3)
        book.text(row.text, number=f"{row.id}.")
    return rows


def asked_in_prose(book: Book, writer: Writer) -> list[Row]:
    """End with a statement that asks in running lists: "asks X to …; to …; and to …"."""
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
    book.new_page()
    book.heading("Considerations for the Board")
    rows: list[Row] = []
    for number, request in enumerate(writer.requests(8), 1):
        text = f"Consideration should be given by {request.agency} to how it can {request.act}"
        book.text(text, number=f"{CHAPTERS + 1}.{number}")
        rows.append(_row(f"{CHAPTERS + 1}.{number}", request, text))
    return rows


def answers(book: Book, writer: Writer) -> list[Row]:
    """Answer another body's recommendations, quoted in boxes: none is this document's own."""
    for number in range(1, 16):
        book.heading(f"Recommendation {number}", 2)
        book.box(f"{number}. {writer.earlier()[0]}.")
        book.text("Government response", bold=True)
        for _ in range(5):
            book.text(writer.paragraph())
    return []


def no_recommendations(book: Book, writer: Writer) -> list[Row]:
    """Argue, quote and list what others recommended, and recommend nothing."""
    for chapter in range(1, CHAPTERS + 1):
        argue(book, writer, chapter)
    earlier_exercises(book, writer, 20)
    return []


DOCUMENTS: dict[str, tuple[str, str, Printed]] = {
    "boxed-and-listed": ("safeguarding", "Helvetica", boxed_and_listed),
    "bold-in-argument": ("inquiry", "Times-Roman", bold_in_argument),
    "action-plan": ("safeguarding", "Helvetica", action_plan),
    "by-agency": ("safeguarding", "Times-Roman", by_agency),
    "lettered-tree": ("inquiry", "Helvetica", lettered_tree),
    "italics-for-conclusions": ("inquiry", "Times-Roman", italics_for_conclusions),
    "coded": ("transport", "Helvetica", coded),
    "priorities": ("safeguarding", "Helvetica", priorities),
    "calls-in-columns": ("inquiry", "Helvetica", calls_in_columns),
    "asked-in-prose": ("safeguarding", "Times-Roman", asked_in_prose),
    "answers": ("inquiry", "Helvetica", answers),
    "no-recommendations": ("transport", "Times-Roman", no_recommendations),
}


def make(name: str, folder: Path) -> tuple[Path, list[Row]]:
    """Write one document as a PDF; give its path and its key."""
    sector, font, printed = DOCUMENTS[name]
    writer = Writer(name, sector)
    kinds = {"safeguarding": "Serious Case Review: Child R", "inquiry": f"The {writer.place} Inquiry"}
    title = kinds.get(sector, f"Loss of the {writer.place}")
    if name == "answers":
        title = f"Government response to the {writer.place} Inquiry"
    book = Book(title, font=font)
    open_book(book, writer, "Report to the bodies that commissioned it")
    rows = printed(book, writer)
    return book.save(folder / f"{name}.pdf"), rows


def main(folder: str) -> None:
    """Write all of them with one key, and the names of those that make no recommendation."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    none = []
    with (place / "recommendations.jsonl").open("w", encoding="utf-8") as key:
        for name in DOCUMENTS:
            path, rows = make(name, place)
            none += [] if rows else [path.name]
            for row in rows:
                line = {"file": path.name, "id": row.id, "text": row.text, "agency": row.agency}
                key.write(json.dumps(line, ensure_ascii=False) + "\n")
    (place / "none.txt").write_text("".join(f"{name}\n" for name in none), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
