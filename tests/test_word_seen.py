"""What a Word file shows and what is struck, hidden, deleted or wrapped in it. The files are made here."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from srtminer.model import COVERED, STRUCK, UNSEEN, Omission, Review
from srtminer.read.docx import read_docx
from tests.paragraphs import numbered_texts, texts

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = nsdecls("w", "r", "wp", "a", "dgm") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def plain(text: str) -> str:
    return paragraph(run(text))


def cell(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content) or paragraph()}</w:tc>"


def row(*texts: str, properties: str = "") -> str:
    cells = (text if text.startswith("<w:tc>") else cell(plain(text)) for text in texts)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, style: str = "") -> str:
    return f"<w:tbl><w:tblPr><w:tblStyle w:val='{style}'/></w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(*content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


def deleted(text: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def document(*content: str) -> Document:
    made = docx.Document()
    for node in parse_xml(f"<w:body {SPACES}>{''.join(content)}</w:body>"):
        made.element.body.insert(len(made.element.body) - 1, node)
    return made


def read(tmp_path: Path, made: Document) -> Review:
    path = tmp_path / "review.docx"
    made.save(str(path))
    review = read_docx(path)
    assert isinstance(review, Review)
    return review


LISTED = '<w:pStyle w:val="ListNumber"/>'


def listed(*runs: str, mark: str = "") -> str:
    return paragraph(*runs, properties=f"{LISTED}<w:rPr>{mark}</w:rPr>")


def with_styles(made: Document) -> Document:
    """Add styles that hide and strike, and one that is based on the hiding one and shows again."""
    styles = (
        '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Ghost2"><w:basedOn w:val="Ghost"/></w:style>',
        '<w:style w:type="character" w:styleId="Back"><w:basedOn w:val="Ghost"/><w:rPr><w:vanish w:val="0"/>'
        "</w:rPr></w:style>",
        '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:dstrike/></w:rPr></w:style>',
    )
    for style in styles:
        made.styles.element.append(parse_xml(style.replace(">", f" {nsdecls('w')}>", 1)))
    return made


def test_struck_and_hidden_words_are_left_out_and_told(tmp_path: Path) -> None:
    made = document(
        listed(run("The Tarn Board should act.")),
        listed(run("The Board should end all visits.", "<w:strike/>")),
        listed(run("Report within "), run("ten ", "<w:dstrike/>"), run("two days.", '<w:strike w:val="0"/>')),
        listed(run("Pay the family.", "<w:vanish/>")),
        listed(run("Kept.", '<w:vanish w:val="false"/>')),
    )
    review = read(tmp_path, made)
    assert numbered_texts(review) == [
        ("1", "The Tarn Board should act."),
        ("3", "Report within two days."),
        ("5", "Kept."),
    ]
    assert review.omissions == (Omission(STRUCK, 1, 0, 7), Omission(UNSEEN, 1, 0, 3))


def test_styles_hide_and_strike_through_what_they_are_based_on(tmp_path: Path) -> None:
    made = document(
        paragraph(run("Seen. "), run("ghost", '<w:rStyle w:val="Ghost2"/>')),
        paragraph(run("Back again.", '<w:rStyle w:val="Back"/>')),
        paragraph(run("struck by its style"), properties='<w:pStyle w:val="Gone"/>'),
        paragraph(run("Own word wins.", '<w:dstrike w:val="0"/>'), properties='<w:pStyle w:val="Gone"/>'),
    )
    review = read(tmp_path, with_styles(made))
    assert texts(review) == ["Seen.", "Back again.", "Own word wins."]
    assert {(o.what, o.words) for o in review.omissions} == {(UNSEEN, 1), (STRUCK, 4)}


def test_letters_that_nobody_can_read_are_hidden(tmp_path: Path) -> None:
    black = '<w:shd w:val="clear" w:fill="000000"/>'
    grey = '<w:shd w:val="pct75" w:color="000000" w:fill="FFFFFF"/>'
    shaded = f"<w:tr><w:tblPrEx>{black}</w:tblPrEx>"
    solid = '<w:shd w:val="solid" w:color="auto" w:fill="FFFFFF"/>'
    white, dark = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="1F3864"/>'
    made = document(
        plain("Seen."),
        paragraph(run("white on white", white)),
        paragraph(run("White on blue.", white + dark)),
        paragraph(run("one point", '<w:sz w:val="2"/>')),
        table(row(cell(paragraph(run("no shade", white))), "Other")),
        table(row(cell(paragraph(run("White in a cell.", white))), "Other"), style="Dark"),
        table(row(cell(paragraph(run("White on black.", white)), properties=solid), "Other")),
        table(row(cell(paragraph(run("White on grey.", white)), properties=grey), "Other")),
        table(row(cell(paragraph(run("White in a row.", white))), "Other").replace("<w:tr>", shaded, 1)),
        table(
            row(cell(paragraph(run("Black in black", '<w:color w:val="000000"/>')), properties=black), "Box")
        ),
    )
    made.styles.element.append(
        parse_xml(
            f'<w:style {SPACES} w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow">'
            f"<w:tcPr>{dark}</w:tcPr></w:tblStylePr></w:style>"
        )
    )
    review = read(tmp_path, made)
    whites = ("in a cell", "on black", "on grey", "in a row")
    seen = [*(f"White {where}. | Other" for where in whites), "[covered] | Box"]
    assert texts(review) == ["Seen.", "White on blue.", "Other", *seen]
    assert review.omissions == (Omission(COVERED, 1, 0, 3), Omission(UNSEEN, 1, 0, 7))


FILLED = "<w14:textFill><w14:solidFill><w14:{}/></w14:solidFill></w14:textFill>"


@pytest.mark.parametrize(
    ("look", "is_seen"),
    [
        ('<w:color w:val="auto" w:themeColor="background1"/>', False),
        ('<w:color w:val="auto" w:themeColor="text1"/>', True),
        ('<w:color w:val="1F3864" w:themeColor="background1"/>', True),
        (FILLED.format('srgbClr w14:val="FFFFFF"'), False),
        (FILLED.format('schemeClr w14:val="bg1"'), False),
        ('<w:color w:val="FFFFFF"/>' + FILLED.format('schemeClr w14:val="tx1"'), True),
        ("<w14:textFill><w14:noFill/></w14:textFill>", False),
        (
            "<w14:textOutline><w14:solidFill/></w14:textOutline><w14:textFill><w14:noFill/></w14:textFill>",
            True,
        ),
        ('<w:w w:val="1"/>', False),
        ('<w:w w:val="66%"/>', True),
        ("<w:vanish/><w14:textFill><w14:noFill/></w14:textFill>", False),
    ],
)
def test_letters_without_ink_or_width_are_hidden(look: str, is_seen: bool, tmp_path: Path) -> None:
    review = read(tmp_path, document(paragraph(run("The nurse told "), run("Ann Orr ", look), run("of it."))))
    assert texts(review) == [f"The nurse told {'Ann Orr ' if is_seen else ''}of it."]
    assert review.omissions == (() if is_seen else (Omission(UNSEEN, 1, 0, 2),))


@pytest.mark.parametrize("style", ["visibility:hidden", "width:9pt; display: none"])
def test_a_box_of_the_older_drawing_language_may_be_hidden(style: str, tmp_path: Path) -> None:
    box = f'<w:pict><v:shape style="{style}"><v:textbox><w:txbxContent>{plain("Ann Orr")}</w:txbxContent>'
    review = read(
        tmp_path, document(paragraph(run("Seen."), f"<w:r>{box}</v:textbox></v:shape></w:pict></w:r>"))
    )
    assert texts(review) == ["Seen."]
    assert review.omissions == (Omission(UNSEEN, 1, 0, 2),)


def test_what_the_code_of_a_field_gives_is_not_seen(tmp_path: Path) -> None:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    inner = begin + "<w:r><w:instrText>REF x</w:instrText></w:r>" + separate + run("Jo Quill") + end
    made = document(
        paragraph(run("Call "), begin, inner, separate, run("Ms X"), end, run(" soon.")),
        paragraph(run("A field "), begin, run("without end")),
        plain("Seen."),
    )
    review = read(tmp_path, made)
    assert texts(review) == ["Call Ms X soon.", "A field", "Seen."]
    assert review.omissions == (Omission(UNSEEN, 1, 0, 4),)


def test_tracked_changes_are_read_as_if_accepted(tmp_path: Path) -> None:
    made = document(
        listed(f'<w:moveFrom w:id="2">{run("The Trust should call.")}</w:moveFrom>', mark="<w:moveFrom/>"),
        listed(
            run("Review "), deleted("yearly "), f'<w:ins w:id="3">{run("in May ")}</w:ins>', run("the plan.")
        ),
        listed(deleted("The Board should stop."), mark="<w:del/>"),
        listed(run("The police should share every "), mark="<w:del/>"),
        plain("notification with the school."),
        listed(f'<w:moveTo w:id="4">{run("The Trust should call.")}</w:moveTo>', mark="<w:moveTo/>"),
    )
    review = read(tmp_path, made)
    assert numbered_texts(review) == [
        ("1", "Review in May the plan."),
        ("2", "The police should share every notification with the school."),
        ("3", "The Trust should call."),
    ]
    assert review.omissions == (Omission(STRUCK, 1, 0, 5),)


def test_deleted_rows_and_cells_go_and_inserted_rows_stay(tmp_path: Path) -> None:
    made = document(
        table(
            row("No.", "Recommendation"),
            row("A1", "Schools should keep one file."),
            row("A2", "Schools should burn it.", properties='<w:del w:id="1"/>'),
            row("A3", "Hide it.", properties="<w:hidden/>"),
            row("A4", "Code it.", properties='<w:ins w:id="2"/>'),
        )
    )
    review = read(tmp_path, made)
    assert numbered_texts(review) == [("A1", "Schools should keep one file."), ("A4", "Code it.")]
    assert review.omissions == (Omission(STRUCK, 1, 0, 5), Omission(UNSEEN, 1, 0, 3))


def test_a_hidden_paragraph_mark_joins_a_heading_to_its_text(tmp_path: Path) -> None:
    made = document(
        paragraph(run("Learning. "), properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>"),
        plain("Nobody asked."),
    )
    assert texts(read(tmp_path, made)) == ["Learning. Nobody asked."]


def test_a_paragraph_without_end_closes_with_its_cell(tmp_path: Path) -> None:
    ending = paragraph(run("Police"), properties="<w:rPr><w:del/></w:rPr>")
    made = document(table(row(cell(ending), "Health")), plain("After."))
    assert texts(read(tmp_path, made)) == ["Police | Health", "After."]


def test_rows_and_cells_in_content_controls(tmp_path: Path) -> None:
    made = document(
        table(
            row("No.", "Recommendation"),
            control(row("R1", "Share it."), control(row("R2", "Tell it."))),
            f"<w:tr>{control(cell(plain('R3')))}{cell(control(plain('Keep it.')))}</w:tr>",
        )
    )
    assert numbered_texts(read(tmp_path, made)) == [
        ("R1", "Share it."),
        ("R2", "Tell it."),
        ("R3", "Keep it."),
    ]


def test_a_table_in_a_cell_gives_a_row_for_each_of_its_recommendations(tmp_path: Path) -> None:
    inner = table(row("a", "The Tarn Board should act."), row("b", "Landlords should tell it."))
    made = document(
        table(row("No.", "Recommendation"), row("R1", cell(inner, paragraph())), row("R2", "Keep one file."))
    )
    assert numbered_texts(read(tmp_path, made)) == [
        ("R1(a)", "The Tarn Board should act."),
        ("R1(b)", "Landlords should tell it."),
        ("R2", "Keep one file."),
    ]


def test_two_numbered_recommendations_in_a_cell_are_two_rows_of_its_agency(tmp_path: Path) -> None:
    made = document(
        table(
            row("Agency", "Recommendations"),
            row("Police", cell(listed(run("Share it.")), listed(run("Record it.")))),
            row("Health", cell(listed(run("Follow it up.")), plain("Each time."))),
            row("Schools", cell(plain("The heads should:"), listed(run("ask;")), listed(run("tell.")))),
        )
    )
    review = read(tmp_path, made)
    assert numbered_texts(review) == [
        ("1", "Police | Share it."),
        ("2", "Police | Record it."),
        ("3", "Health | Follow it up. Each time."),
        ("", "Schools | The heads should: (4) ask; (5) tell."),
    ]
    assert [cell.header for cell in review.paragraphs[1].cells] == ["Agency", "Recommendations"]


def test_a_merged_agency_holds_for_its_rows_and_a_merged_request_is_one(tmp_path: Path) -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    made = document(
        table(
            row("Agency", "Recommendation", "Action"),
            row(
                cell(plain("Police"), properties=start), cell(plain("Share it."), properties=start), "Write."
            ),
            row(cell(properties=on), cell(properties=on), "Post."),
            row(cell(properties=on), "Record it.", "Buy."),
        )
    )
    assert texts(read(tmp_path, made)) == [
        "Police | Share it. | Write.",
        "Police | Post.",
        "Police | Record it. | Buy.",
    ]


def test_titles_across_a_table_and_repeated_headers_are_no_rows(tmp_path: Path) -> None:
    across = cell(plain("Action plan"), properties='<w:gridSpan w:val="2"/>')
    group = cell(plain("Health"), properties='<w:gridSpan w:val="2"/>')
    header = row("Recommendation", "Lead")
    made = document(
        table(row(across), header, row("Share it.", "Police"), row(group), header, row("Call back.", "Trust"))
    )
    review = read(tmp_path, made)
    assert [(p.role, text) for p, text in zip(review.paragraphs, texts(review), strict=True)] == [
        ("text", "Action plan"),
        ("row", "Share it. | Police"),
        ("text", "Health"),
        ("row", "Call back. | Trust"),
    ]


TYPED = """SERIOUS CASE REVIEW

