"""Word files, made here with python-docx."""

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from srtminer.model import Omission, Review, Skipped
from srtminer.read.docx import ENTITY, LARGEST, read_docx
from tests.paragraphs import shown


def read(tmp_path: Path, document: Document) -> Review:
    path = tmp_path / "review.docx"
    document.save(str(path))
    review = read_docx(path)
    assert isinstance(review, Review)
    return review


def append(paragraph: Paragraph, xml: str) -> None:
    """Add raw WordprocessingML to a paragraph."""
    paragraph._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


NUMBERING = """
<w:abstractNum w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>
<w:num w:numId="92"><w:abstractNumId w:val="90"/>
<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def with_numbering() -> Document:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    added = parse_xml(f"<w:numbering {nsdecls('w')}>{NUMBERING}</w:numbering>")
    nodes = list(added)
    for node in nodes[:1]:
        numbering.insert(0, node)
    for node in nodes[1:]:
        numbering.append(node)
    return document


def numbered(document: Document, text: str, depth: int, list_id: int = 91, style: str | None = None) -> None:
    paragraph = document.add_paragraph(text, style)
    properties = paragraph._p.get_or_add_pPr()
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    properties.append(parse_xml(xml))


def test_headings_paragraphs_and_printed_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Child V", 0)
    document.add_heading("4 Recommendations", 1)
    document.add_paragraph("4.1\tThe Board should act.")
    document.add_paragraph("4.2")
    document.add_paragraph("The Trust should act.")
    document.add_paragraph("Recommendation 3: the police should act.")
    assert shown(read(tmp_path, document)) == [
        ("heading", 1, "", "Child V"),
        ("heading", 1, "4", "Recommendations"),
        ("text", 0, "4.1", "The Board should act."),
        ("text", 0, "4.2", "The Trust should act."),
        ("text", 0, "Recommendation 3", "the police should act."),
    ]


def test_numbers_that_word_counts(tmp_path: Path) -> None:
    document = with_numbering()
    numbered(document, "Recommendations", 0, style="Heading 1")
    numbered(document, "The Board should:", 1)
    numbered(document, "act", 2)
    numbered(document, "report", 2)
    numbered(document, "in public", 3)
    numbered(document, "", 1)
    numbered(document, "The Trust should act.", 1)
    numbered(document, "Next", 0, style="Heading 1")
    numbered(document, "It ends.", 1)
    numbered(document, "Elsewhere.", 1, list_id=92)
    numbered(document, "No list.", 1, list_id=0)
    numbered(document, "Unknown list.", 1, list_id=77)
    assert shown(read(tmp_path, document)) == [
        ("heading", 1, "4", "Recommendations"),
        ("text", 0, "4.1", "The Board should:"),
        ("item", 2, "i", "act"),
        ("item", 2, "ii", "report"),
        ("item", 3, "", "in public"),
        ("text", 0, "4.3", "The Trust should act."),
        ("heading", 1, "5", "Next"),
        ("text", 0, "5.1", "It ends."),
        ("text", 0, "4.1", "Elsewhere."),
        ("text", 0, "", "No list."),
        ("text", 0, "", "Unknown list."),
    ]


def test_lists_of_styles(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The Board should:")
    document.add_paragraph("act", "List Bullet")
    document.add_paragraph("report", "List Bullet")
    document.add_paragraph("The Trust should act.", "List Number")
    document.add_paragraph("The police should act.", "List Number")
    assert shown(read(tmp_path, document)) == [
        ("text", 0, "", "The Board should:"),
        ("item", 0, "", "act"),
        ("item", 0, "", "report"),
        ("text", 0, "1", "The Trust should act."),
        ("text", 0, "2", "The police should act."),
    ]


def test_styles_based_on_headings_and_bold_lines(tmp_path: Path) -> None:
    document = docx.Document()
    own = document.styles.add_style("Report part", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Findings", "Report part")
    document.add_paragraph().add_run("Health").bold = True
    document.add_paragraph("Nobody knew.")
    document.add_paragraph().add_run("Nobody was told.").bold = True
    plain = document.add_paragraph()
    plain.add_run("Health").bold = True
    plain.add_run(" staff")
    assert shown(read(tmp_path, document)) == [
        ("heading", 2, "", "Findings"),
        ("heading", 3, "", "Health"),
        ("text", 0, "", "Nobody knew."),
        ("text", 0, "", "Nobody was told."),
        ("text", 0, "", "Health staff"),
    ]


def test_rows_of_an_action_plan(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in zip(
        table.rows, (("No.", "Action", "Lead"), ("1", "Train", "Police"), ("2", "Audit", "")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    review = read(tmp_path, document)
    rows = [
        (p.role, p.number, [(c.header, review.text[c.start : c.end]) for c in p.cells])
        for p in review.paragraphs
    ]
    assert rows == [
        ("row", "1", [("Action", "Train"), ("Lead", "Police")]),
        ("row", "2", [("Action", "Audit"), ("Lead", "Police")]),
    ]


def test_other_tables_and_boxes_of_one_cell(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "May", "Birth"
    document.add_paragraph("between")
    document.add_table(1, 1).cell(0, 0).text = "Recommendation 1: The Board should act."
    assert shown(read(tmp_path, document)) == [
        ("text", 0, "", "May | Birth"),
        ("text", 0, "", "between"),
        ("text", 0, "Recommendation 1", "The Board should act."),
    ]


def test_insertions_stay_and_deletions_go(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The ")
    append(paragraph, "<w:del><w:r><w:delText>Trust</w:delText></w:r></w:del>")
    append(paragraph, "<w:ins><w:r><w:t>Board</w:t></w:r></w:ins>")
    append(paragraph, "<w:r><w:t> re</w:t><w:noBreakHyphen/><w:t>acts</w:t><w:tab/><w:t>.</w:t></w:r>")
    append(paragraph, "<w:r><w:instrText>PAGE</w:instrText></w:r>")
    assert shown(read(tmp_path, document)) == [("text", 0, "", "The Board re-acts .")]


def test_content_controls_and_text_boxes(tmp_path: Path) -> None:
    document = docx.Document()
    body = document.element.body
    inside = "<w:sdtContent><w:p><w:r><w:t>inside</w:t></w:r></w:p></w:sdtContent>"
    body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}>{inside}</w:sdt>"))
    paragraph = document.add_paragraph("beside")
    append(
        paragraph,
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    )
    assert [text for *_, text in shown(read(tmp_path, document))] == ["inside", "beside", "boxed"]


def test_pages_contents_and_notes(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("Facts 2", "TOC 1")
    first = document.add_paragraph("One.")
    append(first, '<w:r><w:footnoteReference w:id="1"/></w:r>')
    first.add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Two.")
    review = read(tmp_path, document)
    assert [(p.page, review.text[p.start : p.end]) for p in review.paragraphs] == [(1, "One."), (2, "Two.")]
    assert review.omissions == (Omission("contents page", 1, 1), Omission("footnote", 1, 1))
    assert (review.format, review.page_count) == ("docx", 2)


def test_pages_as_word_last_showed_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("One.").add_run().add_break(WD_BREAK.PAGE)
    second = document.add_paragraph()
    append(second, "<w:r><w:lastRenderedPageBreak/><w:t>Two.</w:t></w:r>")
    review = read(tmp_path, document)
    assert [p.page for p in review.paragraphs] == [1, 2]


def made(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "review.docx"
    path.write_bytes(data)
    return path


def saved() -> bytes:
    document = docx.Document()
    document.add_heading("Findings", 1)
    document.add_paragraph("The Board should act.", "List Number")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


DAMAGED = "it is damaged or not a Word file"
REFUSED = [(b"", DAMAGED), (b"plain text", DAMAGED), (b"PK\x03\x04 and no more", DAMAGED)]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_what_is_no_word_file_is_skipped(tmp_path: Path, data: bytes, reason: str) -> None:
    path = made(tmp_path, data)
    assert read_docx(path) == Skipped(str(path), reason)


def rewritten(name: str, content: bytes, size: int = 1) -> bytes:
    """The parts of a sound file, one of them replaced and repeated."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        with new.open(name, "w", force_zip64=True) as part_file:
            for _ in range(size):
                part_file.write(content)
    return file.getvalue()


