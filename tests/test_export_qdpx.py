"""The QDA project: its XML against the rules of the schema, and every coded segment against its text."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from srtminer.export.qdpx import NOT_IN_TEXT, place, to_qdpx
from srtminer.material import Making, Material
from srtminer.model import Recommendation
from srtminer.render.safe_text import legal, visible
from tests.render_values import HOSTILE, HOSTILE_RECORD
from tests.test_export_material import (
    AGAIN_Q,
    RECORDS,
    SHARE,
    SHARE_P,
    TRAIN_P,
    hostile,
    material,
    review,
    theme,
    without_themes,
)

NAMES = {"q": "urn:QDA-XML:project:1.0"}

GUID = "<xs:attribute name='guid' type='GUID' use='required'/>"
USER = "<xs:attribute name='creatingUser' type='GUID'/>"
MADE = f"{USER}<xs:attribute name='creationDateTime' type='xs:dateTime'/>"
ABOUT = "<xs:element name='Description' type='xs:string' minOccurs='0'/>"
REFERENCE = "<xs:complexType><xs:attribute name='targetGUID' type='GUID' use='required'/></xs:complexType>"
RULES = f"""
<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='{NAMES["q"]}' targetNamespace='{NAMES["q"]}'
  elementFormDefault='qualified'>
<xs:simpleType name='GUID'><xs:restriction base='xs:token'>
  <xs:pattern value='[0-9a-fA-F]{{8}}(-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}}'/>
</xs:restriction></xs:simpleType>
<xs:element name='Project'><xs:complexType><xs:sequence>
  <xs:element name='Users' minOccurs='0'><xs:complexType><xs:sequence>
    <xs:element name='User' maxOccurs='unbounded'><xs:complexType>{GUID}
      <xs:attribute name='name' type='xs:string'/></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name='CodeBook' minOccurs='0'><xs:complexType><xs:sequence>
    <xs:element name='Codes'><xs:complexType><xs:sequence>
      <xs:element name='Code' maxOccurs='unbounded'><xs:complexType><xs:sequence>{ABOUT}</xs:sequence>{GUID}
        <xs:attribute name='name' type='xs:string' use='required'/>
        <xs:attribute name='isCodable' type='xs:boolean' use='required'/>
        <xs:attribute name='color'><xs:simpleType><xs:restriction base='xs:token'>
          <xs:pattern value='#([A-Fa-f0-9]{{6}}|[A-Fa-f0-9]{{3}})'/>
        </xs:restriction></xs:simpleType></xs:attribute>
      </xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name='Variables' minOccurs='0'><xs:complexType><xs:sequence>
    <xs:element name='Variable' maxOccurs='unbounded'><xs:complexType><xs:sequence>{ABOUT}</xs:sequence>{GUID}
      <xs:attribute name='name' type='xs:string' use='required'/>
      <xs:attribute name='typeOfVariable' use='required'><xs:simpleType><xs:restriction base='xs:token'>
        <xs:enumeration value='Text'/><xs:enumeration value='Integer'/>
      </xs:restriction></xs:simpleType></xs:attribute></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name='Sources' minOccurs='0'><xs:complexType><xs:sequence>
    <xs:element name='TextSource' maxOccurs='unbounded'><xs:complexType><xs:sequence>{ABOUT}
      <xs:element name='PlainTextSelection' minOccurs='0' maxOccurs='unbounded'>
        <xs:complexType><xs:sequence>{ABOUT}
        <xs:element name='Coding' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:sequence>
          <xs:element name='CodeRef'>{REFERENCE}</xs:element>
        </xs:sequence>{GUID}{MADE}</xs:complexType></xs:element>
        </xs:sequence>{GUID}{MADE}<xs:attribute name='name' type='xs:string'/>
        <xs:attribute name='startPosition' type='xs:integer' use='required'/>
        <xs:attribute name='endPosition' type='xs:integer' use='required'/></xs:complexType></xs:element>
      <xs:element name='VariableValue' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:sequence>
        <xs:element name='VariableRef'>{REFERENCE}</xs:element>
        <xs:choice><xs:element name='TextValue' type='xs:string'/>
          <xs:element name='IntegerValue' type='xs:integer'/></xs:choice>
      </xs:sequence></xs:complexType></xs:element>
      </xs:sequence>{GUID}{MADE}<xs:attribute name='name' type='xs:string'/>
      <xs:attribute name='plainTextPath' type='xs:string' use='required'/></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  {ABOUT}
