"""Finding files and telling what they are; the readers are stand-ins that say which of them was called."""

import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from srtminer.model import Skipped
from srtminer.read.read_file import UNSUPPORTED, ReadOptions, kind_of, read_file, search
from srtminer.text.names import printable

PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n"
HTML = b"<!DOCTYPE html>\n<html><body><p>Learning</p></body></html>"


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.", encoding="utf-8")


def find_files(paths: Iterable[Path]) -> tuple[Path | Skipped, ...]:
    return search(paths).inputs


def listed(folder: Path, *paths: Path) -> list[str]:
    """The inputs found, by name below `folder`; of those skipped the reason, too."""
    return [
        f"{Path(item.source).relative_to(folder)}: {item.reason}"
        if isinstance(item, Skipped)
        else str(item.relative_to(folder))
        for item in find_files(paths or (folder,))
    ]


def test_a_folder_is_searched_in_sorted_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.md", "a/b/c.csv", "a.txt", "c.PDF", "d.htm", "e.docx", "f.jsonl", "f.tsv")
    expected = ["a/b/c.csv", "a/z.md", "a.txt", "b.txt", "c.PDF", "d.htm", "e.docx", "f.jsonl", "f.tsv"]
    assert listed(tmp_path) == expected


def test_the_order_of_the_arguments_does_not_matter(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b/c.txt", "b/d.txt")
    paths = [tmp_path / "b" / "d.txt", tmp_path / "a.txt", tmp_path / "b"]
    assert listed(tmp_path, *paths) == listed(tmp_path, *reversed(paths)) == ["a.txt", "b/c.txt", "b/d.txt"]


def test_each_file_is_listed_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b/c.txt")
    again = (tmp_path / "b" / ".." / "a.txt", tmp_path / "a.txt", tmp_path, tmp_path / "b")
    assert sorted(os.path.normpath(str(path)) for path in find_files(again)) == [
        str(tmp_path / "a.txt"),
        str(tmp_path / "b" / "c.txt"),
    ]


def test_other_files_in_a_folder_are_listed(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "photo.jpg", "data.db", "sub/notes.pages", "no_extension")
    found = search([tmp_path])
    assert found.inputs == (tmp_path / "a.txt",)
    others = ("data.db", "no_extension", "photo.jpg", "sub/notes.pages")
    assert found.ignored == tuple(str(tmp_path / name) for name in others)


def test_hidden_and_lock_files_are_no_documents(tmp_path: Path) -> None:
    make(tmp_path, ".hidden.txt", "~$draft.docx", ".git/readme.md", ".~lock.a.docx", "draft.docx")
    found = search([tmp_path])
    assert (found.inputs, found.ignored) == ((tmp_path / "draft.docx",), ())


def test_a_hidden_file_that_is_named_is_meant(tmp_path: Path) -> None:
    make(tmp_path, ".hidden.txt")
    assert listed(tmp_path, tmp_path / ".hidden.txt") == [".hidden.txt"]


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "x.pdf/a.txt", "y.pdf/b.txt")
    assert listed(tmp_path, tmp_path / "x.pdf", tmp_path) == ["x.pdf/a.txt", "y.pdf/b.txt"]


