"""A QDA project comes back from another program: renamed, merged, with GUIDs of its own."""

import io
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from srtminer.__main__ import main
from srtminer.codebooks.codebook_drafts import Code, Known, Passage, from_codes, placed
from tests.test_codebook_cli import as_json, run
from tests.test_codebook_cli import folder as folder

NAMES = {"q": "urn:QDA-XML:project:1.0"}


def of_another_program(data: bytes, renamed: dict[str, str], merged: dict[str, str]) -> bytes:
    """Write a project again with new GUIDs and a selection for each coding; `merged` codes lose their own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(files["project.qde"])
    codes = {code.get("name"): code for code in root.iterfind(".//q:Code", NAMES)}
    into = {codes[one].get("guid"): codes[other].get("guid") for one, other in merged.items()}
    for reference in root.iterfind(".//q:CodeRef", NAMES):
        reference.set("targetGUID", into.get(reference.get("targetGUID"), reference.get("targetGUID")))
    for name, code in codes.items():
        code.set("name", renamed.get(name, name))
        if name in merged:
            code.getparent().remove(code)
    one_selection_a_coding(root)
    text = etree.tostring(root, encoding="unicode")
    for guid in {element.get("guid") for element in root.iter() if element.get("guid")}:
        if f"{guid}.txt" not in text:
            text = text.replace(guid, str(uuid.uuid5(uuid.NAMESPACE_OID, guid)).upper())
    files["project.qde"] = text.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def one_selection_a_coding(root: Any) -> None:
    for selection in root.findall(".//q:PlainTextSelection", NAMES):
        _, *others = selection.findall("q:Coding", NAMES)
        for place, coding in enumerate(others, 1):
            twin = etree.Element(selection.tag, dict(selection.attrib) | {"guid": str(uuid.uuid4())})
            twin.append(coding)
            parent = selection.getparent()
            parent.insert(parent.index(selection) + place, twin)


def themes_of(found: Any) -> dict[str, str]:
    return {one["id"]: theme["label"] for theme in found["themes"] for one in theme["members"]}


@pytest.fixture
def project(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    run(capsys, "export", "--output", "ours.qdpx", "--themes", "3")
    return folder / "ours.qdpx"


def test_our_own_project_keeps_every_theme(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mined = as_json(capsys, "themes", "--themes", "3")
    run(capsys, "codebook", "import", "ours.qdpx", "--output", "back.toml")
    back = as_json(capsys, "themes", "--codebook", "back.toml")
    assert themes_of(back) == themes_of(mined)
    assert [theme["id"] for theme in back["themes"]] == [theme["id"] for theme in mined["themes"]]
    assert 'description = ""' in (project.parent / "back.toml").read_text(encoding="utf-8")


def test_a_rename_and_a_merger_arrive(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mined = as_json(capsys, "themes", "--themes", "3")
    first, second, third = [theme["label"] for theme in mined["themes"]]
    changed = of_another_program(project.read_bytes(), {first: "Called otherwise"}, {third: second})
    (project.parent / "theirs.qdpx").write_bytes(changed)
    run(capsys, "codebook", "import", "theirs.qdpx", "--output", "back.toml")
    found = themes_of(as_json(capsys, "themes", "--codebook", "back.toml"))
    expected = {first: "Called otherwise", third: second}
    assert found == {one: expected.get(label, label) for one, label in themes_of(mined).items()}
    text = (project.parent / "back.toml").read_text(encoding="utf-8")
    assert f'id = "{mined["themes"][0]["id"]}"' in text
    assert 'colour = "#1f77b4"' in text


def test_without_a_store_passages_are_texts(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mined = themes_of(as_json(capsys, "themes", "--themes", "3"))
    (project.parent / "srtminer.db").rename(project.parent / "kept.db")
    assert main(["codebook", "import", "ours.qdpx", "--output", "back.toml"]) == 0
    assert "kept 6 coded passages as text" in capsys.readouterr().err
    (project.parent / "kept.db").rename(project.parent / "srtminer.db")
    assert themes_of(as_json(capsys, "themes", "--codebook", "back.toml")) == mined


def test_colours_and_names_survive_another_round(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "codebook", "import", "ours.qdpx", "--output", "back.toml")
    text = (project.parent / "back.toml").read_text(encoding="utf-8")
    (project.parent / "back.toml").write_text(text.replace("#1f77b4", "#abcdef"), encoding="utf-8")
    run(capsys, "export", "--output", "again.qdpx", "--codebook", "back.toml")
    with zipfile.ZipFile(project.parent / "again.qdpx") as archive:
        codes = etree.fromstring(archive.read("project.qde")).findall(".//q:Code", NAMES)
    assert codes[0].get("color") == "#abcdef"
    assert len({code.get("color") for code in codes}) == len(codes)


PASSAGES = (
    Known("r-1", "g1", "Child P", "The Board should audit\n\nits files."),
    Known("r-2", "g2", "Child Q", "The Board should audit its files."),
    Known("r-3", "g3", "Child Q", "Schools should ask."),
)


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (Passage("g2", "", "anything", ("c",)), "r-2"),
        (Passage("x", "Child Q", "The Board should  audit its files.", ("c",)), "r-2"),
        (Passage("x", "Child P", "Board should audit its files", ("c",)), "r-1"),
        (Passage("x", "Child Q", "Schools", ("c",)), "Schools"),
        (Passage("x", "Child Q", "Homes should\nask.", ("c",)), "Homes should ask."),
    ],
)
def test_a_passage_is_known_again(passage: Passage, expected: str) -> None:
    assert placed([passage], PASSAGES) == ((expected, ("c",)),)


def test_of_equal_recommendations_each_is_meant_once() -> None:
    same = [Passage(own, "Renamed", "The Board should audit its files.", ("c",)) for own in ("x", "y")]
    assert {one for one, _ in placed(same, PASSAGES)} == {"r-1", "r-2"}


def test_a_second_code_is_a_second_theme_and_no_theme_is_none() -> None:
    codes = (Code("a", "Neglect", color="#F00"), Code("b", "Fathers", color="red"), Code("n", "in no theme"))
    coded = [("r-1", ("b", "a")), ("r-2", ("a",)), ("r-3", ("n",)), ("r-1", ("b",))]
    book = from_codes(codes, "t", coded)
    neglect, fathers = book.themes
    assert book.none == ("r-3",)
    assert (neglect.examples, neglect.also, neglect.colour) == (("r-2",), ("r-1",), "#ff0000")
    assert (fathers.examples, fathers.also, fathers.colour) == (("r-1",), (), "")


def test_hostile_passages_stay_text(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = '"""\n[[theme]]\nname = "=1+1" \\u001b[31m'
    xml = (
        f'<Project xmlns="{NAMES["q"]}"><CodeBook><Codes><Code guid="a" name="=1+1 [b]"/></Codes></CodeBook>'
        '<Sources><TextSource name="s" plainTextPath="internal://../../etc/s.txt">'
        '<PlainTextSelection startPosition="0" endPosition="99"><Coding><CodeRef targetGUID="a"/></Coding>'
        '</PlainTextSelection><PlainTextSelection startPosition="-1" endPosition="x"><Coding>'
        '<CodeRef targetGUID="a"/></Coding></PlainTextSelection></TextSource></Sources></Project>'
    )
    with zipfile.ZipFile(project.parent / "bad.qdpx", "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("sources/s.txt", hostile)
    run(capsys, "codebook", "import", "bad.qdpx", "--output", "bad.toml")
    book = (project.parent / "bad.toml").read_text(encoding="utf-8")
    assert book.count("[[theme]]\nid") == 1
    assert json.dumps(" ".join(hostile.split()))[1:-1] in book
    assert "\x1b" not in run(capsys, "themes", "--codebook", "bad.toml")


@pytest.mark.slow
def test_a_colour_is_the_same_in_report_plot_and_project(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    run(capsys, "codebook", "init", "--themes", "3")
    text = (project.parent / "codebook.toml").read_text(encoding="utf-8")
    (project.parent / "codebook.toml").write_text(text.replace("#1f77b4", "#ABCDEF"), encoding="utf-8")
    chosen = ("--codebook", "codebook.toml")
    run(capsys, "themes", *chosen, "--plot", "themes.svg")
    run(capsys, "export", *chosen, "--output", "again.qdpx")
    with zipfile.ZipFile(project.parent / "again.qdpx") as archive:
        xml = archive.read("project.qde").decode()
    written = (run(capsys, "report", *chosen), (project.parent / "themes.svg").read_text(), xml)
    assert ["#abcdef" in one for one in written] == [True, True, True]
    assert 'class="swatch"' not in run(capsys, "report")