</xs:sequence><xs:attribute name='name' type='xs:string' use='required'/>
<xs:attribute name='origin' type='xs:string'/><xs:attribute name='creatingUserGUID' type='GUID'/>
<xs:attribute name='creationDateTime' type='xs:dateTime'/></xs:complexType></xs:element>
</xs:schema>"""
"""What REFI-QDA 1.5 (Project.xsd) asks of the elements that we write: their order, attributes and types."""


def archive(of: Material, *, crlf: bool = False) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(to_qdpx(of, map(review, of.records), crlf=crlf)))


def project(of: zipfile.ZipFile) -> Any:
    return etree.fromstring(of.read("project.qde"))


def segments(of: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Cut every segment out of its source by its offsets: its text and the name of its code."""
    root = project(of)
    codes = {code.get("guid"): code.get("name") for code in root.iterfind(".//q:Code", NAMES)}
    found = []
    for source in root.iterfind("q:Sources/q:TextSource", NAMES):
        name = source.get("plainTextPath").replace("internal://", "sources/")
        text = of.read(name).decode("utf-8")
        for one in source.iterfind("q:PlainTextSelection", NAMES):
            (reference,) = one.iterfind("q:Coding/q:CodeRef", NAMES)
            start, end = int(one.get("startPosition")), int(one.get("endPosition"))
            found.append((text[start:end], codes[reference.get("targetGUID")]))
    return found


CASES = {
    "usual": material(),
    "hostile": hostile(),
    "none": without_themes(),
    "one": without_themes(SHARE_P),
    "dated": material(making=Making(day="2026-03-01")),
}


@pytest.mark.parametrize("case", CASES)
def test_the_project_keeps_the_rules_of_the_schema(case: str) -> None:
    etree.XMLSchema(etree.fromstring(RULES)).assertValid(project(archive(CASES[case])))


@pytest.mark.parametrize("case", CASES)
def test_guids_are_unique_and_references_lead_somewhere(case: str) -> None:
    root = project(archive(CASES[case]))
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(set(guids)) == len(guids)
    targets = {element.get("targetGUID") for element in root.iter() if element.get("targetGUID")}
    users = {element.get("creatingUser") for element in root.iter() if element.get("creatingUser")}
    assert targets | users <= set(guids)


def test_every_segment_is_the_exact_text_of_its_recommendation() -> None:
    assert segments(archive(material())) == [
        (SHARE, "Sharing of information"),
        (TRAIN_P.text, "In no theme"),
        (AGAIN_Q.text, "Sharing of information"),
    ]


def test_with_cr_lf_both_characters_count() -> None:
    of = archive(material(), crlf=True)
    assert [text.replace("\r\n", "\n") for text, _ in segments(of)] == [SHARE, TRAIN_P.text, AGAIN_Q.text]
    assert all(b"\r\n" in of.read(name) for name in of.namelist()[:2])