def test_other_archives_are_skipped(tmp_path: Path) -> None:
    path = made(tmp_path, rewritten("[Content_Types].xml", b"<Types/>"))
    assert read_docx(path) == Skipped(str(path), DAMAGED)


def test_a_decompression_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = made(tmp_path, rewritten("word/document.xml", b"\0" * 1_000_000, LARGEST // 1_000_000 + 1))
    start = time.process_time()
    assert read_docx(path) == Skipped(str(path), "it would unpack to more than 200 MB or 10000 parts")
    assert time.process_time() - start < 1


@pytest.mark.parametrize("depth", [2, 12])  # the parser refuses the whole file at 12
def test_entities_are_neither_expanded_nor_followed(tmp_path: Path, depth: int) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    xml = (
        f'<!DOCTYPE d [<!ENTITY e0 "bomb"><!ENTITY f SYSTEM "file:///etc/passwd">{entities}]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>a&e{depth - 1};&f; b</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    path = made(tmp_path, rewritten("word/document.xml", xml.encode()))
    review = read_docx(path)
    if isinstance(review, Review):
        assert review.text == "a b"
        assert {omission.what for omission in review.omissions} == {ENTITY}
    assert isinstance(review, Skipped) == (depth == 12)


def test_a_file_without_text_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "review.docx"
    docx.Document().save(str(path))
    assert read_docx(path) == Skipped(str(path), "it holds no text (only pictures, or nothing)")


def test_a_missing_file_and_a_folder_are_skipped(tmp_path: Path) -> None:
    missing = tmp_path / "none.docx"
    assert read_docx(missing) == Skipped(str(missing), "cannot be read: No such file or directory")
    assert read_docx(tmp_path) == Skipped(str(tmp_path), "cannot be read: Is a directory")


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ('<w:highlight w:val="black"/>', "The nurse told [covered] of it."),
        ('<w:color w:val="auto"/><w:highlight w:val="black"/>', "The nurse told [covered] of it."),
        (
            '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
            "The nurse told [covered] of it.",
        ),
        (
            '<w:color w:val="C00000"/><w:shd w:val="clear" w:fill="C00000"/>',
            "The nurse told [covered] of it.",
        ),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="white"/>', "The nurse told of it."),
        ('<w:color w:val="00008B"/><w:highlight w:val="darkBlue"/>', "The nurse told [covered] of it."),
        (
            '<w:color w:val="0A0A0A"/><w:shd w:val="clear" w:fill="111111"/>',
            "The nurse told [covered] of it.",
        ),
        ('<w:color w:val="FDFDFD"/>', "The nurse told of it."),
        ('<w:color w:val="767676"/>', "The nurse told Ann Orr of it."),
        ('<w:shd w:val="clear" w:fill="000000"/>', "The nurse told Ann Orr of it."),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', "The nurse told Ann Orr of it."),
        ('<w:highlight w:val="yellow"/>', "The nurse told Ann Orr of it."),
    ],
)
def test_words_painted_over_in_their_own_colour_are_covered(
    tmp_path: Path, properties: str, text: str
) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The nurse told ")
    for name in ("Ann ", "Orr"):
        run = f'<w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{name}</w:t>'
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{run}</w:r>"))
    paragraph.add_run(" of it.")
    review = read(tmp_path, document)
    assert [text for *_, text in shown(review)] == [text]
    assert sum(omission.words for omission in review.omissions) == (0 if "Orr" in text else 2)