def test_missing_paths_are_reported(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert listed(tmp_path, tmp_path / "gone.pdf", tmp_path / "a.txt") == ["a.txt", "gone.pdf: no such file"]


def test_an_empty_folder_and_no_path_give_nothing(tmp_path: Path) -> None:
    assert find_files([tmp_path]) == ()
    assert find_files([]) == ()


def test_links_are_followed_and_circles_noticed(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt", "b/y.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    (tmp_path / "a" / "to_b").symlink_to(tmp_path / "b")
    (tmp_path / "b" / "to_a").symlink_to(tmp_path / "a")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    assert listed(tmp_path) == [
        "a/self: too many levels of symbolic links",
        "a/x.txt",
        "b/y.txt",
        "broken.txt: no such file",
    ]


def test_a_linked_file_keeps_its_own_path_and_outside_folders_are_followed(tmp_path: Path) -> None:
    make(tmp_path, "outside/far.txt", "inside/near.txt")
    (tmp_path / "inside" / "a_link.txt").symlink_to(tmp_path / "inside" / "near.txt")
    (tmp_path / "inside" / "out").symlink_to(tmp_path / "outside")
    assert listed(tmp_path, tmp_path / "inside") == ["inside/near.txt", "inside/out/far.txt"]


def test_a_folder_that_may_not_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt", "shut/b.txt")
    listing = Path.iterdir

    def refuse(folder: Path) -> object:
        if folder.name == "shut":
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert listed(tmp_path) == ["a.txt", "shut: no permission to read it"]


def test_pipes_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert search([tmp_path]).ignored == (str(tmp_path / "pipe.txt"),)
    assert listed(tmp_path, tmp_path / "pipe.txt") == ["pipe.txt: neither a file nor a folder"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_any_name_that_the_system_allows_works(tmp_path: Path) -> None:
    names = [b"two\nlines.txt", b"caf\xe9.txt", "Ä.txt".encode(), b"\x1b[31m.txt", "‮fdp.txt".encode()]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text("Text.", encoding="utf-8")
    found = find_files([tmp_path])
    assert {os.fsencode(path.name) for path in found if isinstance(path, Path)} == set(names)
    assert [kind_of(path) for path in found if isinstance(path, Path)] == ["text"] * len(names)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain name (1).pdf", "plain name (1).pdf"),
        ("Zoë’s report – final.pdf", "Zoë’s report – final.pdf"),
        ("[b]bold[/b].txt", "[b]bold[/b].txt"),
        (r"C:\reviews\a.pdf", r"C:\reviews\a.pdf"),
        ("two\nlines", r"two\nlines"),
        ("caf\udce9", r"caf\xe9"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
    ],
)
def test_names_are_shown_on_one_line_of_valid_unicode(name: str, shown: str) -> None:
    assert printable(name) == shown
    assert printable(Path(name)) == shown
    shown.encode()


def docx(*members: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for member in members:
                archive.writestr(member, "<xml/>")

    return write


WORD = docx("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.PDF", PDF, "pdf"),
        ("a.txt", PDF, "pdf"),
        ("a", PDF, "pdf"),
        ("a.txt", b"\n" + PDF, "pdf"),
        ("a.pdf", b"junk" * 200 + PDF, "pdf"),
        ("a.pdf", b"\x00\x01" + b"j" * 2000, "pdf"),
        ("a.pdf", PDF.replace(b"%PDF-", b"%XXX-"), "pdf"),
        ("a.pdf", b"The board met in May.", "text"),
        ("a.pdf", HTML, "html"),
        ("a.pdf", WORD, "docx"),
        ("a.txt", b"The header %PDF-1.4 begins every PDF.", "text"),
        ("a.text", b"Text.", "text"),
        ("a.txt", "Ä".encode("utf-16"), "text"),
        ("a.txt", b"Caf\xe9", "text"),
        ("a.md", b"# Head", "markdown"),
        ("a.markdown", b"# Head", "markdown"),
        ("a.md", b"<html>is a word</html>", "markdown"),
        ("a.csv", b"review,text\n", "table"),
        ("a.tsv", b"review\ttext\n", "table"),
        ("a.jsonl", b"{}\n", "table"),
        ("a.json", b"[]", "table"),
        ("a.docx", WORD, "docx"),
        ("a.docx", b"Only text.", "text"),
        ("a.doc", WORD, "docx"),
        ("a.html", HTML, "html"),
        ("a.htm", b"<p>No head", "html"),
        ("a.txt", HTML, "html"),
        ("a.aspx", b"\xef\xbb\xbf  <HTML lang=en>", "html"),
        ("a.html", b'<?xml version="1.0"?>\n<html xmlns="x">', "html"),
    ],
)
def test_content_decides_then_the_name(
    name: str, content: bytes | Callable[[Path], None], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content) if isinstance(content, bytes) else content(path)
    assert kind_of(path) == kind
    assert find_files([path]) == (path,)


def ole(part: str) -> bytes:
    """An OLE file as far as its kind is concerned: the names of its parts stand somewhere in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000) + part.encode("utf-16-le")


@pytest.mark.parametrize("address", ["https://tarn.example/review.pdf", "FTP://tarn.example/a"])
def test_an_address_is_not_downloaded(address: str) -> None:
    assert search([Path(address)]).inputs == (Skipped(address, "nothing is downloaded: save the file first"),)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", "empty (0 bytes)"),
        ("a.txt", b"", "empty (0 bytes)"),
        ("a.txt", b"\x7fELF\x00\x00", "its name ends in .txt, but it holds binary data"),
        ("a.csv", b"\x7fELF\x00\x00", "its name ends in .csv, but it holds binary data"),
        ("a.docx", b"\x7fELF\x00\x00", "its name ends in .docx, but it holds binary data"),
        ("a.docx", b"PK\x03\x04 cut off", "a damaged DOCX or ZIP file: get it or save it again"),
        ("a.csv", docx("xl/workbook.xml"), "an Excel workbook: save the sheet as CSV"),
        ("a.zip", docx("a.pdf"), "a compressed archive: unpack it, and give the folder that comes of it"),
        ("a.doc", ole("EncryptedPackage"), "it is protected by a password: save a copy without one"),
        (
            "a.msg",
            ole("__properties_version1.0"),
            "an Outlook message: save it as .eml or PDF, and what is attached as files",
        ),
        ("a.xls", ole("Workbook"), "an Excel workbook: save the sheet as CSV"),
        ("a.doc", ole(""), UNSUPPORTED.reason),
        ("a.pdf", b"\xff\xd8\xff\xe0", "a picture: make a PDF with text of it, for example with OCRmyPDF"),
        ("a.log", b"Text.", UNSUPPORTED.reason),
        ("a", b"\x00\x01", UNSUPPORTED.reason),
    ],
)
def test_what_cannot_be_read_says_what_it_is(
    name: str, content: bytes | Callable[[Path], None], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content) if isinstance(content, bytes) else content(path)
    assert read_file(path, ReadOptions()) == (Skipped(str(path), reason),)


def test_files_that_cannot_be_opened_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_of(tmp_path / "gone.txt") == Skipped(str(tmp_path / "gone.txt"), "no such file")
    assert kind_of(tmp_path) == Skipped(str(tmp_path), "is a directory")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)  # a socket's path may not be long
        server.bind("s.txt")
        assert kind_of(Path("s.txt")) == Skipped("s.txt", "no such device or address")


def test_a_worker_loads_nothing_that_only_themes_need() -> None:
    code = (
        "import sys, srtminer.ingestion, srtminer.pipeline, srtminer.read.pdf; "
        "print([m for m in ('scipy', 'sklearn', 'nltk', 'pdfminer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