def test_the_archive_holds_a_text_for_each_review_and_the_project() -> None:
    of = archive(material())
    *sources, last = of.namelist()
    assert last == "project.qde"
    assert len(sources) == 3
    assert all(name.startswith("sources/") and name.endswith(".txt") for name in sources)
    assert {entry.date_time for entry in of.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_codes_are_described_and_coloured() -> None:
    first, last = project(archive(material())).iterfind("q:CodeBook/q:Codes/q:Code", NAMES)
    assert (first.get("name"), first.get("isCodable"), first.get("color")) == (
        *("Sharing of information", "true", "#1f77b4"),
    )
    assert first.findtext("q:Description", None, NAMES) == (
        "Theme 1: 2 reviews, 2 recommendations. Terms: sharing of information, share. Id: theme-1."
    )
    assert (last.get("name"), last.get("color")) == ("In no theme", "#7f7f7f")


def test_a_second_theme_is_a_second_coding() -> None:
    first, second = theme(1, "Sharing", (SHARE_P,), 3), theme(2, "Training", (TRAIN_P,), 3)
    both = material(themes=(replace(first, also=(second.id,)), second))
    root = project(archive(both))
    codes = {code.get("guid"): code.get("name") for code in root.iterfind(".//q:Code", NAMES)}
    one = root.find(".//q:PlainTextSelection", NAMES)
    assert [codes[code.get("targetGUID")] for code in one.iterfind("q:Coding/q:CodeRef", NAMES)] == [
        "Sharing",
        "Training",
    ]
    etree.XMLSchema(etree.fromstring(RULES)).assertValid(root)


def test_what_is_known_of_a_review_are_variables() -> None:
    root = project(archive(material()))
    names = {v.get("guid"): v.get("name") for v in root.iterfind("q:Variables/q:Variable", NAMES)}
    first = root.find("q:Sources/q:TextSource", NAMES)
    assert first.get("name") == "Child P (2011)"
    values = [(names[v[0].get("targetGUID")], v[1].text) for v in first.iterfind("q:VariableValue", NAMES)]
    assert values == [
        ("subject", "Child P"),
        ("board", "Norwick and Eastmere Safeguarding Children Board"),
        ("kind", "SCR"),
        ("year", "2011"),
    ]


def test_a_segment_says_what_is_known_of_the_recommendation() -> None:
    one = project(archive(material())).find(".//q:PlainTextSelection", NAMES)
    assert one.get("name") == "Child P (2011) 4.7, pp. 6–7"
    assert one.findtext("q:Description", None, NAMES) == (
        "To: Eastmere Police; Norwick Primary Care Trust\nHeading: 4 Recommendations"
    )


def test_no_clock_and_always_the_same_bytes() -> None:
    assert to_qdpx(material(), map(review, RECORDS)) == to_qdpx(material(), map(review, RECORDS))
    root = project(archive(material()))
    assert {e.get("creationDateTime") for e in root.iter() if e.get("creationDateTime")} == {
        "1980-01-01T00:00:00Z"
    }
    dated = project(archive(CASES["dated"]))
    assert dated.get("creationDateTime") == "2026-03-01T00:00:00Z"


def test_without_recommendations_there_is_no_codebook() -> None:
    root = project(archive(without_themes()))
    assert root.find("q:CodeBook", NAMES) is None
    assert len(root.findall("q:Sources/q:TextSource", NAMES)) == 3


def test_hostile_text_stays_text_and_in_its_place() -> None:
    of = archive(hostile())
    assert segments(of) == [(visible(HOSTILE), visible(HOSTILE))]
    (source,) = project(of).iterfind("q:Sources/q:TextSource", NAMES)
    assert not set(source.get("name")) & set('\\/:*?"<>|\x1b\u202e')


def test_what_is_called_alike_is_told_apart() -> None:
    themes = (theme(1, "In no theme", (SHARE_P,), 3), theme(2, "In No Theme", (TRAIN_P,), 3))
    codes = project(archive(material(themes=themes))).iterfind(".//q:Code", NAMES)
    assert [code.get("name") for code in codes] == ["In no theme", "In No Theme (2)", "In no theme (3)"]


def test_names_that_differ_only_in_what_file_names_lack() -> None:
    first, second = (
        replace(HOSTILE_RECORD, id=HOSTILE_RECORD.id, facts=(), source="a?b.txt"),
        replace(RECORDS[0], facts=(), source="a*b.txt"),
    )
    sources = project(archive(material((first, second), (), ()))).iterfind(".//q:TextSource", NAMES)
    assert [source.get("name") for source in sources] == ["a-b.txt", "a-b.txt (2)"]


# What the analyst corrected


def test_an_edited_recommendation_keeps_its_place_and_tells_its_text() -> None:
    edited = replace(AGAIN_Q, text="Agencies should share.", correction="edited")
    of = archive(material(found=(edited,), themes=()))
    assert segments(of) == [(AGAIN_Q.text, "In no theme")]
    assert project(of).findtext(".//q:PlainTextSelection/q:Description", None, NAMES) == (
        "Heading: 4 Recommendations\nCorrection: edited\nCorrected text: Agencies should share."
    )


@pytest.mark.parametrize("crlf", [False, True])
def test_an_added_recommendation_that_stands_nowhere_comes_after_the_end(crlf: bool) -> None:
    added = replace(AGAIN_Q, text="Schools should ask.\n\nAnd listen.", start=0, end=0, correction="added")
    text, (passage,) = place("The end.", (added,), crlf=crlf)
    assert text[passage.start : passage.end].replace("\r\n", "\n") == added.text
    assert text.replace("\r\n", "\n") == f"The end.\n\n{NOT_IN_TEXT}\n\n{added.text}"


# The law of places


@given(st.text(), st.integers(0, 40), st.integers(1, 40), st.booleans())
def test_a_place_holds_the_same_words_whatever_the_line_ends(
    text: str, start: int, length: int, crlf: bool
) -> None:
    review_text = text + "x"
    start = min(start, len(review_text) - 1)
    end = min(start + length, len(review_text))
    one = Recommendation("r-1", "r", (), start, end, review_text[start:end], 1, 1)
    written, (passage,) = place(review_text, (one,), crlf=crlf)
    assert written[passage.start : passage.end].replace("\r\n", "\n") == legal(review_text[start:end])
    assert passage.exact
    assert written.replace("\r\n", "\n") == legal(review_text)
