"""The codes of projects and codebooks, ours and those of other programs."""

import io
import zipfile
from pathlib import Path

import pytest

from srtminer.codebooks.codebook_drafts import Code
from srtminer.errors import UnreadableInput
from srtminer.export import qdpx
from srtminer.export.qdpx import read_project, to_qdpx
from tests.test_export_material import material, review, without_themes

TREE = """\
<!-- made by hand -->
<Project xmlns="urn:QDA-XML:project:1.0" name="p"><CodeBook><Codes>
  <Code guid="{AAAAAAAA-0000-4000-8000-000000000001}" name=" Risk " isCodable="false" color="#f00">
    <Description>What could &lt;go&gt; wrong</Description>
    <!-- below -->
    <Code guid="aaaaaaaa-0000-4000-8000-000000000002" name="Drift" isCodable="1"><Description/></Code>
  </Code>
  <Code guid="aaaaaaaa-0000-4000-8000-000000000003" name="Hope" isCodable="true"/>
</Codes></CodeBook></Project>"""
READ = (
    Code("aaaaaaaa-0000-4000-8000-000000000001", "Risk", "What could <go> wrong", "", False, "#f00"),
    Code("aaaaaaaa-0000-4000-8000-000000000002", "Drift", "", "aaaaaaaa-0000-4000-8000-000000000001"),
    Code("aaaaaaaa-0000-4000-8000-000000000003", "Hope"),
)


def archive(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("_", "."), text)
    return path


def test_codes_of_our_own_project(tmp_path: Path) -> None:
    one = material()
    (tmp_path / "p.qdpx").write_bytes(to_qdpx(one, map(review, one.records)))
    assert [(code.name, code.parent, code.codable) for code in read_project(tmp_path / "p.qdpx")[0]] == [
        ("Sharing of information", "", True),
        ("In no theme", "", True),
    ]


def test_a_project_without_codes(tmp_path: Path) -> None:
    one = without_themes()
    (tmp_path / "p.qdpx").write_bytes(to_qdpx(one, map(review, one.records)))
    assert read_project(tmp_path / "p.qdpx")[0] == ()


def test_a_tree_of_codes_whatever_the_project_is_called(tmp_path: Path) -> None:
    assert read_project(archive(tmp_path / "p.qdpx", project_qde=TREE))[0] == READ
    assert read_project(archive(tmp_path / "q.qdpx", Export_QDE=TREE))[0] == READ


def test_a_codebook_file(tmp_path: Path) -> None:
    book = TREE.replace("<Project", "<Outer").replace("</Project>", "</Outer>")
    book = book[book.index("<CodeBook>") : book.index("</Outer>")]
    path = tmp_path / "book.qdc"
    path.write_text(
        book.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">'), encoding="utf-8"
    )
    assert read_project(path)[0] == READ


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a QDA project"),
        (b"Theme,Count\n", "not a QDA project"),
        (b"<html/>", "not a QDA project"),
        (TREE.encode()[:200], "not a QDA project"),
    ],
)
def test_other_files(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "codes.qdpx"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=message):
        read_project(path)


def test_an_archive_without_a_project(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="not a QDA project"):
        read_project(archive(tmp_path / "a.qdpx", word_txt="x"))


def test_a_damaged_archive(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("project.qde", TREE * 20)
    data = bytearray(stream.getvalue())
    data[60:90] = b"\xff" * 30
    (tmp_path / "a.qdpx").write_bytes(data)
    with pytest.raises(UnreadableInput, match="damaged"):
        read_project(tmp_path / "a.qdpx")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        read_project(tmp_path / "none.qdpx")


@pytest.mark.parametrize("packed", [True, False])
def test_too_much_xml_is_not_read(tmp_path: Path, packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qdpx, "SIZE_LIMIT", 100)
    path = archive(tmp_path / "p.qdpx", project_qde=TREE)
    if not packed:
        path.write_text(TREE, encoding="utf-8")
    with pytest.raises(UnreadableInput, match="over 200 MB"):
        read_project(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    outside = f'<!DOCTYPE Project [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
    text = outside + TREE.split("-->\n", 1)[1].replace("What could", "&e;")
    (code, *_) = read_project(archive(tmp_path / "p.qdpx", project_qde=text))[0]
    assert "secret" not in code.description
