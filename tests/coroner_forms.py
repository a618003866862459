"""Three invented reports to prevent future deaths: a form drawn as a table, plain text, a letter.

The table is that of the form as coroners fill it in with a word processor: numbers on the left, and in one
cell beside each the heading and all below it.
"""

from io import BytesIO

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "",
        (
            "REGULATION 28 REPORT TO PREVENT FUTURE DEATHS",
            "THIS REPORT IS BEING SENT TO:",
            "1. The Chief Executive, Harle Bridge Hospitals NHS Trust",
            "2. Secretary of State for Health and Social Care",
        ),
    ),
    (
        "1",
        (
            "CORONER",
            "I am Perpetua Lindqvist, Area Coroner for the coroner area of East Wexmoor and the Vale.",
        ),
    ),
    (
        "2",
        (
            "CORONER’S LEGAL POWERS",
            "I make this report under paragraph 7, Schedule 5, of the Coroners and Justice Act 2009 and "
            "regulations 28 and 29 of the Coroners (Investigations) Regulations 2013.",
        ),
    ),
    (
        "3",
        (
            "INVESTIGATION and INQUEST",
            "On 14 March 2022 I commenced an investigation into the death of Tobias Arkwell, aged 15. The "
            "investigation concluded at the end of the inquest on 3 February 2023.",
        ),
    ),
    (
        "4",
        (
            "CIRCUMSTANCES OF THE DEATH",
            "Tobias came to the emergency department at night. He was seen after four hours and sent home "
            "with a letter for a clinic that had closed in the spring.",
        ),
    ),
    (
        "5",
        (
            "CORONER’S CONCERNS",
            "During the course of the inquest the evidence revealed matters giving rise to concern. In my "
            "opinion there is a risk that future deaths will occur unless action is taken. In the "
            "circumstances it is my statutory duty to report to you.",
            "The MATTERS OF CONCERN are as follows. –",
            "(1) The department still sends young people to a clinic that closed, and nobody on the ward "
            "knew of it.",
            "(2) Letters are sent by second class post.",
            "(3) There is no list of who is waiting at night. Consideration should be given to keeping one "
            "at the desk, so that a senior nurse can read it.",
        ),
    ),
    (
        "6",
        (
            "ACTION SHOULD BE TAKEN",
            "In my opinion action should be taken to prevent future deaths and I believe you and your "
            "organisation have the power to take such action.",
        ),
    ),
    (
        "7",
        (
            "YOUR RESPONSE",
            "You are under a duty to respond to this report within 56 days of the date of this report, "
            "namely by 21 April 2023. I, the coroner, may extend the period.",
            "Your response must contain details of action taken or proposed to be taken, setting out the "
            "timetable for action. Otherwise you must explain why no action is proposed.",
        ),
    ),
    (
        "8",
        (
            "COPIES and PUBLICATION",
            "I have sent a copy of my report to the Chief Coroner and to Tobias’s mother. I have also sent "
            "it to the Harle Ambulance Service, who may find it useful or of interest.",
        ),
    ),
    ("9", ("24 February 2023", "Perpetua Lindqvist")),
)

TEXT = """\
REGULATION 28 REPORT TO PREVENT FUTURE DEATHS

NOTE: This form is to be used after an inquest.

THIS REPORT IS BEING SENT TO: Chief Constable of Wexmoor Police; Harle City Council

1. CORONER

I am Osric Pell, HM Senior Coroner for South Wexmoor.

2. CORONER'S LEGAL POWERS

I make this report under paragraph 7, Schedule 5, of the Coroners and Justice Act 2009.

3. INVESTIGATION and INQUEST

On 2 May 2018 I opened an inquest into the death of Ines Farrow, aged 17. It was concluded on 9 January 2019.

4. CIRCUMSTANCES OF THE DEATH

Ines left her placement in the evening. Her carer telephoned the police at once. Nobody came for a day.

5. CORONER'S CONCERNS

The MATTERS OF CONCERN are as follows:

1. Calls about missing children are graded by how often the child has gone missing before.

2. The Council is asked to consider whether carers should have a number that is answered at night.

3. It should be considered that each officer who takes such a call be told who the child's social worker is.

4. Nobody had read the return interviews, and I heard that this is still so.

6. ACTION SHOULD BE TAKEN

In my opinion action should be taken to prevent future deaths and you have the power to take such action.

7. YOUR RESPONSE

You are under a duty to respond within 56 days of the date of this report, namely by 20 March 2019.

8. COPIES and PUBLICATION

I have sent a copy of my report to the Chief Coroner and to the parents of Ines.

9. Dated: 23rd January 2019

Signed: Osric Pell
"""

LETTER = """\
HM CORONER FOR THE CITY OF KERROW

The Managing Director
Tamblin Homes Limited
4 Quay Street
Kerrow

6 July 2012

Dear Mr Tamblin

Inquest touching the death of Ada Quint (deceased)
Report under Rule 43 of the Coroners Rules 1984

On 20 June 2012 I concluded the inquest into the death of Ada Quint, aged 3, who fell from a window of a flat.

I have the following concerns:

(a) The windows of the flats open wider than a child's head, and nobody has measured them since.

(b) Tenants are not told how the restrictors work or whom they can ask when one of them is broken.

Consideration should be given to fitting restrictors that cannot be undone by hand in all flats with children.

You are required by Rule 43A to give me a written response within 56 days.

Yours sincerely

Wystan Orr
HM Coroner
"""


def table_pdf() -> bytes:
    """Draw the table as a PDF of several pages, its rows cut where a page ends."""
    style = ParagraphStyle("cell", fontName="Helvetica", fontSize=11, leading=14, spaceAfter=7)
    bold = ParagraphStyle("bold", parent=style, fontName="Helvetica-Bold")
    rows = [
        [Paragraph(number, bold), [Paragraph(said, bold if said.isupper() else style) for said in cell]]
        for number, cell in ROWS
    ]
    table = Table(
        rows,
        colWidths=(35, 420),
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build([table])
    return out.getvalue()


def table_docx() -> bytes:
    """Make the table as a Word document."""
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for number, cell in ROWS:
        left, right = table.add_row().cells
        left.text = number
        right.text = ""
        for place, said in enumerate(cell):
            paragraph = right.add_paragraph() if place else right.paragraphs[0]
            paragraph.add_run(said).bold = said.isupper()
    out = BytesIO()
    document.save(out)
    return out.getvalue()