Tarnside Safeguarding Board

1. INTRODUCTION

1.1 Child T was five months old when she died in the care of her parents in the
winter of 2007. She was loved by her grandparents and by her half-brother.

1.2 Six agencies wrote reviews of their own, which an author who has never worked
for any of them brought together.

2. RECOMMENDATIONS

2.1 The Board should review its policy on home visits before the end of the next
year and tell the council what came of it.

2.2 The police should share every report with the school.

2.3 The Trust should call each family."""


def test_a_text_that_was_opened_in_a_word_processor_is_read_as_such(tmp_path: Path) -> None:
    review = read(tmp_path, document(*(plain(line) if line else "<w:p/>" for line in TYPED.split("\n"))))
    assert [(p.role, p.number) for p in review.paragraphs][2:] == [
        *(("heading", "1"), ("text", "1.1"), ("text", "1.2")),
        *(("heading", "2"), ("text", "2.1"), ("text", "2.2"), ("text", "2.3")),
    ]
    assert texts(review)[-3].endswith("before the end of the next year and tell the council what came of it.")


def box(text: str) -> str:
    content = f"<w:txbxContent>{plain(text)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{content}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_and_known_as_a_box(tmp_path: Path) -> None:
    review = read(tmp_path, document(paragraph(run("Before."), box("Act now.")), plain("After.")))
    assert texts(review) == ["Before.", "Act now.", "After."]
    assert [part.boxed for part in review.paragraphs] == [False, True, False]


def test_a_text_box_in_a_cell_is_read_once(tmp_path: Path) -> None:
    made = document(table(row(cell(paragraph(run("Police"), box("Act now."))), "Other"), row("May", "June")))
    assert texts(read(tmp_path, made)) == ["Police Act now. | Other", "May | June"]


def test_a_hidden_drawing_is_told(tmp_path: Path) -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" hidden="1"/></wp:inline>'
        f"<w:txbxContent>{plain('Not seen.')}</w:txbxContent></w:drawing></w:r>"
    )
    review = read(tmp_path, document(paragraph(run("Seen."), drawing)))
    assert (texts(review), review.omissions) == (["Seen."], (Omission(UNSEEN, 1, 0, 2),))


@pytest.mark.parametrize("around", ["<w:rPr><w:vanish/></w:rPr>", '<w:fldChar w:fldCharType="begin"/>'])
def test_a_text_box_that_stands_in_what_is_not_shown_is_not_read(around: str, tmp_path: Path) -> None:
    hidden = box("Not seen.").replace("<w:r>", f"<w:r>{around}", 1)
    review = read(tmp_path, document(paragraph(run("Seen."), hidden)))
    assert (texts(review), review.omissions) == (["Seen."], (Omission(UNSEEN, 1, 0, 2),))


def attach(made: Document, name: str, kind: str, relation: str, data: bytes) -> str:
    part = Part(PackURI(f"/word/{name}"), kind, data, made.part.package)
    return made.part.relate_to(part, f"{RELATIONSHIPS}/{relation}")


def diagram(name: str) -> str:
    return paragraph(f'<w:r><w:drawing><dgm:relIds r:dm="{name}"/></w:drawing></w:r>')


def test_a_diagram_is_told(tmp_path: Path) -> None:
    review = read(tmp_path, document(plain("Before."), diagram("rId99")))
    assert review.omissions == (Omission("diagram", 1, 1),)


def saved(made: Document, path: Path) -> bytes:
    made.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["text/html", "word"])
def test_an_embedded_part_is_told(tmp_path: Path, kind: str) -> None:
    made = document(plain("Before."))
    data = saved(document(plain("2. Act.")), tmp_path / "inner.docx") if kind == "word" else b"<p>Act."
    full = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    name = attach(made, "chunk.bin", full if kind == "word" else kind, "aFChunk", data)
    made.element.body.insert(1, parse_xml(f'<w:altChunk {SPACES} r:id="{name}"/>'))
    review = read(tmp_path, made)
    assert (texts(review), review.omissions) == (["Before."], (Omission("embedded file", 1, 1),))


def test_equations_and_symbols_are_read(tmp_path: Path) -> None:
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    math = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    made = document(paragraph(tick, run("Act.")), paragraph(run("The sum "), math, run(" rose.")))
    review = read(tmp_path, made)
    assert texts(review) == ["Act.", "The sum a+b rose."]


def test_notes_stay_apart_and_comments_are_never_read(tmp_path: Path) -> None:
    made = document(
        paragraph(
            run("Act."),
            '<w:r><w:footnoteReference w:id="1"/></w:r>',
            '<w:r><w:commentReference w:id="0"/></w:r>',
        )
    )
    made.add_comment(made.paragraphs[0].runs, "The lawyer objects.", "A", "A")
    path = tmp_path / "review.docx"
    made.save(str(path))
    assert any("comments" in name for name in zipfile.ZipFile(path).namelist())
    review = read_docx(path)
    assert isinstance(review, Review)
    assert (texts(review), review.omissions) == (["Act."], (Omission("footnote", 1, 1),))


def test_how_a_paragraph_is_set_is_kept(tmp_path: Path) -> None:
    made = document(
        paragraph(run("All of it.", '<w:b/><w:i/><w:color w:val="1F3864"/><w:sz w:val="28"/>')),
        paragraph(
            run("Mostly plain, ", "<w:b/>"),
            run("as it is."),
        ),
    )
    looks = [(p.bold, p.italic, p.size) for p in read(tmp_path, made).paragraphs]
    assert looks == [(True, True, 14.0), (False, False, 11.0)]
